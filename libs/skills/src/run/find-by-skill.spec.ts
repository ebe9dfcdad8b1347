import { describe, expect, it } from '@jest/globals';
import { CrmDeferredError, type CrmRecord, type CrmRecords, type RecordFilter, type RecordFind } from '@app/crm';
import { FindBySkill } from './find-by-skill.js';
import type { ReadySkill } from './ready-skill.js';

const IN_TIME_MS = 5_000;
const TOO_LATE_MS = 20;

const NOBODY = { findJustCreated: () => Promise.resolve(undefined) };

/** What a find needs of a skill. */
const skill = {
  portalId: '4711',
  checked: { object: { label: 'Note', pluralLabel: 'Notes' } },
  compiled: { shown: [{ field: 'text', as: 'text' }] },
  rules: {},
} as unknown as ReadySkill;

const aFind = (paging: boolean, after?: string): RecordFind => {
  const search = { object: 'notes', groups: [], fields: ['text'], limit: 100, after };
  return { object: 'notes', fields: ['text'], steps: [{ by: 'search', search }], limit: 100, paging };
};

/** A portal whose every record is too long to be shown with many others, of which it says that more come. */
function longRecords(count: number): Pick<CrmRecords, 'find'> & { asked: RecordFind[] } {
  const all = Array.from({ length: count }, (_, index): CrmRecord => ({
    id: String(index),
    values: { text: 'x'.repeat(1_000) },
  }));
  const asked: RecordFind[] = [];
  const find: CrmRecords['find'] = (_, what) => {
    asked.push(what);
    const [step] = what.steps;
    const from = Number(step?.by === 'search' ? (step.search.after ?? 0) : 0);
    const records = all.slice(from, from + what.limit);
    const next = from + records.length;
    return Promise.resolve({ found: true, records, ...(next < count ? { after: String(next) } : {}) });
  };
  return { asked, find };
}

const deaf: CrmRecords['find'] = () => new Promise(() => undefined);
const heeding: CrmRecords['find'] = (_, __, { signal } = {}) =>
  new Promise((_resolve, reject) => {
    const deferral = { cause: 'unavailable' as const, detail: 'The question was taken back' };
    signal?.addEventListener('abort', () => reject(new CrmDeferredError(deferral)));
  });

describe('a skill that finds', () => {
  it('turns pages from where it stopped showing, and misses nothing', async () => {
    const records = longRecords(130);
    const finder = new FindBySkill(records, NOBODY, IN_TIME_MS);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const answer = await finder.execute('t', skill, { find: aFind(true, cursor) });
      if (answer.outcome !== 'found') throw new Error(answer.outcome);
      expect(JSON.stringify(answer.records).length).toBeLessThan(21_000);
      seen.push(...answer.records.map(({ id }) => id));
      cursor = answer.nextCursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(Array.from({ length: 130 }, (_, index) => String(index)));
    expect(records.asked.length).toBeGreaterThan(5);
  });

  it('knows a contact that was just made, whom the index doesn’t show yet', async () => {
    const phone = { e164: '+4917612345678', national: '17612345678' };
    const by = (...more: RecordFilter[]): RecordFind => {
      const groups = [[{ field: 'phone', operator: 'EQ' as const, value: phone.e164 }, ...more]];
      const search = { object: 'contacts', groups, fields: [], limit: 100 };
      const steps: RecordFind['steps'] = [{ by: 'search', search, samePhones: [{ phone, fields: ['phone'] }] }];
      return { object: 'contacts', fields: ['text'], steps, limit: 1, paging: false };
    };
    const just = new FindBySkill(
      {
        find: (_, { steps: [step] }) =>
          Promise.resolve({
            found: true,
            records: step?.by === 'id' ? step.ids.map((id) => ({ id, values: {} })) : [],
          }),
      },
      {
        findJustCreated: (_, portalId, sought) =>
          Promise.resolve(sought.phone === phone ? `of ${portalId}` : undefined),
      },
      IN_TIME_MS,
    );
    const found = async (find: RecordFind) => (await just.execute('t', skill, { find })) as { records?: unknown };
    expect((await found(by())).records).toMatchObject([{ id: 'of 4711' }]);
    // Whether the rest holds of them nobody has looked.
    expect((await found(by({ field: 'vip', operator: 'EQ', value: 'true' }))).records).toEqual([]);
  });

  it('offers no next page where the tool has none', async () => {
    const answer = await new FindBySkill(longRecords(50), NOBODY, IN_TIME_MS).execute('t', skill, {
      find: { ...aFind(false) },
    });
    expect(answer).toMatchObject({ outcome: 'found' });
    expect(Object.keys(answer)).not.toContain('nextCursor');
  });

  it('asks of the portal that its schema is of', async () => {
    const options: unknown[] = [];
    const find: CrmRecords['find'] = (_, __, given) => {
      options.push(given);
      return Promise.resolve({ found: true, records: [] });
    };
    await new FindBySkill({ find }, NOBODY, IN_TIME_MS).execute('t', skill, { find: aFind(false) });
    expect(options).toMatchObject([{ portalId: '4711' }]);
  });

  it('says that it is slow when it is too late, also while nothing heeds the signal', async () => {
    const asked = new FindBySkill({ find: deaf }, NOBODY, TOO_LATE_MS).execute('t', skill, { find: aFind(false) });
    await expect(asked).rejects.toMatchObject({ code: 3002, details: { reason: 'hubspot_slow' } });
    const late = new FindBySkill({ find: heeding }, NOBODY, TOO_LATE_MS).execute('t', skill, { find: aFind(false) });
    await expect(late).rejects.toMatchObject({ code: 3002 });
    const gone = AbortSignal.abort();
    const left = new FindBySkill({ find: heeding }, NOBODY, IN_TIME_MS).execute('t', skill, {
      find: aFind(false),
      gone,
    });
    await expect(left).rejects.toMatchObject({ retryable: true });
  });
});
