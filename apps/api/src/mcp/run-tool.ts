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
import type { PersonsAnswer } from './open-questions.js';
import { notAgreedResult, refusedResult, toolResult } from './tool-result.js';

/** Name of the question among those that a client is asked. */
const AGREEMENT = 'agreement';

/** What a person fills in: nothing. To accept is the yes. */
export const NO_FIELDS = { type: 'object' as const, properties: {} };

type Asking = Extract<SkillAnswer, { outcome: 'confirmation_required' }>;

/** A `tools/call`, as it came. */
export interface ToolCall {
  name: string;
  arguments: Readonly<Record<string, unknown>>;
  conversationId?: string;
  /** The client shows its person a question when it is told to by a result, and calls again with the answer. */
  asksPeople: boolean;
  /** For a client that shows questions only while its call waits. */
  ask?: (question: string) => Promise<PersonsAnswer>;
  /** What came with the question, and comes back with its answer: the token. */
  state?: string;
  /** What people answered, by the names of the questions. */
  answers?: Record<string, unknown>;
  gone: AbortSignal;
}

/**
 * Runs a skill as an MCP tool. What needs a yes is asked of the person by clients that can, and then by them alone: a model
 * that held the token could say yes while its person still reads the question. Of others the AI agent is given the question
 * and a token, as over REST. Never is anything written without either.
 */
@Injectable()
export class RunTool {
  constructor(@Inject(RunSkill) private readonly runSkill: RunSkill) {}

  /** @throws ProtocolError for a tool that the AI agent doesn't have. */
  async execute(caller: McpCaller, call: ToolCall): Promise<CallToolResult | InputRequiredResult> {
    const { tenantId, agentId, calledBy } = caller;
    const { [CONFIRMATION_TOKEN]: token, ...given } = call.arguments;
    const answered = inputResponse(call.answers, AGREEMENT);
    const isAnswered = call.state !== undefined && answered.kind === 'elicit';
    if (isAnswered && answered.action !== 'accept') return notAgreedResult(answered.action);
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
      if (answer.outcome !== 'confirmation_required') return toolResult(answer);
      if (call.asksPeople) return questionFor(answer);
      const said = call.ask === undefined ? 'cannot_ask' : await call.ask(answer.message);
      if (said === 'cannot_ask') return toolResult(answer);
      if (said !== 'accept') return notAgreedResult(said);
      const again = { ...given, [CONFIRMATION_TOKEN]: answer.confirmation.token };
      return await this.execute(caller, { ...call, arguments: again, ask: undefined });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.details.reason === 'unknown_skill')
        throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown tool: ${call.name}`);
      return refusedResult(error, agreed);
    }
  }
}

function questionFor({ message, confirmation }: Asking): InputRequiredResult {
  const question = inputRequired.elicit({ message, requestedSchema: NO_FIELDS });
  return inputRequired({ inputRequests: { [AGREEMENT]: question }, requestState: confirmation.token });
}

/** Models send null, and empty text, for what they leave out. */
function readToken(token: unknown): string | undefined {
  if (token === undefined || token === null || token === '') return undefined;
  return typeof token === 'string' ? token : 'not a token';
}
