import { AppError, type Clock, type Database, isId } from '@app/platform';
import { checkMessageIds } from './check-conversation.js';
import type { Message } from './conversation.js';
import { type ConversationRepository, MESSAGE_UNITS } from './conversation.repository.js';
import type { NewMessage } from './new-conversation.js';
import { placeMessages } from './record-conversations.js';
import { storable } from './storable-text.js';

/** What one conversation can hold: more than the largest call that records a whole one (20,000 messages, 16 MiB). */
const MOST_MESSAGES = 50_000;
const MOST_BYTES = 16 * 1024 * 1024;

/** Adds messages to an open conversation. A message whose id is known already, with the same text, is not added again. */
export class AddMessages {
  constructor(
    private readonly database: Database,
    private readonly conversations: ConversationRepository,
    private readonly clock: Clock,
    private readonly most: { messages: number; bytes: number } = { messages: MOST_MESSAGES, bytes: MOST_BYTES },
  ) {}

  /**
   * Costs the same however long the conversation is: what is there is measured where it stands.
   * @returns the messages of this call as the conversation holds them, in the call's order.
   * @throws AppError 2002 unknown conversation, 1002 an id twice, 1012 closed, full, or an id known with another text.
   */
  async execute(tenantId: string, conversationId: string, given: readonly NewMessage[]): Promise<Message[]> {
    const errors = checkMessageIds(given);
    if (errors.length > 0) throw new AppError(1002, 'A message id stands twice', { errors });
    if (!isId(conversationId)) throw new AppError(2002, 'No conversation has this id');
    const drafts = given.map((draft) => storable(draft));
    return this.database.withTenant(tenantId, async (tx) => {
      const row = await this.conversations.find(tx, tenantId, conversationId, 'FOR UPDATE');
      if (row === undefined) throw new AppError(2002, 'No conversation has this id');
      const ids = drafts.flatMap(({ id }) => id ?? []);
      const known = await this.conversations.findMessagesByIds(tx, tenantId, conversationId, ids);
      const added = drafts.filter((draft) => !isKnown(draft, known));
      if (added.length > 0 && row.status === 'closed') {
        throw new AppError(1012, 'The conversation is closed', { reason: 'conversation_closed' });
      }
      const held = added.length === 0 ? undefined : await this.conversations.measure(tx, tenantId, conversationId);
      if (held !== undefined) this.checkRoom(held, added);
      const placed = placeMessages(conversationId, added, held?.messages ?? 0, this.clock.now());
      await this.conversations.insertMessages(tx, tenantId, placed);
      const fresh = placed.values();
      return drafts.flatMap(({ id }) => (id === undefined ? undefined : known.get(id)) ?? fresh.next().value ?? []);
    });
  }

  private checkRoom(held: { messages: number; size: number }, added: readonly NewMessage[]): void {
    const bytes = added.reduce((sum, { text }) => sum + Buffer.byteLength(text) + MESSAGE_UNITS, held.size);
    if (held.messages + added.length <= this.most.messages && bytes <= this.most.bytes) return;
    const { messages, bytes: most } = this.most;
    const limits = `${messages} messages or ${Math.floor(most / 1024 / 1024)} MiB`;
    throw new AppError(1012, `A conversation holds at most ${limits}: close it and open another`, {
      reason: 'conversation_full',
    });
  }
}

function isKnown(draft: NewMessage, known: ReadonlyMap<string, Message>): boolean {
  const same = draft.id === undefined ? undefined : known.get(draft.id);
  if (same === undefined) return false;
  if (same.text === draft.text && same.author === draft.author) return true;
  throw new AppError(1012, `Message ${same.id} is known with other content`, { reason: 'message_conflict' });
}
