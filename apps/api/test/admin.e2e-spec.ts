import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, systemClock } from '@app/platform';
import { ConnectionRepository, Vault } from '@app/tenants';
import {
  type AppEnvironment,
  createTestDatabase,
  makeAppEnvironment,
  spawnProgram,
  startApi,
  type StartedApi,
  type TestDatabase,
} from '@app/testing';
import { Client } from 'pg';
import { Browser } from './browser.js';

const OLD_KEY = randomBytes(32);
const NEW_KEY = randomBytes(32);
const OLD_RING = `old:${OLD_KEY.toString('base64')}`;
const BOTH_RING = `new:${NEW_KEY.toString('base64')},${OLD_RING}`;
const NEW_RING = `new:${NEW_KEY.toString('base64')}`;

let testDatabase: TestDatabase;
let database: Database;
let env: AppEnvironment;
let api: StartedApi;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await Database.connect({ url: testDatabase.url, applicationName: 'test' });
  const extra = { ENCRYPTION_KEYS: OLD_RING };
  ({ env } = makeAppEnvironment({ databaseUrl: testDatabase.url, hubspotUrl: 'http://127.0.0.1:9', extra }));
  api = await startApi({ env });
}, 60_000);

afterAll(async () => {
  await api.stop();
  await database.close();
  await testDatabase.drop();
});

async function admin(
  args: readonly string[],
  extra: AppEnvironment = {},
): Promise<{ code: number | null; output: string }> {
  const program = spawnProgram({ entry: 'apps/api/src/admin.js', args, env: { ...env, ...extra } });
  const { code } = await program.exited;
  return { code, output: program.lines().join('\n') };
}

/** Looks behind the curtain, as a superuser. */
async function asSuperuser<T extends object>(sql: string, parameters: unknown[] = []): Promise<T[]> {
  const client = new Client({ connectionString: testDatabase.adminUrl });
  await client.connect();
  try {
    return (await client.query<T>(sql, parameters)).rows;
  } finally {
    await client.end();
  }
}

/** A request that is remembered. */
async function keyed(headers: Readonly<Record<string, string>>, at: StartedApi = api): Promise<unknown> {
  const response = await fetch(`${at.url}/conversations`, {
    method: 'POST',
    headers: { ...headers, authorization: `Bearer ${env['BOOTSTRAP_API_KEY']}` },
    body: JSON.stringify({ channel: 'chat', customer: { email: 'a@b.co' } }),
  });
  expect(response.status).toBe(201);
  return response.json();
}

describe('npm run admin', () => {
  it('makes a tenant, a person who can sign in, and a key that opens what it may', async () => {
    expect(await admin(['create-tenant', '--name', 'Acme'])).toMatchObject({ code: 0 });
    const user = await admin(['create-user', '--tenant', 'Acme', '--email', 'Ada@acme.example', '--role', 'admin']);
    const [, password = ''] = /^Password: (\S+)$/m.exec(user.output) ?? [];
    const browser = new Browser(api.url, api.url.replace('127.0.0.1', 'localhost'));
    expect((await browser.signIn('ada@acme.example', password)).status).toBe(200);

    const made = await admin(['create-key', '--tenant', 'Acme', '--name', 'desk', '--scopes', 'conversations:read']);
    const [key = ''] = /^tl_live_\S+$/m.exec(made.output) ?? [];
    const headers = { authorization: `Bearer ${key}` };
    expect((await fetch(`${api.url}/conversations`, { headers })).status).toBe(200);
    expect((await fetch(`${api.url}/integrations`, { headers })).status).toBe(403);

    const { body } = await browser.call('GET', '/audit?action=api_key.created');
    expect(body['data']).toMatchObject([{ actor: { kind: 'operator' }, details: { name: 'desk' } }]);
  });

  it.each([
    [[], 2, 'Which command'],
    [['destroy'], 2, 'Which command'],
    [['create-tenant'], 2, '--name is missing'],
    [['create-tenant', '--nmae', 'x'], 2, '--nmae'],
    [['create-tenant', '--name', 'Tenant'], 1, 'has this name already'],
    [['create-user', '--tenant', 'Nobody', '--email', 'a@b.co', '--role', 'agent'], 2, 'no tenant called Nobody'],
    [['create-user', '--tenant', 'Tenant', '--email', 'a@b.co', '--role', 'owner'], 2, 'one of admin, agent'],
    [['create-user', '--tenant', 'Tenant', '--email', 'admin@tenant.example', '--role', 'agent'], 1, 'this email'],
    [['create-key', '--tenant', 'Tenant', '--name', 'x', '--scopes', 'everything'], 2, 'Not a scope: everything'],
  ])('says what is wrong with %j', async (args, code, message) => {
    const refused = await admin(args);
    expect(refused.code).toBe(code);
    expect(refused.output).toContain(message);
    expect(refused.output).not.toMatch(/\n\s+at /);
  });

  it('re-encrypts with the newest key, after which the old one can go; until then it says what it can’t open', async () => {
    const clock = systemClock;
    const withRing = (ring: { id: string; key: Buffer }[]): ConnectionRepository =>
      new ConnectionRepository(database, new Vault(ring), clock);
    const [tenant] = await asSuperuser<{ id: string }>(`SELECT id FROM tenants WHERE name = 'Tenant'`);
    const tenantId = tenant?.id ?? '';
    const credentials = { accessToken: 'pat-na1-secret' };
    const repeated = { 'idempotency-key': 'once', 'content-type': 'application/json' };
    const answers = await keyed(repeated);
    await withRing([{ id: 'old', key: OLD_KEY }]).connect(tenantId, { kind: 'token', portalId: '4711' }, credentials);

    const tooEarly = await admin(['rotate-keys'], { ENCRYPTION_KEYS: NEW_RING });
    expect(tooEarly).toMatchObject({ code: 1, output: expect.stringContaining('Key old is not in ENCRYPTION_KEYS') });

    const rotated = await admin(['rotate-keys'], { ENCRYPTION_KEYS: BOTH_RING });
    expect(rotated).toEqual({ code: 0, output: 'Sealed anew: 2' });
    expect(await withRing([{ id: 'new', key: NEW_KEY }]).findCredentials(tenantId)).toEqual(credentials);
    const restarted = await startApi({ env: { ...env, ENCRYPTION_KEYS: NEW_RING } });
    expect(await keyed(repeated, restarted)).toEqual(answers);
    await restarted.stop();
    expect(await admin(['rotate-keys'], { ENCRYPTION_KEYS: NEW_RING })).toEqual({ code: 0, output: 'Sealed anew: 0' });
  });

  it('lists connections without their secrets', async () => {
    const { code, output } = await admin(['list-connections'], { ENCRYPTION_KEYS: NEW_RING });
    expect(code).toBe(0);
    expect(output).toMatch(/^Tenant \(.+\): connected since .+, portal 4711 by token$/m);
    expect(output).not.toMatch(/pat-|accessToken/);
  });

  it('finds every sealed value of the database among those it re-encrypts', async () => {
    const columns = await asSuperuser<{ table_name: string; column_name: string }>(
      `SELECT table_name, column_name FROM information_schema.columns
       WHERE table_schema = 'public' AND data_type = 'jsonb' ORDER BY 1, 2`,
    );
    const sealed: string[] = [];
    for (const { table_name: table, column_name: column } of columns) {
      const rows = await asSuperuser(
        `SELECT 1 AS found FROM ${table} WHERE ${column} ?& ARRAY['keyId', 'iv', 'tag'] LIMIT 1`,
      );
      if (rows.length > 0) sealed.push(`${table}.${column}`);
    }
    expect(sealed).toEqual(['connections.credentials', 'idempotent_requests.answer']);
  });
});
