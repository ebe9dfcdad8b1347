import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@app/platform';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';

/** Work that is looked for every few seconds, in every worker: finding none is one cheap query, and needs no election. */
export abstract class PeriodicTask implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  protected constructor(
    private readonly everyMs: number,
    private readonly logger: Logger,
  ) {}

  protected abstract work(): Promise<unknown>;

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      await this.work().catch((error: unknown) => this.logger.warn({ err: error }, 'a sweep failed'));
      await sleep(this.everyMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }
}
