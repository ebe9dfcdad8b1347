import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type AppCredentials,
  createTestDatabase,
  makeAppEnvironment,
  startApi,
  type StartedApi,
  type TestDatabase,
} from '@app/testing';
import { Client } from 'pg';
import { Browser, type Page } from './browser.js';

const WRITEBACK = '/integrations/hubspot/writeback';

let database: TestDatabase;
let api: StartedApi;
let credentials: AppCredentials;
let admin: Browser;

beforeAll(async () => {
  database = await createTestDatabase();
  const made = makeAppEnvironment({ databaseUrl: database.url, hubspotUrl: 'http://127.0.0.1:9' });
  credentials = made.credentials;
  api = await startApi({ env: made.env });
  admin = new Browser(api.url, api.url.replace('127.0.0.1', 'localhost'));
  await admin.signIn(credentials.adminEmail, credentials.adminPassword);
}, 60_000);

afterAll(async () => {
  await api.stop();
  await database.drop();
});

function change(body: unknown, ifMatch?: string): Promise<Page> {
  return admin.call('PATCH', WRITEBACK, { body, headers: ifMatch === undefined ? {} : { 'if-match': ifMatch } });
}

async function readEtag(): Promise<string> {
  return (await admin.call('GET', WRITEBACK)).headers.get('etag') ?? '';
}

describe('If-Match on settings', () => {
  it('lets a change through that has seen what is there, and refuses one that has not', async () => {
    const seen = await readEtag();
    const changed = await change({ mode: 'summary' }, seen);
    expect(changed.status).toBe(200);
    const stale = await change({ mode: 'off' }, seen);
    expect([stale.status, stale.body['code'], stale.body['retryable']]).toEqual([412, 1016, false]);
    expect((await admin.call('GET', WRITEBACK)).body['data']).toMatchObject({ mode: 'summary' });
    expect(await readEtag()).toBe(changed.headers.get('etag'));
    expect((await change({ mode: 'transcript' }, changed.headers.get('etag') ?? '')).status).toBe(200);
  });

  it('lets one of many through that have seen the same', async () => {
    const seen = await readEtag();
    const numbers = Array.from({ length: 8 }, (_, i) => `+4930000000${i}`);
    const answers = await Promise.all(numbers.map((number) => change({ ignoredNumbers: [number] }, seen)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(7).fill(412)]);
  });

  it('is not asked for', async () => {
    expect((await change({ onNoMatch: 'create' })).status).toBe(200);
    expect((await change({ onNoMatch: 'skip' }, '*')).status).toBe(200);
  });
});

let made = 0;
const newKey = (): string => `key-${(made += 1)}`;

function post(path: string, body: unknown, key: string, as: Browser = admin): Promise<Page> {
  return as.call('POST', path, { body, headers: { 'idempotency-key': key } });
}

const CHAT = { channel: 'chat', customer: { email: 'a@b.co' } };

async function count(path: string): Promise<number> {
  const { body } = await admin.call('GET', `${path}?limit=100`);
  return (body['data'] as unknown[]).length;
}

describe('Idempotency-Key', () => {
  it.each([
    ['/conversations', CHAT],
    ['/api-keys', { name: 'once', scopes: ['skills:write'] }],
    ['/users', { email: 'once@tenant.example', password: 'a long enough password', role: 'agent' }],
  ])('makes a repetition on %s the same answer, and nothing new', async (path, body) => {
    const key = newKey();
    const before = await count(path);
    const first = await post(path, body, key);
    const second = await post(path, body, key);
    expect(first.status).toBe(201);
    expect([second.status, second.body]).toEqual([201, first.body]);
    expect([first.headers.get('idempotency-replayed'), second.headers.get('idempotency-replayed')]).toEqual([
      null,
      'true',
    ]);
    expect(await count(path)).toBe(before + 1);
  });

  it('makes a repeated answer of an agent one message', async () => {
    const { body } = await admin.call('POST', '/conversations', { body: CHAT });
    const path = `/conversations/${(body['data'] as { id: string }).id}`;
    const key = newKey();
    const [first, second] = [
      await post(`${path}/replies`, { text: 'On its way.' }, key),
      await post(`${path}/replies`, { text: 'On its way.' }, key),
    ];
    expect([first.status, second.status, second.body]).toEqual([201, 201, first.body]);
    expect(await count(`${path}/messages`)).toBe(1);
  });

  it('does it once when the repetitions come all at once', async () => {
    const key = newKey();
    const before = await count('/conversations');
    const answers = await Promise.all(Array.from({ length: 10 }, () => post('/conversations', CHAT, key)));
    const succeeded = answers.filter(({ status }) => status === 201);
    expect(succeeded.length).toBeGreaterThan(0);
    expect(new Set(succeeded.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    for (const { status, body } of answers) {
      if (status !== 201) expect([status, body['reason'], body['retryable']]).toEqual([503, 'in_progress', true]);
    }
    expect(await count('/conversations')).toBe(before + 1);
  });

  it('is refused with something else under it, and is each caller’s own', async () => {
    const key = newKey();
    const first = await post('/conversations', CHAT, key);
    const other = await post('/conversations', { ...CHAT, subject: 'other' }, key);
    expect([other.status, other.body['code'], other.body['reason']]).toEqual([409, 1012, 'idempotency_key_reused']);
    const response = await fetch(`${api.url}/conversations`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${credentials.apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      body: JSON.stringify(CHAT),
    });
    expect(response.status).toBe(201);
    expect(await response.json()).not.toEqual(first.body);
  });

  it('remembers no refusal: mended, the same key goes through', async () => {
    const key = newKey();
    expect((await post('/conversations', { channel: 'fax' }, key)).status).toBe(400);
    expect((await post('/conversations', CHAT, key)).status).toBe(201);
  });

  it.each([['with a space'], ['x'.repeat(201)]])('must be short and plain: %.20s', async (key) => {
    expect((await post('/conversations', CHAT, key)).status).toBe(400);
  });

  it('keeps no answer in clear', async () => {
    const { body } = await post('/api-keys', { name: 'sealed', scopes: ['skills:write'] }, newKey());
    const client = new Client({ connectionString: database.adminUrl });
    await client.connect();
    const { rows } = await client.query<{ row: string }>('SELECT r::text AS row FROM idempotent_requests r');
    await client.end();
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain((body['data'] as { key: string }).key);
  });
});
