import { type ChildProcess, spawn } from 'node:child_process';
import { glob, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';
import { BUILD_ARGUMENTS, nestCommand, viteCommand } from '../build/build.ts';
import { leash } from '../processes/leash.ts';
import type { House } from './house.ts';
import type { Terminal } from './terminal.ts';

const PROGRAMS = ['simulator', 'api', 'worker'] as const;
type ProgramName = (typeof PROGRAMS)[number];

/** Rebuilds on every change and restarts the programs whose code the compiler wrote anew. */
export function watch(
  root: string,
  { house, terminal, signal }: { house: House; terminal: Terminal; signal: AbortSignal },
): void {
  const begin = (what: string, command: [program: string, args: string[]], onLine: (line: string) => void): void => {
    const compiler = spawn(command[0], command[1], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      signal,
    });
    const release = compiler.pid === undefined ? undefined : leash(compiler.pid, ['TERM', 'KILL']);
    compiler.on('error', () => {});
    compiler.on('exit', () => {
      release?.();
      if (!signal.aborted) terminal.notice('build', 'error', `${what} ended; changes are no longer seen`);
    });
    readLines(compiler, onLine);
  };

  let emittedBefore = Date.now();
  let restarting = Promise.resolve();
  begin('the compiler', nestCommand(root, [...BUILD_ARGUMENTS, '--watch', '--preserveWatchOutput']), (line) => {
    const [, errors] = /Found (\d+) errors?\. Watching/.exec(line) ?? [];
    if (errors === '0') {
      const since = emittedBefore;
      emittedBefore = Date.now();
      restarting = restarting.then(() => restartChanged(root, since, { house, terminal }));
    } else if (errors !== undefined) terminal.notice('build', 'error', `${errors} errors; the last good build runs on`);
    else if (/error TS\d+/.test(line)) terminal.notice('build', 'error', line);
  });

  let isFirst = true;
  /** Within what Vite says of a failure: what is wrong, where, and then a stack of its own. */
  let isFailing = false;
  begin('the console’s build', viteCommand(root, ['--watch']), (line) => {
    if (line.startsWith('built in ')) {
      isFailing = false;
      // The first one is of what was built already. The API reads the console's page once, when it starts.
      if (!isFirst) restarting = restarting.then(() => restart('api', { house, terminal }));
      isFirst = false;
    } else if (/^(Build failed|error during build)/.test(line)) isFailing = true;
    else if (/^(at |build started|transforming|✓)/.test(line)) isFailing = false;
    else if (isFailing && /\w/.test(line)) terminal.notice('build', 'error', line);
  });
}

function readLines({ stdout, stderr }: ChildProcess, onLine: (line: string) => void): void {
  for (const stream of [stdout, stderr]) {
    if (stream) createInterface({ input: stream }).on('line', (raw) => onLine(stripVTControlCharacters(raw).trim()));
  }
}

async function restartChanged(
  root: string,
  since: number,
  { house, terminal }: { house: House; terminal: Terminal },
): Promise<void> {
  const concerned = await findConcerned(root, since);
  for (const name of PROGRAMS.filter((program) => concerned.has(program))) await restart(name, { house, terminal });
}

async function restart(name: ProgramName, { house, terminal }: { house: House; terminal: Terminal }): Promise<void> {
  try {
    if (await house.restartProgram(name)) terminal.notice(name, 'info', 'restarted with the new build');
  } catch (error) {
    // The rest of the message is the end of its log, which was shown as it came.
    const message = error instanceof Error ? error.message : String(error);
    terminal.notice(name, 'error', message.split('\n')[0] ?? '');
  }
}

/** The compiler writes only what a change reaches, so the age of its output says whom it concerns. */
async function findConcerned(root: string, since: number): Promise<Set<ProgramName>> {
  const concerned = new Set<ProgramName>();
  for await (const file of glob('dist/{apps,libs}/**/*.js', { cwd: root })) {
    const { mtimeMs } = await stat(join(root, file));
    if (mtimeMs < since) continue;
    const [, kind, name] = file.split(/[\\/]/);
    if (kind === 'apps') for (const program of PROGRAMS) if (program === name) concerned.add(program);
    if (kind === 'libs' && name === 'testing') concerned.add('simulator');
    else if (kind === 'libs') for (const program of ['api', 'worker'] as const) concerned.add(program);
  }
  return concerned;
}
