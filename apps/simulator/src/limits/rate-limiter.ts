import type { Credential } from '../oauth/authenticate.js';
import type { Portal } from '../portal/portal.js';
import { rateLimited } from '../refuse/rate-limit-refusals.js';
import type { Refusal } from '../refuse/refusal.js';
import { dayIn } from './portal-day.js';
import { RollingWindow } from './rolling-window.js';

export const BURST_WINDOW_MS = 10_000;
export const SEARCH_WINDOW_MS = 1_000;

/** How a call counts: towards the 10 s burst, towards searches per second, or not at all. */
export type LimitFamily = 'burst' | 'search' | 'none';

interface Admitted {
  readonly refusal?: Refusal;
  readonly headers: Readonly<Record<string, string>>;
}

const noHeaders = {};

/** HubSpot's limits as rolling windows (FACTS §2). Refused calls don't use up room. */
export class RateLimiter {
  private bursts = new Map<string, RollingWindow>();
  private searches = new Map<number, RollingWindow>();
  private days = new Map<number, { day: string; calls: number }>();

  /** Counts the call when there is room for it; gives the headers of its answer, and the 429 when there is none. */
  admit(credential: Credential, family: LimitFamily, now: number): Admitted {
    if (family === 'none') return { headers: noHeaders };
    const { portal } = credential;
    const { limits, flags } = portal.settings;
    const caller = { appId: credential.appId, hubId: portal.hubId, isOAuth: credential.kind === 'oauth' };
    const retryAfter = (ms: number): number | undefined => (flags.retryAfterOn429 ? Math.ceil(ms / 1000) : undefined);

    // OAuth apps have no daily limit (FACTS §2).
    const daily = credential.kind === 'static' ? limits.daily : null;
    const day = daily === null ? undefined : this.today(portal.hubId, dayIn(portal.settings.timeZone, now));
    if (day && daily !== null && day.calls >= daily) {
      const headers = family === 'burst' ? this.burstHeaders(credential, now, day.calls) : noHeaders;
      return { headers, refusal: rateLimited('DAILY', caller, retryAfter(60_000)) };
    }
    if (family === 'search') {
      const window = windowFor(this.searches, portal.hubId, SEARCH_WINDOW_MS);
      const wait = limits.searchPerSecond === null ? 0 : window.roomIn(now, limits.searchPerSecond);
      if (wait > 0) return { headers: noHeaders, refusal: rateLimited('SECONDLY', caller, retryAfter(wait)) };
      window.add(now);
      if (day) day.calls++;
      return { headers: noHeaders };
    }
    const limit = burstLimit(credential);
    const window = windowFor(this.bursts, burstKey(credential), BURST_WINDOW_MS);
    const wait = limit === null ? 0 : window.roomIn(now, limit);
    if (wait > 0) {
      return {
        headers: this.burstHeaders(credential, now, day?.calls),
        refusal: rateLimited('TEN_SECONDLY_ROLLING', caller, retryAfter(wait)),
      };
    }
    window.add(now);
    if (day) day.calls++;
    return { headers: this.burstHeaders(credential, now, day?.calls) };
  }

  /** Calls of static tokens that the portal's daily limit has counted since its midnight. */
  callsToday(portal: Portal, now: number): number {
    return this.today(portal.hubId, dayIn(portal.settings.timeZone, now)).calls;
  }

  /** Forgets what was counted, as a test between two measurements does. */
  reset(): void {
    this.bursts = new Map();
    this.searches = new Map();
    this.days = new Map();
  }

  private burstHeaders(credential: Credential, now: number, callsToday: number | undefined): Record<string, string> {
    const limit = burstLimit(credential);
    if (limit === null) return {};
    const window = windowFor(this.bursts, burstKey(credential), BURST_WINDOW_MS);
    const { daily } = credential.portal.settings.limits;
    return {
      'x-hubspot-ratelimit-max': String(limit),
      'x-hubspot-ratelimit-remaining': String(Math.max(0, limit - window.count(now))),
      'x-hubspot-ratelimit-interval-milliseconds': String(BURST_WINDOW_MS),
      ...(daily !== null && callsToday !== undefined
        ? {
            'x-hubspot-ratelimit-daily': String(daily),
            'x-hubspot-ratelimit-daily-remaining': String(Math.max(0, daily - callsToday)),
          }
        : {}),
    };
  }

  private today(hubId: number, day: string): { day: string; calls: number } {
    let today = this.days.get(hubId);
    if (today?.day !== day) this.days.set(hubId, (today = { day, calls: 0 }));
    return today;
  }
}

const burstKey = (credential: Credential): string => `${credential.appId}:${credential.portal.hubId}`;

const burstLimit = (credential: Credential): number | null =>
  credential.kind === 'oauth'
    ? credential.portal.settings.limits.oauthPer10s
    : credential.portal.settings.limits.staticPer10s;

function windowFor<K>(windows: Map<K, RollingWindow>, key: K, windowMs: number): RollingWindow {
  let window = windows.get(key);
  if (!window) windows.set(key, (window = new RollingWindow(windowMs)));
  return window;
}
