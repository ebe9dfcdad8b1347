import { CRM_TIMELINE, type CrmTimeline, type EntryUrl } from '@app/crm';
import { AppError } from '@app/platform';
import {
  AddMessages,
  CloseConversation,
  ReadConversations,
  RecordConversations,
  type RecordedConversation,
  RecordTogether,
} from '@app/transcripts';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access, CurrentCaller, TenantId } from '../access/access.decorators.js';
import type { Caller } from '../access/caller.js';
import { DeliveryResponse, toDeliveryResponse } from '../hubspot/delivery.response.js';
import { Answers, Refuses } from '../http/answers.js';
import { TakesConversations } from '../http/body-limit.js';
import { Repeatable } from '../http/idempotency.js';
import { readCursor, toPage } from '../http/page.js';
import { toProblem } from '../http/problem.js';
import { validateItem } from '../http/validation.js';
import { agentOf } from './agent-of.js';
import {
  AddMessagesRequest,
  CloseConversationRequest,
  ConversationBatchRequest,
  ListConversationsQuery,
  NewConversationRequest,
  toClosing,
  toNewConversation,
} from './conversation.requests.js';
import {
  BatchItemResponse,
  CLOSED,
  ConversationResponse,
  JUST_CLOSED,
  MessageResponse,
  toConversationResponse,
  toMessageResponse,
} from './conversation.response.js';

/** Status of an answer by what became of the conversation. */
const STATUS = { opened: 201, closed: 202, known: 200 } as const;

@ApiTags('Conversations')
@Controller('conversations')
export class ConversationsController {
  constructor(
    @Inject(RecordConversations) private readonly record: RecordConversations,
    @Inject(RecordTogether) private readonly recordTogether: RecordTogether,
    @Inject(AddMessages) private readonly addMessages: AddMessages,
    @Inject(CloseConversation) private readonly closeConversation: CloseConversation,
    @Inject(ReadConversations) private readonly read: ReadConversations,
    @Inject(CRM_TIMELINE) private readonly timeline: CrmTimeline,
  ) {}

  @Post()
  @Access({ scope: 'conversations:write', session: 'agent' })
  @TakesConversations()
  @Repeatable()
  @ApiOperation({ summary: 'Opens a conversation, or records a whole closed one (with closedAt)' })
  @Answers(ConversationResponse, { status: 201, description: 'Opened' })
  @Answers(ConversationResponse, {
    status: 202,
    description: 'Recorded and closed; its delivery is on the way',
    example: CLOSED,
  })
  @Answers(ConversationResponse, { status: 200, description: 'Known already by this externalId' })
  @Refuses(1001, 1002, 1003, 1004, 1012, 1014, 1015, 2004, 2005, 2012)
  async create(
    @TenantId() tenantId: string,
    @Body() body: NewConversationRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ data: ConversationResponse }> {
    const recorded = await this.recordTogether.execute(tenantId, toNewConversation(body));
    const { status, data } = answer(recorded, await this.urlsFor(tenantId, [recorded]));
    void reply.status(status);
    return { data };
  }

  @Post('batch')
  @HttpCode(200)
  @Access({ scope: 'conversations:write', session: 'agent' })
  @TakesConversations()
  @Repeatable()
  @ApiOperation({
    summary: 'Up to 100 conversations; one result per item, in order, and a bad item never sinks the rest',
  })
  @Answers(BatchItemResponse, { list: true })
  @Refuses(1001, 1002, 1004, 1014, 1015, 2004, 2005, 2012)
  async createBatch(
    @TenantId() tenantId: string,
    @Body() body: ConversationBatchRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ data: BatchItemResponse[] }> {
    const checked = await Promise.all(
      body.conversations.map(async (item) => validateItem(NewConversationRequest, item).catch(asAppError)),
    );
    const valid = checked.flatMap((item) => (item instanceof AppError ? [] : toNewConversation(item)));
    const recorded = valid.length === 0 ? [] : await this.record.execute(tenantId, valid);
    const url = await this.urlsFor(tenantId, recorded);
    const results = recorded.values();
    const data = checked.map((item): BatchItemResponse => {
      if (item instanceof AppError) return problemItem(item, reply.request.id);
      try {
        return answer(results.next().value, url);
      } catch (error) {
        return problemItem(asAppError(error), reply.request.id);
      }
    });
    return { data };
  }

  @Get()
  @Access({ scope: 'conversations:read', session: 'agent' })
  @ApiOperation({ summary: 'Conversations, newest first' })
  @Answers(ConversationResponse, { list: true })
  @Refuses(1002, 2004, 2005, 2012)
  async list(
    @TenantId() tenantId: string,
    @Query() query: ListConversationsQuery,
  ): Promise<{ data: ConversationResponse[]; nextCursor?: string }> {
    const { status, cursor, limit = 50 } = query;
    const url = await this.timeline.entryUrls(tenantId);
    const page = await this.read.list(tenantId, { status, before: readCursor(cursor), limit });
    return toPage(page, (view) => toConversationResponse(view, url));
  }

  @Get(':id')
  @Access({ scope: 'conversations:read', session: 'agent' })
  @ApiOperation({ summary: 'One conversation with its messages and delivery' })
  @Answers(ConversationResponse)
  @Refuses(2002, 2004, 2005, 2012)
  async get(@TenantId() tenantId: string, @Param('id') id: string): Promise<{ data: ConversationResponse }> {
    const view = await this.read.get(tenantId, id);
    return { data: toConversationResponse(view, await this.timeline.entryUrls(tenantId)) };
  }

  @Post(':id/messages')
  @Access({ scope: 'conversations:write', session: 'agent' })
  @TakesConversations()
  @Repeatable()
  @ApiOperation({ summary: 'Adds messages to an open conversation; known ids are not added twice' })
  @Answers(MessageResponse, {
    status: 201,
    list: true,
    description: 'The messages of this call as the conversation holds them, in its order',
  })
  @Refuses(1001, 1002, 1004, 1012, 1014, 1015, 2002, 2004, 2005, 2012)
  async add(
    @TenantId() tenantId: string,
    @Param('id') id: string,
    @Body() body: AddMessagesRequest,
  ): Promise<{ data: MessageResponse[] }> {
    const messages = await this.addMessages.execute(tenantId, id, body.messages);
    return { data: messages.map(toMessageResponse) };
  }

  @Post(':id/close')
  @HttpCode(202)
  @Access({ scope: 'conversations:write', session: 'agent' })
  @TakesConversations()
  @ApiOperation({ summary: 'Closes a conversation; the answer is its delivery' })
  @Answers(DeliveryResponse, { status: 202, example: JUST_CLOSED })
  @Refuses(1002, 1004, 1012, 1014, 1015, 2002, 2004, 2005, 2012)
  async close(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() body: CloseConversationRequest,
  ): Promise<{ data: DeliveryResponse }> {
    const { tenantId } = caller;
    const delivery = await this.closeConversation.execute(tenantId, id, toClosing(body), agentOf(caller));
    return { data: toDeliveryResponse(delivery, await this.timeline.entryUrls(tenantId)) };
  }

  /** Only what was written before has addresses in HubSpot; a fresh conversation costs no look-up. */
  private async urlsFor(tenantId: string, recorded: readonly RecordedConversation[]): Promise<EntryUrl> {
    const isWritten = recorded.some(
      (item) => 'conversation' in item && (item.conversation.delivery?.entries.length ?? 0) > 0,
    );
    return isWritten ? this.timeline.entryUrls(tenantId) : () => undefined;
  }
}

function answer(
  recorded: RecordedConversation | undefined,
  url: EntryUrl,
): { status: number; data: ConversationResponse } {
  if (recorded === undefined) throw new Error('A conversation was recorded without a result');
  switch (recorded.outcome) {
    case 'invalid': {
      const [first] = recorded.errors;
      throw new AppError(1002, first === undefined ? 'Not valid' : `${first.field} ${first.message}`, {
        errors: recorded.errors,
      });
    }
    case 'refused':
      throw new AppError(1012, recorded.detail, { reason: recorded.reason });
    case 'conflict':
      throw new AppError(1012, recorded.detail, { reason: 'conversation_conflict' });
    default:
      return { status: STATUS[recorded.outcome], data: toConversationResponse(recorded.conversation, url) };
  }
}

function problemItem(error: AppError, traceId: string): BatchItemResponse {
  return { status: error.status, problem: toProblem(error, traceId) };
}

function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  throw error;
}
