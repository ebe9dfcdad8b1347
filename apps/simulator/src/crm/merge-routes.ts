import { invalidInput, objectNotFound, Refusal, resourceNotFound, validationError } from '../refuse/refusal.js';
import { mounted, noContent, ok, param, type Answer, type ApiCall, type ApiRoute } from '../serve/api-route.js';
import { objectBody, scalarText } from '../serve/read-json.js';
import { identitiesOf, MAX_IDENTITIES, mergeRecords } from './merge-records.js';
import { objectScopes } from './object-scopes.js';
import { objectTypeOf } from './object-type-of.js';
import { presentWhole } from './present-record.js';
import { isRecordId, recordById, recordByUnique } from './resolve-record.js';

const route = (verb: string, name: string, handle: (call: ApiCall) => Answer | Refusal): ApiRoute => ({
  name,
  method: 'POST',
  paths: mounted(`/crm/v3/objects/:objectType/${verb}`, `/crm/objects/{version}/:objectType/${verb}`),
  limit: 'burst',
  scopes: (call) => objectScopes(call.portal.schema.typeKey(param(call, 'objectType')), 'write'),
  handle,
});

export const mergeRoutes: readonly ApiRoute[] = [
  route('merge', 'objects.merge', merge),
  route('gdpr-delete', 'objects.gdprDelete', gdprDelete),
];

/** Only records: engagements can't be merged. */
const MERGEABLE = new Set(['contacts', 'companies', 'deals', 'tickets']);

function merge(call: ApiCall): Answer | Refusal {
  const typeKey = objectTypeOf(call);
  if (typeKey instanceof Refusal) return typeKey;
  const body = objectBody(call.body);
  if (body instanceof Refusal) return body;
  if (!MERGEABLE.has(typeKey) && !typeKey.startsWith('2-')) {
    return validationError(`Objects of type ${typeKey} can't be merged`);
  }
  const primaryId = scalarText(body['primaryObjectId']);
  const otherId = scalarText(body['objectIdToMerge']);
  if (primaryId === undefined || otherId === undefined) {
    return invalidInput('Some required fields were not set: [primaryObjectId, objectIdToMerge]');
  }
  for (const id of [primaryId, otherId]) if (!isRecordId(id)) return objectNotFound(id);
  const primary = recordById(call.portal, typeKey, primaryId);
  const other = recordById(call.portal, typeKey, otherId);
  if (!primary || !other || primary.archivedAt !== null || other.archivedAt !== null) return resourceNotFound();
  if (primary === other) return validationError('Cannot merge an object with itself');
  if (identitiesOf(primary) + identitiesOf(other) > MAX_IDENTITIES) {
    return new Refusal(414, {
      message: `Merging these records would exceed the limit of ${MAX_IDENTITIES} merged records`,
      category: 'VALIDATION_ERROR',
    });
  }
  return ok(presentWhole(mergeRecords(call.portal, typeKey, primary, other, call.now)));
}

/** Leaves nothing of the record behind, its associations included. */
function gdprDelete(call: ApiCall): Answer | Refusal {
  const typeKey = objectTypeOf(call);
  if (typeKey instanceof Refusal) return typeKey;
  const body = objectBody(call.body);
  if (body instanceof Refusal) return body;
  const id = scalarText(body['objectId']);
  if (id === undefined) return invalidInput('Some required fields were not set: [objectId]');
  const idProperty = scalarText(body['idProperty']);
  const record =
    idProperty === undefined || idProperty === 'hs_object_id'
      ? recordById(call.portal, typeKey, id)
      : recordByUnique(call.portal, typeKey, idProperty, id);
  if (!record) return noContent;
  call.portal.associations.unlinkAll(typeKey, record.id);
  call.portal.store(typeKey).remove(record);
  call.portal.raise({ verb: 'privacyDeletion', typeKey, objectId: record.id });
  return noContent;
}
