import type { ClaimedDelivery } from './delivery-outcome.js';
import type { Drain, DrainLedger } from './drain-ledger.js';

/** Deliveries whose contact is gone begin anew: what was written to it is gone with it. */
export async function startOver(
  ledger: DrainLedger,
  drain: Drain,
  claims: readonly ClaimedDelivery[],
): Promise<ClaimedDelivery[]> {
  await ledger.forgetParts(
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
