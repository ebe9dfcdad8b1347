import { setTimeout as sleep } from 'node:timers/promises';
import { SweepWebhooks } from '@app/hubspot';
import { LOGGER, type Logger } from '@app/platform';
import { SweepDue } from '@app/transcripts';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';

/** What a lost wake-up costs at most. */
const EVERY_MS = 2_000;

/** Sweeps for due deliveries and webhooks every few seconds, in every worker: two cheap queries that need no election. */
@Injectable()
export class SweepTask implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    @Inject(SweepDue) private readonly sweepDue: SweepDue,
    @Inject(SweepWebhooks) private readonly sweepWebhooks: SweepWebhooks,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      for (const sweep of [this.sweepDue, this.sweepWebhooks]) {
        await sweep.execute().catch((error: unknown) => this.logger.warn({ err: error }, 'a sweep failed'));
      }
      await sleep(EVERY_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }
}
