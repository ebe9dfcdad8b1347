import { HubSpotModule } from '@app/hubspot';
import { type Config, type Database, type Logger, PlatformModule, queueConnection } from '@app/platform';
import { TenantsModule } from '@app/tenants';
import { TranscriptsModule } from '@app/transcripts';
import { BullModule } from '@nestjs/bullmq';
import { type DynamicModule, Module } from '@nestjs/common';
import { DeliveriesProcessor } from './deliveries.processor.js';
import { RevocationsTask } from './revocations.task.js';
import { SweepTask } from './sweep.task.js';

/** Takes wake-ups and delivers: composes, decides nothing. */
@Module({})
export class WorkerModule {
  static with(config: Config, database: Database, logger: Logger): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        PlatformModule.with(database, logger),
        BullModule.forRoot(
          queueConnection({ databaseUrl: config.databaseUrl, redisUrl: config.redisUrl, role: 'worker' }),
        ),
        TenantsModule.forRoot(config),
        HubSpotModule.forRoot(config, { traffic: 'delivery' }),
        TranscriptsModule.forWorker(config),
      ],
      providers: [DeliveriesProcessor, SweepTask, RevocationsTask],
    };
  }
}
