import { CRM_DESK, CRM_DIRECTORY, CRM_RECORDS, CRM_SCHEMA, CRM_TIMELINE } from '@app/crm';
import {
  CLOCK,
  Database,
  LOGGER,
  METRICS,
  newId,
  queueTrouble,
  type Clock,
  type Config,
  type Logger,
  type Metrics,
} from '@app/platform';
import { ConnectionRepository, OAuthAttemptRepository, RevocationRepository } from '@app/tenants';
import { type DynamicModule, Module } from '@nestjs/common';
import { ObservedBudget } from './budget/observed-budget.js';
import { openStore } from './budget/open-store.js';
import { RATE_BUDGET, type RateBudget, type TrafficClass } from './budget/rate-budget.js';
import { SharedBudget } from './budget/shared-budget.js';
import { ApiPaths } from './client/api-paths.js';
import { CallMetrics } from './client/call-metrics.js';
import { HubSpotClient } from './client/hubspot-client.js';
import { HubSpotTransport } from './client/hubspot-transport.js';
import { Stopping } from './client/stopping.js';
import { ConnectByToken } from './connect/connect-by-token.js';
import { ProbeToken } from './connect/probe-token.js';
import { buildDesk, buildDirectory, buildRecords, buildSchema, buildTimeline } from './build-adapters.js';
import { BeginOAuth } from './oauth/begin-oauth.js';
import { BrowserBinding } from './oauth/browser-binding.js';
import { FinishOAuth } from './oauth/finish-oauth.js';
import { RevokeDueTokens } from './oauth/revoke-due-tokens.js';
import { StartOAuth } from './oauth/start-oauth.js';
import { TokenEndpoint } from './oauth/token-endpoint.js';
import { AccessTokens } from './tokens/access-tokens.js';
import { RenewTokens } from './tokens/renew-tokens.js';

export interface HubSpotModuleOptions {
  /** Whose calls these are when the quota is short. Default `delivery`; an API process passes `agent`. */
  traffic?: TrafficClass;
}

/**
 * Binds the CRM ports to HubSpot. Needs ConnectionRepository (TenantsModule), Database, CLOCK,
 * LOGGER and METRICS from global modules.
 * Exports the ports, ConnectByToken and what OAuth's doors use.
 */
@Module({})
export class HubSpotModule {
  static forRoot(
    config: Pick<Config, 'hubspot' | 'publicUrl' | 'sessionSecret' | 'redisUrl'>,
    { traffic = 'delivery' }: HubSpotModuleOptions = {},
  ): DynamicModule {
    const { apiUrl, appUrl, apiVersion, timeoutSeconds, clientId, clientSecret } = config.hubspot;
    const { publicUrl } = config;
    const binding = new BrowserBinding(config.sessionSecret);
    const paths = new ApiPaths(apiVersion);
    const stopping = new Stopping(traffic === 'agent');
    const endpoint =
      clientId === undefined || clientSecret === undefined
        ? undefined
        : new TokenEndpoint(apiUrl, paths, { clientId, clientSecret }, stopping);
    return {
      module: HubSpotModule,
      global: true,
      providers: [
        { provide: Stopping, useValue: stopping },
        { provide: HubSpotTransport, useValue: new HubSpotTransport(apiUrl, timeoutSeconds * 1000, stopping) },
        {
          provide: RATE_BUDGET,
          inject: [CLOCK, Database, LOGGER],
          useFactory: (clock: Clock, database: Database, logger: Logger) => {
            const trouble = queueTrouble(logger, undefined, 'the rate budget can’t be reached; HubSpot is not called');
            const onTrouble = (error: unknown): void =>
              trouble(error instanceof Error ? error : new Error(String(error)));
            const store = openStore({ database, redisUrl: config.redisUrl, onTrouble });
            return new SharedBudget({ store, clock, holder: newId(), onTrouble });
          },
        },
        {
          provide: AccessTokens,
          inject: [ConnectionRepository, CLOCK, LOGGER],
          useFactory: (connections: ConnectionRepository, clock: Clock, logger: Logger) =>
            new AccessTokens(connections, new RenewTokens(connections, endpoint, clock, logger, stopping), clock),
        },
        {
          provide: HubSpotClient,
          inject: [HubSpotTransport, AccessTokens, RATE_BUDGET, ConnectionRepository, CLOCK, LOGGER, METRICS],
          useFactory: (
            transport: HubSpotTransport,
            tokens: AccessTokens,
            budget: RateBudget,
            connections: ConnectionRepository,
            clock: Clock,
            logger: Logger,
            metrics: Metrics,
          ) => {
            const observed = new ObservedBudget(budget, metrics, clock);
            const calls = new CallMetrics(metrics);
            return new HubSpotClient(transport, tokens, observed, connections, clock, logger, calls, stopping);
          },
        },
        {
          provide: CRM_DIRECTORY,
          inject: [HubSpotClient],
          useFactory: (client: HubSpotClient) => buildDirectory({ client, paths, traffic }),
        },
        {
          provide: CRM_TIMELINE,
          inject: [HubSpotClient, ConnectionRepository, CLOCK],
          useFactory: (client: HubSpotClient, connections: ConnectionRepository, clock: Clock) =>
            buildTimeline({ client, paths, traffic, connections, appUrl, clock }),
        },
        {
          provide: CRM_DESK,
          inject: [HubSpotClient, ConnectionRepository, CLOCK],
          useFactory: (client: HubSpotClient, connections: ConnectionRepository, clock: Clock) =>
            buildDesk({ client, paths, connections, appUrl, clock }),
        },
        {
          provide: CRM_SCHEMA,
          inject: [HubSpotClient, ConnectionRepository],
          useFactory: (client: HubSpotClient, connections: ConnectionRepository) =>
            buildSchema({ client, paths, connections }),
        },
        {
          provide: CRM_RECORDS,
          inject: [HubSpotClient],
          useFactory: (client: HubSpotClient) => buildRecords({ client, paths }),
        },
        {
          provide: ConnectByToken,
          inject: [HubSpotTransport, RATE_BUDGET, ConnectionRepository, CLOCK],
          useFactory: (
            transport: HubSpotTransport,
            budget: RateBudget,
            connections: ConnectionRepository,
            clock: Clock,
          ) => new ConnectByToken(new ProbeToken(transport, budget, paths, clock), connections),
        },
        {
          provide: RevokeDueTokens,
          inject: [RevocationRepository, HubSpotTransport, CLOCK, LOGGER],
          useFactory: (revocations: RevocationRepository, transport: HubSpotTransport, clock: Clock, logger: Logger) =>
            new RevokeDueTokens(revocations, endpoint, transport, paths, clock, logger),
        },
        {
          provide: BeginOAuth,
          inject: [OAuthAttemptRepository],
          useFactory: (attempts: OAuthAttemptRepository) => new BeginOAuth(attempts, publicUrl, endpoint !== undefined),
        },
        {
          provide: StartOAuth,
          inject: [OAuthAttemptRepository, ConnectionRepository],
          useFactory: (attempts: OAuthAttemptRepository, connections: ConnectionRepository) =>
            new StartOAuth(attempts, connections, binding, { publicUrl, appUrl }, clientId),
        },
        {
          provide: FinishOAuth,
          inject: [OAuthAttemptRepository, ConnectionRepository, RevocationRepository, HubSpotTransport, CLOCK],
          useFactory: (
            attempts: OAuthAttemptRepository,
            connections: ConnectionRepository,
            revocations: RevocationRepository,
            transport: HubSpotTransport,
            clock: Clock,
          ) =>
            new FinishOAuth(attempts, connections, revocations, binding, endpoint, transport, paths, publicUrl, clock),
        },
      ],
      exports: [
        BeginOAuth,
        StartOAuth,
        FinishOAuth,
        RevokeDueTokens,
        CRM_DESK,
        CRM_DIRECTORY,
        CRM_RECORDS,
        CRM_SCHEMA,
        CRM_TIMELINE,
        ConnectByToken,
        // For what speaks to HubSpot outside this module.
        Stopping,
      ],
    };
  }
}
