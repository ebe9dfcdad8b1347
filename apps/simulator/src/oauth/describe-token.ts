import { createHash } from 'node:crypto';
import type { SimulatorState } from '../serve/simulator-state.js';

interface TokenFacts {
  readonly hub_id: number;
  readonly user_id: number;
  readonly user: string;
  readonly hub_domain: string;
  readonly app_id: number;
  readonly client_id: string;
  readonly scopes: readonly string[];
}

function factsOf(
  state: SimulatorState,
  token: { readonly appId: number; readonly hubId: number; readonly scopes: readonly string[] },
): TokenFacts | undefined {
  const portal = state.portals.find(token.hubId);
  const installation = state.oauth.installation(token.appId, token.hubId);
  if (!portal) return undefined;
  return {
    hub_id: token.hubId,
    user_id: installation?.userId ?? 0,
    user: installation?.user ?? '',
    hub_domain: portal.settings.hubDomain,
    app_id: token.appId,
    client_id: state.oauth.appById(token.appId)?.clientId ?? '',
    scopes: token.scopes,
  };
}

/** The introspection body of a live access token (FACTS §1.3); undefined for any other token. */
export function describeAccessToken(state: SimulatorState, token: string): Record<string, unknown> | undefined {
  const access = state.oauth.accessToken(token);
  const now = state.clock.now();
  if (!access || access.expiresAt <= now) return undefined;
  const facts = factsOf(state, access);
  if (!facts) return undefined;
  const signature = createHash('sha256').update(token).digest('base64');
  return {
    token,
    ...facts,
    signed_access_token: {
      expiresAt: access.expiresAt,
      scopes: access.scopes.join(' '),
      hubId: facts.hub_id,
      userId: facts.user_id,
      appId: facts.app_id,
      signature,
      scopeToScopeGroupPks: '',
      newSignature: signature,
      hublet: state.portals.find(access.hubId)?.settings.dataHostingLocation ?? 'na1',
      trialScopes: '',
      trialScopeToScopeGroupPks: '',
      isUserLevel: false,
      isPrivateDistribution: false,
      isServiceAccount: false,
      installingUserId: facts.user_id,
      appInstallId: `${facts.app_id}-${facts.hub_id}`,
      audience: '',
    },
    expires_in: Math.floor((access.expiresAt - now) / 1000),
    is_private_distribution: false,
    token_type: 'Bearer',
  };
}

export function describeRefreshToken(state: SimulatorState, token: string): Record<string, unknown> | undefined {
  const refresh = state.oauth.refreshToken(token);
  const facts = refresh ? factsOf(state, refresh) : undefined;
  return facts ? { token, ...facts, token_type: 'Bearer' } : undefined;
}

/** `{"active":false}` for everything that isn't a live token. */
export function introspect(state: SimulatorState, token: string): Record<string, unknown> {
  const access = describeAccessToken(state, token);
  if (access) return { active: true, ...access, token_use: 'access_token' };
  const refresh = describeRefreshToken(state, token);
  return refresh ? { active: true, ...refresh, token_use: 'refresh_token' } : { active: false };
}
