import { AppError } from '@app/platform';
import { CONFIRMATION_TOKEN, RunSkill, type RunSkillCommand, type SkillAnswer } from '@app/skills';
import {
  type CallToolResult,
  inputRequired,
  type InputRequiredResult,
  inputResponse,
  ProtocolError,
  ProtocolErrorCode,
} from '@modelcontextprotocol/server';
import { Inject, Injectable } from '@nestjs/common';
import type { McpCaller } from './mcp-caller.js';
import { declinedResult, refusedResult, toolResult } from './tool-result.js';

/** Name of the question among those that a client is asked. */
const AGREEMENT = 'agreement';

/** A `tools/call`, as it came. */
export interface ToolCall {
  name: string;
  arguments: Readonly<Record<string, unknown>>;
  conversationId?: string;
  /** The client shows its person a question when it is asked to (elicitation in form mode). */
  asksPeople: boolean;
  /** What came with the question, and comes back with its answer: the token. */
  state?: string;
  /** What people answered, by the names of the questions. */
  answers?: Record<string, unknown>;
  gone: AbortSignal;
}

/**
 * Runs a skill as an MCP tool. What would need a yes is asked of the person by clients that can (the result then says what to
 * ask, and the client calls again with the answer, so that any process can take it); by others the AI agent is given the
 * question and a token, as over REST. Never is anything written without either.
 */
@Injectable()
export class RunTool {
  constructor(@Inject(RunSkill) private readonly runSkill: RunSkill) {}

  /** @throws ProtocolError for a tool that the AI agent doesn't have. */
  async execute(
    { tenantId, agentId, calledBy }: McpCaller,
    call: ToolCall,
  ): Promise<CallToolResult | InputRequiredResult> {
    const { [CONFIRMATION_TOKEN]: token, ...given } = call.arguments;
    const answered = inputResponse(call.answers, AGREEMENT);
    const isAnswered = call.state !== undefined && answered.kind === 'elicit';
    if (isAnswered && answered.action !== 'accept') return declinedResult();
    const agreed = isAnswered ? call.state : readToken(token);
    const command: RunSkillCommand = {
      agentId,
      skill: call.name,
      arguments: given,
      conversationId: call.conversationId,
      confirmation: agreed,
      calledBy,
    };
    try {
      const answer = await this.runSkill.execute(tenantId, command, call.gone);
      return call.asksPeople ? askOrTell(answer) : toolResult(answer);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.details.reason === 'unknown_skill')
        throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown tool: ${call.name}`);
      return refusedResult(error, agreed);
    }
  }
}

function askOrTell(answer: SkillAnswer): CallToolResult | InputRequiredResult {
  if (answer.outcome !== 'confirmation_required') return toolResult(answer);
  const { message, confirmation } = answer;
  // No fields: to accept is the yes.
  const question = inputRequired.elicit({ message, requestedSchema: { type: 'object', properties: {} } });
  return inputRequired({ inputRequests: { [AGREEMENT]: question }, requestState: confirmation.token });
}

/** Models send null, and empty text, for what they leave out. */
function readToken(token: unknown): string | undefined {
  if (token === undefined || token === null || token === '') return undefined;
  return typeof token === 'string' ? token : 'not a token';
}
