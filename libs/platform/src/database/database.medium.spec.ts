import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase, waitFor } from '@app/testing';
import { Client } from 'pg';
import { QueryFailedError } from 'typeorm';
import { newId } from '../ids/new-id.js';
import { Database } from './database.js';
import { queryPrepared } from './prepared.js';
import { giveUpOnSilence } from './silence.js';
import { isolateTenants } from './tenant-table.js';

let testDatabase: TestDatabase;
let database: Database;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await Database.connect({ url: testDatabase.url, applicationName: 'lock-test' });
});

afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

describe('connect', () => {
  it('refuses to run as anyone but the application’s role, whatever took the choice of it away', async () => {
    const url = new URL(testDatabase.url);
    // Options in the address take the place of ours, as a pooler that drops start-up parameters would.
    url.searchParams.set('options', '-c search_path=public');
    await expect(Database.connect({ url: url.href, applicationName: 'other' })).rejects.toThrow('row-level security');
  });
});

describe('a prepared statement', () => {
  const prepared = { name: 'test_sum', text: 'SELECT $1::int / $2::int AS quotient, pg_backend_pid() AS pid' };

  it('is parsed once by each connection, and fails as any other does', async () => {
    const calls = await database.withTenant(newId(), async (tx) => [
      ...(await queryPrepared<{ quotient: number; pid: number }>(tx, prepared, [6, 3])),
      ...(await queryPrepared<{ quotient: number; pid: number }>(tx, prepared, [9, 3])),
      ...(await tx.query<{ quotient: number; pid: number }[]>(
        'SELECT count(*)::int AS quotient, pg_backend_pid() AS pid FROM pg_prepared_statements WHERE name = $1',
        [prepared.name],
      )),
    ]);
    expect(calls.map(({ quotient }) => quotient)).toEqual([2, 3, 1]);
    expect(new Set(calls.map(({ pid }) => pid)).size).toBe(1);
    await expect(database.withTenant(newId(), (tx) => queryPrepared(tx, prepared, [1, 0]))).rejects.toMatchObject({
      constructor: QueryFailedError,
      driverError: { code: '22012' },
    });
    expect(await database.preparedAcrossTenants(prepared, [8, 2])).toMatchObject([{ quotient: 4 }]);
  });
});

describe('withLock', () => {
  it('lets one in at a time, and the next one afterwards', async () => {
    const answer = await database.withLock('door', () => database.withLock('door', async () => 'inside'));
    expect(answer).toEqual({ acquired: true, result: { acquired: false } });
    expect(await database.withLock('door', async () => 'next')).toEqual({ acquired: true, result: 'next' });
  });

  it('opens again when the work fails', async () => {
    await expect(database.withLock('door', () => Promise.reject(new Error('work')))).rejects.toThrow('work');
    expect(await database.withLock('door', async () => 'next')).toMatchObject({ acquired: true });
  });

  it('survives the loss of its connection: the work goes on, the next one gets in', async () => {
    const admin = new Client({ connectionString: testDatabase.adminUrl });
    await admin.connect();
    const answer = await database.withLock('door', async (held) => {
      const { rowCount } = await admin.query(
        `SELECT pg_terminate_backend(pid) FROM pg_locks
         WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      );
      expect(rowCount).toBe(1);
      await waitFor(async () => held.aborted, { timeoutMs: 5_000, what: 'the loss to be noticed' });
      await database.ping();
      return 'done';
    });
    await admin.end();
    expect(answer).toEqual({ acquired: true, result: 'done' });
    expect(await database.withLock('door', async () => 'next')).toMatchObject({ acquired: true });
  });

  it('gives up on a server whose packets no longer arrive', async () => {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const socket = giveUpOnSilence(50);
    socket.connect((server.address() as AddressInfo).port, '127.0.0.1');
    const [failure] = (await once(socket, 'close').catch((error: unknown) => [error])) as [unknown];
    expect(failure).toMatchObject({ message: expect.stringContaining('has said nothing') });
    server.close();
  });

  it('has the server notice within half a minute that the machine holding it is gone', async () => {
    const settings = await database.acrossTenants<{ name: string; setting: string }>(
      `SELECT name, setting FROM pg_settings WHERE name LIKE 'tcp_keepalives%' ORDER BY name`,
    );
    const [count, idle, interval] = settings.map(({ setting }) => Number(setting));
    expect([count, idle, interval]).toEqual([3, 15, 5]);
  });
});

describe('readForTenant', () => {
  it('reads under row-level security, as this tenant alone, and leaves nothing set behind', async () => {
    const [mine, theirs] = [newId(), newId()];
    const admin = new Client({ connectionString: testDatabase.adminUrl });
    await admin.connect();
    await admin.query(
      'CREATE TABLE things (tenant_id uuid PRIMARY KEY, name text NOT NULL); INSERT INTO things SELECT gen_random_uuid(), i::text FROM generate_series(1, 1000) i',
    );
    await admin.query(isolateTenants('things'));
    await admin.query('INSERT INTO things VALUES ($1, $3), ($2, $4); ', [mine, theirs, 'mine', 'theirs']);
    await admin.query('ANALYZE things');
    await admin.end();
    const everything = 'SELECT name FROM things WHERE tenant.id IS NOT NULL';
    expect(await database.readForTenant(mine, everything)).toEqual([{ name: 'mine' }]);
    const named = 'SELECT name FROM things WHERE tenant_id = tenant.id';
    expect(await database.readForTenant(theirs, named)).toEqual([{ name: 'theirs' }]);
    expect(await database.readForTenant(newId(), named)).toEqual([]);
    expect(await database.acrossTenants('SELECT name FROM things')).toEqual([]);
    await expect(database.readForTenant('', named)).rejects.toThrow('id of its tenant');
  });
});
