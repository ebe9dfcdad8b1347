import { describe, expect, it } from '@jest/globals';
import { SCOPES } from '../oauth/scopes.js';
import { CUSTOM_SCOPES, OWNERS_SCOPE, STANDARD_OBJECTS } from './standard-objects.js';

describe('the scopes of objects', () => {
  it('are all among those that connecting can ask for', () => {
    const needed = [...STANDARD_OBJECTS.map(({ scopes }) => scopes), CUSTOM_SCOPES].flatMap(
      ({ read, write, schema }) => [read, write, schema],
    );
    const askable = SCOPES.map(({ scope }) => scope);
    expect([...needed, OWNERS_SCOPE].filter((scope) => !askable.includes(scope))).toEqual([]);
  });
});
