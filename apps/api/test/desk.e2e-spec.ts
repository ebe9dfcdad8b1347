import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
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
import { Browser, type Page } from './browser.js';

const HS = '/integrations/hubspot';
const PASSWORD = 'a long enough password';

let database: TestDatabase;
let simulator: TestSimulator;
let api: StartedApi;
let credentials: AppCredentials;
let admin: Browser;
let agent: Browser;
let hubId: number;
let env: Readonly<Record<string, string | undefined>>;

const openBrowser = (): Browser => new Browser(api.url, api.url.replace('127.0.0.1', 'localhost'));
const dataOf = ({ body }: Page): unknown => body['data'];
const codes = ({ status, body }: Page): unknown => [status, body['code'], body['reason']];
const byKey = (method: string, path: string, body?: unknown): Promise<Page> =>
  new Browser(api.url, '').call(method, path, { body, headers: { authorization: `Bearer ${credentials.apiKey}` } });

async function open(customer: object, more: object = {}): Promise<string> {
  const answer = await byKey('POST', '/conversations', { channel: 'chat', customer, ...more });
  expect(answer.status).toBe(201);
  return (dataOf(answer) as { id: string }).id;
}

beforeAll(async () => {
  [database, simulator] = await Promise.all([createTestDatabase(), startSimulator()]);
  const portal = await simulator.control.createPortal();
  hubId = portal.hubId;
  const made = makeAppEnvironment({ databaseUrl: database.url, hubspotUrl: simulator.url });
  ({ env, credentials } = made);
  api = await startApi({ env: made.env });
  [admin, agent] = [openBrowser(), openBrowser()];
  await admin.signIn(credentials.adminEmail, credentials.adminPassword);
  await admin.call('POST', '/users', { body: { email: 'agent@example.com', password: PASSWORD, role: 'agent' } });
  await agent.signIn('agent@example.com', PASSWORD);
  await simulator.control.createRecords(hubId, 'contacts', [
    {
      properties: {
        email: 'ada@example.com',
        firstname: 'Ada',
        lastname: 'Lovelace',
        phone: '+49 176 1234567',
        lifecyclestage: 'customer',
        company: 'Analytical Engines',
      },
    },
  ]);
  await byKey('POST', `${HS}/connect`, { accessToken: portal.token });
}, 60_000);

afterAll(async () => {
  await api.stop();
  await simulator.stop();
  await database.drop();
});

describe('before syncing is enabled', () => {
  it('the panel says so, and so does the search', async () => {
    const id = await open({ email: 'ada@example.com' });
    expect(dataOf(await agent.call('GET', `/conversations/${id}/contact`))).toMatchObject({ state: 'not_connected' });
    expect(codes(await byKey('GET', `${HS}/contacts?query=ada`))).toEqual([403, 2010, 'not_connected']);
    await byKey('POST', `/conversations/${id}/close`, {});
    await byKey('POST', `${HS}/enable`, { mode: 'transcript', onNoMatch: 'create' });
  });
});

describe('options', () => {
  it('start with nothing allowed, and are changed by an admin who has seen the last change', async () => {
    const first = await agent.call('GET', `${HS}/options`);
    expect(dataOf(first)).toEqual({ outboundSearch: false, outboundOnlyMatches: false, panelProperties: [] });
    const etag = first.headers.get('etag') ?? '';
    const change = { outboundSearch: true, panelProperties: ['company', 'createdate', 'nothing_like_it'] };
    const changed = await admin.call('PATCH', `${HS}/options`, { body: change, headers: { 'if-match': etag } });
    expect(dataOf(changed)).toEqual({ ...change, outboundOnlyMatches: false });
    expect(changed.headers.get('etag')).not.toBe(etag);
    const stale = await admin.call('PATCH', `${HS}/options`, { body: {}, headers: { 'if-match': etag } });
    expect(codes(stale)).toEqual([412, 1016, 'stale']);
    const { body } = await admin.call('GET', '/audit?action=options.changed');
    expect(body['data']).toMatchObject([{ actor: { name: credentials.adminEmail }, details: change }]);
  });

  it('have only matches together with the search alone', async () => {
    const alone = { outboundSearch: false, outboundOnlyMatches: true };
    const answer = await admin.call('PATCH', `${HS}/options`, { body: alone });
    expect(codes(answer)).toEqual([400, 1002, 'search_required']);
    expect(answer.body['errors']).toMatchObject([{ field: 'outboundOnlyMatches' }]);
  });

  it.each([[{ panelProperties: Array.from({ length: 31 }, String) }], [{ outboundSearch: 'yes' }], [{ other: true }]])(
    'refuse %j',
    async (body) => {
      expect((await byKey('PATCH', `${HS}/options`, body)).body['code']).toBe(1002);
    },
  );

  it('refuse to open an outbound conversation without a contact, while only matches are allowed', async () => {
    const customer = { email: 'someone@example.com' };
    const before = await open(customer, { externalId: 'before', direction: 'outbound' });
    await admin.call('PATCH', `${HS}/options`, { body: { outboundOnlyMatches: true } });
    const refused = await agent.call('POST', '/conversations', {
      body: { channel: 'chat', direction: 'outbound', customer },
    });
    expect(codes(refused)).toEqual([409, 1012, 'crm_contact_required']);
    // What was opened before is known, recording past ones stays allowed, inbound ones are not meant, and a contact is enough.
    const again = await byKey('POST', '/conversations', {
      channel: 'chat',
      customer,
      externalId: 'before',
      direction: 'outbound',
    });
    expect([again.status, (dataOf(again) as { id: string }).id]).toEqual([200, before]);
    const closedAt = new Date().toISOString();
    const past = await byKey('POST', '/conversations', { channel: 'chat', customer, direction: 'outbound', closedAt });
    expect(past.status).toBe(202);
    await open(customer);
    await open({ ...customer, crmContactId: '1' }, { direction: 'outbound' });
    const batch = await byKey('POST', '/conversations/batch', {
      conversations: [
        { channel: 'chat', direction: 'outbound', customer },
        { channel: 'chat', direction: 'inbound', customer },
      ],
    });
    expect(dataOf(batch)).toMatchObject([
      { status: 409, problem: { code: 1012, reason: 'crm_contact_required' } },
      { status: 201 },
    ]);
    await admin.call('PATCH', `${HS}/options`, { body: { outboundOnlyMatches: false } });
  });
});

describe('the contact panel', () => {
  it('shows the contact with what was chosen, and never makes one', async () => {
    const id = await open({ email: 'ADA@example.com' });
    const panel = dataOf(await agent.call('GET', `/conversations/${id}/contact`)) as {
      contact: { url: string; id: string };
    };
    expect(panel).toMatchObject({
      state: 'matched',
      matchedBy: 'email',
      tied: 1,
      contact: {
        firstName: 'Ada',
        lastName: 'Lovelace',
        email: 'ada@example.com',
        phones: ['+49 176 1234567'],
        lifecycleStage: 'Customer',
        properties: { company: { label: 'Company Name', type: 'text', display: 'Analytical Engines' } },
      },
    });
    expect(panel.contact.url).toBe(`${simulator.url}/contacts/${hubId}/record/0-1/${panel.contact.id}`);
    const stranger = await open({ email: 'nobody@example.com' });
    const nobody = await agent.call('GET', `/conversations/${stranger}/contact`);
    expect(dataOf(nobody)).toMatchObject({ state: 'no_match' });
    expect(await simulator.control.records(hubId, 'contacts')).toHaveLength(1);
  });
});

describe('the outbound search', () => {
  it.each([['ada'], ['lovelace'], ['ada@example.com'], ['+49 176 1234567'], ['0176 1234567'], ['1761234']])(
    'finds by %s',
    async (query) => {
      const answer = await agent.call('GET', `${HS}/contacts?${new URLSearchParams({ query }).toString()}`);
      expect(dataOf(answer)).toMatchObject([
        { firstName: 'Ada', email: 'ada@example.com', phones: ['+49 176 1234567'], properties: {} },
      ]);
    },
  );

  it('refuses an empty query, and people where it is not allowed', async () => {
    expect(codes(await agent.call('GET', `${HS}/contacts`))).toEqual([400, 1001, undefined]);
    expect(codes(await agent.call('GET', `${HS}/contacts?query=%20`))).toEqual([400, 1002, undefined]);
    await admin.call('PATCH', `${HS}/options`, { body: { outboundSearch: false } });
    expect(codes(await agent.call('GET', `${HS}/contacts?query=ada`))).toEqual([409, 1012, 'outbound_search_off']);
    expect((await byKey('GET', `${HS}/contacts?query=ada`)).status).toBe(200);
    await admin.call('PATCH', `${HS}/options`, { body: { outboundSearch: true } });
  });
});

describe('properties for the panel', () => {
  it('are listed with labels and groups', async () => {
    const properties = dataOf(await agent.call('GET', `${HS}/properties`)) as { name: string }[];
    expect(properties.length).toBeGreaterThan(50);
    expect(properties.find(({ name }) => name === 'company')).toEqual({
      name: 'company',
      label: 'Company Name',
      group: expect.stringMatching(/contact information/i),
      type: 'text',
    });
  });
});

describe('the desk', () => {
  it('lists open conversations by activity, with what is unanswered; replies are the signed-in agent’s', async () => {
    const first = await open({ firstName: 'First' }, { messages: [{ author: 'customer', text: 'Hello?' }] });
    const second = await open({ firstName: 'Second' }, { messages: [{ author: 'customer', text: 'Anyone?' }] });
    await byKey('POST', `/conversations/${first}/messages`, {
      messages: [{ author: 'customer', text: 'Still there' }],
    });
    type Listed = { id: string; unanswered: number; messageCount: number; lastMessage: { text: string } };
    const listed = dataOf(await agent.call('GET', '/conversations/open?limit=2')) as Listed[];
    expect(listed.map(({ id, unanswered, lastMessage }) => [id, unanswered, lastMessage.text])).toEqual([
      [first, 2, 'Still there'],
      [second, 1, 'Anyone?'],
    ]);
    const reply = { id: 'reply-1', text: 'Here I am' };
    for (const _ of [1, 2]) {
      const answer = await agent.call('POST', `/conversations/${first}/replies`, { body: reply });
      expect([answer.status, dataOf(answer)]).toMatchObject([201, { author: 'agent', name: 'agent@example.com' }]);
    }
    const [top] = dataOf(await agent.call('GET', '/conversations/open?limit=1')) as Listed[];
    expect(top).toMatchObject({ id: first, unanswered: 0, messageCount: 3, agent: { email: 'agent@example.com' } });
    expect((await agent.call('POST', `/conversations/${first}/close`, { body: {} })).status).toBe(202);
    expect(codes(await agent.call('POST', `/conversations/${first}/replies`, { body: { text: 'x' } }))).toEqual([
      409,
      1012,
      'conversation_closed',
    ]);
    expect(JSON.stringify((await agent.call('GET', '/conversations/open')).body)).not.toContain(first);
  });

  it('pages through all of them, each once', async () => {
    const all = (dataOf(await agent.call('GET', '/conversations/open?limit=100')) as { id: string }[]).map(
      ({ id }) => id,
    );
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await agent.call('GET', `/conversations/open?limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...(body['data'] as { id: string }[]).map(({ id }) => id));
      cursor = (body['nextCursor'] as string | undefined) ?? '';
    } while (cursor !== '');
    expect(all.length).toBeGreaterThan(3);
    expect(seen).toEqual(all);
    expect(codes(await agent.call('GET', '/conversations/open?cursor=abc'))).toEqual([400, 1002, undefined]);
  });

  it('pages back through the messages of one', async () => {
    const messages = Array.from({ length: 7 }, (_, n) => ({ author: 'customer', text: `message ${n}` }));
    const id = await open({ firstName: 'Talkative' }, { messages });
    const pages: string[][] = [];
    let cursor = '';
    do {
      const { body } = await agent.call('GET', `/conversations/${id}/messages?limit=3${cursor && `&cursor=${cursor}`}`);
      pages.unshift((body['data'] as { text: string }[]).map(({ text }) => text));
      cursor = (body['nextCursor'] as string | undefined) ?? '';
    } while (cursor !== '');
    expect(pages.map(({ length }) => length)).toEqual([1, 3, 3]);
    expect(pages.flat()).toEqual(messages.map(({ text }) => text));
  });

  it('names whoever closes a conversation that nobody answered', async () => {
    const id = await open({ firstName: 'Quick' });
    await agent.call('POST', `/conversations/${id}/close`, { body: {} });
    expect(dataOf(await agent.call('GET', `/conversations/${id}`))).toMatchObject({
      status: 'closed',
      agent: { email: 'agent@example.com' },
    });
  });
});

/** Another tenant with a portal of its own. */
async function otherTenant(): Promise<(path: string) => Promise<Page>> {
  const key = newApiKey();
  const command = spawnProgram({
    entry: 'apps/api/src/admin.js',
    args: ['ensure-tenant', '--name', 'Other', '--admin-email', 'other@example.com'],
    env: { ...env, ADMIN_PASSWORD: PASSWORD, ADMIN_API_KEY: key },
  });
  expect((await command.exited).code).toBe(0);
  const headers = { authorization: `Bearer ${key}` };
  const portal = await simulator.control.createPortal();
  await simulator.control.createRecords(portal.hubId, 'contacts', [{ properties: { firstname: 'Adam' } }]);
  const call = (method: string, path: string, body?: unknown): Promise<Page> =>
    new Browser(api.url, '').call(method, path, { body, headers });
  await call('POST', `${HS}/connect`, { accessToken: portal.token });
  await call('POST', `${HS}/enable`, { mode: 'transcript', onNoMatch: 'create' });
  return (path) => call('GET', path);
}

async function timed(asked: Promise<Page>): Promise<{ page: Page; ms: number }> {
  const startedAt = performance.now();
  const page = await asked;
  return { page, ms: performance.now() - startedAt };
}

describe('whatever HubSpot does', () => {
  afterEach(async () => {
    await simulator.control.clearFaults();
    await simulator.control.changePortal(hubId, { searchLagMs: 0 });
  });

  it('a search is answered within two seconds and a little, and says that HubSpot is slow', async () => {
    await simulator.control.addFault({ hubId, route: 'search', actions: [{ kind: 'delay', ms: 4_000 }] });
    const { page, ms } = await timed(agent.call('GET', `${HS}/contacts?query=slow`));
    expect(codes(page)).toEqual([503, 3002, 'hubspot_slow']);
    expect(page.body['retryable']).toBe(true);
    expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(ms).toBeGreaterThan(1_900);
    expect(ms).toBeLessThan(2_600);
  });

  it('the panel says that it is slow, and knows the contact when it is asked again', async () => {
    const id = await open({ email: 'ada@example.com', externalId: 'slow' });
    await simulator.control.addFault({ hubId, path: '*contacts/*', times: 1, actions: [{ kind: 'delay', ms: 2_500 }] });
    const { page, ms } = await timed(agent.call('GET', `/conversations/${id}/contact`));
    expect(dataOf(page)).toMatchObject({ state: 'slow', retryAfterSeconds: expect.any(Number) });
    expect(ms).toBeLessThan(2_600);
    // The chat goes on meanwhile.
    expect((await agent.call('POST', `/conversations/${id}/replies`, { body: { text: 'One moment' } })).status).toBe(
      201,
    );
    await waitFor(
      async () =>
        (dataOf(await agent.call('GET', `/conversations/${id}/contact`)) as { state: string }).state === 'matched',
      { what: 'the contact' },
    );
  });

  it.each([
    [{ kind: 'status', status: 502 }, 'down', [502, 3004, 'hubspot_down']],
    [{ kind: 'reset' }, 'down', [502, 3004, 'hubspot_down']],
    [{ kind: 'status', status: 429, policy: 'SECONDLY' }, 'slow', [503, 3002, 'hubspot_slow']],
  ] as const)(
    '%j is a state of the panel and a refusal that says when to ask again',
    async (action, state, refusal) => {
      await simulator.control.addFault({ hubId, actions: [action] });
      const id = await open({ email: 'ada@example.com', externalId: `${state}-${JSON.stringify(action)}` });
      const panel = await agent.call('GET', `/conversations/${id}/contact`);
      expect([panel.status, dataOf(panel)]).toMatchObject([200, { state, retryAfterSeconds: expect.any(Number) }]);
      const query = `q${JSON.stringify(action).length}`;
      const search = await agent.call('GET', `${HS}/contacts?query=${query}`);
      expect([...(codes(search) as unknown[]), search.body['retryable']]).toEqual([...refusal, true]);
      await simulator.control.clearFaults();
      await simulator.control.resetLimits();
      await waitFor(
        async () =>
          (dataOf(await agent.call('GET', `/conversations/${id}/contact`)) as { state: string }).state === 'matched',
        { what: 'the panel to recover', timeoutMs: 15_000 },
      );
    },
  );

  it('a lagging index hides nobody whose email is known', async () => {
    await simulator.control.changePortal(hubId, { searchLagMs: 30_000 });
    await simulator.control.createRecords(hubId, 'contacts', [{ properties: { email: 'new@example.com' } }]);
    const id = await open({ email: 'new@example.com' });
    expect(dataOf(await agent.call('GET', `/conversations/${id}/contact`))).toMatchObject({ state: 'matched' });
  });

  it('labels that can’t be read are left out, and nothing else with them', async () => {
    // As for a static token without them. Connecting again forgets what was read before.
    for (const route of ['properties.*', 'propertyGroups.*', 'owners.*']) {
      await simulator.control.addFault({ hubId, route, actions: [{ kind: 'status', status: 403 }] });
    }
    const { token } = await simulator.control.issueToken(hubId);
    await byKey('POST', `${HS}/connect`, { accessToken: token });
    const id = await open({ email: 'ada@example.com', externalId: 'plain' });
    const panel = await agent.call('GET', `/conversations/${id}/contact`);
    expect(dataOf(panel)).toMatchObject({
      state: 'matched',
      contact: { firstName: 'Ada', lifecycleStage: 'customer' },
    });
    expect((dataOf(panel) as { contact: { properties: object } }).contact.properties).toEqual({});
    // A scope that is only missed here stops no transcript.
    expect(dataOf(await agent.call('GET', HS))).toMatchObject({ status: 'active' });
    expect(codes(await agent.call('GET', `${HS}/properties`))).toEqual([403, 2010, 'not_connected']);
  });

  it('a search that was given up is taken back from HubSpot', async () => {
    await simulator.control.resetStats(hubId);
    await simulator.control.addFault({ hubId, route: 'search', actions: [{ kind: 'delay', ms: 200 }] });
    // Typed on and on: each request is given up for the next one.
    for (let n = 0; n < 12; n += 1) {
      await fetch(`${api.url}${HS}/contacts?query=typing${n}`, {
        headers: { authorization: `Bearer ${credentials.apiKey}` },
        signal: AbortSignal.timeout(30),
      }).catch(() => undefined);
    }
    const { page, ms } = await timed(byKey('GET', `${HS}/contacts?query=ada`));
    expect(page.status).toBe(200);
    expect(ms).toBeLessThan(2_000);
    expect((await simulator.control.stats(hubId)).searches).toBeLessThan(12);
  });
});

describe('another tenant', () => {
  it('finds its own contacts by the same words', async () => {
    const get = await otherTenant();
    const names = async (asked: Promise<Page>): Promise<unknown> =>
      (dataOf(await asked) as { firstName: string }[]).map(({ firstName }) => firstName);
    expect(await names(byKey('GET', `${HS}/contacts?query=ada`))).toEqual(['Ada']);
    expect(await names(get(`${HS}/contacts?query=ada`))).toEqual(['Adam']);
    expect(dataOf(await get(`${HS}/options`))).toMatchObject({ panelProperties: [] });
  });
});

describe('the end of a connection', () => {
  it('disconnecting keeps the options, disabling wipes them; the panel says that HubSpot is not connected', async () => {
    const id = await open({ email: 'ada@example.com' });
    await admin.call('DELETE', HS);
    const kept = dataOf(await agent.call('GET', `${HS}/options`));
    expect(kept).toMatchObject({ outboundSearch: true, panelProperties: ['company', 'createdate', 'nothing_like_it'] });
    expect(dataOf(await agent.call('GET', `/conversations/${id}/contact`))).toMatchObject({
      state: 'not_connected',
      detail: expect.stringContaining('disconnected'),
    });
    expect(codes(await byKey('GET', `${HS}/contacts?query=ada`))).toEqual([403, 2010, 'not_connected']);
    await admin.call('POST', `${HS}/disable`, { body: {} });
    expect(dataOf(await agent.call('GET', `${HS}/options`))).toEqual({
      outboundSearch: false,
      outboundOnlyMatches: false,
      panelProperties: [],
    });
  });
});

describe('scopes', () => {
  it('are listed with their reasons', async () => {
    const scopes = dataOf(await agent.call('GET', `${HS}/scopes`)) as { scope: string; required: boolean }[];
    expect(scopes.filter(({ required }) => required).map(({ scope }) => scope)).toContain('crm.objects.owners.read');
    expect(scopes.find(({ scope }) => scope === 'automation')).toMatchObject({
      required: false,
      features: ['workflow'],
      reason: expect.stringMatching(/workflow/),
    });
  });
});
