import { describe, expect, it } from '@jest/globals';
import { injectedSimulator, type InjectedSimulator } from '../control/injected-simulator.js';

interface Made {
  id: string;
  properties: Record<string, string | null>;
  associations?: Record<string, { results: { id: string; type: string }[] }>;
}

const contacts = '/crm/v3/objects/contacts';

async function create(simulator: InjectedSimulator, properties: Record<string, string>): Promise<string> {
  const answer = await simulator.call('POST', contacts, { properties });
  expect(answer.status).toBe(201);
  return (answer.body as Made).id;
}

const noteOn = (id: string, body = 'hello') => ({
  properties: { hs_timestamp: '2026-11-21T10:00:00Z', hs_note_body: body },
  associations: [{ to: { id }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 202 }] }],
});

describe('contact emails', () => {
  it('are kept lower-case and unique over primary and secondary addresses', async () => {
    const simulator = injectedSimulator();
    const id = await create(simulator, { email: 'Ada@X.com', hs_additional_emails: 'Second@X.com' });
    for (const email of ['ada@x.com', 'ADA@X.COM', 'second@x.com']) {
      const clash = await simulator.call('POST', contacts, { properties: { email } });
      expect(clash.status).toBe(409);
      expect(clash.body).toMatchObject({ category: 'CONFLICT', message: `Contact already exists. Existing ID: ${id}` });
    }
    const other = await create(simulator, { firstname: 'Bob' });
    const patched = await simulator.call('PATCH', `${contacts}/${other}`, { properties: { email: 'second@x.com' } });
    expect(patched.status).toBe(409);
  });

  it('are free again once their contact is archived or changed', async () => {
    const simulator = injectedSimulator();
    const id = await create(simulator, { email: 'a@x.com' });
    await simulator.call('PATCH', `${contacts}/${id}`, { properties: { email: 'b@x.com' } });
    const second = await create(simulator, { email: 'a@x.com' });
    await simulator.call('DELETE', `${contacts}/${second}`);
    const third = await create(simulator, { email: 'a@x.com' });
    expect(new Set([id, second, third]).size).toBe(3);
  });

  it('are primary or secondary, never both', async () => {
    const simulator = injectedSimulator();
    const id = await create(simulator, { email: 'a@x.com', hs_additional_emails: 'b@x.com;c@x.com' });
    const url = `${contacts}/${id}`;
    await simulator.call('PATCH', url, { properties: { email: 'B@x.com' } });
    expect((await simulator.call('GET', `${url}?properties=email,hs_additional_emails`)).body).toMatchObject({
      properties: { email: 'b@x.com', hs_additional_emails: 'c@x.com' },
    });
  });

  it('lead to their contact by idProperty, secondary ones by the flag', async () => {
    const simulator = injectedSimulator();
    const id = await create(simulator, { email: 'a@x.com', hs_additional_emails: 's@x.com' });
    const get = (email: string) => simulator.call('GET', `${contacts}/${email}?idProperty=email`);
    expect((await get('A@x.com')).body).toMatchObject({ id });
    expect((await get('s@x.com')).body).toMatchObject({ id });
    simulator.state.portals.find(simulator.hubId)?.change({ flags: { getBySecondaryEmail: false } });
    expect((await get('s@x.com')).status).toBe(404);
    expect((await get('a@x.com')).status).toBe(200);
  });
});

describe('merge', () => {
  it.each(['same', 'new'] as const)('keeps everything and leads old ids to the survivor (%s id)', async (mergeMode) => {
    const simulator = injectedSimulator({ flags: { mergeMode } });
    const primary = await create(simulator, { email: 'p@x.com', firstname: 'Pat' });
    const other = await create(simulator, {
      email: 'o@x.com',
      lastname: 'Other',
      phone: '+15132271572',
      lifecyclestage: 'customer',
    });
    const note = await simulator.call('POST', '/crm/v3/objects/notes', noteOn(other));
    const noteId = (note.body as Made).id;
    const merged = await simulator.call('POST', `${contacts}/merge`, {
      primaryObjectId: primary,
      objectIdToMerge: other,
    });
    expect(merged.status).toBe(200);
    const survivor = merged.body as Made;
    expect(survivor.id === primary).toBe(mergeMode === 'same');
    expect(survivor.properties).toMatchObject({
      email: 'p@x.com',
      hs_additional_emails: 'o@x.com',
      firstname: 'Pat',
      lastname: 'Other',
      lifecyclestage: 'customer',
      hs_searchable_calculated_phone_number: '5132271572',
    });
    const gone = mergeMode === 'same' ? [other] : [primary, other];
    expect(survivor.properties['hs_merged_object_ids']).toBe(gone.join(';'));
    for (const id of gone) {
      const got = await simulator.call('GET', `${contacts}/${id}?associations=notes`);
      expect((got.body as Made).id).toBe(survivor.id);
      expect((got.body as Made).associations?.['notes']?.results.map((one) => one.id)).toEqual([noteId]);
      const patched = await simulator.call('PATCH', `${contacts}/${id}`, { properties: { city: 'Lyon' } });
      expect((patched.body as Made).id).toBe(survivor.id);
      expect((await simulator.call('GET', `${contacts}/${id}?archived=true`)).status).toBe(404);
    }
    expect((await simulator.call('POST', contacts, { properties: { email: 'o@x.com' } })).status).toBe(409);
    const found = await simulator.call('POST', `${contacts}/search`, {});
    expect((found.body as { results: Made[] }).results.map((hit) => hit.id)).toEqual([survivor.id]);
  });

  it('drops merged ids from batch/update, and from batch/read where the portal says so', async () => {
    const simulator = injectedSimulator();
    const primary = await create(simulator, { email: 'p@x.com' });
    const other = await create(simulator, { email: 'o@x.com' });
    await simulator.call('POST', `${contacts}/merge`, { primaryObjectId: primary, objectIdToMerge: other });
    const updated = await simulator.call('POST', `${contacts}/batch/update`, {
      inputs: [{ id: other, properties: { city: 'Lyon' } }],
    });
    expect(updated.status).toBe(200);
    expect(updated.body).toMatchObject({ status: 'COMPLETE', results: [] });
    expect(updated.body).not.toHaveProperty('errors');
    const read = () => simulator.call('POST', `${contacts}/batch/read`, { inputs: [{ id: other }], properties: [] });
    expect((await read()).body).toMatchObject({ results: [{ id: primary }] });
    simulator.state.portals.find(simulator.hubId)?.change({ flags: { batchReadFollowsMerge: false } });
    expect(await read()).toMatchObject({ status: 207, body: { results: [], errors: [{ context: { ids: [other] } }] } });
  });

  it('refuses associations to a merged-away or deleted id, or follows where the portal says so', async () => {
    const simulator = injectedSimulator();
    const primary = await create(simulator, { email: 'p@x.com' });
    const other = await create(simulator, { email: 'o@x.com' });
    const deleted = await create(simulator, { email: 'd@x.com' });
    await simulator.call('POST', `${contacts}/merge`, { primaryObjectId: primary, objectIdToMerge: other });
    await simulator.call('DELETE', `${contacts}/${deleted}`);
    for (const id of [other, deleted, '1']) {
      const refused = await simulator.call('POST', '/crm/v3/objects/notes/batch/create', {
        inputs: [noteOn(primary), noteOn(id)],
      });
      expect(refused.status).toBe(400);
      expect(refused.body).toMatchObject({
        message: 'One or more associations are invalid',
        errors: [{ code: 'INVALID_OBJECT_IDS', context: { ids: [id] } }],
      });
    }
    expect(simulator.state.portals.find(simulator.hubId)?.store('notes').liveCount).toBe(0);
    simulator.state.portals.find(simulator.hubId)?.change({ flags: { mergedAssociationTarget: 'follow' } });
    expect((await simulator.call('POST', '/crm/v3/objects/notes', noteOn(other))).status).toBe(201);
    const list = await simulator.call('GET', `/crm/v4/objects/contacts/${primary}/associations/notes`);
    expect((list.body as { results: unknown[] }).results).toHaveLength(1);
  });

  it('leads through several merges to the last survivor', async () => {
    const simulator = injectedSimulator();
    const ids = [];
    for (const name of ['a', 'b', 'c']) ids.push(await create(simulator, { email: `${name}@x.com` }));
    const [a, b, c] = ids;
    await simulator.call('POST', `${contacts}/merge`, { primaryObjectId: b, objectIdToMerge: a });
    await simulator.call('POST', `${contacts}/merge`, { primaryObjectId: c, objectIdToMerge: b });
    expect((await simulator.call('GET', `${contacts}/${a}`)).body).toMatchObject({ id: c });
    const emails = await simulator.call('GET', `${contacts}/${a}?properties=hs_additional_emails`);
    expect(emails.body).toMatchObject({ properties: { hs_additional_emails: 'b@x.com;a@x.com' } });
  });
});
