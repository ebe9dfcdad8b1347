import { AppError, type Clock, type Database, isId } from '@app/platform';
import type { Message } from './conversation.js';
import type { ConversationRepository } from './conversation.repository.js';
import { checkMessageIds } from './check-conversation.js';
import type { NewMessage } from './new-conversation.js';
import { placeMessages } from './record-conversations.js';
import { storable } from './storable-text.js';

/** Adds messages to an open conversation. A message whose id is known already, with the same text, is not added again. */
export class AddMessages {
  constructor(
    private readonly database: Database,
    private readonly conversations: ConversationRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns all messages of the conversation, in order.
   * @throws AppError 2002 unknown conversation, 1002 an id twice, 1012 closed, or an id known with another text.
   */
  async execute(tenantId: string, conversationId: string, drafts: readonly NewMessage[]): Promise<Message[]> {
    const errors = checkMessageIds(drafts);
    if (errors.length > 0) throw new AppError(1002, 'A message id stands twice', { errors });
    if (!isId(conversationId)) throw new AppError(2002, 'No conversation has this id');
    return this.database.withTenant(tenantId, async (tx) => {
      const row = await this.conversations.find(tx, tenantId, conversationId, 'FOR UPDATE');
      if (row === undefined) throw new AppError(2002, 'No conversation has this id');
      const held = (await this.conversations.findMessages(tx, tenantId, [conversationId])).get(conversationId) ?? [];
      const added = drafts.map((draft) => storable(draft)).filter((draft) => !isKnown(draft, held));
      if (added.length === 0) return held;
      if (row.status === 'closed') {
        throw new AppError(1012, 'The conversation is closed', { reason: 'conversation_closed' });
      }
      const placed = placeMessages(conversationId, added, held.length, this.clock.now());
      await this.conversations.insertMessages(tx, tenantId, placed);
      return [...held, ...placed];
    });
  }
}

function isKnown(draft: NewMessage, held: readonly Message[]): boolean {
  const same = held.find(({ id }) => id === draft.id);
  if (same === undefined) return false;
  if (same.text === draft.text && same.author === draft.author) return true;
  throw new AppError(1012, `Message ${same.id} is known with other content`, { reason: 'message_conflict' });
}
