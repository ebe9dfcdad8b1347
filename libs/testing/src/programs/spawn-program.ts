import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readRunVariable } from '../run/run-variables.js';
import { keepPrinted } from '../printed/keep-printed.js';
import { knowSecretsOf } from '../printed/known-secrets.js';
import { waitFor } from '../waiting/wait-for.js';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

export interface ProgramExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A program running as a process of its own, and as the head of its own process group. */
export interface SpawnedProgram {
  pid: number;
  /** Everything it printed so far, stdout and stderr, line by line. */
  lines: () => readonly string[];
  /** Those of its lines that are JSON, parsed. */
  logs: () => readonly Readonly<Record<string, unknown>>[];
  exited: Promise<ProgramExit>;
  /** Sends the signal and waits for the end. */
  kill: (signal?: NodeJS.Signals) => Promise<ProgramExit>;
  /** SIGTERM, and SIGKILL when that took longer than `timeoutMs` (default 5 s, what an operator's stop allows). */
  stop: (options?: { timeoutMs?: number }) => Promise<ProgramExit>;
}

export interface SpawnOptions {
  /** Below `folder`, e.g. `apps/worker/src/main.js`. */
  entry: string;
  /** Below the checkout. Default dist. */
  folder?: string;
  args?: readonly string[];
  /** Of Node, beside those that every program has. */
  nodeOptions?: readonly string[];
  /** Replaces the test process's own environment, but for PATH and the like. */
  env: Readonly<Record<string, string | undefined>>;
}

/** How long the output of a program that ended may take to arrive. */
const LAST_WORDS_MS = 1_000;

/** Variables of the test process that a program may see: nothing that configures the product. */
const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'TZ'];

/** Starts a built program. It ends with the test process at the latest, even when that is killed. */
export function spawnProgram({
  entry,
  folder = 'dist',
  args = [],
  nodeOptions = [],
  env,
}: SpawnOptions): SpawnedProgram {
  const inherited = Object.fromEntries(INHERITED.map((name) => [name, process.env[name]]));
  // The same programs are started a few hundred times in a run: what Node compiled once is there for the next.
  const compiled = { NODE_COMPILE_CACHE: join(readRunVariable('THREADLINE_TEST_FOLDER'), 'compiled') };
  const child = spawn(process.execPath, ['--enable-source-maps', ...nodeOptions, join(ROOT, folder, entry), ...args], {
    cwd: ROOT,
    env: { ...inherited, ...compiled, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${entry} could not be started`);
  const exited = new Promise<ProgramExit>((resolve) => {
    child.once('exit', (code, signal) => {
      // Its last words may still be in the pipe; a grandchild that keeps the pipe open must not keep us.
      const done = (): void => resolve({ code, signal });
      child.once('close', done);
      setTimeout(done, LAST_WORDS_MS).unref();
    });
  });
  child.once('exit', leash(pid));
  const lines: string[] = [];
  knowSecretsOf(env);
  for (const [name, stream] of Object.entries({ stdout: child.stdout, stderr: child.stderr })) {
    createInterface({ input: stream }).on('line', (line) => lines.push(line));
    stream.on('data', (chunk: Buffer) => keepPrinted(`${entry} (process ${pid}, ${name})`, chunk));
  }

  const kill = (signal: NodeJS.Signals = 'SIGKILL'): Promise<ProgramExit> => {
    child.kill(signal);
    return exited;
  };
  return {
    pid,
    lines: () => lines,
    logs: () => lines.flatMap(parse),
    exited,
    kill,
    stop: async ({ timeoutMs = 5_000 } = {}) => {
      const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
      const exit = await kill('SIGTERM');
      clearTimeout(timer);
      return exit;
    },
  };
}

/** Waits until the program says or shows that it is ready; one that ended instead is quoted in the error. */
export async function untilReady<T>(
  program: SpawnedProgram,
  { what, ready, timeoutMs = 30_000 }: { what: string; ready: () => T | Promise<T>; timeoutMs?: number },
): Promise<NonNullable<Exclude<T, false>>> {
  const abandoned = program.exited.then((exit): never => {
    const end = program.lines().slice(-15).join('\n');
    throw new Error(`${what} ended (${exit.signal ?? exit.code}) before it was ready:\n${end}`);
  });
  const over = new AbortController();
  const arrived = waitFor(ready, { timeoutMs, signal: over.signal, what: `${what} to be ready` });
  try {
    return await Promise.race([arrived, abandoned]);
  } catch (error) {
    await program.kill();
    throw error;
  } finally {
    over.abort();
    // Whichever lost the race may still reject.
    arrived.catch(() => {});
    abandoned.catch(() => {});
  }
}

function parse(line: string): Record<string, unknown>[] {
  if (!line.startsWith('{')) return [];
  try {
    return [JSON.parse(line) as Record<string, unknown>];
  } catch {
    return [];
  }
}

/** A shell that ends the program when this process is gone: it waits on a pipe that the kernel closes then. */
function leash(pid: number): () => void {
  const script = 'while read -r _; do :; done; kill -s KILL "$1" 2>/dev/null';
  const shell: ChildProcess = spawn('/bin/sh', ['-c', script, 'leash', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  shell.on('error', () => {});
  shell.unref();
  if (shell.stdin && 'unref' in shell.stdin && typeof shell.stdin.unref === 'function') shell.stdin.unref();
  return () => {
    shell.kill('SIGKILL');
  };
}
