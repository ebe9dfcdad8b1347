import { HubSpotModule, HubSpotWebhooksModule } from '@app/hubspot';
import {
  CLOCK,
  type Clock,
  type Config,
  Database,
  type Logger,
  type Metrics,
  PlatformModule,
  queueConnection,
} from '@app/platform';
import { BindingsModule, FollowContactsInRuns, PackModule, RemoveOldRuns, SchemaModule } from '@app/skills';
import { TenantsModule } from '@app/tenants';
import { TranscriptsModule } from '@app/transcripts';
import { BullModule } from '@nestjs/bullmq';
import { type DynamicModule, Module } from '@nestjs/common';
import { DeliveriesProcessor } from './deliveries.processor.js';
import { JournalTask } from './journal.task.js';
import { PacksTask } from './packs.task.js';
import { RetentionTask } from './retention.task.js';
import { RevocationsTask } from './revocations.task.js';
import { SweepTask } from './sweep.task.js';
import { WebhooksProcessor } from './webhooks.processor.js';

/** What happens to contacts in HubSpot matters to transcripts, and to what is kept of skills' runs. */
const alsoFollowing = (of: Database): FollowContactsInRuns[] => [new FollowContactsInRuns(of)];

/** Takes wake-ups and delivers: composes, decides nothing. */
@Module({})
export class WorkerModule {
  static with(config: Config, database: Database, logger: Logger, metrics: Metrics): DynamicModule {
    const transcripts = TranscriptsModule.forWorker({ ...config, alsoFollowing });
    return {
      module: WorkerModule,
      imports: [
        PlatformModule.with(database, logger, metrics),
        BullModule.forRoot(
          queueConnection({ databaseUrl: config.databaseUrl, redisUrl: config.redisUrl, role: 'worker', logger }),
        ),
        TenantsModule.forRoot(config),
        HubSpotModule.forRoot(config, { traffic: 'delivery' }),
        transcripts,
        SchemaModule,
        // Whoever discovers marks the bindings that a change concerns.
        BindingsModule,
        PackModule,
        HubSpotWebhooksModule.forWorker(config, { imports: [transcripts] }),
      ],
      providers: [
        DeliveriesProcessor,
        WebhooksProcessor,
        SweepTask,
        RevocationsTask,
        RetentionTask,
        PacksTask,
        {
          provide: RemoveOldRuns,
          inject: [Database, CLOCK],
          useFactory: (of: Database, clock: Clock) => new RemoveOldRuns(of, clock, config.retentionDays),
        },
        ...(config.hubspot.journal ? [JournalTask] : []),
      ],
    };
  }
}
