import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@app/testing';
import { Client } from 'pg';
import { Database } from './database.js';

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
    const answer = await database.withLock('door', async () => {
      const { rowCount } = await admin.query(
        `SELECT pg_terminate_backend(pid) FROM pg_locks
         WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      );
      expect(rowCount).toBe(1);
      await database.ping();
      return 'done';
    });
    await admin.end();
    expect(answer).toEqual({ acquired: true, result: 'done' });
    expect(await database.withLock('door', async () => 'next')).toMatchObject({ acquired: true });
  });

  it('has the server notice within half a minute that the machine holding it is gone', async () => {
    const settings = await database.acrossTenants<{ name: string; setting: string }>(
      `SELECT name, setting FROM pg_settings WHERE name LIKE 'tcp_keepalives%' ORDER BY name`,
    );
    const [count, idle, interval] = settings.map(({ setting }) => Number(setting));
    expect([count, idle, interval]).toEqual([3, 15, 5]);
  });
});
