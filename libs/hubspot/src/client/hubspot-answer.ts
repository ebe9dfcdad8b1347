import type { Deferral } from '@app/crm';

/** One entry of HubSpot's `errors[]`; any member may be missing. */
export interface RefusalDetail {
  message?: string;
  code?: string;
  in?: string;
  context: Record<string, string[]>;
}

/** A 4xx that is about this request: nothing of it was committed. Every member but `status` may be missing. */
export interface HubSpotRefusal {
  status: number;
  message?: string;
  category?: string;
  subCategory?: string;
  context: Record<string, string[]>;
  errors: RefusalDetail[];
}

/** HubSpot's answer to one request, or why there is none. Made in `classify-answer.ts` and nowhere else. */
export type HubSpotAnswer =
  | { outcome: 'ok'; status: number; body: unknown }
  | { outcome: 'refused'; refusal: HubSpotRefusal }
  /**
   * HubSpot's 429, or our own budget let nothing out. `policy`: `DAILY`, `TEN_SECONDLY_ROLLING`, `SECONDLY`, one that is
   * new, or undefined while nothing but our own calls fills the quota.
   */
  | { outcome: 'throttled'; by: 'hubspot' | 'budget'; policy?: string; retryAfterSeconds?: number }
  /** 423: a lock on the record or portal; 477: the portal is moving to another data centre (hours). */
  | { outcome: 'locked'; status: 423 | 477; retryAfterSeconds: number }
  | { outcome: 'unauthorised' }
  | { outcome: 'missing_scopes'; scopes: string[] }
  | { outcome: 'not_connected'; detail: string }
  /** `committed: 'unknown'`: a write that HubSpot may have carried out, may still carry out, or never saw. */
  | {
      outcome: 'unavailable';
      committed: 'no' | 'unknown';
      detail: string;
      retryAfterSeconds?: number;
      lostConnection: boolean;
    }
  /** This process is about to end, and nothing was committed. */
  | { outcome: 'stopping' };

/** An answer that says "not now", whatever was asked. */
export type HubSpotNotNow = Exclude<HubSpotAnswer, { outcome: 'ok' | 'refused' }>;

/** The same in the words of the port. Tells nothing about what became of a write: look at `committed` first. */
export function deferralOf(answer: HubSpotNotNow): Deferral {
  switch (answer.outcome) {
    case 'throttled':
      return {
        cause: 'throttled',
        detail:
          answer.policy === undefined
            ? "The portal's quota is in use"
            : `HubSpot's limit is reached (${answer.policy})`,
        retryAfterSeconds: answer.retryAfterSeconds,
      };
    case 'locked':
      return {
        cause: 'unavailable',
        detail:
          answer.status === 477 ? 'HubSpot is moving this portal (477)' : 'HubSpot holds a lock on the record (423)',
        retryAfterSeconds: answer.retryAfterSeconds,
      };
    case 'unavailable':
      return { cause: 'unavailable', detail: answer.detail, retryAfterSeconds: answer.retryAfterSeconds };
    case 'unauthorised':
      return { cause: 'connection', detail: 'HubSpot rejects the access token: connect HubSpot again' };
    case 'missing_scopes':
      return {
        cause: 'connection',
        detail: `HubSpot asks for a scope that is not granted: ${answer.scopes.join(', ') || 'unnamed'}`,
      };
    case 'not_connected':
      return { cause: 'connection', detail: answer.detail };
    case 'stopping':
      return { cause: 'stopping', detail: 'This process is being stopped' };
  }
}
