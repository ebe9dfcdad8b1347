import type { EntryUrl } from '@app/crm';
import { CHANNELS, DIRECTIONS, type ConversationView, type Message } from '@app/transcripts';
import { ApiProperty } from '@nestjs/swagger';
import { DeliveryResponse, toDeliveryResponse } from '../hubspot/delivery.response.js';
import { AgentRequest, AttachmentRequest, CustomerRequest } from './conversation.requests.js';

export class MessageResponse {
  @ApiProperty()
  id!: string;
  @ApiProperty({ enum: ['customer', 'agent', 'system', 'bot'] })
  author!: string;
  @ApiProperty({ required: false })
  name?: string;
  @ApiProperty()
  text!: string;
  @ApiProperty({ format: 'date-time' })
  sentAt!: string;
  @ApiProperty({ type: [AttachmentRequest] })
  attachments!: AttachmentRequest[];
}

export class ConversationResponse {
  @ApiProperty()
  id!: string;
  @ApiProperty({ required: false })
  externalId?: string;
  @ApiProperty({ enum: [...CHANNELS], enumName: 'Channel' })
  channel!: string;
  @ApiProperty({ enum: [...DIRECTIONS], enumName: 'Direction' })
  direction!: string;
  @ApiProperty({ enum: ['open', 'closed'] })
  status!: string;
  @ApiProperty({ type: CustomerRequest })
  customer!: CustomerRequest;
  @ApiProperty({ type: AgentRequest, required: false })
  agent?: AgentRequest;
  @ApiProperty({ required: false })
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
