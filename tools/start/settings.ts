import { resolve } from 'node:path';
import { PlainFailure } from '../errors/plain-failure.ts';

/** What this start is to be, read from the command line and the environment (PRODUCT.md §10). */
export interface Settings {
  /** The checkout. */
  root: string;
  dataDir: string;
  watch: boolean;
  /** NODE_ENV: no secrets are made up, no demo, no simulator. */
  production: boolean;
  port: number;
  publicUrl: string;
  /** Set: the simulator must have exactly this port. */
  simulatorPort?: number;
  /** Undefined: an embedded PostgreSQL is started. */
  databaseUrl?: string;
  /** A simulated HubSpot is started and used. */
  simulated: boolean;
  /** Tenants, sign-ins and a key to try things with are made. */
  demo: boolean;
}

/** @throws PlainFailure naming the variable or argument that can't be used. */
export function readSettings(root: string, args: readonly string[], env: NodeJS.ProcessEnv): Settings {
  const unknown = args.find((argument) => argument !== '--watch');
  if (unknown !== undefined) throw new PlainFailure(`${unknown} is not an option. There is one: --watch.`);
  const production = env['NODE_ENV'] === 'production';
  const port = readPort(env, 'PORT') ?? 3000;
  return {
    root,
    dataDir: resolve(root, read(env, 'THREADLINE_DATA_DIR') ?? '.data'),
    production,
    watch: args.includes('--watch'),
    port,
    publicUrl: read(env, 'PUBLIC_URL') ?? `http://localhost:${port}`,
    simulatorPort: readPort(env, 'SIMULATOR_PORT'),
    databaseUrl: read(env, 'DATABASE_URL'),
    simulated: !production && !read(env, 'HUBSPOT_CLIENT_ID') && !read(env, 'HUBSPOT_API_URL'),
    demo: !production && !read(env, 'BOOTSTRAP_TENANT'),
  };
}

function readPort(env: NodeJS.ProcessEnv, name: string): number | undefined {
  const text = read(env, name);
  if (text === undefined) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new PlainFailure(`${name} must be a port from 1 to 65535.`);
}

function read(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === '' ? undefined : value;
}
