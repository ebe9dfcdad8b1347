import type { MatchedBy } from '../deliver/delivery.js';
import type { MatchResult } from './match-result.js';
import type { Seeker } from './seeker.js';

export const NOTHING_TO_MATCH: MatchResult = {
  outcome: 'skipped',
  reason: 'nothing_to_match',
  detail: 'The customer has no email, no usable phone number and no name',
};

export const NO_MATCH: MatchResult = {
  outcome: 'skipped',
  reason: 'no_match',
  detail: 'No contact has this email or phone number',
};

export function matched(seeker: Seeker, contactId: string, matchedBy: MatchedBy, tied = 1): MatchResult {
  return { outcome: 'matched', contactId, matchedBy, tied, note: seeker.note };
}
