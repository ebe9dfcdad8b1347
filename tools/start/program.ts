import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { endChild, hasEnded } from '../processes/end.ts';
import { leash } from '../processes/leash.ts';
import { PlainFailure } from '../errors/plain-failure.ts';
import type { LogRelay } from './log-relay.ts';
import type { Terminal } from './terminal.ts';

const FIRST_BACKOFF_MS = 1_000;
const LONGEST_BACKOFF_MS = 30_000;
/** A program that ran this long before it fell is not one that falls at every start. */
const STEADY_AFTER_MS = 60_000;
/** First start on a slow disk: migrations, and for the simulator its portal. */
const READY_WITHIN_MS = 60_000;
const POLL_MS = 50;

export interface ProgramOptions {
  name: string;
  /** What this Node is to run, with its arguments. */
  args: readonly string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  log: LogRelay;
  terminal: Terminal;
  /** Ready when a line of its output says so, or when the address answers 2xx. */
  ready: { line: (line: string) => boolean } | { url: string };
  onSpawn?: (pid: number) => Promise<void>;
}

/** A child that is kept running: started again, with growing pauses, whenever it ends without being asked to. */
export class Program {
  private readonly options: ProgramOptions;
  private child: ChildProcess | undefined;
  private wanted = false;
  private startedAt = 0;
  private backoffMs = FIRST_BACKOFF_MS;
  private readonly giveUp = new AbortController();

  constructor(options: ProgramOptions) {
    this.options = options;
  }

  get name(): string {
    return this.options.name;
  }

  /** @throws PlainFailure with the end of its log when it doesn't become ready; then nothing is left running. */
  async start(): Promise<void> {
    this.wanted = true;
    await this.launch();
    this.keepUp();
  }

  /** Ends it and starts it again, for a new build. A start that fails is reported, and the next build tries again. */
  async restart(): Promise<void> {
    this.wanted = false;
    await this.end(4_000);
    this.wanted = true;
    this.backoffMs = FIRST_BACKOFF_MS;
    await this.launch();
    this.keepUp();
  }

  async stop(timeoutMs: number): Promise<void> {
    this.wanted = false;
    this.giveUp.abort();
    await this.end(timeoutMs);
  }

  kill(): void {
    this.wanted = false;
    this.giveUp.abort();
    this.child?.kill('SIGKILL');
  }

  private async end(timeoutMs: number): Promise<void> {
    if (this.child) await endChild(this.child, { signal: 'SIGTERM', timeoutMs, thenSignal: 'SIGKILL' });
  }

  private async launch(): Promise<void> {
    const { args, cwd, env, log, ready } = this.options;
    const child = spawn(process.execPath, args, {
      cwd,
      env,
      // A session of its own, so that the terminal's Ctrl-C reaches the launcher alone, which stops things in order.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    this.startedAt = Date.now();
    child.on('error', () => {}); // 'exit' is not emitted then; hasEnded below sees a child without a process number
    let said = false;
    log.follow(child.stdout, {
      isErrorStream: false,
      onLine: (line) => {
        if (!said && 'line' in ready && ready.line(line)) said = true;
      },
    });
    log.follow(child.stderr, { isErrorStream: true });
    if (child.pid !== undefined) {
      const release = leash(child.pid, ['TERM', 'KILL']);
      child.once('exit', release);
      await this.options.onSpawn?.(child.pid);
    }
    await this.becomeReady(child, () => ('url' in ready ? answers(ready.url) : Promise.resolve(said)));
  }

  private async becomeReady(child: ChildProcess, isReady: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MS;
    for (;;) {
      if (child.pid === undefined || hasEnded(child)) {
        throw new PlainFailure(
          `The ${this.name} did not start (${describeEnd(child)}).\n${this.options.log.lastLines()}`,
        );
      }
      if (await isReady()) return;
      if (Date.now() > deadline) {
        await endChild(child, { signal: 'SIGTERM', timeoutMs: 2_000, thenSignal: 'SIGKILL' });
        throw new PlainFailure(
          `The ${this.name} was not ready within ${READY_WITHIN_MS / 1000} s.\n${this.options.log.lastLines()}`,
        );
      }
      await delay(POLL_MS);
    }
  }

  private keepUp(): void {
    const { child } = this;
    if (!child) return;
    const onExit = (): void => {
      if (this.wanted && this.child === child) void this.revive(child);
    };
    if (hasEnded(child)) onExit();
    else child.once('exit', onExit);
  }

  private async revive(fallen: ChildProcess): Promise<void> {
    const { terminal } = this.options;
    let reason = `ended by itself (${describeEnd(fallen)})`;
    if (Date.now() - this.startedAt > STEADY_AFTER_MS) this.backoffMs = FIRST_BACKOFF_MS;
    while (this.wanted) {
      terminal.notice(this.name, 'warn', `${reason}; starting it again in ${this.backoffMs / 1000} s`);
      const waited = await delay(this.backoffMs, true, { signal: this.giveUp.signal }).catch(() => false);
      if (!waited || !this.wanted) return;
      this.backoffMs = Math.min(this.backoffMs * 2, LONGEST_BACKOFF_MS);
      try {
        await this.launch();
        terminal.notice(this.name, 'info', 'is back');
        this.keepUp();
        return;
      } catch (error) {
        reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
      }
    }
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

function describeEnd({ exitCode, signalCode }: ChildProcess): string {
  return signalCode === null ? `exit code ${exitCode ?? 'unknown'}` : signalCode;
}
