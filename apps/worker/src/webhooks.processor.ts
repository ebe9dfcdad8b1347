import { HandleWebhooks, type HandleWebhooksCommand, WebhookWakeUps, WEBHOOKS_QUEUE } from '@app/hubspot';
import { LOGGER, type Logger, queueTrouble } from '@app/platform';
import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject } from '@nestjs/common';
import type { Job } from 'bullmq';

/** Tenants whose inbox one worker process works off at once; a few statements each. */
const CONCURRENT_TENANTS = 4;

/** A killed worker's job is taken up again after this long; handling events twice does no harm. */
const LOCK_MS = 10_000;

@Processor(WEBHOOKS_QUEUE, { concurrency: CONCURRENT_TENANTS, lockDuration: LOCK_MS, stalledInterval: LOCK_MS / 2 })
export class WebhooksProcessor extends WorkerHost {
  private readonly onTrouble: (error: Error) => void;

  constructor(
    @Inject(HandleWebhooks) private readonly handleWebhooks: HandleWebhooks,
    @Inject(WebhookWakeUps) private readonly wakeUps: WebhookWakeUps,
    @Inject(LOGGER) logger: Logger,
  ) {
    super();
    this.onTrouble = queueTrouble(logger);
  }

  override async process({ data }: Job<HandleWebhooksCommand>): Promise<void> {
    const { more } = await this.handleWebhooks.execute(data);
    if (more) this.wakeUps.wake(data.tenantId);
  }

  @OnWorkerEvent('error')
  onError(error: Error): void {
    this.onTrouble(error);
  }
}
