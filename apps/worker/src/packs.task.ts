import { LOGGER, type Logger } from '@app/platform';
import { InstallDuePacks } from '@app/skills';
import { Inject, Injectable } from '@nestjs/common';
import { PeriodicTask } from './periodic.task.js';

/** How long an AI agent is without its skills, beside what discovering takes. */
const EVERY_MS = 2_000;

/** A task of its own: discovering a portal takes seconds, and holds up nothing else. */
@Injectable()
export class PacksTask extends PeriodicTask {
  constructor(
    @Inject(InstallDuePacks) private readonly installDuePacks: InstallDuePacks,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(EVERY_MS, logger);
  }

  protected override work(): Promise<unknown> {
    return this.installDuePacks.execute();
  }
}
