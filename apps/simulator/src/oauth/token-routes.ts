import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Portal } from '../portal/portal.js';
import { Refusal, resourceNotFound, validationError } from '../refuse/refusal.js';
import { noContent, ok, type Answer } from '../serve/api-route.js';
import { isObject, scalarText } from '../serve/read-json.js';
import { serialise, serialiseRefusal } from '../serve/serve-call.js';
import { serveWithFaults } from '../serve/serve-with-faults.js';
import type { SimulatorState } from '../serve/simulator-state.js';
import { describeAccessToken, describeRefreshToken, introspect } from './describe-token.js';
import { issueTokens, readClient, type TokenForm } from './issue-tokens.js';

const VERSIONS = ['v3', '2026-03', '2026-09'];

type PortalOf = (request: FastifyRequest) => Portal | undefined;
type Handle = (request: FastifyRequest) => Answer | Refusal;

/** Token endpoints of every version on the same handlers (FACTS §1.2, §1.3, §1.7). No limits apply to them. */
export function registerTokenRoutes(app: FastifyInstance, state: SimulatorState): void {
  const open =
    (route: string, portalOf: PortalOf, handle: Handle) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const caller = { portal: portalOf(request), appId: 0, isOAuth: true, route, limit: 'none' } as const;
      return serveWithFaults(state, caller, request, reply, ({ correlationId }) => {
        const outcome = handle(request);
        return outcome instanceof Refusal ? serialiseRefusal(outcome, correlationId) : serialise(outcome);
      });
    };
  const portalOfForm: PortalOf = (request) => {
    const form = readForm(request);
    return form instanceof Refusal ? undefined : portalOf(state, form.get('code') ?? tokenIn(form));
  };
  const token = (version: string): ReturnType<typeof open> =>
    open(
      'oauth.token',
      portalOfForm,
      onForm((form) => issue(state, form, version)),
    );
  const introspection = open(
    'oauth.introspect',
    portalOfForm,
    onForm((form) => inspect(state, form)),
  );
  const revocation = open(
    'oauth.revoke',
    portalOfForm,
    onForm((form) => revoke(state, form)),
  );
  for (const version of VERSIONS) {
    app.post(`/oauth/${version}/token`, token(version));
    app.post(`/oauth/${version}/token/introspect`, introspection);
    app.post(`/oauth/${version}/token/revoke`, revocation);
  }

  const portalOfNamed: PortalOf = (request) => portalOf(state, named(request));
  app.post('/oauth/v1/token', token('v1'));
  app.get(
    '/oauth/v1/access-tokens/:token',
    open('oauth.accessToken', portalOfNamed, (request) => {
      const facts = describeAccessToken(state, named(request));
      return facts ? ok({ ...facts, client_id: undefined, token_type: 'access' }) : resourceNotFound();
    }),
  );
  app.get(
    '/oauth/v1/refresh-tokens/:token',
    open('oauth.refreshToken', portalOfNamed, (request) => {
      const facts = describeRefreshToken(state, named(request));
      return facts ? ok({ ...facts, app_id: undefined, token_type: 'refresh' }) : resourceNotFound();
    }),
  );
  app.delete(
    '/oauth/v1/refresh-tokens/:token',
    open('oauth.revoke', portalOfNamed, (request) =>
      state.oauth.revokeRefreshToken(named(request)) ? noContent : resourceNotFound(),
    ),
  );
  app.post(
    '/oauth/v2/private-apps/get/access-token-info',
    open('oauth.staticToken', noPortal, (request) => staticTokenInfo(state, request)),
  );
}

const noPortal: PortalOf = () => undefined;

const named = (request: FastifyRequest): string => (request.params as { token: string }).token;

const onForm =
  (handle: (form: TokenForm) => Answer | Refusal): Handle =>
  (request) => {
    const form = readForm(request);
    return form instanceof Refusal ? form : handle(form);
  };

function readForm(request: FastifyRequest): TokenForm | Refusal {
  const contentType = request.headers['content-type'] ?? '';
  if (!contentType.startsWith('application/x-www-form-urlencoded')) {
    return new Refusal(415, { message: 'HTTP 415 Unsupported Media Type' });
  }
  return new URLSearchParams(typeof request.body === 'string' ? request.body : '');
}

/** The specification says `token`; the guide's prose also names the kind of token as field. */
const tokenIn = (form: TokenForm): string =>
  form.get('token') ?? form.get('access_token') ?? form.get('refresh_token') ?? '';

function portalOf(state: SimulatorState, credential: string): Portal | undefined {
  const { oauth } = state;
  const holder = oauth.refreshToken(credential) ?? oauth.accessToken(credential) ?? oauth.code(credential);
  return holder && state.portals.find(holder.hubId);
}

function issue(state: SimulatorState, form: TokenForm, version: string): Answer | Refusal {
  const issued = issueTokens(state, form, version);
  return issued instanceof Refusal ? issued : ok(issued);
}

function inspect(state: SimulatorState, form: TokenForm): Answer | Refusal {
  const client = readClient(state, form);
  return client instanceof Refusal ? client : ok(introspect(state, tokenIn(form)));
}

/** Neither uninstalls the app nor ends access tokens already out (FACTS §1.3). */
function revoke(state: SimulatorState, form: TokenForm): Answer | Refusal {
  const client = readClient(state, form);
  if (client instanceof Refusal) return client;
  state.oauth.revokeRefreshToken(tokenIn(form));
  return { status: 200 };
}

function staticTokenInfo(state: SimulatorState, request: FastifyRequest): Answer | Refusal {
  let body: unknown;
  try {
    body = JSON.parse(typeof request.body === 'string' ? request.body : '');
  } catch {
    return validationError('Invalid input JSON');
  }
  const token = isObject(body) ? state.oauth.staticToken(scalarText(body['tokenKey']) ?? '') : undefined;
  if (!token) return resourceNotFound();
  return ok({ userId: token.userId, hubId: token.hubId, appId: token.appId, scopes: token.scopes });
}
