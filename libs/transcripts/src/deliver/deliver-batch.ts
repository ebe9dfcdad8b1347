import { CrmDeferredError, type CrmDirectory, type Deferral, readPhoneNumber } from '@app/crm';
import { withTraces } from '@app/platform';
import type { WritebackSettings } from '@app/tenants';
import type { ContactLink, ContactLinkRepository } from '../match/contact-link.repository.js';
import { phoneKey } from '../match/identity.js';
import type { MatchResult } from '../match/match-result.js';
import type { Matcher } from '../match/matcher.js';
import type { ClaimedDelivery, DeliveryOutcome, MatchedDelivery } from './delivery-outcome.js';
import type { Drain, DrainLedger } from './drain-ledger.js';
import type { RecogniseWritten, ResumedDelivery } from './recognise-written.js';
import { deferredOutcome, type WriteReport, type WriteTranscripts } from './write-transcripts.js';

/** HubSpot's batch calls carry this many records. */
export const BATCH_SIZE = 100;

export interface BatchReport {
  claimed: number;
  /** The CRM would not take something now; going on at once would not help. */
  heldUp: boolean;
}

/** Takes up to a hundred due deliveries through the whole road: read back, match, write, record. */
export class DeliverBatch {
  constructor(
    private readonly ledger: DrainLedger,
    private readonly links: ContactLinkRepository,
    private readonly directory: CrmDirectory,
    private readonly recogniseWritten: RecogniseWritten,
    private readonly matcher: Matcher,
    private readonly writeTranscripts: WriteTranscripts,
    private readonly random: () => number = Math.random,
  ) {}

  async execute(drain: Drain, settings: WritebackSettings, referenceKey: Uint8Array): Promise<BatchReport> {
    const claimed = await this.ledger.claimDue(drain, BATCH_SIZE);
    if (claimed.length === 0) return { claimed: 0, heldUp: false };
    // From here on log lines say for whose requests.
    const traceIds = claimed.flatMap(({ traceId }) => traceId ?? []);
    return withTraces(traceIds, () => this.deliver(drain, claimed, settings, referenceKey));
  }

  private async deliver(
    drain: Drain,
    claimed: readonly ClaimedDelivery[],
    settings: WritebackSettings,
    referenceKey: Uint8Array,
  ): Promise<BatchReport> {
    const concluded = new Set<string>();
    const conclude = async (outcomes: readonly DeliveryOutcome[]): Promise<void> => {
      await this.ledger.record(drain, outcomes);
      for (const { deliveryId } of outcomes) concluded.add(deliveryId);
    };
    try {
      const { resumed, fresh } = await this.resume(drain, claimed, referenceKey);
      const matched = await this.match(drain, fresh, settings, conclude);
      const report = await this.writeTranscripts.execute(drain, [...resumed, ...matched], referenceKey);
      await conclude(report.outcomes);
      await this.writeToSuccessors(drain, report.gone, settings, referenceKey, conclude);
      return { claimed: claimed.length, heldUp: isHeldUp(report) };
    } catch (error) {
      if (!(error instanceof CrmDeferredError)) throw error;
      const held = claimed.filter(({ id }) => !concluded.has(id));
      await conclude(held.map((claim) => deferredOutcome(claim, error.deferral, this.random, isMarked(claim))));
      return { claimed: claimed.length, heldUp: true };
    }
  }

  /** Deliveries that were under way go on where they were, with what their last attempt turns out to have written. */
  private async resume(
    drain: Drain,
    claimed: readonly ClaimedDelivery[],
    referenceKey: Uint8Array,
  ): Promise<{ resumed: MatchedDelivery[]; fresh: ClaimedDelivery[] }> {
    const underWay = await this.recogniseWritten.execute(drain.tenantId, claimed.filter(isUnderWay), referenceKey);
    const resumed = underWay.flatMap(toMatched);
    const gone = underWay.filter(({ contactId }) => contactId === undefined).map(({ claim }) => claim);
    for (const { claim, contactId } of resumed) {
      if (claim.contactId === undefined || contactId === claim.contactId) continue;
      await this.links.follow(drain.tenantId, drain.portalId, claim.contactId, contactId);
    }
    await this.ledger.keepParts(
      drain,
      underWay.map(({ claim, found }) => ({ deliveryId: claim.id, parts: found })),
    );
    const restarted = await this.startOver(drain, gone);
    return { resumed, fresh: [...claimed.filter((claim) => !isUnderWay(claim)), ...restarted] };
  }

  private async match(
    drain: Drain,
    claims: readonly ClaimedDelivery[],
    settings: WritebackSettings,
    conclude: (outcomes: readonly DeliveryOutcome[]) => Promise<void>,
  ): Promise<MatchedDelivery[]> {
    const { tenantId, portalId } = drain;
    const requests = claims.map((claim) => ({
      deliveryId: claim.id,
      customerKey: claim.customerKey,
      customer: claim.customer,
      linkedContactId: claim.linkedContactId,
      createSentAt: claim.createSentAt,
    }));
    const results = await this.matcher.match(tenantId, requests, settings, {
      markCreating: (ids) => this.ledger.markCreating(drain, ids),
      findJustCreated: (phones) => this.links.findJustCreated(tenantId, portalId, phones),
      findUnsettledCreates: () => this.ledger.findUnsettledCreates(drain),
      findLinked: (contactIds) => this.links.findCustomers(tenantId, portalId, contactIds),
    });
    const matched: MatchedDelivery[] = [];
    const outcomes: DeliveryOutcome[] = [];
    for (const claim of claims) {
      const result = results.get(claim.id);
      if (result?.outcome === 'matched') matched.push({ claim, ...result });
      else if (result !== undefined) outcomes.push(...this.outcomeOf(claim, result));
    }
    await this.links.remember(
      tenantId,
      portalId,
      matched.flatMap((delivery) => linkOf(delivery, settings.defaultCountry)),
    );
    await conclude(outcomes);
    return matched;
  }

  private outcomeOf(claim: ClaimedDelivery, result: Exclude<MatchResult, { outcome: 'matched' }>): DeliveryOutcome[] {
    const deliveryId = claim.id;
    switch (result.outcome) {
      case 'skipped':
        return [{ deliveryId, status: 'skipped', reason: result.reason, detail: result.detail }];
      case 'failed':
        return [{ deliveryId, status: 'failed', reason: result.reason, detail: result.detail }];
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
        return [deferredOutcome(claim, result.deferral, this.random, isMarked(claim))];
      case 'lost':
        return [];
    }
  }

  /**
   * Contacts that were gone when we wrote: merged ones lead to their survivor, deleted ones lose the link and their
   * customers are matched once more. Once: whoever is gone again waits for the next attempt.
   */
  private async writeToSuccessors(
    drain: Drain,
    gone: readonly MatchedDelivery[],
    settings: WritebackSettings,
    referenceKey: Uint8Array,
    conclude: (outcomes: readonly DeliveryOutcome[]) => Promise<void>,
  ): Promise<void> {
    if (gone.length === 0) return;
    const { tenantId, portalId } = drain;
    const asked = [...new Set(gone.map(({ contactId }) => contactId))];
    const contacts = await this.directory.findByIds(tenantId, asked);
    const moved: MatchedDelivery[] = [];
    const orphaned: ClaimedDelivery[] = [];
    const stuck: ClaimedDelivery[] = [];
    for (const delivery of gone) {
      const survivor = contacts.get(delivery.contactId);
      if (survivor === undefined) orphaned.push(delivery.claim);
      else if (survivor.id === delivery.contactId) stuck.push(delivery.claim);
      else moved.push({ ...delivery, contactId: survivor.id });
    }
    for (const [from, { id }] of contacts) if (from !== id) await this.links.follow(tenantId, portalId, from, id);
    await this.links.forget(
      tenantId,
      portalId,
      asked.filter((id) => !contacts.has(id)),
    );
    const rematched = await this.match(drain, await this.startOver(drain, orphaned), settings, conclude);
    const report = await this.writeTranscripts.execute(drain, [...moved, ...rematched], referenceKey);
    const goneAgain = report.gone.map(({ claim }) => deferredOutcome(claim, GONE_AGAIN, this.random));
    const refused = stuck.map((claim) => this.giveUpInTheEnd(claim));
    await conclude([...report.outcomes, ...goneAgain, ...refused]);
  }

  /** HubSpot says that a contact which is there isn't: it may be a moment's inconsistency, or a rule nobody foresaw. */
  private giveUpInTheEnd(claim: ClaimedDelivery): DeliveryOutcome {
    if (claim.tries < PATIENT_TRIES) return deferredOutcome(claim, REFUSED_BUT_THERE, this.random);
    const detail = `${REFUSED_BUT_THERE.detail}. Look at the contact in HubSpot, then replay.`;
    return { deliveryId: claim.id, status: 'failed', reason: 'contact_refused', detail };
  }

  /** What was written to a contact that is gone is gone with it. */
  private async startOver(drain: Drain, claims: readonly ClaimedDelivery[]): Promise<ClaimedDelivery[]> {
    await this.ledger.forgetParts(
      drain,
      claims.map(({ id }) => id),
    );
    return claims.map((claim) => ({
      ...claim,
      linkedContactId: undefined,
      contactId: undefined,
      entriesSentAt: undefined,
      writtenParts: new Map(),
    }));
  }
}

/** About two minutes of doubling delays. */
const PATIENT_TRIES = 6;

const REFUSED_BUT_THERE: Deferral = {
  cause: 'unavailable',
  detail: 'HubSpot refused the contact although it is there',
};
const GONE_AGAIN: Deferral = { cause: 'unavailable', detail: 'The contact went away while it was written to' };

function toMatched({ claim, contactId, found }: ResumedDelivery): MatchedDelivery[] {
  if (contactId === undefined) return [];
  const writtenParts = new Map([...claim.writtenParts, ...found.map(({ part, parts }) => [part, parts] as const)]);
  return [
    { claim: { ...claim, writtenParts }, contactId, matchedBy: claim.matchedBy ?? 'crm_id', tied: claim.tied ?? 1 },
  ];
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

function isUnderWay({ entriesSentAt, writtenParts }: ClaimedDelivery): boolean {
  return entriesSentAt !== undefined || writtenParts.size > 0;
}

function isMarked({ createSentAt, entriesSentAt }: ClaimedDelivery): boolean {
  return createSentAt !== undefined || entriesSentAt !== undefined;
}

/** Whether the CRM would not take something now: then the next batch would fare no better. */
function isHeldUp({ outcomes }: WriteReport): boolean {
  return outcomes.some((outcome) => outcome.status === 'pending' && outcome.attempt !== 'unknown');
}
