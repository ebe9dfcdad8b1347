import { rateLimited, type RateLimitPolicy } from '../refuse/rate-limit-refusals.js';
import { missingScopes, Refusal, tokenExpired } from '../refuse/refusal.js';

/** `before` the call takes effect, so that it doesn't; or `after` it did, so that the client can't know. */
export type Moment = 'before' | 'after';

export type FaultAction =
  | {
      readonly kind: 'status';
      readonly status: number;
      /** Which 429 body; default TEN_SECONDLY_ROLLING. */
      readonly policy?: RateLimitPolicy;
      readonly retryAfterSeconds?: number;
      /** A body of one's own: JSON, or text sent as HTML. Default: what HubSpot sends with that status. */
      readonly body?: unknown;
      readonly when?: Moment;
    }
  | { readonly kind: 'delay'; readonly ms: number; readonly when?: Moment }
  | { readonly kind: 'reset'; readonly when?: Moment }
  /** One input of a batch is left undone and reported in `errors` of a 207. */
  | { readonly kind: 'batch_item'; readonly index?: number; readonly category?: string; readonly message?: string }
  /** The answer's JSON ends in the middle; the call took effect. */
  | { readonly kind: 'truncate'; readonly keepShare?: number };

export interface FaultedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Serialised. */
  readonly payload: string;
}

const HTML_502 =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>cloudflare</center>\r\n</body>\r\n</html>\r\n';

/** The answer of a `status` action, in HubSpot's words for that status (FACTS §1.5, §2). */
export function faultedAnswer(
  action: Extract<FaultAction, { kind: 'status' }>,
  call: { readonly appId: number; readonly hubId: number; readonly isOAuth: boolean; readonly now: number },
  correlationId: string,
): FaultedAnswer {
  const retryAfter: Record<string, string> =
    action.retryAfterSeconds === undefined ? {} : { 'retry-after': String(action.retryAfterSeconds) };
  const html = (payload: string): FaultedAnswer => ({
    status: action.status,
    headers: { 'content-type': 'text/html;charset=utf-8', ...retryAfter },
    payload,
  });
  if (typeof action.body === 'string') return html(action.body);
  if (action.body === undefined && action.status === 502) return html(HTML_502);
  const body =
    action.body === undefined ? standardRefusal(action, call).toBody(correlationId) : (action.body as object);
  return {
    status: action.status,
    headers: { 'content-type': 'application/json;charset=utf-8', ...retryAfter },
    payload: JSON.stringify(body),
  };
}

function standardRefusal(
  action: Extract<FaultAction, { kind: 'status' }>,
  call: { readonly appId: number; readonly hubId: number; readonly isOAuth: boolean; readonly now: number },
): Refusal {
  switch (action.status) {
    case 401:
      return tokenExpired(call.now, call.now - 75_000);
    case 403:
      return missingScopes(['crm.objects.contacts.write']);
    case 423:
      return new Refusal(423, { message: 'The requested resource is currently locked.', category: 'LOCKED' });
    case 429:
      return rateLimited(action.policy ?? 'TEN_SECONDLY_ROLLING', call);
    case 477:
      return new Refusal(477, {
        message: 'This account is being migrated between data hosting locations.',
        category: 'MIGRATION_IN_PROGRESS',
      });
    default:
      return new Refusal(action.status, { message: action.status >= 500 ? 'internal error' : 'request refused' });
  }
}

/** Checks the actions of a rule as given to the control API; a sentence about the first that makes no sense. */
export function actionProblem(actions: unknown): string | undefined {
  if (!Array.isArray(actions) || actions.length === 0) return 'actions must be a list with at least one action';
  for (const action of actions as Record<string, unknown>[]) {
    const when = action['when'];
    if (when !== undefined && when !== 'before' && when !== 'after') return 'when must be "before" or "after"';
    switch (action['kind']) {
      case 'status':
        if (typeof action['status'] !== 'number' || action['status'] < 200 || action['status'] > 599) {
          return 'a status action needs a status from 200 to 599';
        }
        break;
      case 'delay':
        if (typeof action['ms'] !== 'number' || action['ms'] < 0) return 'a delay action needs ms of 0 or more';
        break;
      case 'reset':
      case 'batch_item':
      case 'truncate':
        break;
      default:
        return `unknown kind of action: ${String(action['kind'])}`;
    }
  }
  return undefined;
}
