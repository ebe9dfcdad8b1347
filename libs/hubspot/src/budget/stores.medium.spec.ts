import { Database, systemClock } from '@app/platform';
import { createTestDatabase, redisUrl, waitFor } from '@app/testing';
import { describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { MemoryStore } from '../../testing/memory-store.js';
import { describeRateBudget, type StoreHarness } from '../../testing/rate-budget.contract.js';
import type { Exchange } from './budget-store.js';
import { openStore } from './open-store.js';
import { PostgresStore } from './postgres-store.js';
import { SharedBudget } from './shared-budget.js';

/** What could not be reached shows in what the budget answers. */
const onTrouble = (): void => undefined;

async function onRedis(): Promise<StoreHarness> {
  const [url, testDatabase] = [redisUrl(), await createTestDatabase()];
  const database = await Database.connect({ url: testDatabase.url, applicationName: 'test' });
  const admin = new Redis(url);
  return {
    open: () => openStore({ redisUrl: url, database, onTrouble }),
    lose: async () => void (await admin.flushdb()),
    stop: async () => {
      admin.disconnect();
      await database.close();
      await testDatabase.drop();
    },
  };
}

async function onPostgres(): Promise<StoreHarness> {
  const testDatabase = await createTestDatabase();
  const database = await Database.connect({ url: testDatabase.url, applicationName: 'test' });
  const admin = new Client({ connectionString: testDatabase.adminUrl });
  await admin.connect();
  return {
    open: () => openStore({ database, onTrouble }),
    // What PostgreSQL does with unlogged tables after a crash. In the order they are used: no deadlock.
    lose: async () => void (await admin.query('TRUNCATE hubspot_budget_epoch, hubspot_places, hubspot_waiters')),
    stop: async () => {
      await admin.end();
      await database.close();
      await testDatabase.drop();
    },
  };
}

describeRateBudget('a store of its own', async () => {
  const store = new MemoryStore(systemClock);
  return {
    open: () => ({
      exchange: store.exchange.bind(store),
      learn: store.learn.bind(store),
      block: store.block.bind(store),
      close: store.close.bind(store),
    }),
    lose: async () => store.lose(),
    stop: async () => undefined,
  };
});

describeRateBudget('Redis', onRedis);

describeRateBudget('PostgreSQL', onPostgres);

describe('an empty Redis', () => {
  const ask = { kind: 'burst', class: 'delivery', connection: 'oauth' } as const;

  it('is begun with at once when it is the first, and after a window when it was flushed', async () => {
    const [url, testDatabase] = [redisUrl(), await createTestDatabase()];
    const database = await Database.connect({ url: testDatabase.url, applicationName: 'test' });
    const admin = new Redis(url);
    const process = (holder: string): SharedBudget =>
      new SharedBudget({ store: openStore({ redisUrl: url, database, onTrouble }), clock: systemClock, holder });
    const first = process('first');
    await waitFor(async () => (await admin.keys('*')).length > 0, { what: 'the first process to begin' });
    const startedAt = performance.now();
    expect(await first.acquire('1', ask)).toMatchObject({ granted: true });
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    for (const key of await admin.keys('*')) expect(await admin.pttl(key)).toBeGreaterThan(0);

    await admin.flushdb();
    const flushedAt = performance.now();
    const second = process('second');
    expect(await second.acquire('1', ask)).toMatchObject({ granted: true });
    expect(performance.now() - flushedAt).toBeGreaterThanOrEqual(10_000);

    await Promise.all([first.close(), second.close()]);
    admin.disconnect();
    await database.close();
    await testDatabase.drop();
  });
});

/** Asks one place of a limit whose windows are over at once. */
const exchange = (place: string): Exchange => ({
  lane: 'test',
  fallback: { max: 3, windowMs: 20 },
  ticket: place,
  wants: { agent: 1, delivery: 0, import: 0 },
  holdMs: 20,
  held: [],
  settled: [],
  released: [],
});

describe('the tables of the budget', () => {
  it('are closed to the application but for the functions, and cleared of portals that nobody calls', async () => {
    const testDatabase = await createTestDatabase();
    const database = await Database.connect({ url: testDatabase.url, applicationName: 'test' });
    const admin = new Client({ connectionString: testDatabase.adminUrl });
    await admin.connect();
    for (const table of ['limits', 'budget_epoch', 'places', 'waiters', 'redis']) {
      await expect(database.acrossTenants(`SELECT * FROM hubspot_${table}`)).rejects.toThrow(/permission denied/);
    }
    await expect(database.acrossTenants(`SELECT lock_hubspot_limit('1', 'burst')`)).rejects.toThrow(
      /permission denied/,
    );
    const store = new PostgresStore(database, 2);
    await store.exchange('gone', 'burst', exchange('a'));
    await waitFor(
      async () => {
        await store.exchange('called', 'burst', exchange('b'));
        const { rows } = await admin.query<{ portal_id: string }>('SELECT DISTINCT portal_id FROM hubspot_places');
        return rows.length === 1 && rows[0]?.portal_id === 'called';
      },
      { what: 'the places of the portal that is gone to be removed' },
    );
    await admin.end();
    await database.close();
    await testDatabase.drop();
  });
});
