import { invalidInput, Refusal } from '../refuse/refusal.js';
import { mounted, noContent, param, queryFlag, type Answer, type ApiCall, type ApiRoute } from '../serve/api-route.js';
import { batchInputs, objectBody, scalarText, textList } from '../serve/read-json.js';
import { batchAnswer, missingObjects } from './batch-answer.js';
import { batchCreate, BATCH_LIMIT } from './batch-create.js';
import { batchUpdate } from './batch-update.js';
import { batchUpsert } from './batch-upsert.js';
import { objectScopes } from './object-scopes.js';
import { objectTypeOf } from './object-type-of.js';
import { presentRecord, readNames } from './present-record.js';
import { checkIdProperty, recordById, recordByUnique } from './resolve-record.js';

const route = (verb: string, access: 'read' | 'write', handle: (call: ApiCall) => Answer | Refusal): ApiRoute => ({
  name: `objects.batch${verb[0]?.toUpperCase()}${verb.slice(1)}`,
  method: 'POST',
  paths: mounted(`/crm/v3/objects/:objectType/batch/${verb}`, `/crm/objects/{version}/:objectType/batch/${verb}`),
  limit: 'burst',
  scopes: (call) => objectScopes(call.portal.schema.typeKey(param(call, 'objectType')), access),
  handle,
});

export const batchRoutes: readonly ApiRoute[] = [
  route('create', 'write', batchCreate),
  route('read', 'read', batchRead),
  route('update', 'write', batchUpdate),
  route('upsert', 'write', batchUpsert),
  route('archive', 'write', batchArchive),
];

function batchRead(call: ApiCall): Answer | Refusal {
  const { portal } = call;
  const typeKey = objectTypeOf(call);
  if (typeKey instanceof Refusal) return typeKey;
  const body = objectBody(call.body);
  if (body instanceof Refusal) return body;
  const inputs = batchInputs(body, BATCH_LIMIT);
  if (inputs instanceof Refusal) return inputs;
  const properties = textList(body['properties']);
  const historyOf = textList(body['propertiesWithHistory']);
  if (!properties || !historyOf) return invalidInput('properties must be a list of names');
  const idProperty = scalarText(body['idProperty']);
  const refusal = idProperty === undefined ? undefined : checkIdProperty(portal, typeKey, idProperty);
  if (refusal) return refusal;

  const names = readNames(portal, typeKey, properties);
  const archived = queryFlag(call, 'archived');
  const store = portal.store(typeKey);
  const answered = new Set<string>();
  const missing: string[] = [];
  const results: unknown[] = [];
  for (const input of inputs) {
    const id = scalarText(input['id']);
    if (id === undefined) return invalidInput('Some required fields were not set: [id]');
    const byId = (): ReturnType<typeof recordById> =>
      portal.flags.batchReadFollowsMerge ? recordById(portal, typeKey, id) : store.get(id);
    const record =
      idProperty === undefined || idProperty === 'hs_object_id'
        ? byId()
        : recordByUnique(portal, typeKey, idProperty, id);
    if (!record || (record.archivedAt !== null) !== archived) {
      missing.push(id);
    } else if (!answered.has(record.id)) {
      answered.add(record.id);
      results.push(presentRecord(record, names, historyOf));
    }
  }
  const errors = missing.length === 0 ? [] : [missingObjects(portal.schema.names(typeKey).singular, missing)];
  return batchAnswer(call, 200, results, errors);
}

function batchArchive(call: ApiCall): Answer | Refusal {
  const typeKey = objectTypeOf(call);
  if (typeKey instanceof Refusal) return typeKey;
  const inputs = batchInputs(call.body, BATCH_LIMIT);
  if (inputs instanceof Refusal) return inputs;
  const store = call.portal.store(typeKey);
  for (const input of inputs) {
    const record = store.get(scalarText(input['id']) ?? '');
    if (record) store.archive(record, call.now);
  }
  return noContent;
}
