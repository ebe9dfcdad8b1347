import { setTimeout as pause } from 'node:timers/promises';
import { CrmDeferredError, type CrmSchema } from '@app/crm';
import type { Clock, Database } from '@app/platform';
import { type ConnectionRepository, hasCredentials } from '@app/tenants';
import type { SchemaDifference } from './compare-schemas.js';
import type { CurrentSchema } from './current-schema.js';
import type { SchemaSnapshotRepository } from './schema-snapshot.repository.js';
import type { SchemaSnapshot } from './schema-snapshot.js';

export type Discovery =
  | { state: 'discovered'; snapshot: SchemaSnapshot; isNew: boolean; difference?: SchemaDifference }
  /** A person must act. */
  | { state: 'not_connected'; detail: string }
  /** Ask again. `busy`: too many tenants are being discovered by this process. */
  | { state: 'slow' | 'down' | 'busy'; detail: string; retryAfterSeconds: number };

export interface DiscoverOptions {
  /** Whoever asked is answered within so long. */
  withinMs: number;
  /** Tenants at once in this process: each holds a database connection while the CRM is asked. */
  atOnce: number;
}

/** Some 25 calls take two to five seconds; the rest is for a portal whose quota is in use. */
const DEFAULTS: DiscoverOptions = { withinMs: 30_000, atOnce: 3 };

/** Who waits for another process's discovery looks that often whether it is over. */
const LOOK_MS = 250;

const NOT_CONNECTED: Discovery = { state: 'not_connected', detail: 'HubSpot is not connected' };
const SLOW: Discovery = { state: 'slow', detail: 'HubSpot is slow: try again in a moment', retryAfterSeconds: 10 };

/** Reads what the tenant's CRM holds and keeps it. Of one tenant one at a time: who asks meanwhile gets the same answer. */
export class DiscoverSchema {
  private readonly running = new Map<string, Promise<Discovery>>();

  constructor(
    private readonly database: Pick<Database, 'withLock'>,
    private readonly connections: Pick<ConnectionRepository, 'find'>,
    private readonly crm: CrmSchema,
    private readonly snapshots: Pick<SchemaSnapshotRepository, 'store'>,
    private readonly schema: Pick<CurrentSchema, 'current'>,
    private readonly clock: Clock,
    private readonly options: DiscoverOptions = DEFAULTS,
  ) {}

  async execute(tenantId: string): Promise<Discovery> {
    const underWay = this.running.get(tenantId);
    if (underWay !== undefined) return underWay;
    if (!hasCredentials(await this.connections.find(tenantId))) return NOT_CONNECTED;
    const begunMeanwhile = this.running.get(tenantId);
    if (begunMeanwhile !== undefined) return begunMeanwhile;
    if (this.running.size >= this.options.atOnce) {
      return { state: 'busy', detail: 'Too many schemas are being read at once', retryAfterSeconds: 5 };
    }
    const discovery = this.inTime(tenantId).finally(() => this.running.delete(tenantId));
    this.running.set(tenantId, discovery);
    return discovery;
  }

  private async inTime(tenantId: string): Promise<Discovery> {
    const limit = new AbortController();
    const { promise: tooLate, resolve } = Promise.withResolvers<Discovery>();
    const timer = setTimeout(() => {
      limit.abort();
      resolve(SLOW);
    }, this.options.withinMs);
    try {
      return await Promise.race([this.afterOthers(tenantId, limit.signal), tooLate]);
    } catch (error) {
      if (!(error instanceof CrmDeferredError)) throw error;
      return limit.signal.aborted ? SLOW : whyNot(error);
    } finally {
      clearTimeout(timer);
    }
  }

  /** A process that waited for another's discovery takes its result. */
  private async afterOthers(tenantId: string, limit: AbortSignal): Promise<Discovery> {
    const askedAt = this.clock.now();
    for (;;) {
      const turn = await this.database.withLock(`discover ${tenantId}`, async () => {
        const current = await this.schema.current(tenantId);
        const isFresh = current !== undefined && current.discoveredAt > askedAt;
        return isFresh ? discovered(current) : this.discover(tenantId, limit);
      });
      if (turn.acquired) return turn.result;
      if (limit.aborted) return SLOW;
      await pause(LOOK_MS);
    }
  }

  /** Once more when HubSpot was connected anew on the way: who waits for it may be who connected. */
  private async discover(tenantId: string, limit: AbortSignal): Promise<Discovery> {
    while (!limit.aborted) {
      const under = await this.connections.find(tenantId);
      const reading = await this.crm.readSchema(tenantId, limit);
      const stored = await this.snapshots.store(tenantId, reading, under);
      if (stored.stored) return { state: 'discovered', ...stored };
      if (stored.reason === 'gone') return NOT_CONNECTED;
    }
    return SLOW;
  }
}

function discovered(snapshot: SchemaSnapshot): Discovery {
  return { state: 'discovered', snapshot, isNew: false };
}

function whyNot({ deferral: { cause, detail, retryAfterSeconds } }: CrmDeferredError): Discovery {
  if (cause === 'connection') return { state: 'not_connected', detail };
  if (cause === 'throttled') return { ...SLOW, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) };
  return {
    state: 'down',
    detail: 'HubSpot does not answer: try again in a moment',
    retryAfterSeconds: retryAfterSeconds ?? 5,
  };
}
