import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, type QueryResultRow } from 'pg';
import { createTestDatabase, type TestDatabase } from './test-database.js';

async function query<T extends QueryResultRow>(url: string, statement: string): Promise<T[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(statement)).rows;
  } finally {
    await client.end();
  }
}

describe('createTestDatabase', () => {
  let one: TestDatabase;
  let other: TestDatabase;

  beforeAll(async () => {
    [one, other] = await Promise.all([createTestDatabase({ empty: true }), createTestDatabase({ empty: true })]);
  });

  afterAll(async () => {
    await one.drop();
  });

  it('gives each caller a database of its own', async () => {
    await query(one.url, 'CREATE TABLE t (a int)');
    await query(other.url, 'CREATE TABLE t (b text)');
    expect(await query(one.url, 'SELECT * FROM t')).toEqual([]);
  });

  it('opens it as a role for which row-level security holds', async () => {
    const [role] = await query(
      one.url,
      'SELECT rolname, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user',
    );
    expect(role).toEqual({ rolname: 'threadline', rolsuper: false, rolbypassrls: false, rolcreaterole: true });
    const [admin] = await query(
      one.adminUrl,
      'SELECT current_database() AS name, rolsuper FROM pg_roles WHERE rolname = current_user',
    );
    expect(admin).toEqual({ name: one.name, rolsuper: true });
  });

  it('drops it when everything passed, also with a connection left open', async () => {
    const forgotten = new Client({ connectionString: other.url });
    forgotten.on('error', () => {});
    await forgotten.connect();
    const closed = new Promise((resolve) => forgotten.once('end', resolve));
    await other.drop();
    await closed;
    const rest = await query(one.adminUrl, `SELECT FROM pg_database WHERE datname = '${other.name}'`);
    expect(rest).toHaveLength(0);
  });
});
