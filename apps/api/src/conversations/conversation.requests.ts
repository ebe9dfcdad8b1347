import {
  AUTHORS,
  CALL_STATUSES,
  CHANNELS,
  type Closing,
  DIRECTIONS,
  type NewConversation,
  type NewMessage,
} from '@app/transcripts';
import type {
  Agent,
  Attachment,
  Author,
  CallStatus,
  Channel,
  Customer,
  Direction,
  VoiceDetails,
} from '@app/transcripts';
import {
  EnumField,
  IntegerField,
  ObjectField,
  ObjectListField,
  TextField,
  TimeField,
  UncheckedListField,
} from '../http/fields.js';
import { PageQuery } from '../http/page.js';
import { PhoneField } from './phone-field.js';

/** Far more than anyone types into one message; the body's limit comes on top. */
const LONGEST_TEXT = 10_000_000;
const MOST_MESSAGES = 20_000;
const A_DAY_MS = 86_400_000;

export class CustomerRequest implements Customer {
  @TextField({
    optional: true,
    max: 200,
    example: 'customer-815',
    description: 'Your own id of this person; the strongest way to know them again',
  })
  externalId?: string;

  @TextField({ optional: true, max: 320, example: 'ada@example.com' })
  email?: string;

  @PhoneField({ optional: true })
  phone?: string;

  @TextField({ optional: true, max: 200, example: 'Ada' })
  firstName?: string;

  @TextField({ optional: true, max: 200, example: 'Lovelace' })
  lastName?: string;

  @TextField({
    optional: true,
    max: 64,
    description: 'Record id of the HubSpot contact, when you know it: written there, nothing is searched',
  })
  crmContactId?: string;
}

export class AgentRequest implements Agent {
  @TextField({ optional: true, max: 200, example: 'Grace' })
  name?: string;

  @TextField({ optional: true, max: 320, example: 'grace@example.com' })
  email?: string;
}

export class AttachmentRequest implements Attachment {
  @TextField({ max: 500, example: 'invoice.pdf' })
  name!: string;

  @TextField({
    optional: true,
    max: 4_000,
    example: 'https://files.example/invoice.pdf',
    description: 'Only http(s) addresses become links',
  })
  url?: string;
}

export class MessageRequest implements NewMessage {
  @TextField({
    optional: true,
    max: 200,
    example: 'message-1',
    description: 'Your own id; the same message twice is added once',
  })
  id?: string;

  @EnumField(AUTHORS, { name: 'Author' })
  author!: Author;

  @TextField({ optional: true, max: 200 })
  name?: string;

  @TextField({ min: 0, max: LONGEST_TEXT, example: 'Where is my order?' })
  text!: string;

  @TimeField({ optional: true, example: '2026-11-21T09:58:00Z' })
  sentAt?: Date;

  @ObjectListField(() => AttachmentRequest, { optional: true, maxItems: 100 })
  attachments?: AttachmentRequest[];
}

/** Fields that only `voice` has. */
class VoiceFields {
  @IntegerField({ optional: true, min: 0, max: 7 * A_DAY_MS, description: 'voice: length of the call in milliseconds' })
  durationMs?: number;

  @TextField({ optional: true, max: 40, description: 'voice' })
  fromNumber?: string;

  @TextField({ optional: true, max: 40, description: 'voice' })
  toNumber?: string;

  @EnumField(CALL_STATUSES, { name: 'CallStatus', optional: true, default: 'COMPLETED', description: 'voice' })
  callStatus?: CallStatus;

  @TextField({ optional: true, max: 4_000, description: 'voice: https address of the recording' })
  recordingUrl?: string;
}

export class NewConversationRequest extends VoiceFields {
  @TextField({
    optional: true,
    max: 200,
    example: 'ticket-4711',
    description: 'Your own id: the same call again answers the same conversation',
  })
  externalId?: string;

  @EnumField(CHANNELS, { name: 'Channel' })
  channel!: Channel;

  @EnumField(DIRECTIONS, { name: 'Direction', optional: true, default: 'inbound' })
  direction?: Direction;

  @ObjectField(() => CustomerRequest, {})
  customer!: CustomerRequest;

  @ObjectField(() => AgentRequest, { optional: true, example: { name: 'Grace', email: 'grace@example.com' } })
  agent?: AgentRequest;

  @TextField({ optional: true, max: 1_000, example: 'Order 4711' })
  subject?: string;

  @TimeField({ optional: true })
  startedAt?: Date;

  @TimeField({
    optional: true,
    example: '2026-11-21T10:00:00Z',
    description: 'Given: a whole closed conversation is recorded in this one call',
  })
  closedAt?: Date;

  @ObjectListField(() => MessageRequest, {
    optional: true,
    maxItems: MOST_MESSAGES,
    example: [
      { id: 'message-1', author: 'customer', text: 'Where is my order?', sentAt: '2026-11-21T09:58:00Z' },
      { id: 'message-2', author: 'agent', name: 'Grace', text: 'On its way.', sentAt: '2026-11-21T09:59:00Z' },
    ],
  })
  messages?: MessageRequest[];

  @TextField({ optional: true, max: 20_000, description: 'Your own summary, used instead of a made one' })
  summary?: string;
}

export class ConversationBatchRequest {
  // Each entry is checked on its own, so that one bad item never sinks the rest.
  @UncheckedListField(() => NewConversationRequest, { maxItems: 100 })
  conversations!: unknown[];
}

export class AddMessagesRequest {
  @ObjectListField(() => MessageRequest, { maxItems: MOST_MESSAGES })
  messages!: MessageRequest[];
}

export class CloseConversationRequest extends VoiceFields {
  @TimeField({ optional: true, example: '2026-11-21T10:00:00Z', description: 'Default: now' })
  closedAt?: Date;

  @ObjectField(() => AgentRequest, { optional: true })
  agent?: AgentRequest;

  @TextField({ optional: true, max: 20_000, example: 'Asked for an order that is on its way.' })
  summary?: string;
}

export class ListConversationsQuery extends PageQuery {
  @EnumField(['open', 'closed'], { name: 'ConversationStatus', optional: true })
  status?: 'open' | 'closed';
}

export function toNewConversation(request: NewConversationRequest): NewConversation {
  const { durationMs, fromNumber, toNumber, callStatus, recordingUrl, direction, messages, ...rest } = request;
  const voice: VoiceDetails = { durationMs, fromNumber, toNumber, callStatus: callStatus ?? 'COMPLETED', recordingUrl };
  return {
    ...rest,
    direction: direction ?? 'inbound',
    messages: messages ?? [],
    voice: request.channel === 'voice' ? voice : undefined,
  };
}

export function toClosing(request: CloseConversationRequest): Closing {
  const { durationMs, fromNumber, toNumber, callStatus, recordingUrl, ...rest } = request;
  const voice = Object.fromEntries(
    Object.entries({ durationMs, fromNumber, toNumber, callStatus, recordingUrl }).filter(
      ([, value]) => value !== undefined,
    ),
  );
  return Object.keys(voice).length === 0 ? rest : { ...rest, voice };
}
