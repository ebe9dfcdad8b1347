import { randomBytes } from 'node:crypto';
import { Client, escapeIdentifier } from 'pg';
import { readRunVariable } from '../run/run-variables.js';

/** Set on the global object by the Jest environment of the medium and e2e projects when anything in the file failed. */
const FAILED = Symbol.for('threadline.testFailed');

/** A PostgreSQL database of one test file. */
export interface TestDatabase {
  name: string;
  /** As the role that owns it (LOGIN CREATEROLE, no superuser), the way DATABASE_URL is in production. */
  url: string;
  /** As the superuser, whom row-level security does not hold for: to look behind the curtain. */
  adminUrl: string;
  /** Drops it, or keeps it and says its name when a test of the file failed. Call it in afterAll. */
  drop: () => Promise<void>;
}

/**
 * Makes a database for the calling test file: a copy of the migrated template (some 30 ms), or with `empty` one with
 * nothing in it. Works in the medium and e2e projects, whose set-up starts the server.
 * @throws when the set-up could not migrate the template, saying why.
 */
export async function createTestDatabase({ empty = false }: { empty?: boolean } = {}): Promise<TestDatabase> {
  const adminUrl = readRunVariable('THREADLINE_TEST_DATABASE_URL');
  const problem = readRunVariable('THREADLINE_TEST_TEMPLATE_PROBLEM');
  if (!empty && problem !== '') throw new Error(`There is no template database. ${problem}`);
  const name = `test_${randomBytes(6).toString('hex')}`;
  const template = empty ? 'template0' : readRunVariable('THREADLINE_TEST_TEMPLATE');
  await execute(adminUrl, `CREATE DATABASE ${name} TEMPLATE ${escapeIdentifier(template)} OWNER threadline`);
  return {
    name,
    url: address(adminUrl, {
      database: name,
      user: 'threadline',
      password: readRunVariable('THREADLINE_TEST_ROLE_PASSWORD'),
    }),
    adminUrl: address(adminUrl, { database: name }),
    drop: async () => {
      if (Reflect.get(globalThis, FAILED) === true) {
        await execute(adminUrl, `COMMENT ON DATABASE ${name} IS 'kept'`);
        process.stderr.write(`A test of this file failed: its database ${name} is kept.\n`);
      } else {
        // FORCE: a connection that a test forgot must not hide behind a failing drop.
        await execute(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      }
    },
  };
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function address(
  url: string,
  { database, user, password }: { database: string; user?: string; password?: string },
): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  if (user !== undefined) other.username = user;
  if (password !== undefined) other.password = password;
  return other.href;
}
