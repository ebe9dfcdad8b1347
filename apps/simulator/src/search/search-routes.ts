import { objectScopes } from '../crm/object-scopes.js';
import { objectTypeOf } from '../crm/object-type-of.js';
import { pickProperties, readNames } from '../crm/present-record.js';
import { Refusal } from '../refuse/refusal.js';
import { mounted, ok, param, type Answer, type ApiCall, type ApiRoute } from '../serve/api-route.js';
import { runSearch } from './run-search.js';
import { readSearchRequest, RESULT_WINDOW } from './search-request.js';

export const searchRoutes: readonly ApiRoute[] = [
  {
    name: 'search',
    method: 'POST',
    paths: mounted('/crm/v3/objects/:objectType/search', '/crm/objects/{version}/:objectType/search'),
    limit: 'search',
    scopes: (call) => objectScopes(call.portal.schema.typeKey(param(call, 'objectType')), 'read'),
    handle: search,
  },
];

function search(call: ApiCall): Answer | Refusal {
  const typeKey = objectTypeOf(call);
  if (typeKey instanceof Refusal) return typeKey;
  const request = readSearchRequest(call.body, call.bodyLength);
  if (request instanceof Refusal) return request;
  const hits = runSearch(call.portal, typeKey, request, call.now);
  if (hits instanceof Refusal) return hits;
  const { records } = hits;
  const names = readNames(call.portal, typeKey, request.properties);
  const end = request.offset + request.limit;
  const total = call.portal.flags.searchTotalCapped ? Math.min(records.length, RESULT_WINDOW) : records.length;
  return ok({
    total,
    results: records.slice(request.offset, end).map(({ id, properties, createdAt, updatedAt }) => ({
      id,
      properties: pickProperties(properties, names),
      createdAt: new Date(createdAt).toISOString(),
      updatedAt: new Date(updatedAt).toISOString(),
      archived: false,
    })),
    ...(end < records.length ? { paging: { next: { after: String(end) } } } : {}),
  });
}
