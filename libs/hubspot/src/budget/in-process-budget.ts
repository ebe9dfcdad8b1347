import type { Clock } from '@app/platform';
import {
  MIGRATING,
  type BudgetBlock,
  type BudgetGrant,
  type BudgetRequest,
  type RateBudget,
  type TrafficClass,
} from './rate-budget.js';
import { RollingWindow } from './rolling-window.js';

const BURST_MAX = { oauth: 110, token: 100 };
const BURST_WINDOW_MS = 10_000;
const SEARCH_MAX = 5;
const SEARCH_WINDOW_MS = 1_000;

/** How long each class waits for a place: an agent looks at a spinner, a delivery outlasts one window, an import has time. */
const MAX_WAIT_MS: Record<TrafficClass, number> = { agent: 3_000, delivery: 15_000, import: 60_000 };
const CLASSES: readonly TrafficClass[] = ['agent', 'delivery', 'import'];

/** Calls `work` once after `ms`; the answer cancels it. */
export type Schedule = (ms: number, work: () => void) => () => void;

const systemSchedule: Schedule = (ms, work) => {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
};

interface Waiter {
  class: TrafficClass;
  deadline: number;
  resolve: (grant: BudgetGrant) => void;
}

/** One limit of one portal with those who wait for it, most urgent class first, within a class in order of arrival. */
class Lane {
  private readonly waiting: Record<TrafficClass, Waiter[]> = { agent: [], delivery: [], import: [] };
  private cancelWake: (() => void) | undefined;

  constructor(
    readonly window: RollingWindow,
    private readonly now: () => number,
    private readonly schedule: Schedule,
  ) {}

  acquire(traffic: TrafficClass): Promise<BudgetGrant> {
    return new Promise((resolve) => {
      this.waiting[traffic].push({ class: traffic, deadline: this.now() + MAX_WAIT_MS[traffic], resolve });
      this.serve();
    });
  }

  /** Hands out what is free, turns away whose wait is over or hopeless, and sets the alarm for the next change. */
  serve(): void {
    this.cancelWake?.();
    this.cancelWake = undefined;
    const now = this.now();
    let wakeAt = Infinity;
    for (const traffic of CLASSES) {
      const queue = this.waiting[traffic];
      while (queue[0] !== undefined && this.window.take(now, traffic)) this.grant(queue.shift());
      const stay = queue.filter((waiter) => waiter.deadline > now && this.window.openAt() <= waiter.deadline);
      if (stay.length < queue.length) {
        for (const waiter of queue.filter((each) => !stay.includes(each))) this.turnAway(waiter, now);
        this.waiting[traffic] = stay;
      }
      const [first] = stay;
      if (first !== undefined)
        wakeAt = Math.min(wakeAt, first.deadline, this.window.nextFreeAt(now, traffic) ?? Infinity);
    }
    if (wakeAt < Infinity) this.cancelWake = this.schedule(Math.max(1, wakeAt - now), () => this.serve());
  }

  private grant(waiter: Waiter | undefined): void {
    let settled = false;
    const settle = (): void => {
      if (settled) return;
      settled = true;
      this.window.settle(this.now());
      this.serve();
    };
    waiter?.resolve({ granted: true, settle });
  }

  private turnAway(waiter: Waiter, now: number): void {
    const freeAt = Math.max(
      this.window.nextFreeAt(now, waiter.class) ?? now + this.window.length,
      this.window.openAt(),
    );
    const retryAfterSeconds = Math.max(1, Math.ceil((freeAt - now) / 1000));
    waiter.resolve({ granted: false, retryAfterSeconds, blockedBy: this.window.blockedBy(now) });
  }
}

/**
 * Counts the calls of this process only. True rolling windows: whatever happens on the wire, no window of HubSpot's ever
 * holds more of them than allowed.
 */
export class InProcessBudget implements RateBudget {
  private readonly portals = new Map<string, Record<'burst' | 'search', Lane>>();

  constructor(
    private readonly clock: Clock,
    private readonly schedule: Schedule = systemSchedule,
  ) {}

  async acquire(portalId: string, request: BudgetRequest): Promise<BudgetGrant> {
    return this.lanes(portalId, request.connection)[request.kind].acquire(request.class);
  }

  async learn(portalId: string, quota: { max: number; windowMs: number }): Promise<void> {
    const { burst } = this.lanes(portalId, 'token');
    burst.window.limit(quota.max, quota.windowMs);
    burst.serve();
  }

  async block(portalId: string, { kind, policy, seconds }: BudgetBlock): Promise<void> {
    const lanes = this.lanes(portalId, 'token');
    const stopped = policy === 'DAILY' || policy === MIGRATING ? [lanes.burst, lanes.search] : [lanes[kind]];
    for (const lane of stopped) {
      const ms = seconds === undefined ? lane.window.length : seconds * 1000;
      lane.window.blockUntil(this.clock.now().getTime() + ms, policy);
      lane.serve();
    }
  }

  private lanes(portalId: string, connection: 'oauth' | 'token'): Record<'burst' | 'search', Lane> {
    const known = this.portals.get(portalId);
    if (known !== undefined) return known;
    const now = (): number => this.clock.now().getTime();
    const lanes = {
      burst: new Lane(new RollingWindow(BURST_MAX[connection], BURST_WINDOW_MS), now, this.schedule),
      search: new Lane(new RollingWindow(SEARCH_MAX, SEARCH_WINDOW_MS), now, this.schedule),
    };
    this.portals.set(portalId, lanes);
    return lanes;
  }
}
