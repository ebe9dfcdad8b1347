import { AppError, type Database, isId } from '@app/platform';
import type { DeliveryRepository } from '../deliver/delivery.repository.js';
import { asPage, type Page } from '../deliver/read-deliveries.js';
import type { ConversationRepository } from './conversation.repository.js';
import { type ConversationView, toConversationView } from './conversation-view.js';

export class ReadConversations {
  constructor(
    private readonly database: Database,
    private readonly conversations: ConversationRepository,
    private readonly deliveries: DeliveryRepository,
  ) {}

  /** Newest first, without messages. */
  async list(
    tenantId: string,
    query: { status?: 'open' | 'closed'; before?: string; limit: number },
  ): Promise<Page<ConversationView>> {
    return this.database.withTenant(tenantId, async (tx) => {
      const rows = await this.conversations.list(tx, tenantId, { ...query, limit: query.limit + 1 });
      const page = asPage(rows, query.limit);
      const deliveries = await this.deliveries.findByConversations(
        tx,
        tenantId,
        page.items.map(({ id }) => id),
      );
      return { ...page, items: page.items.map((row) => toConversationView(row, deliveries.get(row.id))) };
    });
  }

  /** With its messages and delivery. @throws AppError 2002 */
  async get(tenantId: string, id: string): Promise<ConversationView> {
    if (!isId(id)) throw new AppError(2002, 'No conversation has this id');
    return this.database.withTenant(tenantId, async (tx) => {
      const row = await this.conversations.find(tx, tenantId, id);
      if (row === undefined) throw new AppError(2002, 'No conversation has this id');
      const delivery = (await this.deliveries.findByConversations(tx, tenantId, [id])).get(id);
      const messages = (await this.conversations.findMessages(tx, tenantId, [id])).get(id) ?? [];
      return toConversationView(row, delivery, messages);
    });
  }
}
