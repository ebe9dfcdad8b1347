import { isDeepStrictEqual } from 'node:util';
import type { CreateOutcome, Deferral } from '@app/crm';
import { matched, NOTHING_TO_MATCH } from './conclude-match.js';
import type { MadeBeside } from './contact-claim.repository.js';
import { type PhonePolicy, samePhone } from './identity.js';
import type { MatchResult } from './match-result.js';
import type { PlannedContact } from './plan-creates.js';
import { type Seeker, withoutEmail } from './seeker.js';

/** Settles the leader of a plan and whoever depends on it. @returns those who have to try once more. */
export function settleCreate(
  plan: PlannedContact,
  outcome: CreateOutcome | undefined,
  settle: (seeker: Seeker, result: MatchResult) => void,
): Seeker[] {
  const { leader, followers } = plan;
  switch (outcome?.outcome) {
    case 'created':
      settle(leader, matched(leader, outcome.id, 'created'));
      for (const { seeker, by } of followers) settle(seeker, matched(seeker, outcome.id, by));
      return [];
    case 'exists':
      // The address belongs to someone already; that person need not hold the leader's number.
      settle(leader, matched(leader, outcome.id, 'email'));
      for (const { seeker, by } of followers) if (by !== 'phone') settle(seeker, matched(seeker, outcome.id, by));
      return [];
    case 'refused':
      if (outcome.field === 'email' && leader.identity.email !== undefined) {
        const retried = withoutEmail(leader);
        if (retried.draft !== undefined) return [retried];
        settle(leader, NOTHING_TO_MATCH);
      } else settle(leader, { outcome: 'failed', ...outcome.refusal });
      return [];
    case 'deferred':
      for (const seeker of [leader, ...followers.map((follower) => follower.seeker)]) settle(seeker, outcome);
      return [];
    default: {
      const detail = outcome?.detail ?? 'The CRM did not say what became of the contact';
      settle(leader, { outcome: 'unknown', detail });
      // They would match the leader's contact, if there is one: that is known once it has settled.
      for (const { seeker } of followers) settle(seeker, { outcome: 'waits', deferral: unavailable(detail) });
      return [];
    }
  }
}

/** Whose contact somebody else has just made, or is about to: nothing is sent for them. The others are left to be created. */
export function settleBeside(
  plans: readonly PlannedContact[],
  beside: readonly MadeBeside[],
  { defaultCountry }: PhonePolicy,
  settle: (seeker: Seeker, result: MatchResult) => void,
): void {
  for (const { leader, followers } of plans) {
    const { phone } = leader.identity;
    const made = phone && beside.find((each) => samePhone(phone, each.phone, defaultCountry));
    if (made === undefined) continue;
    const holders = [leader, ...followers.flatMap(({ seeker, by }) => (by === 'phone' ? [seeker] : []))];
    for (const seeker of holders)
      settle(
        seeker,
        'contactId' in made
          ? matched(seeker, made.contactId, 'phone')
          : { outcome: 'waits', deferral: claimedFor(made.isUnanswered ? made.claimedForSeconds : CLAIM_LOOK_SECONDS) },
      );
  }
}

/** Whoever claims a number makes the contact, or not, within a second or two. */
const CLAIM_LOOK_SECONDS = 2;

function claimedFor(retryAfterSeconds: number): Deferral {
  return { cause: 'unavailable', detail: 'An AI agent is making this contact just now', retryAfterSeconds };
}

/**
 * What a later conversation of the same customer makes of the first one's result; undefined: it has to look for itself,
 * because it knows something else of the customer.
 */
export function followLeader(seeker: Seeker, leader: Seeker, result: MatchResult | undefined): MatchResult | undefined {
  switch (result?.outcome) {
    case 'matched':
      return matched(seeker, result.contactId, 'crm_id');
    case 'unknown':
      return { outcome: 'waits', deferral: unavailable(result.detail) };
    case 'deferred':
    case 'waits':
      return result;
    case 'skipped':
    case 'failed':
      return isDeepStrictEqual(seeker.identity, leader.identity) ? result : undefined;
    default:
      return undefined;
  }
}

function unavailable(detail: string): Deferral {
  return { cause: 'unavailable', detail };
}
