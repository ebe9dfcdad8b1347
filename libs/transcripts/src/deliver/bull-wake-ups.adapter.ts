import { type Logger, queueTrouble } from '@app/platform';
import type { DeduplicationOptions, Queue } from 'bullmq';
import type { WakeUps } from './wake-ups.port.js';

/** The queue that carries wake-ups; its jobs are `{ tenantId }`. */
export const DELIVERIES_QUEUE = 'deliveries';

/** A sweep may come by this often without adding another job. */
const SWEEP_TTL_MS = 2_000;

/**
 * Wake-ups as BullMQ jobs, one waiting job per tenant at most. One that comes while the tenant's job is running is kept
 * until that one ends (`keepLastIfActive`), so nothing falls between its last look and its end. A job whose worker was
 * killed counts as running until BullMQ calls it stalled; that is why sweeps don't share its id.
 */
export class BullWakeUps implements WakeUps {
  constructor(
    private readonly queue: Queue,
    private readonly logger: Logger,
  ) {
    queue.on('error', queueTrouble(logger));
  }

  wake(tenantId: string): void {
    this.add(tenantId, { id: tenantId, keepLastIfActive: true });
  }

  wakeAnew(tenantId: string): void {
    this.add(tenantId, { id: `sweep-${tenantId}`, ttl: SWEEP_TTL_MS });
  }

  private add(tenantId: string, deduplication: DeduplicationOptions): void {
    this.queue
      .add('deliver', { tenantId }, { deduplication, removeOnComplete: true, removeOnFail: true })
      // The sweep finds it in seconds; a request must not fail because of the queue.
      .catch((error: unknown) => this.logger.warn({ err: error, tenantId }, 'a wake-up could not be queued'));
  }
}
