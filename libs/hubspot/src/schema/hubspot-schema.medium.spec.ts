import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CrmDeferredError, type CrmField, type CrmObject, type CrmSchemaReading } from '@app/crm';
import { type Exchange, specsAvailable, specsFolder, startSimulator, type TestSimulator } from '@app/testing';
import { makeSimulatedCrm, type SimulatedCrm } from '../../testing/simulated-crm.js';
import { findingsIn } from '../../testing/watched-transport.js';

const PETS = {
  name: 'pets',
  labels: { singular: 'Pet', plural: 'Pets' },
  description: 'Animals in our care',
  primaryDisplayProperty: 'nickname',
  requiredProperties: ['nickname'],
  searchableProperties: ['nickname', 'chip'],
  associatedObjects: ['contacts'],
  properties: [
    { name: 'nickname', label: 'Nickname', type: 'string', fieldType: 'text' },
    { name: 'chip', label: 'Chip number', type: 'string', fieldType: 'text', hasUniqueValue: true },
    {
      name: 'species',
      label: 'Species',
      type: 'enumeration',
      fieldType: 'select',
      options: [
        { label: 'Dog', value: 'dog', displayOrder: 1 },
        { label: 'Cat', value: 'cat', displayOrder: 0 },
        { label: 'Dodo', value: 'dodo', displayOrder: -1, hidden: true },
      ],
    },
  ],
};

const WITHOUT_TICKETS_AND_CUSTOM = [
  'oauth',
  'crm.objects.contacts.read',
  'crm.objects.contacts.write',
  'crm.schemas.contacts.read',
  'crm.objects.companies.read',
  'crm.schemas.companies.read',
  'crm.objects.deals.read',
  'crm.objects.deals.write',
  'crm.schemas.deals.read',
];

let simulator: TestSimulator;
let crm: SimulatedCrm;

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());

beforeEach(async () => {
  crm = await makeSimulatedCrm(simulator, { seed: { contacts: 0 } });
});
afterEach(() => crm.close());

const read = (): Promise<CrmSchemaReading> => crm.tenant.schema.readSchema(crm.tenantId);

async function inHubSpot(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const response = await fetch(simulator.url + path, {
    method,
    headers: { authorization: `Bearer ${crm.accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

const makePets = (): Promise<unknown> => inHubSpot('POST', '/crm-object-schemas/2026-09/schemas', PETS);
const makeProperty = (object: string, property: object): Promise<unknown> =>
  inHubSpot('POST', `/crm/properties/2026-09/${object}`, property);

/** The connection is told to have them, and the portal holds it to them. */
async function grantOnly(scopes: readonly string[], { areKnown = true } = {}): Promise<void> {
  await crm.close();
  crm = await makeSimulatedCrm(simulator, { seed: { contacts: 0 }, token: { scopes } });
  if (areKnown) crm.tenant.connections.connection = { ...crm.tenant.connections.connection, scopes: [...scopes] };
}

function objectOf({ objects }: CrmSchemaReading, name: string): CrmObject {
  const found = objects.find((object) => object.name === name);
  if (found === undefined) throw new Error(`${name} was not read, but ${objects.map((one) => one.name).join(', ')}`);
  return found;
}

function fieldOf(object: CrmObject, name: string): CrmField {
  const found = object.fields.find((field) => field.name === name);
  if (found === undefined) throw new Error(`${object.name} has no field ${name}`);
  return found;
}

async function deferral(): Promise<unknown> {
  const error: unknown = await read().catch((thrown: unknown) => thrown);
  if (!(error instanceof CrmDeferredError)) throw new Error(`It should have been put off: ${JSON.stringify(error)}`);
  return error.deferral;
}

const petsName = (): string => `p${crm.hubId}_pets`;

describe('what a portal holds', () => {
  it('is told with types, options, and what can be written', async () => {
    const contacts = objectOf(await read(), 'contacts');
    expect(contacts).toMatchObject({
      typeId: '0-1',
      label: 'Contact',
      pluralLabel: 'Contacts',
      isCustom: false,
      capabilities: { read: true, write: true },
      missingScopes: [],
      primaryField: 'firstname',
      requiredFields: [],
      requiresOneOf: ['email', 'firstname', 'lastname'],
      pipelines: [],
    });
    expect(contacts.searchableFields).toEqual(expect.arrayContaining(['email', 'phone', 'lastname']));
    expect(fieldOf(contacts, 'email')).toMatchObject({
      label: 'Email',
      type: 'string',
      isUnique: true,
      isReadOnly: false,
      sensitivity: 'none',
    });
    expect(fieldOf(contacts, 'createdate')).toMatchObject({ type: 'datetime', isReadOnly: true });
    expect(fieldOf(contacts, 'hs_calculated_phone_number').isReadOnly).toBe(true);
    expect(fieldOf(contacts, 'hubspot_owner_id')).toMatchObject({ optionsFromElsewhere: true, isReadOnly: false });
    expect(fieldOf(contacts, 'lifecyclestage').options[0]).toEqual({
      value: 'subscriber',
      label: 'Subscriber',
      isHidden: false,
    });
  });

  it('is told with pipelines and their stages in order, and which is the default', async () => {
    await inHubSpot('POST', '/crm/pipelines/2026-09/deals', {
      label: 'Renewals',
      displayOrder: 0,
      stages: [
        { label: 'Lost', displayOrder: 1, metadata: { probability: '0.0' } },
        { label: 'Talking', displayOrder: 0, metadata: { probability: '0.5' } },
      ],
    });
    const reading = await read();
    const deals = objectOf(reading, 'deals');
    expect(deals.requiredFields).toEqual(['dealname', 'dealstage', 'pipeline']);
    const [sales, renewals] = deals.pipelines.toSorted((a, b) => b.label.localeCompare(a.label));
    expect(sales).toMatchObject({ id: 'default', isDefault: true });
    expect(sales?.stages.map(({ id, isClosed }) => [id, isClosed])).toContainEqual(['closedwon', true]);
    expect(sales?.stages[0]).toEqual({ id: 'appointmentscheduled', label: 'Appointment Scheduled', isClosed: false });
    expect(renewals).toMatchObject({
      isDefault: false,
      stages: [{ label: 'Talking', isClosed: false }, { isClosed: true }],
    });
    expect(objectOf(reading, 'tickets').pipelines).toMatchObject([
      {
        id: '0',
        isDefault: true,
        stages: [{ label: 'New', isClosed: false }, {}, {}, { label: 'Closed', isClosed: true }],
      },
    ]);
  });

  it('is told with the ways in which records can be tied, each direction by its own number', async () => {
    const reading = await read();
    const ties = objectOf(reading, 'contacts').relationships;
    expect(ties).toEqual(
      expect.arrayContaining([
        { to: 'companies', typeId: 279, category: 'HUBSPOT_DEFINED', label: undefined },
        { to: 'companies', typeId: 1, category: 'HUBSPOT_DEFINED', label: 'Primary' },
        { to: 'deals', typeId: 4, category: 'HUBSPOT_DEFINED', label: undefined },
      ]),
    );
    expect(objectOf(reading, 'deals').relationships).toContainEqual({
      to: 'contacts',
      typeId: 3,
      category: 'HUBSPOT_DEFINED',
      label: undefined,
    });
  });

  it('holds custom objects, under the name that paths take', async () => {
    await makePets();
    const reading = await read();
    const pets = objectOf(reading, petsName());
    expect(pets).toMatchObject({
      label: 'Pet',
      pluralLabel: 'Pets',
      description: 'Animals in our care',
      isCustom: true,
      capabilities: { read: true, write: true },
      primaryField: 'nickname',
      searchableFields: ['nickname', 'chip'],
      requiredFields: ['nickname'],
      requiresOneOf: [],
    });
    expect(pets.typeId).toMatch(/^2-\d+$/);
    expect(fieldOf(pets, 'chip').isUnique).toBe(true);
    expect(fieldOf(pets, 'species').options).toEqual([
      { value: 'cat', label: 'Cat', isHidden: false },
      { value: 'dog', label: 'Dog', isHidden: false },
      { value: 'dodo', label: 'Dodo', isHidden: true },
    ]);
    const [there] = pets.relationships.filter(({ to }) => to === 'contacts');
    const [back] = objectOf(reading, 'contacts').relationships.filter(({ to }) => to === petsName());
    expect(there?.typeId).toEqual(expect.any(Number));
    expect(back?.typeId).toEqual(expect.any(Number));
    expect(back?.typeId).not.toBe(there?.typeId);
    expect(pets.relationships.map(({ to }) => to)).not.toContain('deals');
  });

  it('holds the owners of all pages, without who has left', async () => {
    await crm.close();
    crm = await makeSimulatedCrm(simulator, { seed: { contacts: 0, owners: 1_101 } });
    const { owners } = await read();
    expect(owners).toHaveLength(1_100);
    expect(new Set(owners.map(({ id }) => id)).size).toBe(1_100);
    expect(owners[0]).toEqual({
      id: '41629779',
      email: expect.stringContaining('@'),
      name: expect.stringContaining(' '),
    });
  });

  it('is asked for as HubSpot’s OpenAPI files have it', async () => {
    const exchanges: Exchange[] = [];
    await crm.close();
    crm = await makeSimulatedCrm(simulator, { seed: { contacts: 0, owners: 600 } }, { exchanges });
    await makePets();
    await read();
    expect(exchanges.length).toBeGreaterThan(25);
    if (!specsAvailable()) {
      process.stdout.write(`NOT VALIDATED: HubSpot's OpenAPI files are not at ${specsFolder()}\n`);
      return;
    }
    expect(findingsIn(exchanges)).toEqual([]);
  });

  it('costs some 25 calls, and few more for a custom object', async () => {
    await read();
    expect((await crm.statistics()).totalCalls).toBeLessThanOrEqual(25);
    await makePets();
    const before = (await crm.statistics()).totalCalls;
    await read();
    expect((await crm.statistics()).totalCalls - before).toBeLessThanOrEqual(28);
  });
});

describe('fields', () => {
  it('are gone when they are archived in HubSpot', async () => {
    await makeProperty('contacts', {
      name: 'shoe_size',
      label: 'Shoe size',
      type: 'number',
      fieldType: 'number',
      groupName: 'contactinformation',
    });
    expect(fieldOf(objectOf(await read(), 'contacts'), 'shoe_size')).toMatchObject({
      type: 'number',
      isReadOnly: false,
    });
    await inHubSpot('DELETE', '/crm/properties/2026-09/contacts/shoe_size');
    const after = objectOf(await read(), 'contacts');
    expect(after.fields.map(({ name }) => name)).not.toContain('shoe_size');
  });

  it('that are sensitive are known only where the scopes let them be seen, and marked', async () => {
    const diagnosis = {
      name: 'diagnosis',
      label: 'Diagnosis',
      type: 'string',
      fieldType: 'text',
      groupName: 'contactinformation',
      dataSensitivity: 'highly_sensitive',
    };
    const scope = 'crm.objects.contacts.highly_sensitive.read.v2';
    const plain = [...WITHOUT_TICKETS_AND_CUSTOM, 'crm.schemas.contacts.write'];
    await grantOnly([...plain, scope, 'crm.objects.contacts.highly_sensitive.write.v2']);
    await makeProperty('contacts', diagnosis);
    expect(fieldOf(objectOf(await read(), 'contacts'), 'diagnosis').sensitivity).toBe('highly_sensitive');
    crm.tenant.connections.connection = { ...crm.tenant.connections.connection, scopes: plain };
    expect(objectOf(await read(), 'contacts').fields.map(({ name }) => name)).not.toContain('diagnosis');
  });

  it('of a type nobody has heard of are carried, and whatever is missing promises nothing', async () => {
    const body = {
      results: [
        { name: 'place', label: 'Place', type: 'object_coordinates', fieldType: 'map', groupName: 'g', options: [] },
        { name: 'bare' },
        { label: 'nameless' },
        'not even an object',
        null,
        { name: 'place', label: 'Place again', type: 'string' },
        { name: 'old', archived: true },
      ],
    };
    await crm.addFault({ path: '/crm/properties/2026-09/companies', actions: [{ kind: 'status', status: 200, body }] });
    expect(objectOf(await read(), 'companies')).toMatchObject({
      requiresOneOf: [],
      fields: [
        { name: 'place', label: 'Place', type: 'object_coordinates', fieldType: 'map' },
        { name: 'bare', label: 'bare', type: 'unknown', options: [], isUnique: false, sensitivity: 'none' },
      ],
    });
  });
});

describe('what the connection may not see', () => {
  it('is told with the scopes to grant, and the rest is read', async () => {
    await grantOnly(WITHOUT_TICKETS_AND_CUSTOM);
    const reading = await read();
    expect(reading.objects.map(({ name }) => name)).toEqual(['contacts', 'companies', 'deals']);
    expect(objectOf(reading, 'companies')).toMatchObject({
      capabilities: { read: true, write: false },
      missingScopes: ['crm.objects.companies.write'],
    });
    expect(reading.withheld).toEqual([
      { name: 'tickets', label: 'Tickets', missingScopes: ['tickets'] },
      {
        name: 'custom_objects',
        label: 'Custom objects',
        missingScopes: ['crm.objects.custom.read', 'crm.schemas.custom.read'],
      },
      { name: 'owners', label: 'Owners', missingScopes: ['crm.objects.owners.read'] },
    ]);
    const asked = (await crm.statistics()).lastCalls.map(({ path }) => path);
    expect(asked.filter((path) => /tickets|schemas|owners/.test(path))).toEqual([]);
    expect(crm.tenant.connections.problems).toEqual([]);
  });

  it('is learned from refusals while nobody knows the scopes; the connection has no trouble by it', async () => {
    await grantOnly(WITHOUT_TICKETS_AND_CUSTOM, { areKnown: false });
    const reading = await read();
    expect(reading.objects.map(({ name }) => name)).toEqual(['contacts', 'companies', 'deals']);
    expect(reading.withheld.map(({ name, missingScopes }) => [name, missingScopes])).toEqual([
      ['tickets', ['tickets']],
      ['custom_objects', ['crm.objects.custom.read', 'crm.schemas.custom.read']],
      ['owners', ['crm.objects.owners.read']],
    ]);
    expect(crm.tenant.connections.problems).toEqual([]);
  });

  it('may come to light in the middle of the work', async () => {
    crm.tenant.connections.connection = {
      ...crm.tenant.connections.connection,
      scopes: [...WITHOUT_TICKETS_AND_CUSTOM, 'tickets', 'crm.objects.owners.read'],
    };
    await crm.addFault({ path: '/crm/properties/2026-09/deals', actions: [{ kind: 'status', status: 403, body: {} }] });
    await crm.addFault({ path: '/crm/associations/*/labels', actions: [{ kind: 'status', status: 403 }] });
    const reading = await read();
    expect(reading.objects.map(({ name }) => name)).toEqual(['contacts', 'companies', 'tickets']);
    expect(reading.withheld).toContainEqual({
      name: 'deals',
      label: 'Deals',
      missingScopes: ['crm.objects.deals.read', 'crm.schemas.deals.read'],
    });
    expect(objectOf(reading, 'contacts').relationships).toEqual([]);
  });
});

describe('a portal in trouble', () => {
  it.each([
    ['a server error', { kind: 'status', status: 500 }],
    ['a lost connection', { kind: 'reset' }],
    ['a 429', { kind: 'status', status: 429, policy: 'SECONDLY' }],
  ] as const)('is read in spite of %s', async (_, action) => {
    await crm.addFault({ path: '/crm/properties/*', skip: 1, times: 1, actions: [action] });
    expect((await read()).objects).toHaveLength(4);
  });

  it.each([
    ['/crm/properties/2026-09/tickets', { kind: 'status', status: 503 }, 'unavailable'],
    ['/crm/owners/2026-09', { kind: 'status', status: 502 }, 'unavailable'],
    ['/crm/pipelines/2026-09/deals', { kind: 'status', status: 429, policy: 'DAILY' }, 'throttled'],
    ['/crm/associations/*/labels', { kind: 'reset' }, 'unavailable'],
    ['/crm-object-schemas/*', { kind: 'status', status: 401 }, 'connection'],
    ['/crm/properties/*', { kind: 'truncate' }, 'unavailable'],
    ['/crm/properties/*', { kind: 'status', status: 200, body: { results: { no: 'list' } } }, 'unavailable'],
    ['/crm/properties/*', { kind: 'status', status: 207, body: { results: [], errors: [{}] } }, 'unavailable'],
    ['/crm/owners/*', { kind: 'status', status: 200, body: [] }, 'unavailable'],
  ] as const)('is not taken for an empty one: %s with %j puts it off', async (path, action, cause) => {
    await crm.addFault({ path, actions: [action] });
    expect(await deferral()).toMatchObject({ cause });
  });

  it('that is not connected is not asked', async () => {
    crm.tenant.connections.connection = { status: 'disconnected' };
    expect(await deferral()).toMatchObject({ cause: 'connection' });
    expect((await crm.statistics()).totalCalls).toBe(0);
  });

  it('is not asked any more when nobody waits', async () => {
    const asked = crm.tenant.schema.readSchema(crm.tenantId, AbortSignal.abort());
    await expect(asked).rejects.toBeInstanceOf(CrmDeferredError);
    expect((await crm.statistics()).totalCalls).toBe(0);
  });
});
