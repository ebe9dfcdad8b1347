import { SweepWebhooks } from '@app/hubspot';
import { LOGGER, type Logger } from '@app/platform';
import { SweepDue } from '@app/transcripts';
import { Inject, Injectable } from '@nestjs/common';
import { PeriodicTask } from './periodic.task.js';

/** What a lost wake-up costs at most. */
const EVERY_MS = 2_000;

/** Sweeps for due deliveries and webhooks every few seconds, in every worker: two cheap queries that need no election. */
@Injectable()
export class SweepTask extends PeriodicTask {
  constructor(
    @Inject(SweepDue) private readonly sweepDue: SweepDue,
    @Inject(SweepWebhooks) private readonly sweepWebhooks: SweepWebhooks,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(EVERY_MS, logger);
  }

  protected override async work(): Promise<void> {
    await this.sweepDue.execute();
    await this.sweepWebhooks.execute();
  }
}
