import { describe, expect, it } from '@jest/globals';
import { ARITHMETIC_LIMIT, median, percentile, soonestMs, steadyRate } from './figures.ts';

describe('the figures of a run', () => {
  it('takes percentiles by nearest rank', () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([0.5, 0.95, 0.99, 1].map((share) => percentile(values, share))).toEqual([50, 95, 99, 100]);
    expect(percentile([7], 0.99)).toBe(7);
    expect(median([3, 1, 2])).toBe(2);
    expect(percentile([], 0.5)).toBeNaN();
  });

  it('knows what 110 calls in any 10 s allow', () => {
    expect(ARITHMETIC_LIMIT).toBeCloseTo(366.67, 1);
    expect([0, 110, 111, 220, 300, 331].map((calls) => soonestMs(calls))).toEqual([
      0, 0, 10_000, 10_000, 20_000, 30_000,
    ]);
  });

  it('leaves out the unspent allowance at the start and the window in which the work ran out', () => {
    const first = Array.from({ length: 900 }, (_, index) => index);
    const second = Array.from({ length: 300 }, (_, index) => 10_000 + index * 30);
    const third = [20_000, 23_000];
    expect(steadyRate([...first, ...second, ...third])).toBe(30);
    expect(steadyRate([...first, ...second])).toBeUndefined();
  });
});
