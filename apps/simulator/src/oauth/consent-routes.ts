import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SimulatorState } from '../serve/simulator-state.js';
import { consentPage, consentProblemPage } from './consent-page.js';
import { readConsentRequest } from './consent-request.js';
import { grantInstallation } from './grant-installation.js';

/** No script, no foreign content; the form may lead to wherever the app lives. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

const html = (reply: FastifyReply, status: number, body: string): FastifyReply =>
  reply
    .code(status)
    .headers({ 'content-type': 'text/html;charset=utf-8', 'content-security-policy': CONTENT_SECURITY_POLICY })
    .send(body);

/** The authorize page and its decision (FACTS §1.1). */
export function registerConsentRoutes(app: FastifyInstance, state: SimulatorState): void {
  const show = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const { accountId } = request.params as { accountId?: string };
    const reading = readConsentRequest(
      state,
      request.query as Record<string, string | undefined>,
      accountId === undefined ? undefined : Number(accountId),
    );
    if (!reading.valid) return html(reply, 400, consentProblemPage(reading.title, reading.detail));
    const { hubId, app: asking } = reading.request;
    const accounts = state.portals
      .all()
      .filter((portal) => hubId === undefined || portal.hubId === hubId)
      .map((portal) => ({
        portal,
        isInstalled: state.oauth.installation(asking.appId, portal.hubId) !== undefined,
      }));
    return html(reply, 200, consentPage(reading.request, accounts));
  };
  app.get('/oauth/authorize', show);
  app.get('/oauth/:accountId/authorize', show);

  app.post('/oauth/authorize/decide', (request, reply) => {
    const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
    const hubId = Number(form.get('hub_id') ?? 0);
    const isGrant = form.get('decision') === 'grant';
    const reading = readConsentRequest(state, Object.fromEntries(form), isGrant ? hubId : undefined);
    if (!reading.valid) return html(reply, 400, consentProblemPage(reading.title, reading.detail));
    const target = new URL(reading.request.redirectUri);
    const portal = state.portals.find(hubId);
    if (isGrant && portal) {
      const granted = grantInstallation(state, reading.request, portal, form.getAll('granted'));
      state.journal.commit();
      if ('refusedScopes' in granted) {
        const detail = `${portal.settings.name} can't grant these required scopes: ${granted.refusedScopes.join(', ')}.`;
        return html(reply, 400, consentProblemPage('Account not eligible', detail));
      }
      target.searchParams.set('code', granted.code);
    } else {
      target.searchParams.set('error', 'access_denied');
      target.searchParams.set('error_description', 'User denied access');
    }
    if (reading.request.state !== undefined) target.searchParams.set('state', reading.request.state);
    return reply.redirect(target.href, 302);
  });
}
