export const CHANNELS = ['chat', 'voice', 'sms', 'whatsapp', 'imessage', 'email'] as const;
export type Channel = (typeof CHANNELS)[number];

export const DIRECTIONS = ['inbound', 'outbound'] as const;
export type Direction = (typeof DIRECTIONS)[number];

export const AUTHORS = ['customer', 'agent', 'system', 'bot'] as const;
export type Author = (typeof AUTHORS)[number];

export interface Attachment {
  name: string;
  /** Where the file can be fetched; only http(s) addresses become links. */
  url?: string;
}

export interface Message {
  id: string;
  author: Author;
  /** Display name of the author; falls back to the author's role. */
  name?: string;
  text: string;
  sentAt: Date;
  attachments: Attachment[];
}

/** The person at the other end, before they are matched to a contact. */
export interface Customer {
  externalId?: string;
  email?: string;
  phone?: string;
  firstName?: string;
  lastName?: string;
  crmContactId?: string;
}

/** The person who answered. */
export interface Agent {
  name?: string;
  email?: string;
}

export const CALL_STATUSES = [
  'BUSY',
  'CALLING_CRM_USER',
  'CANCELED',
  'COMPLETED',
  'CONNECTING',
  'FAILED',
  'IN_PROGRESS',
  'NO_ANSWER',
  'QUEUED',
  'RINGING',
] as const;
export type CallStatus = (typeof CALL_STATUSES)[number];

/** What only a phone call has. */
export interface VoiceDetails {
  durationMs?: number;
  fromNumber?: string;
  toNumber?: string;
  callStatus: CallStatus;
  recordingUrl?: string;
}

/** Everything rendering needs of a conversation that has ended. */
export interface ClosedConversation {
  id: string;
  externalId?: string;
  channel: Channel;
  direction: Direction;
  customer: Customer;
  agent?: Agent;
  subject?: string;
  startedAt: Date;
  closedAt: Date;
  messages: Message[];
  /** The caller's own summary, when one was given. */
  summary?: string;
  /** Present for `voice`. */
  voice?: VoiceDetails;
}
