import type { EntityManager } from 'typeorm';
import type { Agent, Attachment, ClosedConversation, Message } from './conversation.js';

/** A conversation as it stands in the database, without its messages. */
export interface ConversationRow {
  id: string;
  external_id: string | null;
  channel: ClosedConversation['channel'];
  direction: ClosedConversation['direction'];
  status: 'open' | 'closed';
  customer: ClosedConversation['customer'];
  customer_key: string;
  /** The portal at the time: `customer.crmContactId` names a contact of it. */
  crm_portal_id: string | null;
  agent: ClosedConversation['agent'] | null;
  subject: string | null;
  summary: string | null;
  voice: ClosedConversation['voice'] | null;
  started_at: Date;
  closed_at: Date | null;
  request_hash: Buffer;
  close_hash: Buffer | null;
}

/** The same with what an agent's list shows of it. */
export interface OpenConversationRow extends ConversationRow {
  last_author: Message['author'] | null;
  last_name: string | null;
  last_text: string | null;
  last_sent_at: Date | null;
  message_count: number;
  active_at: Date;
  unanswered: number;
}

/** Of the last message, in a list. */
const PREVIEW_CHARACTERS = 200;

interface MessageRow {
  conversation_id: string;
  message_id: string;
  author: Message['author'];
  name: string | null;
  body: string;
  sent_at: Date;
  attachments: Attachment[];
}

/** A message with its place in a conversation, ready to be stored. */
export interface PlacedMessage extends Message {
  conversationId: string;
  position: number;
}

/** What a message takes beside its text: author, time and mark-up. A hundred thousand messages of one letter are not small. */
export const MESSAGE_UNITS = 100;

/** Every statement on `conversations` and `messages`. All of them work on sets, whatever the size. */
export class ConversationRepository {
  /** @returns the ids that were new; one that met a known `external_id` is not among them. */
  async insert(tx: EntityManager, tenantId: string, given: readonly ConversationRow[]): Promise<Set<string>> {
    // In one order, whatever the caller's: two calls with the same ids the other way round would wait for each other.
    const rows = given.toSorted((a, b) => compare(a.external_id ?? '', b.external_id ?? ''));
    const inserted = await tx.query<{ id: string }[]>(
      `INSERT INTO conversations (tenant_id, id, external_id, channel, direction, status, customer, customer_key, agent,
         subject, summary, voice, started_at, closed_at, request_hash, close_hash, crm_portal_id)
       SELECT $1, * FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::text[],
         $9::jsonb[], $10::text[], $11::text[], $12::jsonb[], $13::timestamptz[], $14::timestamptz[], $15::bytea[], $16::bytea[],
         $17::text[])
       ON CONFLICT (tenant_id, external_id) DO NOTHING
       RETURNING id`,
      [
        tenantId,
        rows.map((row) => row.id),
        rows.map((row) => row.external_id),
        rows.map((row) => row.channel),
        rows.map((row) => row.direction),
        rows.map((row) => row.status),
        rows.map((row) => JSON.stringify(row.customer)),
        rows.map((row) => row.customer_key),
        rows.map((row) => (row.agent === null ? null : JSON.stringify(row.agent))),
        rows.map((row) => row.subject),
        rows.map((row) => row.summary),
        rows.map((row) => (row.voice === null ? null : JSON.stringify(row.voice))),
        rows.map((row) => row.started_at),
        rows.map((row) => row.closed_at),
        rows.map((row) => row.request_hash),
        rows.map((row) => row.close_hash),
        rows.map((row) => row.crm_portal_id),
      ],
    );
    return new Set(inserted.map(({ id }) => id));
  }

  /** A message whose id the conversation has already is left out. @returns how many were new. */
  async insertMessages(tx: EntityManager, tenantId: string, messages: readonly PlacedMessage[]): Promise<number> {
    if (messages.length === 0) return 0;
    const inserted = await tx.query<unknown[]>(
      `INSERT INTO messages (tenant_id, conversation_id, position, message_id, author, name, body, sent_at, attachments)
       SELECT $1, * FROM unnest($2::uuid[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[],
         $8::timestamptz[], $9::jsonb[])
       ON CONFLICT (conversation_id, message_id) DO NOTHING
       RETURNING position`,
      [
        tenantId,
        messages.map((message) => message.conversationId),
        messages.map((message) => message.position),
        messages.map((message) => message.id),
        messages.map((message) => message.author),
        messages.map((message) => message.name ?? null),
        messages.map((message) => message.text),
        messages.map((message) => message.sentAt),
        messages.map((message) => JSON.stringify(message.attachments)),
      ],
    );
    return inserted.length;
  }

  async findByExternalIds(
    tx: EntityManager,
    tenantId: string,
    externalIds: readonly string[],
  ): Promise<ConversationRow[]> {
    if (externalIds.length === 0) return [];
    return tx.query<ConversationRow[]>('SELECT * FROM conversations WHERE tenant_id = $1 AND external_id = ANY ($2)', [
      tenantId,
      externalIds,
    ]);
  }

  async find(
    tx: EntityManager,
    tenantId: string,
    id: string,
    lock: 'FOR UPDATE' | '' = '',
  ): Promise<ConversationRow | undefined> {
    const [row] = await tx.query<ConversationRow[]>(
      `SELECT * FROM conversations WHERE tenant_id = $1 AND id = $2 ${lock}`,
      [tenantId, id],
    );
    return row;
  }

  /** Newest first; `before` is the id that ended the page before. */
  async list(
    tx: EntityManager,
    tenantId: string,
    { status, before, limit }: { status?: 'open' | 'closed'; before?: string; limit: number },
  ): Promise<ConversationRow[]> {
    return tx.query<ConversationRow[]>(
      `SELECT * FROM conversations
       WHERE tenant_id = $1 AND ($2::text IS NULL OR status = $2) AND ($3::uuid IS NULL OR id < $3)
       ORDER BY id DESC LIMIT $4`,
      [tenantId, status, before, limit],
    );
  }

  /**
   * Those an agent has to do with: the open ones with their last message, the latest activity first. A probe of the
   * messages' index for each, which is little for as many as people can have open.
   */
  async listOpen(
    tx: EntityManager,
    tenantId: string,
    { before, limit }: { before?: { at: Date; id: string }; limit: number },
  ): Promise<OpenConversationRow[]> {
    return tx.query<OpenConversationRow[]>(
      `SELECT * FROM (
         SELECT c.*, last.author AS last_author, last.name AS last_name, left(last.body, ${PREVIEW_CHARACTERS}) AS last_text,
           last.sent_at AS last_sent_at, coalesce(last.position + 1, 0) AS message_count,
           -- To the millisecond, as the cursor has it.
           date_trunc('milliseconds', greatest(c.started_at, last.sent_at)) AS active_at,
           (SELECT count(*)::int FROM messages m WHERE m.conversation_id = c.id AND m.author = 'customer'
              AND m.position > coalesce((SELECT max(r.position) FROM messages r
                WHERE r.conversation_id = c.id AND r.author IN ('agent', 'bot')), -1)) AS unanswered
         FROM conversations c
         LEFT JOIN LATERAL (SELECT m.author, m.name, m.body, m.sent_at, m.position FROM messages m
           WHERE m.conversation_id = c.id ORDER BY m.position DESC LIMIT 1) last ON true
         WHERE c.tenant_id = $1 AND c.status = 'open'
       ) listed
       WHERE $2::timestamptz IS NULL OR (active_at, id) < ($2, $3::uuid)
       ORDER BY active_at DESC, id DESC LIMIT $4`,
      [tenantId, before?.at, before?.id, limit],
    );
  }

  /** The newest first, from just before `before`, a position. */
  async pageMessages(
    tx: EntityManager,
    tenantId: string,
    { conversationId, before, limit }: { conversationId: string; before?: number; limit: number },
  ): Promise<PlacedMessage[]> {
    const rows = await tx.query<(MessageRow & { position: number })[]>(
      `SELECT conversation_id, position, message_id, author, name, body, sent_at, attachments FROM messages
       WHERE tenant_id = $1 AND conversation_id = $2 AND ($3::int IS NULL OR position < $3)
       ORDER BY position DESC LIMIT $4`,
      [tenantId, conversationId, before, limit],
    );
    return rows.map((row) => ({ conversationId, position: row.position, ...toMessage(row) }));
  }

  /** Who answers a conversation that nobody has answered before. */
  async nameAgent(tx: EntityManager, tenantId: string, id: string, agent: Agent): Promise<void> {
    await tx.query(
      `UPDATE conversations SET agent = $3 WHERE tenant_id = $1 AND id = $2 AND status = 'open' AND agent IS NULL`,
      [tenantId, id, JSON.stringify(agent)],
    );
  }

  async findMessages(
    tx: EntityManager,
    tenantId: string,
    conversationIds: readonly string[],
  ): Promise<Map<string, Message[]>> {
    const rows = await tx.query<MessageRow[]>(
      `SELECT conversation_id, message_id, author, name, body, sent_at, attachments FROM messages
       WHERE tenant_id = $1 AND conversation_id = ANY ($2::uuid[]) ORDER BY conversation_id, position`,
      [tenantId, conversationIds],
    );
    return Map.groupBy(
      rows.map((row) => ({ conversationId: row.conversation_id, ...toMessage(row) })),
      (message) => message.conversationId,
    );
  }

  /** Those of one conversation that have these ids, by id. */
  async findMessagesByIds(
    tx: EntityManager,
    tenantId: string,
    conversationId: string,
    ids: readonly string[],
  ): Promise<Map<string, Message>> {
    if (ids.length === 0) return new Map();
    const rows = await tx.query<MessageRow[]>(
      `SELECT conversation_id, message_id, author, name, body, sent_at, attachments FROM messages
       WHERE tenant_id = $1 AND conversation_id = $2 AND message_id = ANY ($3)`,
      [tenantId, conversationId, ids],
    );
    return new Map(rows.map((row) => [row.message_id, toMessage(row)]));
  }

  /** What is known of the messages without loading them: their number and size in UTF-16 units (bytes as upper bound). */
  async measure(
    tx: EntityManager,
    tenantId: string,
    conversationId: string,
  ): Promise<{ messages: number; size: number }> {
    const [row] = await tx.query<{ messages: string; size: string }[]>(
      `SELECT count(*) AS messages, coalesce(sum(octet_length(body) + ${MESSAGE_UNITS}), 0) AS size FROM messages
       WHERE tenant_id = $1 AND conversation_id = $2`,
      [tenantId, conversationId],
    );
    return { messages: Number(row?.messages ?? 0), size: Number(row?.size ?? 0) };
  }

  async close(
    tx: EntityManager,
    tenantId: string,
    row: Pick<ConversationRow, 'id' | 'closed_at' | 'close_hash' | 'summary' | 'agent' | 'voice'>,
  ): Promise<void> {
    await tx.query(
      `UPDATE conversations SET status = 'closed', closed_at = $3, close_hash = $4, summary = $5, agent = $6, voice = $7
       WHERE tenant_id = $1 AND id = $2`,
      [
        tenantId,
        row.id,
        row.closed_at,
        row.close_hash,
        row.summary,
        row.agent === null ? null : JSON.stringify(row.agent),
        row.voice === null ? null : JSON.stringify(row.voice),
      ],
    );
  }

  /** Closed conversations with all their messages, for rendering. */
  async loadClosed(
    tx: EntityManager,
    tenantId: string,
    ids: readonly string[],
  ): Promise<Map<string, ClosedConversation>> {
    const rows = await tx.query<(ConversationRow & { closed_at: Date })[]>(
      `SELECT * FROM conversations WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND status = 'closed'`,
      [tenantId, ids],
    );
    const messages = await this.findMessages(tx, tenantId, ids);
    return new Map(rows.map((row) => [row.id, toClosed(row, messages.get(row.id) ?? [])]));
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function toMessage(row: MessageRow): Message {
  return {
    id: row.message_id,
    author: row.author,
    name: row.name ?? undefined,
    text: row.body,
    sentAt: row.sent_at,
    attachments: row.attachments,
  };
}

function toClosed(row: ConversationRow & { closed_at: Date }, messages: Message[]): ClosedConversation {
  return {
    id: row.id,
    externalId: row.external_id ?? undefined,
    channel: row.channel,
    direction: row.direction,
    customer: row.customer,
    agent: row.agent ?? undefined,
    subject: row.subject ?? undefined,
    startedAt: row.started_at,
    closedAt: row.closed_at,
    messages,
    summary: row.summary ?? undefined,
    voice: row.voice ?? undefined,
  };
}
