import {
  type AppCredentials,
  type AppEnvironment,
  createTestDatabase,
  makeAppEnvironment,
  type PortalOptions,
  redisUrl,
  type SpawnedProgram,
  startApi,
  type StartedApi,
  startSimulator,
  startWorker,
  type TestDatabase,
  type TestSimulator,
  waitFor,
} from '@app/testing';
import { createTenantApi, type TenantApi } from './tenant-api.js';

export interface HouseOptions {
  /** With it BullMQ runs on Redis. */
  redis?: boolean;
  /** Contacts seeded into the portal. Default none. */
  contacts?: number;
  settleSeconds?: number;
  /** Of API and worker. Default as in production. */
  logLevel?: string;
  portal?: PortalOptions;
  /** Further variables of API and worker. */
  env?: Readonly<Record<string, string>>;
}

/** API, worker, database and a simulated HubSpot portal, connected and enabled: the built programs, as in production. */
export interface House {
  api: StartedApi;
  tenant: TenantApi;
  credentials: AppCredentials;
  /** Of API and worker, for another process of them. */
  env: AppEnvironment;
  /** The portal's static token, that the tenant is connected by. */
  accessToken: string;
  /** In base64. */
  encryptionKey: string;
  simulator: TestSimulator;
  hubId: number;
  /** The API's address as its PUBLIC_URL has it. */
  publicUrl: string;
  database: TestDatabase;
  worker: () => SpawnedProgram;
  restartWorker: () => Promise<void>;
  /** Waits until nothing is pending. */
  settled: (options?: { timeoutMs?: number }) => Promise<void>;
  stop: () => Promise<void>;
}

export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const { redis = false, contacts = 0, settleSeconds = 2, logLevel, portal = {}, env: more = {} } = options;
  const [database, simulator] = await Promise.all([createTestDatabase(), startSimulator()]);
  const opened = await simulator.control.createPortal({ seed: { contacts, seed: 7 }, ...portal });
  const { env, credentials } = makeAppEnvironment({
    databaseUrl: database.url,
    redisUrl: redis ? redisUrl() : undefined,
    hubspotUrl: simulator.url,
    extra: { UNKNOWN_OUTCOME_SETTLE_SECONDS: String(settleSeconds), LOG_LEVEL: logLevel, ...more },
  });
  const [api, firstWorker] = await Promise.all([startApi({ env }), startWorker({ env })]);
  let worker = firstWorker;
  const tenant = createTenantApi(api.url, credentials.apiKey);
  await tenant.post('/integrations/hubspot/connect', { accessToken: opened.token });
  await tenant.post('/integrations/hubspot/enable', { mode: 'transcript', onNoMatch: 'create' });
  return {
    api,
    tenant,
    credentials,
    env,
    accessToken: opened.token,
    encryptionKey: env['ENCRYPTION_KEYS']?.split(':')[1] ?? '',
    simulator,
    database,
    hubId: opened.hubId,
    publicUrl: api.url.replace('127.0.0.1', 'localhost'),
    worker: () => worker,
    restartWorker: async () => {
      worker = await startWorker({ env });
    },
    settled: async ({ timeoutMs = 60_000 } = {}) => {
      await waitFor(async () => (await tenant.stats()).pending === 0, { timeoutMs, what: 'every delivery to settle' });
    },
    stop: async () => {
      await Promise.all([api.stop(), worker.stop(), simulator.stop()]);
      await database.drop();
    },
  };
}
