import { AppError, Database } from '@app/platform';
import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Open } from '../access/access.decorators.js';
import { Answers, Refuses } from '../http/answers.js';

class HealthResponse {
  @ApiProperty({ enum: ['ok'] })
  status!: 'ok';
}

@ApiTags('Health')
@Open({ unlimited: true })
@Controller('health')
export class HealthController {
  constructor(@Inject(Database) private readonly database: Database) {}

  @Get('live')
  @ApiOperation({ summary: 'Whether the process runs' })
  @Answers(HealthResponse)
  @Refuses()
  live(): { data: HealthResponse } {
    return { data: { status: 'ok' } };
  }

  @Get('ready')
  @ApiOperation({ summary: 'Whether requests can be served: the database answers' })
  @Answers(HealthResponse)
  @Refuses()
  async ready(): Promise<{ data: HealthResponse }> {
    await this.database.ping().catch((cause: unknown) => {
      throw new AppError(3002, 'The database can’t be reached', { retryAfterSeconds: 5, cause });
    });
    return { data: { status: 'ok' } };
  }
}
