import type { Redis } from 'ioredis';
import type { BudgetStore, CallKind, Exchange, Quota, Standing } from './budget-store.js';
import { BEGIN, BLOCK, EXCHANGE, LEARN, type Script } from './redis-scripts.js';
import { askOf, readStanding, type StoreAnswer } from './store-answer.js';

/** What HubSpot's headers said is kept this long after it was last said. */
const LEARNED_TTL_MS = 30 * 24 * 3_600_000;

/** The one key of no portal. Without it the next call waits a window, so a quiet week must not end it. */
const EPOCH_TTL_MS = 365 * 24 * 3_600_000;

/** In a Redis Cluster all keys of a script live in one slot; the braces see to it. */
const PREFIX = '{threadline-budget}';
const EPOCH = `${PREFIX}:epoch`;

/**
 * Counts in Redis: each operation is one script, so one round trip and atomic. A Redis that evicts keys would forget calls
 * silently; BullMQ too needs `maxmemory-policy noeviction`.
 */
export class RedisStore implements BudgetStore {
  constructor(private readonly redis: Redis) {}

  /** To be called when it is known that this Redis is empty because nothing was ever counted in it. */
  async begin(): Promise<void> {
    await this.run(BEGIN, [EPOCH], [EPOCH_TTL_MS]);
  }

  async exchange(portalId: string, kind: CallKind, exchange: Exchange): Promise<Standing> {
    const keys = [EPOCH, ...['places', 'waiters', 'limit'].map((part) => keyOf(portalId, kind, part))];
    const ask = { ...askOf(exchange), epochTtlMs: EPOCH_TTL_MS };
    return readStanding(JSON.parse(String(await this.run(EXCHANGE, keys, [JSON.stringify(ask)]))) as StoreAnswer);
  }

  async learn(portalId: string, { max, windowMs }: Quota, windowSoFarMs: number): Promise<void> {
    await this.run(LEARN, [keyOf(portalId, 'burst', 'limit')], [max, windowMs, windowSoFarMs, LEARNED_TTL_MS]);
  }

  async block(portalId: string, kind: CallKind, { policy, ms }: { policy: string; ms: number }): Promise<void> {
    await this.run(BLOCK, [keyOf(portalId, kind, 'limit')], [policy, ms, LEARNED_TTL_MS]);
  }

  /** Ends the connection; what was sent has been carried out or never will be. */
  close(): Promise<void> {
    this.redis.disconnect();
    return Promise.resolve();
  }

  private async run(script: Script, keys: string[], args: (string | number)[]): Promise<unknown> {
    try {
      return await this.redis.evalsha(script.sha, keys.length, ...keys, ...args);
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
      return this.redis.eval(script.text, keys.length, ...keys, ...args);
    }
  }
}

function keyOf(portalId: string, kind: CallKind, part: string): string {
  return `${PREFIX}:${portalId}:${kind}:${part}`;
}
