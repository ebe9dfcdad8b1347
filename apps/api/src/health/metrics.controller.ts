import { METRICS_PAGE, type MetricsPage } from '@app/platform';
import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Open } from '../access/access.decorators.js';

@ApiTags('Health')
@Open({ unlimited: true })
@Controller('metrics')
export class MetricsController {
  constructor(@Inject(METRICS_PAGE) private readonly page: MetricsPage) {}

  @Get()
  @ApiOperation({ summary: 'Figures of this process for Prometheus; may be bound to another port' })
  @ApiProduces('text/plain')
  @ApiResponse({ status: 200, description: 'Prometheus text format 0.0.4', schema: { type: 'string' } })
  async read(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    void reply.header('Content-Type', this.page.contentType).header('Cache-Control', 'no-store');
    return this.page.render();
  }
}
