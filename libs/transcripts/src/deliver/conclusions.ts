import type { Deferral } from '@app/crm';
import { deferredOutcome } from './deferred-outcome.js';
import type { ClaimedDelivery, DeliveryOutcome } from './delivery-outcome.js';
import type { Drain, DrainLedger } from './drain-ledger.js';

/** Records what became of deliveries, and knows for which of them that is still open. */
export class Conclusions {
  private readonly concluded = new Set<string>();

  constructor(
    private readonly ledger: DrainLedger,
    private readonly drain: Drain,
  ) {}

  async record(outcomes: readonly DeliveryOutcome[]): Promise<void> {
    await this.ledger.record(this.drain, outcomes);
    for (const { deliveryId } of outcomes) this.concluded.add(deliveryId);
  }

  /** The CRM can't answer now: back in line with those that are still open. */
  async defer(claims: readonly ClaimedDelivery[], deferral: Deferral, random: () => number): Promise<void> {
    const open = claims.filter(({ id }) => !this.concluded.has(id));
    await this.record(open.map((claim) => deferredOutcome(claim, deferral, random, isMarked(claim))));
  }
}

export function isMarked({ createSentAt, entriesSentAt }: ClaimedDelivery): boolean {
  return createSentAt !== undefined || entriesSentAt !== undefined;
}
