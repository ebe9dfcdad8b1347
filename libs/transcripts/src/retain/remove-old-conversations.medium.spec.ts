import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Database, firstIdAt, systemClock } from '@app/platform';
import { EnsureTenant, newApiKey, RemoveExpired } from '@app/tenants';
import { createTestDatabase, type TestDatabase } from '@app/testing';
import { Client } from 'pg';
import { RemoveOldConversations } from './remove-old-conversations.js';

const RETENTION_DAYS = 400;
const DAY_MS = 86_400_000;

let testDatabase: TestDatabase;
let database: Database;
let admin: Client;
let tenantId: string;
let made = 0;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await Database.connect({ url: testDatabase.url, applicationName: 'test' });
  admin = new Client({ connectionString: testDatabase.adminUrl });
  await admin.connect();
  await admin.query('ALTER TABLE deliveries DISABLE TRIGGER delivery_transition, DISABLE TRIGGER delivery_begins');
});

afterAll(async () => {
  await admin.end();
  await database.close();
  await testDatabase.drop();
});

async function makeTenant(): Promise<string> {
  made += 1;
  return new EnsureTenant(database).execute({
    tenant: `Tenant ${made}`,
    adminEmail: `admin${made}@x.test`,
    adminPassword: 'password',
    apiKey: newApiKey(),
  });
}

beforeEach(async () => {
  tenantId = await makeTenant();
});

const daysAgo = (days: number): Date => new Date(Date.now() - days * DAY_MS);

/** Of that day, and different from all others. */
function idOf(day: Date): string {
  made += 1;
  return `${firstIdAt(day).slice(0, -12)}${String(made).padStart(12, '0')}`;
}

interface Old {
  status?: 'written' | 'skipped' | 'failed' | 'pending' | 'delivering';
  made: number;
  closed?: number;
  settled?: number;
  spoken?: number;
}

/** A conversation with a message and, when it is closed, a delivery; all by days ago. */
async function put(
  { status = 'written', made: since, closed, settled, spoken = since }: Old,
  of = tenantId,
): Promise<string> {
  const id = idOf(daysAgo(since));
  const closedAt = closed === undefined ? null : daysAgo(closed);
  await admin.query(
    `INSERT INTO conversations (id, tenant_id, channel, direction, status, customer, customer_key, started_at, closed_at, request_hash)
     VALUES ($1, $2, 'chat', 'inbound', $3, '{}', 'c', $4, $5, '')`,
    [id, of, closedAt === null ? 'open' : 'closed', daysAgo(since), closedAt],
  );
  await admin.query(
    `INSERT INTO messages (conversation_id, position, tenant_id, message_id, author, body, sent_at)
     VALUES ($1, 0, $2, 'm', 'agent', 'text', $3)`,
    [id, of, daysAgo(spoken)],
  );
  if (closedAt === null) return id;
  const deliveryId = idOf(daysAgo(since));
  const reason = status === 'skipped' || status === 'failed' ? 'refused' : null;
  await admin.query(
    `INSERT INTO deliveries (id, tenant_id, conversation_id, customer_key, portal_id, mode, size, status, reason, closed_at,
       contact_id, settled_at, drain_id)
     VALUES ($1, $2, $3, 'c', 'p', 'transcript', 1, $4, $5, $6, '1', $7, $8)`,
    [
      deliveryId,
      of,
      id,
      status,
      reason,
      closedAt,
      settled === undefined ? null : daysAgo(settled),
      status === 'delivering' ? deliveryId : null,
    ],
  );
  await admin.query(`INSERT INTO delivery_entries VALUES ($1, 1, 1, $2, 'note', '9', '1')`, [deliveryId, of]);
  await admin.query(
    `INSERT INTO delivery_attempts (delivery_id, tenant_id, outcome, detail) VALUES ($1, $2, 'written', '')`,
    [deliveryId, of],
  );
  return id;
}

async function left(of = tenantId): Promise<string[]> {
  const { rows } = await admin.query<{ id: string }>('SELECT id FROM conversations WHERE tenant_id = $1 ORDER BY id', [
    of,
  ]);
  return rows.map(({ id }) => id);
}

async function count(table: string, of = tenantId): Promise<number> {
  const { rows } = await admin.query<{ count: string }>(`SELECT count(*) FROM ${table} WHERE tenant_id = $1`, [of]);
  return Number(rows[0]?.count);
}

function remove(batch?: number): RemoveOldConversations {
  return new RemoveOldConversations(database, systemClock, RETENTION_DAYS, batch);
}

describe('retention', () => {
  it('removes what was settled long ago with all that hangs on it, and keeps what is younger', async () => {
    for (const status of ['written', 'skipped', 'failed'] as const) {
      await put({ status, made: 402, closed: 401, settled: 401 });
    }
    const young = await put({ made: 399, closed: 399, settled: 399 });
    expect(await remove().execute(tenantId)).toBe(3);
    expect(await left()).toEqual([young]);
    for (const table of ['messages', 'deliveries', 'delivery_entries', 'delivery_attempts']) {
      expect([table, await count(table)]).toEqual([table, 1]);
    }
  });

  it('never removes what waits or is being delivered, nor what was closed or settled later than it began', async () => {
    const kept = [
      await put({ status: 'pending', made: 900, closed: 900 }),
      await put({ status: 'delivering', made: 899, closed: 899 }),
      await put({ made: 898, closed: 10, settled: 10 }),
      await put({ made: 897, closed: 897, settled: 3 }),
    ];
    expect(await remove().execute(tenantId)).toBe(0);
    expect(await left()).toEqual(kept);
  });

  it('removes open ones in which nothing was said since', async () => {
    await put({ made: 500, spoken: 450 });
    const busy = await put({ made: 500, spoken: 20 });
    const young = await put({ made: 20 });
    expect(await remove().execute(tenantId)).toBe(1);
    expect(await left()).toEqual([busy, young]);
  });

  it('works in batches, and stops between them when it is told to', async () => {
    for (let n = 0; n < 5; n++) await put({ made: 402, closed: 401, settled: 401 });
    expect(await remove(2).execute(tenantId, () => false)).toBe(2);
    expect(await left()).toHaveLength(3);
    expect(await remove(2).execute(tenantId)).toBe(3);
    expect(await left()).toEqual([]);
  });

  it('keeps contact links, and touches no other tenant', async () => {
    const other = await makeTenant();
    const theirs = await put({ made: 402, closed: 401, settled: 401 }, other);
    await put({ made: 402, closed: 401, settled: 401 });
    await admin.query(
      `INSERT INTO contact_links (tenant_id, portal_id, customer_key, contact_id) VALUES ($1, 'p', 'c', '1')`,
      [tenantId],
    );
    await remove().execute(tenantId);
    expect(await left()).toEqual([]);
    expect(await count('contact_links')).toBe(1);
    expect(await left(other)).toEqual([theirs]);
  });
});

describe('what is over anyway', () => {
  it('goes, though its tenant never comes back, and what is not over stays', async () => {
    const { rows } = await admin.query<{ id: string }>('SELECT id FROM users WHERE tenant_id = $1', [tenantId]);
    const sessions: [expires: number, seen: number][] = [
      [1, 5],
      [-1, 5],
      [-1, 0],
    ];
    for (const [n, [expires, seen]] of sessions.entries()) {
      await admin.query(
        `INSERT INTO sessions (id, tenant_id, user_id, secret_hash, created_at, last_seen_at, expires_at)
         VALUES (gen_random_uuid(), $1, $2, sha256($3), now(), $4, $5)`,
        [tenantId, rows[0]?.id, `${tenantId}${n}`, daysAgo(seen), daysAgo(expires)],
      );
    }
    for (const [n, days] of [2, 0].entries()) {
      await admin.query(
        `INSERT INTO oauth_attempts (id, tenant_id, kind, hash, features, expires_at)
         VALUES (gen_random_uuid(), $1, 'ticket', sha256($2), '{}', $3)`,
        [tenantId, `${tenantId}${n}`, daysAgo(days - 1)],
      );
      await admin.query(
        `INSERT INTO idempotent_requests (tenant_id, key_hash, request_hash, started_at, attempt_id)
         VALUES ($1, sha256($2), sha256($2), $3, gen_random_uuid())`,
        [tenantId, `${tenantId}${n}`, daysAgo(days)],
      );
    }
    await new RemoveExpired(database, systemClock).execute(tenantId);
    expect([await count('sessions'), await count('oauth_attempts'), await count('idempotent_requests')]).toEqual([
      1, 1, 1,
    ]);
  });

  it('ends audit entries after two years, and lets the application end none before', async () => {
    await admin.query('DELETE FROM audit_log');
    for (const days of [732, 731, 700]) {
      await admin.query(
        `INSERT INTO audit_log (id, tenant_id, at, actor_kind, actor_name, action)
         VALUES (gen_random_uuid(), $1, $2, 'system', 'x', 'user.created')`,
        [tenantId, daysAgo(days)],
      );
    }
    const one = new RemoveExpired(database, systemClock, 1);
    expect([await one.removeOldAudit(), await one.removeOldAudit(), await one.removeOldAudit()]).toEqual([1, 1, 0]);
    expect(await count('audit_log')).toBe(1);
    await expect(
      database.withTenant(tenantId, (tx) => tx.query('DELETE FROM audit_log WHERE tenant_id = $1', [tenantId])),
    ).rejects.toThrow(/permission denied/);
  });

  it('removes the numbers of claims that ended, and of no others', async () => {
    for (const [phone, ends] of [
      ['+4915112345678', '-1 second'],
      ['+4915187654321', '1 minute'],
    ])
      await admin.query(
        `INSERT INTO contact_claims (tenant_id, portal_id, holder, phone_key, national, ends_at)
         VALUES ($1, '1', gen_random_uuid(), $2, $2, now() + $3::interval)`,
        [tenantId, phone, ends],
      );
    await new RemoveOldConversations(database, systemClock, RETENTION_DAYS).execute(tenantId);
    const { rows } = await admin.query('SELECT phone_key FROM contact_claims WHERE tenant_id = $1', [tenantId]);
    expect(rows).toEqual([{ phone_key: '+4915187654321' }]);
  });
});
