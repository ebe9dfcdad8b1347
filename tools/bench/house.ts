import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { ENTRIES } from '../build/build.ts';
import { PlainFailure } from '../errors/plain-failure.ts';
import { findFreePort } from '../ports/free-port.ts';
import type { Running } from './program.ts';
import type { SimulatedApp } from './simulator.ts';
import type { Stage } from './stage.ts';
import type { Tenant } from './tenant.ts';

/** What BullMQ's wake-ups travel through. */
export const BACKENDS = ['postgresql', 'redis'] as const;

export type Backend = (typeof BACKENDS)[number];

/** API and workers on a database, as in production but for their rate limits. */
export interface House {
  tenant: Tenant;
  admin: { email: string; password: string };
  publicUrl: string;
  env: Readonly<Record<string, string | undefined>>;
  /** Of the database, as the superuser. */
  adminUrl: string | undefined;
  api: Running;
  startWorker: () => Promise<Running>;
  /** Of all tenants. */
  countDeliveries: () => Promise<Deliveries>;
  /** Nothing that waits is due any more, so that workers come up beside a backlog without beginning it. */
  holdBack: () => Promise<void>;
  /** Everything that waits is due; the workers' sweep finds it within seconds. */
  letGo: () => Promise<void>;
  /** Waits until nothing is under way any more. @throws when nothing was settled for two minutes. */
  settled: (options?: { onCount?: (counted: Deliveries) => void }) => Promise<Deliveries>;
  stop: () => Promise<void>;
}

export interface Deliveries {
  written: number;
  /** Pending or being delivered. */
  open: number;
  skipped: number;
  failed: number;
}

const POLL_MS = 200;
const STUCK_AFTER_MS = 120_000;

/** The documented limits, set where no run can reach them: 16,000 requests a second. */
const NO_RATE_LIMITS = { RATE_LIMIT_PER_CALLER: '1000000', RATE_LIMIT_PER_ADDRESS: '1000000' };

/** As in production: apps/worker/README.md. */
const WORKER_MEMORY = ['--max-semi-space-size=8', '--heap-growing-percent=40'];

export async function openHouse(
  stage: Stage,
  {
    backend,
    app,
    port,
    on,
  }: {
    backend: Backend;
    app?: SimulatedApp;
    /** Of the API; a free one when left out. */
    port?: number;
    /** A house of before, whose database and secrets this one goes on with. */
    on?: House;
  },
): Promise<House> {
  const listen = port ?? (await findFreePort());
  const publicUrl = `http://localhost:${listen}`;
  const database = on === undefined ? await stage.makeDatabase() : undefined;
  const admin = on?.admin ?? { email: 'admin@tenant.example', password: randomBytes(12).toString('base64url') };
  const apiKey = on?.tenant.apiKey ?? `tl_live_${randomBytes(32).toString('base64url')}`;
  const env = {
    ...(on?.env ?? {
      DATABASE_URL: database?.url,
      ENCRYPTION_KEYS: `bench:${randomBytes(32).toString('base64')}`,
      SESSION_SECRET: randomBytes(32).toString('hex'),
      HUBSPOT_API_URL: stage.simulator.url,
      HUBSPOT_APP_URL: stage.simulator.url,
      ...(app && { HUBSPOT_CLIENT_ID: app.clientId, HUBSPOT_CLIENT_SECRET: app.clientSecret }),
      BOOTSTRAP_TENANT: 'Tenant',
      BOOTSTRAP_ADMIN_EMAIL: admin.email,
      BOOTSTRAP_ADMIN_PASSWORD: admin.password,
      BOOTSTRAP_API_KEY: apiKey,
      ...NO_RATE_LIMITS,
    }),
    REDIS_URL: backend === 'redis' ? stage.makeRedisUrl() : undefined,
    PUBLIC_URL: publicUrl,
    PORT: String(listen),
  };
  const url = `http://127.0.0.1:${listen}`;
  const api = await stage.start('api', { entry: ENTRIES.api, env, ready: { answers: `${url}/health/ready` } });
  const adminUrl = on?.adminUrl ?? database?.adminUrl;
  const observer = new Client({ connectionString: adminUrl });
  observer.on('error', () => {}); // after a part that failed, the server ends before it
  await observer.connect();
  const workers = new Set<Running>();
  const countDeliveries = async (): Promise<Deliveries> => {
    const { rows } = await observer.query<{ status: string; count: number }>(
      'SELECT status, count(*)::int AS count FROM deliveries GROUP BY status',
    );
    const of = (status: string): number => rows.find((row) => row.status === status)?.count ?? 0;
    return {
      written: of('written'),
      open: of('pending') + of('delivering'),
      skipped: of('skipped'),
      failed: of('failed'),
    };
  };
  return {
    tenant: { url, apiKey },
    admin,
    publicUrl,
    env,
    adminUrl,
    api,
    countDeliveries,
    holdBack: async () => {
      await observer.query(`UPDATE deliveries SET due_at = now() + interval '1 day' WHERE status = 'pending'`);
    },
    letGo: async () => {
      await observer.query(`UPDATE deliveries SET due_at = now() WHERE status = 'pending'`);
    },
    startWorker: async () => {
      const worker = await stage.start('worker', {
        entry: ENTRIES.worker,
        nodeOptions: WORKER_MEMORY,
        env,
        ready: { says: 'worker ready' },
      });
      workers.add(worker);
      return worker;
    },
    settled: async ({ onCount } = {}) => {
      let open = Number.POSITIVE_INFINITY;
      let stuckAt = Date.now() + STUCK_AFTER_MS;
      for (;;) {
        const counted = await countDeliveries();
        onCount?.(counted);
        if (counted.open === 0) return counted;
        if (counted.open < open) stuckAt = Date.now() + STUCK_AFTER_MS;
        if (Date.now() > stuckAt) throw new PlainFailure(`Nothing moves any more: ${JSON.stringify(counted)}`);
        open = counted.open;
        await delay(POLL_MS);
      }
    },
    stop: async () => {
      await Promise.all(Array.from(workers, (worker) => worker.stop()));
      await api.stop();
      await observer.end();
    },
  };
}
