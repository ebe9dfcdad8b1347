import { type ChildProcess, spawn } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PlainFailure } from '../errors/plain-failure.ts';
import { Client } from 'pg';
import { errorCode } from '../errors/error-code.ts';
import { endChild, hasEnded } from '../processes/end.ts';
import { leash } from '../processes/leash.ts';
import type { PostgresHome } from './home.ts';
import { initialise, SUPERUSER } from './initialise.ts';

const POLL_MS = 40;

export interface ClusterOptions {
  port: number;
  superuserPassword: string;
  /** Appended to; the end of it is quoted when the server can't start. */
  logFile: string;
  /** `-c name=value` for the server. */
  settings?: Readonly<Record<string, string>>;
  /** Crash recovery of a big database takes a while, hence 60 s. */
  startTimeoutMs?: number;
  /** Gives a start up; nothing is left running then. */
  signal?: AbortSignal;
}

/** A running PostgreSQL server of our own. */
export interface Cluster {
  pid: number;
  /** As the superuser, on the database `postgres`. */
  adminUrl: string;
  /** Resolves when the server has ended, wanted or not. */
  ended: Promise<void>;
  /** Fast shutdown; past `timeoutMs` the immediate one, from which the next start recovers. */
  stop: (timeoutMs?: number) => Promise<void>;
  /** At once, as a second Ctrl-C asks. */
  kill: () => void;
}

/**
 * Starts a server on the home's data, which is made first when it isn't there, listening on 127.0.0.1 alone.
 * @throws with the end of the server's log when it doesn't come up.
 */
export async function startCluster(home: PostgresHome, options: ClusterOptions): Promise<Cluster> {
  await checkVersion(home);
  if ((await readVersion(home.data)) === undefined) await initialise(home, options);

  const log = await open(options.logFile, 'a', 0o600);
  const server = spawn(join(home.programs, 'bin', 'postgres'), serverArguments(home, options), {
    // The checkout may be out of the account's reach, its own data is not.
    cwd: home.data,
    // A session of its own: the terminal's Ctrl-C must reach the launcher alone, which stops things in order.
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    ...(home.account && { uid: home.account.uid, gid: home.account.gid }),
  });
  const release = server.pid === undefined ? undefined : leash(server.pid, ['INT', 'QUIT']);
  const ended = new Promise<void>((resolve) => {
    const finish = (): void => {
      release?.();
      void log.close();
      resolve();
    };
    server.once('exit', finish);
    server.once('error', finish);
  });

  const adminUrl = `postgres://${SUPERUSER}:${options.superuserPassword}@127.0.0.1:${options.port}/postgres`;
  try {
    await waitUntilReady(server, { adminUrl, timeoutMs: options.startTimeoutMs ?? 60_000, signal: options.signal });
  } catch (error) {
    server.kill('SIGQUIT');
    await ended;
    const reason = error instanceof Error ? error.message : String(error);
    throw new PlainFailure(`PostgreSQL did not start: ${reason}\n${await readEnd(options.logFile)}`, { cause: error });
  }
  return {
    pid: server.pid ?? 0,
    adminUrl,
    ended,
    stop: (timeoutMs = 10_000) => endChild(server, { signal: 'SIGINT', timeoutMs, thenSignal: 'SIGQUIT' }),
    kill: () => {
      server.kill('SIGQUIT');
    },
  };
}

function serverArguments(home: PostgresHome, { port, settings }: ClusterOptions): string[] {
  const all = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    // A socket file would be open to every user of the machine who can reach its folder, and nothing here uses one.
    unix_socket_directories: '',
    logging_collector: 'off',
    ...settings,
  };
  return ['-D', home.data, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

async function waitUntilReady(
  server: ChildProcess,
  { adminUrl, timeoutMs, signal }: { adminUrl: string; timeoutMs: number; signal?: AbortSignal },
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  let spawnError: Error | undefined;
  server.once('error', (error) => (spawnError = error));
  for (;;) {
    signal?.throwIfAborted();
    if (spawnError) throw spawnError;
    if (hasEnded(server)) throw new PlainFailure(`it ended with ${server.exitCode ?? server.signalCode}`);
    const answer = await tryConnect(adminUrl);
    if (answer === 'ready') return;
    if (answer === 'wrong password') {
      throw new PlainFailure(
        'its password is not the one in secrets.json: bring that file back, or delete the data to begin anew',
      );
    }
    if (Date.now() > deadline) throw new PlainFailure(`it was not ready within ${timeoutMs / 1000} s`);
    await delay(POLL_MS);
  }
}

async function tryConnect(url: string): Promise<'ready' | 'not yet' | 'wrong password'> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return 'ready';
  } catch (error) {
    // 28P01: invalid_password
    return errorCode(error) === '28P01' ? 'wrong password' : 'not yet';
  } finally {
    await client.end().catch(() => {});
  }
}

/** A data directory belongs to one major version; moving it to another is pg_upgrade's work, not a start's. */
async function checkVersion({ version, data }: PostgresHome): Promise<void> {
  const found = await readVersion(data);
  const [major] = version.split('.');
  if (found !== undefined && found !== major) {
    throw new PlainFailure(
      `The data in ${data} was written by PostgreSQL ${found}, and this is ${major}. Move it over with pg_upgrade, or ` +
        'delete it to begin with an empty database.',
    );
  }
}

async function readVersion(data: string): Promise<string | undefined> {
  const text = await readFile(join(data, 'PG_VERSION'), 'utf8').catch(() => undefined);
  return text?.trim();
}

async function readEnd(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-5).join('\n');
}
