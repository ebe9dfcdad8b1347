import type { Agent, Attachment, Author, Channel, Customer, Direction, VoiceDetails } from './conversation.js';

export interface NewMessage {
  /** The caller's own id: adding the same message twice adds it once. Made up when absent. */
  id?: string;
  author: Author;
  name?: string;
  text: string;
  /** Default: now, or the close time for a conversation recorded whole. */
  sentAt?: Date;
  attachments?: Attachment[];
}

/** A call that opens a conversation or, with `closedAt`, records a whole closed one. */
export interface NewConversation {
  externalId?: string;
  channel: Channel;
  direction: Direction;
  customer: Customer;
  agent?: Agent;
  subject?: string;
  /** Default: the first message's time, else the close time, else now. */
  startedAt?: Date;
  closedAt?: Date;
  messages: NewMessage[];
  summary?: string;
  voice?: VoiceDetails;
}

/** What closing may still say about a conversation. Absent fields stay as they are. */
export interface Closing {
  closedAt?: Date;
  summary?: string;
  agent?: Agent;
  voice?: Partial<VoiceDetails>;
}
