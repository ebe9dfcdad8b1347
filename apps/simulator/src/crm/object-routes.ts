import { readInlineNames, presentAssociations } from '../associations/present-associations.js';
import { invalidInput, objectNotFound, Refusal, validationError } from '../refuse/refusal.js';
import {
  created,
  mounted,
  noContent,
  ok,
  param,
  queryFlag,
  queryList,
  queryValue,
  type Answer,
  type ApiCall,
  type ApiRoute,
} from '../serve/api-route.js';
import { objectBody } from '../serve/read-json.js';
import { BatchClaims } from './claim-unique.js';
import { commitCreate, planCreate } from './create-record.js';
import { objectScopes } from './object-scopes.js';
import { objectTypeOf } from './object-type-of.js';
import { presentChanged, presentRecord, presentWhole, readNames } from './present-record.js';
import { isRecordId, resolveRecord } from './resolve-record.js';
import { commitUpdate, planUpdate } from './update-record.js';

const collection = mounted('/crm/v3/objects/:objectType', '/crm/objects/{version}/:objectType');
const single = mounted('/crm/v3/objects/:objectType/:objectId', '/crm/objects/{version}/:objectType/:objectId');

const scopes =
  (access: 'read' | 'write') =>
  (call: ApiCall): readonly string[] =>
    objectScopes(call.portal.schema.typeKey(param(call, 'objectType')), access);

/** Page sizes of a list: more than 100 is refused, 50 with histories (FACTS §2). */
const DEFAULT_PAGE = 10;
const MAX_PAGE = 100;
const MAX_PAGE_WITH_HISTORY = 50;

export const objectRoutes: readonly ApiRoute[] = [
  { name: 'objects.list', method: 'GET', paths: collection, limit: 'burst', scopes: scopes('read'), handle: list },
  {
    name: 'objects.create',
    method: 'POST',
    paths: collection,
    limit: 'burst',
    scopes: scopes('write'),
    handle: create,
  },
  { name: 'objects.get', method: 'GET', paths: single, limit: 'burst', scopes: scopes('read'), handle: get },
  { name: 'objects.update', method: 'PATCH', paths: single, limit: 'burst', scopes: scopes('write'), handle: update },
  {
    name: 'objects.archive',
    method: 'DELETE',
    paths: single,
    limit: 'burst',
    scopes: scopes('write'),
    handle: archive,
  },
];

function list(call: ApiCall): Answer | Refusal {
  const typeKey = objectTypeOf(call);
  if (typeKey instanceof Refusal) return typeKey;
  const historyOf = queryList(call, 'propertiesWithHistory');
  const max = historyOf.length > 0 ? MAX_PAGE_WITH_HISTORY : MAX_PAGE;
  const limit = Number(queryValue(call, 'limit') ?? DEFAULT_PAGE);
  if (!Number.isInteger(limit) || limit < 1 || limit > max) {
    return validationError(`Invalid limit: ${queryValue(call, 'limit')}. The limit must be between 1 and ${max}`);
  }
  const after = queryValue(call, 'after');
  if (after !== undefined && !/^\d+$/.test(after)) return invalidInput(`after is not a valid cursor: ${after}`);
  const withAssociations = readInlineNames(call.portal, queryList(call, 'associations'));
  if (withAssociations instanceof Refusal) return withAssociations;
  const names = readNames(call.portal, typeKey, queryList(call, 'properties'));
  const results: unknown[] = [];
  let next: string | undefined;
  for (const record of call.portal.store(typeKey).listFrom(Number(after ?? 0), queryFlag(call, 'archived'))) {
    if (results.length === limit) {
      next = record.id;
      break;
    }
    results.push({
      ...presentRecord(record, names, historyOf),
      ...presentAssociations(call.portal, typeKey, record.id, withAssociations),
    });
  }
  const link = (cursor: string): string => `${call.origin}${call.path}?limit=${limit}&after=${cursor}`;
  return ok({ results, ...(next === undefined ? {} : { paging: { next: { after: next, link: link(next) } } }) });
}

function create(call: ApiCall): Answer | Refusal {
  const typeKey = objectTypeOf(call);
  if (typeKey instanceof Refusal) return typeKey;
  const body = objectBody(call.body);
  if (body instanceof Refusal) return body;
  const plan = planCreate(call.portal, typeKey, body, new BatchClaims(), call.dated);
  if (plan instanceof Refusal) return plan;
  const record = commitCreate(call.portal, typeKey, plan, call.credential.appId, call.now);
  const trace = plan.objectWriteTraceId;
  return created(
    {
      ...presentWhole(record),
      ...(trace === undefined ? {} : { objectWriteTraceId: trace }),
      ...(plan.warnings.length > 0 ? { warnings: plan.warnings } : {}),
    },
    `${call.origin}${call.path}/${record.id}`,
  );
}

function get(call: ApiCall): Answer | Refusal {
  const typeKey = objectTypeOf(call);
  if (typeKey instanceof Refusal) return typeKey;
  const withAssociations = readInlineNames(call.portal, queryList(call, 'associations'));
  if (withAssociations instanceof Refusal) return withAssociations;
  const record = resolveRecord(
    call.portal,
    typeKey,
    param(call, 'objectId'),
    queryValue(call, 'idProperty'),
    queryFlag(call, 'archived'),
  );
  if (record instanceof Refusal) return record;
  const names = readNames(call.portal, typeKey, queryList(call, 'properties'));
  return ok({
    ...presentRecord(record, names, queryList(call, 'propertiesWithHistory')),
    ...presentAssociations(call.portal, typeKey, record.id, withAssociations),
  });
}

function update(call: ApiCall): Answer | Refusal {
  const typeKey = objectTypeOf(call);
  if (typeKey instanceof Refusal) return typeKey;
  const body = objectBody(call.body);
  if (body instanceof Refusal) return body;
  const record = resolveRecord(call.portal, typeKey, param(call, 'objectId'), queryValue(call, 'idProperty'), false);
  if (record instanceof Refusal) return record;
  const plan = planUpdate(call.portal, typeKey, record, body['properties'], new BatchClaims(), call.dated);
  if (plan instanceof Refusal) return plan;
  const changed = commitUpdate(call.portal, typeKey, plan, call.now);
  return ok({
    ...presentChanged(call.portal, typeKey, record, changed),
    ...(plan.warnings.length > 0 ? { warnings: plan.warnings } : {}),
  });
}

/** 204 whether the record was there, archived already, or never existed; a merged-away id leads nowhere here. */
function archive(call: ApiCall): Answer | Refusal {
  const typeKey = objectTypeOf(call);
  if (typeKey instanceof Refusal) return typeKey;
  const id = param(call, 'objectId');
  if (!isRecordId(id)) return objectNotFound(id);
  const store = call.portal.store(typeKey);
  const record = store.get(id);
  if (record) store.archive(record, call.now);
  return noContent;
}
