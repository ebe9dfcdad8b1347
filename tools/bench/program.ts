import { spawn } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { endChild, hasEnded } from '../processes/end.ts';
import { leash } from '../processes/leash.ts';
import { PlainFailure } from '../errors/plain-failure.ts';

/** One process of the benchmark. Its output goes to a file, as an operator's does: reading it would cost this process. */
export interface Running {
  pid: number;
  stop: () => Promise<void>;
}

export interface ProgramOptions {
  name: string;
  /** What this Node runs, with its arguments. */
  args: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  logFile: string;
  ready: { says: string } | { answers: string };
}

const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 15_000;
const POLL_MS = 50;
/** Nothing of this process's environment may configure the product. */
const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'TZ'];

/** @throws PlainFailure with the end of its log when it doesn't become ready. */
export async function run({ name, args, cwd, env, logFile, ready }: ProgramOptions): Promise<Running> {
  const log = await open(logFile, 'a');
  const inherited = Object.fromEntries(INHERITED.map((variable) => [variable, process.env[variable]]));
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...inherited, ...env },
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  child.on('error', () => {}); // seen below as a child without a process number
  if (child.pid !== undefined) child.once('exit', leash(child.pid, ['TERM', 'KILL']));
  await log.close();
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!(await isReady(ready, logFile))) {
    if (child.pid === undefined || hasEnded(child) || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new PlainFailure(`The ${name} did not start:\n${(await readFile(logFile, 'utf8')).slice(-2_000)}`);
    }
    await delay(POLL_MS);
  }
  return {
    pid: child.pid ?? 0,
    stop: () => endChild(child, { signal: 'SIGTERM', timeoutMs: STOP_WITHIN_MS, thenSignal: 'SIGKILL' }),
  };
}

async function isReady(ready: ProgramOptions['ready'], logFile: string): Promise<boolean> {
  if ('says' in ready) return (await readFile(logFile, 'utf8')).includes(ready.says);
  return fetch(ready.answers).then(
    async (response) => {
      await response.body?.cancel();
      return response.ok;
    },
    () => false,
  );
}
