import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createTestDatabase,
  knowSecret,
  makeAppEnvironment,
  spawnProgram,
  startApi,
  type StartedApi,
  type TestDatabase,
} from '@app/testing';
import { DemoLinks } from '../src/demo/demo-link.js';
import { Browser, type Page } from './browser.js';
import { openEvents } from './event-reader.js';

interface Invitation {
  conversationId: string;
  token: string;
  url: string;
}

let database: TestDatabase;
let api: StartedApi;
let agent: Browser;
let customer: Browser;
let env: Readonly<Record<string, string | undefined>>;

/** As the API has them, to look into its links. */
let links: DemoLinks;

const dataOf = ({ body }: Page): unknown => body['data'];

beforeAll(async () => {
  database = await createTestDatabase();
  const made = makeAppEnvironment({
    databaseUrl: database.url,
    hubspotUrl: 'http://127.0.0.1:9',
    extra: { DEMO: 'on' },
  });
  env = made.env;
  links = new DemoLinks(env['SESSION_SECRET'] ?? '');
  api = await startApi({ env });
  agent = new Browser(api.url, api.url.replace('127.0.0.1', 'localhost'));
  customer = new Browser(api.url, '');
  await agent.signIn(made.credentials.adminEmail, made.credentials.adminPassword);
}, 60_000);

afterAll(async () => {
  await api.stop();
  await database.drop();
});

async function invite(body: object): Promise<Invitation> {
  const answer = await agent.call('POST', '/demo/customers', { body });
  expect(answer.status).toBe(201);
  const invitation = dataOf(answer) as Invitation;
  knowSecret('demo link', invitation.token);
  return invitation;
}

async function operate(command: string): Promise<void> {
  const program = spawnProgram({ entry: 'apps/api/src/admin.js', args: [command, '--tenant', 'Tenant'], env });
  expect((await program.exited).code).toBe(0);
}

describe('a demo customer', () => {
  it('is invited by who is signed in alone', async () => {
    expect((await customer.call('POST', '/demo/customers', { body: {} })).status).toBe(401);
  });

  it('writes into a conversation, sees the answers as they come, and begins anew after the close', async () => {
    const { token, conversationId, url } = await invite({ customer: { firstName: 'Ada', email: 'ada@example.com' } });
    expect(url).toBe(`${api.url.replace('127.0.0.1', 'localhost')}/customer/${token}`);
    const events = await openEvents(`${api.url}/demo/customers/${token}/events`);
    await events.next('ready');
    const written = await customer.call('POST', `/demo/customers/${token}/messages`, { body: { text: 'Hello?' } });
    expect([written.status, dataOf(written)]).toMatchObject([201, { author: 'customer', name: 'Ada', text: 'Hello?' }]);
    expect(await events.next('message.added')).toEqual({ items: [{ conversationId }] });
    await agent.call('POST', `/conversations/${conversationId}/replies`, { body: { text: 'Yes' } });
    await events.next('message.added');
    expect(dataOf(await customer.call('GET', `/demo/customers/${token}`))).toMatchObject({
      status: 'open',
      customer: { firstName: 'Ada' },
      messages: [{ text: 'Hello?' }, { author: 'agent', text: 'Yes' }],
    });
    // Another one's is none of theirs.
    const other = await invite({});
    await customer.call('POST', `/demo/customers/${other.token}/messages`, { body: { text: 'Elsewhere' } });
    await agent.call('POST', `/conversations/${conversationId}/close`, { body: {} });
    expect(await events.next('conversation.closed')).toEqual({ items: [{ conversationId }] });
    expect(JSON.stringify(events.seen())).not.toContain(other.conversationId);
    events.close();
    const late = await customer.call('POST', `/demo/customers/${token}/messages`, { body: { text: 'One more' } });
    expect([late.status, late.body['reason']]).toEqual([409, 'conversation_closed']);
    const again = dataOf(await customer.call('POST', `/demo/customers/${token}/conversations`)) as Invitation;
    knowSecret('demo link', again.token);
    expect(again.conversationId).not.toBe(conversationId);
    expect(dataOf(await customer.call('GET', `/demo/customers/${again.token}`))).toMatchObject({
      status: 'open',
      customer: { firstName: 'Ada' },
      messages: [],
    });
  });

  it('is invited for a day, however often it begins anew, by somebody who is written down', async () => {
    const { token, conversationId } = await invite({});
    const invited = links.open(token, new Date());
    const dayMs = 86_400_000;
    expect(invited && Math.abs(invited.until.getTime() - Date.now() - dayMs)).toBeLessThan(60_000);
    let latest = token;
    for (let i = 0; i < 3; i += 1) {
      const again = dataOf(await customer.call('POST', `/demo/customers/${latest}/conversations`)) as Invitation;
      knowSecret('demo link', again.token);
      expect(again.conversationId).not.toBe(conversationId);
      expect(links.open(again.token, new Date())).toEqual({ ...invited, conversationId: again.conversationId });
      latest = again.token;
    }
    const { body } = await agent.call('GET', '/audit?action=demo.customer_invited&limit=1');
    expect(body['data']).toMatchObject([
      { actor: { kind: 'user' }, target: conversationId, details: { until: invited?.until.toISOString() } },
    ]);
    expect(JSON.stringify(body)).not.toContain(token);
  });

  it('has ten streams of one invitation, whichever of its conversations they are of', async () => {
    const { token } = await invite({});
    const again = dataOf(await customer.call('POST', `/demo/customers/${token}/conversations`)) as Invitation;
    knowSecret('demo link', again.token);
    const addresses = Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? token : again.token));
    const opened = await Promise.all(addresses.map((each) => openEvents(`${api.url}/demo/customers/${each}/events`)));
    expect(opened.map(({ status }) => status).toSorted()).toEqual([...Array<number>(10).fill(200), 429, 429]);
    for (const reader of opened) reader.close();
  });

  it('has no link that was over, or made up', async () => {
    const { conversationId } = await invite({});
    const [tenantId, invitedTo] = [conversationId, conversationId];
    const over = links.seal({ tenantId, conversationId, invitedTo, until: new Date(Date.now() - 1) });
    for (const token of ['nonsense', 'A'.repeat(115), over]) {
      for (const [method, path] of [
        ['GET', ''],
        ['GET', '/events'],
        ['POST', '/conversations'],
      ] as const) {
        expect((await customer.call(method, `/demo/customers/${token}${path}`)).body['code']).toBe(2011);
      }
    }
  });
});

describe('a suspended tenant', () => {
  it('has no demo customers either, until it is let in again', async () => {
    const { token, conversationId } = await invite({});
    const events = await openEvents(`${api.url}/demo/customers/${token}/events`);
    await events.next('ready');
    await operate('suspend-tenant');
    try {
      for (const [method, path, body] of [
        ['GET', '', undefined],
        ['GET', '/events', undefined],
        ['POST', '/messages', { text: 'Is anybody there?' }],
        ['POST', '/conversations', undefined],
      ] as const) {
        const answer = await customer.call(method, `/demo/customers/${token}${path}`, { body });
        expect([answer.status, answer.body['code'], answer.body['reason']]).toEqual([403, 2005, 'tenant_suspended']);
      }
      // A stream that was open ends with a heartbeat.
      await events.next('signed_out', { timeoutMs: 60_000 });
      await events.ended;
    } finally {
      await operate('resume-tenant');
    }
    expect(dataOf(await customer.call('GET', `/demo/customers/${token}`))).toMatchObject({
      conversationId,
      messages: [],
    });
  }, 120_000);
});

describe('without demo mode', () => {
  it('there is nothing at these addresses', async () => {
    const plain = await startApi({ env: { ...env, DEMO: undefined } });
    try {
      const browser = new Browser(plain.url, plain.url.replace('127.0.0.1', 'localhost'));
      for (const [method, path] of [
        ['GET', '/demo'],
        ['POST', '/demo/customers'],
        ['GET', `/demo/customers/${'A'.repeat(115)}`],
      ] as const) {
        const { status, body } = await browser.call(method, path);
        expect([status, body['code']]).toEqual([404, 2011]);
      }
    } finally {
      await plain.stop();
    }
  });

  it('production refuses to start with it', async () => {
    const program = spawnProgram({ entry: 'apps/api/src/main.js', env: { ...env, NODE_ENV: 'production' } });
    const { code } = await program.exited;
    expect(code).toBe(1);
    expect(program.lines().join('\n')).toContain('DEMO');
  });
});
