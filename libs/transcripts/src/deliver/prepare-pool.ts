import { CrmDeferredError } from '@app/crm';
import { withTraces } from '@app/platform';
import type { ContactLinkRepository } from '../match/contact-link.repository.js';
import { Conclusions } from './conclusions.js';
import type { ClaimedDelivery, MatchedDelivery } from './delivery-outcome.js';
import type { DrainLedger } from './drain-ledger.js';
import type { DrainRun } from './drain-run.js';
import type { MatchDeliveries } from './match-deliveries.js';
import type { RecogniseWritten, ResumedDelivery } from './recognise-written.js';
import { startOver } from './start-over.js';

/**
 * Deliveries that are matched together. Each look-up is a call per hundred addresses or about 45 numbers, so a pool of five
 * hundred fills its calls; more would only make the first of them wait.
 */
const POOL_SIZE = 500;

export interface PreparedPool {
  claimed: number;
  /** With their contact, ready to be written. */
  matched: MatchedDelivery[];
  /** The CRM would not take something now; going on at once would not help. */
  heldUp: boolean;
}

/** Claims what is due and finds out where each of it goes: read back what was under way, match the rest. */
export class PreparePool {
  constructor(
    private readonly ledger: DrainLedger,
    private readonly links: ContactLinkRepository,
    private readonly recogniseWritten: RecogniseWritten,
    private readonly matchDeliveries: MatchDeliveries,
    private readonly random: () => number = Math.random,
    readonly poolSize = POOL_SIZE,
  ) {}

  execute(run: DrainRun, limit = this.poolSize): Promise<PreparedPool> {
    return run.turns.take(() => this.prepare(run, limit));
  }

  private async prepare(run: DrainRun, limit: number): Promise<PreparedPool> {
    const claimed = await this.ledger.claimDue(run.drain, limit);
    if (claimed.length === 0) return { claimed: 0, matched: [], heldUp: false };
    // From here on log lines say for whose requests.
    const traceIds = claimed.flatMap(({ traceId }) => traceId ?? []);
    return withTraces(traceIds, () => this.findContacts(run, claimed));
  }

  private async findContacts(run: DrainRun, claimed: readonly ClaimedDelivery[]): Promise<PreparedPool> {
    const conclusions = new Conclusions(this.ledger, run.drain);
    const underWay = claimed.filter(isUnderWay);
    const { resumed, restarted, heldUp } = await this.resume(run, underWay, conclusions);
    const fresh = [...claimed.filter((claim) => !isUnderWay(claim)), ...restarted];
    const found = await this.matchDeliveries.execute(run, fresh, conclusions);
    return {
      claimed: claimed.length,
      matched: [...resumed, ...found.matched],
      heldUp: heldUp || found.heldUp,
    };
  }

  /** Deliveries that were under way go on where they were, with what their last attempt turns out to have written. */
  private async resume(
    run: DrainRun,
    claims: readonly ClaimedDelivery[],
    conclusions: Conclusions,
  ): Promise<{ resumed: MatchedDelivery[]; restarted: ClaimedDelivery[]; heldUp: boolean }> {
    const { drain } = run;
    try {
      const recognised = await this.recogniseWritten.execute(drain.tenantId, claims, run.referenceKey);
      const { underWay, doubtful, deferral } = recognised;
      if (deferral !== undefined) await conclusions.defer(doubtful, deferral, this.random);
      const resumed = underWay.flatMap(toMatched);
      for (const { claim, contactId } of resumed) {
        if (claim.contactId === undefined || contactId === claim.contactId) continue;
        await this.links.follow(drain.tenantId, drain.portalId, claim.contactId, contactId);
      }
      await this.ledger.keepParts(
        drain,
        underWay.map(({ claim, found }) => ({ deliveryId: claim.id, parts: found })),
      );
      const gone = underWay.filter(({ contactId }) => contactId === undefined).map(({ claim }) => claim);
      const goneIds = [...new Set(gone.flatMap(({ contactId }) => contactId ?? []))];
      const restarted = await startOver(this.ledger, this.links, drain, gone, goneIds);
      return { resumed, restarted, heldUp: false };
    } catch (error) {
      if (!(error instanceof CrmDeferredError)) throw error;
      await conclusions.defer(claims, error.deferral, this.random);
      return { resumed: [], restarted: [], heldUp: true };
    }
  }
}

function toMatched({ claim, contactId, found }: ResumedDelivery): MatchedDelivery[] {
  if (contactId === undefined) return [];
  const writtenParts = new Map([...claim.writtenParts, ...found.map(({ part, parts }) => [part, parts] as const)]);
  return [
    { claim: { ...claim, writtenParts }, contactId, matchedBy: claim.matchedBy ?? 'crm_id', tied: claim.tied ?? 1 },
  ];
}

function isUnderWay({ entriesSentAt, writtenParts }: ClaimedDelivery): boolean {
  return entriesSentAt !== undefined || writtenParts.size > 0;
}
