import type { Clock } from '@app/platform';
import {
  AGENT_PERCENT,
  type BudgetStore,
  type CallKind,
  type Exchange,
  guardMs,
  IMPORT_PERCENT,
  type PerClass,
  type Quota,
  type Standing,
  TRAFFIC_CLASSES,
} from '../src/budget/budget-store.js';
import { WAITER_MS } from '../src/budget/store-answer.js';

interface Limit {
  /** When each place stops counting. */
  places: Map<string, number>;
  waiters: Map<string, { agents: number; deliveries: number; until: number }>;
  quota?: Quota;
  blockedUntil: number;
  policy?: string;
}

/** Counts in this process, by a clock that a test may own. The oracle of the stores: the same rules, told plainly. */
export class MemoryStore implements BudgetStore {
  private readonly limits = new Map<string, Limit>();
  private began = -Infinity;

  constructor(private readonly clock: Clock) {}

  /** As a server that crashed, or was flushed. */
  lose(): void {
    this.limits.clear();
    this.began = this.now();
  }

  async exchange(portalId: string, kind: CallKind, ask: Exchange): Promise<Standing> {
    const now = this.now();
    const limit = this.of(portalId, kind);
    const { max, windowMs } = limit.quota ?? ask.fallback;
    const counted = windowMs + guardMs(windowMs);
    for (const place of ask.held) limit.places.set(place, now + ask.holdMs + counted);
    for (const place of ask.settled) limit.places.set(place, now + counted);
    for (const place of ask.released) limit.places.delete(place);
    for (const [place, until] of limit.places) if (until <= now) limit.places.delete(place);

    const opensAt = Math.max(limit.blockedUntil, this.began + counted);
    const allowed: PerClass = {
      agent: max,
      delivery: Math.max(1, max - Math.ceil((max * AGENT_PERCENT) / 100)),
      import: Math.max(1, Math.floor((max * IMPORT_PERCENT) / 100)),
    };
    const ahead = this.ahead(limit, ask.lane, now);
    const granted: PerClass = { agent: 0, delivery: 0, import: 0 };
    let number = 0;
    for (const traffic of opensAt > now ? [] : TRAFFIC_CLASSES) {
      const free = allowed[traffic] - limit.places.size - ahead[traffic];
      granted[traffic] = Math.max(0, Math.min(ask.wants[traffic], free));
      for (let count = 0; count < granted[traffic]; count++)
        limit.places.set(`${ask.ticket}.${++number}`, now + ask.holdMs + counted);
    }
    const lapses = [...limit.places.values()].toSorted((one, other) => one - other);
    const freeInMs: PerClass = { agent: 0, delivery: 0, import: 0 };
    for (const traffic of TRAFFIC_CLASSES) {
      const nth = lapses.length + ahead[traffic] - allowed[traffic];
      if (opensAt > now) freeInMs[traffic] = opensAt - now;
      else if (nth >= 0) freeInMs[traffic] = Math.min((lapses[nth] ?? Infinity) - now, counted);
    }
    limit.waiters.delete(ask.lane);
    const agents = ask.wants.agent - granted.agent;
    const deliveries = ask.wants.delivery - granted.delivery;
    if (opensAt <= now && agents + deliveries > 0) {
      const until = now + Math.max(freeInMs.agent, freeInMs.delivery) + WAITER_MS;
      limit.waiters.set(ask.lane, { agents, deliveries, until });
    }
    const policy = limit.blockedUntil > now ? limit.policy : undefined;
    return { granted, freeInMs, policy, epoch: String(this.began) };
  }

  async learn(portalId: string, quota: Quota, windowSoFarMs: number): Promise<void> {
    const limit = this.of(portalId, 'burst');
    const longer = quota.windowMs > (limit.quota?.windowMs ?? windowSoFarMs);
    limit.quota = quota;
    const until = this.now() + quota.windowMs + guardMs(quota.windowMs);
    if (longer && until > limit.blockedUntil) Object.assign(limit, { blockedUntil: until, policy: undefined });
  }

  async block(portalId: string, kind: CallKind, { policy, ms }: { policy: string; ms: number }): Promise<void> {
    const limit = this.of(portalId, kind);
    const until = this.now() + ms;
    if (until >= limit.blockedUntil) Object.assign(limit, { blockedUntil: until, policy });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** How many of others wait before each class. */
  private ahead({ waiters }: Limit, lane: string, now: number): PerClass {
    const others = [...waiters].filter(([other, { until }]) => other !== lane && until > now);
    const agents = others.reduce((sum, [, waiter]) => sum + waiter.agents, 0);
    const deliveries = others.reduce((sum, [, waiter]) => sum + waiter.deliveries, 0);
    return { agent: 0, delivery: agents, import: agents + deliveries };
  }

  private of(portalId: string, kind: CallKind): Limit {
    const key = `${portalId} ${kind}`;
    let limit = this.limits.get(key);
    if (limit === undefined) this.limits.set(key, (limit = { places: new Map(), waiters: new Map(), blockedUntil: 0 }));
    return limit;
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}
