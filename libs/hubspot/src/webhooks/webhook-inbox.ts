import type { Database, Rows } from '@app/platform';
import type { EntityManager } from 'typeorm';
import type { WebhookEvent } from './parse-events.js';

/** An event that was acknowledged. */
export interface StoredEvent {
  id: string;
  portalId: string;
  type: string;
  objectTypeId?: string;
  objectId?: string;
  mergedIds: string[];
  survivorId?: string;
  /** HubSpot's time, else when it arrived. */
  occurredAt: Date;
}

interface EventRow {
  id: string;
  portal_id: string;
  type: string;
  object_type_id: string | null;
  object_id: string | null;
  merged_ids: string[];
  survivor_id: string | null;
  at: Date;
}

const COLUMNS = `id, portal_id, type, object_type_id, object_id, merged_ids, survivor_id,
  coalesce(occurred_at, received_at) AS at`;

/** HubSpot repeats an event for about a day; a handled one is remembered three, to know its repetitions and order by. */
const REMEMBERED_DAYS = 3;

/** Events as they wait to be worked off. Holds ids and names, never the values of properties. */
export class WebhookInbox {
  constructor(private readonly database: Database) {}

  /** The tenant of each portal that has one. */
  async findTenants(portalIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.database.acrossTenants<{ portal_id: string; tenant_id: string }>(
      'SELECT portal_id, tenant_id FROM find_tenants_of_portals($1)',
      [portalIds],
    );
    return new Map(rows.map(({ portal_id, tenant_id }) => [portal_id, tenant_id]));
  }

  /** @returns how many were new; a repetition of a known one is left out. */
  async store(tenantId: string, events: readonly WebhookEvent[]): Promise<number> {
    const rows = events.map((event) => ({
      portal_id: event.portalId,
      fingerprint: event.fingerprint.toString('hex'),
      type: event.type,
      object_type_id: event.objectTypeId,
      object_id: event.objectId,
      property_name: event.propertyName,
      merged_ids: event.mergedIds,
      survivor_id: event.survivorId,
      occurred_at: event.occurredAt,
    }));
    const stored = await this.database.withTenant(tenantId, (tx) =>
      tx.query<Rows<{ id: string }>>(
        // Sorted, so that two copies that arrive at once wait for each other in one order and never lock each other out.
        `INSERT INTO webhook_events (tenant_id, portal_id, fingerprint, type, object_type_id, object_id, property_name,
           merged_ids, survivor_id, occurred_at)
         SELECT $1, e.portal_id, decode(e.fingerprint, 'hex'), e.type, e.object_type_id, e.object_id, e.property_name,
           e.merged_ids, e.survivor_id, e.occurred_at
         FROM jsonb_to_recordset($2::jsonb) AS e (portal_id text, fingerprint text, type text, object_type_id text,
           object_id text, property_name text, merged_ids text[], survivor_id text, occurred_at timestamptz)
         ORDER BY e.fingerprint
         ON CONFLICT (tenant_id, fingerprint) DO NOTHING
         RETURNING id`,
        [tenantId, JSON.stringify(rows)],
      ),
    );
    return stored.length;
  }

  /** What is due, in the order in which it happened. */
  async findDue(tenantId: string, limit: number): Promise<StoredEvent[]> {
    const rows = await this.database.withTenant(tenantId, (tx) =>
      tx.query<EventRow[]>(
        `SELECT ${COLUMNS} FROM webhook_events
         WHERE tenant_id = $1 AND handled_at IS NULL AND due_at <= now()
         ORDER BY coalesce(occurred_at, received_at), id LIMIT $2`,
        [tenantId, limit],
      ),
    );
    return rows.map(toEvent);
  }

  /** What is remembered of these records in this portal: their deletions, and the merges that took them away. */
  async findHistory(tenantId: string, portalId: string, objectIds: readonly string[]): Promise<StoredEvent[]> {
    if (objectIds.length === 0) return [];
    const rows = await this.database.withTenant(tenantId, (tx) =>
      tx.query<EventRow[]>(
        `SELECT ${COLUMNS} FROM webhook_events
         WHERE tenant_id = $1 AND portal_id = $2 AND object_id = ANY ($3) AND type ILIKE '%deletion'
         UNION ALL
         SELECT ${COLUMNS} FROM webhook_events
         WHERE tenant_id = $1 AND portal_id = $2 AND survivor_id IS NOT NULL AND merged_ids && $3::text[]`,
        [tenantId, portalId, objectIds],
      ),
    );
    return rows.map(toEvent);
  }

  /** Concludes events, and forgets those that were concluded long ago. */
  async markHandled(tenantId: string, ids: readonly string[]): Promise<void> {
    await this.database.withTenant(tenantId, async (tx) => {
      await tx.query(
        'UPDATE webhook_events SET handled_at = now() WHERE tenant_id = $1 AND id = ANY ($2::bigint[]) AND handled_at IS NULL',
        [tenantId, ids],
      );
      await forgetHandledIn(tx, tenantId);
    });
  }

  /** The same for a tenant that hears of nothing any more. */
  async forgetHandled(tenantId: string): Promise<void> {
    await this.database.withTenant(tenantId, (tx) => forgetHandledIn(tx, tenantId));
  }

  /** Handling them broke off: again after a second, two, four, … up to a quarter of an hour. */
  async postpone(tenantId: string, ids: readonly string[]): Promise<void> {
    await this.database.withTenant(tenantId, (tx) =>
      tx.query(
        `UPDATE webhook_events SET tries = tries + 1, due_at = now() + make_interval(secs => least(900, 2 ^ least(tries, 10)))
         WHERE tenant_id = $1 AND id = ANY ($2::bigint[]) AND handled_at IS NULL`,
        [tenantId, ids],
      ),
    );
  }

  async findTenantsWithDue(): Promise<string[]> {
    const rows = await this.database.acrossTenants<{ tenant_id: string }>(
      'SELECT tenant_id FROM tenants_with_waiting_webhook_events() AS tenant_id',
    );
    return rows.map(({ tenant_id }) => tenant_id);
  }
}

async function forgetHandledIn(tx: EntityManager, tenantId: string): Promise<void> {
  await tx.query('DELETE FROM webhook_events WHERE tenant_id = $1 AND handled_at < now() - make_interval(days => $2)', [
    tenantId,
    REMEMBERED_DAYS,
  ]);
}

function toEvent(row: EventRow): StoredEvent {
  return {
    id: row.id,
    portalId: row.portal_id,
    type: row.type,
    objectTypeId: row.object_type_id ?? undefined,
    objectId: row.object_id ?? undefined,
    mergedIds: row.merged_ids,
    survivorId: row.survivor_id ?? undefined,
    occurredAt: row.at,
  };
}
