import { PollJournal } from '@app/hubspot';
import { LOGGER, type Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { PeriodicTask } from './periodic.task.js';

/** How often this process asks whether the journal is due; how often it is read, all processes decide together. */
const EVERY_MS = 2_000;

/** Where HUBSPOT_JOURNAL is on. */
@Injectable()
export class JournalTask extends PeriodicTask {
  constructor(
    @Inject(PollJournal) private readonly pollJournal: PollJournal,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(EVERY_MS, logger);
  }

  protected override work(): Promise<unknown> {
    return this.pollJournal.execute();
  }
}
