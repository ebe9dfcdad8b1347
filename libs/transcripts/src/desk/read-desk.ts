import { AppError, type Database, isId } from '@app/platform';
import type { Author, Message } from '../conversations/conversation.js';
import type { ConversationRepository, OpenConversationRow } from '../conversations/conversation.repository.js';
import { type ConversationView, toConversationView } from '../conversations/conversation-view.js';

/** An open conversation as an agent's list shows it. */
export interface OpenConversation {
  conversation: ConversationView;
  /** Absent while nobody has written anything. */
  lastMessage?: { author: Author; name?: string; text: string; sentAt: Date };
  messageCount: number;
  /** What the customer has written since the last answer. */
  unanswered: number;
  /** The last message, or the start: lists are in this order, the latest first. */
  activeAt: Date;
}

/** Where a page of open conversations ended. */
export interface ActivityMark {
  at: Date;
  id: string;
}

/** What agents see of conversations while they are open. */
export class ReadDesk {
  constructor(
    private readonly database: Database,
    private readonly conversations: ConversationRepository,
  ) {}

  /** The latest activity first; one more than `limit` where there are more. */
  async listOpen(
    tenantId: string,
    { before, limit }: { before?: ActivityMark; limit: number },
  ): Promise<{ items: OpenConversation[]; next?: ActivityMark }> {
    const rows = await this.database.withTenant(tenantId, (tx) =>
      this.conversations.listOpen(tx, tenantId, { before, limit: limit + 1 }),
    );
    const items = rows.slice(0, limit).map(toOpen);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, next: last && { at: last.activeAt, id: last.conversation.id } };
  }

  /**
   * A page of a conversation, in the order in which it was written. `before`: how many messages there are before the page
   * that was read. @throws AppError 2002
   */
  async pageMessages(
    tenantId: string,
    conversationId: string,
    { before, limit }: { before?: number; limit: number },
  ): Promise<{ messages: Message[]; earlier?: number }> {
    if (!isId(conversationId)) throw new AppError(2002, 'No conversation has this id');
    return this.database.withTenant(tenantId, async (tx) => {
      const row = await this.conversations.find(tx, tenantId, conversationId);
      if (row === undefined) throw new AppError(2002, 'No conversation has this id');
      const latest = await this.conversations.pageMessages(tx, tenantId, { conversationId, before, limit });
      const first = latest.at(-1)?.position ?? 0;
      return { messages: latest.toReversed(), earlier: first > 0 ? first : undefined };
    });
  }
}

function toOpen(row: OpenConversationRow): OpenConversation {
  const { last_author: author, last_text: text, last_sent_at: sentAt, last_name: name } = row;
  const isWritten = author !== null && text !== null && sentAt !== null;
  return {
    conversation: toConversationView(row),
    lastMessage: isWritten ? { author, name: name ?? undefined, text, sentAt } : undefined,
    messageCount: row.message_count,
    unanswered: row.unanswered,
    activeAt: row.active_at,
  };
}
