import type { Delivery } from '../deliver/delivery.js';
import type { Agent, Channel, Customer, Direction, Message } from './conversation.js';
import type { ConversationRow } from './conversation.repository.js';

/** A conversation as callers see it. */
export interface ConversationView {
  id: string;
  externalId?: string;
  channel: Channel;
  direction: Direction;
  status: 'open' | 'closed';
  customer: Customer;
  agent?: Agent;
  subject?: string;
  startedAt: Date;
  closedAt?: Date;
  /** Present once closed. */
  delivery?: Delivery;
  /** Present when one conversation is asked for. */
  messages?: Message[];
}

export function toConversationView(row: ConversationRow, delivery?: Delivery, messages?: Message[]): ConversationView {
  return {
    id: row.id,
    externalId: row.external_id ?? undefined,
    channel: row.channel,
    direction: row.direction,
    status: row.status,
    customer: row.customer,
    agent: row.agent ?? undefined,
    subject: row.subject ?? undefined,
    startedAt: row.started_at,
    closedAt: row.closed_at ?? undefined,
    delivery,
    messages,
  };
}
