import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CrmDeferredError, type FoundRecords, readPhoneNumber, type RecordFind, type RecordSearch } from '@app/crm';
import { type Exchange, specsAvailable, specsFolder, startSimulator, type TestSimulator } from '@app/testing';
import { makeSimulatedCrm, type SimulatedCrm } from '../../testing/simulated-crm.js';
import { findingsIn } from '../../testing/watched-transport.js';

const FIELDS = ['firstname', 'email', 'phone', 'mobilephone', 'createdate'];
const UNKNOWN_ID = '999999999';

let simulator: TestSimulator;
let crm: SimulatedCrm;
const exchanges: Exchange[] = [];

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());

beforeEach(async () => {
  crm = await makeSimulatedCrm(simulator, { seed: { contacts: 0 } }, { exchanges, timeoutMs: 2_000 });
});
afterEach(() => crm.close());

const search = (rest: Partial<RecordSearch>): RecordSearch => ({
  object: 'contacts',
  groups: [],
  fields: FIELDS,
  limit: 100,
  ...rest,
});
const finds = (steps: RecordFind['steps'], rest: Partial<RecordFind> = {}): RecordFind => ({
  object: 'contacts',
  fields: FIELDS,
  steps,
  limit: 10,
  paging: false,
  ...rest,
});

async function find(what: RecordFind, defaultCountry?: string): Promise<FoundRecords & { found: true }> {
  const found = await crm.tenant.records.find(crm.tenantId, what, { defaultCountry });
  if (!found.found) throw new Error(found.refusal.detail);
  return found;
}

const idsOf = async (what: RecordFind): Promise<string[]> => (await find(what)).records.map(({ id }) => id);

const byEmail = (...values: string[]) => idsOf(finds([{ by: 'unique', field: 'email', values }]));

function pageOfAdas(after?: string): RecordFind {
  const groups: RecordSearch['groups'] = [[{ field: 'firstname', operator: 'EQ', value: 'Ada' }]];
  return finds([{ by: 'search', search: search({ groups, limit: 1, after }) }], { paging: true, limit: 1 });
}

const contactTie = (id: string) => ({ to: 'contacts', id, typeId: 16, category: 'HUBSPOT_DEFINED' });

const aTicket = (contactId: string) => ({
  object: 'tickets',
  values: { subject: 'Printer', hs_pipeline: '0', hs_pipeline_stage: '1' },
  ties: [contactTie(contactId)],
});

const createOrder = (order_no: string, serial_no: string) =>
  crm.tenant.records.create(crm.tenantId, {
    object: 'contacts',
    values: { firstname: 'Ada', order_no, serial_no },
    ties: [],
  });

async function valuesOf(object: string, id: string): Promise<Record<string, string | null>> {
  return (await simulator.control.record(crm.hubId, object, id)).properties;
}

describe('records are found', () => {
  it('by id, one or many, following who was merged and leaving out who is gone', async () => {
    const [one = '', two = '', gone = '', merged = ''] = await crm.addContacts([
      { firstName: 'Ada' },
      { firstName: 'Grace' },
      { firstName: 'Gone' },
      { firstName: 'Twin' },
    ]);
    await crm.removeContact(gone);
    const survivor = await crm.mergeContacts(two, merged);
    expect((await find(finds([{ by: 'id', ids: [one] }]))).records).toMatchObject([
      { id: one, values: { firstname: 'Ada' } },
    ]);
    expect(await idsOf(finds([{ by: 'id', ids: [gone] }]))).toEqual([]);
    expect(await idsOf(finds([{ by: 'id', ids: [merged] }]))).toEqual([survivor]);
    expect(await idsOf(finds([{ by: 'id', ids: [one, merged, gone, UNKNOWN_ID] }]))).toEqual([one, survivor]);
  });

  it('by what is unique without waiting for the index; what can’t be a value is nobody’s', async () => {
    await crm.holdIndex();
    const [ada = ''] = await crm.addContacts([{ emails: ['ada@example.com'], firstName: 'Ada' }]);
    expect(await byEmail('ada@example.com')).toEqual([ada]);
    expect(await byEmail('nobody@example.com')).toEqual([]);
    expect(await byEmail('ada@example.com', 'x')).toEqual([ada]);
  });

  it('by search, page by page', async () => {
    const ids = await crm.addContacts([{ firstName: 'Ada' }, { firstName: 'Ada' }, { firstName: 'Grace' }]);
    await crm.letIndexCatchUp();
    const first = await find(pageOfAdas());
    const second = await find(pageOfAdas(first.after));
    expect([...first.records, ...second.records].map(({ id }) => id).toSorted()).toEqual(ids.slice(0, 2).toSorted());
    expect([typeof first.after, second.after]).toEqual(['string', undefined]);
  });

  it('by phone only where the number itself is the same', async () => {
    const [typed = '', , mobile = ''] = await crm.addContacts([
      { phone: '(513) 227-1572', firstName: 'Local' },
      { phone: '+49 5132 271572', firstName: 'Elsewhere' },
      { mobile: '+1 513 227 1572', firstName: 'Mobile' },
    ]);
    await crm.letIndexCatchUp();
    const phone = readPhoneNumber('+15132271572');
    if (phone === undefined) throw new Error('no number');
    const groups: RecordSearch['groups'] = [
      [{ field: 'hs_searchable_calculated_phone_number', operator: 'EQ', value: phone.national }],
      [{ field: 'hs_searchable_calculated_mobile_number', operator: 'EQ', value: phone.national }],
    ];
    const samePhones = [{ phone, fields: ['phone', 'mobilephone'] }];
    const what = finds([{ by: 'search', search: search({ groups }), samePhones }]);
    const found = async (defaultCountry?: string) =>
      (await find(what, defaultCountry)).records.map(({ id }) => id).toSorted();
    expect(await found('US')).toEqual([typed, mobile].toSorted());
    expect(await found('DE')).toEqual([mobile]);
  });

  it('by the last resort only when nothing else found anybody', async () => {
    const [ada = '', other = ''] = await crm.addContacts([
      { emails: ['ada@example.com'] },
      { emails: ['other@example.com', 'second@example.com'] },
    ]);
    await crm.letIndexCatchUp();
    const before = exchanges.length;
    const groups: RecordSearch['groups'] = [
      [{ field: 'hs_additional_emails', operator: 'CONTAINS_TOKEN', value: 'second@example.com' }],
    ];
    const by = (email: string): RecordFind =>
      finds([
        { by: 'unique', field: 'email', values: [email] },
        { by: 'search', search: search({ groups }), ifNone: true },
      ]);
    expect([await idsOf(by('ada@example.com')), await idsOf(by('nobody@example.com'))]).toEqual([[ada], [other]]);
    const asked = exchanges.slice(before).map(({ path }) => path.split('/').at(-1));
    expect(asked).toEqual(['read', 'read', 'search']);
  });

  it('never by an answer that says "not now", and by none after whoever asked has gone', async () => {
    await crm.befall('throttled');
    await expect(find(finds([{ by: 'id', ids: ['1'] }]))).rejects.toThrow(CrmDeferredError);
    await crm.recover();
    const gone = AbortSignal.abort();
    const asked = crm.tenant.records.find(crm.tenantId, finds([{ by: 'id', ids: ['1'] }]), { signal: gone });
    await expect(asked).rejects.toThrow(CrmDeferredError);
  });

  it('or refused, which is no trouble of the connection', async () => {
    const { token } = await simulator.control.issueToken(crm.hubId, { scopes: ['crm.objects.contacts.read'] });
    crm.tenant.connections.credentials = { accessToken: token };
    const answer = await crm.tenant.records.find(crm.tenantId, finds([{ by: 'id', ids: ['1'] }], { object: 'deals' }));
    expect(answer).toMatchObject({ found: false, refusal: { reason: 'missing_scope' } });
    expect(crm.tenant.connections.problems).toEqual([]);
    const unknown = finds([{ by: 'search', search: search({ sort: { field: 'nope nope', direction: 'ascending' } }) }]);
    expect(await crm.tenant.records.find(crm.tenantId, unknown)).toMatchObject({ found: false });
  });
});

describe('records are written', () => {
  it('with their ties, all or nothing', async () => {
    const [ada = ''] = await crm.addContacts([{ firstName: 'Ada' }]);
    const made = await crm.tenant.records.create(crm.tenantId, aTicket(ada));
    if (made.outcome !== 'written') throw new Error(JSON.stringify(made));
    expect(await valuesOf('tickets', made.id)).toMatchObject({ subject: 'Printer' });
    const tied = { object: 'tickets', id: made.id, to: 'contacts' };
    expect(await crm.tenant.records.tiedTo(crm.tenantId, tied)).toEqual({ found: true, ids: [ada] });
    expect(await crm.tenant.records.tiedTo(crm.tenantId, { ...tied, id: UNKNOWN_ID })).toEqual({
      found: true,
      ids: [],
    });
    expect(await crm.tenant.records.create(crm.tenantId, aTicket(UNKNOWN_ID))).toMatchObject({
      outcome: 'refused',
      refusal: { reason: 'unknown_related_record' },
    });
    expect(await simulator.control.records(crm.hubId, 'tickets')).toHaveLength(1);
  });

  it('by a change, ties first; who is gone is said to be', async () => {
    const [ada = ''] = await crm.addContacts([{ firstName: 'Ada' }]);
    const made = await crm.tenant.records.create(crm.tenantId, { ...aTicket(ada), ties: [] });
    if (made.outcome !== 'written') throw new Error(JSON.stringify(made));
    const change = (ties: ReturnType<typeof contactTie>[], id = made.id) =>
      crm.tenant.records.update(crm.tenantId, { object: 'tickets', id, values: { subject: 'Scanner' }, ties });
    expect(await change([contactTie(UNKNOWN_ID)])).toMatchObject({ outcome: 'refused' });
    expect(await valuesOf('tickets', made.id)).toMatchObject({ subject: 'Printer' });
    expect(await change([contactTie(ada)])).toEqual({ outcome: 'written', id: made.id });
    expect(await valuesOf('tickets', made.id)).toMatchObject({ subject: 'Scanner' });
    const tied = { object: 'tickets', id: made.id, to: 'contacts' };
    expect(await crm.tenant.records.tiedTo(crm.tenantId, tied)).toEqual({ found: true, ids: [ada] });
    expect(await change([], UNKNOWN_ID)).toEqual({ outcome: 'gone' });
    const nothing = { object: 'tickets', id: made.id, values: {}, ties: [] };
    expect(await crm.tenant.records.update(crm.tenantId, nothing)).toEqual({ outcome: 'written', id: made.id });
  });

  it('but for a tie that HubSpot could not make', async () => {
    const [ada = ''] = await crm.addContacts([{ firstName: 'Ada' }]);
    const made = await crm.tenant.records.create(crm.tenantId, { ...aTicket(ada), ties: [] });
    if (made.outcome !== 'written') throw new Error(JSON.stringify(made));
    const tie = () =>
      crm.tenant.records.update(crm.tenantId, { object: 'tickets', id: made.id, values: {}, ties: [contactTie(ada)] });
    const path = '/crm/associations/**/batch/create';
    await crm.addFault({ path, times: 1, actions: [{ kind: 'batch_item' }] });
    expect(await tie()).toMatchObject({ outcome: 'unknown' });
    await crm.addFault({ path, times: 1, actions: [{ kind: 'batch_item', category: 'VALIDATION_ERROR' }] });
    expect(await tie()).toMatchObject({ outcome: 'refused' });
    const tied = { object: 'tickets', id: made.id, to: 'contacts' };
    expect(await crm.tenant.records.tiedTo(crm.tenantId, tied)).toEqual({ found: true, ids: [] });
    expect(await tie()).toEqual({ outcome: 'written', id: made.id });
  });

  it('not over another with the same e-mail, whose id is told', async () => {
    const [ada] = await crm.addContacts([{ emails: ['ada@example.com'] }]);
    const again = { object: 'contacts', values: { email: 'ada@example.com' }, ties: [] };
    expect(await crm.tenant.records.create(crm.tenantId, again)).toEqual({ outcome: 'exists', id: ada });
  });

  it('not over another with the same value of any unique property, whose id is told', async () => {
    for (const name of ['order_no', 'serial_no']) {
      const property = { name, label: name, type: 'string', fieldType: 'text', groupName: 'contactinformation' };
      const made = await fetch(`${simulator.url}/crm/properties/2026-09/contacts`, {
        method: 'POST',
        headers: { authorization: `Bearer ${crm.accessToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({ ...property, hasUniqueValue: true }),
      });
      expect(made.status).toBe(201);
    }
    const first = await createOrder('A-1', 'S-1');
    if (first.outcome !== 'written') throw new Error(JSON.stringify(first));
    // Another order: whoever asked for it must look whose number it was that is taken.
    expect(await createOrder('A-2', 'S-1')).toEqual({ outcome: 'exists', id: first.id });
    const read = await find(finds([{ by: 'id', ids: [first.id] }], { fields: ['order_no'] }));
    expect(read.records).toMatchObject([{ values: { order_no: 'A-1' } }]);
  });

  it('or refused for good, with what a person must do', async () => {
    await crm.requireMore('contacts');
    const refused = await crm.tenant.records.create(crm.tenantId, {
      object: 'contacts',
      values: { firstname: 'Ada' },
      ties: [],
    });
    expect(refused).toMatchObject({ outcome: 'refused', refusal: { reason: 'missing_required_property' } });
    expect(JSON.stringify(refused)).not.toContain('replay');
  });

  it('or not known to be: then nobody writes again', async () => {
    const path = '/crm/objects/*/contacts';
    await crm.addFault({ path, method: 'POST', times: 1, actions: [{ kind: 'reset', when: 'after' }] });
    const values = { firstname: 'Ada' };
    const lost = await crm.tenant.records.create(crm.tenantId, { object: 'contacts', values, ties: [] });
    expect(lost).toMatchObject({ outcome: 'unknown' });
    expect(await crm.countContacts()).toBe(1);
    await crm.befall('throttled');
    const later = await crm.tenant.records.create(crm.tenantId, { object: 'contacts', values, ties: [] });
    expect(later).toMatchObject({ outcome: 'deferred', deferral: { cause: 'throttled' } });
    expect(await crm.countContacts()).toBe(1);
  });

  it('all in calls that HubSpot’s specification knows', () => {
    expect(exchanges.length).toBeGreaterThan(30);
    if (!specsAvailable()) {
      process.stdout.write(`NOT VALIDATED: HubSpot's OpenAPI files are not at ${specsFolder()}\n`);
      return;
    }
    expect(findingsIn(exchanges)).toEqual([]);
  });
});
