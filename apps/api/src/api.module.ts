import { HubSpotModule, HubSpotWebhooksModule } from '@app/hubspot';
import { type Config, type Database, type Logger, PlatformModule, queueConnection } from '@app/platform';
import { TenantsModule } from '@app/tenants';
import { TranscriptsModule } from '@app/transcripts';
import { BullModule } from '@nestjs/bullmq';
import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access/access.guard.js';
import { ConversationsController } from './conversations/conversations.controller.js';
import { HealthController } from './health/health.controller.js';
import { ConnectionController } from './hubspot/connection.controller.js';
import { DeliveriesController } from './hubspot/deliveries.controller.js';
import { WebhooksController } from './hubspot/webhooks.controller.js';
import { WritebackController } from './hubspot/writeback.controller.js';

/** The HTTP edge: composes, decides nothing. */
@Module({})
export class ApiModule {
  static with(config: Config, database: Database, logger: Logger): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        PlatformModule.with(database, logger),
        BullModule.forRoot(
          queueConnection({ databaseUrl: config.databaseUrl, redisUrl: config.redisUrl, role: 'producer', logger }),
        ),
        TenantsModule.forRoot(config),
        HubSpotModule.forRoot(config, { traffic: 'agent' }),
        HubSpotWebhooksModule.forApi(config),
        TranscriptsModule.forApi(),
      ],
      controllers: [
        ConversationsController,
        ConnectionController,
        WritebackController,
        DeliveriesController,
        WebhooksController,
        HealthController,
      ],
      providers: [{ provide: APP_GUARD, useClass: AccessGuard }],
    };
  }
}
