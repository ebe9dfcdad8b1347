import { DELIVERIES_QUEUE, DeliverPending, type DeliverPendingCommand, WAKE_UPS, type WakeUps } from '@app/transcripts';
import { Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject } from '@nestjs/common';
import type { Job } from 'bullmq';

/** How many portals one worker process serves at once. */
const CONCURRENT_PORTALS = 8;

/** A killed worker's job is taken up again after this long; running it twice does no harm, since the portal is locked. */
const LOCK_MS = 10_000;

@Processor(DELIVERIES_QUEUE, { concurrency: CONCURRENT_PORTALS, lockDuration: LOCK_MS, stalledInterval: LOCK_MS / 2 })
export class DeliveriesProcessor extends WorkerHost {
  constructor(
    @Inject(DeliverPending) private readonly deliverPending: DeliverPending,
    @Inject(WAKE_UPS) private readonly wakeUps: WakeUps,
  ) {
    super();
  }

  override async process({ data }: Job<DeliverPendingCommand>): Promise<void> {
    const { more } = await this.deliverPending.execute(data);
    if (more) this.wakeUps.wake(data.tenantId);
  }
}
