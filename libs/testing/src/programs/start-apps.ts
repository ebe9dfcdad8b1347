import { randomBytes } from 'node:crypto';
import { findFreePort } from './free-port.js';
import { type SpawnedProgram, spawnProgram, untilReady } from './spawn-program.js';

/** Variables as in PRODUCT.md §10. */
export type AppEnvironment = Readonly<Record<string, string | undefined>>;

export interface StartedApi extends SpawnedProgram {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  url: string;
}

export interface EnvironmentOptions {
  databaseUrl: string;
  /** Left out: BullMQ runs on PostgreSQL. */
  redisUrl?: string;
  /** The simulator's address, for both of HubSpot's hosts. */
  hubspotUrl: string;
  /** Anything else, or other values. */
  extra?: AppEnvironment;
}

/** What an environment for API and worker was filled with. */
export interface AppCredentials {
  adminEmail: string;
  adminPassword: string;
  /** Of the bootstrap tenant, with all scopes. */
  apiKey: string;
}

/** An environment that API and worker of one test share: fresh secrets, a bootstrap tenant, an API key. */
export function makeAppEnvironment({ databaseUrl, redisUrl, hubspotUrl, extra }: EnvironmentOptions): {
  env: AppEnvironment;
  credentials: AppCredentials;
} {
  const credentials = {
    adminEmail: 'admin@tenant.example',
    adminPassword: randomBytes(12).toString('base64url'),
    apiKey: `tl_live_${randomBytes(32).toString('base64url')}`,
  };
  const env = {
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    HUBSPOT_API_URL: hubspotUrl,
    HUBSPOT_APP_URL: hubspotUrl,
    ENCRYPTION_KEYS: `test:${randomBytes(32).toString('base64')}`,
    SESSION_SECRET: randomBytes(32).toString('hex'),
    BOOTSTRAP_TENANT: 'Tenant',
    BOOTSTRAP_ADMIN_EMAIL: credentials.adminEmail,
    BOOTSTRAP_ADMIN_PASSWORD: credentials.adminPassword,
    BOOTSTRAP_API_KEY: credentials.apiKey,
    ...extra,
  };
  return { env, credentials };
}

/** Starts the built API on a free port; resolves when `/health/ready` answers 200. */
export async function startApi({ env }: { env: AppEnvironment }): Promise<StartedApi> {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const program = spawnProgram({
    entry: 'apps/api/src/main.js',
    env: { PUBLIC_URL: `http://localhost:${port}`, ...env, PORT: String(port) },
  });
  await untilReady(program, { what: 'the API', ready: async () => (await fetch(`${url}/health/ready`)).ok });
  return { ...program, url };
}

/** Starts the built worker, as it is run in production; resolves when it has logged `worker ready`. */
export async function startWorker({ env }: { env: AppEnvironment }): Promise<SpawnedProgram> {
  const nodeOptions = ['--max-semi-space-size=8', '--heap-growing-percent=40'];
  const program = spawnProgram({ entry: 'apps/worker/src/main.js', nodeOptions, env });
  await untilReady(program, {
    what: 'the worker',
    ready: () => program.lines().some((line) => line.includes('worker ready')),
  });
  return program;
}
