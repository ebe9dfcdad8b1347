import { Controller, Delete, Get, Headers, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiExcludeEndpoint, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access, CurrentCaller } from '../access/access.decorators.js';
import { API_ADDRESS, type ApiAddress } from '../access/api-address.js';
import type { Caller } from '../access/caller.js';
import { Refuses } from '../http/answers.js';
import { goneOf } from '../hubspot/gone-client.js';
import { refuseForeignOrigin } from './refuse-foreign-origin.js';
import { ServeAgent } from './serve-agent.js';

const CALL = {
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name: 'find_contact', arguments: { phone: '+49 176 1234567' } },
};
const RESULT = {
  jsonrpc: '2.0',
  id: 1,
  result: { content: [{ type: 'text', text: '{"outcome":"found","message":"I found one contact.","records":[]}' }] },
};
const jsonRpc = (example: object) => ({ type: 'object', additionalProperties: true, example }) as const;

@ApiTags('Skills')
@Controller('agents/:agentId/mcp')
export class McpController {
  constructor(
    @Inject(ServeAgent) private readonly serveAgent: ServeAgent,
    @Inject(API_ADDRESS) private readonly address: ApiAddress,
  ) {}

  @Post()
  @HttpCode(200)
  @Access({ scope: 'skills:execute' })
  @ApiOperation({
    summary: 'The skills of an AI agent as tools of the Model Context Protocol',
    description:
      'Streamable HTTP of revision 2026-07-28 and of those before it, made for MCP clients: a JSON-RPC message in, one out. What goes wrong inside MCP is told as it says, as a JSON-RPC error.',
  })
  @ApiHeader({ name: 'Threadline-Conversation-Id', required: false, description: 'In which the AI agent talks' })
  @ApiBody({ required: true, schema: jsonRpc(CALL) })
  @ApiResponse({
    status: 200,
    description:
      'Clients of earlier revisions are sent the same as a server-sent event; notifications are answered 202',
    content: { 'application/json': { schema: jsonRpc(RESULT) } },
  })
  @Refuses(1004, 1015, 2004, 2005, 2011, 2012)
  async answer(
    @CurrentCaller() caller: Caller,
    @Param('agentId') agentId: string,
    @Headers('threadline-conversation-id') conversationId: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    refuseForeignOrigin(request, this.address.publicUrl);
    const calledBy = caller.kind === 'api_key' ? caller.keyName : caller.email;
    // Empty where a client's configuration names a variable that isn't set.
    const said = conversationId === '' ? undefined : conversationId;
    const mcpCaller = { tenantId: caller.tenantId, agentId, calledBy, conversationId: said };
    const asked = toWebRequest(request, this.address.publicUrl, goneOf(reply));
    await reply.send(await this.serveAgent.execute(mcpCaller, asked, request.body));
  }

  /** Clients of earlier revisions would listen here; MCP says how they are told that there is nothing to hear. */
  @Get()
  @Access({ scope: 'skills:execute' })
  @ApiExcludeEndpoint()
  listen(@Res() reply: FastifyReply): void {
    refuseMethod(reply);
  }

  /** They would end a session here. */
  @Delete()
  @Access({ scope: 'skills:execute' })
  @ApiExcludeEndpoint()
  end(@Res() reply: FastifyReply): void {
    refuseMethod(reply);
  }
}

function refuseMethod(reply: FastifyReply): void {
  const error = { code: -32_000, message: 'Method not allowed' };
  void reply.status(405).header('Allow', 'POST').send({ jsonrpc: '2.0', id: null, error });
}

/** Without its body, which was read already. */
function toWebRequest({ url, method, headers }: FastifyRequest, publicUrl: string, signal: AbortSignal): Request {
  const copied = Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((each): [string, string] => [name, each]),
  );
  return new Request(new URL(url, publicUrl), { method, headers: copied, signal });
}
