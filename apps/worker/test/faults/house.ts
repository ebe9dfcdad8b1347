import { setTimeout as sleep } from 'node:timers/promises';
import { Database, newId, readConfig, systemClock } from '@app/platform';
import { ConnectionRepository, EnsureTenant, newApiKey, Vault } from '@app/tenants';
import {
  makeAppEnvironment,
  type PortalOptions,
  type SpawnedProgram,
  startApi,
  type StartedApi,
  startSimulator,
  startWorker,
  type TestSimulator,
  waitFor,
} from '@app/testing';
import { createTenantApi, type TenantApi } from '../tenant-api.js';

export interface HouseOptions {
  databaseUrl: string;
  /** With it BullMQ runs on Redis. */
  redisUrl?: string;
  workers?: number;
  /** Must outlast HTTP time-out, late commit and search lag together, as in production. Default 20, for 3 + 4 + 10. */
  settleSeconds?: number;
}

export interface TenantOptions {
  portal?: PortalOptions;
  /** Connected by OAuth instead of a static token. */
  oauth?: boolean;
  /** How late what is written from now on shows in searches. Default as late as HubSpot has been seen to be. */
  searchLagMs?: number;
}

/** How long an answer of the simulator is waited for. */
export const TIMEOUT_SECONDS = 3;
const SETTLE_SECONDS = 20;
/** Letting go takes a worker two seconds by design, and a busy machine longer; one that never would is found out all the same. */
const STOP_WITHIN_SECONDS = 20;
const KILL_AFTER_MS = 40_000;
const REDIRECT_URI = 'http://localhost/callback';

/** A tenant with an active connection to a portal of its own. */
export interface Tenant {
  hubId: number;
  /** Calls that HubSpot allows in any 10 s. */
  burst: number;
  /** Of the API as it runs now: its port changes with a restart. */
  api: () => TenantApi;
}

/** The built programs, as in production, and what befalls them. */
export interface House {
  simulator: TestSimulator;
  openTenant: (options?: TenantOptions) => Promise<Tenant>;
  /** `kill -9`, and again a new process, as an init system would. Resolves when the old one is gone. */
  killWorker: (index: number) => Promise<void>;
  killWorkers: () => Promise<void>;
  /** SIGTERM to all, as a deployment does, and new ones in their place. One that can't let go in time counts as a crash. */
  stopWorkers: () => Promise<void>;
  workerCount: number;
  /** `kill -9`; resolves when the next one is ready. */
  killApi: () => Promise<void>;
  /** Programs that ended although nobody ended them, with their last words. */
  crashes: () => string[];
  stop: () => Promise<void>;
}

/** Seeded people, and limits as HubSpot has them. */
const PORTAL: PortalOptions = { seed: { contacts: 200, seed: 7 } };
const SEARCH_LAG_MS = 10_000;

export async function openHouse(options: HouseOptions): Promise<House> {
  const { databaseUrl, redisUrl, workers: workerCount = 3, settleSeconds = SETTLE_SECONDS } = options;
  const simulator = await startSimulator();
  const app = { clientId: newId(), clientSecret: newId() };
  await simulator.control.call('POST', '/apps', { ...app, redirectUrls: [REDIRECT_URI], requiredScopes: SCOPES });
  const { env } = makeAppEnvironment({
    databaseUrl,
    redisUrl,
    hubspotUrl: simulator.url,
    extra: {
      HUBSPOT_CLIENT_ID: app.clientId,
      HUBSPOT_CLIENT_SECRET: app.clientSecret,
      HUBSPOT_TIMEOUT_SECONDS: String(TIMEOUT_SECONDS),
      UNKNOWN_OUTCOME_SETTLE_SECONDS: String(settleSeconds),
      STOP_WITHIN_SECONDS: String(STOP_WITHIN_SECONDS),
    },
  });
  let stopped = false;
  const ending = new Set<number>();
  const crashes: string[] = [];
  const kill = (program: SpawnedProgram): Promise<unknown> => {
    ending.add(program.pid);
    return program.kill('SIGKILL');
  };
  const watch = async (program: SpawnedProgram): Promise<void> => {
    const { code, signal } = await program.exited;
    if (stopped || ending.has(program.pid)) return;
    crashes.push(`a program ended by itself (${signal ?? code}): ${program.lines().slice(-3).join(' ')}`);
  };
  /** A start may fall into the moment at which its database is away. */
  const startAgain = async <T extends SpawnedProgram>(start: () => Promise<T>): Promise<T> => {
    for (let tries = 1; ; tries += 1) {
      try {
        const program = await start();
        void watch(program);
        return program;
      } catch (error) {
        if (stopped || tries === 20) throw error;
        await sleep(500);
      }
    }
  };
  let api = await startAgain(() => startApi({ env }));
  const workers = await Promise.all(Array.from({ length: workerCount }, () => startAgain(() => startWorker({ env }))));
  const starting = new Set<Promise<unknown>>();

  const replaceWorker = async (): Promise<void> => {
    const started = await startAgain(() => startWorker({ env }));
    if (stopped) await kill(started);
    else workers.push(started);
  };
  const replaced = async (index: number, end: (worker: SpawnedProgram) => Promise<unknown>): Promise<void> => {
    const worker = workers[index];
    // One that is still starting has nothing to lose.
    if (worker === undefined) return;
    workers.splice(index, 1);
    await end(worker);
    const next = replaceWorker();
    starting.add(next);
    void next.catch(() => {}).finally(() => starting.delete(next));
  };
  const all = async (end: (worker: SpawnedProgram) => Promise<unknown>): Promise<void> => {
    const indexes = workers.map((_, index) => index).reverse();
    await Promise.all(indexes.map((index) => replaced(index, end)));
  };
  const stop = async (program: SpawnedProgram): Promise<void> => {
    ending.add(program.pid);
    await program.stop({ timeoutMs: KILL_AFTER_MS });
    const late = program.lines().filter((line) => line.includes('stopping took too long'));
    if (late.length > 0) crashes.push(`a worker did not let go when it was stopped: ${late.join(' ')}`);
  };

  return {
    simulator,
    openTenant: async ({ portal = {}, oauth = false, searchLagMs = SEARCH_LAG_MS } = {}) => {
      const made = await simulator.control.createPortal({ ...PORTAL, ...portal });
      const apiKey = newApiKey();
      const tenant: Tenant = {
        hubId: made.hubId,
        burst: oauth ? 110 : 100,
        api: () => createTenantApi(api.url, apiKey),
      };
      const database = await connectPatiently(databaseUrl);
      try {
        const account = { adminEmail: `${newId()}@x.test`, adminPassword: 'password', apiKey };
        const tenantId = await new EnsureTenant(database).execute({ tenant: newId(), ...account });
        if (oauth) {
          const vault = new Vault(readConfig({ ...env }).encryptionKeys);
          const connections = new ConnectionRepository(database, vault, systemClock);
          const connection = { kind: 'oauth', portalId: String(made.hubId) } as const;
          await connections.connect(tenantId, connection, await grantTokens(simulator, made.hubId, app));
        } else await tenant.api().post('/integrations/hubspot/connect', { accessToken: made.token });
      } finally {
        await database.close();
      }
      await tenant.api().post('/integrations/hubspot/enable', { mode: 'transcript', onNoMatch: 'create' });
      const { body } = await tenant.api().get<{ status: string }>('/integrations/hubspot');
      if (body.data.status !== 'active') throw new Error(`The tenant is ${body.data.status}`);
      await simulator.control.changePortal(made.hubId, { searchLagMs });
      await simulator.control.resetStats(made.hubId);
      return tenant;
    },
    killWorker: (index) => replaced(index, kill),
    killWorkers: () => all(kill),
    stopWorkers: () => all(stop),
    workerCount,
    killApi: async () => {
      await kill(api);
      api = await startAgain<StartedApi>(() => startApi({ env }));
    },
    crashes: () => crashes,
    stop: async () => {
      stopped = true;
      await Promise.allSettled(starting);
      await Promise.all([api.stop(), ...workers.map((worker) => worker.stop()), simulator.stop()]);
    },
  };
}

/** The programs under test may keep the machine busy for longer than one attempt waits. */
function connectPatiently(url: string): Promise<Database> {
  return waitFor(() => Database.connect({ url, applicationName: 'test' }), {
    timeoutMs: 60_000,
    what: 'the database to take a connection',
  });
}

const SCOPES = [
  'oauth',
  'crm.objects.contacts.read',
  'crm.objects.contacts.write',
  'crm.schemas.contacts.read',
  'crm.objects.owners.read',
];

/** Tokens as the consent page's code buys them. */
async function grantTokens(
  simulator: TestSimulator,
  hubId: number,
  { clientId, clientSecret }: { clientId: string; clientSecret: string },
) {
  const { code } = await simulator.control.call<{ code: string }>('POST', `/portals/${hubId}/grant`, { clientId });
  const response = await fetch(`${simulator.url}/oauth/2026-09/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uri: REDIRECT_URI,
      code,
    }),
  });
  const tokens = (await response.json()) as { access_token: string; refresh_token: string; expires_in: number };
  const expiresAt = new Date(Date.now() + tokens.expires_in * 1000);
  const renewAt = new Date(expiresAt.getTime() - 60_000);
  return { accessToken: tokens.access_token, refreshToken: tokens.refresh_token, expiresAt, renewAt };
}

/** Waits until nothing is pending, as long as `timeoutMs`. */
export async function settled({ api }: Tenant, { timeoutMs }: { timeoutMs: number }): Promise<void> {
  await waitFor(async () => (await api().stats()).pending === 0, {
    timeoutMs,
    intervalMs: 250,
    what: 'every delivery to settle',
  });
}
