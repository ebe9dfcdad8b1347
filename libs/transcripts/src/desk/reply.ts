import type { Database } from '@app/platform';
import type { AddMessages } from '../conversations/add-messages.js';
import type { Agent, Message } from '../conversations/conversation.js';
import type { ConversationRepository } from '../conversations/conversation.repository.js';

/** An agent's answer. Whoever answers first is the conversation's agent. */
export class Reply {
  constructor(
    private readonly database: Database,
    private readonly conversations: ConversationRepository,
    private readonly addMessages: AddMessages,
  ) {}

  /** @throws AppError 2002 unknown conversation, 1012 closed, or the id known with another text. */
  async execute(
    tenantId: string,
    conversationId: string,
    { id, text, by }: { id?: string; text: string; by: Agent },
  ): Promise<Message> {
    const draft = { id, text, author: 'agent', name: by.name ?? by.email } as const;
    const messages = await this.addMessages.execute(tenantId, conversationId, [draft]);
    await this.database.withTenant(tenantId, (tx) => this.conversations.nameAgent(tx, tenantId, conversationId, by));
    const added = id === undefined ? messages.at(-1) : messages.find((message) => message.id === id);
    if (added === undefined) throw new Error('A reply was added without a trace');
    return added;
  }
}
