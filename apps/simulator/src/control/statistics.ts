import { BURST_WINDOW_MS, SEARCH_WINDOW_MS, type LimitFamily } from '../limits/rate-limiter.js';
import { RollingWindow } from '../limits/rolling-window.js';

/** A call as remembered: `at` in ms since 1970 by the simulator's clock; status 0 when the connection was cut. */
export interface RememberedCall {
  readonly method: string;
  readonly path: string;
  readonly route: string;
  readonly status: number;
  readonly at: number;
  readonly durationMs: number;
}

export interface StatisticsReport {
  readonly totalCalls: number;
  /** Calls that count towards the 10 s limit, answered or refused. */
  readonly burstCalls: number;
  readonly searches: number;
  readonly refused429: number;
  /** The most attempted calls in any rolling window: proof that a client never went over a limit. */
  readonly peaks: {
    readonly per10s: number;
    readonly per10sByApp: Record<string, number>;
    readonly searchesPer1s: number;
  };
  readonly routes: Readonly<
    Record<string, { readonly calls: number; readonly byStatus: Readonly<Record<string, number>> }>
  >;
  readonly lastCalls: readonly RememberedCall[];
}

/** So many calls are remembered one by one; beyond them only counts remain. */
const REMEMBERED_CALLS = 10_000;

/** What happened in one portal since it was last reset. */
class PortalStatistics {
  total = 0;
  burst = 0;
  searches = 0;
  refused429 = 0;
  readonly routes = new Map<string, Map<number, number>>();
  readonly searchWindow = new RollingWindow(SEARCH_WINDOW_MS);
  readonly burstWindows = new Map<number, RollingWindow>();
  calls: RememberedCall[] = [];
}

export class Statistics {
  private portals = new Map<number, PortalStatistics>();

  /** Counts an attempt at the moment it arrives, whatever becomes of it. */
  attempt(hubId: number, appId: number, family: LimitFamily, now: number): void {
    const portal = this.of(hubId);
    portal.total++;
    if (family === 'search') {
      portal.searches++;
      portal.searchWindow.add(now);
    } else if (family === 'burst') {
      portal.burst++;
      let window = portal.burstWindows.get(appId);
      if (!window) portal.burstWindows.set(appId, (window = new RollingWindow(BURST_WINDOW_MS)));
      window.add(now);
    }
  }

  finish(hubId: number, call: RememberedCall): void {
    const portal = this.of(hubId);
    if (call.status === 429) portal.refused429++;
    let statuses = portal.routes.get(call.route);
    if (!statuses) portal.routes.set(call.route, (statuses = new Map()));
    statuses.set(call.status, (statuses.get(call.status) ?? 0) + 1);
    portal.calls.push(call);
    if (portal.calls.length > REMEMBERED_CALLS * 2) portal.calls = portal.calls.slice(-REMEMBERED_CALLS);
  }

  report(hubId: number, last: number): StatisticsReport {
    const portal = this.of(hubId);
    const per10sByApp = Object.fromEntries(
      Array.from(portal.burstWindows, ([appId, window]) => [String(appId), window.peak]),
    );
    return {
      totalCalls: portal.total,
      burstCalls: portal.burst,
      searches: portal.searches,
      refused429: portal.refused429,
      peaks: {
        per10s: Math.max(0, ...Object.values(per10sByApp)),
        per10sByApp,
        searchesPer1s: portal.searchWindow.peak,
      },
      routes: Object.fromEntries(
        Array.from(portal.routes, ([route, statuses]) => [
          route,
          { calls: [...statuses.values()].reduce((sum, n) => sum + n, 0), byStatus: Object.fromEntries(statuses) },
        ]),
      ),
      lastCalls: last > 0 ? portal.calls.slice(-Math.min(last, REMEMBERED_CALLS)) : [],
    };
  }

  reset(hubId?: number): void {
    if (hubId === undefined) this.portals = new Map();
    else this.portals.delete(hubId);
  }

  private of(hubId: number): PortalStatistics {
    let portal = this.portals.get(hubId);
    if (!portal) this.portals.set(hubId, (portal = new PortalStatistics()));
    return portal;
  }
}

/** Calls that no portal can be told for: bad tokens, the token endpoint before its client is known. */
export const NO_PORTAL = 0;
