import { AppError } from '@app/platform';
import { ChangeOptions, OptionsRepository } from '@app/tenants';
import { Body, Controller, Get, Headers, Inject, Patch, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access, TenantId } from '../access/access.decorators.js';
import { Answers, Refuses } from '../http/answers.js';
import { etagOf, matchesEtag } from '../http/etag.js';
import { BooleanField, TextListField } from '../http/fields.js';

/** A panel is a column beside a chat. */
const MOST_PROPERTIES = 30;

class OptionsResponse {
  @ApiProperty({ description: 'Agents may look contacts up in HubSpot when they begin a chat' })
  outboundSearch!: boolean;
  @ApiProperty({ example: false, description: 'Nothing outbound is opened without a HubSpot contact' })
  outboundOnlyMatches!: boolean;
  @ApiProperty({ type: [String], description: 'Further properties in the panel, in this order', example: ['company'] })
  panelProperties!: string[];
}

class ChangeOptionsRequest {
  @BooleanField({ optional: true, example: true, description: 'Off takes outboundOnlyMatches with it' })
  outboundSearch?: boolean;

  @BooleanField({ optional: true, example: false, description: 'Only together with outboundSearch' })
  outboundOnlyMatches?: boolean;

  @TextListField({
    optional: true,
    maxItems: MOST_PROPERTIES,
    max: 200,
    example: ['company', 'jobtitle'],
    description: 'Names, as GET …/properties lists them',
  })
  panelProperties?: string[];
}

@ApiTags('HubSpot options')
@Controller('integrations/hubspot/options')
export class OptionsController {
  constructor(
    @Inject(OptionsRepository) private readonly options: OptionsRepository,
    @Inject(ChangeOptions) private readonly changeOptions: ChangeOptions,
  ) {}

  @Get()
  @Access({ scope: 'integrations:read', session: 'agent' })
  @ApiOperation({ summary: 'What agents may do with contacts, and what they see of them; its ETag guards a change' })
  @Answers(OptionsResponse)
  @Refuses(2004, 2005, 2012)
  async get(
    @TenantId() tenantId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ data: OptionsResponse }> {
    const options = await this.options.get(tenantId);
    void reply.header('ETag', etagOf(options));
    return { data: options };
  }

  @Patch()
  @Access({ scope: 'integrations:write', session: 'admin' })
  @ApiOperation({ summary: 'Changes what is given and leaves the rest' })
  @ApiHeader({ name: 'If-Match', required: false, description: 'ETag of what you saw: refused when it changed since' })
  @Answers(OptionsResponse)
  @Refuses(1002, 1004, 1015, 1016, 2004, 2005, 2012)
  async change(
    @TenantId() tenantId: string,
    @Body() body: ChangeOptionsRequest,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ data: OptionsResponse }> {
    const outcome = await this.changeOptions.execute(tenantId, body, (current) =>
      matchesEtag(ifMatch, etagOf(current)),
    );
    if (!outcome.changed) throw refusalOf(outcome.reason);
    void reply.header('ETag', etagOf(outcome.options));
    return { data: outcome.options };
  }
}

function refusalOf(reason: 'stale' | 'search_required'): AppError {
  if (reason === 'stale') return new AppError(1016, 'The options were changed since you read them', { reason });
  const message = 'can only be on together with outboundSearch';
  return new AppError(1002, `outboundOnlyMatches ${message}`, {
    reason,
    errors: [{ field: 'outboundOnlyMatches', message }],
  });
}
