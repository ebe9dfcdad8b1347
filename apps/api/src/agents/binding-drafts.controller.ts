import { DraftBinding } from '@app/skills';
import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access, TenantId } from '../access/access.decorators.js';
import { Answers, Refuses } from '../http/answers.js';
import { BindingDraftResponse, GoalBody, toDraftResponse } from './binding-draft.response.js';

@ApiTags('Bindings')
@Controller('agents/:agentId/integrations/hubspot/bindings/auto')
export class BindingDraftsController {
  constructor(@Inject(DraftBinding) private readonly draftBinding: DraftBinding) {}

  @Post()
  @HttpCode(200)
  @Access({ scope: 'skills:write', session: 'admin' })
  @ApiOperation({ summary: 'Drafts a binding from a goal in plain words; neither saves nor enables it' })
  @Answers(BindingDraftResponse)
  @Refuses(1001, 1002, 1012, 2004, 2005, 2011, 2012)
  async draft(
    @TenantId() tenantId: string,
    @Param('agentId') agentId: string,
    @Body() { goal }: GoalBody,
  ): Promise<{ data: BindingDraftResponse }> {
    return { data: toDraftResponse(await this.draftBinding.execute(tenantId, { agentId, goal })) };
  }
}
