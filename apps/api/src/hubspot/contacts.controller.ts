import { CRM_DESK, CrmDeferredError, type CrmDesk } from '@app/crm';
import { AppError } from '@app/platform';
import { ConnectionRepository, OptionsRepository } from '@app/tenants';
import { type ContactPanel, SearchContacts } from '@app/transcripts';
import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access, CurrentCaller } from '../access/access.decorators.js';
import type { Caller } from '../access/caller.js';
import { Answers, Refuses } from '../http/answers.js';
import { TextField } from '../http/fields.js';
import { ContactResponse, toContactResponse } from './contact.response.js';
import { goneOf } from './gone-client.js';

class SearchContactsQuery {
  @TextField({ max: 200, example: 'ada', description: 'A name, an email or a phone number, or the beginning of one' })
  query!: string;
}

class ContactPropertyResponse {
  @ApiProperty({ example: 'company' })
  name!: string;
  @ApiProperty({ example: 'Company Name' })
  label!: string;
  @ApiProperty({ example: 'Contact information', description: 'Label of the group it stands in' })
  group!: string;
  @ApiProperty({ enum: ['text', 'number', 'date', 'datetime', 'choice', 'boolean'], enumName: 'ShownType' })
  type!: string;
}

@ApiTags('HubSpot contacts')
@Controller('integrations/hubspot')
export class ContactsController {
  constructor(
    @Inject(SearchContacts) private readonly searchContacts: SearchContacts,
    @Inject(OptionsRepository) private readonly options: OptionsRepository,
    @Inject(ConnectionRepository) private readonly connections: ConnectionRepository,
    @Inject(CRM_DESK) private readonly desk: CrmDesk,
  ) {}

  @Get('contacts')
  @Access({ scope: 'integrations:read', session: 'agent' })
  @ApiOperation({
    summary: 'Outbound search: up to five contacts by name, email or phone',
    description:
      'Answers within two seconds or says that HubSpot is slow; a request that is given up costs HubSpot nothing more. People may search where the options allow it (`outboundSearch`), keys always.',
  })
  @Answers(ContactResponse, { list: true })
  @Refuses(1001, 1002, 1012, 2004, 2005, 2010, 2012, 3002, 3004)
  async search(
    @CurrentCaller() caller: Caller,
    @Query() { query }: SearchContactsQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ data: ContactResponse[] }> {
    const { tenantId } = caller;
    if (query.trim() === '') throw blankQuery();
    if (caller.kind === 'session' && !(await this.options.get(tenantId)).outboundSearch) {
      throw new AppError(1012, 'Searching HubSpot is not allowed in the options', { reason: 'outbound_search_off' });
    }
    const found = await this.searchContacts.execute(tenantId, query, goneOf(reply));
    if (found.state !== 'found') throw refusalOf(found);
    return { data: found.contacts.map(toContactResponse) };
  }

  @Get('properties')
  @Access({ scope: 'integrations:read', session: 'agent' })
  @ApiOperation({ summary: 'Contact properties that the panel can show; none that HubSpot marks as sensitive' })
  @Answers(ContactPropertyResponse, { list: true })
  @Refuses(2004, 2005, 2010, 2012, 3002, 3004)
  async listProperties(@CurrentCaller() { tenantId }: Caller): Promise<{ data: ContactPropertyResponse[] }> {
    const { status } = await this.connections.find(tenantId);
    if (status !== 'active' && status !== 'connected') throw notConnected('HubSpot is not connected');
    try {
      return { data: await this.desk.listProperties(tenantId) };
    } catch (error) {
      if (!(error instanceof CrmDeferredError)) throw error;
      const { cause, detail, retryAfterSeconds } = error.deferral;
      if (cause === 'connection') throw notConnected(detail);
      throw cause === 'throttled' ? slow(retryAfterSeconds) : down();
    }
  }
}

function refusalOf({
  state,
  detail,
  retryAfterSeconds,
}: Extract<ContactPanel, { state: 'not_connected' | 'slow' | 'down' }>): AppError {
  if (state === 'not_connected') return notConnected(detail);
  return state === 'slow' ? slow(retryAfterSeconds) : down();
}

function blankQuery(): AppError {
  const message = 'must not be empty';
  return new AppError(1002, `query ${message}`, { errors: [{ field: 'query', message }] });
}

function notConnected(detail: string): AppError {
  return new AppError(2010, detail, { reason: 'not_connected' });
}

function slow(retryAfterSeconds = 2): AppError {
  return new AppError(3002, 'HubSpot is slow: try again in a moment', { reason: 'hubspot_slow', retryAfterSeconds });
}

function down(): AppError {
  return new AppError(3004, 'HubSpot does not answer: try again in a moment', { reason: 'hubspot_down' });
}
