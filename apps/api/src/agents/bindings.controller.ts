import { AppError } from '@app/platform';
import { ChangeBinding, CreateBinding, openApiSchemas, ReadBindings, RemoveBinding } from '@app/skills';
import { Body, Controller, Delete, Get, Headers, Inject, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access, TenantId } from '../access/access.decorators.js';
import { Answers, Refuses } from '../http/answers.js';
import { matchesEtag, namesEtag } from '../http/etag.js';
import { Repeatable } from '../http/idempotency.js';
import { cutPage, PageQuery, readCursor, toPage } from '../http/page.js';
import { EXAMPLE_BINDING } from './binding.examples.js';
import {
  BindingResponse,
  BindingVersionResponse,
  etagOfBinding,
  toBindingResponse,
  toVersionResponse,
} from './binding.response.js';

const { request, change } = openApiSchemas();

/** Read by the grammar itself, which alone can judge it: no DTO stands in between. */
function GrammarBody(schema: object, example: object): MethodDecorator {
  return ApiBody({ required: true, schema: { ...schema, example } });
}

@ApiTags('Bindings')
@Controller('agents/:agentId/integrations/hubspot/bindings')
export class BindingsController {
  constructor(
    @Inject(ReadBindings) private readonly read: ReadBindings,
    @Inject(CreateBinding) private readonly createBinding: CreateBinding,
    @Inject(ChangeBinding) private readonly changeBinding: ChangeBinding,
    @Inject(RemoveBinding) private readonly removeBinding: RemoveBinding,
  ) {}

  @Get()
  @Access({ scope: 'integrations:read', session: 'agent' })
  @ApiOperation({ summary: 'The bindings of an AI agent, newest first' })
  @Answers(BindingResponse, { list: true })
  @Refuses(1002, 2004, 2005, 2011, 2012)
  async list(
    @TenantId() tenantId: string,
    @Param('agentId') agentId: string,
    @Query() { cursor, limit = 50 }: PageQuery,
  ): Promise<{ data: BindingResponse[]; nextCursor?: string }> {
    const bindings = await this.read.list(tenantId, { agentId, before: readCursor(cursor), limit: limit + 1 });
    return toPage(cutPage(bindings, limit), (binding) => toBindingResponse(binding));
  }

  @Post()
  @Repeatable()
  @Access({ scope: 'skills:write', session: 'admin' })
  @ApiOperation({ summary: 'Makes a tool of a search or a write, checked against what HubSpot holds' })
  @GrammarBody(request, EXAMPLE_BINDING)
  @Answers(BindingResponse, { status: 201 })
  @Refuses(1001, 1002, 1004, 1012, 1015, 2004, 2005, 2011, 2012)
  async create(
    @TenantId() tenantId: string,
    @Param('agentId') agentId: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ data: BindingResponse }> {
    const { binding, notice } = await this.createBinding.execute(tenantId, { agentId, body });
    void reply.header('ETag', etagOfBinding(binding));
    return { data: toBindingResponse(binding, notice) };
  }

  @Get(':bindingId')
  @Access({ scope: 'integrations:read', session: 'agent' })
  @ApiOperation({ summary: 'One binding with its compiled schema; its ETag guards a change' })
  @Answers(BindingResponse)
  @Refuses(2004, 2005, 2011, 2012)
  async get(
    @TenantId() tenantId: string,
    @Param('agentId') agentId: string,
    @Param('bindingId') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ data: BindingResponse }> {
    const binding = await this.read.get(tenantId, { agentId, id });
    void reply.header('ETag', etagOfBinding(binding));
    return { data: toBindingResponse(binding) };
  }

  @Get(':bindingId/versions')
  @Access({ scope: 'integrations:read', session: 'agent' })
  @ApiOperation({ summary: 'The definitions a binding had, the current one first; the last 50 are kept' })
  @Answers(BindingVersionResponse, { list: true })
  @Refuses(2004, 2005, 2011, 2012)
  async versions(
    @TenantId() tenantId: string,
    @Param('agentId') agentId: string,
    @Param('bindingId') id: string,
  ): Promise<{ data: BindingVersionResponse[] }> {
    return { data: (await this.read.versions(tenantId, { agentId, id })).map(toVersionResponse) };
  }

  @Patch(':bindingId')
  @Access({ scope: 'skills:write', session: 'admin' })
  @ApiOperation({
    summary: 'Changes what is given and leaves the rest; a changed write is disabled until it is enabled by itself',
  })
  @ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'ETag of what you saw: refused when it changed since. To enable a write it is required',
  })
  @GrammarBody(change, { enabled: true })
  @Answers(BindingResponse)
  @Refuses(1001, 1002, 1004, 1012, 1015, 1016, 2004, 2005, 2011, 2012)
  async change(
    @TenantId() tenantId: string,
    @Param('agentId') agentId: string,
    @Param('bindingId') id: string,
    @Body() body: unknown,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ data: BindingResponse }> {
    const outcome = await this.changeBinding.execute(tenantId, { agentId, id, body }, (current) =>
      namesEtag(ifMatch) ? matchesEtag(ifMatch, etagOfBinding(current)) : undefined,
    );
    if (!outcome.changed) throw unchanged(outcome.reason);
    void reply.header('ETag', etagOfBinding(outcome.binding));
    return { data: toBindingResponse(outcome.binding, outcome.notice) };
  }

  @Delete(':bindingId')
  @Access({ scope: 'skills:write', session: 'admin' })
  @ApiOperation({ summary: 'Deletes a binding with its versions, for good' })
  @Answers(BindingResponse)
  @Refuses(2004, 2005, 2011, 2012)
  async remove(
    @TenantId() tenantId: string,
    @Param('agentId') agentId: string,
    @Param('bindingId') id: string,
  ): Promise<{ data: BindingResponse }> {
    return { data: toBindingResponse(await this.removeBinding.execute(tenantId, { agentId, id })) };
  }
}

function unchanged(reason: 'stale' | 'unseen'): AppError {
  if (reason === 'stale') return new AppError(1016, 'The binding was changed since you read it', { reason });
  return new AppError(1016, 'To enable a write, say which version of it was reviewed: send its ETag in If-Match', {
    reason: 'if_match_required',
  });
}
