import { associationScopes } from '../crm/object-scopes.js';
import { isRecordId } from '../crm/resolve-record.js';
import { invalidInput, objectNotFound, Refusal, resourceNotFound, validationError } from '../refuse/refusal.js';
import {
  created,
  mounted,
  noContent,
  ok,
  param,
  queryValue,
  type Answer,
  type ApiCall,
  type ApiRoute,
  type Method,
} from '../serve/api-route.js';
import { linkRecords, unlinkRecords } from './link-records.js';
import type { RecordRef } from '../portal/crm-record.js';
import { pairOf, presentDefault, presentEnds, presentPair, type AssociationPair } from './present-pair.js';
import { liveAssociations } from './present-associations.js';
import { associationTarget, invalidObjectIds, readAssociationTypes } from './read-association-input.js';

const route = (
  name: string,
  method: Method,
  suffix: string,
  access: 'read' | 'write',
  handle: (call: ApiCall, pair: AssociationPair) => Answer | Refusal,
): ApiRoute => ({
  name: `associations.${name}`,
  method,
  paths: mounted(
    `/crm/v4/objects/:fromType/:fromId/associations${suffix}`,
    `/crm/objects/{version}/:fromType/:fromId/associations${suffix}`,
  ),
  limit: 'burst',
  scopes: (call) =>
    associationScopes(
      call.portal.schema.typeKey(param(call, 'fromType')),
      call.portal.schema.typeKey(param(call, 'toType')),
      access,
    ),
  handle: (call) => {
    const pair = pairOf(call);
    return pair instanceof Refusal ? pair : handle(call, pair);
  },
});

export const associationRoutes: readonly ApiRoute[] = [
  route('list', 'GET', '/:toType', 'read', list),
  route('putDefault', 'PUT', '/default/:toType/:toId', 'write', putDefault),
  route('put', 'PUT', '/:toType/:toId', 'write', put),
  route('delete', 'DELETE', '/:toType/:toId', 'write', remove),
];

/** A page of an association list (FACTS §5: limit up to 500). */
export const MAX_ASSOCIATION_PAGE = 500;

function list(call: ApiCall, { from, to }: AssociationPair): Answer | Refusal {
  const id = param(call, 'fromId');
  if (!isRecordId(id)) return objectNotFound(id);
  const store = call.portal.store(from);
  const record = store.get(id) ?? store.get(store.survivorOf(id));
  if (!record || record.archivedAt !== null) return resourceNotFound();
  const limit = Number(queryValue(call, 'limit') ?? MAX_ASSOCIATION_PAGE);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_ASSOCIATION_PAGE) {
    return validationError(`limit must be between 1 and ${MAX_ASSOCIATION_PAGE}`);
  }
  const after = queryValue(call, 'after') ?? '0';
  if (!/^\d+$/.test(after)) return invalidInput(`after is not a valid cursor: ${after}`);
  const ends = liveAssociations(call.portal, from, record.id, to).filter((end) => Number(end.id) >= Number(after));
  const next = ends[limit]?.id;
  const link = `${call.origin}${call.path}?limit=${limit}&after=${next}`;
  return ok({
    results: presentEnds(call.portal, ends.slice(0, limit)),
    ...(next === undefined ? {} : { paging: { next: { after: next, link } } }),
  });
}

function putDefault(call: ApiCall, pair: AssociationPair): Answer | Refusal {
  const ends = endsOf(call, pair);
  if (ends instanceof Refusal) return ends;
  const type = call.portal.schema.defaultAssociation(pair.from, pair.to);
  if (!type) return validationError(`No default association from ${pair.from} to ${pair.to}`);
  linkRecords(call.portal, ends.from, ends.to, [type], call.now);
  const at = new Date(call.now).toISOString();
  return ok({
    status: 'COMPLETE',
    results: presentDefault(type, ends.from.id, ends.to.id),
    startedAt: at,
    completedAt: at,
  });
}

/** The labels given are the ones it has afterwards: existing ones are replaced (FACTS §5). */
function put(call: ApiCall, pair: AssociationPair): Answer | Refusal {
  const types = readAssociationTypes(call.portal, call.body, pair);
  if (types instanceof Refusal) return types;
  const ends = endsOf(call, pair);
  if (ends instanceof Refusal) return ends;
  linkRecords(call.portal, ends.from, ends.to, types, call.now, true);
  return created(presentPair(call.portal, ends.from, ends.to));
}

function remove(call: ApiCall, pair: AssociationPair): Answer | Refusal {
  const from: RecordRef = { typeKey: pair.from, id: param(call, 'fromId') };
  const to: RecordRef = { typeKey: pair.to, id: param(call, 'toId') };
  unlinkRecords(call.portal, from, to);
  return noContent;
}

function endsOf(call: ApiCall, pair: AssociationPair): { from: RecordRef; to: RecordRef } | Refusal {
  const given = { from: param(call, 'fromId'), to: param(call, 'toId') };
  const from = associationTarget(call.portal, pair.from, given.from);
  const to = associationTarget(call.portal, pair.to, given.to);
  if (from === undefined || to === undefined) {
    return invalidObjectIds([...(from === undefined ? [given.from] : []), ...(to === undefined ? [given.to] : [])]);
  }
  return { from: { typeKey: pair.from, id: from }, to: { typeKey: pair.to, id: to } };
}
