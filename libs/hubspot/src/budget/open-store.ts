import type { Database } from '@app/platform';
import { Redis } from 'ioredis';
import type { BudgetStore } from './budget-store.js';
import { PostgresStore } from './postgres-store.js';
import { RedisStore } from './redis-store.js';

export interface OpenStoreOptions {
  database: Database;
  /** With it calls are counted there, else in PostgreSQL: as with the queue. */
  redisUrl?: string;
  onTrouble: (error: unknown) => void;
}

/** Where this installation counts its calls. Whether it can be reached shows at the first one. */
export function openStore({ database, redisUrl, onTrouble }: OpenStoreOptions): BudgetStore {
  if (redisUrl === undefined) return new PostgresStore(database);
  const redis = new Redis(redisUrl, {
    // Whoever waits for a place asks again; a command that is kept for later would be answered to nobody.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 5_000,
    commandTimeout: 2_000,
    retryStrategy: (attempt: number) => Math.min(attempt * 50, 1_000),
  });
  redis.on('error', onTrouble);
  const store = new RedisStore(redis);
  redis.once('ready', () => void begin(database, store).catch(onTrouble));
  return store;
}

/** An installation's first start on Redis has no window to wait out: nothing was counted in it that could be lost. */
async function begin(database: Database, store: RedisStore): Promise<void> {
  const [row] = await database.acrossTenants<{ first: boolean }>('SELECT begin_hubspot_redis() AS first');
  if (row?.first === true) await store.begin();
}
