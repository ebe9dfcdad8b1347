import { spawnSync } from 'node:child_process';
import { PlainFailure } from '../errors/plain-failure.ts';

/** Whom PostgreSQL runs as: it refuses to run as root. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

/** Names an unprivileged account has on Debian, on macOS and everywhere. */
const CANDIDATES = ['postgres', '_postgres', 'nobody'];

/**
 * @returns undefined when this process is unprivileged itself and needs no other account.
 * @throws when this is root and the machine has none of the usual accounts.
 */
export function findServerAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of CANDIDATES) {
    const uid = lookUp('-u', name);
    const gid = lookUp('-g', name);
    if (uid !== undefined && gid !== undefined && uid !== 0) return { name, uid, gid };
  }
  throw new PlainFailure(
    `PostgreSQL can't run as root, and this machine has none of the accounts ${CANDIDATES.join(', ')}. ` +
      'Start Threadline as an ordinary user, or set DATABASE_URL.',
  );
}

/** Whether the account can write to a folder and run what stands in another; asked of the kernel, not of mode bits. */
export function canUse(
  account: Account | undefined,
  { folder, program }: { folder: string; program: string },
): boolean {
  const { status } = spawnSync('/bin/sh', ['-c', 'cd "$1" && [ -w . ] && [ -x "$2" ]', 'sh', folder, program], {
    cwd: '/',
    stdio: 'ignore',
    ...(account && { uid: account.uid, gid: account.gid }),
  });
  return status === 0;
}

/** @returns the account's name, or its number where it has none. */
export function nameOf(uid: number): string {
  const { stdout, status } = spawnSync('id', ['-nu', String(uid)], { encoding: 'utf8' });
  return status === 0 && stdout.trim() !== '' ? stdout.trim() : String(uid);
}

function lookUp(flag: '-u' | '-g', name: string): number | undefined {
  const { stdout, status } = spawnSync('id', [flag, name], { encoding: 'utf8' });
  // macOS's nobody is 4294967294, which the spawn options take as -2.
  return status === 0 && stdout.trim() !== '' ? Number(stdout) | 0 : undefined;
}
