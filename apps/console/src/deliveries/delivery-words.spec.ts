import { describe, expect, it } from '@jest/globals';
import { canReplay, KNOWN_REASONS, matchInWords, reasonInWords, waitInWords } from './delivery-words.js';

describe('reasons', () => {
  it('are said in words, also those that HubSpot invents', () => {
    expect(reasonInWords('no_match')).toBe('Nobody in HubSpot matches the customer');
    expect(reasonInWords('SOME_RULE_OF_TOMORROW')).toBe('Some rule of tomorrow');
  });

  it.each([
    'missing_required_property',
    'invalid_property_value',
    'invalid_email',
    'missing_permission',
    'refused',
    'contact_refused',
    'split_otherwise',
  ])('that HubSpot’s refusals have are known and offered by the filter: %s', (reason) => {
    expect(KNOWN_REASONS).toContain(reason);
  });
});

describe('what a pending one waits for', () => {
  const at = '2026-11-21T10:00:00Z';
  it('is what its last attempt ended with', () => {
    const attempts = [
      { at, outcome: 'deferred', detail: 'HubSpot was busy' },
      { at, outcome: 'waiting', detail: 'HubSpot refuses the token' },
    ] as const;
    expect(waitInWords({ status: 'pending', attempts: [...attempts] })).toBe('HubSpot refuses the token');
    expect(waitInWords({ status: 'written', attempts: [...attempts] })).toBeUndefined();
  });
  it('is nothing before the first, and once it was put back in line', () => {
    expect(waitInWords({ status: 'pending', attempts: [] })).toBeUndefined();
    expect(
      waitInWords({ status: 'pending', attempts: [{ at, outcome: 'replayed', detail: 'By an admin' }] }),
    ).toBeUndefined();
  });
});
describe('how a contact was found', () => {
  it('says that others matched as well', () => {
    expect(matchInWords({ matchedBy: 'email', tied: 1 })).toBe('Email');
    expect(matchInWords({ matchedBy: 'phone', tied: 3 })).toBe('Phone number; the oldest of 3 that matched');
    expect(matchInWords({})).toBeUndefined();
  });
});

describe('Replay', () => {
  it('is offered for what a person may have mended', () => {
    expect(canReplay({ status: 'failed', reason: 'refused' })).toBe(true);
    expect(canReplay({ status: 'skipped', reason: 'no_match' })).toBe(true);
    expect(canReplay({ status: 'skipped', reason: 'before_enabled' })).toBe(false);
    expect(canReplay({ status: 'written' })).toBe(false);
    expect(canReplay({ status: 'pending' })).toBe(false);
  });
});
