import { CheckBinding } from '@app/skills';
import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access, TenantId } from '../access/access.decorators.js';
import { Answers, Refuses } from '../http/answers.js';
import { EXAMPLE_BINDING } from './binding.examples.js';
import { BindingCheckResponse, toCheckResponse } from './binding.response.js';

/** Whatever was written so far: what it should be is the answer's to say. */
function UnfinishedBody(example: object): MethodDecorator {
  return ApiBody({ required: true, schema: { type: 'object', additionalProperties: true, example } });
}

@ApiTags('Bindings')
@Controller('agents/:agentId/integrations/hubspot/bindings')
export class BindingChecksController {
  constructor(@Inject(CheckBinding) private readonly checkBinding: CheckBinding) {}

  @Post('check')
  @HttpCode(200)
  @Access({ scope: 'skills:write', session: 'admin' })
  @ApiOperation({
    summary: 'What making this binding would say, without making it',
    description: 'For whoever is still writing it: what is wrong with a body is the answer, not a refusal.',
  })
  @UnfinishedBody(EXAMPLE_BINDING)
  @Answers(BindingCheckResponse, { example: { valid: true } })
  @Refuses(1012, 2004, 2005, 2011, 2012)
  async checkNew(
    @TenantId() tenantId: string,
    @Param('agentId') agentId: string,
    @Body() body: unknown,
  ): Promise<{ data: BindingCheckResponse }> {
    return { data: toCheckResponse(await this.checkBinding.execute(tenantId, { agentId, body })) };
  }

  @Post(':bindingId/check')
  @HttpCode(200)
  @Access({ scope: 'skills:write', session: 'admin' })
  @ApiOperation({ summary: 'What changing the binding like this would say, without changing it' })
  @UnfinishedBody({ description: EXAMPLE_BINDING.description })
  @Answers(BindingCheckResponse, { example: { valid: true } })
  @Refuses(1012, 2004, 2005, 2011, 2012)
  async checkChange(
    @TenantId() tenantId: string,
    @Param('agentId') agentId: string,
    @Param('bindingId') id: string,
    @Body() body: unknown,
  ): Promise<{ data: BindingCheckResponse }> {
    return { data: toCheckResponse(await this.checkBinding.execute(tenantId, { agentId, id, body })) };
  }
}
