import { type KeptRun, ReadRuns, RUN_OUTCOMES, type RunOutcome } from '@app/skills';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Access, TenantId } from '../access/access.decorators.js';
import { Answers, Refuses } from '../http/answers.js';
import { EnumField, TextField } from '../http/fields.js';
import { cutPage, PageQuery, readCursor, toPage } from '../http/page.js';

class ListRunsQuery extends PageQuery {
  @TextField({ optional: true, max: 64, example: 'find_contact', description: 'Of this skill only' })
  skill?: string;

  @EnumField(RUN_OUTCOMES, { name: 'RunOutcome', optional: true, description: 'That came to this only' })
  outcome?: RunOutcome;
}

class SkillRunResponse {
  @ApiProperty()
  id!: string;
  @ApiProperty({ example: 'find_contact' })
  skill!: string;
  @ApiProperty({ type: 'integer', description: 'Of the skill, when it ran', example: 1 })
  version!: number;
  @ApiProperty({ required: false })
  conversationId?: string;
  @ApiProperty({ description: 'Name of the API key, or e-mail of the person who tried it', example: 'Voice platform' })
  calledBy!: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'As they were sent, without card and identity numbers; long texts are cut',
    example: { phone: '+49 176 1234567' },
  })
  arguments!: Record<string, unknown>;
  @ApiProperty({
    enum: [...RUN_OUTCOMES],
    enumName: 'RunOutcome',
    description: '`refused`: it will be again; `failed`: trying again may help',
    example: 'found',
  })
  outcome!: string;
  @ApiProperty({ required: false, description: 'Of what was refused or failed', example: 'hubspot_slow' })
  reason?: string;
  @ApiProperty({ type: 'integer', description: 'Records shown or written', example: 1 })
  records!: number;
  @ApiProperty({ format: 'date-time' })
  at!: string;
  @ApiProperty({ type: 'integer', example: 214 })
  durationMs!: number;
}

@ApiTags('Skills')
@Controller('agents/:agentId/runs')
export class RunsController {
  constructor(@Inject(ReadRuns) private readonly read: ReadRuns) {}

  @Get()
  @Access({ scope: 'integrations:read', session: 'agent' })
  @ApiOperation({ summary: 'What an AI agent did with its skills, newest first' })
  @Answers(SkillRunResponse, { list: true })
  @Refuses(1002, 2004, 2005, 2011, 2012)
  async list(
    @TenantId() tenantId: string,
    @Param('agentId') agentId: string,
    @Query() { cursor, limit = 50, skill, outcome }: ListRunsQuery,
  ): Promise<{ data: SkillRunResponse[]; nextCursor?: string }> {
    const page = { agentId, filter: { skill, outcome }, before: readCursor(cursor), limit: limit + 1 };
    return toPage(cutPage(await this.read.list(tenantId, page), limit), toRunResponse);
  }
}

function toRunResponse({ at, ...run }: KeptRun): SkillRunResponse {
  return { ...run, at: at.toISOString() };
}
