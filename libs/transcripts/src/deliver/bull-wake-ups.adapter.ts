import type { Logger } from '@app/platform';
import type { Queue } from 'bullmq';
import type { WakeUps } from './wake-ups.port.js';

/** The queue that carries wake-ups; its jobs are `{ tenantId }`. */
export const DELIVERIES_QUEUE = 'deliveries';

/**
 * Wake-ups as BullMQ jobs, one waiting job per tenant at most. One that comes while the tenant's job is running is kept
 * until that one ends (`keepLastIfActive`), so nothing falls between its last look and its end.
 */
export class BullWakeUps implements WakeUps {
  constructor(
    private readonly queue: Queue,
    private readonly logger: Logger,
  ) {}

  wake(tenantId: string): void {
    this.queue
      .add(
        'deliver',
        { tenantId },
        { deduplication: { id: tenantId, keepLastIfActive: true }, removeOnComplete: true, removeOnFail: true },
      )
      // The sweep finds it in seconds; a request must not fail because of the queue.
      .catch((error: unknown) => this.logger.warn({ err: error, tenantId }, 'a wake-up could not be queued'));
  }
}
