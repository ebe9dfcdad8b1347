import { readPhoneNumber } from '@app/crm';
import type { ContactClaimRepository } from '../match/contact-claim.repository.js';
import type { ContactLink, ContactLinkRepository } from '../match/contact-link.repository.js';
import { phoneKey } from '../match/identity.js';
import type { MatchResult } from '../match/match-result.js';
import type { Matcher } from '../match/matcher.js';
import { type Conclusions, isMarked } from './conclusions.js';
import { deferredOutcome } from './deferred-outcome.js';
import type { ClaimedDelivery, DeliveryOutcome, MatchedDelivery } from './delivery-outcome.js';
import type { DrainLedger } from './drain-ledger.js';
import type { DrainRun } from './drain-run.js';

export interface MatchedDeliveries {
  matched: MatchedDelivery[];
  /** The CRM would not take something now; going on at once would not help. */
  heldUp: boolean;
}

/** Finds the contacts of deliveries and remembers them; whoever has none is concluded. Within a turn of the drain only. */
export class MatchDeliveries {
  constructor(
    private readonly ledger: DrainLedger,
    private readonly links: ContactLinkRepository,
    private readonly claims: ContactClaimRepository,
    private readonly matcher: Matcher,
    private readonly random: () => number = Math.random,
  ) {}

  async execute(
    { drain, settings }: DrainRun,
    claims: readonly ClaimedDelivery[],
    conclusions: Conclusions,
  ): Promise<MatchedDeliveries> {
    const { tenantId, portalId } = drain;
    const before = claims.filter(({ createSentAt }) => createSentAt !== undefined).map(({ id }) => id);
    const marked = new Set<string>();
    const results = await this.matcher.match(tenantId, claims.map(toRequest), settings, {
      markCreating: (ids) => {
        for (const id of ids) marked.add(id);
        return this.ledger.markCreating(drain, ids);
      },
      findMadeBeside: (phones) => this.claims.findBeside(tenantId, portalId, phones),
      findJustCreated: (phones) => this.links.findJustCreated(tenantId, portalId, phones),
      findUnsettledCreates: () => this.ledger.findUnsettledCreates(drain),
      findLinked: (contactIds) => this.links.findCustomers(tenantId, portalId, contactIds),
    });
    const matched: MatchedDelivery[] = [];
    const outcomes: DeliveryOutcome[] = [];
    for (const claim of claims) {
      const result = results.get(claim.id);
      if (result?.outcome === 'matched') matched.push({ claim, ...result });
      else if (result !== undefined) outcomes.push(...this.outcomeOf(claim, result, marked));
    }
    await this.links.remember(
      tenantId,
      portalId,
      matched.flatMap((delivery) => linkOf(delivery, settings.defaultCountry)),
    );
    // Answered and remembered: nobody has to wait any more until the create has settled.
    const asked = new Set([...before, ...marked]);
    await this.ledger.settleCreates(
      drain,
      matched.filter(({ claim }) => asked.has(claim.id)),
    );
    await conclusions.record(outcomes);
    const isDeferred = [...results.values()].some(({ outcome }) => outcome === 'deferred');
    return { matched, heldUp: isDeferred || conclusions.portalRefuses };
  }

  /** @param marked those whose contacts were about to be created by this attempt. */
  private outcomeOf(
    claim: ClaimedDelivery,
    result: Exclude<MatchResult, { outcome: 'matched' }>,
    marked: ReadonlySet<string>,
  ): DeliveryOutcome[] {
    const deliveryId = claim.id;
    switch (result.outcome) {
      case 'skipped':
        return [{ deliveryId, status: 'skipped', reason: result.reason, detail: result.detail }];
      case 'failed':
        return [{ deliveryId, status: 'failed', reason: result.reason, detail: result.detail, rule: result.rule }];
      case 'unknown':
        return [
          {
            deliveryId,
            status: 'pending',
            attempt: 'unknown',
            delaySeconds: 0,
            keepMarks: true,
            detail: result.detail,
          },
        ];
      case 'deferred':
      case 'waits': {
        // What came of a create before was looked for before this mark, and that one was not sent: it is nothing to wait for.
        const keepMarks = marked.has(claim.id) ? claim.entriesSentAt !== undefined : isMarked(claim);
        return [deferredOutcome(claim, result.deferral, this.random, keepMarks)];
      }
      case 'lost':
        return [];
    }
  }
}

function toRequest({ id, customerKey, customer, linkedContactId, createSentAt }: ClaimedDelivery) {
  return { deliveryId: id, customerKey, customer, linkedContactId, createSentAt };
}

/**
 * A contact we made is remembered even for a customer known by one conversation alone: should writing to it fail, the next
 * attempt must not make another one.
 */
function linkOf({ claim, contactId, matchedBy }: MatchedDelivery, defaultCountry: string | undefined): ContactLink[] {
  if (matchedBy !== 'created') {
    return claim.customerKey.startsWith('conversation:') ? [] : [{ customerKey: claim.customerKey, contactId }];
  }
  const { phone } = claim.customer;
  const number = phone === undefined ? undefined : readPhoneNumber(phone, defaultCountry);
  return [{ customerKey: claim.customerKey, contactId, createdWithPhone: number && phoneKey(number) }];
}
