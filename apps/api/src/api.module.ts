import { HubSpotModule } from '@app/hubspot';
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
import { OAuthController } from './hubspot/oauth.controller.js';
import { SettingsPageController } from './hubspot/settings-page.controller.js';
import { FIND_SIGNED_IN_USER, type FindSignedInUser } from './hubspot/signed-in-user.js';
import { WritebackController } from './hubspot/writeback.controller.js';

/** Without sign-in there is nobody to connect by OAuth: start and settings lead to the sign-in page, the callback refuses. */
const findNobody: FindSignedInUser = () => Promise.resolve(undefined);

/** The HTTP edge: composes, decides nothing. */
@Module({})
export class ApiModule {
  static with(config: Config, database: Database, logger: Logger): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        PlatformModule.with(database, logger),
        BullModule.forRoot(
          queueConnection({ databaseUrl: config.databaseUrl, redisUrl: config.redisUrl, role: 'producer' }),
        ),
        TenantsModule.forRoot(config),
        HubSpotModule.forRoot(config, { traffic: 'agent' }),
        TranscriptsModule.forApi(),
      ],
      controllers: [
        ConversationsController,
        ConnectionController,
        OAuthController,
        SettingsPageController,
        WritebackController,
        DeliveriesController,
        HealthController,
      ],
      providers: [
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: FIND_SIGNED_IN_USER, useValue: findNobody },
      ],
    };
  }
}
