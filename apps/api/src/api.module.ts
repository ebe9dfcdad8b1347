import { HubSpotModule, HubSpotWebhooksModule } from '@app/hubspot';
import {
  type Config,
  type Database,
  type Logger,
  METRICS_PAGE,
  PlatformModule,
  PrometheusMetrics,
  queueConnection,
} from '@app/platform';
import { BindingsModule, DraftingModule, PackModule, RunModule, SchemaModule } from '@app/skills';
import { EventsModule, TenantsModule } from '@app/tenants';
import { ContactsInMaking, scrubText, TranscriptsModule } from '@app/transcripts';
import { BullModule } from '@nestjs/bullmq';
import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { AccessGuard } from './access/access.guard.js';
import { AdmitBeforeBody } from './access/admit-before-body.js';
import { AdmitCaller } from './access/admit-caller.js';
import { ActingInterceptor } from './access/acting.interceptor.js';
import { API_ADDRESS } from './access/api-address.js';
import { tenantSuspended } from './access/caller.js';
import { IdentifyCaller } from './access/identify-caller.js';
import { RATE_LIMIT_OPTIONS, RateLimits } from './access/rate-limits.js';
import { SessionCookie } from './access/session-cookie.js';
import { AgentsController } from './agents/agents.controller.js';
import { BindingChecksController } from './agents/binding-checks.controller.js';
import { BindingDraftsController } from './agents/binding-drafts.controller.js';
import { BindingsController } from './agents/bindings.controller.js';
import { PackController } from './agents/pack.controller.js';
import { RunsController } from './agents/runs.controller.js';
import { SkillTrialsController } from './agents/skill-trials.controller.js';
import { SkillsController } from './agents/skills.controller.js';
import { DeskController } from './conversations/desk.controller.js';
import { VerificationController } from './conversations/verification.controller.js';
import { ConversationsController } from './conversations/conversations.controller.js';
import { DemoController } from './demo/demo.controller.js';
import { DemoLinks } from './demo/demo-link.js';
import { HealthController } from './health/health.controller.js';
import { MetricsController } from './health/metrics.controller.js';
import { ConnectionController } from './hubspot/connection.controller.js';
import { ContactsController } from './hubspot/contacts.controller.js';
import { SchemaController } from './hubspot/schema.controller.js';
import { OptionsController } from './hubspot/options.controller.js';
import { EventsController } from './events/events.controller.js';
import { EventStreams } from './events/event-streams.js';
import { DeliveriesController } from './hubspot/deliveries.controller.js';
import { WebhooksController } from './hubspot/webhooks.controller.js';
import { OAuthController } from './hubspot/oauth.controller.js';
import { ConnectPageController } from './hubspot/connect-page.controller.js';
import { FIND_SIGNED_IN_USER, type FindSignedInUser } from './hubspot/signed-in-user.js';
import { WritebackController } from './hubspot/writeback.controller.js';
import { McpController } from './mcp/mcp.controller.js';
import { OpenQuestions } from './mcp/open-questions.js';
import { RunTool } from './mcp/run-tool.js';
import { ServeAgent } from './mcp/serve-agent.js';
import { ApiKeysController } from './people/api-keys.controller.js';
import { AuditController } from './people/audit.controller.js';
import { AuthController } from './people/auth.controller.js';
import { UsersController } from './people/users.controller.js';

/** An agent's call waits three seconds for its place in the quota, and may have to renew its token. */
const BUDGET_SECONDS = 5;

/** The HTTP edge: composes, decides nothing. */
@Module({})
export class ApiModule {
  static with(
    config: Config,
    database: Database,
    logger: Logger,
    metrics: PrometheusMetrics = new PrometheusMetrics(),
  ): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        PlatformModule.with(database, logger, metrics),
        BullModule.forRoot(
          queueConnection({ databaseUrl: config.databaseUrl, redisUrl: config.redisUrl, role: 'producer', logger }),
        ),
        TenantsModule.forRoot(config),
        HubSpotModule.forRoot(config, { traffic: 'agent' }),
        HubSpotWebhooksModule.forApi(config),
        EventsModule.forRoot(config, 'threadline-api-events'),
        TranscriptsModule.forApi(),
        SchemaModule,
        BindingsModule,
        DraftingModule.forRoot(config),
        PackModule,
        RunModule.with({
          settleSeconds: config.unknownOutcomeSettleSeconds,
          scrub: scrubText,
          callSeconds: config.hubspot.timeoutSeconds + BUDGET_SECONDS,
          contactsInMaking: (of: Database) =>
            new ContactsInMaking(of, {
              settle: config.unknownOutcomeSettleSeconds,
              call: config.hubspot.timeoutSeconds + BUDGET_SECONDS,
            }),
        }),
      ],
      controllers: [
        DeskController,
        ConversationsController,
        VerificationController,
        ConnectionController,
        OAuthController,
        ConnectPageController,
        WritebackController,
        OptionsController,
        ContactsController,
        SchemaController,
        EventsController,
        DeliveriesController,
        AuthController,
        ApiKeysController,
        UsersController,
        AuditController,
        AgentsController,
        BindingsController,
        BindingDraftsController,
        BindingChecksController,
        PackController,
        SkillsController,
        McpController,
        SkillTrialsController,
        RunsController,
        WebhooksController,
        HealthController,
        ...(config.metricsAddress.apiPort === undefined ? [MetricsController] : []),
        ...(config.demo ? [DemoController] : []),
      ],
      providers: [
        { provide: METRICS_PAGE, useValue: metrics },
        { provide: API_ADDRESS, useValue: { publicUrl: config.publicUrl } },
        { provide: SessionCookie, useValue: new SessionCookie(config.publicUrl) },
        ...(config.demo ? [{ provide: DemoLinks, useValue: new DemoLinks(config.sessionSecret) }] : []),
        { provide: RATE_LIMIT_OPTIONS, useValue: config.rateLimits },
        RateLimits,
        EventStreams,
        RunTool,
        ServeAgent,
        {
          provide: OpenQuestions,
          useFactory: () =>
            new OpenQuestions(database, logger, {
              databaseUrl: config.databaseUrl,
              applicationName: 'threadline-api-mcp',
              withinMs: config.mcpQuestionSeconds * 1_000,
            }),
        },
        IdentifyCaller,
        AdmitCaller,
        AdmitBeforeBody,
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_INTERCEPTOR, useClass: ActingInterceptor },
        {
          provide: FIND_SIGNED_IN_USER,
          inject: [IdentifyCaller],
          useFactory:
            (identify: IdentifyCaller): FindSignedInUser =>
            async (request) => {
              const user = await identify.bySession(request);
              if (user?.isSuspended === true) throw tenantSuspended();
              return user;
            },
        },
      ],
    };
  }
}
