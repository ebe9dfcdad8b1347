import type { NewDelivery } from '../deliver/new-delivery.js';
import { bytesArray, plainArray, textArray, timeArray } from './array-literal.js';
import type { ClosedConversation, Message } from './conversation.js';

/** A conversation as it stands in the database, without its messages. */
export interface ConversationRow {
  id: string;
  external_id: string | null;
  channel: ClosedConversation['channel'];
  direction: ClosedConversation['direction'];
  status: 'open' | 'closed';
  customer: ClosedConversation['customer'];
  customer_key: string;
  /** The portal at the time: `customer.crmContactId` names a contact of it. */
  crm_portal_id: string | null;
  agent: ClosedConversation['agent'] | null;
  subject: string | null;
  summary: string | null;
  voice: ClosedConversation['voice'] | null;
  started_at: Date;
  closed_at: Date | null;
  request_hash: Buffer;
  close_hash: Buffer | null;
}

/** A message with its place in a conversation, ready to be stored. */
export interface PlacedMessage extends Message {
  conversationId: string;
  position: number;
}

/** A conversation about to be written, whole. */
export interface Recording {
  row: ConversationRow;
  messages: readonly PlacedMessage[];
  /** Of a closed one. */
  delivery?: NewDelivery;
}

/*
 * Rows travel to PostgreSQL as one array for each column, so that a statement is the same however many there are.
 */

export const CONVERSATION_COLUMNS = `id, external_id, channel, direction, status, customer, customer_key, agent,
  subject, summary, voice, started_at, closed_at, request_hash, close_hash, crm_portal_id`;

export const CONVERSATION_TYPES =
  'uuid text text text text jsonb text jsonb text text jsonb timestamptz timestamptz bytea bytea text'.split(' ');

export function conversationArrays(rows: readonly ConversationRow[]): string[] {
  return [
    plainArray(rows.map((row) => row.id)),
    textArray(rows.map((row) => row.external_id)),
    textArray(rows.map((row) => row.channel)),
    textArray(rows.map((row) => row.direction)),
    plainArray(rows.map((row) => row.status)),
    textArray(rows.map((row) => JSON.stringify(row.customer))),
    textArray(rows.map((row) => row.customer_key)),
    textArray(rows.map((row) => (row.agent === null ? null : JSON.stringify(row.agent)))),
    textArray(rows.map((row) => row.subject)),
    textArray(rows.map((row) => row.summary)),
    textArray(rows.map((row) => (row.voice === null ? null : JSON.stringify(row.voice)))),
    timeArray(rows.map((row) => row.started_at)),
    timeArray(rows.map((row) => row.closed_at)),
    bytesArray(rows.map((row) => row.request_hash)),
    bytesArray(rows.map((row) => row.close_hash)),
    textArray(rows.map((row) => row.crm_portal_id)),
  ];
}

export const MESSAGE_COLUMNS = 'conversation_id, position, message_id, author, name, body, sent_at, attachments';

export const MESSAGE_TYPES = 'uuid int text text text text timestamptz jsonb'.split(' ');

export function messageArrays(messages: readonly PlacedMessage[]): string[] {
  return [
    plainArray(messages.map((message) => message.conversationId)),
    plainArray(messages.map((message) => message.position)),
    textArray(messages.map((message) => message.id)),
    textArray(messages.map((message) => message.author)),
    textArray(messages.map((message) => message.name ?? null)),
    textArray(messages.map((message) => message.text)),
    timeArray(messages.map((message) => message.sentAt)),
    textArray(messages.map((message) => JSON.stringify(message.attachments))),
  ];
}

/** @param first number of the first array's parameter. */
export function unnestFrom(first: number, types: readonly string[]): string {
  return `unnest(${types.map((type, index) => `$${first + index}::${type}[]`).join(', ')})`;
}
