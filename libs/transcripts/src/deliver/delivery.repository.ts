import type { WritebackMode } from '@app/tenants';
import type { EntityManager } from 'typeorm';
import type { DeliveredEntry, Delivery, DeliveryAttempt, DeliveryStatus, MatchedBy } from './delivery.js';
import type { DeliveryDecision } from './decide-delivery.js';

/** A delivery about to be written together with its closed conversation. */
export interface NewDelivery {
  id: string;
  conversationId: string;
  customerKey: string;
  closedAt: Date;
  /** UTF-16 units of the transcript, or a little more. */
  size: number;
  decision: DeliveryDecision;
}

export interface DeliveryFilter {
  status?: DeliveryStatus;
  reason?: string;
  /** Closed at or after. */
  from?: Date;
  /** Closed before. */
  to?: Date;
}

/** Counts by outcome; reasons with no delivery are absent. */
export interface DeliveryStats {
  written: number;
  pending: number;
  oldestPendingAt?: Date;
  skipped: Record<string, number>;
  failed: Record<string, number>;
}

interface DeliveryRow {
  id: string;
  conversation_id: string;
  portal_id: string | null;
  status: DeliveryStatus;
  reason: string | null;
  detail: string | null;
  mode: WritebackMode;
  matched_by: MatchedBy | null;
  tied: number | null;
  contact_id: string | null;
  scrubbed_cards: number;
  scrubbed_national_ids: number;
  closed_at: Date;
  created_at: Date;
  due_at: Date;
  settled_at: Date | null;
  entries: DeliveredEntry[] | null;
  attempts: { at: string; outcome: string; detail: string }[] | null;
}

/** What waits for months is tried every quarter of an hour: a page of such deliveries must not be millions of attempts. */
const LATEST_ATTEMPTS = 50;

const COLUMNS = `d.id, d.conversation_id, d.portal_id, d.status, d.reason, d.detail, d.mode, d.matched_by, d.tied, d.contact_id,
  d.scrubbed_cards, d.scrubbed_national_ids, d.closed_at, d.created_at, d.due_at, d.settled_at,
  (SELECT json_agg(json_build_object('type', e.type, 'id', e.entry_id, 'part', e.part, 'parts', e.parts, 'contactId', e.contact_id)
     ORDER BY e.part) FROM delivery_entries e WHERE e.delivery_id = d.id) AS entries,
  (SELECT json_agg(json_build_object('at', a.at, 'outcome', a.outcome, 'detail', a.detail) ORDER BY a.id)
     FROM (SELECT * FROM delivery_attempts WHERE delivery_id = d.id ORDER BY id DESC LIMIT ${LATEST_ATTEMPTS}) a) AS attempts`;

/** What the API reads and replays; what workers do to deliveries stands in DrainLedger. */
export class DeliveryRepository {
  async insert(tx: EntityManager, tenantId: string, deliveries: readonly NewDelivery[]): Promise<void> {
    if (deliveries.length === 0) return;
    await tx.query(
      `INSERT INTO deliveries (tenant_id, id, conversation_id, customer_key, closed_at, size, status, reason, portal_id, mode, settled_at)
       SELECT $1, *, CASE WHEN status = 'skipped' THEN now() END
       FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::bigint[], $7::text[], $8::text[], $9::text[], $10::text[])
         AS row (id, conversation_id, customer_key, closed_at, size, status, reason, portal_id, mode)`,
      [
        tenantId,
        deliveries.map(({ id }) => id),
        deliveries.map(({ conversationId }) => conversationId),
        deliveries.map(({ customerKey }) => customerKey),
        deliveries.map(({ closedAt }) => closedAt),
        deliveries.map(({ size }) => size),
        deliveries.map(({ decision }) => decision.status),
        deliveries.map(({ decision }) => (decision.status === 'skipped' ? decision.reason : null)),
        deliveries.map(({ decision }) => decision.portalId ?? null),
        deliveries.map(({ decision }) => decision.mode),
      ],
    );
  }

  async find(tx: EntityManager, tenantId: string, id: string): Promise<Delivery | undefined> {
    const [row] = await tx.query<DeliveryRow[]>(
      `SELECT ${COLUMNS} FROM deliveries d WHERE d.tenant_id = $1 AND d.id = $2`,
      [tenantId, id],
    );
    return row && toDelivery(row);
  }

  async findByConversations(
    tx: EntityManager,
    tenantId: string,
    conversationIds: readonly string[],
  ): Promise<Map<string, Delivery>> {
    if (conversationIds.length === 0) return new Map();
    const rows = await tx.query<DeliveryRow[]>(
      `SELECT ${COLUMNS} FROM deliveries d WHERE d.tenant_id = $1 AND d.conversation_id = ANY ($2::uuid[])`,
      [tenantId, conversationIds],
    );
    return new Map(rows.map((row) => [row.conversation_id, toDelivery(row)]));
  }

  /** Newest first; `before` is the id that ended the page before. */
  async list(
    tx: EntityManager,
    tenantId: string,
    { filter, before, limit }: { filter: DeliveryFilter; before?: string; limit: number },
  ): Promise<Delivery[]> {
    const rows = await tx.query<DeliveryRow[]>(
      `SELECT ${COLUMNS} FROM deliveries d
       WHERE d.tenant_id = $1 AND ($2::text IS NULL OR d.status = $2) AND ($3::text IS NULL OR d.reason = $3)
         AND ($4::timestamptz IS NULL OR d.closed_at >= $4) AND ($5::timestamptz IS NULL OR d.closed_at < $5)
         AND ($6::uuid IS NULL OR d.id < $6)
       ORDER BY d.id DESC LIMIT $7`,
      [tenantId, filter.status, filter.reason, filter.from, filter.to, before, limit],
    );
    return rows.map(toDelivery);
  }

  async stats(tx: EntityManager, tenantId: string): Promise<DeliveryStats> {
    const rows = await tx.query<{ status: DeliveryStatus; reason: string | null; count: string; oldest: Date }[]>(
      `SELECT status, CASE WHEN status IN ('skipped', 'failed') THEN reason END AS reason, count(*) AS count, min(closed_at) AS oldest
       FROM deliveries WHERE tenant_id = $1 GROUP BY 1, 2`,
      [tenantId],
    );
    const stats: DeliveryStats = { written: 0, pending: 0, skipped: {}, failed: {} };
    for (const { status, reason, count, oldest } of rows) {
      if (status === 'written') stats.written = Number(count);
      else if (status === 'skipped' || status === 'failed') stats[status][reason ?? 'unknown'] = Number(count);
      else {
        stats.pending += Number(count);
        if (stats.oldestPendingAt === undefined || oldest < stats.oldestPendingAt) stats.oldestPendingAt = oldest;
      }
    }
    return stats;
  }

  /**
   * Puts a failed or skipped delivery back in line, for the portal it was meant for. Parts that were written keep it on the
   * contact that has them; otherwise it is matched anew.
   */
  async replay(tx: EntityManager, tenantId: string, id: string, { startOver }: { startOver: boolean }): Promise<void> {
    if (startOver) {
      await tx.query('DELETE FROM delivery_entries WHERE tenant_id = $1 AND delivery_id = $2', [tenantId, id]);
    }
    await tx.query(
      `UPDATE deliveries d SET status = 'pending', reason = NULL, detail = NULL, settled_at = NULL, due_at = now(), tries = 0,
         contact_id = CASE WHEN EXISTS (SELECT FROM delivery_entries e WHERE e.delivery_id = d.id) THEN contact_id END
       WHERE d.tenant_id = $1 AND d.id = $2`,
      [tenantId, id],
    );
    await tx.query(
      `INSERT INTO delivery_attempts (tenant_id, delivery_id, outcome, detail) VALUES ($1, $2, 'replayed', 'Put back in line')`,
      [tenantId, id],
    );
  }

  /** What decides whether it can be replayed, held until the transaction ends. */
  async lock(
    tx: EntityManager,
    tenantId: string,
    id: string,
  ): Promise<{ status: DeliveryStatus; portalId?: string } | undefined> {
    const [row] = await tx.query<{ status: DeliveryStatus; portal_id: string | null }[]>(
      'SELECT status, portal_id FROM deliveries WHERE tenant_id = $1 AND id = $2 FOR UPDATE',
      [tenantId, id],
    );
    return row && { status: row.status, portalId: row.portal_id ?? undefined };
  }
}

/** A delivery just written with its conversation, without reading it back. */
export function asNewDelivery(delivery: NewDelivery, now: Date): Delivery {
  const { decision } = delivery;
  return {
    id: delivery.id,
    conversationId: delivery.conversationId,
    portalId: decision.portalId,
    status: decision.status,
    reason: decision.status === 'skipped' ? decision.reason : undefined,
    mode: decision.mode,
    entries: [],
    scrubbed: { cards: 0, nationalIds: 0 },
    attempts: [],
    nextAttemptAt: decision.status === 'pending' ? now : undefined,
    closedAt: delivery.closedAt,
    createdAt: now,
    settledAt: decision.status === 'skipped' ? now : undefined,
  };
}

function toDelivery(row: DeliveryRow): Delivery {
  const attempts: DeliveryAttempt[] = (row.attempts ?? []).map((attempt) => ({ ...attempt, at: new Date(attempt.at) }));
  return {
    id: row.id,
    conversationId: row.conversation_id,
    portalId: row.portal_id ?? undefined,
    status: row.status,
    reason: row.reason ?? undefined,
    detail: row.detail ?? undefined,
    mode: row.mode,
    matchedBy: row.matched_by ?? undefined,
    tied: row.tied ?? undefined,
    contactId: row.contact_id ?? undefined,
    entries: row.entries ?? [],
    scrubbed: { cards: row.scrubbed_cards, nationalIds: row.scrubbed_national_ids },
    attempts,
    nextAttemptAt: row.status === 'pending' ? row.due_at : undefined,
    closedAt: row.closed_at,
    createdAt: row.created_at,
    settledAt: row.settled_at ?? undefined,
  };
}
