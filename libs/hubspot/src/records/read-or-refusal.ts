import { CrmDeferredError, type Refusal } from '@app/crm';
import { deferralOf, type HubSpotAnswer } from '../client/hubspot-answer.js';

/** What HubSpot answered to a question of someone who waits, or its final no to it. @throws CrmDeferredError */
export function readOrRefusal(answer: HubSpotAnswer): { body: unknown } | Refusal {
  switch (answer.outcome) {
    case 'ok':
      return { body: answer.body };
    case 'refused': {
      const { status, message } = answer.refusal;
      const said = message === undefined ? '' : `: ${message}`;
      return { reason: 'refused', detail: `HubSpot refused the question (${status})${said}`.slice(0, 300) };
    }
    case 'missing_scopes':
      return { reason: 'missing_scope', detail: deferralOf(answer).detail };
    default:
      throw new CrmDeferredError(deferralOf(answer));
  }
}
