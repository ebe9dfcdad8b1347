import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type AppCredentials,
  createTestDatabase,
  makeAppEnvironment,
  startApi,
  type StartedApi,
  type TestDatabase,
} from '@app/testing';
import { Browser } from './browser.js';

const PASSWORD = 'a long enough password';

let database: TestDatabase;
let api: StartedApi;
let publicUrl: string;
let credentials: AppCredentials;

beforeAll(async () => {
  database = await createTestDatabase();
  const made = makeAppEnvironment({ databaseUrl: database.url, hubspotUrl: 'http://127.0.0.1:9' });
  credentials = made.credentials;
  api = await startApi({ env: made.env });
  publicUrl = api.url.replace('127.0.0.1', 'localhost');
});

afterAll(async () => {
  await api.stop();
  await database.drop();
});

function openBrowser(): Browser {
  return new Browser(api.url, publicUrl);
}

async function signInAdmin(): Promise<Browser> {
  const browser = openBrowser();
  const { status } = await browser.signIn(credentials.adminEmail, credentials.adminPassword);
  expect(status).toBe(200);
  return browser;
}

describe('signing in', () => {
  it('gives a cookie out of reach of scripts and of other sites, which says who is there until sign-out', async () => {
    const browser = openBrowser();
    const signedIn = await browser.signIn(credentials.adminEmail, credentials.adminPassword);
    expect(signedIn.headers.get('set-cookie')).toMatch(
      /^threadline_session=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    const me = await browser.call('GET', '/auth/me');
    expect(me.body).toEqual(signedIn.body);
    expect(me.body).toMatchObject({
      data: { email: credentials.adminEmail, role: 'admin', tenant: { name: 'Tenant' } },
    });
    const stolen = browser.sessionCookie;
    expect((await browser.call('POST', '/auth/logout')).status).toBe(200);
    expect(browser.holdsSession).toBe(false);
    const thief = await fetch(`${api.url}/auth/me`, { headers: { cookie: stolen } });
    expect(thief.status).toBe(401);
    expect(await thief.json()).toMatchObject({ code: 2004, reason: 'session_over' });
  });

  it('refuses a wrong password and an unknown email in the same words', async () => {
    const answers = [
      await openBrowser().signIn(credentials.adminEmail, 'wrong'),
      await openBrowser().signIn('nobody@tenant.example', 'wrong'),
    ];
    const [known, unknown] = answers.map(({ status, body: { trace_id: _traceId, ...body } }) => ({ status, body }));
    expect(known).toEqual(unknown);
    expect(known).toMatchObject({ status: 401, body: { code: 2004, reason: 'wrong_credentials', retryable: false } });
  });

  it('is throttled, and says for how long', async () => {
    for (let i = 0; i < 10; i += 1) await openBrowser().signIn('guessed@tenant.example', `guess ${i}`);
    const { status, headers, body } = await openBrowser().signIn('guessed@tenant.example', 'guess');
    expect([status, body['code'], body['retryable']]).toEqual([429, 1007, true]);
    expect(Number(headers.get('retry-after'))).toBe(body['retry_after']);
    expect(body['retry_after']).toBeGreaterThan(0);
  });

  it('takes a fresh session over whatever cookie an attacker planted', async () => {
    const planted = `threadline_session=${'A'.repeat(43)}`;
    const response = await fetch(`${api.url}/auth/login`, {
      method: 'POST',
      headers: { cookie: planted, 'content-type': 'application/json' },
      body: JSON.stringify({ email: credentials.adminEmail, password: credentials.adminPassword }),
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('set-cookie')).not.toContain(planted);
    expect((await fetch(`${api.url}/auth/me`, { headers: { cookie: planted } })).status).toBe(401);
  });
});

describe('requests from other sites', () => {
  it.each([
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
    [{ origin: 'http://localhost' }],
  ])('with %j are refused although the cookie comes along', async (headers) => {
    const browser = await signInAdmin();
    const body = { email: 'planted@tenant.example', password: PASSWORD, role: 'admin' };
    const refused = await browser.call('POST', '/users', { body, headers });
    expect([refused.status, refused.body['code'], refused.body['reason']]).toEqual([403, 2005, 'cross_site']);
    const users = await browser.call('GET', '/users');
    expect(JSON.stringify(users.body)).not.toContain('planted');
    const login = await openBrowser().call('POST', '/auth/login', {
      body: { email: credentials.adminEmail, password: credentials.adminPassword },
      headers,
    });
    expect(login.body['reason']).toBe('cross_site');
    expect(login.headers.get('set-cookie')).toBeNull();
  });

  it('can’t send a form in someone’s name', async () => {
    const browser = await signInAdmin();
    const headers = { 'content-type': 'text/plain' };
    const { body } = await browser.call('POST', '/users', { body: {}, headers });
    expect(body['code']).toBe(1015);
  });
});

describe('an admin', () => {
  it('lets an agent in, who may look but not touch, and makes them an admin', async () => {
    const admin = await signInAdmin();
    const created = await admin.call('POST', '/users', {
      body: { email: 'Agent@tenant.example', password: PASSWORD, role: 'agent' },
    });
    expect(created.status).toBe(201);
    const { id } = created.body['data'] as { id: string };
    const agent = openBrowser();
    await agent.signIn('agent@tenant.example', PASSWORD);
    expect((await agent.call('GET', '/integrations/hubspot')).status).toBe(200);
    const refused = await agent.call('GET', '/users');
    expect([refused.status, refused.body['reason']]).toEqual([403, 'admin_required']);
    await admin.call('PATCH', `/users/${id}`, { body: { role: 'admin' } });
    const users = await agent.call('GET', '/users');
    expect(users.body['data']).toMatchObject([
      { email: 'agent@tenant.example', role: 'admin' },
      { email: 'admin@tenant.example' },
    ]);
    expect(JSON.stringify(users.body)).not.toMatch(/argon|password/);
  });

  it('lets a person out, whose open session ends, and in again, but never the last admin', async () => {
    const admin = await signInAdmin();
    const email = 'leaver@tenant.example';
    const created = await admin.call('POST', '/users', { body: { email, password: PASSWORD, role: 'agent' } });
    const { id, active } = created.body['data'] as { id: string; active: boolean };
    expect(active).toBe(true);
    const leaver = openBrowser();
    await leaver.signIn(email, PASSWORD);
    const out = await admin.call('PATCH', `/users/${id}`, { body: { active: false } });
    expect(out.body['data']).toMatchObject({ id, active: false, deactivatedAt: expect.any(String) });
    const refused = await leaver.call('GET', '/conversations');
    expect([refused.status, refused.body['code'], refused.body['reason']]).toEqual([401, 2004, 'session_over']);
    expect((await leaver.signIn(email, PASSWORD)).body['reason']).toBe('wrong_credentials');
    await admin.call('PATCH', `/users/${id}`, { body: { active: true } });
    expect((await leaver.signIn(email, PASSWORD)).status).toBe(200);

    const me = await admin.call('GET', '/auth/me');
    const { userId } = me.body['data'] as { userId: string };
    const others = (await admin.call('GET', '/users')).body['data'] as { id: string; role: string; active: boolean }[];
    for (const other of others) {
      if (other.id !== userId) await admin.call('PATCH', `/users/${other.id}`, { body: { role: 'agent' } });
    }
    for (const body of [{ active: false }, { role: 'agent' }]) {
      const kept = await admin.call('PATCH', `/users/${userId}`, { body });
      expect([kept.status, kept.body['code'], kept.body['reason']]).toEqual([409, 1012, 'last_admin']);
    }
    for (const wrong of ['false', 0, {}]) {
      const { status, body } = await admin.call('PATCH', `/users/${id}`, { body: { active: wrong } });
      expect([status, (body['errors'] as { field: string }[])[0]?.field]).toEqual([400, 'active']);
    }
  });

  it('reads people and keys by the page', async () => {
    const admin = await signInAdmin();
    await admin.call('POST', '/api-keys', { body: { name: 'One more', scopes: ['skills:write'] } });
    for (const path of ['/users', '/api-keys']) {
      const all = (await admin.call('GET', path)).body['data'] as { id: string }[];
      expect(all.length).toBeGreaterThan(1);
      const read: string[] = [];
      let next: string | undefined = '';
      while (next !== undefined) {
        const { body } = await admin.call('GET', `${path}?limit=1${next === '' ? '' : `&cursor=${next}`}`);
        read.push(...(body['data'] as { id: string }[]).map(({ id }) => id));
        next = body['nextCursor'] as string | undefined;
      }
      expect(read).toEqual(all.map(({ id }) => id));
      for (const query of ['limit=0', 'limit=101', 'limit=x', 'cursor=nonsense', 'order=up']) {
        const { status, body } = await admin.call('GET', `${path}?${query}`);
        expect([query, status, body['code']]).toEqual([query, 400, 1002]);
      }
    }
  });

  it.each([
    [{ email: 'no-address', password: PASSWORD, role: 'agent' }, 400, 'email'],
    [{ email: 'short@tenant.example', password: 'short', role: 'agent' }, 400, 'password'],
    [{ email: 'odd@tenant.example', password: PASSWORD, role: 'owner' }, 400, 'role'],
    [{ email: 'admin@tenant.example', password: PASSWORD, role: 'agent' }, 409, undefined],
  ])('is told what is wrong with %j', async (body, status, field) => {
    const refused = await (await signInAdmin()).call('POST', '/users', { body });
    expect(refused.status).toBe(status);
    const errors = (refused.body['errors'] ?? []) as { field: string }[];
    expect(errors[0]?.field).toBe(field);
  });

  it('makes a key with some scopes, sees its use, and revokes it', async () => {
    const admin = await signInAdmin();
    const created = await admin.call('POST', '/api-keys', { body: { name: 'Desk', scopes: ['conversations:read'] } });
    const { id, key } = created.body['data'] as { id: string; key: string };
    expect([created.status, key]).toEqual([201, expect.stringMatching(/^tl_live_[\w-]{43}$/)]);
    const read = (path: string): Promise<Response> =>
      fetch(api.url + path, { headers: { authorization: `Bearer ${key}` } });
    expect((await read('/conversations')).status).toBe(200);
    expect((await read('/integrations')).status).toBe(403);
    expect((await read('/api-keys')).status).toBe(403);
    const listed = await admin.call('GET', '/api-keys');
    expect((listed.body['data'] as unknown[])[0]).toMatchObject({ id, name: 'Desk', lastUsedAt: expect.any(String) });
    expect(JSON.stringify(listed.body)).not.toContain(key);
    const revoked = await admin.call('DELETE', `/api-keys/${id}`);
    expect(revoked.body['data']).toMatchObject({ id, revokedAt: expect.any(String) });
    expect((await read('/conversations')).status).toBe(401);
  });

  it('is told what is wrong with a key’s scopes', async () => {
    const admin = await signInAdmin();
    for (const scopes of [[], ['everything'], 'conversations:read', undefined]) {
      const { status, body } = await admin.call('POST', '/api-keys', { body: { name: 'x', scopes } });
      expect([status, (body['errors'] as { field: string }[])[0]?.field]).toEqual([400, 'scopes']);
    }
  });
});

describe('what the API prints', () => {
  it('holds no password, session or key', async () => {
    const browser = await signInAdmin();
    const made = await browser.call('POST', '/api-keys', { body: { name: 'x', scopes: ['skills:write'] } });
    const { key } = made.body['data'] as { key: string };
    const printed = api.lines().join('\n');
    expect(printed).toContain('/api-keys');
    const secret = browser.sessionCookie.split('=')[1] ?? '';
    for (const word of [credentials.adminPassword, PASSWORD, key, secret]) expect(printed).not.toContain(word);
  });
});
