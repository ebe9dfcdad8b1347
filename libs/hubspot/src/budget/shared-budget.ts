import type { Clock } from '@app/platform';
import { type BudgetStore, CALL_KINDS, type CallKind, type PerClass, type Quota } from './budget-store.js';
import { Lane, type Schedule } from './lane.js';
import { MIGRATING, type BudgetBlock, type BudgetGrant, type BudgetRequest, type RateBudget } from './rate-budget.js';

export interface BudgetLimits {
  /** Until HubSpot's headers have said it. */
  burst: Record<BudgetRequest['connection'], Quota>;
  search: Quota;
  holdMs: number;
  maxWaitMs: PerClass;
}

/** As HubSpot's documentation has them; an agent looks at a spinner, a delivery outlasts one window, an import has time. */
const HUBSPOT_LIMITS: BudgetLimits = {
  burst: { oauth: { max: 110, windowMs: 10_000 }, token: { max: 100, windowMs: 10_000 } },
  search: { max: 5, windowMs: 1_000 },
  // A call's own time-out (20 s), a token renewed between grant and call (20 s), and something to spare.
  holdMs: 45_000,
  maxWaitMs: { agent: 3_000, delivery: 15_000, import: 60_000 },
};

export interface SharedBudgetOptions {
  store: BudgetStore;
  clock: Clock;
  /** Names this process among all that share the store. */
  holder: string;
  limits?: BudgetLimits;
  schedule?: Schedule;
  random?: () => number;
  /** Hears of a store that can't be reached. */
  onTrouble?: (error: unknown) => void;
}

const systemSchedule: Schedule = (ms, work) => {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
};

/** Beyond so many, lanes of portals that rest are forgotten; all they know is in the store. */
const MOST_LANES = 2_000;

/** How long a process that ends waits for the store to hear what is over. Places it doesn't hear of lapse. */
const CLOSE_WITHIN_MS = 500;

/**
 * Counts the calls of all processes that share a store. True rolling windows: whatever happens on the wire, no window of
 * HubSpot's ever holds more of them than allowed. A store that can't be reached grants nothing: no call goes uncounted.
 */
export class SharedBudget implements RateBudget {
  private readonly lanes = new Map<string, Lane>();
  private tickets = 0;
  private isClosed = false;

  constructor(private readonly options: SharedBudgetOptions) {}

  async acquire(portalId: string, { kind, class: traffic, connection, signal }: BudgetRequest): Promise<BudgetGrant> {
    if (this.isClosed || signal?.aborted) return { granted: false, retryAfterSeconds: 1 };
    return this.lane(portalId, kind, connection).acquire(traffic, signal);
  }

  learn(portalId: string, quota: Quota): Promise<void> {
    return this.lane(portalId, 'burst').learn(quota);
  }

  async block(portalId: string, { kind, policy, seconds }: BudgetBlock): Promise<void> {
    const stopped = policy === 'DAILY' || policy === MIGRATING ? CALL_KINDS : [kind];
    await Promise.all(
      stopped.map((each) => {
        const lane = this.lane(portalId, each);
        return lane.block(policy, seconds === undefined ? lane.windowMs : seconds * 1000);
      }),
    );
  }

  /** Turns away who waits, tells the store what is over, lets go of it. */
  async close(): Promise<void> {
    this.isClosed = true;
    const { schedule = systemSchedule, store } = this.options;
    const patience = new AbortController();
    const timeOut = new Promise<void>((resolve) => {
      const cancel = schedule(CLOSE_WITHIN_MS, resolve);
      patience.signal.addEventListener('abort', cancel);
    });
    await Promise.race([timeOut, Promise.all(Array.from(this.lanes.values(), (lane) => lane.close()))]);
    patience.abort();
    await store.close();
  }

  /** Nest's name for it. */
  onApplicationShutdown(): Promise<void> {
    return this.close();
  }

  private lane(portalId: string, kind: CallKind, connection: BudgetRequest['connection'] = 'token'): Lane {
    const key = `${portalId} ${kind}`;
    const known = this.lanes.get(key);
    if (known !== undefined) return known;
    if (this.lanes.size >= MOST_LANES) this.forgetIdle();
    const { store, clock, holder, limits = HUBSPOT_LIMITS } = this.options;
    const { schedule = systemSchedule, random = Math.random } = this.options;
    const lane = new Lane(
      {
        holder,
        // Of the process, not of the lane: a lane that is forgotten leaves places that still count.
        nextTicket: () => `${holder}.${++this.tickets}`,
        portalId,
        kind,
        store,
        holdMs: limits.holdMs,
        maxWaitMs: limits.maxWaitMs,
        now: () => clock.now().getTime(),
        schedule,
        random,
        onTrouble: this.options.onTrouble ?? (() => undefined),
      },
      kind === 'search' ? limits.search : limits.burst[connection],
    );
    this.lanes.set(key, lane);
    return lane;
  }

  private forgetIdle(): void {
    for (const [key, lane] of this.lanes) if (lane.isIdle) this.lanes.delete(key);
  }
}
