import type { BudgetBlock, BudgetGrant, BudgetRequest, RateBudget } from '../src/budget/rate-budget.js';

/** Room for everything, at once; remembers what it was asked and told. */
export class OpenBudget implements RateBudget {
  readonly asked: (Omit<BudgetRequest, 'signal'> & { portalId: string })[] = [];
  readonly learned: { max: number; windowMs: number }[] = [];
  readonly blocked: BudgetBlock[] = [];
  /** Calls that are not over yet. */
  open = 0;

  acquire(portalId: string, { kind, class: traffic, connection }: BudgetRequest): Promise<BudgetGrant> {
    this.asked.push({ portalId, kind, class: traffic, connection });
    this.open++;
    return Promise.resolve({ granted: true, settle: () => void this.open-- });
  }

  learn(_: string, quota: { max: number; windowMs: number }): Promise<void> {
    this.learned.push(quota);
    return Promise.resolve();
  }

  block(_: string, block: BudgetBlock): Promise<void> {
    this.blocked.push(block);
    return Promise.resolve();
  }
}
