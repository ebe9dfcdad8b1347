import { describe, expect, it } from '@jest/globals';
import { readDeliveriesSearch } from './deliveries-search.js';

describe('the address of the deliveries page', () => {
  it('holds a filter and the delivery that is open', () => {
    const search = { status: 'failed', reason: 'refused', from: '2026-11-01', to: '2026-11-21', delivery: 'id' };
    expect(readDeliveriesSearch(search)).toEqual(search);
  });

  it('is taken for what it can be', () => {
    expect(
      readDeliveriesSearch({ status: 'lost', reason: 7, from: 'yesterday', to: ['2026-11-01'], other: 1 }),
    ).toEqual({});
  });
});
