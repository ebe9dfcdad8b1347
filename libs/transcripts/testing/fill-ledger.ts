import type { Client } from 'pg';

/** A tenant with a past: so many conversations, closed over the last ninety days. */
export interface PastTenant {
  tenantId: string;
  portalId: string;
  conversations: number;
}

/**
 * Conversations with their deliveries, as years of use leave them: of a hundred 86 written, 8 skipped and 5 failed for
 * several reasons, and 1 that waits for another day. One in five hundred of those that wait is due, and one conversation
 * in five thousand is open. It and every tenth other one have a message.
 *
 * A million in less than a minute: triggers and foreign keys are off meanwhile, and indexes that are no constraint are
 * made anew at the end. @param admin the superuser.
 */
export async function fillLedger(admin: Client, tenants: readonly PastTenant[]): Promise<void> {
  const { rows: indexes } = await admin.query<{ name: string; definition: string }>(
    `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition FROM pg_index i
     WHERE i.indrelid IN ('conversations'::regclass, 'deliveries'::regclass) AND NOT i.indisunique`,
  );
  await admin.query('BEGIN; SET LOCAL session_replication_role = replica; SET LOCAL synchronous_commit = off');
  for (const { name } of indexes) await admin.query(`DROP INDEX ${name}`);
  for (const tenant of tenants) await fillTenant(admin, tenant);
  for (const { definition } of indexes) await admin.query(definition);
  await admin.query('COMMIT');
  // As autovacuum leaves it.
  await admin.query('VACUUM (ANALYZE) conversations, deliveries, messages');
}

/** Ids begin with their time, as ours do. */
const ID = (kind: string, time: string): string =>
  `(lpad(to_hex((extract(epoch FROM ${time}) * 1000)::bigint), 12, '0') || '7' || substr(md5('${kind}' || $1 || n), 1, 3)
    || '8' || substr(md5('${kind}' || $1 || n), 4, 15))::uuid`;

const PAST = `
  SELECT n, CASE WHEN n % 5000 = 4999 THEN 99 WHEN n % 100 = 99 THEN 0 ELSE n % 100 END AS kind, closed_at,
    ${ID('conversation', 'closed_at')} AS conversation_id,
    ${ID('delivery', 'closed_at')} AS delivery_id
  FROM (
    SELECT n, date_trunc('milliseconds', now() - interval '90 days' * (1 - n / ($2::float8 + 1))) AS closed_at
    FROM generate_series(1, $2::int) AS n
  ) spread`;

async function fillTenant(admin: Client, { tenantId, portalId, conversations }: PastTenant): Promise<void> {
  await admin.query(
    `INSERT INTO conversations (id, tenant_id, external_id, channel, direction, status, customer, customer_key, crm_portal_id,
       started_at, closed_at, created_at, request_hash)
     SELECT conversation_id, $1::uuid, 'past-' || n, 'chat', 'inbound', CASE kind WHEN 99 THEN 'open' ELSE 'closed' END,
       jsonb_build_object('email', 'person' || n || '@example.com'), 'email:person' || n || '@example.com', $3,
       closed_at - interval '5 minutes', CASE WHEN kind <> 99 THEN closed_at END, closed_at, sha256(int8send(n))
     FROM (${PAST}) past`,
    [tenantId, conversations, portalId],
  );
  await admin.query(
    `INSERT INTO messages (conversation_id, position, tenant_id, message_id, author, body, sent_at)
     SELECT conversation_id, 0, $1::uuid, 'm0', 'customer', 'Hello', closed_at FROM (${PAST}) past WHERE kind = 99 OR n % 10 = 0`,
    [tenantId, conversations],
  );
  await admin.query(
    `INSERT INTO deliveries (id, tenant_id, conversation_id, customer_key, portal_id, mode, size, status, reason, closed_at,
       due_at, tries, contact_id, created_at, settled_at)
     SELECT delivery_id, $1::uuid, conversation_id, 'email:person' || n || '@example.com', $3, 'transcript', 1000,
       CASE WHEN kind < 85 THEN 'written' WHEN kind < 93 THEN 'skipped' WHEN kind < 98 THEN 'failed' ELSE 'pending' END,
       CASE WHEN kind < 85 THEN NULL WHEN kind < 89 THEN 'no_match' WHEN kind < 93 THEN 'off'
         WHEN kind < 96 THEN 'refused' WHEN kind < 98 THEN 'entry_too_large' END,
       closed_at,
       CASE WHEN kind = 98 AND n % 50000 <> 98 THEN now() + interval '1 day' ELSE closed_at END,
       1, CASE WHEN kind < 85 THEN (1000 + n)::text END, closed_at, CASE WHEN kind < 98 THEN closed_at END
     FROM (${PAST}) past WHERE kind < 99`,
    [tenantId, conversations, portalId],
  );
}
