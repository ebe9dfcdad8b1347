import type { ClosedConversation } from '../conversations/conversation.js';

/** Whatever makes a summary of a conversation: a model behind an endpoint, or the sentences of the conversation itself. */
export interface Summariser {
  /**
   * A few sentences of plain text. The conversation is expected scrubbed: nothing else may leave. Rejects when `signal`
   * is aborted, and when no summary could be made.
   */
  summarise(conversation: ClosedConversation, signal: AbortSignal): Promise<string>;
}
