import { setTimeout as delay } from 'node:timers/promises';
import { type Logger, queueTrouble } from '@app/platform';
import type { DeduplicationOptions, Queue } from 'bullmq';
import type { WakeUps } from './wake-ups.port.js';

/** The queue that carries wake-ups; its jobs are `{ tenantId }`. */
export const DELIVERIES_QUEUE = 'deliveries';

/** A sweep may come by this often without adding another job. */
const SWEEP_TTL_MS = 2_000;

/**
 * After a tenant was woken its next wake-up waits this long, and is one for all that were asked for meanwhile: under load
 * each one more was 8 % of what PostgreSQL did for a request. Its drain looks again before it ends, so hardly any of them
 * is waited for.
 */
const GATHER_MS = 50;

/**
 * Wake-ups as BullMQ jobs, one waiting job per tenant at most. One that comes while the tenant's job is running is kept
 * until that one ends (`keepLastIfActive`), so nothing falls between its last look and its end. A job whose worker was
 * killed counts as running until BullMQ calls it stalled; that is why sweeps don't share its id.
 */
export class BullWakeUps implements WakeUps {
  /** Tenants that were woken just now, and whether another wake-up was asked for since. */
  private readonly queueing = new Map<string, boolean>();

  constructor(
    private readonly queue: Queue,
    private readonly logger: Logger,
    // A process that ends doesn't wait for it: the sweep wakes who is not woken.
    private readonly pause: () => Promise<unknown> = () => delay(GATHER_MS, undefined, { ref: false }),
  ) {
    queue.on('error', queueTrouble(logger));
  }

  /**
   * The first goes at once. Until a little after it was queued the next ones are one: it is queued after the last of them
   * was asked for, and finds what was committed by then.
   */
  wake(tenantId: string): void {
    const isQueueing = this.queueing.has(tenantId);
    this.queueing.set(tenantId, isQueueing);
    if (isQueueing) return;
    void this.queueAll(tenantId);
  }

  wakeAnew(tenantId: string): void {
    void this.add(tenantId, { id: `sweep-${tenantId}`, ttl: SWEEP_TTL_MS });
  }

  private async queueAll(tenantId: string): Promise<void> {
    do {
      this.queueing.set(tenantId, false);
      await this.add(tenantId, { id: tenantId, keepLastIfActive: true });
      await this.pause();
    } while (this.queueing.get(tenantId) === true);
    this.queueing.delete(tenantId);
  }

  private async add(tenantId: string, deduplication: DeduplicationOptions): Promise<void> {
    try {
      await this.queue.add('deliver', { tenantId }, { deduplication, removeOnComplete: true, removeOnFail: true });
    } catch (error) {
      // The sweep finds it in seconds; a request must not fail because of the queue.
      this.logger.warn({ err: error, tenantId }, 'a wake-up could not be queued');
    }
  }
}
