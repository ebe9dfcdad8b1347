import { type Logger, queueTrouble } from '@app/platform';
import type { DeduplicationOptions, Queue } from 'bullmq';

/** The queue that carries wake-ups for webhooks; its jobs are `{ tenantId }`. */
export const WEBHOOKS_QUEUE = 'webhooks';

/** A sweep may come by this often without adding another job. */
const SWEEP_TTL_MS = 2_000;

/**
 * Tells the workers that a tenant's inbox has something in it. Only a hint: PostgreSQL holds the events, and the sweep makes
 * up for a lost one. One waiting job per tenant at most; one that comes while the tenant's job runs is kept until it ends. A
 * job whose worker was killed counts as running for a while; that is why sweeps don't share its id.
 */
export class WebhookWakeUps {
  constructor(
    private readonly queue: Pick<Queue, 'add' | 'on'>,
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
      .add('handle', { tenantId }, { deduplication, removeOnComplete: true, removeOnFail: true })
      // HubSpot must not wait for the queue, nor send again what is stored already.
      .catch((error: unknown) => this.logger.warn({ err: error, tenantId }, 'a wake-up could not be queued'));
  }
}
