import { setTimeout as sleep } from 'node:timers/promises';
import { Database, migrate, PLATFORM_MIGRATIONS, systemClock } from '@app/platform';
import { type FaultServers, startFaultServers, waitFor } from '@app/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mostWithin } from '../../testing/most-within.js';
import { HubspotBudget1700000008000 } from '../migrations/1700000008000-hubspot-budget.js';
import { openStore } from './open-store.js';
import { type BudgetLimits, SharedBudget } from './shared-budget.js';

const MAX = 20;
const WINDOW_MS = 1_000;
/** HubSpot's, made small; a place is kept for longer than a busy machine stands still. */
const LIMITS: BudgetLimits = {
  burst: { oauth: { max: MAX, windowMs: WINDOW_MS }, token: { max: MAX, windowMs: WINDOW_MS } },
  search: { max: MAX, windowMs: WINDOW_MS },
  holdMs: 10_000,
  maxWaitMs: { agent: 30_000, delivery: 30_000, import: 30_000 },
};
const PROCESSES = 3;
const CALLERS_EACH = 12;
/** More than one window lets through: what was counted before matters to what follows. */
const CALLS_BETWEEN = 2 * MAX;

type End = (servers: FaultServers, databaseUrl: string) => Promise<void>;

const REDIS_ENDS: [string, End][] = [
  ['is stopped', (servers) => servers.restart('redis', 'SIGTERM')],
  ['is flushed', (servers) => servers.flushRedis()],
  ['is killed', (servers) => servers.restart('redis', 'SIGKILL')],
];
const POSTGRES_ENDS: [string, End][] = [
  ['is stopped fast', (servers) => servers.restart('postgres', 'SIGINT')],
  ['is stopped at once, without a checkpoint', (servers) => servers.restart('postgres', 'SIGQUIT')],
  ['loses a backend and recovers', (servers, databaseUrl) => servers.killBackend(databaseUrl)],
];

let servers: FaultServers;

beforeAll(async () => {
  servers = await startFaultServers();
}, 60_000);

afterAll(() => servers?.stop(), 30_000);

describe('a rush of calls from three processes', () => {
  it.each([
    ['Redis', true, REDIS_ENDS],
    ['PostgreSQL', false, POSTGRES_ENDS],
  ])(
    'goes on when %s ends and comes back, and never gets more places than a window has',
    async (_, onRedis, ends) => {
      const databaseUrl = await servers.createDatabase();
      await migrate(databaseUrl, [...PLATFORM_MIGRATIONS, HubspotBudget1700000008000]);
      const databases = await Promise.all(
        Array.from({ length: PROCESSES }, () => Database.connect({ url: databaseUrl, applicationName: 'test' })),
      );
      const redisUrl = onRedis ? servers.redisUrl : undefined;
      const budgets = databases.map(
        (database, index) =>
          new SharedBudget({
            store: openStore({ database, redisUrl, onTrouble: () => undefined }),
            clock: systemClock,
            holder: `p${index}`,
            limits: LIMITS,
          }),
      );
      const arrivals: number[] = [];
      const over = new AbortController();
      const call = async (budget: SharedBudget): Promise<void> => {
        while (!over.signal.aborted) {
          const grant = await budget.acquire('1', { kind: 'burst', class: 'delivery', connection: 'token' });
          if (!grant.granted) continue;
          await sleep(Math.random() * 20);
          arrivals.push(performance.now());
          await sleep(Math.random() * 20);
          grant.settle();
        }
      };
      const calling = budgets.flatMap((budget) => Array.from({ length: CALLERS_EACH }, () => call(budget)));
      const moreCalls = async (after: string): Promise<void> => {
        const before = arrivals.length;
        const what = `calls to go on after it ${after}`;
        await waitFor(() => arrivals.length >= before + CALLS_BETWEEN, { timeoutMs: 60_000, what });
      };
      await moreCalls('began');
      for (const [name, end] of ends) {
        // Anywhere within a window.
        await sleep(Math.random() * WINDOW_MS);
        await end(servers, databaseUrl);
        await moreCalls(name);
      }
      over.abort();
      // Whoever waits is turned away, and sees that it is over.
      await Promise.all(budgets.map((budget) => budget.close()));
      await Promise.all(calling);
      await Promise.all(databases.map((database) => database.close()));
      expect(mostWithin(arrivals, WINDOW_MS)).toBeLessThanOrEqual(MAX);
      expect(arrivals.length).toBeGreaterThanOrEqual((ends.length + 1) * CALLS_BETWEEN);
    },
    240_000,
  );
});
