import { describe, expect, it } from '@jest/globals';
import { PrometheusMetrics, systemClock } from '@app/platform';
import { ObservedBudget } from './observed-budget.js';
import type { BudgetRequest, RateBudget } from './rate-budget.js';

const FULL: RateBudget = {
  acquire: () => Promise.resolve({ granted: false, retryAfterSeconds: 9 }),
  learn: () => Promise.resolve(),
  block: () => Promise.resolve(),
};
const SEARCH: BudgetRequest = { kind: 'search', class: 'agent', connection: 'token' };

describe('ObservedBudget', () => {
  it('counts who is turned away, and not who has gone', async () => {
    const metrics = new PrometheusMetrics();
    const budget = new ObservedBudget(FULL, metrics, systemClock);
    await budget.acquire('1', SEARCH);
    await budget.acquire('1', { ...SEARCH, signal: AbortSignal.abort() });
    const counted = (await metrics.render())
      .split('\n')
      .filter((line) => line.startsWith('threadline_budget_turned_away'));
    expect(counted).toEqual([expect.stringMatching(/by="places_taken".* 1$/)]);
  });
});
