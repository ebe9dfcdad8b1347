import { RunSkill, type SkillAnswer } from '@app/skills';
import { Body, Controller, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access, CurrentCaller } from '../access/access.decorators.js';
import type { Caller } from '../access/caller.js';
import { goneOf } from '../hubspot/gone-client.js';
import { Answers, Refuses } from '../http/answers.js';
import { OpenObjectField, TextField } from '../http/fields.js';
import { Repeatable } from '../http/idempotency.js';

const OUTCOMES = ['found', 'confirmation_required', 'created', 'updated', 'already_there'];

class RunSkillRequest {
  @OpenObjectField({
    optional: true,
    description: 'As the skill’s `inputSchema` says',
    example: { phone: '+49 176 1234567' },
  })
  arguments?: Record<string, unknown>;

  @TextField({ optional: true, max: 100, description: 'In which the AI agent runs it; updates need one' })
  conversationId?: string;

  @TextField({
    optional: true,
    max: 200,
    description: 'The token that came with `confirmation_required`, once the caller has agreed',
  })
  confirmation?: string;
}

class SkillRecordResponse {
  @ApiProperty({ example: '512' })
  id!: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'What is set, by the names of the projection; long texts are cut',
    example: { name: 'Ada' },
  })
  values!: Record<string, string>;
}

class ConfirmationResponse {
  @ApiProperty({ example: 'confirm_…', description: 'For exactly these arguments, once' })
  token!: string;
  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;
}

class SkillAnswerResponse {
  @ApiProperty({ enum: OUTCOMES, enumName: 'SkillOutcome', example: 'found' })
  outcome!: string;
  @ApiProperty({
    description: 'Words that the AI agent may say; of `confirmation_required` the question to read out',
    example: 'I found one contact.',
  })
  message!: string;
  @ApiProperty({ required: false, type: [SkillRecordResponse] })
  records?: SkillRecordResponse[];
  @ApiProperty({ required: false, description: 'Send it as `cursor` for the next page', example: '10' })
  nextCursor?: string;
  @ApiProperty({ required: false, type: ConfirmationResponse })
  confirmation?: ConfirmationResponse;
}

@ApiTags('Skills')
@Controller('agents/:agentId/skills')
export class SkillsController {
  constructor(@Inject(RunSkill) private readonly runSkill: RunSkill) {}

  @Post(':name/execute')
  @HttpCode(200)
  @Repeatable()
  @Access({ scope: 'skills:execute' })
  @ApiOperation({
    summary: 'Runs a skill of an AI agent',
    description:
      'A write is asked for first: the answer is `confirmation_required` with a question to read out and a token of five minutes; the same call with the token writes, once. Answered within three seconds, or told to ask again (3002): with the same token that never writes twice.',
  })
  @ApiParam({ name: 'name', example: 'find_contact' })
  @Answers(SkillAnswerResponse)
  @Refuses(1001, 1002, 1004, 1012, 1015, 2002, 2004, 2005, 2010, 2011, 2012, 3002, 3004)
  async execute(
    @CurrentCaller() caller: Caller,
    @Param('agentId') agentId: string,
    @Param('name') skill: string,
    @Body() { arguments: given = {}, conversationId, confirmation }: RunSkillRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ data: SkillAnswerResponse }> {
    const calledBy = caller.kind === 'api_key' ? caller.keyName : caller.email;
    const command = { agentId, skill, arguments: given, conversationId, confirmation, calledBy };
    return { data: toResponse(await this.runSkill.execute(caller.tenantId, command, goneOf(reply))) };
  }
}

function toResponse(answer: SkillAnswer): SkillAnswerResponse {
  if (answer.outcome !== 'confirmation_required') return answer;
  const { token, expiresAt } = answer.confirmation;
  return { ...answer, confirmation: { token, expiresAt: expiresAt.toISOString() } };
}
