import { AppError, LOGGER, type Logger } from '@app/platform';
import { type AiAgent, type OfferedTool, OfferTools, ReadAiAgents } from '@app/skills';
import {
  type ClientCapabilities,
  CLIENT_CAPABILITIES_META_KEY,
  createMcpHandler,
  isInitializeRequest,
  ProtocolError,
  ProtocolErrorCode,
  Server,
  type ServerContext,
  type Tool,
} from '@modelcontextprotocol/server';
import { Inject, Injectable } from '@nestjs/common';
import { PRODUCT_VERSION } from '../product-version.js';
import { asksWhileWaiting, sessionIdFor, showsQuestions } from './earlier-session.js';
import type { McpCaller } from './mcp-caller.js';
import { OpenQuestions, type PersonsAnswer } from './open-questions.js';
import { NO_FIELDS, RunTool } from './run-tool.js';

/** In a call's `_meta`: of which conversation it is a part. */
const CONVERSATION_ID_KEY = 'dev.threadline/conversationId';

/** Many calls in one request would cost one of the allowance; only revision 2025-03-26 had them. */
const NO_BATCHES = 'Send one message at a time';
const METHOD_NOT_FOUND = { code: ProtocolErrorCode.MethodNotFound, message: 'Method not found' };

/**
 * An AI agent's skills as an MCP server. Nothing is kept between two requests: each is answered by a server of its own, so
 * that any process can answer it, whichever revision the client speaks.
 */
@Injectable()
export class ServeAgent {
  constructor(
    @Inject(ReadAiAgents) private readonly agents: ReadAiAgents,
    @Inject(OfferTools) private readonly offerTools: OfferTools,
    @Inject(RunTool) private readonly runTool: RunTool,
    @Inject(OpenQuestions) private readonly questions: OpenQuestions,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @throws AppError 2011 for an unknown AI agent. */
  async execute(caller: McpCaller, request: Request, body: unknown): Promise<Response> {
    const agent = await this.agents.get(caller.tenantId, caller.agentId);
    if (Array.isArray(body)) return refusal(400, { code: ProtocolErrorCode.InvalidRequest, message: NO_BATCHES });
    if (isListening(body)) return refusal(404, METHOD_NOT_FOUND, body.id);
    const waits = asksWhileWaiting(request);
    if (waits && (await this.questions.answer(caller, body))) return new Response(null, { status: 202 });
    let cause: Error | undefined;
    const handler = createMcpHandler(({ era }) => this.serverOf(agent, caller, waits && era === 'legacy'), {
      onerror: (error) => (cause = error),
    });
    const response = await handler.fetch(request, { parsedBody: body });
    if (response.status >= 500) this.logger.error({ err: cause }, 'an MCP request failed');
    const session = isInitializeRequest(body) ? sessionIdFor(body) : undefined;
    if (session !== undefined && response.ok) response.headers.set('Mcp-Session-Id', session);
    return response;
  }

  /** @param waits the client shows questions while its calls wait. */
  private serverOf({ name, description }: AiAgent, caller: McpCaller, waits: boolean): Server {
    const server = new Server(
      { name: 'threadline', title: `Threadline: ${name}`, version: PRODUCT_VERSION },
      {
        capabilities: { tools: {} },
        instructions: instructionsFor(name, description),
        inputRequired: { legacyShim: false },
      },
    );
    server.setRequestHandler('tools/list', () => this.planned(() => this.listTools(caller)));
    server.setRequestHandler('tools/call', ({ params }, context) =>
      this.planned(() =>
        this.runTool.execute(caller, {
          name: params.name,
          arguments: params.arguments ?? {},
          conversationId: conversationOf(context) ?? caller.conversationId,
          asksPeople: asksPeople(context),
          ask: waits ? (question) => this.ask(server, caller, { question, context }) : undefined,
          state: context.mcpReq.requestState<string>(),
          answers: context.mcpReq.inputResponses,
          gone: context.mcpReq.signal,
        }),
      ),
    );
    return server;
  }

  private async ask(
    { transport }: Server,
    caller: McpCaller,
    { question, context }: { question: string; context: ServerContext },
  ): Promise<PersonsAnswer> {
    const { id: relatedRequestId, signal } = context.mcpReq;
    const params = { message: question, requestedSchema: NO_FIELDS };
    const put = async (id: string): Promise<void> =>
      transport?.send({ jsonrpc: '2.0', id, method: 'elicitation/create', params }, { relatedRequestId });
    const withdraw = async (requestId: string): Promise<void> =>
      transport?.send(
        { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId, reason: 'Nobody answered' } },
        { relatedRequestId },
      );
    return this.questions.ask(caller, { put, withdraw }, signal);
  }

  private async listTools({ tenantId, agentId }: McpCaller): Promise<{ tools: Tool[] }> {
    const offered = await this.offerTools.execute(tenantId, agentId);
    return { tools: offered.map(toTool) };
  }

  /** The SDK would tell the client of any error's text. */
  private async planned<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof ProtocolError) throw error;
      if (error instanceof AppError) throw new ProtocolError(ProtocolErrorCode.InternalError, error.detail);
      this.logger.error({ err: error }, 'an MCP request failed');
      throw new ProtocolError(ProtocolErrorCode.InternalError, 'Something went wrong on our side');
    }
  }
}

function toTool({ name, title, description, inputSchema, effects }: OfferedTool): Tool {
  return {
    name,
    title,
    description,
    inputSchema: inputSchema as object as Tool['inputSchema'],
    annotations: {
      title,
      readOnlyHint: !effects.writes,
      destructiveHint: effects.overwrites,
      idempotentHint: effects.repeatable,
      // The tenant's portal, and nothing beyond it.
      openWorldHint: false,
    },
  };
}

function instructionsFor(name: string, description: string | undefined): string {
  const who = description === undefined ? name : `${name} (${description})`;
  return `What ${who} can look up and write in HubSpot. Ids come from an earlier find. The message of every answer may be said as it is. What writes is asked for first: nothing is written before the person has agreed.`;
}

/** The host says it, never the model: whose record may be changed hangs on it. */
function conversationOf({ mcpReq: { _meta: meta } }: ServerContext): string | undefined {
  const said = meta?.[CONVERSATION_ID_KEY];
  if (said === undefined || said === null) return undefined;
  return typeof said === 'string' ? said : JSON.stringify(said);
}

function asksPeople({ mcpReq }: ServerContext): boolean {
  const envelope: Readonly<Record<string, unknown>> = mcpReq.envelope ?? {};
  return showsQuestions(envelope[CLIENT_CAPABILITIES_META_KEY] as ClientCapabilities | undefined);
}

/** There is nothing to listen to: tools are listed anew whenever they are asked for. */
function isListening(body: unknown): body is { id?: unknown } {
  return typeof body === 'object' && body !== null && 'method' in body && body.method === 'subscriptions/listen';
}

function refusal(status: number, error: { code: number; message: string }, id?: unknown): Response {
  const known = typeof id === 'string' || typeof id === 'number' ? id : null;
  return Response.json({ jsonrpc: '2.0', id: known, error }, { status });
}
