import { type Database, Listener, type Logger, newId } from '@app/platform';
import { EVENTS_CHANNEL, readTenantEvent, type TenantEvent } from './tenant-event.js';

/** Someone who wants to hear. `onGap`: something may have been missed, so whatever is shown is to be read anew. */
export interface TenantEventsListener {
  onEvent: (event: TenantEvent) => void;
  onGap: () => void;
}

interface WatchedTenant {
  listeners: Set<TenantEventsListener>;
  said: Promise<unknown>;
}

/** A process says so often that it still watches a tenant, and is believed for so long. */
const WATCH_EVERY_MS = 20_000;
const WATCH_SECONDS = 60;

/** With less left than this, a watch counts as run out: it could do so before its renewal is committed. */
const MARGIN_SECONDS = 10;

/** A transaction that had looked who watches before the first one came may commit so much later. */
const STRAGGLER_MS = 2_000;

/**
 * What happens in a tenant's data, as it is committed, whichever process did it. PostgreSQL tells it to one connection of
 * each process, and this hands it on to whoever listens here. Most is told only of tenants that somebody watches.
 */
export class TenantEvents {
  private readonly watchers = new Map<string, WatchedTenant>();
  /** Of all tenants: what a process remembers of them must not be stale, whoever looks on. */
  private readonly everywhere = new Set<TenantEventsListener>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly processId = newId();
  private readonly listener: Listener;
  private readonly watchEveryMs: number;
  private watching: NodeJS.Timeout | undefined;

  /** @param options.watchEveryMs how often a watch is renewed; by default a third of the time for which it is believed. */
  constructor(
    private readonly database: Database,
    private readonly logger: Logger,
    options: { databaseUrl: string; applicationName: string; watchEveryMs?: number },
  ) {
    const { databaseUrl, applicationName, watchEveryMs = WATCH_EVERY_MS } = options;
    this.watchEveryMs = watchEveryMs;
    this.listener = new Listener({
      url: databaseUrl,
      applicationName,
      channel: EVENTS_CHANNEL,
      logger,
      onNotice: (payload) => this.tell(payload),
      onGap: () => void this.resume(),
    });
  }

  async start(): Promise<void> {
    await this.listener.start();
    this.watching = setInterval(() => void this.watchAll(), this.watchEveryMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.watching);
    for (const timer of this.timers) clearTimeout(timer);
    await this.listener.stop();
  }

  /** Hears the rare events that are told of every tenant: connections, options, contacts, sessions. */
  listenEverywhere(listener: TenantEventsListener): void {
    this.everywhere.add(listener);
  }

  /** From its resolution on nothing of this tenant is missed without `onGap`. @returns how to stop hearing. */
  async watch(tenantId: string, listener: TenantEventsListener): Promise<() => void> {
    const watched = this.watchers.get(tenantId) ?? this.beginWatching(tenantId);
    watched.listeners.add(listener);
    // The row that says so is left to run out: it costs a few notifications, and nobody who comes back meets its removal.
    const stop = (): void => {
      watched.listeners.delete(listener);
      if (watched.listeners.size === 0 && this.watchers.get(tenantId) === watched) this.watchers.delete(tenantId);
    };
    try {
      await watched.said;
    } catch (error) {
      stop();
      throw error;
    }
    return stop;
  }

  private beginWatching(tenantId: string): WatchedTenant {
    const watched: WatchedTenant = { listeners: new Set(), said: this.sayWatching(tenantId) };
    this.watchers.set(tenantId, watched);
    this.expectStragglers(watched);
    return watched;
  }

  private expectStragglers({ listeners }: WatchedTenant): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      for (const each of listeners) each.onGap();
    }, STRAGGLER_MS);
    this.timers.add(timer);
  }

  private tell(payload: string): void {
    const event = readTenantEvent(payload);
    if (event === undefined) return;
    for (const listener of this.everywhere) listener.onEvent(event);
    for (const listener of this.watchers.get(event.tenantId)?.listeners ?? []) listener.onEvent(event);
  }

  /** After a loss: what was unlogged is gone if the server had crashed, and what was told meanwhile is lost. */
  private async resume(): Promise<void> {
    await this.watchAll();
    for (const listener of this.everywhere) listener.onGap();
    for (const { listeners } of this.watchers.values()) for (const listener of listeners) listener.onGap();
  }

  private async watchAll(): Promise<void> {
    for (const [tenantId, watched] of this.watchers) {
      try {
        if (!(await this.sayWatching(tenantId))) this.beginAnew(watched);
      } catch (error) {
        this.complain(error);
      }
    }
  }

  /** The watch had run out, as of a process that stood still, or of a database that was away: nothing was told since. */
  private beginAnew(watched: WatchedTenant): void {
    for (const each of watched.listeners) each.onGap();
    this.expectStragglers(watched);
  }

  /** @returns whether what was said before is believed until this is committed. A gap too many costs a reading, no event. */
  private async sayWatching(tenantId: string): Promise<boolean> {
    return this.database.withTenant(tenantId, async (tx) => {
      await tx.query('DELETE FROM watched_tenants WHERE tenant_id = $1 AND until < now()', [tenantId]);
      // The row's old version is what the statement began with. By the clock, not by when this transaction began: a row may
      // have run out since.
      const [said] = await tx.query<{ wasBelieved: boolean }[]>(
        `INSERT INTO watched_tenants (tenant_id, process_id, until)
         VALUES ($1, $2, now() + make_interval(secs => $3))
         ON CONFLICT (tenant_id, process_id) DO UPDATE SET until = EXCLUDED.until
         RETURNING EXISTS (
           SELECT FROM watched_tenants w WHERE w.tenant_id = $1 AND w.process_id = $2
             AND w.until > clock_timestamp() + make_interval(secs => $4)
         ) AS "wasBelieved"`,
        [tenantId, this.processId, WATCH_SECONDS, MARGIN_SECONDS],
      );
      return said?.wasBelieved === true;
    });
  }

  private complain(error: unknown): void {
    this.logger.warn({ err: error }, 'a tenant’s watch could not be renewed; it is tried again');
  }
}
