import { AppError, isId } from '@app/platform';
import {
  type ActivityMark,
  type ContactPanel,
  type OpenConversation,
  ReadDesk,
  Reply,
  ShowContact,
} from '@app/transcripts';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Access, CurrentCaller, TenantId } from '../access/access.decorators.js';
import type { Caller } from '../access/caller.js';
import { ContactResponse, toContactResponse } from '../hubspot/contact.response.js';
import { Answers, Refuses } from '../http/answers.js';
import { Repeatable } from '../http/idempotency.js';
import { IntegerField, TextField } from '../http/fields.js';
import { PageQuery } from '../http/page.js';
import { agentOf } from './agent-of.js';
import {
  ConversationResponse,
  MessageResponse,
  toConversationResponse,
  toMessageResponse,
} from './conversation.response.js';

class LastMessageResponse {
  @ApiProperty({ enum: ['customer', 'agent', 'system', 'bot'] })
  author!: string;
  @ApiProperty({ required: false })
  name?: string;
  @ApiProperty({ example: 'Where is my order?', description: 'The first 200 characters' })
  text!: string;
  @ApiProperty({ format: 'date-time' })
  sentAt!: string;
}

export class OpenConversationResponse extends ConversationResponse {
  @ApiProperty({ type: LastMessageResponse, required: false })
  lastMessage?: LastMessageResponse;
  @ApiProperty({ type: 'integer', example: 3 })
  messageCount!: number;
  @ApiProperty({ type: 'integer', description: 'What the customer has written since the last answer' })
  unanswered!: number;
  @ApiProperty({ format: 'date-time', description: 'The last message, or the start' })
  activeAt!: string;
}

class MessagesQuery {
  @IntegerField({ optional: true, min: 1, max: 200, default: 50, fromText: true, description: 'Messages per page' })
  limit?: number;

  @TextField({ optional: true, max: 20, description: '`nextCursor` of the page before' })
  cursor?: string;
}

class ReplyRequest {
  @TextField({
    optional: true,
    max: 200,
    example: 'reply-1',
    description: 'Your own id; the same reply twice is added once',
  })
  id?: string;

  @TextField({ max: 100_000, example: 'On its way.' })
  text!: string;
}

class ContactPanelResponse {
  @ApiProperty({ enum: ['matched', 'no_match', 'not_connected', 'slow', 'down'], enumName: 'PanelState' })
  state!: string;
  @ApiProperty({ required: false, enum: ['crm_id', 'email', 'phone'], description: 'When matched', example: 'email' })
  matchedBy?: string;
  @ApiProperty({ required: false, type: 'integer', description: 'How many contacts matched equally well', example: 1 })
  tied?: number;
  @ApiProperty({ required: false, type: ContactResponse })
  contact?: ContactResponse;
  @ApiProperty({ required: false, description: 'Why there is none, in words' })
  detail?: string;
  @ApiProperty({ required: false, type: 'integer', description: 'When slow or down: ask again after so long' })
  retryAfterSeconds?: number;
}

const EXAMPLE_CONTACT = {
  id: '151',
  firstName: 'Ada',
  lastName: 'Lovelace',
  email: 'ada@example.com',
  phones: ['+49 30 1234567'],
  lifecycleStage: 'Customer',
  owner: 'Grace Hopper',
  properties: {
    company: {
      label: 'Company Name',
      type: 'text',
      value: 'Analytical Engines Ltd',
      display: 'Analytical Engines Ltd',
    },
  },
  url: 'https://app.hubspot.com/contacts/62515/record/0-1/151',
};

/** What an agent has in front of them while conversations are open. */
@ApiTags('Desk')
@Controller('conversations')
export class DeskController {
  constructor(
    @Inject(ReadDesk) private readonly desk: ReadDesk,
    @Inject(Reply) private readonly reply: Reply,
    @Inject(ShowContact) private readonly showContact: ShowContact,
  ) {}

  @Get('open')
  @Access({ scope: 'conversations:read', session: 'agent' })
  @ApiOperation({ summary: 'Open conversations with their last message, the latest activity first' })
  @Answers(OpenConversationResponse, { list: true })
  @Refuses(1002, 2004, 2005, 2012)
  async listOpen(
    @TenantId() tenantId: string,
    @Query() { cursor, limit = 50 }: PageQuery,
  ): Promise<{ data: OpenConversationResponse[]; nextCursor?: string }> {
    const { items, next } = await this.desk.listOpen(tenantId, { before: readMark(cursor), limit });
    return { data: items.map(toOpenResponse), nextCursor: next && writeMark(next) };
  }

  @Get(':id/messages')
  @Access({ scope: 'conversations:read', session: 'agent' })
  @ApiOperation({ summary: 'The latest messages in the order they were written; the cursor leads to earlier ones' })
  @Answers(MessageResponse, { list: true })
  @Refuses(1002, 2002, 2004, 2005, 2012)
  async listMessages(
    @TenantId() tenantId: string,
    @Param('id') id: string,
    @Query() { cursor, limit = 50 }: MessagesQuery,
  ): Promise<{ data: MessageResponse[]; nextCursor?: string }> {
    const { messages, earlier } = await this.desk.pageMessages(tenantId, id, { before: readPosition(cursor), limit });
    return { data: messages.map(toMessageResponse), nextCursor: earlier === undefined ? undefined : String(earlier) };
  }

  @Post(':id/replies')
  @HttpCode(201)
  @Access({ session: 'agent' })
  @Repeatable()
  @ApiOperation({ summary: 'The signed-in agent answers; whoever answers first is the conversation’s agent' })
  @Answers(MessageResponse, { status: 201 })
  @Refuses(1001, 1002, 1004, 1012, 1014, 1015, 2002, 2004, 2005, 2012)
  async answer(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() { id: messageId, text }: ReplyRequest,
  ): Promise<{ data: MessageResponse }> {
    const by = agentOf(caller);
    if (by === undefined) throw new AppError(2005, 'API keys are never allowed here', { reason: 'session_required' });
    return { data: toMessageResponse(await this.reply.execute(caller.tenantId, id, { id: messageId, text, by })) };
  }

  @Get(':id/contact')
  @Access({ scope: 'integrations:read', session: 'agent' })
  @ApiOperation({
    summary: 'The contact panel: who the customer is in HubSpot, or why nobody can say; never creates a contact',
    description:
      'Answers within two seconds. Only an unknown conversation is refused: whatever HubSpot does is a state.',
  })
  @Answers(ContactPanelResponse, { example: { state: 'matched', contact: EXAMPLE_CONTACT } })
  @Refuses(2002, 2004, 2005, 2012)
  async contact(@TenantId() tenantId: string, @Param('id') id: string): Promise<{ data: ContactPanelResponse }> {
    return { data: toPanelResponse(await this.showContact.execute(tenantId, id)) };
  }
}

function toPanelResponse(panel: ContactPanel): ContactPanelResponse {
  return panel.state === 'matched' ? { ...panel, contact: toContactResponse(panel.contact) } : panel;
}

function toOpenResponse(open: OpenConversation): OpenConversationResponse {
  const { conversation, lastMessage, messageCount, unanswered, activeAt } = open;
  // Open ones have no delivery, so there is nothing in HubSpot to lead to.
  return Object.assign(
    toConversationResponse(conversation, () => undefined),
    {
      lastMessage: lastMessage && { ...lastMessage, sentAt: lastMessage.sentAt.toISOString() },
      messageCount,
      unanswered,
      activeAt: activeAt.toISOString(),
    },
  );
}

function writeMark({ at, id }: ActivityMark): string {
  return Buffer.from(`${at.getTime()}.${id}`).toString('base64url');
}

function readMark(cursor: string | undefined): ActivityMark | undefined {
  if (cursor === undefined) return undefined;
  const [, time, id] = /^(\d{1,15})\.(.+)$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if (time === undefined || id === undefined || !isId(id)) throw foreignCursor();
  return { at: new Date(Number(time)), id };
}

function readPosition(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  if (!/^\d{1,9}$/.test(cursor)) throw foreignCursor();
  return Number(cursor);
}

function foreignCursor(): AppError {
  const message = 'is not one of ours';
  return new AppError(1002, `cursor ${message}`, { errors: [{ field: 'cursor', message }] });
}
