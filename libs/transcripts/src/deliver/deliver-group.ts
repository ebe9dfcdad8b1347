import { CrmDeferredError, type CrmDirectory, type Deferral } from '@app/crm';
import { withTraces } from '@app/platform';
import type { ContactLinkRepository } from '../match/contact-link.repository.js';
import { Conclusions } from './conclusions.js';
import { deferredOutcome } from './deferred-outcome.js';
import type { ClaimedDelivery, DeliveryOutcome, MatchedDelivery } from './delivery-outcome.js';
import type { DrainLedger } from './drain-ledger.js';
import type { DrainRun } from './drain-run.js';
import { findKnown } from './find-known.js';
import type { MatchDeliveries } from './match-deliveries.js';
import { startOver } from './start-over.js';
import type { WriteReport, WriteTranscripts } from './write-transcripts.js';

export interface GroupReport {
  /** The CRM would not take something now; going on at once would not help. */
  heldUp: boolean;
}

/** Writes one group of matched deliveries and records what became of each. Several of them are under way at once. */
export class DeliverGroup {
  constructor(
    private readonly ledger: DrainLedger,
    private readonly links: ContactLinkRepository,
    private readonly directory: CrmDirectory,
    private readonly matchDeliveries: MatchDeliveries,
    private readonly writeTranscripts: WriteTranscripts,
    private readonly random: () => number = Math.random,
  ) {}

  execute(run: DrainRun, group: readonly MatchedDelivery[]): Promise<GroupReport> {
    const traceIds = group.flatMap(({ claim }) => claim.traceId ?? []);
    return withTraces(traceIds, () => this.deliver(run, group));
  }

  private async deliver(run: DrainRun, group: readonly MatchedDelivery[]): Promise<GroupReport> {
    const conclusions = new Conclusions(this.ledger, run.drain);
    try {
      const report = await this.writeTranscripts.execute(run, group);
      await conclusions.record(report.outcomes);
      await this.writeToSuccessors(run, report.gone, conclusions);
      return { heldUp: isHeldUp(report) || conclusions.portalRefuses };
    } catch (error) {
      if (!(error instanceof CrmDeferredError)) throw error;
      await conclusions.defer(
        group.map(({ claim }) => claim),
        error.deferral,
        this.random,
      );
      return { heldUp: true };
    }
  }

  /**
   * Contacts that were gone when we wrote: merged ones lead to their survivor, deleted ones lose the link and their
   * customers are matched once more. Once: whoever is gone again waits for the next attempt.
   */
  private async writeToSuccessors(
    run: DrainRun,
    gone: readonly MatchedDelivery[],
    conclusions: Conclusions,
  ): Promise<void> {
    if (gone.length === 0) return;
    const { stuck, found } = await run.turns.take(() => this.findSuccessors(run, gone, conclusions));
    const report = await this.writeTranscripts.execute(run, found);
    const goneAgain = report.gone.map(({ claim }) => deferredOutcome(claim, GONE_AGAIN, this.random));
    const refused = stuck.map((claim) => this.giveUpInTheEnd(claim));
    await conclusions.record([...report.outcomes, ...goneAgain, ...refused]);
  }

  private async findSuccessors(
    run: DrainRun,
    gone: readonly MatchedDelivery[],
    conclusions: Conclusions,
  ): Promise<{ stuck: ClaimedDelivery[]; found: MatchedDelivery[] }> {
    const { tenantId, portalId } = run.drain;
    const asked = [...new Set(gone.map(({ contactId }) => contactId))];
    const { contacts, doubt } = await findKnown(this.directory, tenantId, asked);
    const moved: MatchedDelivery[] = [];
    const orphaned: ClaimedDelivery[] = [];
    const stuck: ClaimedDelivery[] = [];
    const doubtful: ClaimedDelivery[] = [];
    for (const delivery of gone) {
      const survivor = contacts.get(delivery.contactId);
      if (doubt?.ids.has(delivery.contactId)) doubtful.push(delivery.claim);
      else if (survivor === undefined) orphaned.push(delivery.claim);
      else if (survivor.id === delivery.contactId) stuck.push(delivery.claim);
      else moved.push({ ...delivery, contactId: survivor.id });
    }
    for (const [from, { id }] of contacts) if (from !== id) await this.links.follow(tenantId, portalId, from, id);
    if (doubt !== undefined) await conclusions.defer(doubtful, doubt.deferral, this.random);
    const goneIds = asked.filter((id) => !contacts.has(id) && doubt?.ids.has(id) !== true);
    const restarted = await startOver(this.ledger, this.links, run.drain, orphaned, goneIds);
    const rematched = await this.matchDeliveries.execute(run, restarted, conclusions);
    return { stuck, found: [...moved, ...rematched.matched] };
  }

  /** HubSpot says that a contact which is there isn't: it may be a moment's inconsistency, or a rule nobody foresaw. */
  private giveUpInTheEnd(claim: ClaimedDelivery): DeliveryOutcome {
    if (claim.tries < PATIENT_TRIES) return deferredOutcome(claim, REFUSED_BUT_THERE, this.random);
    const detail = `${REFUSED_BUT_THERE.detail}. Look at the contact in HubSpot, then replay.`;
    return { deliveryId: claim.id, status: 'failed', reason: 'contact_refused', detail };
  }
}

/** About two minutes of doubling delays. */
const PATIENT_TRIES = 6;

const REFUSED_BUT_THERE: Deferral = {
  cause: 'unavailable',
  detail: 'HubSpot refused the contact although it is there',
};
const GONE_AGAIN: Deferral = { cause: 'unavailable', detail: 'The contact went away while it was written to' };

/** Whether the CRM would not take something now: then the next group would fare no better. */
function isHeldUp({ outcomes }: WriteReport): boolean {
  return outcomes.some((outcome) => outcome.status === 'pending' && outcome.attempt !== 'unknown');
}
