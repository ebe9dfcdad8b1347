import { describe, expect, it } from '@jest/globals';
import { etagOf, matchesEtag } from './etag.js';

describe('etagOf', () => {
  it('depends on what is there, not on its order', () => {
    expect(etagOf({ mode: 'off', numbers: ['1', '2'] })).toBe(etagOf({ numbers: ['1', '2'], mode: 'off' }));
    expect(etagOf({ mode: 'off', numbers: ['1', '2'] })).not.toBe(etagOf({ mode: 'off', numbers: ['2', '1'] }));
    expect(etagOf({ mode: 'off' })).toMatch(/^"[\w-]{22}"$/);
  });
});

describe('matchesEtag', () => {
  it.each([
    [undefined, true],
    ['*', true],
    ['"a"', true],
    ['"b", "a"', true],
    ['"b"', false],
    ['W/"a"', true],
    ['W/"b"', false],
    ['w/"a"', false],
    ['a', false],
    ['', false],
  ])('If-Match: %s', (header, matches) => {
    expect(matchesEtag(header, '"a"')).toBe(matches);
  });
});
