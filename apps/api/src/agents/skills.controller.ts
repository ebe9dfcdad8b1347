import { RunSkill } from '@app/skills';
import { Body, Controller, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access, CurrentCaller } from '../access/access.decorators.js';
import { type Caller, nameOfCaller } from '../access/caller.js';
import { goneOf } from '../hubspot/gone-client.js';
import { Answers, Refuses } from '../http/answers.js';
import { Repeatable } from '../http/idempotency.js';
import { RunSkillRequest, SkillAnswerResponse, toAnswerResponse } from './skill-answer.response.js';

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
    const calledBy = nameOfCaller(caller);
    const command = { agentId, skill, arguments: given, conversationId, confirmation, calledBy };
    return { data: toAnswerResponse(await this.runSkill.execute(caller.tenantId, command, goneOf(reply))) };
  }
}
