import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { secondsUntilMidnight } from './portal-midnight.js';

describe('secondsUntilMidnight', () => {
  it.each([
    ['2026-11-21T22:59:59Z', 'Europe/Berlin', 1],
    ['2026-11-21T23:00:00Z', 'Europe/Berlin', 24 * 3600],
    ['2026-11-21T00:00:00Z', 'US/Eastern', 5 * 3600],
    ['2026-11-21T10:00:00Z', undefined, 14 * 3600],
    ['2026-11-21T10:00:00Z', 'Not/AZone', 14 * 3600],
    ['2026-11-21T12:00:00Z', 'Asia/Kathmandu', 6 * 3600 + 15 * 60],
    // The night the clocks go forward in Berlin has 23 hours, the one they go back 25.
    ['2026-03-28T23:00:00Z', 'Europe/Berlin', 23 * 3600],
    ['2026-10-24T22:00:00Z', 'Europe/Berlin', 25 * 3600],
  ])('%s in %s: %d', (now, timeZone, seconds) => {
    expect(secondsUntilMidnight(new Date(now), timeZone)).toBe(seconds);
  });

  it('ends on the next local day and not before, in every zone', () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
    const moments = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(zones, moments, (timeZone, now) => {
        const dayOf = (moment: number): string => new Intl.DateTimeFormat('en-CA', { timeZone }).format(moment);
        const end = now.getTime() + secondsUntilMidnight(now, timeZone) * 1000;
        expect(dayOf(end) > dayOf(now.getTime())).toBe(true);
        // Where midnight itself is skipped, the day begins an hour late.
        expect(dayOf(end - 3_602_000) <= dayOf(now.getTime())).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
