import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Database, newId, systemClock, withTraces } from '@app/platform';
import {
  AuditLog,
  ConnectionRepository,
  EnableSyncing,
  EnsureTenant,
  newApiKey,
  Vault,
  WritebackSettingsRepository,
} from '@app/tenants';
import { createTestDatabase, type TestDatabase } from '@app/testing';
import { Client } from 'pg';
import { DeliveryRepository } from './delivery.repository.js';
import { ReadDeliveries } from './read-deliveries.js';
import { ReplayDeliveries, type ReplayFilter } from './replay-deliveries.js';

let testDatabase: TestDatabase;
let database: Database;
let admin: Client;
let connections: ConnectionRepository;
let replay: ReplayDeliveries;
let ledger: ReadDeliveries;
let tenantId: string;
let woken: string[] = [];
let made = 0;

const HOUR_MS = 3_600_000;
const portal = (): string => `portal-${made}`;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await Database.connect({ url: testDatabase.url, applicationName: 'test' });
  admin = new Client({ connectionString: testDatabase.adminUrl });
  await admin.connect();
  connections = new ConnectionRepository(database, new Vault([{ id: 'k', key: Buffer.alloc(32) }]), systemClock);
  ledger = new ReadDeliveries(database, new DeliveryRepository());
  replay = makeReplay();
});

afterAll(async () => {
  await admin.end();
  await database.close();
  await testDatabase.drop();
});

function makeReplay(mostAtOnce?: number): ReplayDeliveries {
  const wakeUps = { wake: (id: string): void => void woken.push(id), wakeAnew: (): void => undefined };
  const audit = new AuditLog(database, systemClock);
  return new ReplayDeliveries(database, new DeliveryRepository(), connections, wakeUps, audit, mostAtOnce);
}

async function makeTenant(): Promise<string> {
  made += 1;
  const id = await new EnsureTenant(database).execute({
    tenant: `Tenant ${made}`,
    adminEmail: `admin${made}@x.test`,
    adminPassword: 'password',
    apiKey: newApiKey(),
  });
  await connections.connect(id, { kind: 'token', portalId: portal() }, { accessToken: 'pat' });
  const settings = new WritebackSettingsRepository(database, systemClock);
  await new EnableSyncing(database, connections, settings, new AuditLog(database, systemClock)).execute(id, {
    mode: 'transcript',
    onNoMatch: 'create',
  });
  await admin.query(`UPDATE connections SET enabled_at = now() - interval '1 day' WHERE tenant_id = $1`, [id]);
  return id;
}

beforeEach(async () => {
  tenantId = await makeTenant();
  woken = [];
});

interface Settled {
  status: 'failed' | 'skipped' | 'written';
  reason?: string;
  portalId?: string;
  closedAt?: Date;
}

/** Settled deliveries, written past the product: each with a conversation. */
async function settle(...rows: Settled[]): Promise<string[]> {
  const ids: string[] = [];
  for (const { status, reason, portalId = portal(), closedAt = new Date(Date.now() - HOUR_MS) } of rows) {
    const [conversation, id] = [newId(), newId()];
    await admin.query(
      `INSERT INTO conversations (id, tenant_id, channel, direction, status, customer, customer_key, started_at, closed_at, request_hash)
       VALUES ($1, $2, 'chat', 'inbound', 'closed', '{}', 'c', $3, $3, '')`,
      [conversation, tenantId, closedAt],
    );
    await admin.query('ALTER TABLE deliveries DISABLE TRIGGER delivery_transition, DISABLE TRIGGER delivery_begins');
    await admin.query(
      `INSERT INTO deliveries (id, tenant_id, conversation_id, customer_key, portal_id, mode, size, status, reason, closed_at,
         contact_id, settled_at)
       VALUES ($1, $2, $3, 'c', $4, 'transcript', 1, $5, $6, $7, '1', now())`,
      [id, tenantId, conversation, portalId, status, reason, closedAt],
    );
    await admin.query('ALTER TABLE deliveries ENABLE TRIGGER delivery_transition, ENABLE TRIGGER delivery_begins');
    ids.push(id);
  }
  return ids;
}

async function statuses(ids: readonly string[]): Promise<string[]> {
  return Promise.all(ids.map(async (id) => (await ledger.get(tenantId, id)).status));
}

const at = (hours: number): Date => new Date(Date.UTC(2026, 0, 1, hours));

const run = (filter: ReplayFilter) => replay.execute(tenantId, filter);

describe('replay by filter', () => {
  it('puts back in line what the filter takes, and wakes the tenant', async () => {
    const ids = await settle(
      { status: 'failed', reason: 'missing_required_property' },
      { status: 'failed', reason: 'render_failed' },
      { status: 'skipped', reason: 'no_match' },
      { status: 'written' },
    );
    expect(await run({ status: 'failed', reason: 'missing_required_property' })).toEqual({ replayed: 1, more: false });
    expect(await statuses(ids)).toEqual(['pending', 'failed', 'skipped', 'written']);
    expect(await run({ status: 'skipped' })).toEqual({ replayed: 1, more: false });
    expect(await statuses(ids)).toEqual(['pending', 'failed', 'pending', 'written']);
    expect(woken).toEqual([tenantId, tenantId]);
  });

  it('takes a period of closing: from, up to but not at', async () => {
    await admin.query(`UPDATE connections SET enabled_at = '2025-12-31' WHERE tenant_id = $1`, [tenantId]);
    const ids = await settle(
      ...[1, 2, 3].map((hours) => ({ status: 'failed' as const, reason: 'refused', closedAt: at(hours) })),
    );
    expect(await run({ status: 'failed', from: at(2), to: at(3) })).toEqual({ replayed: 1, more: false });
    expect(await statuses(ids)).toEqual(['failed', 'pending', 'failed']);
  });

  it('leaves alone what a single replay refuses: another portal’s, from before syncing, skipped by rule', async () => {
    const ids = await settle(
      { status: 'failed', reason: 'refused', portalId: 'another' },
      { status: 'failed', reason: 'refused', closedAt: new Date(Date.now() - 48 * HOUR_MS) },
      { status: 'skipped', reason: 'writeback_off' },
      { status: 'skipped', reason: 'contact_erased' },
    );
    expect(await run({ status: 'failed', from: new Date(0) })).toEqual({ replayed: 0, more: false });
    expect(await run({ status: 'skipped' })).toEqual({ replayed: 0, more: false });
    expect(await run({ status: 'skipped', reason: 'writeback_off' })).toEqual({ replayed: 0, more: false });
    expect(await statuses(ids)).toEqual(['failed', 'failed', 'skipped', 'skipped']);
    expect(woken).toEqual([]);
  });

  it('is bounded, says when there is more, and goes on where it was', async () => {
    const ids = await settle(...Array.from({ length: 5 }, () => ({ status: 'failed' as const, reason: 'refused' })));
    const two = makeReplay(2);
    const filter = { status: 'failed' } as const;
    expect(await two.execute(tenantId, filter)).toEqual({ replayed: 2, more: true });
    expect(await statuses(ids)).toEqual(['pending', 'pending', 'failed', 'failed', 'failed']);
    expect(await two.execute(tenantId, filter)).toEqual({ replayed: 2, more: true });
    expect(await two.execute(tenantId, filter)).toEqual({ replayed: 1, more: false });
    expect(await two.execute(tenantId, filter)).toEqual({ replayed: 0, more: false });
  });

  it('forgets the parts of one that was split otherwise, and keeps those of others', async () => {
    const ids = await settle({ status: 'failed', reason: 'split_otherwise' }, { status: 'failed', reason: 'refused' });
    for (const id of ids) {
      await admin.query(`INSERT INTO delivery_entries VALUES ($1, 1, 2, $2, 'note', '9', '1')`, [id, tenantId]);
    }
    await run({ status: 'failed' });
    const entries = await Promise.all(ids.map(async (id) => (await ledger.get(tenantId, id)).entries.length));
    expect(entries).toEqual([0, 1]);
  });

  it('is audited with its filter and number, and leaves its trace on deliveries and attempts', async () => {
    const [id = ''] = await settle({ status: 'failed', reason: 'refused' });
    await withTraces(['trace-of-replay'], () => run({ status: 'failed', reason: 'refused' }));
    const { rows } = await admin.query(`SELECT action, details FROM audit_log WHERE tenant_id = $1 ORDER BY id`, [
      tenantId,
    ]);
    expect(rows.at(-1)).toEqual({
      action: 'deliveries.replayed',
      details: { status: 'failed', reason: 'refused', replayed: 1 },
    });
    expect(await ledger.get(tenantId, id)).toMatchObject({
      traceId: 'trace-of-replay',
      attempts: [{ outcome: 'replayed', traceId: 'trace-of-replay' }],
    });
  });

  it('takes nothing of another tenant, and is refused without a connection', async () => {
    const ids = await settle({ status: 'failed', reason: 'refused' });
    const mine = tenantId;
    const other = await makeTenant();
    expect(await replay.execute(other, { status: 'failed' })).toEqual({ replayed: 0, more: false });
    expect((await ledger.get(mine, ids[0] ?? '')).status).toBe('failed');
    await admin.query(`UPDATE connections SET status = 'connected', enabled_at = NULL WHERE tenant_id = $1`, [other]);
    await expect(replay.execute(other, { status: 'failed' })).rejects.toMatchObject({ code: 2010 });
  });
});

/** How many rows of deliveries PostgreSQL says it read for it. */
async function rowsRead(work: () => Promise<unknown>): Promise<number> {
  const read = async (): Promise<number> => {
    const { rows } = await admin.query<{ read: string }>(
      `SELECT seq_tup_read + idx_tup_fetch AS read FROM pg_stat_user_tables WHERE relname = 'deliveries'`,
    );
    return Number(rows[0]?.read);
  };
  await admin.query('SELECT pg_stat_force_next_flush()');
  const before = await read();
  await work();
  // Statistics of other sessions arrive when those are idle for a moment; asked to, at their next statement.
  await database.withTenant(tenantId, (tx) => tx.query('SELECT pg_stat_force_next_flush()'));
  await database.withTenant(tenantId, (tx) => tx.query('SELECT 1'));
  await admin.query('SELECT pg_stat_clear_snapshot()');
  return (await read()) - before;
}

describe('a ledger of many deliveries', () => {
  beforeEach(async () => {
    await admin.query('ALTER TABLE deliveries DISABLE TRIGGER delivery_transition, DISABLE TRIGGER delivery_begins');
    await admin.query(
      `WITH made AS (
         INSERT INTO conversations (id, tenant_id, channel, direction, status, customer, customer_key, started_at, closed_at, request_hash)
         SELECT gen_random_uuid(), $1, 'chat', 'inbound', 'closed', '{}', 'c', now(), now() - n * interval '1 minute', ''
         FROM generate_series(1, 30000) n RETURNING id, closed_at)
       INSERT INTO deliveries (id, tenant_id, conversation_id, customer_key, portal_id, mode, size, status, reason, closed_at, contact_id, settled_at)
       SELECT gen_random_uuid(), $1, id, 'c', 'p', 'transcript', 1, CASE WHEN n % 1000 = 0 THEN 'failed' ELSE 'written' END,
         CASE WHEN n % 1000 = 0 THEN 'refused' END, closed_at, '1', now()
       FROM (SELECT *, row_number() OVER () AS n FROM made) m`,
      [tenantId],
    );
    await admin.query('ALTER TABLE deliveries ENABLE TRIGGER delivery_transition, ENABLE TRIGGER delivery_begins');
    await admin.query('VACUUM ANALYZE deliveries');
  }, 60_000);

  it('is paged and counted without reading it whole', async () => {
    const from = new Date(Date.now() - 10 * 60_000);
    const page = (filter: Parameters<ReadDeliveries['list']>[1]['filter']) => () =>
      ledger.list(tenantId, { filter, limit: 50 });
    expect(await rowsRead(page({}))).toBeLessThan(200);
    expect(await rowsRead(page({ status: 'failed' }))).toBeLessThan(200);
    expect(await rowsRead(page({ reason: 'refused' }))).toBeLessThan(200);
    expect(await rowsRead(page({ from }))).toBeLessThan(200);
    const big = tenantId;
    const small = await makeTenant();
    expect(await rowsRead(() => ledger.stats(small))).toBeLessThan(200);
    expect(await ledger.stats(big)).toEqual({
      written: 29_970,
      pending: 0,
      oldestPendingAt: undefined,
      skipped: {},
      failed: { refused: 30 },
    });
  });
});

describe('what became of conversations, day by day', () => {
  it('counts by the reader’s own days, and has the days on which nothing closed', async () => {
    const busy = await makeTenant();
    // Noon, and half an hour after midnight, in a zone that is ahead of UTC by 13 or 14 hours.
    const zone = 'Pacific/Auckland';
    const add = (daysAgo: number, hour: string, status: string, count: number): Promise<unknown> =>
      admin.query(
        `WITH made AS (
           INSERT INTO conversations (id, tenant_id, channel, direction, status, customer, customer_key, started_at, closed_at, request_hash)
           SELECT gen_random_uuid(), $1, 'chat', 'inbound', 'closed', '{}', 'c', at, at, ''
           FROM (SELECT (date_trunc('day', now() AT TIME ZONE $2) - $3 * interval '1 day' + $4::interval) AT TIME ZONE $2 AS at) t,
             generate_series(1, $5) RETURNING id, closed_at)
         INSERT INTO deliveries (id, tenant_id, conversation_id, customer_key, portal_id, mode, size, status, reason, closed_at, contact_id, settled_at)
         SELECT gen_random_uuid(), $1, id, 'c', 'p', 'transcript', 1, $6, CASE WHEN $6 = 'written' THEN NULL ELSE 'why' END, closed_at, '1', now()
         FROM made`,
        [busy, zone, daysAgo, hour, count, status],
      );
    await admin.query('ALTER TABLE deliveries DISABLE TRIGGER delivery_transition, DISABLE TRIGGER delivery_begins');
    await add(0, '0 minutes', 'written', 2);
    await add(2, '23 hours 59 minutes', 'failed', 1);
    await add(2, '30 minutes', 'skipped', 3);
    await add(3, '12 hours', 'written', 5);
    await admin.query('ALTER TABLE deliveries ENABLE TRIGGER delivery_transition, ENABLE TRIGGER delivery_begins');
    const days = await ledger.history(busy, { days: 3, timeZone: zone });
    expect(days.map(({ written, skipped, failed }) => [written, skipped, failed])).toEqual([
      [0, 3, 1],
      [0, 0, 0],
      [2, 0, 0],
    ]);
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(new Date());
    expect(days[2]?.day).toBe(today);
    expect(await ledger.history(await makeTenant(), { days: 1, timeZone: 'UTC' })).toMatchObject([
      { written: 0, skipped: 0, failed: 0 },
    ]);
  });
});
