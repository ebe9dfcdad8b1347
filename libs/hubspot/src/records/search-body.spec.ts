import { describe, expect, it } from '@jest/globals';
import { type RecordSearch, SEARCH_LIMITS } from '@app/crm';
import { compileBinding, readBinding, validateBinding } from '@app/skills';
import { aSearch, exampleSnapshot } from '@app/skills/testing';
import { searchBodyOf } from './search-body.js';

const search = (groups: RecordSearch['groups']): RecordSearch => ({ object: 'x', groups, fields: ['a'], limit: 5 });

const tiedTo = (object: string, ids: readonly string[]) => {
  const values = ids.map((constant) => ({ constant }));
  const field = `associations.${object}`;
  return ids.length === 1 ? { field, operator: 'EQ', value: values[0] } : { field, operator: 'IN', values };
};

/** Undefined: it is refused. */
function bodyLength(where: object[][]): number | undefined {
  const read = readBinding(aSearch({ where }));
  const validation = read.read ? validateBinding(read.value, exampleSnapshot()) : undefined;
  if (validation?.valid !== true) return undefined;
  const plan = compileBinding(validation.binding).plan({}, {});
  if (!plan.planned || plan.kind !== 'find') throw new Error(JSON.stringify(plan));
  const [step] = plan.find.steps;
  return step?.by === 'search' ? JSON.stringify(searchBodyOf(step.search)).length : 0;
}

describe('a search in HubSpot’s words', () => {
  it('asks for ties by the property that is named after one record', () => {
    const groups: RecordSearch['groups'] = [
      [{ tiedTo: 'contacts', operator: 'EQ', value: '7' }],
      [
        { tiedTo: 'companies', operator: 'IN', values: ['8', '9'] },
        { field: 'a', operator: 'HAS_PROPERTY' },
      ],
      [{ tiedTo: 'deals', operator: 'EQ', value: '1' }],
      [{ tiedTo: 'tickets', operator: 'EQ', value: '2' }],
    ];
    expect(searchBodyOf(search(groups))).toMatchObject({
      filterGroups: [
        { filters: [{ propertyName: 'associations.contact', operator: 'EQ', value: '7' }] },
        {
          filters: [
            { propertyName: 'associations.company', operator: 'IN', values: ['8', '9'] },
            { propertyName: 'a', operator: 'HAS_PROPERTY' },
          ],
        },
        { filters: [{ propertyName: 'associations.deal', operator: 'EQ', value: '1' }] },
        { filters: [{ propertyName: 'associations.ticket', operator: 'EQ', value: '2' }] },
      ],
    });
    expect(JSON.stringify(searchBodyOf(search(groups)))).not.toContain('tiedTo');
    expect(() => searchBodyOf(search([[{ tiedTo: 'pets', operator: 'EQ', value: '1' }]]))).toThrow('pets');
  });

  it('with many ties is measured as long as it becomes', () => {
    const id = '9'.repeat(20);
    const many = Array.from({ length: 5 }, () => [tiedTo('companies', [id]), tiedTo('deals', [id])]);
    const lengths = Array.from({ length: 100 }, (_, more) =>
      bodyLength([
        [
          ...(many[0] ?? []),
          tiedTo(
            'deals',
            Array.from({ length: more + 1 }, (__, at) => `${at}${id}`.slice(0, 20)),
          ),
        ],
        ...many.slice(1),
      ]),
    );
    const accepted = lengths.flatMap((length) => length ?? []);
    expect(lengths).toContain(undefined);
    expect(Math.max(...accepted)).toBeLessThanOrEqual(SEARCH_LIMITS.bodyCharacters);
    expect(Math.max(...accepted)).toBeGreaterThan(SEARCH_LIMITS.bodyCharacters - 400);
  });
});
