import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { MemoryStore } from '../../testing/memory-store.js';
import { mostWithin } from '../../testing/most-within.js';
import { VirtualTime } from '../../testing/virtual-time.js';
import type { BudgetGrant, BudgetRequest, TrafficClass } from './rate-budget.js';
import { SharedBudget } from './shared-budget.js';

interface Asked {
  grant?: BudgetGrant;
  /** ms since 1970. */
  answeredAt?: number;
}

/** Processes that share one store, in a time of their own. */
function processes(count = 1) {
  const time = new VirtualTime();
  const store = new MemoryStore(time);
  const troubles: unknown[] = [];
  const budgets = Array.from(
    { length: count },
    (_, index) =>
      new SharedBudget({
        store,
        clock: time,
        holder: `p${index}`,
        schedule: time.schedule,
        random: () => 0,
        onTrouble: (error) => troubles.push(error),
      }),
  );
  const [budget] = budgets;
  if (budget === undefined) throw new Error('One at least');
  const ask = (change: Partial<BudgetRequest> = {}, portalId = '1', by = budget): Asked => {
    const asked: Asked = {};
    const request: BudgetRequest = { kind: 'burst', class: 'agent', connection: 'token', ...change };
    void by.acquire(portalId, request).then((grant) => Object.assign(asked, { grant, answeredAt: time.ms }));
    return asked;
  };
  return { time, store, budget, budgets, ask, troubles };
}

function settle({ grant }: Asked): void {
  if (grant?.granted) grant.settle();
}

const granted = (asked: readonly Asked[]): number => asked.filter(({ grant }) => grant?.granted).length;
const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

describe('SharedBudget', () => {
  it.each([
    ['token', 100],
    ['oauth', 110],
  ] as const)('starts a portal of kind %s with %d calls in 10 s', async (connection, max) => {
    const { time, ask } = processes();
    const asked = times(max + 1, () => ask({ connection }));
    await time.pass(0);
    expect(granted(asked)).toBe(max);
  });

  it('allows five searches a second, beside the burst', async () => {
    const { time, ask } = processes();
    const searches = times(6, () => ask({ kind: 'search' }));
    const bursts = times(100, () => ask());
    await time.pass(0);
    expect([granted(searches), granted(bursts)]).toEqual([5, 100]);
  });

  it('gives back at once a place that was granted to somebody who has just left', async () => {
    const { time, store, budgets, ask } = processes(2);
    const gone = new AbortController();
    const exchange = store.exchange.bind(store);
    store.exchange = async (...args) => {
      const standing = await exchange(...args);
      store.exchange = exchange;
      gone.abort();
      return standing;
    };
    const left = ask({ kind: 'search', signal: gone.signal });
    await time.pass(0);
    expect(left.grant?.granted).toBe(false);
    await time.pass(50);
    const others = times(5, () => ask({ kind: 'search' }, '1', budgets[1]));
    await time.pass(0);
    expect(granted(others)).toBe(5);
  });

  it('does not ask a store that is away more often for the places it has to hear of', async () => {
    const { time, store, ask } = processes();
    const asked = times(3, () => ask());
    await time.pass(0);
    let exchanges = 0;
    store.exchange = () => {
      exchanges++;
      return Promise.reject(new Error('away'));
    };
    asked.forEach(settle);
    await time.pass(10_000);
    expect(exchanges).toBeGreaterThan(5);
    expect(exchanges).toBeLessThan(40);
  });

  it('asks the store once for all who came in the same breath, and once more to tell what is over', async () => {
    const { time, store, ask } = processes();
    let exchanges = 0;
    const exchange = store.exchange.bind(store);
    store.exchange = (...args) => {
      exchanges++;
      return exchange(...args);
    };
    const asked = times(40, () => ask());
    await time.pass(0);
    expect([granted(asked), exchanges]).toEqual([40, 1]);
    asked.forEach(settle);
    await time.pass(60_000);
    expect(exchanges).toBe(2);
  });

  it('does not bother the store while nothing can have changed', async () => {
    const { time, store, ask } = processes();
    const first = times(100, () => ask());
    await time.pass(0);
    first.forEach(settle);
    await time.pass(100);
    let exchanges = 0;
    const exchange = store.exchange.bind(store);
    store.exchange = (...args) => {
      exchanges++;
      return exchange(...args);
    };
    const waiting = times(20, () => ask({ class: 'delivery' }));
    for (let second = 0; second < 9; second++) {
      await time.pass(1_000);
      waiting.push(ask({ class: 'delivery' }));
    }
    expect(exchanges).toBe(1);
    await time.pass(1_000);
    expect(granted(waiting)).toBe(29);
  });

  it('counts a call from when it was over: HubSpot may have seen it as late as that', async () => {
    const { time, ask } = processes();
    const first = times(5, () => ask({ kind: 'search' }));
    const sixth = ask({ kind: 'search' });
    await time.pass(700);
    first.forEach(settle);
    const overAt = time.ms;
    await time.pass(1_001);
    expect(sixth.grant).toBeUndefined();
    await time.pass(20);
    expect(sixth.grant).toMatchObject({ granted: true });
    // The store heard of it within 5 ms; the window is 1 s and 2 ms of guard.
    expect(sixth.answeredAt ?? 0).toBeLessThanOrEqual(overAt + 5 + 1_002);
  });

  it('keeps a share for agents, and lets them go first', async () => {
    const { time, ask } = processes();
    const deliveries = times(120, () => ask({ class: 'delivery', connection: 'oauth' }));
    await time.pass(0);
    expect(granted(deliveries)).toBe(104);
    const agents = times(6, () => ask({ class: 'agent' }));
    await time.pass(0);
    expect(granted(agents)).toBe(6);
  });

  it('tells at once whom nothing can be free for in time', async () => {
    const { time, ask } = processes();
    const first = times(100, () => ask());
    await time.pass(0);
    first.forEach(settle);
    await time.pass(5_000);
    const [agent, delivery] = [ask(), ask({ class: 'delivery' })];
    await time.pass(0);
    expect(agent.grant).toEqual({ granted: false, retryAfterSeconds: 6, blockedBy: undefined });
    expect(delivery.grant).toBeUndefined();
    await time.pass(5_100);
    expect(delivery.grant?.granted).toBe(true);
  });

  it('turns away at once who has gone, and gives the place in line to the next', async () => {
    const { time, ask } = processes();
    const taken = times(5, () => ask({ kind: 'search' }));
    await time.pass(0);
    const gone = new AbortController();
    const [leaving, next] = [ask({ kind: 'search', signal: gone.signal }), ask({ kind: 'search' })];
    await time.pass(10);
    gone.abort();
    await time.pass(0);
    expect(leaving).toMatchObject({ grant: { granted: false }, answeredAt: time.ms });
    expect(ask({ kind: 'search', signal: gone.signal }).grant).toBeUndefined();
    taken.slice(0, 1).forEach(settle);
    await time.pass(1_010);
    expect(granted([next])).toBe(1);
  });

  it('serves agents, then deliveries, then imports', async () => {
    const { time, ask } = processes();
    const holding = times(5, () => ask({ kind: 'search', class: 'agent' }));
    await time.pass(0);
    const order: TrafficClass[] = ['import', 'delivery', 'agent'];
    const waiting = order.map((traffic) => ask({ kind: 'search', class: traffic }));
    holding.forEach(settle);
    await time.pass(1_020);
    expect(waiting.map(({ grant }) => grant?.granted)).toEqual([undefined, true, true]);
    waiting.forEach(settle);
    await time.pass(1_020);
    expect(waiting[0]?.grant?.granted).toBe(true);
  });

  it('turns everyone away at once when the day is used up', async () => {
    const { time, ask, budget } = processes();
    const waiting = times(120, () => ask({ class: 'delivery' }));
    await time.pass(0);
    await budget.block('1', { kind: 'burst', policy: 'DAILY', seconds: 3_600 });
    const search = ask({ kind: 'search' });
    await time.pass(0);
    expect(waiting.at(-1)?.grant).toEqual({ granted: false, retryAfterSeconds: 3_600, blockedBy: 'DAILY' });
    expect(search.grant).toEqual({ granted: false, retryAfterSeconds: 3_600, blockedBy: 'DAILY' });
    await time.pass(3_600_000);
    const tomorrow = ask();
    await time.pass(0);
    expect(tomorrow.grant?.granted).toBe(true);
  });

  it('serves who comes after all others were turned away, when the time has come', async () => {
    const { time, budget, ask } = processes();
    await budget.block('1', { kind: 'burst', policy: 'TEN_SECONDLY_ROLLING', seconds: 20 });
    const first = ask({ class: 'delivery' });
    await time.pass(6_000);
    expect(first).toMatchObject({ grant: { granted: false } });
    const later = ask({ class: 'delivery' });
    await time.pass(13_000);
    expect(later.grant).toBeUndefined();
    await time.pass(2_000);
    expect(later).toMatchObject({ grant: { granted: true } });
  });

  it('stops for a window when HubSpot does not say how long', async () => {
    const { time, ask, budget } = processes();
    await budget.block('1', { kind: 'burst', policy: 'unnamed' });
    const burst = ask({ class: 'delivery' });
    await time.pass(9_999);
    expect(burst.grant).toBeUndefined();
    await time.pass(2);
    expect(burst.grant?.granted).toBe(true);
  });

  it('never lets a window of HubSpot’s exceed its limit, over three processes, and forgets nobody', async () => {
    const call = fc.record({
      after: fc.integer({ min: 0, max: 400 }),
      by: fc.nat({ max: 2 }),
      kind: fc.constantFrom('burst' as const, 'search' as const),
      class: fc.constantFrom<TrafficClass>('agent', 'delivery', 'import'),
      /** On its way to HubSpot, and back. */
      there: fc.integer({ min: 0, max: 12_000 }),
      back: fc.integer({ min: 0, max: 7_000 }),
      /** The store is emptied before it, or its answer is lost. */
      mishap: fc.oneof(
        { weight: 30, arbitrary: fc.constant('none' as const) },
        { weight: 1, arbitrary: fc.constantFrom('lose' as const, 'silence' as const) },
      ),
    });
    let sent = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(call, { minLength: 20, maxLength: 200 }),
        fc.integer({ min: 3, max: 12 }),
        async (calls, max) => {
          const { time, budgets, store } = processes(3);
          await budgets[0]?.learn('1', { max, windowMs: 10_000 });
          const exchange = store.exchange.bind(store);
          const arrivals = { burst: [] as number[], search: [] as number[] };
          let answered = 0;
          for (const { after, by, kind, class: traffic, there, back, mishap } of calls) {
            await time.pass(after);
            if (mishap === 'lose') {
              store.lose();
              // What HubSpot said is learned again from the next answer; these have none.
              for (const budget of budgets) void budget.learn('1', { max, windowMs: 10_000 });
              await store.learn('1', { max, windowMs: 10_000 }, 10_000);
            }
            if (mishap === 'silence')
              store.exchange = async (...args) => {
                store.exchange = exchange;
                await exchange(...args);
                throw new Error('The answer got lost');
              };
            void (async () => {
              const grant = await (budgets[by] ?? budgets[0])?.acquire('1', {
                kind,
                class: traffic,
                connection: 'token',
              });
              answered++;
              if (!grant?.granted) return;
              arrivals[kind].push(time.ms + there);
              time.schedule(there + back, grant.settle);
            })();
          }
          await time.pass(180_000);
          expect(answered).toBe(calls.length);
          expect(mostWithin(arrivals.burst, 10_000)).toBeLessThanOrEqual(max);
          expect(mostWithin(arrivals.search, 1_000)).toBeLessThanOrEqual(5);
          sent += arrivals.burst.length + arrivals.search.length;
        },
      ),
      { numRuns: 30, endOnFailure: true },
    );
    expect(sent).toBeGreaterThan(500);
  });
});
