import { type Config, Database, LOGGER, type Logger } from '@app/platform';
import {
  type DynamicModule,
  Inject,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { TenantEvents } from './tenant-events.js';

/** For processes that hand on what happens, or remember what it may make stale. */
@Module({})
export class EventsModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(@Inject(TenantEvents) private readonly events: TenantEvents) {}

  static forRoot({ databaseUrl }: Pick<Config, 'databaseUrl'>, applicationName: string): DynamicModule {
    return {
      module: EventsModule,
      global: true,
      providers: [
        {
          provide: TenantEvents,
          inject: [Database, LOGGER],
          useFactory: (database: Database, logger: Logger) =>
            new TenantEvents(database, logger, { databaseUrl, applicationName }),
        },
      ],
      exports: [TenantEvents],
    };
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.events.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.events.stop();
  }
}
