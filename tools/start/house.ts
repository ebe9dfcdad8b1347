import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ENTRIES } from '../build/build.ts';
import { type Cluster, startCluster } from '../postgres/cluster.ts';
import { type PostgresHome, settleHome } from '../postgres/home.ts';
import { clearLeftover } from '../postgres/postmaster.ts';
import { provisionDatabase } from '../postgres/provision.ts';
import type { DataFolder } from './data-folder.ts';
import type { LauncherLock } from './launcher-lock.ts';
import { LogRelay } from './log-relay.ts';
import { Program, type ProgramOptions } from './program.ts';
import type { Terminal } from './terminal.ts';

/** Everything ends within this, or is ended: what a person waits for after Ctrl-C. */
const STOP_WITHIN_MS = 4_800;
/** How long the API has the stop to itself: it finishes requests while the worker still takes wake-ups. */
const API_ALONE_MS = 800;
/** Kept back for the simulator and PostgreSQL, which need 0.1 s each when nothing is wrong. */
const RESERVED_MS = 1_200;

type ProgramName = 'api' | 'worker' | 'simulator';

interface HouseOptions {
  root: string;
  folder: DataFolder;
  terminal: Terminal;
  lock: LauncherLock;
  /** Aborted when a stop begins: gives up what is still starting. */
  signal: AbortSignal;
}

/** Keeps V8 from letting garbage pile up: see apps/worker/README.md. */
const WORKER_MEMORY = ['--max-semi-space-size=8', '--heap-growing-percent=40'];

/** The running parts, and the order in which they come and go. */
export class House {
  private readonly options: HouseOptions;
  private readonly programs = new Map<ProgramName, Program>();
  private readonly relays: LogRelay[] = [];
  private home: PostgresHome | undefined;
  private starting: Promise<Cluster> | undefined;
  private cluster: Cluster | undefined;

  constructor(options: HouseOptions) {
    this.options = options;
  }

  /**
   * Settles where the database lives and stops a server that a killed launcher left on it: before ports are settled, as
   * that one holds the port to be used again.
   * @returns a note when the data lies elsewhere.
   */
  async claimPostgres(): Promise<string | undefined> {
    this.home = await settleHome(this.options.folder.postgres);
    await clearLeftover(this.home.data);
    return this.home.note;
  }

  /**
   * @param onLost called when the server ends, also when it was asked to.
   * @returns the product's database address.
   */
  async startPostgres(
    { port, superuserPassword, password }: { port: number; superuserPassword: string; password: string },
    onLost: () => void,
  ): Promise<string> {
    if (!this.home) throw new Error('claimPostgres comes first');
    this.starting = startCluster(this.home, {
      port,
      superuserPassword,
      logFile: join(this.options.folder.logs, 'postgres.log'),
      // API and worker each hold a pool, and a console or two may be looking on.
      settings: { max_connections: '200' },
      signal: this.options.signal,
    });
    const cluster = await this.starting;
    this.cluster = cluster;
    void cluster.ended.then(onLost);
    return provisionDatabase(cluster.adminUrl, { database: 'threadline', password });
  }

  async startProgram(
    name: ProgramName,
    { env, ready }: { env: NodeJS.ProcessEnv; ready: ProgramOptions['ready'] },
  ): Promise<void> {
    const { root, folder, terminal, lock } = this.options;
    const log = new LogRelay({ name, path: join(folder.logs, `${name}.log`), terminal });
    this.relays.push(log);
    const program = new Program({
      name,
      args: ['--enable-source-maps', ...(name === 'worker' ? WORKER_MEMORY : []), join(root, ENTRIES[name])],
      cwd: root,
      env,
      log,
      terminal,
      ready,
      onSpawn: (pid) => lock.remember(name, pid),
    });
    this.programs.set(name, program);
    await program.start();
  }

  /** Makes a tenant with an admin and an API key, or finds that it is there, with the operator's own command. */
  async ensureTenant(
    { name, adminEmail }: { name: string; adminEmail: string },
    env: NodeJS.ProcessEnv,
  ): Promise<void> {
    const { root, signal } = this.options;
    const args = [join(root, ENTRIES.admin), 'ensure-tenant', '--name', name, '--admin-email', adminEmail];
    await promisify(execFile)(process.execPath, args, { cwd: root, env, signal });
  }

  /** @returns false when no such program runs here (a real HubSpot needs no simulator). */
  async restartProgram(name: ProgramName): Promise<boolean> {
    const program = this.programs.get(name);
    await program?.restart();
    return program !== undefined;
  }

  /** API, worker, simulator, PostgreSQL: each ends before what it needs. */
  async stop(): Promise<void> {
    const deadline = Date.now() + STOP_WITHIN_MS;
    const left = (reservedMs: number): number => deadline - reservedMs - Date.now();
    const api = this.programs.get('api')?.stop(left(RESERVED_MS));
    if (api) await Promise.race([api, new Promise((resolve) => setTimeout(resolve, API_ALONE_MS))]);
    await Promise.all([api, this.programs.get('worker')?.stop(left(RESERVED_MS))]);
    await this.programs.get('simulator')?.stop(left(RESERVED_MS / 2));
    const cluster = await this.starting?.catch(() => undefined);
    await cluster?.stop(left(0));
    for (const relay of this.relays) relay.close();
  }

  /** At once. What was acknowledged is on disk, and the next start recovers. */
  kill(): void {
    for (const program of this.programs.values()) program.kill();
    this.cluster?.kill();
  }
}
