import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type AppCredentials,
  createTestDatabase,
  makeAppEnvironment,
  startApi,
  type StartedApi,
  type TestDatabase,
} from '@app/testing';
import { Browser, type Page } from './browser.js';

const PUBLIC_URL = 'https://threadline.example';
const PASSWORD = 'a long enough password';

let database: TestDatabase;
let credentials: AppCredentials;
/** Two processes of one product, behind a proxy that says where requests come from. */
let apis: [StartedApi, StartedApi];

beforeAll(async () => {
  database = await createTestDatabase();
  const made = makeAppEnvironment({
    databaseUrl: database.url,
    hubspotUrl: 'http://127.0.0.1:9',
    extra: { PUBLIC_URL, TRUSTED_PROXIES: '127.0.0.1' },
  });
  credentials = made.credentials;
  apis = [await startApi({ env: made.env }), await startApi({ env: made.env })];
}, 60_000);

afterAll(async () => {
  await Promise.all(apis.map((api) => api.stop()));
  await database.drop();
});

const open = (process: 0 | 1): Browser => new Browser(apis[process].url, PUBLIC_URL);
const nth = (i: number): 0 | 1 => (i % 2 === 0 ? 0 : 1);

function guess(i: number, { email, from }: { email: string; from: string }): Promise<Page> {
  const headers = { 'x-forwarded-for': from };
  return open(nth(i)).call('POST', '/auth/login', { body: { email, password: `guess ${i}` }, headers });
}

function tally(pages: readonly Page[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of pages) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

async function signedIn(process: 0 | 1): Promise<Browser> {
  const browser = open(process);
  expect((await browser.signIn(credentials.adminEmail, credentials.adminPassword)).status).toBe(200);
  return browser;
}

describe('two API processes', () => {
  it('throttle the sign-in of an account together, also when all guesses come at once', async () => {
    const email = 'guessed@tenant.example';
    const pages = await Promise.all(Array.from({ length: 16 }, (_, i) => guess(i, { email, from: `203.0.113.${i}` })));
    expect(tally(pages)).toEqual({ 401: 10, 429: 6 });
    for (const process of [0, 1]) {
      const { status, headers, body } = await guess(process, { email, from: '203.0.113.99' });
      expect([status, body['code'], body['reason']]).toEqual([429, 1007, 'throttled']);
      expect(Number(headers.get('retry-after'))).toBe(body['retry_after']);
    }
  });

  it('throttle an address together, whoever it tries to be', async () => {
    const pages = await Promise.all(
      Array.from({ length: 64 }, (_, i) => guess(i, { email: `someone${i}@tenant.example`, from: '198.51.100.1' })),
    );
    // One comes back every ten seconds; these may take that long on a busy machine.
    const { 401: through = 0, 429: refused = 0 } = tally(pages);
    expect([through + refused, through >= 60, refused >= 1]).toEqual([64, true, true]);
  });

  it('do once what both are asked for under one Idempotency-Key', async () => {
    const headers = { 'idempotency-key': 'both-at-once', authorization: `Bearer ${credentials.apiKey}` };
    const body = { channel: 'chat', customer: { email: 'once@example.com' } };
    const create = (process: 0 | 1): Promise<Page> => open(process).call('POST', '/conversations', { body, headers });
    const pages = await Promise.all(Array.from({ length: 12 }, (_, i) => create(nth(i))));
    const answers = pages.map((page) => [page.status, page.body['reason']]);
    expect(answers).toContainEqual([201, undefined]);
    for (const answer of answers)
      expect([
        [201, undefined],
        [503, 'in_progress'],
      ]).toContainEqual(answer);
    const repeated = [await create(0), await create(1)];
    for (const { status, headers: answered } of repeated) {
      expect([status, answered.get('idempotency-replayed')]).toEqual([201, 'true']);
    }
    const listed = await open(0).call('GET', '/conversations?limit=100', { headers });
    expect(repeated.map((page) => [page.body['data']])).toEqual([listed.body['data'], listed.body['data']]);
  });

  it('know of a person who was let out, a role that changed and a key that was revoked, at once', async () => {
    const admin = await signedIn(0);
    const person = { email: 'leaver@tenant.example', password: PASSWORD, role: 'admin' };
    const user = await admin.call('POST', '/users', { body: person });
    const { id } = user.body['data'] as { id: string };
    const leaver = open(1);
    await leaver.signIn(person.email, PASSWORD);
    expect((await leaver.call('GET', '/users')).status).toBe(200);
    await admin.call('PATCH', `/users/${id}`, { body: { role: 'agent' } });
    expect((await leaver.call('GET', '/users')).body['reason']).toBe('admin_required');
    await admin.call('PATCH', `/users/${id}`, { body: { active: false } });
    expect((await leaver.call('GET', '/conversations')).body['reason']).toBe('session_over');

    const made = await admin.call('POST', '/api-keys', { body: { name: 'short', scopes: ['conversations:read'] } });
    const key = made.body['data'] as { id: string; key: string };
    const headers = { authorization: `Bearer ${key.key}` };
    expect((await open(1).call('GET', '/conversations', { headers })).status).toBe(200);
    await admin.call('DELETE', `/api-keys/${key.id}`);
    expect((await open(1).call('GET', '/conversations', { headers })).body['code']).toBe(2004);
  });
});
