import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { chmod, mkdtemp, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { findFreePort } from '../ports/free-port.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { type PostgresHome, settleHome } from './home.ts';
import { clearLeftover } from './postmaster.ts';
import { provisionDatabase } from './provision.ts';

let folder: string;
let home: PostgresHome;
let clusters: Cluster[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cluster-'));
  await chmod(folder, 0o711);
  home = await settleHome(join(folder, 'postgres'));
});

afterEach(async () => {
  await Promise.all(clusters.map((cluster) => cluster.stop()));
  clusters = [];
});

afterAll(async () => {
  // Outside of the folder, when this is root in a checkout that the server's account can't enter.
  for (const link of ['postgres', 'other']) {
    const place = await realpath(join(folder, link)).catch(() => undefined);
    if (place) await rm(place, { recursive: true, force: true });
  }
  await rm(folder, { recursive: true, force: true });
});

async function start(home: PostgresHome, superuserPassword = 'secret'): Promise<Cluster> {
  const port = await findFreePort();
  const cluster = await startCluster(home, { port, superuserPassword, logFile: join(folder, 'log') });
  clusters.push(cluster);
  return cluster;
}

async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

describe('startCluster', () => {
  it('keeps data over a restart, for a role that is no superuser, behind a password and without a socket', async () => {
    const first = await start(home);
    const url = await provisionDatabase(first.adminUrl, { database: 'threadline', password: 'one' });
    await query(url, 'CREATE TABLE kept AS SELECT 1 AS n');
    expect(await query(url, 'SELECT rolsuper, rolcreaterole FROM pg_roles WHERE rolname = current_user')).toEqual([
      { rolsuper: false, rolcreaterole: true },
    ]);
    expect(
      await query(
        first.adminUrl,
        "SELECT name FROM pg_settings WHERE name = 'unix_socket_directories' AND setting = ''",
      ),
    ).toHaveLength(1);
    await expect(query(url.replace(':one@', ':two@'), 'SELECT')).rejects.toMatchObject({ code: '28P01' });
    await first.stop();

    const second = await start(await settleHome(join(folder, 'postgres')));
    const again = await provisionDatabase(second.adminUrl, { database: 'threadline', password: 'changed' });
    expect(await query(again, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
  });

  it('says that the password is not the one the data was made with', async () => {
    await (await start(home)).stop();
    await expect(start(home, 'wrong')).rejects.toThrow('its password is not the one in secrets.json');
  });

  it('refuses data of another major version instead of harming it', async () => {
    await (await start(home)).stop();
    const version = await readFile(join(home.data, 'PG_VERSION'), 'utf8');
    await writeFile(join(home.data, 'PG_VERSION'), '9\n');
    await expect(start(home)).rejects.toThrow('was written by PostgreSQL 9');
    await writeFile(join(home.data, 'PG_VERSION'), version);
  });

  it('leaves nothing that looks like data when it is given up while making it', async () => {
    const options = { port: await findFreePort(), superuserPassword: 'secret', logFile: join(folder, 'log') };
    const other = await settleHome(join(folder, 'other'));
    const givenUp = startCluster(other, { ...options, signal: AbortSignal.timeout(150) });
    await expect(givenUp).rejects.toThrow('initdb failed');
    await expect(stat(other.data)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await query((await start(other)).adminUrl, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  });
});

describe('clearLeftover', () => {
  it('stops the server of a killed launcher, so that a new one can have the data', async () => {
    const left = await start(home);
    expect(await clearLeftover(home.data)).toBe('stopped');
    await left.ended;
    expect(await query((await start(home)).adminUrl, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  });

  it('does not signal a stranger who has the number of a killed server now', async () => {
    const killed = await start(home);
    const pidFile = join(home.data, 'postmaster.pid');
    const lines = (await readFile(pidFile, 'utf8')).split('\n');
    await killed.stop();
    // This test's own number, with the start time of the server.
    await writeFile(pidFile, [String(process.pid), lines[1], '1700000000', ...lines.slice(3)].join('\n'));
    expect(await clearLeftover(home.data)).toBe('stale');
    expect(await query((await start(home)).adminUrl, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  });

  it('finds nothing to do where no server ran', async () => {
    await (await start(home)).stop();
    expect(await clearLeftover(home.data)).toBe('none');
  });
});
