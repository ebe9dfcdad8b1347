import type { EntryUrl } from '@app/crm';
import { CHANNELS, DIRECTIONS, type ConversationView, type Message } from '@app/transcripts';
import { ApiProperty } from '@nestjs/swagger';
import { ProblemResponse } from '../http/answers.js';
import type { Problem } from '../http/problem.js';
import { DeliveryResponse, toDeliveryResponse } from '../hubspot/delivery.response.js';
import { AgentRequest, AttachmentRequest, CustomerRequest } from './conversation.requests.js';

export class MessageResponse {
  @ApiProperty()
  id!: string;
  @ApiProperty({ enum: ['customer', 'agent', 'system', 'bot'] })
  author!: string;
  @ApiProperty({ required: false })
  name?: string;
  @ApiProperty({ example: 'Where is my order?' })
  text!: string;
  @ApiProperty({ format: 'date-time' })
  sentAt!: string;
  @ApiProperty({ type: [AttachmentRequest] })
  attachments!: AttachmentRequest[];
}

export class ConversationResponse {
  @ApiProperty()
  id!: string;
  @ApiProperty({ required: false, example: 'ticket-4711' })
  externalId?: string;
  @ApiProperty({ enum: [...CHANNELS], enumName: 'Channel' })
  channel!: string;
  @ApiProperty({ enum: [...DIRECTIONS], enumName: 'Direction' })
  direction!: string;
  @ApiProperty({ enum: ['open', 'closed'] })
  status!: string;
  @ApiProperty({ type: CustomerRequest })
  customer!: CustomerRequest;
  @ApiProperty({ type: AgentRequest, required: false, example: { name: 'Grace', email: 'grace@example.com' } })
  agent?: AgentRequest;
  @ApiProperty({ required: false, example: 'Order 4711' })
  subject?: string;
  @ApiProperty({ format: 'date-time' })
  startedAt!: string;
  @ApiProperty({ required: false, format: 'date-time' })
  closedAt?: string;
  @ApiProperty({ type: DeliveryResponse, required: false, description: 'Present once closed' })
  delivery?: DeliveryResponse;
  @ApiProperty({ type: [MessageResponse], required: false, description: 'Only when one conversation is asked for' })
  messages?: MessageResponse[];
}

/** For examples: a delivery that nobody has looked at yet, and its conversation. */
export const JUST_CLOSED = {
  status: 'pending',
  matchedBy: undefined,
  contactId: undefined,
  entries: [],
  scrubbed: { cards: 0, nationalIds: 0 },
  attempts: [],
};
const ID = '0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77';
const CLOSED_AT = '2026-11-21T10:00:00.000Z';
export const CLOSED = {
  status: 'closed',
  closedAt: CLOSED_AT,
  delivery: { id: ID, conversationId: ID, ...JUST_CLOSED, closedAt: CLOSED_AT },
};

/** One result of a batch: what became of the item, or what is wrong with it. */
export class BatchItemResponse {
  @ApiProperty({ type: 'integer', description: 'As if it had been sent alone', example: 202 })
  status!: number;
  @ApiProperty({
    type: ConversationResponse,
    required: false,
    example: {
      id: ID,
      externalId: 'ticket-4711',
      channel: 'chat',
      direction: 'inbound',
      customer: { email: 'ada@example.com' },
      startedAt: '2026-11-21T09:58:00.000Z',
      ...CLOSED,
    },
  })
  data?: ConversationResponse;
  @ApiProperty({ type: ProblemResponse, required: false })
  problem?: Problem;
}

export function toConversationResponse(view: ConversationView, url: EntryUrl): ConversationResponse {
  return {
    id: view.id,
    externalId: view.externalId,
    channel: view.channel,
    direction: view.direction,
    status: view.status,
    customer: view.customer,
    agent: view.agent,
    subject: view.subject,
    startedAt: view.startedAt.toISOString(),
    closedAt: view.closedAt?.toISOString(),
    delivery: view.delivery && toDeliveryResponse(view.delivery, url),
    messages: view.messages?.map(toMessageResponse),
  };
}

export function toMessageResponse({ id, author, name, text, sentAt, attachments }: Message): MessageResponse {
  return { id, author, name, text, sentAt: sentAt.toISOString(), attachments };
}
