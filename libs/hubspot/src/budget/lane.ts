import { type BudgetStore, type CallKind, type PerClass, type Quota, TRAFFIC_CLASSES } from './budget-store.js';
import type { BudgetGrant, TrafficClass } from './rate-budget.js';

/** Calls `work` once after `ms`; the answer cancels it. */
export type Schedule = (ms: number, work: () => void) => () => void;

export interface LaneOptions {
  /** Names this process among all that share the store. */
  holder: string;
  /** A name no places were ever asked for under. */
  nextTicket: () => string;
  portalId: string;
  kind: CallKind;
  store: BudgetStore;
  holdMs: number;
  /** How long each class waits for a place. */
  maxWaitMs: PerClass;
  now: () => number;
  schedule: Schedule;
  /** From 0 up to 1. */
  random: () => number;
  onTrouble: (error: unknown) => void;
}

interface Waiter {
  class: TrafficClass;
  deadline: number;
  resolve: (grant: BudgetGrant) => void;
}

/** An agent waits three seconds in all; a store that takes longer than this is away. */
const STORE_TIMEOUT_MS = 2_000;

/** Settled places wait this long for company: mostly the next call of the same batch takes them along. */
const SETTLE_WITHIN_MS = 5;

/** When the store was away: again after so long, and at most so long. */
const RETRY_MS = { first: 50, most: 1_000 };

/**
 * One limit of one portal in this process: those who wait for it, most urgent class first, within a class in order of
 * arrival. Talks to the store one exchange at a time, for all of them at once, and only when something can have changed.
 */
export class Lane {
  private readonly waiting: Record<TrafficClass, Waiter[]> = { agent: [], delivery: [], import: [] };
  /** Nothing is free for this class before then, by this process's clock. */
  private closedUntil: PerClass = { agent: 0, delivery: 0, import: 0 };
  private policy: string | undefined;
  /** Places whose calls are not over, by when the store was last told. */
  private readonly held = new Map<string, number>();
  private settled: string[] = [];
  private released: string[] = [];
  private learning: { quota: Quota; windowSoFarMs: number } | undefined;
  private blocking: { until: number; policy: string } | undefined;
  private isLearned = false;
  private epoch: string | undefined;
  private failures = 0;
  private running: Promise<void> | undefined;
  private again = false;
  private isClosed = false;
  private wakeAt = Infinity;
  private cancelWake: (() => void) | undefined;

  constructor(
    private readonly options: LaneOptions,
    /** The limit as this process knows it: what the store goes by while it knows nothing. */
    private quota: Quota,
  ) {}

  get windowMs(): number {
    return this.quota.windowMs;
  }

  /** Nobody waits, and nothing is left to tell. */
  get isIdle(): boolean {
    const { held, settled, released, learning, blocking } = this;
    const toTell = held.size + settled.length + released.length > 0 || (learning ?? blocking) !== undefined;
    return (
      !toTell && this.running === undefined && TRAFFIC_CLASSES.every((traffic) => this.waiting[traffic].length === 0)
    );
  }

  /** @param signal whoever waits has gone, and the place in line is given up. */
  acquire(traffic: TrafficClass, signal?: AbortSignal): Promise<BudgetGrant> {
    return new Promise((resolve) => {
      const askedAt = this.options.now();
      const deadline = askedAt + this.options.maxWaitMs[traffic];
      const waiter: Waiter = { class: traffic, deadline, resolve };
      this.waiting[traffic].push(waiter);
      signal?.addEventListener('abort', () => this.leave(waiter), { once: true });
      // Whoever asks in the same breath goes along.
      if (this.closedUntil[traffic] <= askedAt) queueMicrotask(() => void this.run());
      else {
        this.turnAwayHopeless(askedAt);
        // Nobody else may be waiting, so that no alarm is set.
        this.setAlarm();
      }
    });
  }

  private leave(waiter: Waiter): void {
    const queue = this.waiting[waiter.class];
    const at = queue.indexOf(waiter);
    if (at === -1) return;
    queue.splice(at, 1);
    this.turnAway(waiter, this.options.now());
  }

  /** Each answer of HubSpot's says it; the store hears of it once, and of changes. */
  async learn(quota: Quota): Promise<void> {
    if (this.isLearned && quota.max === this.quota.max && quota.windowMs === this.quota.windowMs) return;
    this.learning = { quota, windowSoFarMs: this.learning?.windowSoFarMs ?? this.quota.windowMs };
    this.quota = quota;
    this.isLearned = true;
    await this.reopen();
  }

  block(policy: string, ms: number): Promise<void> {
    const until = this.options.now() + ms;
    if (this.blocking === undefined || until > this.blocking.until) this.blocking = { until, policy };
    return this.reopen();
  }

  /** Tells the store what is over, turns everybody away. */
  async close(): Promise<void> {
    for (const traffic of TRAFFIC_CLASSES)
      for (const waiter of this.waiting[traffic].splice(0)) this.turnAway(waiter, this.options.now());
    this.isClosed = true;
    await this.run();
    this.cancelWake?.();
  }

  private reopen(): Promise<void> {
    this.closedUntil = { agent: 0, delivery: 0, import: 0 };
    return this.run();
  }

  /** One exchange at a time; what comes up meanwhile goes into the next one. */
  private run(): Promise<void> {
    this.again = true;
    this.running ??= this.turns();
    return this.running;
  }

  private async turns(): Promise<void> {
    while (this.again) {
      this.again = false;
      this.cancelWake?.();
      this.wakeAt = Infinity;
      try {
        await this.turn();
        this.failures = 0;
      } catch (error) {
        this.options.onTrouble(error);
        const backOff = Math.min(RETRY_MS.first * 2 ** this.failures++, RETRY_MS.most);
        const until = this.options.now() + backOff * (0.5 + this.options.random() / 2);
        // Until then asking is in vain, for newcomers too.
        this.closedUntil = { agent: until, delivery: until, import: until };
        this.policy = undefined;
        this.again = false;
      }
      this.turnAwayHopeless(this.options.now());
      this.setAlarm();
    }
    // Here and not in a reaction to the promise: whoever calls before that would wait for a turn that never comes.
    this.running = undefined;
  }

  private async turn(): Promise<void> {
    const { store, portalId, kind } = this.options;
    if (this.learning !== undefined) {
      const { learning } = this;
      await this.inTime(store.learn(portalId, learning.quota, learning.windowSoFarMs));
      if (this.learning === learning) this.learning = undefined;
    }
    if (this.blocking !== undefined) {
      const { blocking } = this;
      const ms = blocking.until - this.options.now();
      if (ms > 0) await this.inTime(store.block(portalId, kind, { policy: blocking.policy, ms }));
      if (this.blocking === blocking) this.blocking = undefined;
    }
    this.turnAwayHopeless(this.options.now());
    await this.exchange();
  }

  private async exchange(): Promise<void> {
    const { store, portalId, kind, holder, holdMs, now, nextTicket } = this.options;
    const isDue = TRAFFIC_CLASSES.some((one) => this.waiting[one].length > 0 && this.closedUntil[one] <= now());
    const held = [...this.held].filter(([, toldAt]) => toldAt + this.tellHeldMs <= now()).map(([place]) => place);
    const { settled, released } = this;
    if (!isDue && held.length + settled.length + released.length === 0) return;
    const wants = {
      agent: this.waiting.agent.length,
      delivery: this.waiting.delivery.length,
      import: this.waiting.import.length,
    };
    const ticket = nextTicket();
    const tell = { lane: holder, fallback: this.quota, ticket, wants, holdMs, held, settled, released };
    [this.settled, this.released] = [[], []];
    try {
      const standing = await this.inTime(store.exchange(portalId, kind, tell));
      for (const place of held) if (this.held.has(place)) this.held.set(place, now());
      this.remember(standing.epoch);
      this.handOut(ticket, standing.granted);
      for (const traffic of TRAFFIC_CLASSES) {
        const short = standing.granted[traffic] < wants[traffic];
        this.closedUntil[traffic] = short ? now() + Math.max(1, standing.freeInMs[traffic]) : 0;
        if (!short && this.waiting[traffic].length > 0) this.again = true;
      }
      this.policy = standing.policy;
    } catch (error) {
      // Whatever of this was carried out may be carried out again. Nobody was told of the places it may have granted.
      this.settled.push(...settled);
      const most = wants.agent + wants.delivery + wants.import;
      this.released.push(...released, ...Array.from({ length: most }, (_, index) => `${ticket}.${index + 1}`));
      throw error;
    }
  }

  /** A store that lost what it knew is told again at once. It grants nothing before it has waited for that. */
  private remember(epoch: string): void {
    if (this.epoch !== undefined && epoch !== this.epoch && this.held.size > 0) {
      for (const place of this.held.keys()) this.held.set(place, -Infinity);
      this.again = true;
    }
    this.epoch = epoch;
  }

  private handOut(ticket: string, granted: PerClass): void {
    let number = 0;
    for (const traffic of TRAFFIC_CLASSES) {
      for (let count = 0; count < granted[traffic]; count++) {
        const place = `${ticket}.${++number}`;
        const waiter = this.waiting[traffic].shift();
        if (waiter === undefined) this.released.push(place);
        else this.grant(waiter, place);
      }
    }
  }

  private grant(waiter: Waiter, place: string): void {
    this.held.set(place, this.options.now());
    const settle = (): void => {
      if (!this.held.delete(place)) return;
      this.settled.push(place);
      this.wakeWithin(SETTLE_WITHIN_MS);
    };
    waiter.resolve({ granted: true, settle });
  }

  /** Those whose time is up, or will be before anything can be free. */
  private turnAwayHopeless(now: number): void {
    for (const traffic of TRAFFIC_CLASSES) {
      // A store that is away may be back any moment; what it said may not.
      const freeAt = this.failures > 0 ? now : this.closedUntil[traffic];
      const isHopeless = ({ deadline }: Waiter): boolean => deadline <= now || deadline < freeAt;
      const queue = this.waiting[traffic];
      if (!queue.some(isHopeless)) continue;
      this.waiting[traffic] = queue.filter((waiter) => !isHopeless(waiter));
      for (const waiter of queue.filter(isHopeless)) this.turnAway(waiter, now);
    }
  }

  private turnAway(waiter: Waiter, now: number): void {
    const retryAfterSeconds = Math.max(1, Math.ceil((this.closedUntil[waiter.class] - now) / 1000));
    waiter.resolve({ granted: false, retryAfterSeconds, blockedBy: this.policy });
  }

  /** So often the store hears of calls that are not over: more than once in a window, so that one that lost them knows in time. */
  private get tellHeldMs(): number {
    return Math.min(this.quota.windowMs, this.options.holdMs) / 2;
  }

  private setAlarm(): void {
    const now = this.options.now();
    for (const traffic of TRAFFIC_CLASSES) {
      const queue = this.waiting[traffic];
      if (queue.length === 0) continue;
      // Several processes wait for the same moment; a hundredth of the window spreads them.
      const jitter = this.options.random() * Math.min(20, this.quota.windowMs / 100);
      this.wakeWithin(this.closedUntil[traffic] - now + jitter);
      this.wakeWithin(Math.min(...queue.map(({ deadline }) => deadline)) - now);
    }
    if (this.held.size > 0) this.wakeWithin(Math.min(...this.held.values()) + this.tellHeldMs - now);
    if (this.failures > 0) {
      if (!this.isIdle) this.wakeWithin(this.closedUntil.agent - now);
    } else if (this.settled.length + this.released.length > 0) this.wakeWithin(SETTLE_WITHIN_MS);
  }

  private wakeWithin(ms: number): void {
    if (this.isClosed) return;
    const at = this.options.now() + Math.max(0, ms);
    if (at >= this.wakeAt) return;
    this.cancelWake?.();
    this.wakeAt = at;
    this.cancelWake = this.options.schedule(Math.ceil(Math.max(0, ms)), () => {
      this.wakeAt = Infinity;
      void this.run();
    });
  }

  private inTime<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const cancel = this.options.schedule(STORE_TIMEOUT_MS, () =>
        reject(new Error('What counts calls did not answer in time')),
      );
      void work.then(resolve, reject).finally(cancel);
    });
  }
}
