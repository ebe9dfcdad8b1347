import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { InProcessBudget } from './in-process-budget.js';
import type { BudgetGrant, BudgetRequest, TrafficClass } from './rate-budget.js';

/** Time that passes only when the test says so; alarms ring in order. */
class Hours {
  ms = 1_000_000;
  private alarms: { at: number; work: () => void }[] = [];

  now = (): Date => new Date(this.ms);

  schedule = (ms: number, work: () => void): (() => void) => {
    const alarm = { at: this.ms + ms, work };
    this.alarms.push(alarm);
    return () => {
      this.alarms = this.alarms.filter((each) => each !== alarm);
    };
  };

  async pass(ms: number): Promise<void> {
    const end = this.ms + ms;
    for (;;) {
      await settled();
      const [next] = this.alarms.filter(({ at }) => at <= end).toSorted((one, other) => one.at - other.at);
      if (next === undefined) break;
      this.alarms = this.alarms.filter((each) => each !== next);
      this.ms = Math.max(this.ms, next.at);
      next.work();
    }
    this.ms = end;
    await settled();
  }
}

/** Lets promises that are resolved run their reactions. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

interface Asked {
  grant?: BudgetGrant;
  /** ms since 1970. */
  answeredAt?: number;
}

function budgetWith(hours = new Hours()) {
  const budget = new InProcessBudget(hours, hours.schedule);
  const ask = (change: Partial<BudgetRequest> = {}, portalId = '1'): Asked => {
    const asked: Asked = {};
    const request: BudgetRequest = { kind: 'burst', class: 'agent', connection: 'token', ...change };
    void budget.acquire(portalId, request).then((grant) => Object.assign(asked, { grant, answeredAt: hours.ms }));
    return asked;
  };
  return { hours, budget, ask };
}

function settle({ grant }: Asked): void {
  if (grant?.granted) grant.settle();
}

const granted = (asked: readonly Asked[]): number => asked.filter(({ grant }) => grant?.granted).length;
const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

describe('InProcessBudget', () => {
  it.each([
    ['token', 100],
    ['oauth', 110],
  ] as const)('starts a portal of kind %s with %d calls in 10 s', async (connection, max) => {
    const { hours, ask } = budgetWith();
    const asked = times(max + 1, () => ask({ connection }));
    await hours.pass(0);
    expect(granted(asked)).toBe(max);
  });

  it('allows five searches a second, beside the burst', async () => {
    const { hours, ask } = budgetWith();
    const searches = times(6, () => ask({ kind: 'search' }));
    const bursts = times(100, () => ask());
    await hours.pass(0);
    expect([granted(searches), granted(bursts)]).toEqual([5, 100]);
  });

  it('counts portals apart', async () => {
    const { hours, ask } = budgetWith();
    const asked = [...times(5, () => ask({ kind: 'search' }, '1')), ...times(5, () => ask({ kind: 'search' }, '2'))];
    await hours.pass(0);
    expect(granted(asked)).toBe(10);
  });

  it('counts a call from when it was over: HubSpot may have seen it as late as that', async () => {
    const { hours, ask } = budgetWith();
    const first = times(5, () => ask({ kind: 'search' }));
    const sixth = ask({ kind: 'search' });
    await hours.pass(700);
    first.forEach(settle);
    const overAt = hours.ms;
    await hours.pass(1000);
    const newcomer = ask({ kind: 'search', class: 'agent' });
    await hours.pass(0);
    expect([sixth.grant, newcomer.grant]).toEqual([undefined, undefined]);
    await hours.pass(1);
    expect(sixth).toMatchObject({ grant: { granted: true }, answeredAt: overAt + 1001 });
  });

  it('counts a call once however often it is settled', async () => {
    const { hours, ask } = budgetWith();
    const asked = times(5, () => ask({ kind: 'search' }));
    await hours.pass(0);
    for (const one of [...asked, ...asked]) settle(one);
    await hours.pass(1001);
    const again = times(6, () => ask({ kind: 'search' }));
    await hours.pass(0);
    expect(granted(again)).toBe(5);
  });

  it('keeps a share for agents, and lets them go first', async () => {
    const { hours, ask } = budgetWith();
    const deliveries = times(120, () => ask({ class: 'delivery', connection: 'oauth' }));
    await hours.pass(0);
    expect(granted(deliveries)).toBe(101);
    const agents = times(9, () => ask({ class: 'agent' }));
    await hours.pass(0);
    expect(granted(agents)).toBe(9);
    const late = ask({ class: 'agent' });
    const [one] = deliveries;
    if (one !== undefined) settle(one);
    await hours.pass(2_900);
    expect(late.grant).toBeUndefined();
    await hours.pass(200);
    // The place is free 10.001 s after its call was over; an agent waits 3 s.
    expect(late.grant).toMatchObject({ granted: false, retryAfterSeconds: 8 });
  });

  it('serves agents, then deliveries, then imports', async () => {
    const { hours, ask } = budgetWith();
    const holding = times(5, () => ask({ kind: 'search', class: 'agent' }));
    await hours.pass(0);
    const order: TrafficClass[] = ['import', 'delivery', 'agent'];
    const waiting = order.map((traffic) => ask({ kind: 'search', class: traffic }));
    holding.forEach(settle);
    await hours.pass(1_001);
    expect(waiting.map(({ grant }) => grant?.granted)).toEqual([undefined, true, true]);
    [...waiting].forEach(settle);
    await hours.pass(1_001);
    expect(waiting[0]?.grant?.granted).toBe(true);
  });

  it('learns the real limit, up and down', async () => {
    const { hours, ask, budget } = budgetWith();
    ask();
    await budget.learn('1', { max: 190, windowMs: 10_000 });
    const more = times(200, () => ask());
    await hours.pass(0);
    expect(granted(more)).toBe(189);
    await budget.learn('1', { max: 50, windowMs: 10_000 });
    const less = ask();
    await hours.pass(0);
    expect(less.grant).toBeUndefined();
  });

  it('stops after a 429 for as long as HubSpot says, that kind only', async () => {
    const { hours, ask, budget } = budgetWith();
    await budget.block('1', { kind: 'burst', policy: 'TEN_SECONDLY_ROLLING', seconds: 2 });
    const burst = ask();
    const search = ask({ kind: 'search' });
    await hours.pass(1_999);
    expect([burst.grant, search.grant]).toEqual([undefined, expect.objectContaining({ granted: true })]);
    await hours.pass(1);
    expect(burst.grant?.granted).toBe(true);
  });

  it('stops for a window when HubSpot does not say how long', async () => {
    const { hours, ask, budget } = budgetWith();
    await budget.block('1', { kind: 'burst', policy: 'unnamed' });
    const burst = ask({ class: 'delivery' });
    await hours.pass(9_999);
    expect(burst.grant).toBeUndefined();
    await hours.pass(1);
    expect(burst.grant?.granted).toBe(true);
  });

  it('turns everyone away at once when the day is used up', async () => {
    const { hours, ask, budget } = budgetWith();
    const waiting = times(120, () => ask({ class: 'delivery' }));
    await hours.pass(0);
    await budget.block('1', { kind: 'burst', policy: 'DAILY', seconds: 3_600 });
    const search = ask({ kind: 'search' });
    await hours.pass(0);
    expect(waiting.at(-1)?.grant).toEqual({ granted: false, retryAfterSeconds: 3_600, blockedBy: 'DAILY' });
    expect(search.grant).toEqual({ granted: false, retryAfterSeconds: 3_600, blockedBy: 'DAILY' });
  });

  it('never lets a window of HubSpot’s exceed its limit, and forgets nobody', async () => {
    const call = fc.record({
      after: fc.integer({ min: 0, max: 400 }),
      kind: fc.constantFrom('burst' as const, 'search' as const),
      class: fc.constantFrom<TrafficClass>('agent', 'delivery', 'import'),
      /** On its way to HubSpot, and back. */
      there: fc.integer({ min: 0, max: 3_000 }),
      back: fc.integer({ min: 0, max: 3_000 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(call, { minLength: 20, maxLength: 300 }),
        fc.integer({ min: 3, max: 12 }),
        async (calls, max) => {
          const { hours, budget } = budgetWith();
          await budget.learn('1', { max, windowMs: 10_000 });
          const arrivals = { burst: [] as number[], search: [] as number[] };
          let answered = 0;
          for (const { after, kind, class: traffic, there, back } of calls) {
            await hours.pass(after);
            void (async () => {
              const grant = await budget.acquire('1', { kind, class: traffic, connection: 'token' });
              answered++;
              if (!grant.granted) return;
              arrivals[kind].push(hours.ms + there);
              hours.schedule(there + back, grant.settle);
            })();
          }
          await hours.pass(120_000);
          expect(answered).toBe(calls.length);
          expect(mostWithin(arrivals.burst, 10_000)).toBeLessThanOrEqual(max);
          expect(mostWithin(arrivals.search, 1_000)).toBeLessThanOrEqual(5);
          expect(arrivals.burst.length + arrivals.search.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** The most arrivals in any window of this length, both ends included. */
function mostWithin(arrivals: number[], windowMs: number): number {
  const sorted = arrivals.toSorted((one, other) => one - other);
  return Math.max(0, ...sorted.map((start) => sorted.filter((at) => at >= start && at <= start + windowMs).length));
}
