import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { sortedJson } from './request-hash.js';

/** What hashes were made of first; those in the database must stay what they are. */
function plainWay(request: unknown): string | undefined {
  return JSON.stringify(request, (_key, value: unknown) =>
    value === null || typeof value !== 'object' || Array.isArray(value)
      ? value
      : Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))),
  );
}

describe('the JSON that a request is hashed by', () => {
  it('is that of JSON.stringify with its keys in order', () => {
    const leaf = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.integer(),
      fc.boolean(),
      fc.constantFrom(null, undefined),
      fc.date({ noInvalidDate: true }),
    );
    const { request } = fc.letrec((tie) => ({
      request: fc.dictionary(
        fc.string().map((key) => `k${key}`),
        tie('value'),
        { noNullPrototype: true },
      ),
      value: fc.oneof({ maxDepth: 3 }, leaf, fc.array(tie('value'), { maxLength: 4 }), tie('request')),
    }));
    fc.assert(fc.property(request, (body) => sortedJson(body) === plainWay(body)));
  });

  it('does not depend on the order of the keys, but on that of a list', () => {
    expect(sortedJson({ b: 1, a: { d: [1, 2], c: undefined } })).toBe('{"a":{"d":[1,2]},"b":1}');
    expect(sortedJson({ a: { d: [2, 1] }, b: 1 })).toBe('{"a":{"d":[2,1]},"b":1}');
  });
});
