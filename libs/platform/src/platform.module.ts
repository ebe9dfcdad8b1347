import { type DynamicModule, Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { CLOCK, systemClock } from './clock/clock.js';
import { Database } from './database/database.js';
import { type Logger, LOGGER } from './logging/logger.js';
import { METRICS, type Metrics, NO_METRICS } from './metrics/metrics.port.js';

/** The floor every module of a process stands on. Closes the database when the process ends, after everything else. */
@Global()
@Module({})
export class PlatformModule implements OnApplicationShutdown {
  constructor(@Inject(Database) private readonly database: Database) {}

  static with(database: Database, logger: Logger, metrics: Metrics = NO_METRICS): DynamicModule {
    const providers = [
      { provide: Database, useValue: database },
      { provide: LOGGER, useValue: logger },
      { provide: CLOCK, useValue: systemClock },
      { provide: METRICS, useValue: metrics },
    ];
    return { module: PlatformModule, providers, exports: providers.map(({ provide }) => provide) };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}
