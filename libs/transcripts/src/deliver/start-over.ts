import type { ContactLinkRepository } from '../match/contact-link.repository.js';
import type { ClaimedDelivery } from './delivery-outcome.js';
import type { Drain, DrainLedger } from './drain-ledger.js';

/**
 * Deliveries whose contact is gone begin anew: what was written to it is gone with it, and so is its link. What links say
 * now is somebody else's find, or our own before we were interrupted: the customer's contact after the deleted one.
 */
export async function startOver(
  ledger: DrainLedger,
  links: ContactLinkRepository,
  drain: Drain,
  claims: readonly ClaimedDelivery[],
  gone: readonly string[],
): Promise<ClaimedDelivery[]> {
  const { tenantId, portalId } = drain;
  if (gone.length > 0) await links.forget(tenantId, portalId, gone);
  const linked = await links.findContacts(
    tenantId,
    portalId,
    claims.map(({ customerKey }) => customerKey),
  );
  await ledger.forgetParts(
    drain,
    claims.map(({ id }) => id),
  );
  return claims.map((claim) => ({
    ...claim,
    linkedContactId: linked.get(claim.customerKey),
    contactId: undefined,
    entriesSentAt: undefined,
    writtenParts: new Map(),
  }));
}
