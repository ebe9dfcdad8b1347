import { describe, expect, it } from '@jest/globals';
import { CrmDeferredError, type FoundRecords, type RecordFind, type RecordWrite } from '@app/crm';
import { aField, anObject } from '../../testing/index.js';
import { LookForMade } from './look-for-made.js';

const SINCE = new Date('2026-11-21T10:00:00Z');
const object = anObject('things', {
  fields: [
    aField('title'),
    aField('amount', { type: 'number', fieldType: 'number' }),
    aField('due', { type: 'datetime', fieldType: 'date' }),
    aField('number', { type: 'phone_number', fieldType: 'phonenumber' }),
    aField('hs_createdate', { type: 'datetime', isReadOnly: true }),
  ],
});

type Made = Record<string, string>;

/** Asked page by page; what was asked is kept. */
function looking(pages: readonly (readonly Made[])[]) {
  const asked: RecordFind[] = [];
  const find = (_: string, what: RecordFind): Promise<FoundRecords> => {
    const page = asked.push(what) - 1;
    const records = (pages[page] ?? []).map((values, index) => ({ id: `${page}${index}`, values }));
    return Promise.resolve({ found: true, records, ...(page + 1 < pages.length ? { after: String(page) } : {}) });
  };
  return { asked, look: new LookForMade({ find }) };
}

const creates = (values: Made): RecordWrite & { action: 'create' } => ({
  action: 'create',
  object: 'things',
  values,
  ties: [],
});

describe('LookForMade', () => {
  it('knows what was made by all its values, in whatever form they are kept', async () => {
    const values = { title: 'Ten chairs', amount: '10.50', due: '2026-01-31T10:00:00.000Z' };
    const kept = { title: 'ten chairs ', amount: '10.5', due: '2026-01-31T10:00:00Z' };
    const { look, asked } = looking([[{ ...kept, amount: '11' }], [kept]]);
    expect(await look.execute('t', { object }, { write: creates(values), since: SINCE })).toBe('10');
    expect(asked.map(({ steps: [step] }) => step?.by === 'search' && step.search.after)).toEqual([undefined, '0']);
    const [first] = asked[0]?.steps ?? [];
    expect(first).toMatchObject({
      search: { groups: [[{ field: 'hs_createdate', operator: 'GTE', value: String(SINCE.getTime() - 30_000) }]] },
    });
  });

  it('finds nothing where something is different, or missing', async () => {
    const { look } = looking([[{ title: 'Ten chairs' }, { title: 'Ten tables', amount: '1' }]]);
    const write = creates({ title: 'Ten chairs', amount: '1' });
    expect(await look.execute('t', { object }, { write, since: SINCE })).toBeUndefined();
  });

  it('knows a record by its key alone, a number however it is written', async () => {
    const find = { object: 'things', fields: [], steps: [], limit: 1, paging: false };
    const key = { field: 'number', value: '+4917612345678' };
    const write = { ...creates({ number: key.value, title: 'New' }), action: 'findOrCreate' as const, key, find };
    const { look } = looking([[{ number: '+49 176 12345679' }, { number: '0049 176 12345678', title: 'Other' }]]);
    expect(await look.execute('t', { object }, { write, since: SINCE })).toBe('01');
  });

  it('says that nobody can tell rather than that there is nothing', async () => {
    const many = looking(Array.from({ length: 20 }, () => [{ title: 'Else' }]));
    const asked = { write: creates({ title: 'Ten chairs' }), since: SINCE };
    await expect(many.look.execute('t', { object }, asked)).rejects.toThrow(CrmDeferredError);
    const timeless = anObject('things', { fields: [aField('title')] });
    await expect(many.look.execute('t', { object: timeless }, asked)).rejects.toThrow(CrmDeferredError);
    const refused = new LookForMade({
      find: () => Promise.resolve({ found: false, refusal: { reason: 'refused', detail: '' } }),
    });
    await expect(refused.execute('t', { object }, asked)).rejects.toThrow(CrmDeferredError);
  });
});
