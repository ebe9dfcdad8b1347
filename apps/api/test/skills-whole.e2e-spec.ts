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
  waitFor,
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
    { name: 'chip', label: 'Chip', type: 'string', fieldType: 'text', hasUniqueValue: true },
    { name: 'weight', label: 'Weight', type: 'number', fieldType: 'number' },
  ],
};
const CALLER = '+4930901820';

let database: TestDatabase;
let simulator: TestSimulator;
let api: StartedApi;
let portal: MadePortal;
let apiKey: string;
let agent: string;
let pets: string;

const dataOf = ({ body }: Page) => body['data'] as Record<string, unknown>;
const codes = ({ status, body }: Page): unknown => [status, body['code'], body['reason']];
const recordsOf = (page: Page) => dataOf(page)['records'] as { id: string; values: Record<string, string> }[];

/** Holds every answer against openapi.json. */
const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Page> =>
  new Browser(api.url, '').call(method, path, { body, headers: { authorization: `Bearer ${apiKey}`, ...headers } });

const run = (skill: string, body: object): Promise<Page> => call('POST', `${agent}/skills/${skill}/execute`, body);

async function agreed(skill: string, body: object): Promise<object> {
  const asked = await run(skill, body);
  expect([asked.status, asked.body]).toMatchObject([200, { data: { outcome: 'confirmation_required' } }]);
  return { ...body, confirmation: (dataOf(asked)['confirmation'] as { token: string }).token };
}

/** Asks, hears a yes, and asks again for as long as it is said to take longer. */
async function runConfirmed(skill: string, body: object): Promise<Page> {
  const confirmed = await agreed(skill, body);
  return waitFor(
    async () => {
      const answer = await run(skill, confirmed);
      return answer.body['reason'] === 'still_working' ? undefined : answer;
    },
    { what: `${skill} to be done`, timeoutMs: 30_000 },
  );
}

async function inHubSpot(path: string, body: object): Promise<Record<string, unknown>> {
  const response = await fetch(simulator.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${portal.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect([path, response.status]).toEqual([path, 201]);
  return (await response.json()) as Record<string, unknown>;
}

/** One that is tied to a contact. */
async function ticketFor(id: string, subject: string, hs_pipeline_stage: string): Promise<string> {
  const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 16 }];
  const properties = { subject, hs_pipeline: '0', hs_pipeline_stage };
  const made = await inHubSpot('/crm/objects/2026-09/tickets', {
    properties,
    associations: [{ to: { id }, types }],
  });
  return String(made['id']);
}

const propertiesOf = async (object: string, id: string) =>
  (await simulator.control.record(portal.hubId, object, id)).properties;

async function makeSkill(binding: Record<string, unknown>): Promise<void> {
  const made = await call('POST', `${agent}${HS}/bindings`, { ...binding, enabled: true });
  expect([made.status, made.body]).toMatchObject([201, {}]);
  const { id, enabled } = dataOf(made);
  // A write lands disabled, to be reviewed.
  expect(enabled).toBe(binding['operation'] === 'restSearch');
  if (enabled === true) return;
  const reviewed = { 'if-match': made.headers.get('etag') ?? '' };
  expect((await call('PATCH', `${agent}${HS}/bindings/${String(id)}`, { enabled: true }, reviewed)).status).toBe(200);
}

beforeAll(async () => {
  [database, simulator] = await Promise.all([createTestDatabase(), startSimulator()]);
  portal = await simulator.control.createPortal({
    seed: { contacts: 0 },
    limits: { staticPer10s: null, searchPerSecond: null },
    searchLagMs: 0,
  });
  pets = String((await inHubSpot('/crm-object-schemas/2026-09/schemas', PETS))['fullyQualifiedName']);
  const made = makeAppEnvironment({ databaseUrl: database.url, hubspotUrl: simulator.url });
  ({ apiKey } = made.credentials);
  api = await startApi({ env: made.env });
  agent = `/agents/${String(dataOf(await call('POST', '/agents', { name: 'Reception', kind: 'voice' }))['id'])}`;
}, 90_000);

afterAll(async () => {
  await api.stop();
  await simulator.stop();
  await database.drop();
});

describe('from connecting to a conversation', () => {
  it('a portal with a custom object is discovered, and the Connector Pack installed', async () => {
    expect((await call('POST', `${HS}/connect`, { accessToken: portal.token })).status).toBe(200);
    const discovered = dataOf(await call('POST', `${HS}/discover`));
    expect(discovered['objectCount']).toBe(5);
    const found = await call('GET', `${HS}/search?q=pet%20nickname`);
    expect(JSON.stringify(found.body)).toContain(pets);
    const installed = (await call('POST', `${agent}${HS}/pack/install`)).body['data'] as { created: boolean }[];
    expect([installed.length, installed.every(({ created }) => created)]).toEqual([7, true]);
  });

  it('all seven skills run', async () => {
    const conversationId = String(
      dataOf(await call('POST', '/conversations', { channel: 'voice', customer: { phone: CALLER } }))['id'],
    );
    const ask = (skill: string, given: object): Promise<Page> => run(skill, { arguments: given, conversationId });
    const write = (skill: string, given: object): Promise<Page> =>
      runConfirmed(skill, { arguments: given, conversationId });
    expect(recordsOf(await ask('find_contact', { phone: CALLER }))).toEqual([]);

    const made = await write('create_contact', { phone: CALLER, first_name: 'Ada', last_name: 'Byron' });
    expect(dataOf(made)).toMatchObject({ outcome: 'created' });
    const contact_id = recordsOf(made)[0]?.id ?? '';
    const found = await ask('find_contact', { phone: '0049 30 901820' });
    expect(recordsOf(found)).toMatchObject([{ id: contact_id, values: { first_name: 'Ada', phone: CALLER } }]);

    const change = { contact_id, last_name: 'Lovelace' };
    expect(codes(await ask('update_contact', change))).toEqual([409, 1012, 'caller_not_verified']);
    const verification = { contactId: contact_id, method: 'one_time_code', verifiedBy: 'IVR' };
    expect((await call('POST', `/conversations/${conversationId}/verification`, verification)).status).toBe(200);
    expect(dataOf(await write('update_contact', change))).toMatchObject({ outcome: 'updated' });
    expect(await propertiesOf('contacts', contact_id)).toMatchObject({ firstname: 'Ada', lastname: 'Lovelace' });

    const [company_id = ''] = await simulator.control.createRecords(portal.hubId, 'companies', [
      { properties: { name: 'Analytical Engines', domain: 'engines.example' } },
    ]);
    expect(recordsOf(await ask('find_company', { domain: 'engines.example' }))).toMatchObject([{ id: company_id }]);
    expect(recordsOf(await ask('find_company', { name: 'analytical' }))).toMatchObject([{ id: company_id }]);

    const ticket = await write('create_ticket', { subject: 'The mill jams', priority: 'HIGH', contact_id, company_id });
    const ticketId = recordsOf(ticket)[0]?.id ?? '';
    const kept = await simulator.control.record(portal.hubId, 'tickets', ticketId);
    expect(kept).toMatchObject({
      properties: { subject: 'The mill jams', hs_pipeline: '0', hs_pipeline_stage: '1', hs_ticket_priority: 'HIGH' },
      associations: { contacts: [{ id: contact_id }], companies: [{ id: company_id }] },
    });
    expect(recordsOf(await ask('find_ticket', { keyword: 'mill' }))).toMatchObject([{ id: ticketId }]);

    const deal = await write('create_deal', { name: 'A second mill', amount: 1200, contact_id });
    const properties = await propertiesOf('deals', recordsOf(deal)[0]?.id ?? '');
    expect(properties).toMatchObject({ dealname: 'A second mill', amount: '1200', pipeline: 'default' });
  }, 60_000);

  it('bindings over the custom object run: one by hand, and one by description', async () => {
    await makeSkill({
      toolName: 'register_pet',
      description: 'Registers a pet, once for each chip',
      operation: 'restWrite',
      restWrite: {
        action: 'findOrCreate',
        object: pets,
        key: { field: 'chip', value: { input: 'chip' } },
        set: [
          { field: 'nickname', value: { input: 'name' } },
          { field: 'weight', value: { input: 'weight' } },
        ],
      },
      inputs: [
        { name: 'chip', description: 'Its chip' },
        { name: 'name', description: 'Its name' },
        { name: 'weight', description: 'In kilograms', required: false },
      ],
    });
    const rex = { arguments: { chip: 'c-1', name: 'Rex', weight: 12.5 } };
    const registered = await runConfirmed('register_pet', rex);
    expect(dataOf(registered)).toMatchObject({ outcome: 'created', records: [{ values: { nickname: 'Rex' } }] });
    const again = await runConfirmed('register_pet', { arguments: { chip: 'c-1', name: 'Max' } });
    expect(dataOf(again)).toMatchObject({ outcome: 'already_there', records: [{ id: recordsOf(registered)[0]?.id }] });

    const drafted = await call('POST', `${agent}${HS}/bindings/auto`, { goal: 'find a pet by nickname' });
    expect([drafted.status, drafted.body]).toMatchObject([200, {}]);
    const draft = dataOf(drafted)['draft'] as { toolName: string; inputs: { name: string }[] };
    await makeSkill({ ...draft });
    const [input] = draft.inputs;
    const found = await run(draft.toolName, { arguments: { [input?.name ?? '']: 'Rex' } });
    expect(recordsOf(found)).toMatchObject([{ id: recordsOf(registered)[0]?.id }]);
  }, 60_000);
});

describe('what is tied to a record', () => {
  it('is found by a binding of one sentence: the open tickets of this contact, and nobody else’s', async () => {
    const { hubId } = portal;
    const [ada = '', bob = ''] = await simulator.control.createRecords(hubId, 'contacts', [
      { properties: { firstname: 'Ada' } },
      { properties: { firstname: 'Bob' } },
    ]);
    const open = await ticketFor(ada, 'Open of Ada', '1');
    await ticketFor(ada, 'Closed of Ada', '4');
    const theirs = await ticketFor(bob, 'Open of Bob', '1');
    const drafted = await call('POST', `${agent}${HS}/bindings/auto`, { goal: 'the contact’s open tickets' });
    expect([drafted.status, drafted.body]).toMatchObject([200, {}]);
    await makeSkill({ ...(dataOf(drafted)['draft'] as object) });
    const asked = async (contact_id: string): Promise<string[]> => {
      const found = await run('find_tickets_by_contact', { arguments: { contact_id } });
      expect([found.status, found.body]).toMatchObject([200, {}]);
      return recordsOf(found).map(({ id }) => id);
    };
    expect([await asked(ada), await asked(bob)]).toEqual([[open], [theirs]]);
    const refused = await run('find_tickets_by_contact', { arguments: { contact_id: 'Ada' } });
    expect(codes(refused)).toEqual([400, 1002, 'invalid_arguments']);
  }, 60_000);
});

/* Those of arguments, confirmations, verification and look-ups stand in skills.e2e-spec.ts. */
describe('what a run is refused with', () => {
  const ticketsOf = '/crm/objects/*/tickets';

  it('an AI agent that is not there', async () => {
    const path = '/agents/0190a7f2-0000-7000-8000-000000000000/skills/find_contact/execute';
    expect(codes(await call('POST', path, { arguments: { phone: CALLER } }))).toEqual([404, 2011, undefined]);
  });

  it('a record that is gone, and one that another record has a value of', async () => {
    const [theirs = ''] = await simulator.control.createRecords(portal.hubId, 'contacts', [
      { properties: { firstname: 'Grace' } },
      { properties: { firstname: 'Eve', email: 'eve@example.com' } },
    ]);
    const opened = await call('POST', '/conversations', { channel: 'voice', customer: { phone: '+4930901821' } });
    const conversationId = String(dataOf(opened)['id']);
    const verification = { contactId: theirs, method: 'one_time_code', verifiedBy: 'IVR' };
    await call('POST', `/conversations/${conversationId}/verification`, verification);
    const taken = { arguments: { contact_id: theirs, email: 'eve@example.com' }, conversationId };
    expect(codes(await runConfirmed('update_contact', taken))).toEqual([409, 1012, 'already_exists']);
    const change = await agreed('update_contact', {
      arguments: { contact_id: theirs, last_name: 'Hopper' },
      conversationId,
    });
    await simulator.control.archiveRecords(portal.hubId, 'contacts', [theirs]);
    expect(codes(await run('update_contact', change))).toEqual([409, 1012, 'record_gone']);
  });

  it('a property that the portal requires, and a value that it doesn’t take', async () => {
    const { hubId } = portal;
    await simulator.control.changePortal(hubId, {
      flags: { enforceRequiredProperties: true, requiredProperties: { tickets: ['hubspot_owner_id'] } },
    });
    const refused = await runConfirmed('create_ticket', { arguments: { subject: 'Lamp' } });
    expect(codes(refused)).toEqual([409, 1012, 'missing_required_property']);
    await simulator.control.changePortal(hubId, {
      flags: { enforceRequiredProperties: false, requiredProperties: {} },
    });
  });

  it('HubSpot down, and one that takes too long: the yes still holds', async () => {
    const { hubId } = portal;
    await simulator.control.addFault({ hubId, path: '**/search', actions: [{ kind: 'status', status: 503 }] });
    const down = await run('find_ticket', { arguments: { keyword: 'mill' } });
    expect([codes(down), down.body['retryable']]).toEqual([[502, 3004, 'hubspot_down'], true]);
    await simulator.control.clearFaults(hubId);
    const confirmed = await agreed('create_ticket', { arguments: { subject: 'Slow lamp' } });
    await simulator.control.addFault({
      hubId,
      path: ticketsOf,
      method: 'POST',
      times: 1,
      actions: [{ kind: 'delay', ms: 5_000 }],
    });
    const slow = await run('create_ticket', confirmed);
    expect([codes(slow), slow.body['retryable']]).toEqual([[503, 3002, 'still_working'], true]);
    const done = await waitFor(
      async () => {
        const answer = await run('create_ticket', confirmed);
        return answer.status === 200 ? answer : undefined;
      },
      { what: 'the ticket to be made', timeoutMs: 30_000, intervalMs: 250 },
    );
    expect(dataOf(done)).toMatchObject({ outcome: 'created' });
    const tickets = await simulator.control.records(hubId, 'tickets');
    expect(tickets.filter(({ properties }) => properties['subject'] === 'Slow lamp')).toHaveLength(1);
  }, 60_000);

  it('a scope that the connection lost, and a portal that was never discovered', async () => {
    const less = await simulator.control.issueToken(portal.hubId, {
      scopes: [
        'oauth',
        'crm.objects.owners.read',
        ...['contacts', 'companies', 'deals'].flatMap((type) => [
          `crm.objects.${type}.read`,
          `crm.objects.${type}.write`,
          `crm.schemas.${type}.read`,
        ]),
      ],
    });
    expect((await call('DELETE', HS)).status).toBe(200);
    expect((await call('POST', `${HS}/connect`, { accessToken: less.token })).status).toBe(200);
    expect(codes(await run('find_ticket', { arguments: { keyword: 'mill' } }))).toEqual([409, 1012, 'missing_scope']);
    expect((await call('POST', `${HS}/disable`)).status).toBe(200);
    const other = await simulator.control.createPortal({ seed: { contacts: 1 } });
    expect((await call('POST', `${HS}/connect`, { accessToken: other.token })).status).toBe(200);
    expect(codes(await run('find_ticket', { arguments: { keyword: 'mill' } }))).toEqual([409, 1012, 'not_discovered']);
  });
});
