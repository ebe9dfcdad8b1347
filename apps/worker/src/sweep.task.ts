import { LOGGER, type Logger } from '@app/platform';
import { SweepDue } from '@app/transcripts';
import { Inject, Injectable } from '@nestjs/common';
import { PeriodicTask } from './periodic.task.js';

/** What a lost wake-up costs at most. */
const EVERY_MS = 2_000;

@Injectable()
export class SweepTask extends PeriodicTask {
  constructor(
    @Inject(SweepDue) private readonly sweepDue: SweepDue,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(EVERY_MS, logger);
  }

  protected override work(): Promise<unknown> {
    return this.sweepDue.execute();
  }
}
