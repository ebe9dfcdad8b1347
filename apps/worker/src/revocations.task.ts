import { RevokeDueTokens } from '@app/hubspot';
import { LOGGER, type Logger } from '@app/platform';
import { Inject, Injectable } from '@nestjs/common';
import { PeriodicTask } from './periodic.task.js';

/** How soon HubSpot hears of a connection that ended here. */
const EVERY_MS = 2_000;

/** Beside the sweep for deliveries, so that a HubSpot that doesn't answer here holds up nothing there. */
@Injectable()
export class RevocationsTask extends PeriodicTask {
  constructor(
    @Inject(RevokeDueTokens) private readonly revokeDueTokens: RevokeDueTokens,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(EVERY_MS, logger);
  }

  protected override work(): Promise<unknown> {
    return this.revokeDueTokens.execute();
  }
}
