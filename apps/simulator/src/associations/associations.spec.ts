import { describe, expect, it } from '@jest/globals';
import { injectedSimulator, type InjectedSimulator } from '../control/injected-simulator.js';

interface Ends {
  results: { toObjectId: number | string; associationTypes: { typeId: number; label: string | null }[] }[];
  paging?: { next: { after: string } };
}

async function make(simulator: InjectedSimulator, type: string, properties: object): Promise<string> {
  const answer = await simulator.call('POST', `/crm/v3/objects/${type}`, { properties });
  expect(answer.status).toBe(201);
  return (answer.body as { id: string }).id;
}

async function pair() {
  const simulator = injectedSimulator();
  const contact = await make(simulator, 'contacts', { email: 'a@x.com' });
  const company = await make(simulator, 'companies', { name: 'X' });
  const ends = async (from: string, id: string, to: string): Promise<[string, number[]][]> =>
    ((await simulator.call('GET', `/crm/v4/objects/${from}/${id}/associations/${to}`)).body as Ends).results.map(
      (end) => [String(end.toObjectId), end.associationTypes.map((type) => type.typeId)],
    );
  return { simulator, contact, company, ends };
}

const spec = (associationTypeId: number) => ({ associationCategory: 'HUBSPOT_DEFINED', associationTypeId });

describe('associations', () => {
  it('by default are seen from both ends, with each direction’s own type', async () => {
    const { simulator, contact, company, ends } = await pair();
    const answer = await simulator.call(
      'PUT',
      `/crm/v4/objects/contact/${contact}/associations/default/0-2/${company}`,
    );
    expect(answer).toMatchObject({ status: 200, body: { status: 'COMPLETE', results: [{ to: { id: company } }, {}] } });
    expect(await ends('contacts', contact, 'companies')).toEqual([[company, [279]]]);
    expect(await ends('companies', company, 'contacts')).toEqual([[contact, [280]]]);
  });

  it('with labels replace the labels there were, and end as a whole', async () => {
    const { simulator, contact, company, ends } = await pair();
    const label = await simulator.call('POST', '/crm/v4/associations/contacts/companies/labels', {
      label: 'Decision maker',
      name: 'decision_maker',
    });
    const { typeId } = (label.body as { results: { typeId: number }[] }).results[0] ?? { typeId: 0 };
    const put = (types: unknown) =>
      simulator.call('PUT', `/crm/objects/2026-09/contacts/${contact}/associations/companies/${company}`, types);
    expect(await put([spec(1)])).toMatchObject({ status: 201, body: { labels: ['Primary'], toObjectTypeId: '0-2' } });
    expect(await ends('contacts', contact, 'companies')).toEqual([[company, [1, 279]]]);
    await put([{ associationCategory: 'USER_DEFINED', associationTypeId: typeId }]);
    expect(await ends('contacts', contact, 'companies')).toEqual([[company, [279, typeId]]]);
    const gone = await simulator.call(
      'DELETE',
      `/crm/v4/objects/contacts/${contact}/associations/companies/${company}`,
    );
    expect(gone.status).toBe(204);
    expect(await ends('contacts', contact, 'companies')).toEqual([]);
    expect(await ends('companies', company, 'contacts')).toEqual([]);
  });

  it('give a contact one primary company: the newest', async () => {
    const { simulator, contact, company, ends } = await pair();
    const second = await make(simulator, 'companies', { name: 'Y' });
    for (const id of [company, second]) {
      await simulator.call('PUT', `/crm/v4/objects/contacts/${contact}/associations/companies/${id}`, [spec(1)]);
    }
    expect(await ends('contacts', contact, 'companies')).toEqual([
      [company, [279]],
      [second, [1, 279]],
    ]);
  });

  it('refuse the wrong direction, unknown types and missing records', async () => {
    const { simulator, contact, company } = await pair();
    const inline = (id: string, typeId: number) =>
      simulator.call('POST', '/crm/v3/objects/notes', {
        properties: { hs_timestamp: '1700000000000' },
        associations: [{ to: { id }, types: [spec(typeId)] }],
      });
    const wrong = await inline(contact, 201);
    expect(wrong).toMatchObject({
      status: 400,
      body: { message: 'invalid from object type 0-46 for associations to be created. expected: 0-1' },
    });
    expect((await inline(contact, 99_999)).status).toBe(400);
    // A note-to-contact type with the id of a company: there is no such contact.
    expect(await inline(company, 202)).toMatchObject({
      status: 400,
      body: { errors: [{ code: 'INVALID_OBJECT_IDS' }] },
    });
    const put = await simulator.call('PUT', `/crm/v4/objects/contacts/${contact}/associations/companies/5`, [
      spec(279),
    ]);
    expect(put.status).toBe(400);
    expect(simulator.state.portals.find(simulator.hubId)?.store('notes').liveCount).toBe(0);
  });

  it('page through a list by 500 without loss, and leave archived records out', async () => {
    const { simulator, contact } = await pair();
    const notes = await simulator.app.inject({
      method: 'POST',
      url: `/_control/portals/${simulator.hubId}/records/notes`,
      headers: { 'content-type': 'application/json' },
      payload: JSON.stringify({
        records: Array.from({ length: 1_203 }, () => ({
          properties: { hs_timestamp: '1700000000000' },
          associations: [{ to: { id: contact }, types: [spec(202)] }],
        })),
      }),
    });
    const { ids } = notes.json<{ ids: string[] }>();
    await simulator.call('DELETE', `/crm/v3/objects/notes/${ids[700]}`);
    const seen: string[] = [];
    let after: string | undefined = '0';
    let pages = 0;
    while (after !== undefined) {
      const page = await simulator.call(
        'GET',
        `/crm/v4/objects/contacts/${contact}/associations/notes?limit=500&after=${after}`,
      );
      const body: Ends = page.body;
      seen.push(...body.results.map((end) => String(end.toObjectId)));
      after = body.paging?.next.after;
      pages++;
    }
    expect(pages).toBe(3);
    expect(seen).toEqual(ids.toSpliced(700, 1));
    const got = await simulator.call('GET', `/crm/v3/objects/contacts/${contact}?properties=num_notes`);
    expect(got.body).toMatchObject({ properties: { num_notes: '1203' } });
  });

  it('batch: create, read with a 207 for records without any, archive', async () => {
    const { simulator, contact, company } = await pair();
    const lone = await make(simulator, 'contacts', { email: 'lone@x.com' });
    const batch = (verb: string, inputs: unknown[]) =>
      simulator.call('POST', `/crm/v4/associations/contacts/companies/batch/${verb}`, { inputs });
    const link = { from: { id: contact }, to: { id: company }, types: [spec(279)] };
    expect((await batch('create', [link])).status).toBe(201);
    expect((await batch('create', [link, { ...link, to: { id: '5' } }])).status).toBe(400);
    const read = await batch('read', [{ id: contact }, { id: lone }]);
    expect(read.status).toBe(207);
    expect(read.body).toMatchObject({
      results: [{ from: { id: contact }, to: [{ toObjectId: Number(company) }] }],
      errors: [{ subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND', context: { fromObjectId: [lone] } }],
    });
    expect((await batch('archive', [{ from: { id: contact }, to: [{ id: company }] }])).status).toBe(204);
    expect((await batch('read', [{ id: contact }])).body).toMatchObject({ results: [] });
  });
});
