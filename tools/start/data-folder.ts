import { chmod, mkdir, readFile, rename, rm, writeFile, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../errors/error-code.ts';

/** Everything a start keeps, in one folder that can be deleted to begin anew. */
export interface DataFolder {
  root: string;
  postgres: string;
  simulator: string;
  logs: string;
  /** Passwords and keys: mode 0600. */
  secrets: string;
  ports: string;
  /** Who is running here, and what it started. */
  launcher: string;
}

/** Makes the folders and tries a write, so that a full or read-only disk is reported before anything starts. */
export async function openDataFolder(root: string): Promise<DataFolder> {
  const folder: DataFolder = {
    root,
    postgres: join(root, 'postgres'),
    simulator: join(root, 'simulator'),
    logs: join(root, 'logs'),
    secrets: join(root, 'secrets.json'),
    ports: join(root, 'ports.json'),
    launcher: join(root, 'launcher.json'),
  };
  await makeFolder(root);
  // To be passed through, for the account PostgreSQL runs as when this is root, and not to be listed.
  if (((await stat(root)).mode & 0o777) !== 0o711) await chmod(root, 0o711);
  for (const path of [folder.logs, folder.simulator]) await mkdir(path, { recursive: true, mode: 0o700 });
  const probe = join(root, '.probe');
  await writeFile(probe, Buffer.alloc(64 * 1024));
  await rm(probe);
  return folder;
}

async function makeFolder(path: string): Promise<void> {
  // On a read-only disk the recursive form answers ENOENT, which says nothing.
  await mkdir(path).catch(async (error: unknown) => {
    if (errorCode(error) === 'EEXIST' && (await stat(path)).isDirectory()) return;
    if (errorCode(error) !== 'ENOENT') throw error;
    await mkdir(path, { recursive: true });
  });
}

/** @returns undefined when there is no such file. */
export async function readJson<T>(path: string): Promise<T | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return text === undefined ? undefined : (JSON.parse(text) as T);
}

/** Whole or not at all, readable by this user alone, and on disk before it is relied on. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  const unfinished = `${path}.part`;
  const file = await open(unfinished, 'w', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(value, undefined, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, path);
}
