import {
  chown,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
  symlink,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PlainFailure } from '../errors/plain-failure.ts';
import { type Account, canUse, findServerAccount, nameOf } from './account.ts';
import { findPostgresBinaries } from './binaries.ts';

/** Where a server's programs and data lie, both within reach of the account it runs as. */
export interface PostgresHome {
  /** Holds bin/, lib/ and share/. */
  programs: string;
  /** Of the npm package; begins with PostgreSQL's major version. */
  version: string;
  /** PostgreSQL's data directory; not there before the first start. */
  data: string;
  /** Undefined: the account of this process. */
  account?: Account;
  /** Set when the home lies outside the folder that was asked for: why, and where. */
  note?: string;
}

/** Both outlive a reboot, unlike the temporary folder; the second is macOS's. */
const OUTSIDE = ['/var/lib', '/var/db', tmpdir()];

/**
 * Settles where PostgreSQL lives. Asked for as root in a checkout that the server's account can't enter (/root is mode
 * 700), the data and a copy of the programs go to a folder of their own outside, and `folder` becomes a link to it.
 */
export async function settleHome(folder: string): Promise<PostgresHome> {
  const { root, version } = findPostgresBinaries();
  const home = await enter(folder);
  const data = join(home, 'data');
  // Of another user's data not even the owner can be read, but the owner of the folder around it can.
  const owner = await stat(data).catch(() => stat(home));
  const account = process.getuid?.() === 0 && owner.uid !== 0 ? ownerAccount(owner) : findServerAccount();
  if (!account) {
    if (owner.uid !== process.getuid?.()) {
      throw new PlainFailure(
        `${data} belongs to ${nameOf(owner.uid)}: start Threadline the way it was first started (as root?), or delete ` +
          `${folder} to begin with an empty database.`,
      );
    }
    return { programs: root, version, data };
  }

  if (owner.uid === 0) await chown(home, account.uid, account.gid);
  if (canUse(account, { folder: home, program: join(root, 'bin', 'postgres') }))
    return { programs: root, version, data, account };

  const outside = home === folder ? await moveOut(folder, account) : home;
  const programs = join(outside, `programs-${version}`);
  await copyPrograms(root, programs);
  const note = `${folder} is a link to ${outside}, since the account ${account.name} can't enter this folder`;
  return { programs, version, data: join(outside, 'data'), account, note };
}

/** @returns the folder's true path, made when it wasn't there. */
async function enter(folder: string): Promise<string> {
  const entry = await lstat(folder).catch(() => undefined);
  if (!entry) {
    await mkdir(dirname(folder), { recursive: true });
    await mkdir(folder, { mode: 0o700 });
  }
  return entry?.isSymbolicLink()
    ? await realpath(folder).catch(() => {
        throw new PlainFailure(
          `${folder} is a link to a folder that is gone: bring it back, or remove the link to begin anew.`,
        );
      })
    : folder;
}

function ownerAccount({ uid, gid }: { uid: number; gid: number }): Account {
  return { uid, gid, name: nameOf(uid) };
}

async function moveOut(folder: string, account: Account): Promise<string> {
  if ((await readdir(folder)).length > 0) {
    throw new PlainFailure(
      `The database in ${folder} can't be reached by the account it runs as (${account.name}). Move the checkout out ` +
        'of the private folder it is in, or set DATABASE_URL.',
    );
  }
  const outside = await makeOutside(account);
  await rmdir(folder);
  await symlink(outside, folder);
  return outside;
}

async function makeOutside(account: Account): Promise<string> {
  for (const parent of OUTSIDE) {
    try {
      const folder = await mkdtemp(join(parent, 'threadline-'));
      await chown(folder, account.uid, account.gid);
      return folder;
    } catch {
      // not there, or read-only: the next one
    }
  }
  throw new PlainFailure(
    `PostgreSQL needs a folder outside the checkout, and none of ${OUTSIDE.join(', ')} can be written.`,
  );
}

async function copyPrograms(from: string, to: string): Promise<void> {
  if (await stat(to).catch(() => undefined)) return;
  // Renamed when whole, so that an interrupted copy is never taken for one.
  await rm(`${to}.part`, { recursive: true, force: true });
  await cp(from, `${to}.part`, { recursive: true, dereference: true });
  await rename(`${to}.part`, to);
}
