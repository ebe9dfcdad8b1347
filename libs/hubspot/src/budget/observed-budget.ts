import type { Clock, Counter, Histogram, Metrics } from '@app/platform';
import type { BudgetBlock, BudgetGrant, BudgetRequest, RateBudget } from './rate-budget.js';

const WAIT_BOUNDS = [0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30];
/** HubSpot's policies and ours; one that is new counts as `other`, since its name comes from outside. */
const POLICIES = new Set(['SECONDLY', 'TEN_SECONDLY_ROLLING', 'DAILY', 'MIGRATING', 'unnamed']);

/** Any budget, with how long its callers waited and how often they were turned away. */
export class ObservedBudget implements RateBudget {
  private readonly waits: Histogram;
  private readonly turnedAway: Counter;
  private readonly blocks: Counter;

  constructor(
    private readonly budget: RateBudget,
    metrics: Metrics,
    private readonly clock: Clock,
  ) {
    this.waits = metrics.histogram(
      'threadline_budget_wait_seconds',
      'Waits for a place in a portal’s quota',
      WAIT_BOUNDS,
    );
    this.turnedAway = metrics.counter(
      'threadline_budget_turned_away',
      'Calls that got no place in time, by what held them',
    );
    this.blocks = metrics.counter('threadline_budget_blocks', 'Times HubSpot said that a limit was reached, by policy');
  }

  async acquire(portalId: string, request: BudgetRequest): Promise<BudgetGrant> {
    const askedAt = this.clock.now().getTime();
    const grant = await this.budget.acquire(portalId, request);
    const labels = { class: request.class, kind: request.kind };
    this.waits.record((this.clock.now().getTime() - askedAt) / 1_000, labels);
    // Whoever has gone, or is being stopped, was not turned away.
    if (!grant.granted && request.signal?.aborted !== true) {
      const by = grant.blockedBy === undefined ? 'places_taken' : nameOf(grant.blockedBy);
      this.turnedAway.add({ ...labels, by });
    }
    return grant;
  }

  learn(portalId: string, quota: { max: number; windowMs: number }): Promise<void> {
    return this.budget.learn(portalId, quota);
  }

  block(portalId: string, block: BudgetBlock): Promise<void> {
    this.blocks.add({ kind: block.kind, policy: nameOf(block.policy) });
    return this.budget.block(portalId, block);
  }
}

function nameOf(policy: string): string {
  return POLICIES.has(policy) ? policy : 'other';
}
