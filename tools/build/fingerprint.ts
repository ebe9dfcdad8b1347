import { createHash } from 'node:crypto';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the built programs are made of. Contents count and not times, since a fresh checkout has the time of the checkout. */
export const PROGRAM_SOURCES: readonly string[] = [
  'apps/{api,worker,simulator}/src/**/*',
  'libs/*/src/**/*',
  'package-lock.json',
  'nest-cli.json',
  'tsconfig.json',
  'tools/build/tsconfig.json',
];

/** What the console's files are made of. */
export const CONSOLE_SOURCES: readonly string[] = ['apps/console/**/*', 'package-lock.json', 'tsconfig.json'];

/** @returns a hash over the path and content of every source file. */
export async function fingerprintSources(root: string, sources: readonly string[]): Promise<string> {
  const files: string[] = [];
  for await (const entry of glob(sources, { cwd: root, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !path.endsWith('.spec.ts')) files.push(path);
  }
  const hash = createHash('sha256');
  for (const file of files.sort()) {
    hash.update(`${file.slice(root.length)}\0`);
    hash.update(await readFile(file));
    hash.update('\0');
  }
  return hash.digest('hex');
}
