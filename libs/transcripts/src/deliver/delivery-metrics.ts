import { boundedLabel, type Counter, type Database, type Histogram, type Metrics } from '@app/platform';
import type { DeliveryOutcome } from './delivery-outcome.js';

/** The word the ledger shows for an attempt. */
export function attemptOf(outcome: DeliveryOutcome): string {
  return outcome.status === 'pending' ? outcome.attempt : outcome.status;
}

/** A tenth of a second when idle, minutes in a backlog, days when a person has to mend something. */
const LATENCY_BOUNDS = [0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10, 30, 60, 300, 1_800, 7_200, 86_400];
/** Ours and those of HubSpot's refusals that have a name of their own. */
const REASONS_TOLD_APART = 50;

/** What becomes of deliveries, for operators. */
export class DeliveryMetrics {
  private readonly outcomes: Counter;
  private readonly latency: Histogram;
  private readonly reason = boundedLabel(REASONS_TOLD_APART);

  constructor(metrics: Metrics) {
    this.outcomes = metrics.counter(
      'threadline_deliveries',
      'Attempts and decisions by what they came to: written, skipped, failed, deferred, unknown, waiting',
    );
    this.latency = metrics.histogram(
      'threadline_delivery_latency_seconds',
      'From the answer to closing a conversation to the answer that it is written, waiting included',
      LATENCY_BOUNDS,
    );
  }

  /** @param secondsOld since it was taken in, when it is written. */
  attempted(outcome: DeliveryOutcome, secondsOld: number): void {
    if (outcome.status === 'pending' && outcome.attempt === 'given_back') return;
    this.outcomes.add({ outcome: attemptOf(outcome), reason: 'reason' in outcome ? this.reason(outcome.reason) : '' });
    if (outcome.status === 'written') this.latency.record(secondsOld);
  }

  /** Decided when the conversation closed, before any attempt. */
  skippedAtClose(reason: string): void {
    this.outcomes.add({ outcome: 'skipped', reason: this.reason(reason) });
  }
}

/** What waits, over all tenants: asked of the database when someone looks. */
export function watchQueue(metrics: Metrics, database: Database): void {
  const measure = async (): Promise<{ waiting: string; due: string; oldest_due_seconds: number }> => {
    const [row] = await database.acrossTenants<{ waiting: string; due: string; oldest_due_seconds: number }>(
      'SELECT * FROM measure_due_deliveries()',
    );
    if (row === undefined) throw new Error('The queue could not be measured');
    return row;
  };
  // The same in every worker, since all look at one table: take the largest, not the sum.
  metrics.gauge('threadline_deliveries_waiting', 'Deliveries that are not settled, of all portals', async () => [
    { value: Number((await measure()).waiting) },
  ]);
  metrics.gauge('threadline_deliveries_due', 'Of them: due now, of connections in order', async () => [
    { value: Number((await measure()).due) },
  ]);
  metrics.gauge('threadline_oldest_due_delivery_seconds', 'How long the oldest of those has been due', async () => [
    { value: (await measure()).oldest_due_seconds },
  ]);
}
