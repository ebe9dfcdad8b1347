import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { type SpawnedProgram, spawnProgram, untilReady } from '../programs/spawn-program.js';
import { waitFor } from '../waiting/wait-for.js';

type ServerName = 'postgres' | 'redis';

/** A PostgreSQL and a Redis of this suite alone, that come up again whenever they end. */
export interface FaultServers {
  redisUrl: string;
  /** An empty database for an installation of its own. */
  createDatabase: () => Promise<string>;
  /** The signal goes to the server; resolves when its successor answers. */
  restart: (server: ServerName, signal: NodeJS.Signals) => Promise<void>;
  /** `kill -9` of one process that serves a connection: PostgreSQL ends all of them and recovers. @returns when it has. */
  killBackend: (database: string) => Promise<void>;
  /** Holds Redis still, so that whoever talks to it waits, until it is let go. */
  holdRedis: () => () => void;
  flushRedis: () => Promise<void>;
  stop: () => Promise<void>;
}

export async function startFaultServers(): Promise<FaultServers> {
  const program = spawnProgram({ entry: 'tools/faults/servers.ts', folder: '.', env: {} });
  const now = (server: ServerName) => startsOf(program, server).at(-1);
  await untilReady(program, { what: 'the servers', ready: () => now('postgres') && now('redis') });
  const get = (server: ServerName): { pid: number; url: string } => {
    const started = now(server);
    if (started === undefined) throw new Error(`${server} has not started`);
    return started;
  };
  const adminUrl = get('postgres').url;
  const password = await createRole(adminUrl);
  const afterRestart = async (server: ServerName, end: () => unknown): Promise<void> => {
    const before = startsOf(program, server).length;
    await end();
    const what = `${server} to come up again`;
    await waitFor(() => startsOf(program, server).length > before, { timeoutMs: 30_000, what });
  };
  return {
    redisUrl: get('redis').url,
    createDatabase: () => createDatabase(adminUrl, password),
    restart: (server, signal) => afterRestart(server, () => process.kill(get(server).pid, signal)),
    killBackend: async (database) => {
      const name = new URL(database).pathname.slice(1);
      // After the last fault the workers may still be on their way back.
      const pid = await waitFor(() => findBackend(adminUrl, name), { timeoutMs: 20_000, what: 'a worker to connect' });
      process.kill(pid, 'SIGKILL');
      // The postmaster itself stays; it takes connections again when it has recovered.
      await waitFor(() => findBackend(adminUrl, name).then(() => true), {
        timeoutMs: 30_000,
        what: 'PostgreSQL to recover',
      });
    },
    holdRedis: () => {
      const { pid } = get('redis');
      process.kill(pid, 'SIGSTOP');
      return () => void process.kill(pid, 'SIGCONT');
    },
    flushRedis: async () => {
      const redis = new Redis(get('redis').url, { maxRetriesPerRequest: 1 });
      await redis.flushall();
      redis.disconnect();
    },
    stop: async () => {
      await program.stop({ timeoutMs: 15_000 });
    },
  };
}

function startsOf(program: SpawnedProgram, name: ServerName): { pid: number; url: string }[] {
  return program
    .logs()
    .flatMap(({ server, pid, url }) => (server === name ? [{ pid: Number(pid), url: String(url) }] : []));
}

/** One that is at work, if there is one. */
async function findBackend(adminUrl: string, database: string): Promise<number | undefined> {
  const { rows } = await execute(adminUrl, (client) =>
    client.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE datname = $1 AND application_name IN ('threadline-worker', 'test')
       ORDER BY state = 'active' DESC, random() LIMIT 1`,
      [database],
    ),
  );
  return rows[0]?.pid;
}

/** One role for all of them, as an operator makes it: may log in and make roles, is no superuser. The programs migrate. */
async function createRole(adminUrl: string): Promise<string> {
  const password = randomBytes(18).toString('hex');
  await execute(adminUrl, (client) => client.query(`CREATE ROLE threadline LOGIN CREATEROLE PASSWORD '${password}'`));
  return password;
}

async function createDatabase(adminUrl: string, password: string): Promise<string> {
  const name = `faults_${randomBytes(6).toString('hex')}`;
  await execute(adminUrl, (client) => client.query(`CREATE DATABASE ${name} OWNER threadline`));
  const url = new URL(adminUrl);
  url.username = 'threadline';
  url.password = password;
  url.pathname = `/${name}`;
  return url.href;
}

async function execute<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // A server that is about to be killed takes this connection with it.
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}
