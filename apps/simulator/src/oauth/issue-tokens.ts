import { createHash } from 'node:crypto';
import type { Portal } from '../portal/portal.js';
import { Refusal } from '../refuse/refusal.js';
import type { SimulatorState } from '../serve/simulator-state.js';
import type { RefreshToken, RegisteredApp } from './oauth-types.js';
import {
  badAuthCode,
  badClientId,
  badClientSecret,
  badCodeVerifier,
  badGrantType,
  badHub,
  badRedirectUri,
  badRefreshToken,
} from './token-refusals.js';

/** A form of the token endpoint; every field may be missing. */
export type TokenForm = URLSearchParams;

/** Client id and secret are checked before the grant type (FACTS §1.4). */
export function readClient(state: SimulatorState, form: TokenForm): RegisteredApp | Refusal {
  const app = state.oauth.app(form.get('client_id') ?? '');
  if (!app) return badClientId();
  return form.get('client_secret') === app.clientSecret ? app : badClientSecret();
}

/** @param version of the endpoint: not every one lists `client_credentials` (FACTS §1.2). */
export function issueTokens(
  state: SimulatorState,
  form: TokenForm,
  version: string,
): Record<string, unknown> | Refusal {
  const app = readClient(state, form);
  if (app instanceof Refusal) return app;
  switch (form.get('grant_type')) {
    case 'authorization_code':
      return exchangeCode(state, app, form);
    case 'refresh_token':
      return refresh(state, app, form);
    case 'client_credentials':
      return VERSIONS_FOR_APPS.has(version) ? grantToApp(state, app, form) : badGrantType();
    default:
      return badGrantType();
  }
}

const VERSIONS_FOR_APPS = new Set(['v3', '2026-03']);

/** A token of the app itself, of no portal: for its journal. */
function grantToApp(state: SimulatorState, app: RegisteredApp, form: TokenForm): Record<string, unknown> {
  const scopes = (form.get('scope') ?? '').split(' ').filter(Boolean);
  const { accessTokenSeconds } = app;
  return {
    token_type: 'bearer',
    access_token: state.journalFeed.issueToken(app.appId, scopes, accessTokenSeconds),
    expires_in: accessTokenSeconds,
    scopes,
    token_use: 'client_credentials',
  };
}

function exchangeCode(state: SimulatorState, app: RegisteredApp, form: TokenForm): Record<string, unknown> | Refusal {
  const now = state.clock.now();
  const grant = state.oauth.takeCode(form.get('code') ?? '', now);
  if (!grant || grant.appId !== app.appId) return badAuthCode();
  if (form.get('redirect_uri') !== grant.redirectUri) return badRedirectUri();
  if (grant.challenge !== undefined) {
    const verifier = form.get('code_verifier') ?? '';
    if (createHash('sha256').update(verifier).digest('base64url') !== grant.challenge) return badCodeVerifier();
  }
  const portal = state.portals.find(grant.hubId);
  if (!portal) return badHub();
  const refreshToken = state.oauth.issueRefreshToken(
    { appId: app.appId, hubId: grant.hubId, issuedAt: now, scopes: grant.scopes },
    portal.settings.dataHostingLocation,
  );
  return grantAccess(state, app, portal, refreshToken);
}

function refresh(state: SimulatorState, app: RegisteredApp, form: TokenForm): Record<string, unknown> | Refusal {
  const current = state.oauth.refreshToken(form.get('refresh_token') ?? '');
  if (!current || current.appId !== app.appId) return badRefreshToken();
  const portal = state.portals.find(current.hubId);
  if (!portal) return badHub();
  let next = current;
  if (portal.flags.rotateRefreshTokens) {
    state.oauth.revokeRefreshToken(current.token);
    const { appId, hubId, scopes } = current;
    next = state.oauth.issueRefreshToken(
      { appId, hubId, scopes, issuedAt: state.clock.now() },
      portal.settings.dataHostingLocation,
    );
  }
  return grantAccess(state, app, portal, next);
}

/** The 200 body of FACTS §1.2; the fields that only newer versions send can be switched off per portal. */
function grantAccess(
  state: SimulatorState,
  app: RegisteredApp,
  portal: Portal,
  refreshToken: RefreshToken,
): Record<string, unknown> {
  const { scopes } = refreshToken;
  const access = state.oauth.issueAccessToken({
    appId: app.appId,
    hubId: portal.hubId,
    expiresAt: state.clock.now() + app.accessTokenSeconds * 1000,
    scopes,
  });
  const userId = state.oauth.installation(app.appId, portal.hubId)?.userId ?? 0;
  return {
    token_type: 'bearer',
    access_token: access.token,
    refresh_token: refreshToken.token,
    expires_in: app.accessTokenSeconds,
    ...(portal.flags.tokenAnswersCarryHub
      ? { hub_id: portal.hubId, user_id: userId, scopes: [...scopes], token_use: 'access_token' }
      : {}),
  };
}
