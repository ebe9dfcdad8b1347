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
  const back = { deliveryId: claim.id, status: 'pending', keepMarks, detail: deferral.detail } as const;
  switch (deferral.cause) {
    case 'connection':
      return { ...back, attempt: 'waiting', delaySeconds: WAITING_SECONDS };
    case 'stopping':
      return { ...back, attempt: 'given_back', delaySeconds: 0 };
    case 'throttled':
    case 'unavailable':
      return { ...back, attempt: 'deferred', delaySeconds: retryDelaySeconds(claim.tries, deferral, random) };
  }
}
