import { describe, expect, it } from '@jest/globals';
import type { CrmRecord } from '@app/crm';
import { joinFound } from './join-found.js';

const record = (id: string, amount?: string): CrmRecord => ({ id, values: amount === undefined ? {} : { amount } });
const ids = (records: readonly CrmRecord[]): string[] => records.map(({ id }) => id);

describe('joinFound', () => {
  it('keeps each record once and no more than asked for', () => {
    const groups = [
      [record('1'), record('2')],
      [record('2'), record('3')],
    ];
    expect(ids(joinFound(groups, { limit: 10 }))).toEqual(['1', '2', '3']);
    expect(ids(joinFound(groups, { limit: 2 }))).toEqual(['1', '2']);
  });

  it('sorts what came from several places: numbers as numbers, nothing last', () => {
    const groups = [[record('1', '100'), record('2')], [record('3', '9')]];
    const by = (direction: 'ascending' | 'descending') =>
      ids(joinFound(groups, { limit: 10, sort: { field: 'amount', direction } }));
    expect([by('ascending'), by('descending')]).toEqual([
      ['3', '1', '2'],
      ['1', '3', '2'],
    ]);
  });

  it('leaves what came from one place as it came', () => {
    const groups = [[record('1', '9'), record('2', '100')], []];
    expect(ids(joinFound(groups, { limit: 10, sort: { field: 'amount', direction: 'descending' } }))).toEqual([
      '1',
      '2',
    ]);
  });
});
