import { describe, expect, it } from '@jest/globals';
import { dayIn, formatUtcOffset, utcOffsetMs } from './portal-day.js';

describe('a portal’s day', () => {
  it.each([
    ['America/New_York', '2026-01-15T04:59:59.999Z', '2026-01-14', '-05:00'],
    ['America/New_York', '2026-01-15T05:00:00.000Z', '2026-01-15', '-05:00'],
    ['America/New_York', '2026-07-15T04:00:00.000Z', '2026-07-15', '-04:00'],
    ['Asia/Kolkata', '2026-01-14T18:30:00.000Z', '2026-01-15', '+05:30'],
    ['Pacific/Auckland', '2026-01-14T11:00:00.000Z', '2026-01-15', '+13:00'],
    ['UTC', '2026-01-14T23:59:59.999Z', '2026-01-14', '+00:00'],
  ])('%s at %s is %s, %s', (timeZone, at, day, offset) => {
    const now = Date.parse(at);
    expect(dayIn(timeZone, now)).toBe(day);
    expect(formatUtcOffset(utcOffsetMs(timeZone, now))).toBe(offset);
  });
});
