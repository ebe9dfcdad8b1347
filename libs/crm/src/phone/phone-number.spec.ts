import { describe, expect, it } from '@jest/globals';
import { readPhoneNumber } from './phone-number.js';

describe('readPhoneNumber', () => {
  it.each([
    ['+49 176 1234567', undefined, { e164: '+491761234567', national: '1761234567' }],
    ['0176 1234567', 'DE', { e164: '+491761234567', national: '1761234567' }],
    ['0049 176 1234567', undefined, { e164: '+491761234567', national: '1761234567' }],
    ['(513) 227-1572', 'US', { e164: '+15132271572', national: '5132271572' }],
    ['513-227-1572', undefined, { national: '5132271572' }],
    ['0176 1234567', undefined, { national: '1761234567' }],
    ['+39 02 7250 5877 ext. 43', undefined, { e164: '+390272505877', national: '272505877' }],
    ['+1 513 227 1572 ext. 4', undefined, { e164: '+15132271572', national: '5132271572' }],
  ])('%s read in %s', (typed, country, expected) => {
    expect(readPhoneNumber(typed, country)).toEqual(expected);
  });

  it.each([['abc'], [''], ['12'], ['+'], ['+49 1'], ['1'.repeat(40)]])('%j is no number', (typed) => {
    expect(readPhoneNumber(typed, 'DE')).toBeUndefined();
  });
});
