import { CrmDeferredError, type ShownContact } from '@app/crm';
import type { MatchedBy } from '../deliver/delivery.js';

/** What stands beside a conversation: its contact, or why there is none. Never an error: the chat goes on. */
export type ContactPanel =
  | { state: 'matched'; matchedBy: MatchedBy; tied: number; contact: ShownContact }
  | { state: 'no_match'; detail: string }
  | NoContactNow;

/** Why nobody can say. `not_connected`: a person must act; `slow` and `down`: ask again. */
export interface NoContactNow {
  state: 'not_connected' | 'slow' | 'down';
  detail: string;
  retryAfterSeconds?: number;
}

/** An agent looks at a spinner for so long; what comes later is there when they look again. */
export const ANSWER_WITHIN_MS = 2_000;

export const SLOW: NoContactNow = {
  state: 'slow',
  detail: 'HubSpot is slow: try again in a moment',
  retryAfterSeconds: 2,
};

/** The answer, if it comes in time, or why there is none. Anything but "the CRM can't answer now" is thrown on. */
export async function inTime<T>(asked: Promise<T>): Promise<T | NoContactNow> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<NoContactNow>((resolve) => {
    timer = setTimeout(() => resolve(SLOW), ANSWER_WITHIN_MS);
  });
  try {
    return await Promise.race([asked, tooLate]);
  } catch (error) {
    if (!(error instanceof CrmDeferredError)) throw error;
    const { cause, detail, retryAfterSeconds } = error.deferral;
    if (cause === 'throttled') return { ...SLOW, retryAfterSeconds: retryAfterSeconds ?? SLOW.retryAfterSeconds };
    if (cause === 'connection') return { state: 'not_connected', detail };
    return { state: 'down', detail: 'HubSpot does not answer: try again in a moment', retryAfterSeconds: 5 };
  } finally {
    clearTimeout(timer);
  }
}

/** In the words of the banner (PRODUCT.md §2.3). */
export function notConnected(status: string | undefined, problem: string | undefined): NoContactNow | undefined {
  switch (status) {
    case 'active':
      return undefined;
    case 'connected':
      return { state: 'not_connected', detail: 'HubSpot is connected, but syncing is not enabled' };
    case 'attention':
    case 'inactive':
      return { state: 'not_connected', detail: problem ?? 'HubSpot is not connected' };
    default:
      return { state: 'not_connected', detail: 'HubSpot is not connected' };
  }
}
