import { CRM_DESK, CRM_DIRECTORY, CRM_TIMELINE } from '@app/crm';
import { CLOCK, LOGGER, type Clock, type Config, type Logger } from '@app/platform';
import { ConnectionRepository, OAuthAttemptRepository, RevocationRepository } from '@app/tenants';
import { type DynamicModule, Module } from '@nestjs/common';
import { InProcessBudget } from './budget/in-process-budget.js';
import { RATE_BUDGET, type RateBudget, type TrafficClass } from './budget/rate-budget.js';
import { ApiPaths } from './client/api-paths.js';
import { HubSpotClient } from './client/hubspot-client.js';
import { HubSpotTransport } from './client/hubspot-transport.js';
import { ConnectByToken } from './connect/connect-by-token.js';
import { ProbeToken } from './connect/probe-token.js';
import { buildDesk, buildDirectory, buildTimeline } from './build-adapters.js';
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
 * Binds the CRM ports to HubSpot. Needs ConnectionRepository (TenantsModule), CLOCK and LOGGER from global modules.
 * Exports CRM_DIRECTORY, CRM_TIMELINE and ConnectByToken.
 */
@Module({})
export class HubSpotModule {
  static forRoot(
    config: Pick<Config, 'hubspot' | 'publicUrl' | 'sessionSecret'>,
    { traffic = 'delivery' }: HubSpotModuleOptions = {},
  ): DynamicModule {
    const { apiUrl, appUrl, apiVersion, clientId, clientSecret } = config.hubspot;
    const { publicUrl } = config;
    const binding = new BrowserBinding(config.sessionSecret);
    const paths = new ApiPaths(apiVersion);
    const endpoint =
      clientId === undefined || clientSecret === undefined
        ? undefined
        : new TokenEndpoint(apiUrl, paths, { clientId, clientSecret });
    return {
      module: HubSpotModule,
      global: true,
      providers: [
        { provide: HubSpotTransport, useValue: new HubSpotTransport(apiUrl) },
        { provide: RATE_BUDGET, inject: [CLOCK], useFactory: (clock: Clock) => new InProcessBudget(clock) },
        {
          provide: AccessTokens,
          inject: [ConnectionRepository, CLOCK, LOGGER],
          useFactory: (connections: ConnectionRepository, clock: Clock, logger: Logger) =>
            new AccessTokens(connections, new RenewTokens(connections, endpoint, clock, logger), clock),
        },
        {
          provide: HubSpotClient,
          inject: [HubSpotTransport, AccessTokens, RATE_BUDGET, ConnectionRepository, CLOCK, LOGGER],
          useFactory: (
            transport: HubSpotTransport,
            tokens: AccessTokens,
            budget: RateBudget,
            connections: ConnectionRepository,
            clock: Clock,
            logger: Logger,
          ) => new HubSpotClient(transport, tokens, budget, connections, clock, logger),
        },
        {
          provide: CRM_DIRECTORY,
          inject: [HubSpotClient],
          useFactory: (client: HubSpotClient) => buildDirectory({ client, paths, traffic }),
        },
        {
          provide: CRM_TIMELINE,
          inject: [HubSpotClient, ConnectionRepository],
          useFactory: (client: HubSpotClient, connections: ConnectionRepository) =>
            buildTimeline({ client, paths, traffic, connections, appUrl }),
        },
        {
          provide: CRM_DESK,
          inject: [HubSpotClient, ConnectionRepository, CLOCK],
          useFactory: (client: HubSpotClient, connections: ConnectionRepository, clock: Clock) =>
            buildDesk({ client, paths, connections, appUrl, clock }),
        },
        {
          provide: ConnectByToken,
          inject: [HubSpotTransport, ConnectionRepository, CLOCK],
          useFactory: (transport: HubSpotTransport, connections: ConnectionRepository, clock: Clock) =>
            new ConnectByToken(new ProbeToken(transport, paths, clock), connections),
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
          inject: [OAuthAttemptRepository, ConnectionRepository, HubSpotTransport, CLOCK],
          useFactory: (
            attempts: OAuthAttemptRepository,
            connections: ConnectionRepository,
            transport: HubSpotTransport,
            clock: Clock,
          ) => new FinishOAuth(attempts, connections, binding, endpoint, transport, paths, publicUrl, clock),
        },
      ],
      exports: [
        BeginOAuth,
        StartOAuth,
        FinishOAuth,
        RevokeDueTokens,
        CRM_DESK,
        CRM_DIRECTORY,
        CRM_TIMELINE,
        ConnectByToken,
      ],
    };
  }
}
