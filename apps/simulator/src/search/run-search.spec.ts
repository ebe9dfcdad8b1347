import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { injectedSimulator, type InjectedSimulator } from '../control/injected-simulator.js';
import { OPERATORS } from './search-request.js';

interface Hit {
  id: string;
  properties: Record<string, string | null>;
}

const searchOn = async (simulator: InjectedSimulator, body: unknown): Promise<{ total: number; results: Hit[] }> => {
  const answer = await simulator.call('POST', '/crm/v3/objects/contacts/search', body);
  expect(answer.status).toBe(200);
  return answer.body;
};

const create = async (simulator: InjectedSimulator, properties: Record<string, string>): Promise<string> => {
  const answer = await simulator.call('POST', '/crm/v3/objects/contacts', { properties });
  expect(answer.status).toBe(201);
  return (answer.body as { id: string }).id;
};

const group = (...filters: unknown[]) => ({ filters });
const filter = (propertyName: string, operator: string, rest: object = {}) => ({ propertyName, operator, ...rest });

describe('search', () => {
  it('compares text in any case, options by case, IN with its values as given', async () => {
    const simulator = injectedSimulator({ flags: { searchChecksValues: false } });
    const id = await create(simulator, { email: 'Ada@X.com', firstname: 'Ada', lifecyclestage: 'lead' });
    const finds = async (one: unknown): Promise<boolean> =>
      (await searchOn(simulator, { filterGroups: [group(one)] })).results.some((hit) => hit.id === id);
    expect(await finds(filter('email', 'EQ', { value: 'ADA@x.COM' }))).toBe(true);
    expect(await finds(filter('firstname', 'EQ', { value: 'aDA' }))).toBe(true);
    expect(await finds(filter('lifecyclestage', 'EQ', { value: 'lead' }))).toBe(true);
    expect(await finds(filter('lifecyclestage', 'EQ', { value: 'Lead' }))).toBe(false);
    expect(await finds(filter('firstname', 'IN', { values: ['ada'] }))).toBe(true);
    expect(await finds(filter('firstname', 'IN', { values: ['Ada'] }))).toBe(false);
    expect(await finds(filter('lifecyclestage', 'IN', { values: ['lead'] }))).toBe(true);
    expect(await finds(filter('num_notes', 'EQ', { value: '0.0' }))).toBe(true);
    expect(await finds(filter('createdate', 'GTE', { value: '2020-01-01' }))).toBe(true);
    expect(await finds(filter('createdate', 'LT', { value: String(Date.parse('2020-01-01')) }))).toBe(false);
  });

  it('finds a secondary email only by its own property, unless the portal says otherwise', async () => {
    const simulator = injectedSimulator();
    const id = await create(simulator, { email: 'a@x.com', hs_additional_emails: 'b@x.com;c@x.com' });
    const byEmail = { filterGroups: [group(filter('email', 'EQ', { value: 'b@x.com' }))] };
    const byList = { filterGroups: [group(filter('hs_additional_emails', 'CONTAINS_TOKEN', { value: 'C@x.com' }))] };
    expect((await searchOn(simulator, byEmail)).total).toBe(0);
    expect((await searchOn(simulator, byList)).results.map((hit) => hit.id)).toEqual([id]);
    simulator.state.portals.find(simulator.hubId)?.change({ flags: { searchEmailHitsSecondary: true } });
    expect((await searchOn(simulator, byEmail)).results.map((hit) => hit.id)).toEqual([id]);
  });

  it('shows new records, changes and old values only after the lag; archived ones leave at once', async () => {
    const simulator = injectedSimulator({ searchLagMs: 5_000 });
    const { clock } = simulator.state;
    clock.set(1_800_000_000_000);
    const by = async (email: string): Promise<(string | null | undefined)[]> =>
      (
        await searchOn(simulator, {
          filterGroups: [group(filter('email', 'EQ', { value: email }))],
          properties: ['firstname'],
        })
      ).results.map((hit) => hit.properties['firstname']);
    const id = await create(simulator, { email: 'a@x.com', firstname: 'Old' });
    expect(await by('a@x.com')).toEqual([]);
    clock.advance(5_000);
    expect(await by('a@x.com')).toEqual(['Old']);
    await simulator.call('PATCH', `/crm/v3/objects/contacts/${id}`, {
      properties: { email: 'b@x.com', firstname: 'New' },
    });
    expect(await by('a@x.com')).toEqual(['Old']);
    expect(await by('b@x.com')).toEqual([]);
    clock.advance(5_000);
    expect(await by('a@x.com')).toEqual([]);
    expect(await by('b@x.com')).toEqual(['New']);
    await simulator.call('PATCH', `/crm/v3/objects/contacts/${id}`, { properties: { firstname: 'Newer' } });
    await simulator.call('DELETE', `/crm/v3/objects/contacts/${id}`);
    expect(await by('b@x.com')).toEqual([]);
    clock.advance(10_000);
    expect(await by('b@x.com')).toEqual([]);
  });

  it('pages by offset, oldest first, and stops at 10,000', async () => {
    const simulator = injectedSimulator();
    const made = await simulator.app.inject({
      method: 'POST',
      url: `/_control/portals/${simulator.hubId}/records/contacts`,
      payload: JSON.stringify({
        records: Array.from({ length: 25 }, (_, index) => ({
          properties: { email: `p${index}@x.com` },
          createdAt: String(1_700_000_000_000 - index),
        })),
      }),
      headers: { 'content-type': 'application/json' },
    });
    const { ids } = made.json<{ ids: string[] }>();
    const first = await simulator.call('POST', '/crm/v3/objects/contacts/search', { limit: 20 });
    expect(first.body).toMatchObject({ total: 25, paging: { next: { after: '20' } } });
    const second = await searchOn(simulator, { limit: 20, after: '20' });
    const seen = [...(first.body as { results: Hit[] }).results, ...second.results].map((hit) => hit.id);
    expect(seen).toEqual(ids.toReversed());
    expect(
      (await simulator.call('POST', '/crm/v3/objects/contacts/search', { limit: 200, after: '9900' })).status,
    ).toBe(400);
    expect(
      (await simulator.call('POST', '/crm/v3/objects/contacts/search', { limit: 100, after: '9900' })).status,
    ).toBe(200);
  });

  it.each([
    ['six groups', { filterGroups: Array.from({ length: 6 }, () => group(filter('email', 'HAS_PROPERTY'))) }],
    [
      'seven filters in a group',
      { filterGroups: [group(...Array.from({ length: 7 }, () => filter('email', 'HAS_PROPERTY')))] },
    ],
    [
      'nineteen filters',
      {
        filterGroups: Array.from({ length: 4 }, () =>
          group(...Array.from({ length: 5 }, () => filter('email', 'HAS_PROPERTY'))),
        ),
      },
    ],
    ['a limit of 201', { limit: 201 }],
    ['two sorts', { sorts: ['email', 'firstname'] }],
    ['an unknown operator', { filterGroups: [group(filter('email', 'LIKE', { value: 'x' }))] }],
    ['an unknown property', { filterGroups: [group(filter('nonsense', 'EQ', { value: 'x' }))] }],
    ['IN without values', { filterGroups: [group(filter('email', 'IN', { value: 'x' }))] }],
    ['a body over 3,000 characters', { query: 'x'.repeat(3_000) }],
  ])('refuses %s with 400', async (_name, body) => {
    const simulator = injectedSimulator();
    const answer = await simulator.call('POST', '/crm/v3/objects/contacts/search', body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ status: 'error', category: 'VALIDATION_ERROR' });
  });

  it('takes exactly 18 filters in 5 groups', async () => {
    const simulator = injectedSimulator();
    const counts = [6, 6, 4, 1, 1];
    const filterGroups = counts.map((length) =>
      group(...Array.from({ length }, () => filter('email', 'HAS_PROPERTY'))),
    );
    expect(await searchOn(simulator, { filterGroups })).toEqual({ total: 0, results: [] });
  });
});

const asking = (...filters: object[]) => ({ filterGroups: [{ filters }] });

describe('search through associations', () => {
  it('finds what is associated with one of the records, and what else is asked for', async () => {
    const simulator = injectedSimulator();
    const [ada, bob] = [await create(simulator, { firstname: 'Ada' }), await create(simulator, { firstname: 'Bob' })];
    const ticketFor = async (id: string, subject: string): Promise<string> => {
      const associations = [{ to: { id }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 16 }] }];
      const properties = { subject, hs_pipeline: '0', hs_pipeline_stage: '1' };
      const made = await simulator.call('POST', '/crm/v3/objects/tickets', { properties, associations });
      expect(made.status).toBe(201);
      return (made.body as { id: string }).id;
    };
    const [lamp, mill, roof] = [
      await ticketFor(ada, 'lamp'),
      await ticketFor(ada, 'mill'),
      await ticketFor(bob, 'roof'),
    ];
    const found = async (...filters: object[]): Promise<string[]> => {
      const { body } = await simulator.call('POST', '/crm/v3/objects/tickets/search', asking(...filters));
      return (body as { results: { id: string }[] }).results.map(({ id }) => id);
    };
    const of = (id: string) => filter('associations.contact', 'EQ', { value: id });
    expect(await found(of(ada))).toEqual([lamp, mill]);
    expect(await found(of(ada), filter('subject', 'EQ', { value: 'mill' }))).toEqual([mill]);
    expect(await found(filter('associations.contact', 'IN', { values: [bob, '99999'] }))).toEqual([roof]);
    expect(await found(of('99999'))).toEqual([]);
  });

  it('takes ids of the standard objects alone, under their documented names', async () => {
    const simulator = injectedSimulator();
    const statusOf = async (...of: Parameters<typeof filter>) =>
      (await simulator.call('POST', '/crm/v3/objects/tickets/search', asking(filter(...of)))).status;
    expect(await statusOf('associations.company', 'EQ', { value: '1' })).toBe(200);
    expect(await statusOf('associations.company', 'EQ', { value: 'Acme' })).toBe(400);
    expect(await statusOf('associations.company', 'NEQ', { value: '1' })).toBe(400);
    expect(await statusOf('associations.company', 'HAS_PROPERTY', {})).toBe(400);
    expect(await statusOf('associations.companies', 'EQ', { value: '1' })).toBe(400);
    expect(await statusOf('associations.ghost', 'EQ', { value: '1' })).toBe(400);
  });
});

describe('search by what a stage says', () => {
  it('knows which deals are closed and won, and tickets that are open, also after they moved', async () => {
    const simulator = injectedSimulator();
    const made = async (type: string, properties: object): Promise<string> => {
      const { status, body } = await simulator.call('POST', `/crm/v3/objects/${type}`, { properties });
      expect(status).toBe(201);
      return (body as { id: string }).id;
    };
    const found = async (type: string, name: string, value: string): Promise<string[]> => {
      const { body } = await simulator.call(
        'POST',
        `/crm/v3/objects/${type}/search`,
        asking(filter(name, 'EQ', { value })),
      );
      return (body as { results: { id: string }[] }).results.map(({ id }) => id);
    };
    const sent = await made('deals', { dealname: 'Sent', pipeline: 'default', dealstage: 'contractsent' });
    const won = await made('deals', { dealname: 'Won', pipeline: 'default', dealstage: 'closedwon' });
    const lost = await made('deals', { dealname: 'Lost', pipeline: 'default', dealstage: 'closedlost' });
    const ticket = await made('tickets', { subject: 'Lamp', hs_pipeline: '0', hs_pipeline_stage: '1' });
    expect(await found('deals', 'hs_is_closed', 'false')).toEqual([sent]);
    expect(await found('deals', 'hs_is_closed', 'true')).toEqual([won, lost]);
    expect(await found('deals', 'hs_is_closed_won', 'true')).toEqual([won]);
    expect(await found('tickets', 'hs_is_closed', 'false')).toEqual([ticket]);
    const properties = { hs_pipeline_stage: '4' };
    expect((await simulator.call('PATCH', `/crm/v3/objects/tickets/${ticket}`, { properties })).status).toBe(200);
    expect(await found('tickets', 'hs_is_closed', 'false')).toEqual([]);
    expect(await found('tickets', 'hs_is_closed', 'true')).toEqual([ticket]);
  });
});

describe('search against a naive filter', () => {
  // Every operator is asked of every property here, with whatever value.
  const simulator = injectedSimulator({ flags: { searchOperatorsByType: false, searchChecksValues: false } });
  const records = new Map<string, Record<string, string>>();
  const names = ['ada', 'Ada Lovelace', 'BOB', 'bob ross', 'Zoë'];
  const phones = ['+15132271572', '513-227-1572', '5132271572', '+33655555555'];
  const stages = ['lead', 'customer', 'subscriber'];

  beforeAll(async () => {
    for (let index = 0; index < 60; index++) {
      const properties: Record<string, string> = { lastname: `L${index % 7}` };
      if (index % 3 > 0) properties['firstname'] = names[index % names.length] ?? '';
      if (index % 4 > 0) properties['phone'] = phones[index % phones.length] ?? '';
      if (index % 5 > 0) properties['email'] = `user${index}@${index % 2 ? 'x.com' : 'y.org'}`;
      properties['lifecyclestage'] = stages[index % 3] ?? '';
      properties['hs_additional_emails'] = index % 6 ? '' : `second${index}@z.net;third${index}@z.net`;
      const given = Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== ''));
      const id = await create(simulator, given);
      records.set(id, simulator.state.portals.find(simulator.hubId)?.store('contacts').get(id)?.properties ?? {});
    }
  });

  const properties = [
    'firstname',
    'lastname',
    'phone',
    'email',
    'lifecyclestage',
    'hs_additional_emails',
    'hs_searchable_calculated_phone_number',
  ];
  const values = fc.constantFrom(
    ...names,
    ...phones,
    ...stages,
    'L1',
    'l2',
    'user7@x.com',
    'USER8@y.org',
    'x.com',
    'ross',
    '5132271572',
    'second6@z.net',
    '*@x.com',
    '*227*',
    'z',
    '',
  );
  const filters = fc.record({
    propertyName: fc.constantFrom(...properties),
    operator: fc.constantFrom(...OPERATORS),
    value: values,
    highValue: values,
    values: fc.array(values, { minLength: 1, maxLength: 4 }),
  });
  const groups = fc.array(fc.array(filters, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 });

  it('finds the same records', async () => {
    await fc.assert(
      fc.asyncProperty(groups, async (filterGroups) => {
        const found = await searchOn(simulator, {
          filterGroups: filterGroups.map((one) => ({ filters: one })),
          limit: 200,
        });
        const expected = [...records]
          .filter(([, record]) => filterGroups.some((one) => one.every((each) => naiveMatch(record, each))))
          .map(([id]) => id);
        expect(found.results.map((hit) => hit.id)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});

interface NaiveFilter {
  propertyName: string;
  operator: (typeof OPERATORS)[number];
  value: string;
  highValue: string;
  values: string[];
}

/** The rules of search once more, as plainly as possible: one record, one filter, no index. */
function naiveMatch(
  record: Record<string, string>,
  { propertyName, operator, value, highValue, values }: NaiveFilter,
): boolean {
  const raw = record[propertyName];
  const isOption = propertyName === 'lifecyclestage';
  const fold = (text: string): string => (isOption ? text : text.toLowerCase());
  if (operator === 'HAS_PROPERTY') return raw !== undefined;
  if (operator === 'NOT_HAS_PROPERTY') return raw === undefined;
  const isNegative = operator === 'NEQ' || operator.startsWith('NOT_');
  if (raw === undefined) return isNegative;
  const has = fold(raw);
  switch (operator) {
    case 'EQ':
      return has === fold(value);
    case 'NEQ':
      return has !== fold(value);
    case 'IN':
      return values.includes(has);
    case 'NOT_IN':
      return !values.includes(has);
    case 'LT':
      return has < fold(value);
    case 'LTE':
      return has <= fold(value);
    case 'GT':
      return has > fold(value);
    case 'GTE':
      return has >= fold(value);
    case 'BETWEEN':
      return has >= fold(value) && has <= fold(highValue);
    default: {
      const contains = naiveContains(propertyName, raw.toLowerCase(), value.toLowerCase());
      return operator === 'CONTAINS_TOKEN' ? contains : !contains;
    }
  }
}

const words = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu) ?? [];

function naiveContains(propertyName: string, has: string, wanted: string): boolean {
  const form = new RegExp(`^${wanted.replaceAll(/[.+]/g, '\\$&').replaceAll('*', '.*')}$`, 'u');
  if (propertyName === 'hs_additional_emails') return has.split(';').some((address) => form.test(address));
  if (wanted.includes('*')) return [has, ...has.split(' '), ...words(has)].some((part) => form.test(part));
  const run = words(wanted).join(' ');
  return run !== '' && ` ${words(has).join(' ')} `.includes(` ${run} `);
}
