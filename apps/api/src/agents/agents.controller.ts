import { AppError } from '@app/platform';
import {
  AI_AGENT_KINDS,
  type AiAgentKind,
  ChangeAiAgent,
  CreateAiAgent,
  ReadAiAgents,
  RemoveAiAgent,
} from '@app/skills';
import { Body, Controller, Delete, Get, Headers, Inject, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access, TenantId } from '../access/access.decorators.js';
import { Answers, Refuses } from '../http/answers.js';
import { matchesEtag } from '../http/etag.js';
import { EnumField, TextField } from '../http/fields.js';
import { Repeatable } from '../http/idempotency.js';
import { cutPage, PageQuery, readCursor, toPage } from '../http/page.js';
import { AiAgentResponse, etagOfAgent, toAiAgentResponse } from './ai-agent.response.js';

class CreateAiAgentRequest {
  @TextField({ max: 100, example: 'Reception' })
  name!: string;

  @TextField({ optional: true, max: 1_000, example: 'Answers the phone at night' })
  description?: string;

  @EnumField(AI_AGENT_KINDS, {
    name: 'AiAgentKind',
    optional: true,
    default: 'other',
    example: 'voice',
    description: 'Where it talks to people',
  })
  kind?: AiAgentKind;
}

class ChangeAiAgentRequest {
  @TextField({ optional: true, max: 100, example: 'Night reception' })
  name?: string;

  @TextField({ optional: true, nullable: true, max: 1_000, description: 'null clears it' })
  description?: string | null;

  @EnumField(AI_AGENT_KINDS, { name: 'AiAgentKind', optional: true })
  kind?: AiAgentKind;
}

@ApiTags('AI agents')
@Controller('agents')
export class AgentsController {
  constructor(
    @Inject(ReadAiAgents) private readonly read: ReadAiAgents,
    @Inject(CreateAiAgent) private readonly createAiAgent: CreateAiAgent,
    @Inject(ChangeAiAgent) private readonly changeAiAgent: ChangeAiAgent,
    @Inject(RemoveAiAgent) private readonly removeAiAgent: RemoveAiAgent,
  ) {}

  @Get()
  @Access({ scope: 'integrations:read', session: 'agent' })
  @ApiOperation({ summary: 'The AI agents of the tenant, newest first' })
  @Answers(AiAgentResponse, { list: true })
  @Refuses(1002, 2004, 2005, 2012)
  async list(
    @TenantId() tenantId: string,
    @Query() { cursor, limit = 50 }: PageQuery,
  ): Promise<{ data: AiAgentResponse[]; nextCursor?: string }> {
    const agents = await this.read.list(tenantId, { before: readCursor(cursor), limit: limit + 1 });
    return toPage(cutPage(agents, limit), toAiAgentResponse);
  }

  @Post()
  @Repeatable()
  @Access({ scope: 'skills:write', session: 'admin' })
  @ApiOperation({ summary: 'Makes an AI agent' })
  @Answers(AiAgentResponse, { status: 201 })
  @Refuses(1001, 1002, 1004, 1012, 1015, 2004, 2005, 2012)
  async create(
    @TenantId() tenantId: string,
    @Body() { name, description, kind = 'other' }: CreateAiAgentRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ data: AiAgentResponse }> {
    const agent = await this.createAiAgent.execute(tenantId, { name, description, kind });
    void reply.header('ETag', etagOfAgent(agent));
    return { data: toAiAgentResponse(agent) };
  }

  @Get(':agentId')
  @Access({ scope: 'integrations:read', session: 'agent' })
  @ApiOperation({ summary: 'One AI agent; its ETag guards a change' })
  @Answers(AiAgentResponse)
  @Refuses(2004, 2005, 2011, 2012)
  async get(
    @TenantId() tenantId: string,
    @Param('agentId') agentId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ data: AiAgentResponse }> {
    const agent = await this.read.get(tenantId, agentId);
    void reply.header('ETag', etagOfAgent(agent));
    return { data: toAiAgentResponse(agent) };
  }

  @Patch(':agentId')
  @Access({ scope: 'skills:write', session: 'admin' })
  @ApiOperation({ summary: 'Changes what is given and leaves the rest' })
  @ApiHeader({ name: 'If-Match', required: false, description: 'ETag of what you saw: refused when it changed since' })
  @Answers(AiAgentResponse, { example: { name: 'Night reception' } })
  @Refuses(1002, 1004, 1012, 1015, 1016, 2004, 2005, 2011, 2012)
  async change(
    @TenantId() tenantId: string,
    @Param('agentId') id: string,
    @Body() { name, description, kind }: ChangeAiAgentRequest,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ data: AiAgentResponse }> {
    const outcome = await this.changeAiAgent.execute(tenantId, { id, name, description, kind }, (current) =>
      matchesEtag(ifMatch, etagOfAgent(current)),
    );
    if (!outcome.changed) {
      throw new AppError(1016, 'The AI agent was changed since you read it', { reason: outcome.reason });
    }
    void reply.header('ETag', etagOfAgent(outcome.agent));
    return { data: toAiAgentResponse(outcome.agent) };
  }

  @Delete(':agentId')
  @Access({ scope: 'skills:write', session: 'admin' })
  @ApiOperation({ summary: 'Deletes an AI agent with its skills, for good' })
  @Answers(AiAgentResponse)
  @Refuses(2004, 2005, 2011, 2012)
  async remove(@TenantId() tenantId: string, @Param('agentId') id: string): Promise<{ data: AiAgentResponse }> {
    return { data: toAiAgentResponse(await this.removeAiAgent.execute(tenantId, id)) };
  }
}
