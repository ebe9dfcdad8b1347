import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RollingWindow } from './rolling-window.js';

const times = fc
  .array(fc.integer({ min: 0, max: 4_000 }), { maxLength: 200 })
  .map((steps) => steps.toSorted((a, b) => a - b));

describe('RollingWindow', () => {
  it('counts an event until exactly one window after it', () => {
    const window = new RollingWindow(10_000);
    window.add(1_000);
    expect(window.count(10_999)).toBe(1);
    expect(window.count(11_000)).toBe(0);
  });

  it('agrees with counting by hand at every moment', () => {
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 1_000 }), (events, windowMs) => {
        const window = new RollingWindow(windowMs);
        for (const [index, now] of events.entries()) {
          window.add(now);
          const byHand = events.slice(0, index + 1).filter((event) => event > now - windowMs).length;
          expect(window.count(now)).toBe(byHand);
        }
      }),
    );
  });

  it('remembers the fullest window there was', () => {
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 1_000 }), (events, windowMs) => {
        const window = new RollingWindow(windowMs);
        for (const event of events) window.add(event);
        const counts = events.map(
          (end, index) => events.slice(0, index + 1).filter((event) => event > end - windowMs).length,
        );
        expect(window.peak).toBe(Math.max(0, ...counts));
      }),
    );
  });

  it('says when there is room again, neither sooner nor later', () => {
    fc.assert(
      fc.property(
        times,
        fc.integer({ min: 1, max: 1_000 }),
        fc.integer({ min: 1, max: 20 }),
        (events, windowMs, limit) => {
          const window = new RollingWindow(windowMs);
          const admitted: number[] = [];
          const held = (at: number): number => admitted.filter((event) => event > at - windowMs).length;
          for (const event of events) {
            const wait = window.roomIn(event, limit);
            expect(held(event + wait)).toBeLessThan(limit);
            if (wait > 0) expect(held(event + wait - 1)).toBe(limit);
            else admitted.push(event);
            if (wait === 0) window.add(event);
          }
        },
      ),
    );
  });
});
