import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newApiKey } from '@app/tenants';
import {
  type AppCredentials,
  createTestDatabase,
  makeAppEnvironment,
  spawnProgram,
  startApi,
  type StartedApi,
  startSimulator,
  type TestDatabase,
  type TestSimulator,
  waitFor,
} from '@app/testing';
import { Client } from 'pg';
import { Browser, type Page } from './browser.js';
import { type EventReader, openEvents } from './event-reader.js';

const PUBLIC_URL = 'https://threadline.example';
const PASSWORD = 'a long enough password';
const HS = '/integrations/hubspot';

let database: TestDatabase;
let simulator: TestSimulator;
let credentials: AppCredentials;
let env: Readonly<Record<string, string | undefined>>;
/** Two processes of one product: what one does, the streams of the other tell. */
let apis: [StartedApi, StartedApi];
const readers: EventReader[] = [];

beforeAll(async () => {
  [database, simulator] = await Promise.all([createTestDatabase(), startSimulator()]);
  const made = makeAppEnvironment({
    databaseUrl: database.url,
    hubspotUrl: simulator.url,
    extra: { PUBLIC_URL },
  });
  ({ env, credentials } = made);
  apis = [await startApi({ env }), await startApi({ env })];
  // A tenant's first watcher is told to read anew after two seconds: once, and no test shall meet it by chance.
  const first = await listen(0, await signIn(0));
  await first.next('ready');
  await first.next('resync');
}, 90_000);

afterAll(async () => {
  for (const reader of readers) reader.close();
  await Promise.all([...apis.map((api) => api.stop()), simulator.stop()]);
  await database.drop();
});

/** @returns the API key of another tenant. */
async function makeTenant(name: string): Promise<string> {
  const key = newApiKey();
  const command = spawnProgram({
    entry: 'apps/api/src/admin.js',
    args: ['ensure-tenant', '--name', name, '--admin-email', `${name.toLowerCase()}@example.com`],
    env: { ...env, ADMIN_PASSWORD: PASSWORD, ADMIN_API_KEY: key },
  });
  expect((await command.exited).code).toBe(0);
  return key;
}

async function signIn(process: 0 | 1, email = credentials.adminEmail, password = credentials.adminPassword) {
  const browser = new Browser(apis[process].url, PUBLIC_URL);
  expect((await browser.signIn(email, password)).status).toBe(200);
  return browser;
}

async function listen(process: 0 | 1, browser: Browser, headers: Record<string, string> = {}): Promise<EventReader> {
  const reader = await openEvents(`${apis[process].url}/events`, { cookie: browser.sessionCookie, ...headers });
  readers.push(reader);
  return reader;
}

function byKey(process: 0 | 1, method: string, path: string, body?: unknown, key = credentials.apiKey): Promise<Page> {
  const headers = { authorization: `Bearer ${key}` };
  return new Browser(apis[process].url, PUBLIC_URL).call(method, path, { body, headers });
}

const idOf = ({ body }: Page): string => (body['data'] as { id: string }).id;

/** As the superuser. */
async function query(sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: database.adminUrl });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('a stream of events', () => {
  it('tells what another process commits: a conversation from its first message to its delivery', async () => {
    const events = await listen(0, await signIn(0));
    expect([events.status, events.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
    expect(events.headers.get('x-trace-id')).toMatch(/^[0-9a-f]{32}$/);
    expect(events.headers.get('cache-control')).toContain('no-store');
    await events.next('ready');
    const conversationId = idOf(await byKey(1, 'POST', '/conversations', { channel: 'chat', customer: {} }));
    expect(await events.next('conversation.opened')).toEqual({ items: [{ conversationId }] });
    const messages = [{ author: 'customer', text: 'words of a customer' }];
    await byKey(1, 'POST', `/conversations/${conversationId}/messages`, { messages });
    expect(await events.next('message.added')).toEqual({ items: [{ conversationId }] });
    const deliveryId = idOf(await byKey(1, 'POST', `/conversations/${conversationId}/close`, {}));
    expect(await events.next('conversation.closed')).toEqual({ items: [{ conversationId }] });
    expect(await events.next('delivery.changed')).toEqual({
      items: [{ deliveryId, conversationId, status: 'skipped' }],
    });
    await byKey(1, 'PATCH', `${HS}/options`, { outboundSearch: true });
    await events.next('options.changed');
    await byKey(1, 'PATCH', `${HS}/writeback`, { mode: 'summary' });
    await events.next('writeback.changed');
    expect(JSON.stringify(events.seen())).not.toContain('words of a customer');
    const ids = events.seen().map(({ id }) => Number(id));
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  });

  it('tells nothing that was rolled back, and one statement of a hundred conversations whole', async () => {
    const events = await listen(0, await signIn(0));
    await events.next('ready');
    const closedAt = new Date().toISOString();
    const one = { channel: 'chat', customer: {}, closedAt };
    const conversations = Array.from({ length: 100 }, () => one);
    const { body } = await byKey(1, 'POST', '/conversations/batch', { conversations });
    const ids = (body['data'] as { data: { id: string } }[]).map(({ data }) => data.id);
    const told = (): string[] =>
      events
        .seen()
        .filter(({ event }) => event === 'delivery.changed')
        .flatMap(({ data }) => (data as { items: { conversationId: string }[] }).items)
        .map(({ conversationId }) => conversationId);
    await waitFor(() => Promise.resolve(told().length >= 100), { what: 'a hundred deliveries' });
    expect(told().toSorted()).toEqual(ids.toSorted());
    expect(events.seen().some(({ event }) => event === 'message.added')).toBe(false);
  });

  it('tells a tenant nothing of another', async () => {
    const key = await makeTenant('Other');
    const ours = await listen(0, await signIn(0));
    const theirs = await listen(0, await signIn(0, 'other@example.com', PASSWORD));
    await Promise.all([ours.next('ready'), theirs.next('ready')]);
    const mine = idOf(await byKey(1, 'POST', '/conversations', { channel: 'chat', customer: {} }));
    const their = idOf(await byKey(1, 'POST', '/conversations', { channel: 'chat', customer: {} }, key));
    await Promise.all([ours.next('conversation.opened'), theirs.next('conversation.opened')]);
    expect(JSON.stringify(theirs.seen())).not.toContain(mine);
    expect(JSON.stringify(ours.seen())).not.toContain(their);
  });

  it('notifies nothing of a tenant nobody watches', async () => {
    const key = await makeTenant('Unwatched');
    const listener = new Client({ connectionString: database.adminUrl });
    await listener.connect();
    const heard: { tenantId: string; kind: string }[] = [];
    listener.on('notification', ({ payload }) => heard.push(JSON.parse(payload ?? '') as (typeof heard)[number]));
    await listener.query('LISTEN threadline_events');
    // Its process watches one tenant of two: the other's news goes to that one alone.
    const watched = idOf(await byKey(1, 'POST', '/conversations', { channel: 'chat', customer: {} }));
    const id = idOf(await byKey(1, 'POST', '/conversations', { channel: 'chat', customer: {} }, key));
    await byKey(1, 'POST', `/conversations/${id}/close`, {}, key);
    // Rare and of weight for what processes remember: told whoever watches. It comes after anything of before.
    await byKey(1, 'PATCH', `${HS}/options`, { panelProperties: ['company'] }, key);
    await waitFor(() => heard.some(({ kind }) => kind === 'options.changed'), { what: 'the options to be told' });
    await listener.end();
    const unwatched = heard.at(-1)?.tenantId;
    expect(heard.filter(({ tenantId }) => tenantId === unwatched).map(({ kind }) => kind)).toEqual(['options.changed']);
    expect(JSON.stringify(heard)).toContain(watched);
    expect(JSON.stringify(heard)).not.toContain(id);
  });

  it('tells whoever comes back, and whoever may have missed something, to read anew', async () => {
    const browser = await signIn(0);
    const events = await listen(0, browser, { 'last-event-id': '7' });
    await events.next('resync');
    // The one connection that listens is lost, for each process.
    const lost = await query(
      `SELECT pid, pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'threadline-api-events' AND datname = current_database()`,
    );
    expect(lost).toHaveLength(2);
    await events.next('resync');
    const conversationId = idOf(await byKey(1, 'POST', '/conversations', { channel: 'chat', customer: {} }));
    expect(await events.next('conversation.opened')).toEqual({ items: [{ conversationId }] });
  });

  it('is not for API keys, nor for who is not signed in', async () => {
    expect((await byKey(0, 'GET', '/events')).body['reason']).toBe('session_required');
    expect((await openEvents(`${apis[0].url}/events`)).status).toBe(401);
  });

  it('ends when its session does: signing out, a new password, being let out', async () => {
    const admin = await signIn(1);
    const email = 'leaver@example.com';
    const made = await admin.call('POST', '/users', { body: { email, password: PASSWORD, role: 'agent' } });
    const leaver = await signIn(0, email, PASSWORD);
    const [own, stays] = [await listen(0, leaver), await listen(0, admin)];
    await own.next('ready');
    await leaver.call('POST', '/auth/logout');
    await own.next('signed_out');
    await own.ended;
    const other = await listen(1, await signIn(1, email, PASSWORD));
    await other.next('ready');
    await admin.call('PATCH', `/users/${idOf(made)}`, { body: { active: false } });
    await other.next('signed_out');
    await other.ended;
    expect(stays.seen().some(({ event }) => event === 'signed_out')).toBe(false);
  });

  it('tells each status of the connection, whichever process changed it, and all of them know it', async () => {
    const events = await listen(0, await signIn(0));
    await events.next('ready');
    const { token: accessToken } = await simulator.control.createPortal();
    for (const [method, path, body, status] of [
      ['POST', '/connect', { accessToken }, 'connected'],
      ['POST', '/enable', { mode: 'transcript', onNoMatch: 'skip' }, 'active'],
      ['DELETE', '', undefined, 'inactive'],
      ['POST', '/disable', {}, 'disconnected'],
    ] as const) {
      expect((await byKey(1, method, HS + path, body)).status).toBeLessThan(300);
      // What is learned of a connection is told too.
      const told = async (): Promise<unknown> => events.next('connection.changed');
      await waitFor(async () => JSON.stringify(await told()) === JSON.stringify({ items: [{ status }] }), {
        what: status,
      });
      expect((await byKey(0, 'GET', HS)).body['data']).toMatchObject({ status });
    }
  });

  it('is one of ten at most of a session', async () => {
    const browser = await signIn(1);
    const opened = await Promise.all(Array.from({ length: 12 }, () => listen(1, browser)));
    expect(opened.map(({ status }) => status).toSorted()).toEqual([...Array<number>(10).fill(200), 429, 429]);
    for (const reader of opened) reader.close();
    await waitFor(async () => (await listen(1, browser)).status === 200, { what: 'a place to be free again' });
  });

  it('ends when its process does, at once', async () => {
    const api = await startApi({ env });
    const browser = new Browser(api.url, PUBLIC_URL);
    await browser.signIn(credentials.adminEmail, credentials.adminPassword);
    const events = await openEvents(`${api.url}/events`, { cookie: browser.sessionCookie });
    await events.next('ready');
    const startedAt = Date.now();
    await Promise.all([api.stop(), events.ended]);
    expect(Date.now() - startedAt).toBeLessThan(3_000);
  });
});
