import { DELIVERIES_QUEUE, DeliverPending, type DeliverPendingCommand, WAKE_UPS, type WakeUps } from '@app/transcripts';
import { LOGGER, type Logger, queueTrouble } from '@app/platform';
import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, type OnModuleDestroy } from '@nestjs/common';
import type { Job } from 'bullmq';

/** How many portals one worker process serves at once. */
const CONCURRENT_PORTALS = 8;

/** A killed worker's job is taken up again after this long; running it twice does no harm, since the portal is locked. */
const LOCK_MS = 10_000;

@Processor(DELIVERIES_QUEUE, { concurrency: CONCURRENT_PORTALS, lockDuration: LOCK_MS, stalledInterval: LOCK_MS / 2 })
export class DeliveriesProcessor extends WorkerHost implements OnModuleDestroy {
  private readonly stopping = new AbortController();
  private readonly onTrouble: (error: Error) => void;

  constructor(
    @Inject(DeliverPending) private readonly deliverPending: DeliverPending,
    @Inject(WAKE_UPS) private readonly wakeUps: WakeUps,
    @Inject(LOGGER) logger: Logger,
  ) {
    super();
    this.onTrouble = queueTrouble(logger);
  }

  override async process({ data }: Job<DeliverPendingCommand>): Promise<void> {
    const { more } = await this.deliverPending.execute(data, this.stopping.signal);
    if (more) this.wakeUps.wake(data.tenantId);
  }

  @OnWorkerEvent('error')
  onError(error: Error): void {
    this.onTrouble(error);
  }

  /** Comes before BullMQ waits for running jobs: they end after the batch they are at. */
  onModuleDestroy(): void {
    this.stopping.abort();
  }
}
