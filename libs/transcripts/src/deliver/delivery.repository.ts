import type { WritebackMode } from '@app/tenants';
import type { EntityManager } from 'typeorm';
import type { DeliveredEntry, Delivery, DeliveryAttempt, DeliveryStatus, MatchedBy } from './delivery.js';
import { unnestFrom } from '../conversations/inserted-rows.js';
import { DELIVERY_COLUMNS, DELIVERY_TYPES, deliveryArrays, type NewDelivery } from './new-delivery.js';

export type { NewDelivery } from './new-delivery.js';

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
  customer: string | null;
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
  trace_id: string | null;
  entries: DeliveredEntry[] | null;
  attempts: { at: string; outcome: string; detail: string; traceId: string | null }[] | null;
}

/** What waits for months is tried every quarter of an hour: a page of such deliveries must not be millions of attempts. */
const LATEST_ATTEMPTS = 50;

const COLUMNS = `d.id, d.conversation_id, d.portal_id, d.status, d.reason, d.detail, d.mode, d.matched_by, d.tied, d.contact_id,
  d.scrubbed_cards, d.scrubbed_national_ids, d.closed_at, d.created_at, d.due_at, d.settled_at, d.trace_id,
  (SELECT coalesce(nullif(concat_ws(' ', c.customer->>'firstName', c.customer->>'lastName'), ''), c.customer->>'email', c.customer->>'phone')
     FROM conversations c WHERE c.id = d.conversation_id) AS customer,
  (SELECT json_agg(json_build_object('type', e.type, 'id', e.entry_id, 'part', e.part, 'parts', e.parts, 'contactId', e.contact_id)
     ORDER BY e.part) FROM delivery_entries e WHERE e.delivery_id = d.id) AS entries,
  (SELECT json_agg(json_build_object('at', a.at, 'outcome', a.outcome, 'detail', a.detail, 'traceId', a.trace_id) ORDER BY a.id)
     FROM (SELECT * FROM delivery_attempts WHERE delivery_id = d.id ORDER BY id DESC LIMIT ${LATEST_ATTEMPTS}) a) AS attempts`;

/** What the API reads and replays; what workers do to deliveries stands in DrainLedger. */
export class DeliveryRepository {
  async insert(tx: EntityManager, tenantId: string, deliveries: readonly NewDelivery[]): Promise<void> {
    if (deliveries.length === 0) return;
    await tx.query(
      `INSERT INTO deliveries (tenant_id, ${DELIVERY_COLUMNS}, settled_at)
       SELECT $1, *, CASE WHEN status = 'skipped' THEN now() END
       FROM ${unnestFrom(2, DELIVERY_TYPES)} AS row (${DELIVERY_COLUMNS})`,
      [tenantId, ...deliveryArrays(deliveries)],
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

  /**
   * The last to close first; `before` is the id that ended the page before. Every filter has an index in this order, and
   * the days of a period are its range, so a page reads its own rows and no others.
   */
  async list(
    tx: EntityManager,
    tenantId: string,
    { filter, before, limit }: { filter: DeliveryFilter; before?: string; limit: number },
  ): Promise<Delivery[]> {
    const rows = await tx.query<DeliveryRow[]>(
      `SELECT ${COLUMNS} FROM deliveries d
       WHERE d.tenant_id = $1 AND ($2::text IS NULL OR d.status = $2) AND ($3::text IS NULL OR d.reason = $3)
         AND ($4::timestamptz IS NULL OR d.closed_at >= $4) AND ($5::timestamptz IS NULL OR d.closed_at < $5)
         AND ($6::uuid IS NULL OR (d.closed_at, d.id) <
           ((SELECT last.closed_at FROM deliveries last WHERE last.tenant_id = $1 AND last.id = $6), $6))
       ORDER BY d.closed_at DESC, d.id DESC LIMIT $7`,
      [tenantId, filter.status, filter.reason, filter.from, filter.to, before, limit],
    );
    return rows.map(toDelivery);
  }

  /** Reasons apart from what has none: they are few rows in an index of their own, beside a million written ones. */
  async stats(tx: EntityManager, tenantId: string): Promise<DeliveryStats> {
    const counts = await tx.query<{ status: DeliveryStatus; count: string }[]>(
      `SELECT status, count(*) AS count FROM deliveries
       WHERE tenant_id = $1 AND status IN ('written', 'pending', 'delivering') GROUP BY status`,
      [tenantId],
    );
    const reasons = await tx.query<{ status: 'skipped' | 'failed'; reason: string; count: string }[]>(
      `SELECT status, reason, count(*) AS count FROM deliveries
       WHERE tenant_id = $1 AND reason IS NOT NULL AND status IN ('skipped', 'failed') GROUP BY reason, status`,
      [tenantId],
    );
    const [waiting] = await tx.query<{ oldest: Date | null }[]>(
      // The end of the index for each status, however many wait.
      `SELECT least(
         (SELECT min(closed_at) FROM deliveries WHERE tenant_id = $1 AND status = 'pending'),
         (SELECT min(closed_at) FROM deliveries WHERE tenant_id = $1 AND status = 'delivering')) AS oldest`,
      [tenantId],
    );
    const count = (status: DeliveryStatus): number => Number(counts.find((row) => row.status === status)?.count ?? 0);
    const byReason = (status: 'skipped' | 'failed'): Record<string, number> =>
      Object.fromEntries(
        reasons.filter((row) => row.status === status).map(({ reason, count: of }) => [reason, Number(of)]),
      );
    return {
      written: count('written'),
      pending: count('pending') + count('delivering'),
      oldestPendingAt: waiting?.oldest ?? undefined,
      skipped: byReason('skipped'),
      failed: byReason('failed'),
    };
  }

  /**
   * Puts failed or skipped deliveries back in line, for the portal they were meant for. Parts that were written keep one on
   * the contact that has them; otherwise it is matched anew. Those in `startOver` forget their parts.
   */
  async replay(
    tx: EntityManager,
    tenantId: string,
    ids: readonly string[],
    { startOver, traceId }: { startOver: readonly string[]; traceId?: string },
  ): Promise<void> {
    if (startOver.length > 0) {
      await tx.query('DELETE FROM delivery_entries WHERE tenant_id = $1 AND delivery_id = ANY ($2::uuid[])', [
        tenantId,
        startOver,
      ]);
    }
    await tx.query(
      `UPDATE deliveries d SET status = 'pending', reason = NULL, detail = NULL, settled_at = NULL, due_at = now(), tries = 0,
         contact_id = CASE WHEN EXISTS (SELECT FROM delivery_entries e WHERE e.delivery_id = d.id) THEN contact_id END,
         trace_id = $3
       WHERE d.tenant_id = $1 AND d.id = ANY ($2::uuid[])`,
      [tenantId, ids, traceId],
    );
    await tx.query(
      `INSERT INTO delivery_attempts (tenant_id, delivery_id, outcome, detail, trace_id)
       SELECT $1, id, 'replayed', 'Put back in line', $3 FROM unnest($2::uuid[]) AS id`,
      [tenantId, ids, traceId],
    );
  }

  /** Failed and skipped ones that may be replayed, oldest first. Those that another call holds are left to it. */
  async lockReplayable(
    tx: EntityManager,
    tenantId: string,
    {
      filter,
      portalId,
      skips,
      limit,
    }: { filter: DeliveryFilter; portalId: string; skips: readonly string[]; limit: number },
  ): Promise<{ id: string; reason: string }[]> {
    return tx.query<{ id: string; reason: string }[]>(
      `SELECT id, reason FROM deliveries
       WHERE tenant_id = $1 AND status = $2 AND status IN ('failed', 'skipped') AND portal_id = $3
         AND ($4::text IS NULL OR reason = $4) AND (status = 'failed' OR reason = ANY ($5::text[]))
         AND ($6::timestamptz IS NULL OR closed_at >= $6) AND ($7::timestamptz IS NULL OR closed_at < $7)
       ORDER BY closed_at, id LIMIT $8
       FOR UPDATE SKIP LOCKED`,
      [tenantId, filter.status, portalId, filter.reason, skips, filter.from, filter.to, limit],
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
    traceId: delivery.traceId,
    nextAttemptAt: decision.status === 'pending' ? now : undefined,
    closedAt: delivery.closedAt,
    createdAt: now,
    settledAt: decision.status === 'skipped' ? now : undefined,
  };
}

function toDelivery(row: DeliveryRow): Delivery {
  const attempts: DeliveryAttempt[] = (row.attempts ?? []).map(({ at, traceId, ...attempt }) => ({
    ...attempt,
    at: new Date(at),
    traceId: traceId ?? undefined,
  }));
  return {
    id: row.id,
    conversationId: row.conversation_id,
    customer: row.customer ?? undefined,
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
    traceId: row.trace_id ?? undefined,
    nextAttemptAt: row.status === 'pending' ? row.due_at : undefined,
    closedAt: row.closed_at,
    createdAt: row.created_at,
    settledAt: row.settled_at ?? undefined,
  };
}
