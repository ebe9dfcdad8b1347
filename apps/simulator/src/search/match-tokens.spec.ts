import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { tokenMatcher, wildcardForm } from './match-tokens.js';

describe('tokenMatcher', () => {
  it.each([
    ['firstname', 'Maria', 'Ana Maria Lopez', true],
    ['firstname', 'maria lopez', 'Ana Maria Lopez', true],
    ['firstname', 'ana lopez', 'Ana Maria Lopez', false],
    ['firstname', 'mar', 'Ana Maria Lopez', false],
    ['firstname', 'mar*', 'Ana Maria Lopez', true],
    ['email', '*@hubspot.com', 'Ada@HubSpot.com', true],
    ['email', 'ada@hubspot.com', 'ada@hubspot.com', true],
    ['phone', '*5132271572*', '+15132271572', true],
    ['phone', '*5132271572*', '513-227-1572', false],
    ['phone', '*5132271572*', 'call +1-5132271572 ext 4', true],
    ['hs_additional_emails', 'b@x.com', 'a@x.com;B@x.com', true],
    ['hs_additional_emails', 'x.com', 'a@x.com;b@x.com', false],
    ['hs_additional_emails', '*@x.com', 'a@y.com; b@x.com', true],
    ['firstname', '', 'Ana', false],
  ])('%s CONTAINS_TOKEN %j on %j is %j', (property, wanted, value, expected) => {
    expect(tokenMatcher(property, wanted)(value)).toBe(expected);
  });
});

describe('wildcardForm', () => {
  it('agrees with a regular expression', () => {
    const letters = fc.array(fc.constantFrom('a', 'b', '+', '.'), { maxLength: 12 }).map((parts) => parts.join(''));
    const patterns = fc.array(fc.constantFrom('a', 'b', '+', '*'), { maxLength: 6 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(patterns, letters, (pattern, text) => {
        const expression = new RegExp(`^${pattern.replaceAll('+', '\\+').replaceAll(/\*+/g, '.*')}$`);
        expect(wildcardForm(pattern)(text)).toBe(pattern.includes('*') ? expression.test(text) : pattern === text);
      }),
    );
  });
});
