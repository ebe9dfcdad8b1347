import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { resolveObjectType } from '../catalogue/index.js';
import { contactsPage } from './contacts-page.js';
import { empty, page } from './layout.js';
import type { PagePortal, PagesSource } from './pages-source.js';
import { portalsPage } from './portals-page.js';
import { recordPage } from './record-page.js';
import { refreshScript } from './refresh-script.js';
import { stylesheet } from './stylesheet.js';

/**
 * Nothing from elsewhere, no inline script. Sanitised bodies may carry `style` attributes with colours and alignment,
 * nothing that loads.
 */
const securityHeaders = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const;

/** `cache-control: no-cache` with an entity tag: a refresh of an unchanged page costs a 304. */
function answer(request: FastifyRequest, reply: FastifyReply, content: string, type: string): FastifyReply {
  const tag = `"${createHash('sha1').update(content).digest('base64url')}"`;
  void reply.headers({ ...securityHeaders, etag: tag, 'cache-control': 'no-cache' });
  if (reply.statusCode === 200 && request.headers['if-none-match'] === tag) return reply.code(304).send();
  return reply.type(`${type}; charset=utf-8`).send(content);
}

const notFound = (what: string, crumbs: { label: string; href: string }[] = []): string =>
  page({ title: 'Not found', crumbs, main: empty('Not found', what) });

/**
 * Mounts the pages that a person looks at:
 * `/portals`, `/contacts/{hubId}?q=&page=`, and records under HubSpot's own deep link
 * `/contacts/{hubId}/record/{objectTypeId}/{id}` (FACTS §9), so that links made from a portal's `uiDomain` lead here.
 */
export function registerPages(app: FastifyInstance, source: PagesSource): void {
  app.get('/_pages/style.css', (request, reply) => answer(request, reply, stylesheet, 'text/css'));
  app.get('/_pages/refresh.js', (request, reply) => answer(request, reply, refreshScript, 'text/javascript'));

  app.get('/portals', (request, reply) => answer(request, reply, portalsPage(source), 'text/html'));

  type InPortal = { Params: { hubId: string }; Querystring: { q?: string | string[]; page?: string | string[] } };

  const withPortal = (
    request: FastifyRequest<InPortal>,
    reply: FastifyReply,
    show: (portal: PagePortal) => string,
  ): FastifyReply => {
    const portal = source.portal(Number(request.params.hubId));
    if (portal !== undefined) return answer(request, reply, show(portal), 'text/html');
    return answer(request, reply.code(404), notFound(`There is no portal ${request.params.hubId}.`), 'text/html');
  };

  // The second path is where HubSpot's own list of all contacts stands.
  for (const path of ['/contacts/:hubId', '/contacts/:hubId/objects/0-1/views/all/list']) {
    app.get<InPortal>(path, (request, reply) =>
      withPortal(request, reply, (portal) => {
        const [q] = [request.query.q ?? ''].flat();
        const [number] = [request.query.page ?? '1'].flat();
        return contactsPage(source, portal, {
          q: (q ?? '').trim().slice(0, 200),
          page: Math.max(1, Number.parseInt(number ?? '1', 10) || 1),
        });
      }),
    );
  }

  type OneRecord = { Params: { hubId: string; objectTypeId: string; id: string } };

  const showRecord = (request: FastifyRequest<OneRecord>, reply: FastifyReply): FastifyReply => {
    const { hubId, objectTypeId, id } = request.params;
    const portal = source.portal(Number(hubId));
    if (portal === undefined)
      return answer(request, reply.code(404), notFound(`There is no portal ${hubId}.`), 'text/html');
    const type = resolveObjectType(objectTypeId);
    const record = source.record(portal.hubId, type?.plural ?? objectTypeId, id);
    if (record === undefined) {
      const crumbs = [{ label: portal.name, href: `/contacts/${portal.hubId}` }];
      return answer(
        request,
        reply.code(404),
        notFound(`There is no record ${objectTypeId}/${id} in this portal.`, crumbs),
        'text/html',
      );
    }
    // A merged record's address leads to the survivor.
    if (record.id !== id) return reply.redirect(`/contacts/${portal.hubId}/record/${objectTypeId}/${record.id}`, 302);
    return answer(request, reply, recordPage(source, portal, record), 'text/html');
  };

  app.get<OneRecord>('/contacts/:hubId/record/:objectTypeId/:id', showRecord);
  // HubSpot appends the tab that is open; the page has one.
  app.get<OneRecord>('/contacts/:hubId/record/:objectTypeId/:id/*', showRecord);
}
