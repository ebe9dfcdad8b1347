import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CONSOLE_SOURCES, fingerprintSources, PROGRAM_SOURCES } from './fingerprint.ts';

export type BuildOutcome = { outcome: 'up to date' | 'built' } | { outcome: 'failed'; output: string };

export const ENTRIES = {
  api: 'dist/apps/api/src/main.js',
  worker: 'dist/apps/worker/src/main.js',
  simulator: 'dist/apps/simulator/src/main.js',
  migrate: 'dist/apps/api/src/migrate.js',
  admin: 'dist/apps/api/src/admin.js',
} as const;

/** api, worker and simulator as one program: type-checking the libs once is twice as fast as once for each app. */
export const BUILD_ARGUMENTS = ['build', 'api', '--path', 'tools/build/tsconfig.json'];

type Command = [program: string, args: string[]];

/** What is built by itself: sources, what must be there afterwards, and the command that makes it. */
interface Part {
  name: string;
  sources: readonly string[];
  made: readonly string[];
  /** Says from which sources the last build was made. */
  stamp: string;
  /** The compiler's record of what it emitted, to be forgotten when some of that is gone. */
  record?: string;
  command: (root: string) => Command;
}

const PARTS: readonly Part[] = [
  {
    name: 'api, worker and simulator',
    sources: PROGRAM_SOURCES,
    made: Object.values(ENTRIES),
    stamp: 'dist/.built-from',
    record: 'dist/apps.tsbuildinfo',
    command: (root) => nestCommand(root, BUILD_ARGUMENTS),
  },
  {
    name: 'the console',
    sources: CONSOLE_SOURCES,
    made: ['dist/console/index.html'],
    stamp: 'dist/.console-built-from',
    command: (root) => viteCommand(root, []),
  },
];

/** Builds what there is no build of exactly these sources of. `onStart` is called when there is work to do. */
export async function buildIfStale(
  root: string,
  onStart: (what: string) => void,
  signal?: AbortSignal,
): Promise<BuildOutcome> {
  let outcome: 'up to date' | 'built' = 'up to date';
  for (const part of PARTS) {
    const fingerprint = await fingerprintSources(root, part.sources);
    if (await isBuilt(root, part, fingerprint)) continue;
    onStart(part.name);
    // The incremental record says what was emitted, not what is still there.
    if (part.record !== undefined && !isComplete(root, part)) await rm(join(root, part.record), { force: true });
    const { code, output } = await run(root, part.command(root), signal);
    if (code !== 0) return { outcome: 'failed', output };
    await mkdir(join(root, 'dist'), { recursive: true });
    await writeFile(join(root, part.stamp), fingerprint);
    outcome = 'built';
  }
  return { outcome };
}

/** @returns what of dist/ was not built from the sources as they stand. */
export async function findStale(root: string): Promise<string[]> {
  const stale: string[] = [];
  for (const part of PARTS) {
    if (!(await isBuilt(root, part, await fingerprintSources(root, part.sources)))) stale.push(part.name);
  }
  return stale;
}

async function isBuilt(root: string, part: Part, fingerprint: string): Promise<boolean> {
  const built = await readFile(join(root, part.stamp), 'utf8').catch(() => '');
  return isComplete(root, part) && built === fingerprint;
}

function isComplete(root: string, { made }: Part): boolean {
  return made.every((file) => existsSync(join(root, file)));
}

/** Nest's command line, run by this Node whatever the machine calls `node`. */
export function nestCommand(root: string, args: readonly string[]): Command {
  return [process.execPath, [join(root, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js'), ...args]];
}

/** Vite's build of the console, likewise. */
export function viteCommand(root: string, args: readonly string[]): Command {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  return [process.execPath, [vite, 'build', join(root, 'apps', 'console'), ...args]];
}

async function run(
  root: string,
  [program, args]: Command,
  signal?: AbortSignal,
): Promise<{ code: number; output: string }> {
  const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], signal });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  const code = await new Promise<number>((resolve) => {
    child.once('error', (error) => {
      output += error.message;
      resolve(1);
    });
    child.once('close', (exitCode) => resolve(exitCode ?? 1));
  });
  return { code, output: output.trim() };
}
