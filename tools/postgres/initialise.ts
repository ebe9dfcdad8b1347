import { spawn } from 'node:child_process';
import { chown, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PlainFailure } from '../errors/plain-failure.ts';
import { leash } from '../processes/leash.ts';
import type { PostgresHome } from './home.ts';

export const SUPERUSER = 'postgres';

const UNFINISHED = 'initdb-';

/**
 * Makes a data directory: beside its place, and renamed when whole, so that an interrupted first start leaves nothing that
 * looks like a database. Leftovers of such a start are removed.
 */
export async function initialise(
  home: PostgresHome,
  { superuserPassword, signal }: { superuserPassword: string; signal?: AbortSignal },
): Promise<void> {
  const parent = dirname(home.data);
  for (const entry of await readdir(parent)) {
    // Retried, because an initdb of a killed launcher may still be writing for a moment.
    const options = { recursive: true, force: true, maxRetries: 10, retryDelay: 50 };
    if (entry.startsWith(UNFINISHED)) await rm(join(parent, entry), options);
  }
  const scratch = await mkdtemp(join(parent, UNFINISHED));
  const passwordFile = join(scratch, 'password');
  await writeFile(passwordFile, superuserPassword, { mode: 0o600 });
  if (home.account) for (const path of [scratch, passwordFile]) await chown(path, home.account.uid, home.account.gid);
  await runInitdb(home, { data: join(scratch, 'data'), passwordFile, signal });
  await rename(join(scratch, 'data'), home.data);
  await rm(scratch, { recursive: true });
}

async function runInitdb(
  { programs, account }: PostgresHome,
  { data, passwordFile, signal }: { data: string; passwordFile: string; signal?: AbortSignal },
): Promise<void> {
  const args = [
    `--pgdata=${data}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    // The machine's locales differ, and some have none; PostgreSQL's own UTF-8 collation is the same everywhere.
    '--encoding=UTF8',
    '--no-locale',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ];
  const child = spawn(join(programs, 'bin', 'initdb'), args, {
    cwd: dirname(data),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(account && { uid: account.uid, gid: account.gid }),
    signal,
  });
  if (child.pid !== undefined) child.once('exit', leash(child.pid, ['TERM', 'KILL']));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  const code = await new Promise<number | string>((resolve) => {
    // An abort is reported as an error too, before the process has ended.
    child.once('error', (error) => child.pid ?? resolve(error.message));
    child.once('close', (exitCode, endSignal) => resolve(exitCode ?? endSignal ?? 'unknown'));
  });
  if (code !== 0) throw new PlainFailure(`PostgreSQL's initdb failed (${code}).\n${output.trim()}`);
}
