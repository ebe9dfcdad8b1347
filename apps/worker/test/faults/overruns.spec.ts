import { describe, expect, it } from '@jest/globals';
import { findOverruns } from './overruns.js';

const kept = { refused429: 3, peaks: { per10s: 110, per10sByApp: { '1': 110 }, searchesPer1s: 5 } };
const limits = { burst: 110, expected429: 3 };

describe('findOverruns', () => {
  it('says nothing while every limit is kept and every 429 was a fault', () => {
    expect(findOverruns(kept, limits)).toEqual([]);
  });

  it.each([
    [{ ...kept, peaks: { ...kept.peaks, per10s: 111 } }, '111 calls arrived within 10 s, and 110 are allowed'],
    [{ ...kept, peaks: { ...kept.peaks, searchesPer1s: 6 } }, '6 searches arrived within a second, and 5 are allowed'],
    [{ ...kept, refused429: 4 }, '1 calls were refused for a limit'],
  ])('names an overrun', (stats, sentence) => {
    expect(findOverruns(stats, limits)).toEqual([sentence]);
  });
});
