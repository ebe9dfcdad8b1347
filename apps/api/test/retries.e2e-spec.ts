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
