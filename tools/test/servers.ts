import { chmod, mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { findFreePort } from '../ports/free-port.ts';
import { type Cluster, startCluster } from '../postgres/cluster.ts';
import { settleHome } from '../postgres/home.ts';
import { identify, isRunning, type ProcessIdentity } from '../processes/identity.ts';
import { type RedisServer, startRedis } from './redis.ts';

/** What a run of the medium and e2e suites stands on. */
export interface TestServers {
  /** Holds everything of this run; deleted at its end unless a failed test's database is kept. */
  folder: string;
  cluster: Cluster;
  superuserPassword: string;
  redis: RedisServer;
}

export interface RunRecord {
  owner: ProcessIdentity;
  superuserPassword: string;
  /** Databases of failed tests, kept to be looked at. */
  kept?: string[];
}

export const RUN_PREFIX = 'threadline-test-';
const RECORD = 'run.json';
const KEEP_MS = 24 * 60 * 60 * 1000;

/** A crash of the machine may lose a test database, so nothing waits for the disk. */
const FAST_AND_LOSSY = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  autovacuum_naptime: '10s',
};

export async function startServers(): Promise<TestServers> {
  await sweep();
  const folder = await mkdtemp(join(tmpdir(), RUN_PREFIX));
  await chmod(folder, 0o711); // the account of PostgreSQL passes through when this is root
  const superuserPassword = randomBytes(18).toString('base64url');
  const owner = identify(process.pid) ?? { pid: process.pid, startedAt: 0 };
  await writeRecord(folder, { owner, superuserPassword });
  await mkdir(join(folder, 'redis'), { mode: 0o700 });
  const [cluster, redis] = await Promise.all([
    openCluster(folder, superuserPassword),
    startRedis({ folder: join(folder, 'redis'), port: await findFreePort() }),
  ]);
  return { folder, cluster, superuserPassword, redis };
}

export async function openCluster(folder: string, superuserPassword: string): Promise<Cluster> {
  const home = await settleHome(join(folder, 'postgres'));
  return startCluster(home, {
    port: await findFreePort(),
    superuserPassword,
    logFile: join(folder, 'postgres.log'),
    settings: FAST_AND_LOSSY,
  });
}

export async function readRecord(folder: string): Promise<RunRecord> {
  return JSON.parse(await readFile(join(folder, RECORD), 'utf8')) as RunRecord;
}

export async function writeRecord(folder: string, record: RunRecord): Promise<void> {
  await writeFile(join(folder, RECORD), JSON.stringify(record), { mode: 0o600 });
}

/** Removes a run's folder, and where its database had to live outside of it, that too. */
export async function removeRun(folder: string): Promise<void> {
  const home = await realpath(join(folder, 'postgres')).catch(() => undefined);
  if (home) await rm(home, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
}

/** Folders of runs that were killed, and databases kept for longer than a day. */
async function sweep(): Promise<void> {
  for (const entry of await readdir(tmpdir())) {
    if (!entry.startsWith(RUN_PREFIX)) continue;
    const folder = join(tmpdir(), entry);
    const record = await readRecord(folder).catch(() => undefined);
    // Another run may sweep at the same moment.
    const found = await stat(folder).catch(() => undefined);
    if (found === undefined) continue;
    const age = Date.now() - found.mtimeMs;
    if (record && !isRunning(record.owner) && (record.kept === undefined || age > KEEP_MS)) await removeRun(folder);
  }
}
