import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createTestDatabase,
  type MadePortal,
  makeAppEnvironment,
  startApi,
  type StartedApi,
  startSimulator,
  type TestDatabase,
  type TestSimulator,
} from '@app/testing';
import { Browser, type Page } from './browser.js';

const HS = '/integrations/hubspot';
const PETS = {
  name: 'pets',
  labels: { singular: 'Pet', plural: 'Pets' },
  primaryDisplayProperty: 'nickname',
  requiredProperties: ['nickname'],
  associatedObjects: ['contacts'],
  properties: [
    { name: 'nickname', label: 'Nickname', type: 'string', fieldType: 'text' },
    { name: 'vaccinated_on', label: 'Vaccinated on', type: 'date', fieldType: 'date' },
  ],
};

let database: TestDatabase;
let simulator: TestSimulator;
let api: StartedApi;
let portal: MadePortal;
let pets: string;
let bindings: string;
let apiKey: string;

const dataOf = ({ body }: Page) => body['data'] as Record<string, unknown>;
const codes = ({ status, body }: Page): unknown => [status, body['code'], body['reason']];

/** Holds every answer against openapi.json. */
function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Page> {
  return new Browser(api.url, '').call(method, path, {
    body,
    headers: { authorization: `Bearer ${apiKey}`, ...headers },
  });
}

async function inHubSpot(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const response = await fetch(simulator.url + path, {
    method,
    headers: { authorization: `Bearer ${portal.token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect([method, path, response.ok]).toEqual([method, path, true]);
  return response.status === 204 ? {} : ((await response.json()) as Record<string, unknown>);
}

const byName = (rest: object = {}) => ({
  toolName: 'find_pet',
  description: 'Finds a pet by its name',
  operation: 'restSearch',
  restSearch: {
    object: pets,
    where: [[{ field: 'nickname', operator: 'CONTAINS_TOKEN', value: { input: 'name' } }]],
    select: ['nickname', 'vaccinated_on'],
    take: { many: 5, paging: true },
  },
  inputs: [{ name: 'name', description: 'Its name' }],
  ...rest,
});

const newPet = {
  toolName: 'register_pet',
  description: 'Registers a pet',
  operation: 'restWrite',
  restWrite: {
    action: 'create',
    object: '',
    set: [{ field: 'nickname', value: { input: 'name' } }],
    associate: [{ to: 'contacts', id: { input: 'owner_id' } }],
  },
  inputs: [
    { name: 'name', description: 'Its name' },
    { name: 'owner_id', description: 'The contact it belongs to', required: false },
  ],
  enabled: true,
};

beforeAll(async () => {
  [database, simulator] = await Promise.all([createTestDatabase(), startSimulator()]);
  portal = await simulator.control.createPortal({ seed: { contacts: 3 }, limits: { staticPer10s: 190 } });
  pets = (await inHubSpot('POST', '/crm-object-schemas/2026-09/schemas', PETS))['fullyQualifiedName'] as string;
  const made = makeAppEnvironment({ databaseUrl: database.url, hubspotUrl: simulator.url });
  ({ apiKey } = made.credentials);
  api = await startApi({ env: made.env });
  const agent = dataOf(await call('POST', '/agents', { name: 'Reception', kind: 'voice' }));
  bindings = `/agents/${String(agent['id'])}${HS}/bindings`;
}, 60_000);

afterAll(async () => {
  await api.stop();
  await simulator.stop();
  await database.drop();
});

describe('bindings by the API', () => {
  it('wait for HubSpot to be connected, and discovered', async () => {
    expect(codes(await call('POST', bindings, byName()))).toEqual([409, 1012, 'not_connected']);
    const goal = { goal: 'find a pet by nickname' };
    expect(codes(await call('POST', `${bindings}/auto`, goal))).toEqual([409, 1012, 'not_connected']);
    expect((await call('POST', `${HS}/connect`, { accessToken: portal.token })).status).toBe(200);
    expect(codes(await call('POST', bindings, byName()))).toEqual([409, 1012, 'not_discovered']);
    expect(codes(await call('POST', `${bindings}/auto`, goal))).toEqual([409, 1012, 'not_discovered']);
    expect((await call('POST', `${HS}/discover`)).status).toBe(200);
    const answer = await call('POST', bindings, byName({ enabled: true }));
    expect([answer.status, dataOf(answer)]).toMatchObject([
      201,
      {
        enabled: true,
        state: 'ready',
        gates: { confirmation: false, verifiedCaller: false },
        inputObjectMap: [{ input: 'name', object: pets, field: 'nickname' }],
        inputSchema: { required: ['name'], properties: { name: { type: 'string' }, cursor: { type: 'string' } } },
      },
    ]);
    expect(codes(await call('POST', bindings, byName()))).toEqual([409, 1012, 'name_taken']);
  });

  it('are refused with each problem’s place and reason', async () => {
    const answer = await call('POST', bindings, byName({ toolName: 'other', projection: [{ field: 'age' }] }));
    expect([answer.status, answer.body]).toMatchObject([
      400,
      {
        code: 1002,
        reason: 'binding_invalid',
        errors: [
          { field: 'projection[0].field', reason: 'unknown_field', message: expect.stringMatching(/is not a field/) },
        ],
      },
    ]);
    expect(codes(await call('POST', bindings, { operation: 'restSearch' }))).toEqual([400, 1001, 'binding_invalid']);
  });

  it('that write are saved disabled, enabled by an act of their own, and change for who has seen the last state', async () => {
    const body = { ...newPet, restWrite: { ...newPet.restWrite, object: pets } };
    const made = await call('POST', bindings, body, { 'idempotency-key': 'once' });
    expect(dataOf(made)).toMatchObject({
      enabled: false,
      notice: { reason: 'write_needs_review' },
      gates: { confirmation: true },
    });
    const again = await call('POST', bindings, body, { 'idempotency-key': 'once' });
    expect(dataOf(again)['id']).toBe(dataOf(made)['id']);
    const one = `${bindings}/${String(dataOf(made)['id'])}`;
    for (const headers of [undefined, { 'if-match': '*' }])
      expect(codes(await call('PATCH', one, { enabled: true }, headers))).toEqual([412, 1016, 'if_match_required']);
    expect(dataOf(await call('GET', one))).toMatchObject({ enabled: false });
    const reviewed = { 'if-match': made.headers.get('etag') ?? '' };
    expect(dataOf(await call('PATCH', one, { enabled: true }, reviewed))).toMatchObject({ enabled: true, version: 1 });
    const changed = dataOf(await call('PATCH', one, { description: 'Registers a new pet' }));
    expect(changed).toMatchObject({ enabled: false, version: 2 });
    expect(codes(await call('PATCH', one, { enabled: true }, { 'if-match': '"old"' }))).toEqual([412, 1016, 'stale']);
    const { body: versions } = await call('GET', `${one}/versions`);
    expect((versions['data'] as { version: number }[]).map(({ version }) => version)).toEqual([2, 1]);
    const { body: list } = await call('GET', `${bindings}?limit=1`);
    expect([list['data'], typeof list['nextCursor']]).toMatchObject([[{ toolName: 'register_pet' }], 'string']);
    expect((await call('DELETE', one)).status).toBe(200);
    expect(codes(await call('GET', one))).toEqual([404, 2011, undefined]);
  });

  it('break with what HubSpot loses, and are mended with it', async () => {
    const properties = `/crm/properties/2026-09/${pets}`;
    const [{ id }] = (await call('GET', bindings)).body['data'] as [{ id: string }];
    await inHubSpot('DELETE', `${properties}/vaccinated_on`);
    await call('POST', `${HS}/discover`);
    expect(dataOf(await call('GET', `${bindings}/${id}`))).toMatchObject({
      state: 'broken',
      problems: [{ field: 'restSearch.select[1]', reason: 'unknown_field' }],
    });
    const [, vaccinated] = PETS.properties;
    await inHubSpot('POST', properties, { ...vaccinated, groupName: 'pets_information' });
    await call('POST', `${HS}/discover`);
    expect(dataOf(await call('GET', `${bindings}/${id}`))).toMatchObject({ state: 'ready', problems: [] });
  });
});

describe('a goal in plain words', () => {
  it('becomes a binding that is saved nowhere, and can be saved as it is', async () => {
    const before = (await call('GET', bindings)).body['data'] as unknown[];
    const answer = await call('POST', `${bindings}/auto`, { goal: 'Find a pet by nickname' });
    expect([answer.status, dataOf(answer)]).toMatchObject([
      200,
      {
        by: 'matcher',
        draft: {
          operation: 'restSearch',
          restSearch: { object: pets, where: [[{ field: 'nickname', operator: 'CONTAINS_TOKEN' }]], take: 'one' },
          enabled: false,
        },
        inputSchema: { required: ['nickname'] },
        gates: { confirmation: false },
        reasons: expect.arrayContaining([
          { path: 'restSearch.object', said: 'pet', chosen: pets, message: 'the goal names it' },
        ]),
      },
    ]);
    expect((await call('GET', bindings)).body['data']).toEqual(before);
    const saved = await call('POST', bindings, dataOf(answer)['draft']);
    expect([saved.status, dataOf(saved)]).toMatchObject([201, { enabled: false, state: 'ready' }]);
    const again = dataOf(await call('POST', `${bindings}/auto`, { goal: 'Find a pet by nickname' }));
    expect(again['draft']).toMatchObject({ toolName: `${String(dataOf(saved)['toolName'])}_2` });
  });

  it('that writes is drafted with what HubSpot requires, and lands disabled like any other', async () => {
    const answer = dataOf(
      await call('POST', `${bindings}/auto`, { goal: 'Create a deal with name and amount for the contact' }),
    );
    expect(answer).toMatchObject({
      gates: { confirmation: true },
      draft: {
        restWrite: {
          action: 'create',
          object: 'deals',
          set: expect.arrayContaining([
            expect.objectContaining({ field: 'dealstage', value: { constant: expect.anything() } }),
          ]),
          associate: [{ to: 'contacts', id: { input: 'contact_id' } }],
        },
      },
    });
    const saved = await call('POST', bindings, { ...(answer['draft'] as object), enabled: true });
    expect(dataOf(saved)).toMatchObject({ enabled: false, notice: { reason: 'write_needs_review' } });
  });

  it('is refused with what was understood and what is missing', async () => {
    const answer = await call('POST', `${bindings}/auto`, { goal: 'Find the open deals of a pet' });
    expect([answer.status, answer.body]).toMatchObject([
      400,
      {
        code: 1002,
        reason: 'no_binding_fits',
        errors: [{ field: 'goal', reason: 'search_by_tie' }],
        understood: [{ path: 'operation' }, { path: 'restSearch.object', said: 'deals', chosen: 'deals' }],
      },
    ]);
    expect(codes(await call('POST', `${bindings}/auto`, {}))).toEqual([400, 1001, undefined]);
    const unknown = bindings.replace(/agents\/[^/]+/, 'agents/00000000-0000-7000-8000-000000000000');
    expect(codes(await call('POST', `${unknown}/auto`, { goal: 'find a pet' }))).toEqual([404, 2011, undefined]);
  });
});
