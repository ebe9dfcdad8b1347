import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '@app/platform';
import type { BudgetStore } from '../src/budget/budget-store.js';
import type { BudgetGrant, BudgetRequest, Granted } from '../src/budget/rate-budget.js';
import type { Schedule } from '../src/budget/lane.js';
import { type BudgetLimits, SharedBudget } from '../src/budget/shared-budget.js';
import { mostWithin } from './most-within.js';

export interface StoreHarness {
  /** What a further process would open. */
  open: () => BudgetStore;
  /** As a crash or a flush: what was counted is gone. */
  lose: () => Promise<void>;
  stop: () => Promise<void>;
}

/** HubSpot's, made small, so that windows pass while one waits. */
const LIMITS: BudgetLimits = {
  burst: { oauth: { max: 22, windowMs: 600 }, token: { max: 20, windowMs: 600 } },
  search: { max: 4, windowMs: 200 },
  holdMs: 700,
  maxWaitMs: { agent: 3_000, delivery: 15_000, import: 60_000 },
};

/** A window as it is counted: HubSpot's own and its guard, and what a busy machine takes to notice. */
const WINDOW_MS = 602;

let lastPortal = 0;

const all = async (grants: Promise<BudgetGrant>[]): Promise<Granted[]> =>
  (await Promise.all(grants)).map((grant) => {
    if (!grant.granted) throw new Error(`turned away for ${grant.retryAfterSeconds} s`);
    return grant;
  });
const settleAll = (grants: Granted[]): void => grants.forEach(({ settle }) => settle());
/** Whether it is still waited for after so long. */
const isWaiting = async (grant: Promise<unknown>, ms: number): Promise<boolean> =>
  Promise.race([grant.then(() => false), sleep(ms, true)]);

/** What every store of places owes the budget. In real time, since the clocks are the stores' own. */
export function describeRateBudget(name: string, start: () => Promise<StoreHarness>): void {
  describe(`the rate budget on ${name}`, () => {
    let harness: StoreHarness;
    let portalId: string;
    const opened: SharedBudget[] = [];

    const process = (change: Partial<ConstructorParameters<typeof SharedBudget>[0]> = {}): SharedBudget => {
      const holder = `p${opened.length}`;
      const store = change.store ?? harness.open();
      const budget = new SharedBudget({ clock: systemClock, holder, limits: LIMITS, ...change, store });
      opened.push(budget);
      return budget;
    };
    const take = (budget: SharedBudget, count: number, change: Partial<BudgetRequest> = {}): Promise<BudgetGrant>[] =>
      Array.from({ length: count }, () =>
        budget.acquire(portalId, { kind: 'burst', class: 'agent', connection: 'token', ...change }),
      );

    beforeAll(async () => {
      harness = await start();
    }, 60_000);

    beforeEach(() => {
      portalId = String(++lastPortal);
    });

    afterAll(async () => {
      await Promise.all(opened.map((budget) => budget.close()));
      await harness?.stop();
    });

    it('counts two processes together', async () => {
      const [one, other] = [process(), process()];
      const first = await all([...take(one, 12), ...take(other, 8)]);
      const next = [...take(one, 1), ...take(other, 1)];
      expect(await isWaiting(Promise.race(next), 200)).toBe(true);
      settleAll(first);
      const settledAt = performance.now();
      await all(next);
      expect(performance.now() - settledAt).toBeGreaterThanOrEqual(WINDOW_MS);
    });

    it('counts portals and kinds apart', async () => {
      const budget = process();
      await all([...take(budget, 20), ...take(budget, 4, { kind: 'search' })]);
      portalId = String(++lastPortal);
      await all([...take(budget, 22, { connection: 'oauth' }), ...take(budget, 4, { kind: 'search' })]);
      expect(await isWaiting(Promise.race(take(budget, 1)), 100)).toBe(true);
    });

    it('leaves a share to the agents of another process', async () => {
      const [worker, api] = [process(), process()];
      const deliveries = take(worker, 25, { class: 'delivery' });
      await all(deliveries.slice(0, 19));
      expect(await isWaiting(Promise.race(deliveries.slice(19)), 100)).toBe(true);
      await all(take(api, 1));
      const imports = process();
      expect(await isWaiting(Promise.race(take(imports, 1, { class: 'import' })), 100)).toBe(true);
    });

    it('lets a waiting agent go before deliveries of another process that waited longer', async () => {
      const [worker, api] = [process(), process()];
      const first = await all(take(api, 20));
      const order: string[] = [];
      const deliveries = take(worker, 10, { class: 'delivery' }).map(async (grant) => {
        if ((await grant).granted) order.push('delivery');
      });
      const agents = take(api, 3).map(async (grant) => {
        if ((await grant).granted) order.push('agent');
      });
      await sleep(50);
      for (const grant of first) {
        grant.settle();
        await sleep(20);
      }
      await Promise.all(agents);
      await Promise.all(deliveries);
      expect(order.slice(0, 3)).toEqual(['agent', 'agent', 'agent']);
    });

    it('counts a place of a process that died until it lapses, and not longer', async () => {
      let isAlive = true;
      // Its alarms ring no more: neither does it tell of its places again, nor that they are over.
      const schedule: Schedule = (ms, work) => {
        const timer = setTimeout(() => isAlive && work(), ms);
        return () => clearTimeout(timer);
      };
      const takenAt = performance.now();
      await all(take(process({ schedule }), 20));
      isAlive = false;
      const [next] = await all(take(process(), 1, { class: 'delivery' }));
      expect(next?.granted).toBe(true);
      const waited = performance.now() - takenAt;
      expect(waited).toBeGreaterThanOrEqual(LIMITS.holdMs + WINDOW_MS - 1);
      expect(waited).toBeLessThan(LIMITS.holdMs + 2 * WINDOW_MS + 2_000);
    });

    it('keeps the place of a call that takes longer than any place is kept', async () => {
      const slow = await all(take(process(), 20));
      const next = take(process(), 1, { class: 'delivery' });
      expect(await isWaiting(Promise.race(next), LIMITS.holdMs + 2 * WINDOW_MS)).toBe(true);
      settleAll(slow);
      await all(next);
    });

    it('stops every process after a 429, that kind only', async () => {
      const [one, other] = [process(), process()];
      await all(take(one, 1));
      const blockedAt = performance.now();
      await one.block(portalId, { kind: 'burst', policy: 'TEN_SECONDLY_ROLLING', seconds: 1 });
      await all(take(other, 1, { kind: 'search' }));
      await all(take(other, 1));
      expect(performance.now() - blockedAt).toBeGreaterThanOrEqual(999);
    });

    it('turns everybody away while the day is used up, whatever shorter block follows', async () => {
      const [one, other] = [process(), process()];
      await all([...take(one, 1), ...take(other, 1)]);
      await one.block(portalId, { kind: 'burst', policy: 'DAILY', seconds: 3_600 });
      await other.block(portalId, { kind: 'search', policy: 'SECONDLY', seconds: 1 });
      for (const kind of ['burst', 'search'] as const) {
        const [refused] = await Promise.all(take(process(), 1, { kind, class: 'import' }));
        expect(refused).toEqual({ granted: false, retryAfterSeconds: 3_600, blockedBy: 'DAILY' });
      }
    });

    it('learns the real limit for all, up and down', async () => {
      const [one, other] = [process(), process()];
      await all(take(one, 1));
      await one.learn(portalId, { max: 30, windowMs: 600 });
      const more = take(other, 40);
      await all(more.slice(0, 29));
      expect(await isWaiting(Promise.race(more.slice(29)), 100)).toBe(true);
      portalId = String(++lastPortal);
      await other.learn(portalId, { max: 5, windowMs: 600 });
      const less = take(one, 6);
      await all(less.slice(0, 5));
      expect(await isWaiting(Promise.race(less.slice(5)), 100)).toBe(true);
    });

    it('waits a window out when HubSpot’s proves longer than was thought', async () => {
      const budget = process();
      settleAll(await all(take(budget, 1)));
      const learnedAt = performance.now();
      await budget.learn(portalId, { max: 20, windowMs: 900 });
      await all(take(process(), 1));
      expect(performance.now() - learnedAt).toBeGreaterThanOrEqual(900);
    });

    it('grants nothing for a window after it lost what was counted, and counts what is under way again', async () => {
      // What is under way is told again every half window: as long as a busy machine may stand still.
      const windowMs = 2_000;
      const limits = {
        burst: { ...LIMITS.burst, token: { max: 20, windowMs } },
        search: LIMITS.search,
        holdMs: 2 * windowMs,
        maxWaitMs: { agent: 30_000, delivery: 30_000, import: 30_000 },
      };
      const [one, other] = [process({ limits }), process({ limits })];
      const underWay = await all(take(one, 18));
      const lostAt = performance.now();
      await harness.lose();
      const next = take(other, 3);
      await Promise.race(next);
      expect(performance.now() - lostAt).toBeGreaterThanOrEqual(windowMs);
      expect(await isWaiting(Promise.all(next), windowMs)).toBe(true);
      settleAll(underWay);
      await all(next);
    });

    it('sends nothing uncounted when the store is away, and goes on when it is back', async () => {
      const store = harness.open();
      let isAway = true;
      const troubles: unknown[] = [];
      const exchange = store.exchange.bind(store);
      store.exchange = (...args) => (isAway ? Promise.reject(new Error('away')) : exchange(...args));
      const maxWaitMs = { agent: 300, delivery: 3_000, import: 60_000 };
      const limits = { ...LIMITS, maxWaitMs };
      const budget = process({ store, limits, onTrouble: (error) => troubles.push(error) });
      const delivery = take(budget, 1, { class: 'delivery' });
      const [agent] = await Promise.all(take(budget, 1));
      expect(agent).toEqual({ granted: false, retryAfterSeconds: expect.any(Number), blockedBy: undefined });
      expect(troubles.length).toBeGreaterThan(1);
      isAway = false;
      await all(delivery);
    });

    it('gives back places whose grant never arrived', async () => {
      const store = harness.open();
      const exchange = store.exchange.bind(store);
      store.exchange = async (...args) => {
        store.exchange = exchange;
        await exchange(...args);
        throw new Error('The answer got lost');
      };
      const budget = process({ store });
      const startedAt = performance.now();
      await all(take(budget, 20));
      expect(performance.now() - startedAt).toBeLessThan(WINDOW_MS);
    });

    it('holds the limit and uses it under a rush from four processes, whatever the wire delays', async () => {
      const limits = { ...LIMITS, burst: { oauth: { max: 22, windowMs: 600 }, token: { max: 40, windowMs: 1_000 } } };
      const budgets = Array.from({ length: 4 }, () => process({ limits }));
      const arrivals: number[] = [];
      const until = performance.now() + 5_000;
      const caller = async (budget: SharedBudget, index: number): Promise<void> => {
        while (performance.now() < until) {
          const traffic = index === 0 ? 'agent' : 'delivery';
          const [grant] = await Promise.all(take(budget, 1, { class: traffic }));
          if (grant?.granted !== true) continue;
          await sleep(Math.random() * 12);
          arrivals.push(performance.now());
          await sleep(Math.random() * 12);
          grant.settle();
        }
      };
      await Promise.all(budgets.flatMap((budget) => Array.from({ length: 15 }, (_, index) => caller(budget, index))));
      expect(mostWithin(arrivals, 1_000)).toBeLessThanOrEqual(40);
      // Five windows and a first full one; a place is gone for a window and the 24 ms at most that its call takes.
      expect(arrivals.length).toBeGreaterThanOrEqual(0.9 * 40 * 5);
    }, 20_000);
  });
}
