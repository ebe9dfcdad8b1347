import type { Deferral } from '@app/crm';
import { retryDelaySeconds } from './backoff.js';
import type { DeliveryOutcome } from './delivery-outcome.js';

/** How long to leave a connection alone that a person has to mend; mending it wakes the deliveries anyway. */
const WAITING_SECONDS = 30;

/** Back in line after something that a retry or a person mending the connection can cure. */
export function deferredOutcome(
  claim: { id: string; tries: number },
  deferral: Deferral,
  random: () => number,
  keepMarks = false,
): DeliveryOutcome {
  const waiting = deferral.cause === 'connection';
  return {
    deliveryId: claim.id,
    status: 'pending',
    attempt: waiting ? 'waiting' : 'deferred',
    delaySeconds: waiting ? WAITING_SECONDS : retryDelaySeconds(claim.tries, deferral, random),
    keepMarks,
    detail: deferral.detail,
  };
}
