import { type Clock, ModelClient, type ModelEndpoint, type ModelLimits } from '@app/platform';
import type { ClosedConversation } from '../conversations/conversation.js';
import { carriable } from '../render/carriable.js';
import { scrubConversation } from '../scrub/scrub-conversation.js';
import type { Summariser } from './summariser.port.js';
import { summaryPrompt } from './summary-prompt.js';

const MOST_UNITS = 3_000;
/** About a page; what is beyond is cut. */
const MOST_TOKENS = 600;

/** Asks a model behind an endpoint. Rejects when it has no answer, and at once while it is left alone after failures. */
export class ModelSummariser implements Summariser {
  private readonly model: ModelClient;

  constructor(endpoint: ModelEndpoint, clock: Clock, limits: Partial<ModelLimits> = {}) {
    this.model = new ModelClient(endpoint, clock, limits);
  }

  /** @param conversation scrubbed. @returns scrubbed, plain text of at most 3,000 UTF-16 units. */
  async summarise(conversation: ClosedConversation, signal: AbortSignal): Promise<string> {
    const answer = await this.model.ask({ ...summaryPrompt(conversation), maxTokens: MOST_TOKENS }, signal);
    const text = carriable(answer).trim();
    if (text === '') throw new Error('It answered without a text');
    const { summary = '' } = scrubConversation({ ...conversation, messages: [], summary: text }).conversation;
    return summary.slice(0, MOST_UNITS).toWellFormed();
  }
}
