import { describe, expect, it } from '@jest/globals';
import { CrmDeferredError, type CrmRecords, type FoundRecords, type RecordFind, type RecordTie } from '@app/crm';
import { aField, anObject } from '../../testing/index.js';
import type { CheckedBinding } from '../grammar/checked-binding.js';
import { type Lost, LookForMade } from './look-for-made.js';

const SINCE = new Date('2026-11-21T10:00:00Z');
const UNTIL = new Date('2026-11-21T10:01:30Z');
const SOON = '2026-11-21T10:00:05Z';
const object = anObject('things', {
  fields: [
    aField('title'),
    aField('amount', { type: 'number', fieldType: 'number' }),
    aField('due', { type: 'datetime', fieldType: 'date' }),
    aField('number', { type: 'phone_number', fieldType: 'phonenumber' }),
    aField('hs_pipeline'),
    aField('hs_pipeline_stage'),
    aField('hs_createdate', { type: 'datetime', isReadOnly: true }),
  ],
  pipelines: [{ id: '0', label: 'Support', isDefault: true, stages: [{ id: '1', label: 'New', isClosed: false }] }],
});

type Made = Record<string, string>;

interface Portal {
  /** Asked page by page; ids are page and place: `01`. */
  pages: readonly (readonly Made[])[];
  /** Contacts by record. */
  tied?: Record<string, string[]>;
  /** What other writes made. */
  others?: string[];
}

function looking({ pages, tied = {}, others = [] }: Portal) {
  const asked: RecordFind[] = [];
  const find = (_: string, what: RecordFind): Promise<FoundRecords> => {
    const page = asked.push(what) - 1;
    const records = (pages[page] ?? [])
      .map((values, index) => ({ id: `${page}${index}`, values: { hs_createdate: SOON, ...values } }))
      .filter(({ values }) => isAskedFor(what, values));
    return Promise.resolve({ found: true, records, ...(page + 1 < pages.length ? { after: String(page) } : {}) });
  };
  const tiedTo: CrmRecords['tiedTo'] = (_, { id }) => Promise.resolve({ found: true, ids: tied[id] ?? [] });
  const findCreated = (_: string, __: string, ids: readonly string[]) =>
    Promise.resolve(new Set(ids.filter((id) => others.includes(id))));
  return { asked, look: new LookForMade({ find, tiedTo }, { findCreated }) };
}

/** As HubSpot would: made between, or with this key. */
function isAskedFor({ steps: [step] }: RecordFind, values: Made): boolean {
  const filters = step?.by === 'search' ? step.search.groups.flat() : [];
  return filters.every((filter) => {
    if ('tiedTo' in filter) throw new Error('not asked for by a tie');
    const kept = values[filter.field] ?? '';
    if (filter.operator === 'EQ') return kept.replaceAll(' ', '').endsWith(filter.value);
    if (filter.operator !== 'BETWEEN') throw new Error(`not asked for by ${filter.operator}`);
    return Date.parse(kept) >= Number(filter.value) && Date.parse(kept) <= Number(filter.highValue);
  });
}

/** A skill that says all of these but what is pinned. */
function checkedFor(values: Made, pinned: readonly string[] = []): Pick<CheckedBinding, 'object' | 'definition'> {
  const set = Object.keys(values).map((field) => ({
    field,
    value: pinned.includes(field) ? { constant: 'x' } : { input: field },
  }));
  return {
    object,
    definition: { operation: 'restWrite', restWrite: { set } } as unknown as CheckedBinding['definition'],
  };
}

const toContact = (id: string): RecordTie => ({ to: 'contacts', id, typeId: 1, category: 'HUBSPOT_DEFINED' });

function lost(values: Made, ties: RecordTie[] = []): Lost {
  const write = { action: 'create' as const, object: 'things', values, ties };
  return { write, portalId: '4711', since: SINCE, until: UNTIL };
}

const lookFor = (portal: Portal, values: Made, { ties = [] as RecordTie[], pinned = [] as string[] } = {}) =>
  looking(portal).look.execute('t', checkedFor(values, pinned), lost(values, ties));

describe('LookForMade', () => {
  it('knows what was made by all that was said, in whatever form it is kept', async () => {
    const values = { title: 'Ten chairs', amount: '10.50', due: '2026-01-31T10:00:00.000Z' };
    const kept = { title: 'ten chairs ', amount: '10.5', due: '2026-01-31T10:00:00Z' };
    const { look, asked } = looking({ pages: [[{ ...kept, amount: '11' }], [kept]] });
    expect(await look.execute('t', checkedFor(values), lost(values))).toEqual({ found: 'made', id: '10' });
    expect(asked.map(({ steps: [step] }) => step?.by === 'search' && step.search.after)).toEqual([undefined, '0']);
    const [first] = asked[0]?.steps ?? [];
    const [from, to] = [SINCE.getTime() - 30_000, UNTIL.getTime() + 300_000].map(String);
    const filter = { field: 'hs_createdate', operator: 'BETWEEN', value: from, highValue: to };
    expect(first).toMatchObject({ search: { groups: [[filter]] } });
  });

  it('finds nothing where nothing is like it', async () => {
    const pages: Made[][] = [[{ title: 'Ten tables', amount: '1' }, { amount: '1' }]];
    expect(await lookFor({ pages }, { title: 'Ten chairs', amount: '1' })).toEqual({ found: 'nothing' });
  });

  it('leaves out what another write made, and what is tied to others', async () => {
    const values = { title: 'Callback' };
    const pages = [[values, values, values]];
    const tied = { '00': ['2'], '01': ['1'], '02': ['9', '2'] };
    const ties = [toContact('2')];
    expect(await lookFor({ pages, tied }, values, { ties })).toEqual({ found: 'made', id: '00' });
    expect(await lookFor({ pages, tied, others: ['00'] }, values, { ties })).toEqual({ found: 'made', id: '02' });
    expect(await lookFor({ pages, tied, others: ['00', '02'] }, values, { ties })).toEqual({ found: 'nothing' });
  });

  it('knows it also when the portal has moved it on since', async () => {
    const values = { title: 'Printer', hs_pipeline: '0', hs_pipeline_stage: '1', hubspot_owner_id: '7', amount: '5' };
    const pages = [[{ title: 'Printer', hs_pipeline: '0', hs_pipeline_stage: '4', hubspot_owner_id: '8' }]];
    expect(await lookFor({ pages }, values, { pinned: ['amount'] })).toEqual({ found: 'made', id: '00' });
  });

  it('can’t tell whether one is it that was changed, or another’s; those of before and after are not', async () => {
    const values = { title: 'Printer', amount: '5' };
    const changed = { title: 'Printer', amount: '6' };
    expect(await lookFor({ pages: [[changed]] }, values)).toEqual({ found: 'alike' });
    expect(await lookFor({ pages: [[changed, values]] }, values)).toEqual({ found: 'made', id: '01' });
    const late = { ...changed, hs_createdate: '2026-11-21T10:02:01Z' };
    const early = { ...values, hs_createdate: '2026-11-21T09:59:29Z' };
    expect(await lookFor({ pages: [[early, late]] }, values)).toEqual({ found: 'nothing' });
    // Another’s, however alike: nothing can come of the attempt so late.
    const other = { ...values, hs_createdate: '2026-11-21T10:06:31Z' };
    expect(await lookFor({ pages: [[other]] }, values)).toEqual({ found: 'nothing' });
    expect(await lookFor({ pages: [[changed]], others: ['00'] }, values)).toEqual({ found: 'nothing' });
    // Where nothing but its place is known of it, any record may be it.
    expect(await lookFor({ pages: [[changed]] }, { hs_pipeline: '0' })).toEqual({ found: 'alike' });
  });

  describe('of what is known by a key', () => {
    const KEY = { field: 'number', value: '+4917612345678' };
    const kept = { number: '0049 176 12345678', title: 'Other' };
    const byKey = { field: 'number', operator: 'EQ' as const, value: '17612345678' };
    const search = { object: 'things', groups: [[byKey]], fields: ['number'], limit: 1 };
    const find: RecordFind = {
      object: 'things',
      fields: ['number'],
      steps: [{ by: 'search', search }],
      limit: 1,
      paging: false,
    };
    const values = { number: KEY.value, title: 'New' };
    const lookByKey = (portal: Portal) => {
      const { look, asked } = looking(portal);
      const write = { ...lost(values).write, action: 'findOrCreate' as const, key: KEY, find };
      return { asked, made: look.execute('t', checkedFor(values), { ...lost(values), write }) };
    };

    it('finds it by that, a number however it is written, whoever made it', async () => {
      const pages: Made[][] = [[{ number: '+43 176 12345678' }, kept]];
      expect(await lookByKey({ pages, others: ['01'] }).made).toEqual({ found: 'made', id: '01' });
    });

    it('finds it, or that there is none, among any number that were made since', async () => {
      const many: Made[][] = Array.from({ length: 20 }, () => [{ number: '+49 176 12345679' }]);
      const none = lookByKey({ pages: many });
      expect([await none.made, none.asked.length]).toEqual([{ found: 'nothing' }, 1]);
      expect(await lookByKey({ pages: [[...(many[0] ?? []), kept], ...many] }).made).toEqual({
        found: 'made',
        id: '01',
      });
    });

    it('is told when it was made, and takes none for it that was there before', async () => {
      const old = { ...kept, hs_createdate: '2026-11-21T09:59:00Z' };
      const { made, asked } = lookByKey({ pages: [[old]] });
      expect(await made).toEqual({ found: 'nothing' });
      expect(asked).toMatchObject([{ fields: ['number', 'hs_createdate'], limit: 100, paging: false }]);
      expect(asked[0]?.steps).toMatchObject([{ search: { groups: [[byKey]], limit: 100 } }]);
      expect(await lookByKey({ pages: [[old, kept]] }).made).toEqual({ found: 'made', id: '01' });
    });
  });

  it('says that nobody can tell rather than that there is nothing', async () => {
    const values = { title: 'Ten chairs' };
    const many = { pages: Array.from({ length: 20 }, () => [{ title: 'Else' }]) };
    await expect(lookFor(many, values)).rejects.toThrow(CrmDeferredError);
    const timeless = { ...checkedFor(values), object: anObject('things', { fields: [aField('title')] }) };
    await expect(looking(many).look.execute('t', timeless, lost(values))).rejects.toThrow(CrmDeferredError);
    const refusal = { reason: 'refused', detail: '' };
    const none = { findCreated: () => Promise.resolve(new Set<string>()) };
    const refusing = () => Promise.resolve({ found: false as const, refusal });
    const refused = new LookForMade({ find: refusing, tiedTo: refusing }, none);
    await expect(refused.execute('t', checkedFor(values), lost(values))).rejects.toThrow(CrmDeferredError);
    const found = () => Promise.resolve({ found: true as const, records: [{ id: '1', values }] });
    const untied = new LookForMade({ find: found, tiedTo: refusing }, none);
    const asked = untied.execute('t', checkedFor(values), lost(values, [toContact('2')]));
    await expect(asked).rejects.toThrow(CrmDeferredError);
  });
});
