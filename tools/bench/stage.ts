import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENTRIES } from '../build/build.ts';
import { findFreePort } from '../ports/free-port.ts';
import { type Cluster, startCluster } from '../postgres/cluster.ts';
import { settleHome } from '../postgres/home.ts';
import { provisionDatabase } from '../postgres/provision.ts';
import { type RedisServer, startRedis } from '../test/redis.ts';
import { type Running, run } from './program.ts';
import { Simulator } from './simulator.ts';
import { UsageMeter } from './usage.ts';

/** What every part stands on: one PostgreSQL, one Redis and one simulator for the whole run. */
export interface Stage {
  root: string;
  folder: string;
  simulator: Simulator;
  meter: UsageMeter;
  /** A fresh database. Two addresses: the product's role, and the superuser, to look behind row-level security. */
  makeDatabase: () => Promise<{ url: string; adminUrl: string }>;
  /** An empty Redis database. */
  makeRedisUrl: () => string;
  /** A process of the product or of the benchmark, whose usage is counted under its name. */
  start: (name: string, options: StartOptions) => Promise<Running>;
  /** Ends what a part that failed has left running. */
  clear: () => Promise<void>;
  stop: () => Promise<void>;
}

interface StartOptions {
  /** Below the checkout. */
  entry: string;
  /** Node's own options. */
  nodeOptions?: readonly string[];
  args?: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  ready: { says: string } | { answers: string };
}

/**
 * PostgreSQL runs as it comes, with fsync and synchronous commits: what is acknowledged is on the disk. Only its number of
 * connections is raised, since several parts' programs may overlap.
 */
const POSTGRES_SETTINGS = { max_connections: '200' };

export async function openStage(root: string): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'threadline-bench-'));
  await chmod(folder, 0o711); // the account of PostgreSQL passes through when this is root
  await mkdir(join(folder, 'redis'), { mode: 0o700 });
  const meter = new UsageMeter();
  const running = new Set<Running>();
  let simulatorPid: number | undefined;
  let cluster: Cluster | undefined;
  let redis: RedisServer | undefined;
  let programs = 0;
  let databases = 0;
  let redisDatabases = 0;

  const clear = async (): Promise<void> => {
    const parts = Array.from(running).filter(({ pid }) => pid !== simulatorPid);
    await Promise.all(parts.map((program) => program.stop()));
    for (const program of parts) running.delete(program);
  };
  const stop = async (): Promise<void> => {
    meter.stop();
    await Promise.all(Array.from(running, (program) => program.stop()));
    await Promise.all([redis?.stop(), cluster?.stop()]);
    const home = await realpath(join(folder, 'postgres')).catch(() => undefined);
    if (home) await rm(home, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  };
  const start = async (
    name: string,
    { entry, nodeOptions = [], args = [], env, ready }: StartOptions,
  ): Promise<Running> => {
    programs += 1;
    const program = await run({
      name,
      args: [...nodeOptions, join(root, entry), ...args],
      cwd: root,
      env,
      logFile: join(folder, `${programs}-${name}.log`),
      ready,
    });
    running.add(program);
    meter.track(name, program.pid);
    return {
      pid: program.pid,
      stop: async () => {
        await program.stop();
        running.delete(program);
      },
    };
  };

  try {
    const superuserPassword = randomBytes(18).toString('base64url');
    const password = randomBytes(18).toString('base64url');
    const simulatorPort = await findFreePort();
    const simulatorUrl = `http://127.0.0.1:${simulatorPort}`;
    let simulator: Running;
    [cluster, redis, simulator] = await Promise.all([
      startCluster(await settleHome(join(folder, 'postgres')), {
        port: await findFreePort(),
        superuserPassword,
        logFile: join(folder, 'postgres.log'),
        settings: POSTGRES_SETTINGS,
      }),
      startRedis({ folder: join(folder, 'redis'), port: await findFreePort() }),
      start('simulator', {
        entry: ENTRIES.simulator,
        env: { SIMULATOR_PORT: String(simulatorPort), SIMULATOR_HOST: '127.0.0.1' },
        ready: { answers: `${simulatorUrl}/health` },
      }),
    ]);
    simulatorPid = simulator.pid;
    meter.track('postgresql', cluster.pid, { withChildren: true });
    const { adminUrl } = cluster;
    const redisAddress = redis.url;
    return {
      root,
      folder,
      simulator: new Simulator(simulatorUrl),
      meter,
      start,
      clear,
      stop,
      makeRedisUrl: () => `${redisAddress}/${redisDatabases++}`,
      makeDatabase: async () => {
        const database = `bench_${databases++}`;
        const own = new URL(adminUrl);
        own.pathname = `/${database}`;
        return { url: await provisionDatabase(adminUrl, { database, password }), adminUrl: own.href };
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
