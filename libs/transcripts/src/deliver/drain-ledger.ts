import { createSettlesIn } from '@app/crm';
import type { Database } from '@app/platform';
import type { EntityManager } from 'typeorm';
import type { UnsettledCreate } from '../match/unsettled-creates.js';
import { attemptOf, type DeliveryMetrics } from './delivery-metrics.js';
import type { ClaimedDelivery, DeliveryOutcome, MatchedDelivery, WrittenPart } from './delivery-outcome.js';
import type { PortalRules } from './portal-rules.js';

interface ClaimRow {
  id: string;
  conversation_id: string;
  customer_key: string;
  customer: ClaimedDelivery['customer'];
  mode: ClaimedDelivery['mode'];
  channel: ClaimedDelivery['channel'];
  closed_at: Date;
  size: string;
  tries: number;
  create_sent_at: Date | null;
  entries_sent_at: Date | null;
  contact_id: string | null;
  matched_by: ClaimedDelivery['matchedBy'] | null;
  tied: number | null;
  trace_id: string | null;
  summary: string | null;
  linked_contact_id: string | null;
  written_parts: [part: number, parts: number][] | null;
}

interface UnsettledCreateRow {
  id: string;
  customer_key: string;
  customer: ClaimedDelivery['customer'];
  create_sent_at: Date;
  settles_in_seconds: number;
}

/** Who holds deliveries: one run of one process over one tenant's portal. */
export interface Drain {
  id: string;
  tenantId: string;
  portalId: string;
}

/** A later attempt follows the link: how the contact was found stays as it was said first. */
const REMEMBER_MATCH = `contact_id = m.contact_id,
           matched_by = CASE WHEN d.contact_id = m.contact_id THEN coalesce(d.matched_by, m.matched_by) ELSE m.matched_by END,
           tied = CASE WHEN d.contact_id = m.contact_id THEN coalesce(d.tied, m.tied) ELSE m.tied END`;

/** The database's clock decides what is due and what has settled, so that the clocks of processes need not agree. */
export class DrainLedger {
  private readonly createSettleSeconds: number;

  constructor(
    private readonly database: Database,
    private readonly settleSeconds: number,
    private readonly rules: PortalRules,
    private readonly metrics?: DeliveryMetrics,
  ) {
    this.createSettleSeconds = createSettlesIn(settleSeconds);
  }

  /**
   * From here on this is the tenant's drain. A former one may not have noticed yet that its lock is lost: it can neither
   * claim nor begin to create any more, once this is committed.
   */
  async begin(drain: Drain): Promise<void> {
    await this.database.withTenant(drain.tenantId, (tx) =>
      tx.query(
        `INSERT INTO current_drains (tenant_id, drain_id) VALUES ($1, $2)
         ON CONFLICT (tenant_id) DO UPDATE SET drain_id = excluded.drain_id`,
        [drain.tenantId, drain.id],
      ),
    );
  }

  /**
   * Claims up to `limit` due deliveries, oldest first. Since the drain holds the tenant's lock, a row that another drain
   * left in `delivering` is a dead one's and is taken over. Marked rows wait until the settle time is over.
   */
  async claimDue(drain: Drain, limit: number): Promise<ClaimedDelivery[]> {
    const rows = await this.database.withTenant(drain.tenantId, (tx) =>
      tx.query<ClaimRow[]>(
        `WITH current AS (
           -- Shared, so that another drain begins after this claim, or this claim sees that it has begun.
           SELECT tenant_id FROM current_drains WHERE tenant_id = $1 AND drain_id = $3 FOR SHARE
         ), due AS (
           SELECT id FROM deliveries
           WHERE tenant_id = $1 AND portal_id = $2 AND due_at <= now() AND EXISTS (SELECT FROM current)
             AND (status = 'pending' OR (status = 'delivering' AND drain_id <> $3))
             AND coalesce(entries_sent_at <= now() - make_interval(secs => $5), true)
             AND coalesce(create_sent_at <= now() - make_interval(secs => $6), true)
           ORDER BY due_at, id LIMIT $4
           FOR UPDATE SKIP LOCKED
         ), claimed AS (
           -- A try that its process didn't live to end is the same one: HubSpot has refused nothing.
           UPDATE deliveries d SET status = 'delivering', drain_id = $3,
             tries = d.tries + CASE WHEN d.status = 'delivering' THEN 0 ELSE 1 END
           FROM due WHERE d.id = due.id RETURNING d.*
         )
         SELECT d.id, d.conversation_id, d.customer_key,
           CASE WHEN c.crm_portal_id = d.portal_id THEN c.customer ELSE c.customer - 'crmContactId' END AS customer,
           c.channel, d.mode, d.closed_at, d.size, d.tries, d.create_sent_at, d.entries_sent_at, d.contact_id, d.matched_by,
           d.tied, d.trace_id, d.summary, l.contact_id AS linked_contact_id,
           (SELECT json_agg(json_build_array(e.part, e.parts)) FROM delivery_entries e WHERE e.delivery_id = d.id) AS written_parts
         FROM claimed d
         JOIN conversations c ON c.id = d.conversation_id
         LEFT JOIN contact_links l
           ON l.tenant_id = d.tenant_id AND l.portal_id = d.portal_id AND l.customer_key = d.customer_key
         ORDER BY d.closed_at, d.id`,
        [drain.tenantId, drain.portalId, drain.id, limit, this.settleSeconds, this.createSettleSeconds],
      ),
    );
    return rows.map(toClaim);
  }

  /** Commits that contacts are about to be created. @returns the deliveries that are still this drain's. */
  async markCreating(drain: Drain, deliveryIds: readonly string[]): Promise<Set<string>> {
    if (deliveryIds.length === 0) return new Set();
    const [rows] = await this.database.withTenant(drain.tenantId, (tx) =>
      tx.query<[{ id: string }[], number]>(
        `WITH current AS (
           SELECT tenant_id FROM current_drains WHERE tenant_id = $1 AND drain_id = $3 FOR SHARE
         )
         UPDATE deliveries SET create_sent_at = now()
         WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND drain_id = $3 AND EXISTS (SELECT FROM current)
         RETURNING id`,
        [drain.tenantId, deliveryIds, drain.id],
      ),
    );
    return new Set(rows.map(({ id }) => id));
  }

  /**
   * The contacts of these deliveries were answered for, and are remembered. With how they were found: should this attempt
   * end before anything is written, the next one follows the link and would not know.
   */
  async settleCreates(drain: Drain, deliveries: readonly MatchedDelivery[]): Promise<void> {
    if (deliveries.length === 0) return;
    await this.database.withTenant(drain.tenantId, (tx) =>
      tx.query(
        `UPDATE deliveries d SET create_sent_at = NULL, ${REMEMBER_MATCH}
         FROM unnest($2::uuid[], $4::text[], $5::text[], $6::int[]) AS m (id, contact_id, matched_by, tied)
         WHERE d.tenant_id = $1 AND d.id = m.id AND d.drain_id = $3`,
        [
          drain.tenantId,
          deliveries.map(({ claim }) => claim.id),
          drain.id,
          deliveries.map(({ contactId }) => contactId),
          deliveries.map(({ matchedBy }) => matchedBy),
          deliveries.map(({ tied }) => tied),
        ],
      ),
    );
  }

  /**
   * Creates that left and were not answered, by whichever drain, until their delivery has looked what became of them. That
   * is later than the settle time after the mark: an unknown outcome settles from when it was recorded.
   */
  async findUnsettledCreates(drain: Drain): Promise<UnsettledCreate[]> {
    const rows = await this.database.withTenant(drain.tenantId, (tx) =>
      tx.query<UnsettledCreateRow[]>(
        `SELECT d.id, d.customer_key, c.customer, d.create_sent_at, greatest(1, ceil(extract(epoch FROM
           greatest(d.due_at, d.create_sent_at + make_interval(secs => $3)) - now())))::int AS settles_in_seconds
         FROM deliveries d JOIN conversations c ON c.id = d.conversation_id
         WHERE d.tenant_id = $1 AND d.portal_id = $2 AND d.create_sent_at IS NOT NULL
           AND d.status IN ('pending', 'delivering')`,
        [drain.tenantId, drain.portalId, this.createSettleSeconds],
      ),
    );
    return rows.map((row) => ({
      deliveryId: row.id,
      customerKey: row.customer_key,
      customer: row.customer,
      sentAt: row.create_sent_at,
      settlesInSeconds: row.settles_in_seconds,
    }));
  }

  /**
   * Remembers the contacts that were found, and commits that entries are about to be written to them.
   * @returns the deliveries that are still this drain's; for the others nothing may be sent.
   */
  async markSending(
    drain: Drain,
    deliveries: readonly (MatchedDelivery & { scrubbed: Scrubbed })[],
  ): Promise<Set<string>> {
    if (deliveries.length === 0) return new Set();
    return this.database.withTenant(drain.tenantId, async (tx) => {
      const [rows] = await tx.query<[{ id: string }[], number]>(
        `UPDATE deliveries d SET create_sent_at = NULL, entries_sent_at = now(), ${REMEMBER_MATCH},
           scrubbed_cards = m.cards, scrubbed_national_ids = m.national_ids
         FROM unnest($2::uuid[], $4::text[], $5::text[], $6::int[], $7::int[], $8::int[])
           AS m (id, contact_id, matched_by, tied, cards, national_ids)
         WHERE d.tenant_id = $1 AND d.id = m.id AND d.drain_id = $3
         RETURNING d.id`,
        [
          drain.tenantId,
          deliveries.map(({ claim }) => claim.id),
          drain.id,
          deliveries.map(({ contactId }) => contactId),
          deliveries.map(({ matchedBy }) => matchedBy),
          deliveries.map(({ tied }) => tied),
          deliveries.map(({ scrubbed }) => scrubbed.cards),
          deliveries.map(({ scrubbed }) => scrubbed.nationalIds),
        ],
      );
      return new Set(rows.map(({ id }) => id));
    });
  }

  /**
   * Records what an attempt came to, for all deliveries in one transaction. What another drain took over is left alone.
   * @returns whether the portal is found to refuse every write: then what it refused waits.
   */
  async record(drain: Drain, concluded: readonly DeliveryOutcome[]): Promise<{ portalRefuses: boolean }> {
    if (concluded.length === 0) return { portalRefuses: false };
    const { portalRefuses, outcomes, ages } = await this.database.withTenant(drain.tenantId, async (tx) => {
      const { outcomes, portalRefuses } = await this.rules.judge(tx, drain, concluded);
      const [rows] = await tx.query<[{ id: string; seconds_old: number }[], number]>(
        `UPDATE deliveries d SET
           status = o.status,
           drain_id = NULL,
           reason = o.reason,
           detail = CASE WHEN o.attempt = 'given_back' THEN d.detail ELSE o.detail END,
           settled_at = CASE WHEN o.status <> 'pending' THEN now() END,
           due_at = CASE WHEN o.status <> 'pending' THEN d.due_at ELSE greatest(
             now() + make_interval(secs => o.delay),
             -- What is unknown left after its mark, by as much as the requests before it took: it settles from now on.
             CASE WHEN o.attempt = 'unknown' THEN
                    now() + make_interval(secs => CASE WHEN d.create_sent_at IS NULL THEN $10::float8 ELSE $12::float8 END)
                  WHEN o.keep THEN greatest(d.create_sent_at + make_interval(secs => $12),
                                            d.entries_sent_at + make_interval(secs => $10)) END) END,
           tries = d.tries - CASE WHEN o.attempt IN ('waiting', 'given_back') THEN 1 ELSE 0 END,
           create_sent_at = CASE WHEN o.keep THEN d.create_sent_at END,
           entries_sent_at = CASE WHEN o.keep THEN d.entries_sent_at END,
           contact_id = coalesce(o.contact_id, d.contact_id)
         FROM unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::float8[], $9::boolean[], $11::text[])
           AS o (id, status, attempt, reason, detail, delay, keep, contact_id)
         WHERE d.tenant_id = $1 AND d.id = o.id AND d.drain_id = $2
         RETURNING d.id, extract(epoch FROM clock_timestamp() - d.created_at)::float8 AS seconds_old`,
        [
          drain.tenantId,
          drain.id,
          outcomes.map(({ deliveryId }) => deliveryId),
          outcomes.map(({ status }) => status),
          outcomes.map(attemptOf),
          outcomes.map((outcome) => ('reason' in outcome ? outcome.reason : null)),
          outcomes.map(({ detail }) => detail),
          outcomes.map((outcome) => (outcome.status === 'pending' ? outcome.delaySeconds : 0)),
          outcomes.map((outcome) => outcome.status === 'pending' && outcome.keepMarks),
          this.settleSeconds,
          outcomes.map(({ contactId }) => contactId ?? null),
          this.createSettleSeconds,
        ],
      );
      const ours = new Set(rows.map(({ id }) => id));
      const recorded = outcomes.filter(({ deliveryId }) => ours.has(deliveryId));
      await insertParts(tx, drain.tenantId, recorded);
      await insertAttempts(tx, drain.tenantId, recorded);
      return { portalRefuses, outcomes, ages: new Map(rows.map((row) => [row.id, row.seconds_old])) };
    });
    for (const outcome of outcomes) {
      const secondsOld = ages.get(outcome.deliveryId);
      if (secondsOld !== undefined) this.metrics?.attempted(outcome, secondsOld);
    }
    return { portalRefuses };
  }

  /** What was claimed and not begun: due as before, and not counted as a try. */
  async giveBack(drain: Drain): Promise<void> {
    await this.database.withTenant(drain.tenantId, (tx) =>
      tx.query(
        `UPDATE deliveries SET status = 'pending', drain_id = NULL, tries = tries - 1
         WHERE tenant_id = $1 AND drain_id = $2 AND status = 'delivering'`,
        [drain.tenantId, drain.id],
      ),
    );
  }

  /** After an error nobody planned for: gives back what this drain still holds, without forgetting what may be written. */
  async release(drain: Drain, detail: string): Promise<void> {
    const held = await this.database.withTenant(drain.tenantId, (tx) =>
      tx.query<{ id: string; marked: boolean; tries: number }[]>(
        `SELECT id, tries, coalesce(create_sent_at, entries_sent_at) IS NOT NULL AS marked FROM deliveries
         WHERE tenant_id = $1 AND drain_id = $2 AND status = 'delivering'`,
        [drain.tenantId, drain.id],
      ),
    );
    await this.record(
      drain,
      held.map(({ id, marked, tries }): DeliveryOutcome => ({
        deliveryId: id,
        status: 'pending',
        attempt: marked ? 'unknown' : 'deferred',
        delaySeconds: Math.min(900, 2 ** Math.min(tries, 10)),
        keepMarks: marked,
        detail,
      })),
    );
  }

  /** Keeps parts that became known before their delivery is concluded. */
  async keepParts(drain: Drain, deliveries: readonly { deliveryId: string; parts: WrittenPart[] }[]): Promise<void> {
    if (deliveries.every(({ parts }) => parts.length === 0)) return;
    await this.database.withTenant(drain.tenantId, (tx) => insertParts(tx, drain.tenantId, deliveries));
  }

  /** Forgets the parts that went to a contact which is gone: they are gone with it. */
  async forgetParts(drain: Drain, deliveryIds: readonly string[]): Promise<void> {
    if (deliveryIds.length === 0) return;
    await this.database.withTenant(drain.tenantId, (tx) =>
      tx.query(
        `DELETE FROM delivery_entries e USING deliveries d
         WHERE e.tenant_id = $1 AND e.delivery_id = ANY ($2::uuid[]) AND d.id = e.delivery_id AND d.drain_id = $3`,
        [drain.tenantId, deliveryIds, drain.id],
      ),
    );
  }
}

/** What scrubbing took out. */
export interface Scrubbed {
  cards: number;
  nationalIds: number;
}

async function insertParts(
  tx: EntityManager,
  tenantId: string,
  deliveries: readonly Pick<DeliveryOutcome, 'deliveryId' | 'parts'>[],
): Promise<void> {
  const parts = deliveries.flatMap(({ deliveryId, parts: known = [] }) =>
    known.map((part) => ({ deliveryId, ...part })),
  );
  if (parts.length === 0) return;
  await tx.query(
    `INSERT INTO delivery_entries (tenant_id, delivery_id, part, parts, type, entry_id, contact_id)
     SELECT $1, p.delivery_id, p.part, p.parts, p.type, p.entry_id, d.contact_id
     FROM unnest($2::uuid[], $3::int[], $4::int[], $5::text[], $6::text[]) AS p (delivery_id, part, parts, type, entry_id)
     JOIN deliveries d ON d.id = p.delivery_id
     ON CONFLICT (delivery_id, part) DO NOTHING`,
    [
      tenantId,
      parts.map(({ deliveryId }) => deliveryId),
      parts.map(({ part }) => part),
      parts.map(({ parts: count }) => count),
      parts.map(({ type }) => type),
      parts.map(({ entryId }) => entryId),
    ],
  );
}

async function insertAttempts(
  tx: EntityManager,
  tenantId: string,
  outcomes: readonly DeliveryOutcome[],
): Promise<void> {
  await tx.query(
    `INSERT INTO delivery_attempts (tenant_id, delivery_id, outcome, detail, trace_id)
     SELECT $1, n.*, d.trace_id FROM unnest($2::uuid[], $3::text[], $4::text[]) AS n (delivery_id, outcome, detail)
     JOIN deliveries d ON d.id = n.delivery_id
     -- Waiting for a person can take days: it is said once, not every time it was looked at. What is given back was no attempt.
     WHERE n.outcome <> 'given_back' AND (n.outcome <> 'waiting' OR n.outcome IS DISTINCT FROM (
       SELECT a.outcome FROM delivery_attempts a WHERE a.delivery_id = n.delivery_id ORDER BY a.id DESC LIMIT 1))`,
    [
      tenantId,
      outcomes.map(({ deliveryId }) => deliveryId),
      outcomes.map(attemptOf),
      outcomes.map(({ detail }) => detail),
    ],
  );
}

function toClaim(row: ClaimRow): ClaimedDelivery {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    customerKey: row.customer_key,
    customer: row.customer,
    mode: row.mode,
    channel: row.channel,
    closedAt: row.closed_at,
    size: Number(row.size),
    tries: row.tries,
    createSentAt: row.create_sent_at ?? undefined,
    entriesSentAt: row.entries_sent_at ?? undefined,
    contactId: row.contact_id ?? undefined,
    matchedBy: row.matched_by ?? undefined,
    tied: row.tied ?? undefined,
    traceId: row.trace_id ?? undefined,
    summary: row.summary ?? undefined,
    linkedContactId: row.customer.crmContactId ?? row.linked_contact_id ?? undefined,
    writtenParts: new Map(row.written_parts ?? []),
  };
}
