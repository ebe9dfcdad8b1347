import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newApiKey } from '@app/tenants';
import {
  type AppCredentials,
  createTestDatabase,
  type MadePortal,
  makeAppEnvironment,
  spawnProgram,
  startApi,
  type StartedApi,
  startSimulator,
  type TestDatabase,
  type TestSimulator,
} from '@app/testing';
import { Browser, type Page } from './browser.js';

const HS = '/integrations/hubspot';
const PASSWORD = 'a long enough password';
const WITHOUT_TICKETS_AND_CUSTOM = [
  'oauth',
  'crm.objects.contacts.read',
  'crm.objects.contacts.write',
  'crm.schemas.contacts.read',
  'crm.objects.companies.read',
  'crm.objects.deals.read',
  'crm.objects.owners.read',
];

let database: TestDatabase;
let simulator: TestSimulator;
let api: StartedApi;
let credentials: AppCredentials;
let portal: MadePortal;
let admin: Browser;
let agent: Browser;
let foreignKey: string;

interface Summary {
  name: string;
  typeId?: string;
  fieldCount: number;
}

const dataOf = ({ body }: Page): unknown => body['data'];
const codes = ({ status, body }: Page): unknown => [status, body['code'], body['reason']];
const openBrowser = (): Browser => new Browser(api.url, api.url.replace('127.0.0.1', 'localhost'));

function callWith(key: string, method: string, path: string, body?: unknown): Promise<Page> {
  return new Browser(api.url, '').call(method, path, { body, headers: { authorization: `Bearer ${key}` } });
}

const byKey = (method: string, path: string, body?: unknown): Promise<Page> =>
  callWith(credentials.apiKey, method, path, body);

const byTheirKey = (method: string, path: string, body?: unknown): Promise<Page> =>
  callWith(foreignKey, method, `${HS}/${path}`, body);

async function inHubSpot(method: string, path: string, body?: unknown): Promise<void> {
  const response = await fetch(simulator.url + path, {
    method,
    headers: { authorization: `Bearer ${portal.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect([method, path, response.ok]).toEqual([method, path, true]);
}

beforeAll(async () => {
  [database, simulator] = await Promise.all([createTestDatabase(), startSimulator()]);
  portal = await simulator.control.createPortal({ seed: { contacts: 5 }, limits: { staticPer10s: 190 } });
  await inHubSpot('POST', '/crm-object-schemas/2026-09/schemas', {
    name: 'pets',
    labels: { singular: 'Pet', plural: 'Pets' },
    primaryDisplayProperty: 'nickname',
    requiredProperties: ['nickname'],
    associatedObjects: ['contacts'],
    properties: [
      { name: 'nickname', label: 'Nickname', type: 'string', fieldType: 'text' },
      { name: 'vaccinated_on', label: 'Vaccinated on', type: 'date', fieldType: 'date' },
    ],
  });
  const made = makeAppEnvironment({ databaseUrl: database.url, hubspotUrl: simulator.url });
  ({ credentials } = made);
  foreignKey = newApiKey();
  const command = spawnProgram({
    entry: 'apps/api/src/admin.js',
    args: ['ensure-tenant', '--name', 'Other', '--admin-email', 'other@example.com'],
    env: { ...made.env, ADMIN_PASSWORD: PASSWORD, ADMIN_API_KEY: foreignKey },
  });
  api = await startApi({ env: made.env });
  const { code } = await command.exited;
  if (code !== 0) throw new Error(`admin ended with ${code}: ${command.lines().join('\n')}`);
  [admin, agent] = [openBrowser(), openBrowser()];
  await admin.signIn(credentials.adminEmail, credentials.adminPassword);
  await admin.call('POST', '/users', { body: { email: 'agent@example.com', password: PASSWORD, role: 'agent' } });
  await agent.signIn('agent@example.com', PASSWORD);
}, 60_000);

afterEach(() => simulator.control.clearFaults(portal.hubId));

afterAll(async () => {
  await api.stop();
  await simulator.stop();
  await database.drop();
});

const READS = ['objects', 'objects/contacts', 'search?q=email'];

describe('before anything is known', () => {
  it.each([...READS.map((path) => ['GET', path]), ['POST', 'discover']])(
    '%s %s says that HubSpot is not connected',
    async (method = '', path = '') => {
      expect(codes(await byKey(method, `${HS}/${path}`))).toEqual([403, 2010, 'not_connected']);
    },
  );

  it('the reads say that nothing was discovered', async () => {
    expect((await byKey('POST', `${HS}/connect`, { accessToken: portal.token })).status).toBe(200);
    for (const path of READS) {
      expect(codes(await agent.call('GET', `${HS}/${path}`))).toEqual([404, 2011, 'not_discovered']);
    }
  });
});

describe('discovering', () => {
  it('is for admins and keys, and counts what is there', async () => {
    expect(codes(await agent.call('POST', `${HS}/discover`))).toEqual([403, 2005, 'admin_required']);
    const first = await admin.call('POST', `${HS}/discover`);
    expect([first.status, dataOf(first)]).toMatchObject([200, { objectCount: 5, version: 1, withheld: [] }]);
    const { fieldCount, edgeCount, discoveredAt } = dataOf(first) as Record<string, number | string>;
    expect(fieldCount).toBeGreaterThan(150);
    expect(edgeCount).toBeGreaterThan(15);
    expect(dataOf(first)).not.toHaveProperty('changes');
    const again = dataOf(await byKey('POST', `${HS}/discover`)) as Record<string, unknown>;
    expect(again).toMatchObject({ version: 1, fieldCount, edgeCount });
    expect(String(again['discoveredAt']) > String(discoveredAt)).toBe(true);
    const { body } = await admin.call('GET', '/audit?action=schema.discovered');
    expect(body['data']).toMatchObject([
      { actor: { kind: 'api_key' }, target: String(portal.hubId), details: { version: 1, changed: false } },
      { actor: { kind: 'user', name: credentials.adminEmail }, details: { version: 1, changed: true, objectCount: 5 } },
    ]);
  });

  it('says what changed in HubSpot, and the reads follow', async () => {
    const shoeSize = { name: 'shoe_size', label: 'Shoe size', type: 'number', fieldType: 'number' };
    await inHubSpot('POST', '/crm/properties/2026-09/contacts', { ...shoeSize, groupName: 'contactinformation' });
    const added = dataOf(await byKey('POST', `${HS}/discover`));
    expect(added).toMatchObject({ version: 2, changes: { fieldsAdded: ['contacts.shoe_size'], fieldsGone: [] } });
    const [hit] = dataOf(await agent.call('GET', `${HS}/search?q=shoe%20size`)) as unknown[];
    expect(hit).toMatchObject({ kind: 'field', object: 'contacts', field: 'shoe_size', type: 'number' });
    await inHubSpot('DELETE', '/crm/properties/2026-09/contacts/shoe_size');
    const gone = dataOf(await byKey('POST', `${HS}/discover`));
    expect(gone).toMatchObject({ version: 3, changes: { fieldsAdded: [], fieldsGone: ['contacts.shoe_size'] } });
    const hits = dataOf(await agent.call('GET', `${HS}/search?q=shoe%20size`)) as { field?: string }[];
    expect(hits.map(({ field }) => field)).not.toContain('shoe_size');
  });

  it.each([
    [{ kind: 'status', status: 503 }, [502, 3004, 'hubspot_down']],
    [{ kind: 'status', status: 429, policy: 'DAILY' }, [503, 3002, 'hubspot_slow']],
  ] as const)('in spite of %j keeps what was known', async (action, refusal) => {
    await simulator.control.addFault({ hubId: portal.hubId, path: '/crm/properties/*', actions: [action] });
    const answer = await byKey('POST', `${HS}/discover`);
    expect(codes(answer)).toEqual(refusal);
    expect(answer.body).toMatchObject({ retryable: true, retry_after: expect.any(Number) });
    expect((await agent.call('GET', `${HS}/objects/contacts`)).status).toBe(200);
  });
});

describe('objects', () => {
  it('are listed page by page, with what may be done with each', async () => {
    const pages: Summary[][] = [];
    let cursor = '';
    do {
      const page = await agent.call('GET', `${HS}/objects?limit=2${cursor}`);
      pages.push(dataOf(page) as Summary[]);
      const next = page.body['nextCursor'];
      cursor = typeof next === 'string' ? `&cursor=${next}` : '';
    } while (cursor !== '' && pages.length < 10);
    const pets = `p${portal.hubId}_pets`;
    expect(pages.map((page) => page.map(({ name }) => name))).toEqual([
      ['companies', 'contacts'],
      ['deals', pets],
      ['tickets'],
    ]);
    expect(pages.flat()).toEqual(dataOf(await byKey('GET', `${HS}/objects`)));
    expect(pages[1]?.[1]).toMatchObject({
      label: 'Pet',
      pluralLabel: 'Pets',
      isCustom: true,
      capabilities: { read: true, write: true },
      missingScopes: [],
      pipelineCount: 0,
    });
    expect(codes(await byKey('GET', `${HS}/objects?cursor=%21`))).toEqual([400, 1002, undefined]);
  });

  it('are shown by name or type, with what a search may ask of each field', async () => {
    const answer = await agent.call('GET', `${HS}/objects/deals`);
    const deals = dataOf(answer) as { typeId: string; fields: { name: string }[] };
    expect(deals).toMatchObject({
      name: 'deals',
      requiredFields: ['dealname', 'dealstage', 'pipeline'],
      pipelines: [{ id: 'default', isDefault: true }],
    });
    const field = (name: string): unknown => deals.fields.find((one) => one.name === name);
    expect(field('dealstage')).toMatchObject({
      isRequired: true,
      isReadOnly: false,
      operators: ['EQ', 'NEQ', 'IN', 'NOT_IN', 'HAS_PROPERTY', 'NOT_HAS_PROPERTY'],
    });
    expect(field('amount')).toMatchObject({ isRequired: false, operators: expect.arrayContaining(['GT', 'BETWEEN']) });
    expect(field('hs_object_id')).toMatchObject({ isReadOnly: true });
    expect(dataOf(await byKey('GET', `${HS}/objects/0-3`))).toEqual(deals);
    const pets = dataOf(await byKey('GET', `${HS}/objects/P${portal.hubId}_PETS`)) as Summary;
    expect(pets).toMatchObject({ relationships: [{ to: 'contacts' }], requiredFields: ['nickname'] });
    expect(dataOf(await byKey('GET', `${HS}/objects/${pets.typeId}`))).toEqual(pets);
    expect(codes(await byKey('GET', `${HS}/objects/unicorns`))).toEqual([404, 2011, 'unknown_object']);
  });
});

describe('the search', () => {
  it.each([
    ['client', { kind: 'object', object: 'companies', label: 'Company' }],
    ['opportunities', { kind: 'object', object: 'deals' }],
    ['case', { kind: 'object', object: 'tickets' }],
    ['pets', { kind: 'object', label: 'Pet' }],
    ['surname', { object: 'contacts', field: 'lastname' }],
    ['emial of a contact', { object: 'contacts', field: 'email' }],
    ['mobile phone', { object: 'contacts', field: 'mobilephone' }],
    ['closed won', { object: 'deals', field: 'dealstage', options: [{ value: 'closedwon' }, { value: 'closedlost' }] }],
    ['ticket priority', { object: 'tickets', field: 'hs_ticket_priority' }],
    ['vacinated', { field: 'vaccinated_on', type: 'date' }],
  ])('finds for %j what is meant, among all that HubSpot defines', async (q, expected) => {
    const [best, ...others] = dataOf(
      await agent.call('GET', `${HS}/search?${new URLSearchParams({ q }).toString()}`),
    ) as { score: number }[];
    expect(best).toMatchObject(expected);
    for (const { score } of others) expect(score).toBeLessThanOrEqual(best?.score ?? 0);
  });

  it('stays within an object, and within a number of hits', async () => {
    const hits = dataOf(await byKey('GET', `${HS}/search?q=phone&object=companies&limit=3`)) as { object: string }[];
    expect(hits.length).toBeGreaterThan(0);
    expect(hits.length).toBeLessThanOrEqual(3);
    expect(new Set(hits.map(({ object }) => object))).toEqual(new Set(['companies']));
    expect(dataOf(await byKey('GET', `${HS}/search?q=qqqqqqqq`))).toEqual([]);
  });

  it.each([
    ['', 1001],
    ['?q=%20', 1002],
    ['?q=a&limit=51', 1002],
    [`?q=${'a'.repeat(201)}`, 1002],
  ])('refuses %j', async (query, code) => {
    expect((await byKey('GET', `${HS}/search${query}`)).body['code']).toBe(code);
  });
});

describe('another tenant', () => {
  it('sees its own portal alone, and what its scopes withhold', async () => {
    const theirs = await simulator.control.createPortal({ token: { scopes: WITHOUT_TICKETS_AND_CUSTOM } });
    expect((await byTheirKey('POST', 'connect', { accessToken: theirs.token })).status).toBe(200);
    expect(codes(await byTheirKey('GET', 'objects'))).toEqual([404, 2011, 'not_discovered']);
    expect(dataOf(await byTheirKey('POST', 'discover'))).toMatchObject({
      objectCount: 3,
      withheld: [{ name: 'custom_objects' }, { name: 'tickets', missingScopes: ['tickets'] }],
    });
    const listed = await byTheirKey('GET', 'objects');
    const summaries = dataOf(listed) as Summary[];
    expect(summaries.map(({ name }) => name)).toEqual(['companies', 'contacts', 'custom_objects', 'deals', 'tickets']);
    expect(summaries.at(-1)).toEqual({
      name: 'tickets',
      label: 'Tickets',
      pluralLabel: 'Tickets',
      isCustom: false,
      capabilities: { read: false, write: false },
      missingScopes: ['tickets'],
      fieldCount: 0,
      relationshipCount: 0,
      pipelineCount: 0,
    });
    const tickets = await byTheirKey('GET', 'objects/tickets');
    expect(codes(tickets)).toEqual([404, 2011, 'withheld']);
    expect(tickets.body['missing_scopes']).toEqual(['tickets']);
    expect(codes(await byTheirKey('GET', `objects/p${portal.hubId}_pets`))).toEqual([404, 2011, 'unknown_object']);
    expect(dataOf(await byTheirKey('GET', 'search?q=vaccinated'))).toEqual([]);
  });
});

describe('after a disable', () => {
  it('nothing is left; connecting again begins with nothing discovered', async () => {
    expect((await admin.call('POST', `${HS}/disable`, { body: {} })).status).toBe(200);
    expect(codes(await byKey('GET', `${HS}/objects`))).toEqual([403, 2010, 'not_connected']);
    // Another portal: of the former one HubSpot said above that its day is used up.
    const { token: accessToken } = await simulator.control.createPortal();
    expect((await byKey('POST', `${HS}/connect`, { accessToken })).status).toBe(200);
    expect(codes(await byKey('GET', `${HS}/objects`))).toEqual([404, 2011, 'not_discovered']);
  });
});
