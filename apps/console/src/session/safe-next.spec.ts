import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { safeNext } from './safe-next.js';

const SITE = 'https://threadline.example';

describe('safeNext', () => {
  it.each([
    ['/', '/'],
    ['/integrations/hubspot/oauth/start?ticket=a-b_c', '/integrations/hubspot/oauth/start?ticket=a-b_c'],
    ['/settings#hubspot', '/settings#hubspot'],
    ['/a/../b', '/b'],
  ])('keeps %s', (next, kept) => {
    expect(safeNext(next, SITE)).toBe(kept);
  });

  it.each([
    ['https://evil.example/'],
    ['//evil.example'],
    ['/\\evil.example'],
    ['\\\\evil.example'],
    ['/\t/evil.example'],
    ['/\n/evil.example'],
    ['/x/..//evil.example'],
    ['/.//evil.example'],
    ['/%2e%2e//evil.example'],
    ['javascript:alert(1)'],
    ['data:text/html,x'],
    ['settings'],
    [''],
    [undefined],
    [['/a', '/b']],
    [`/${'x'.repeat(2_001)}`],
  ])('drops %j', (next) => {
    expect(safeNext(next, SITE)).toBeUndefined();
  });

  it('never leads elsewhere, whatever it is given', () => {
    const piece = fc.constantFrom('/', '\\', '.', '..', '%2f', '@', ':', 'evil.example', '\t', '?', '#', 'https:', ' ');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const next = safeNext(pieces.join(''), SITE);
        return next === undefined || new URL(next, SITE).origin === SITE;
      }),
      { numRuns: 5_000 },
    );
  });
});
