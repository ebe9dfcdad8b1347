import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { APP_ROLE } from '../database/app-role.js';
import type { Logger } from '../logging/logger.js';

export interface ListenerOptions {
  /** As DATABASE_URL: a connection of its own, since a pool's may be anyone's in the next moment. */
  url: string;
  applicationName: string;
  channel: string;
  logger: Logger;
  onNotice: (payload: string) => void;
  /** The connection was lost and is back: what was told meanwhile is not told again. */
  onGap: () => void;
}

/** How soon after a loss the next attempt is made, at first and at most. */
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;

/** A connection that only listens never fails by itself when its peer vanishes. */
const PROBE_EVERY_MS = 20_000;
const PROBE_TIMEOUT_MS = 5_000;

/** Hears what PostgreSQL notifies on one channel: one connection for a whole process, opened again whenever it is lost. */
export class Listener {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(private readonly options: ListenerOptions) {}

  /** Resolves when the first attempt to listen is over; a database that is away is waited for in the background. */
  async start(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.running = this.run(resolve);
    });
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(onFirst: () => void): Promise<void> {
    const { signal } = this.stopping;
    let pause = FIRST_PAUSE_MS;
    let hasListened = false;
    while (!signal.aborted) {
      const client = this.makeClient();
      const { promise: lost, resolve: onLost } = Promise.withResolvers<void>();
      client.once('end', onLost);
      // One loss may be told more than once, and an error that nobody hears ends the process.
      client.on('error', () => onLost());
      const giveUp = (): void => onLost();
      signal.addEventListener('abort', giveUp);
      try {
        await client.connect();
        client.on('notification', ({ payload }) => this.options.onNotice(payload ?? ''));
        await client.query(`LISTEN ${client.escapeIdentifier(this.options.channel)}`);
        if (hasListened) this.options.onGap();
        hasListened = true;
        pause = FIRST_PAUSE_MS;
        onFirst();
        await Promise.race([lost, this.probe(client)]);
      } catch (error) {
        this.options.logger.warn({ err: error }, 'the database can’t be listened to; it is tried again');
      }
      onFirst();
      signal.removeEventListener('abort', giveUp);
      await client.end().catch(() => undefined);
      if (!signal.aborted) await sleep(pause, undefined, { signal }).catch(() => undefined);
      pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
    }
  }

  private makeClient(): Client {
    return new Client({
      connectionString: this.options.url,
      application_name: this.options.applicationName,
      options: `-c role=${APP_ROLE}`,
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
      query_timeout: PROBE_TIMEOUT_MS,
    });
  }

  /** Ends when the connection no longer answers. */
  private async probe(client: Client): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await sleep(PROBE_EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
      if (!signal.aborted) await client.query('SELECT 1');
    }
  }
}
