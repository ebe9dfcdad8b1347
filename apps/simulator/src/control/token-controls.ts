import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { grantInstallation } from '../oauth/grant-installation.js';
import type { RegisteredApp, StaticToken } from '../oauth/oauth-types.js';
import type { Portal } from '../portal/portal.js';
import { scalarText, textList, type JsonObject } from '../serve/read-json.js';
import type { SimulatorState } from '../serve/simulator-state.js';
import { badCall, ControlProblem, controlRoute, notFound, portalOf } from './control-route.js';
import { ALL_SCOPES } from './scopes.js';

/** Apps, installations and tokens of every kind. */
export function registerTokenControls(app: FastifyInstance, state: SimulatorState): void {
  controlRoute(app, state, 'GET', '/apps', () => ({ apps: state.oauth.apps() }));
  controlRoute(app, state, 'POST', '/apps', ({ body }) => registerApp(state, body));
  controlRoute(app, state, 'POST', '/portals/:hubId/tokens', (call) => {
    const portal = portalOf(state, call);
    return portal instanceof ControlProblem ? portal : issueStaticToken(state, portal, call.body);
  });
  controlRoute(app, state, 'GET', '/issued', () => ({ issued: state.oauth.issued() }));
  controlRoute(app, state, 'DELETE', '/tokens/:token', ({ params }) => {
    const token = params['token'] ?? '';
    const { oauth } = state;
    const revoked = oauth.revokeStaticToken(token) || oauth.revokeAccessToken(token) || oauth.revokeRefreshToken(token);
    return revoked ? { revoked: true } : notFound('token');
  });
  controlRoute(app, state, 'GET', '/portals/:hubId/installations', (call) => {
    const portal = portalOf(state, call);
    if (portal instanceof ControlProblem) return portal;
    const { oauth } = state;
    const installations = oauth.allInstallations().filter(({ hubId }) => hubId === portal.hubId);
    return {
      installations: installations.map((installation) => ({
        ...installation,
        clientId: oauth.appById(installation.appId)?.clientId,
        refreshTokens: [...oauth.allRefreshTokens()].filter(
          ({ appId, hubId }) => appId === installation.appId && hubId === portal.hubId,
        ).length,
      })),
    };
  });
  controlRoute(app, state, 'POST', '/portals/:hubId/uninstall', (call) => {
    const portal = portalOf(state, call);
    if (portal instanceof ControlProblem) return portal;
    const named = findApp(state, call.body);
    if (named instanceof ControlProblem) return named;
    const keepsAccess = portal.flags.accessTokenAfterUninstall === 'alive';
    const uninstalled = state.oauth.uninstall(named.appId, portal.hubId, keepsAccess);
    if (uninstalled && state.webhooks.find(named.appId)?.announcesUninstall) {
      state.webhookSender.put(named.appId, {
        subscriptionType: 'app.uninstalled',
        portalId: portal.hubId,
        appId: named.appId,
      });
    }
    return { uninstalled };
  });
  controlRoute(app, state, 'POST', '/portals/:hubId/grant', (call) => {
    const portal = portalOf(state, call);
    return portal instanceof ControlProblem ? portal : grant(state, portal, call.body);
  });
  controlRoute(app, state, 'POST', '/portals/:hubId/expire-access-tokens', (call) => {
    const portal = portalOf(state, call);
    if (portal instanceof ControlProblem) return portal;
    const tokens = [...state.oauth.allAccessTokens()].filter(({ hubId }) => hubId === portal.hubId);
    for (const token of tokens) state.oauth.putAccessToken({ ...token, expiresAt: state.clock.now() });
    return { expired: tokens.length };
  });
}

/** `{ token?, scopes?, appId? }`; a token of one's own must look like HubSpot's, since clients check that. */
export function issueStaticToken(
  state: SimulatorState,
  portal: Portal,
  body: JsonObject,
): StaticToken | ControlProblem {
  const token = scalarText(body['token']) ?? `pat-${portal.settings.dataHostingLocation}-${randomUUID()}`;
  if (!token.startsWith('pat-')) return badCall('a static token starts with pat-');
  const scopes = body['scopes'] === undefined ? ALL_SCOPES : textList(body['scopes']);
  if (!scopes) return badCall('scopes must be a list of names');
  const appId = body['appId'] === undefined ? state.oauth.nextAppId() : Number(body['appId']);
  const userId = portal.owners()[0]?.userIdIncludingInactive ?? 1;
  const issued: StaticToken = { token, appId, hubId: portal.hubId, userId, scopes };
  state.oauth.putStaticToken(issued);
  return issued;
}

/** An OAuth app; what is left out gets HubSpot's figures or something random. */
export function registerApp(state: SimulatorState, body: JsonObject): RegisteredApp | ControlProblem {
  const redirectUrls = textList(body['redirectUrls']);
  const requiredScopes = textList(body['requiredScopes']);
  const optionalScopes = textList(body['optionalScopes']);
  if (!redirectUrls || !requiredScopes || !optionalScopes)
    return badCall('redirectUrls and scopes must be lists of text');
  const clientId = scalarText(body['clientId']) ?? randomUUID();
  const known = state.oauth.app(clientId);
  const app: RegisteredApp = {
    appId: known?.appId ?? (body['appId'] === undefined ? state.oauth.nextAppId() : Number(body['appId'])),
    clientId,
    clientSecret: scalarText(body['clientSecret']) ?? known?.clientSecret ?? randomUUID(),
    name: scalarText(body['name']) ?? known?.name ?? 'Test app',
    redirectUrls,
    requiredScopes,
    optionalScopes,
    accessTokenSeconds: Number(body['accessTokenSeconds'] ?? 1800),
    codeSeconds: Number(body['codeSeconds'] ?? 60),
  };
  if (!(app.accessTokenSeconds > 0) || !(app.codeSeconds > 0)) return badCall('lifetimes must be above 0 seconds');
  state.oauth.registerApp(app);
  return app;
}

export function findApp(state: SimulatorState, body: JsonObject): RegisteredApp | ControlProblem {
  const clientId = scalarText(body['clientId']);
  const app = clientId === undefined ? state.oauth.appById(Number(body['appId'])) : state.oauth.app(clientId);
  return app ?? notFound('app');
}

/** What a person does on the consent page, without the page: installs the app and gives the code. */
function grant(state: SimulatorState, portal: Portal, body: JsonObject): unknown {
  const app = findApp(state, body);
  if (app instanceof ControlProblem) return app;
  const scopes = body['scopes'] === undefined ? app.requiredScopes : textList(body['scopes']);
  const redirectUri = scalarText(body['redirectUri']) ?? app.redirectUrls[0];
  if (!scopes) return badCall('scopes must be a list of names');
  if (redirectUri === undefined || !app.redirectUrls.includes(redirectUri))
    return badCall('redirectUri is not registered');
  const request = { app, redirectUri, scopes, optionalScopes: [], challenge: undefined };
  return grantInstallation(state, request, portal, scopes);
}
