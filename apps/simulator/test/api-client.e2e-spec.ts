import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AssociationSpecAssociationCategoryEnum as RecordCategory } from '@hubspot/api-client/lib/codegen/crm/associations/v4/models/AssociationSpec.js';
import { AssociationSpecAssociationCategoryEnum as NoteCategory } from '@hubspot/api-client/lib/codegen/crm/objects/notes/models/AssociationSpec.js';
import { Client } from '@hubspot/api-client';
import { startSimulator, type RunningSimulator } from './running-simulator.js';

/** What the client throws for every answer from 300 on. */
interface ApiException {
  readonly code: number;
  readonly body: { readonly message?: string; readonly category?: string; readonly policyName?: string };
}

const HUB_ID = 4_200_000;
const { HubspotDefined } = NoteCategory;

let simulator: RunningSimulator;
let client: Client;

beforeAll(async () => {
  simulator = await startSimulator();
  const { token } = await simulator.control<{ token: string }>('POST', '/portals', {
    hubId: HUB_ID,
    seed: { seed: 3, contacts: 120 },
    limits: { staticPer10s: null, searchPerSecond: null },
  });
  client = new Client({ accessToken: token, basePath: simulator.url });
});
afterAll(() => simulator.stop());

const refusalOf = async (call: Promise<unknown>): Promise<ApiException> => {
  try {
    await call;
  } catch (error) {
    return error as ApiException;
  }
  throw new Error('the call was not refused');
};

describe('@hubspot/api-client', () => {
  it('creates, reads, changes, searches and archives contacts', async () => {
    const contacts = client.crm.contacts.basicApi;
    const made = await contacts.create({
      properties: { email: 'Client@Inbox.Example.com', firstname: 'Cl', phone: '+33655555555' },
      associations: [],
    });
    expect(made.properties['email']).toBe('client@inbox.example.com');
    expect(made.createdAt).toBeInstanceOf(Date);

    const properties = ['hs_searchable_calculated_phone_number', 'phone', 'lastname'];
    const read = await contacts.getById('client@inbox.example.com', properties, undefined, undefined, false, 'email');
    expect(read.id).toBe(made.id);
    expect(read.properties).toMatchObject({ hs_searchable_calculated_phone_number: '655555555', lastname: null });

    expect((await contacts.update(made.id, { properties: { lastname: 'Ient' } })).properties['lastname']).toBe('Ient');

    const found = await client.crm.contacts.searchApi.doSearch({
      filterGroups: [
        {
          filters: [
            { propertyName: 'hs_searchable_calculated_phone_number', operator: 'EQ' as never, value: '655555555' },
          ],
        },
      ],
      properties: ['email'],
      sorts: ['createdate'],
      limit: 5,
    });
    expect([found.total, found.results[0]?.id]).toEqual([1, made.id]);

    await contacts.archive(made.id);
    expect((await refusalOf(contacts.getById(made.id))).code).toBe(404);
  });

  it('walks through all pages', async () => {
    const all = await client.crm.contacts.getAll(50, undefined, ['email']);
    expect(all.length).toBeGreaterThanOrEqual(120);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  it('creates, reads, changes, upserts and archives batches', async () => {
    const batch = client.crm.contacts.batchApi;
    const emails = ['b1@inbox.example.com', 'b2@inbox.example.com', 'b3@inbox.example.com'];
    const made = await batch.create({ inputs: emails.map((email) => ({ properties: { email }, associations: [] })) });
    expect(made.status).toBe('COMPLETE');
    const inputs = made.results.map(({ id }) => ({ id }));
    const read = await batch.read({
      idProperty: 'email',
      inputs: [...emails, 'nobody@inbox.example.com'].map((id) => ({ id })),
      properties: ['email'],
      propertiesWithHistory: [],
    });
    expect(read.results.map(({ id }) => id).toSorted()).toEqual(inputs.map(({ id }) => id).toSorted());
    expect(read).toMatchObject({
      numErrors: 1,
      errors: [{ category: 'OBJECT_NOT_FOUND', context: { ids: ['nobody@inbox.example.com'] } }],
    });
    const changed = await batch.update({ inputs: inputs.map(({ id }) => ({ id, properties: { city: 'Ulm' } })) });
    expect(changed.results.map(({ properties }) => properties['city'])).toEqual(['Ulm', 'Ulm', 'Ulm']);
    const upserted = await batch.upsert({
      inputs: [
        { id: 'b1@inbox.example.com', idProperty: 'email', properties: { city: 'Bonn' } },
        { id: 'b4@inbox.example.com', idProperty: 'email', properties: { city: 'Bonn' } },
      ],
    });
    expect(upserted.results.map(({ _new }) => _new)).toEqual([false, true]);
    await batch.archive({ inputs });
    expect((await batch.read({ inputs, properties: [], propertiesWithHistory: [] })).results).toEqual([]);
  });

  it('merges contacts, and finds the survivor under both ids', async () => {
    const { basicApi } = client.crm.contacts;
    const make = (email: string) => basicApi.create({ properties: { email }, associations: [] });
    const [primary, other] = [await make('m1@inbox.example.com'), await make('m2@inbox.example.com')];
    const merged = await client.crm.contacts.basicApi.merge({ primaryObjectId: primary.id, objectIdToMerge: other.id });
    expect(merged.id).toBe(primary.id);
    expect((await basicApi.getById(other.id)).id).toBe(primary.id);
  });

  it('writes a note to a contact and reads it back through the associations', async () => {
    const contact = await client.crm.contacts.basicApi.create({ properties: { firstname: 'Noted' }, associations: [] });
    const note = await client.crm.objects.notes.basicApi.create({
      properties: {
        hs_timestamp: '2026-11-21T10:00:00Z',
        hs_note_body: '<p>Hi<script>x()</script> &#39;there&#39;</p>',
      },
      associations: [
        { to: { id: contact.id }, types: [{ associationCategory: HubspotDefined, associationTypeId: 202 }] },
      ],
    });
    const read = await client.crm.objects.notes.basicApi.getById(note.id, ['hs_note_body'], undefined, ['contacts']);
    expect(read.properties['hs_note_body']).toBe("<p>Hi 'there'</p>");
    expect(read.associations?.['contacts']?.results[0]?.id).toBe(contact.id);

    const page = await client.crm.associations.v4.basicApi.getPage('contacts', contact.id, 'notes');
    expect(page.results.map(({ toObjectId }) => Number(toObjectId))).toEqual([Number(note.id)]);
    expect(page.results[0]?.associationTypes[0]).toMatchObject({ category: 'HUBSPOT_DEFINED', typeId: 201 });
    const batch = await client.crm.associations.v4.batchApi.getPage('contacts', 'notes', {
      inputs: [{ id: contact.id }],
    });
    expect(batch.results[0]?.to.map(({ toObjectId }) => Number(toObjectId))).toEqual([Number(note.id)]);
  });

  it('sets and removes associations', async () => {
    const contact = await client.crm.contacts.basicApi.create({
      properties: { firstname: 'Employed' },
      associations: [],
    });
    const company = await client.crm.companies.basicApi.create({ properties: { name: 'Employer' }, associations: [] });
    const { basicApi } = client.crm.associations.v4;
    await basicApi.createDefault('contacts', contact.id, 'companies', company.id);
    const labelled = await basicApi.create('contacts', contact.id, 'companies', company.id, [
      { associationCategory: RecordCategory.HubspotDefined, associationTypeId: 1 },
    ]);
    expect(labelled.labels).toEqual(['Primary']);
    await basicApi.archive('contacts', contact.id, 'companies', company.id);
    expect((await basicApi.getPage('contacts', contact.id, 'companies')).results).toEqual([]);
  });

  it('reads owners, pipelines and properties', async () => {
    const owners = await client.crm.owners.ownersApi.getPage();
    expect(owners.results).toHaveLength(7);
    const [owner] = owners.results;
    expect((await client.crm.owners.ownersApi.getById(Number(owner?.id))).email).toBe(owner?.email);
    const deals = await client.crm.pipelines.pipelinesApi.getAll('deals');
    expect(deals.results[0]?.stages).toHaveLength(7);
    const properties = await client.crm.properties.coreApi.getAll('contacts');
    expect(properties.results.length).toBeGreaterThan(100);
    const stage = await client.crm.properties.coreApi.getByName('contacts', 'lifecyclestage');
    expect(stage.options.map(({ value }) => value)).toContain('customer');
    expect(stage.modificationMetadata?.readOnlyValue).toBe(false);
  });

  it('calls dated paths by apiRequest', async () => {
    const made = await client.apiRequest({
      method: 'POST',
      path: '/crm/objects/2026-09/contacts',
      body: { properties: { firstname: 'Dated' }, associations: [] },
    });
    expect(made.status).toBe(201);
    const { id } = (await made.json()) as { id: string };
    const read = await client.apiRequest({
      path: `/crm/objects/2026-09/contacts/${id}`,
      qs: { properties: ['firstname'] },
    });
    expect(await read.json()).toMatchObject({ id, properties: { firstname: 'Dated' } });
    const details = await client.apiRequest({ path: '/account-info/2026-09/details' });
    expect(await details.json()).toMatchObject({ portalId: HUB_ID });
  });

  it('throws its ApiException with HubSpot’s words', async () => {
    const { basicApi } = client.crm.contacts;
    const made = await basicApi.create({ properties: { email: 'taken@inbox.example.com' }, associations: [] });
    const conflict = await refusalOf(
      basicApi.create({ properties: { email: 'TAKEN@inbox.example.com' }, associations: [] }),
    );
    expect([conflict.code, conflict.body.message]).toEqual([409, `Contact already exists. Existing ID: ${made.id}`]);

    const missing = await refusalOf(basicApi.getById('999'));
    expect([missing.code, missing.body.message]).toEqual([404, 'resource not found']);

    const invalid = await refusalOf(basicApi.create({ properties: { email: 'no address' }, associations: [] }));
    expect([invalid.code, invalid.body.category]).toEqual([400, 'VALIDATION_ERROR']);

    await simulator.control('POST', '/faults', {
      hubId: HUB_ID,
      times: 1,
      actions: [{ kind: 'status', status: 429, policy: 'DAILY' }],
    });
    const limited = await refusalOf(basicApi.getPage());
    expect([limited.code, limited.body.policyName]).toEqual([429, 'DAILY']);

    const stranger = new Client({ accessToken: 'pat-na1-nobody', basePath: simulator.url });
    expect((await refusalOf(stranger.crm.contacts.basicApi.getPage())).code).toBe(401);
  });
});
