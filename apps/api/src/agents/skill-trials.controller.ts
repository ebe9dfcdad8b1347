import { type SkillPlan, TrySkill } from '@app/skills';
import { Body, Controller, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access, CurrentCaller } from '../access/access.decorators.js';
import { type Caller, nameOfCaller, requireScope } from '../access/caller.js';
import { goneOf } from '../hubspot/gone-client.js';
import { Answers, Refuses } from '../http/answers.js';
import { BooleanField } from '../http/fields.js';
import { Repeatable } from '../http/idempotency.js';
import {
  ConfirmationResponse,
  RunSkillRequest,
  SKILL_OUTCOMES,
  SkillRecordResponse,
  toAnswerResponse,
} from './skill-answer.response.js';

class TrySkillRequest extends RunSkillRequest {
  @BooleanField({
    optional: true,
    default: false,
    description: 'Say what would be asked of HubSpot, and ask nothing',
  })
  onlyPlan?: boolean;
}

class SkillPlanResponse {
  @ApiProperty({ enum: ['find', 'write'], enumName: 'SkillPlanKind', example: 'find' })
  kind!: string;
  @ApiProperty({
    selfRequired: false,
    type: 'object',
    additionalProperties: true,
    description: 'How records would be looked for, step by step',
    example: {
      object: 'contacts',
      fields: ['firstname'],
      steps: [{ by: 'id', ids: ['512'] }],
      limit: 1,
      paging: false,
    },
  })
  find?: object;
  @ApiProperty({
    selfRequired: false,
    type: 'object',
    additionalProperties: true,
    description: 'What would be written',
    example: { action: 'create', object: 'contacts', values: { firstname: 'Ada' }, ties: [] },
  })
  write?: object;
}

class TriedSkillResponse {
  @ApiProperty({ enum: [...SKILL_OUTCOMES, 'planned'], enumName: 'TrialOutcome', example: 'found' })
  outcome!: string;
  @ApiProperty({
    description: 'As the AI agent is told; of a write that is only planned the question to the caller',
    example: 'I found one contact.',
  })
  message!: string;
  @ApiProperty({ required: false, type: [SkillRecordResponse] })
  records?: SkillRecordResponse[];
  @ApiProperty({ required: false, description: 'Send it as `cursor` for the next page', example: '10' })
  nextCursor?: string;
  @ApiProperty({ required: false, type: ConfirmationResponse })
  confirmation?: ConfirmationResponse;
  @ApiProperty({ required: false, type: SkillPlanResponse, description: 'Of `planned`' })
  plan?: SkillPlanResponse;
}

@ApiTags('Skills')
@Controller('agents/:agentId/skills')
export class SkillTrialsController {
  constructor(@Inject(TrySkill) private readonly trySkill: TrySkill) {}

  @Post(':name/try')
  @HttpCode(200)
  @Repeatable()
  @Access({ scope: 'skills:write', session: 'admin' })
  @ApiOperation({
    summary: 'Shows what a skill does, also before it is enabled',
    description:
      'With real answers, the same gates as for AI agents, and in the same log. A look runs whether it is enabled or not; a write that is disabled, and whatever is asked with `onlyPlan`, answers `planned` with what would be asked of HubSpot, and asks nothing. Of an API key, whatever runs takes the scope `skills:execute`, too.',
  })
  @ApiParam({ name: 'name', example: 'find_contact' })
  @Answers(TriedSkillResponse)
  @Refuses(1001, 1002, 1004, 1012, 1015, 2002, 2004, 2005, 2010, 2011, 2012, 3002, 3004)
  async try(
    @CurrentCaller() caller: Caller,
    @Param('agentId') agentId: string,
    @Param('name') skill: string,
    @Body() { arguments: given = {}, conversationId, confirmation, onlyPlan = false }: TrySkillRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ data: TriedSkillResponse }> {
    const calledBy = nameOfCaller(caller);
    const admitRun = (): void => requireScope(caller, 'skills:execute');
    const command = { agentId, skill, arguments: given, conversationId, confirmation, calledBy, onlyPlan, admitRun };
    const tried = await this.trySkill.execute(caller.tenantId, command, goneOf(reply));
    return { data: tried.outcome === 'planned' ? toPlanResponse(tried) : toAnswerResponse(tried) };
  }
}

function toPlanResponse({ outcome, message, plan }: SkillPlan): TriedSkillResponse {
  return { outcome, message, plan };
}
