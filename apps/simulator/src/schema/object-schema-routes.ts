import { schemaScopes } from '../crm/object-scopes.js';
import { invalidInput, Refusal, resourceNotFound } from '../refuse/refusal.js';
import {
  created,
  mounted,
  noContent,
  ok,
  param,
  queryFlag,
  type Answer,
  type ApiCall,
  type ApiRoute,
  type Method,
} from '../serve/api-route.js';
import { objectBody, scalarText } from '../serve/read-json.js';
import { associateTypes, createObjectType } from './create-object-type.js';
import { presentObjectType, presentStandardType } from './present-object-type.js';
import { readObjectTypeChange } from './read-object-type-input.js';

const route = (
  name: string,
  method: Method,
  suffix: string,
  access: 'read' | 'write',
  handle: (call: ApiCall) => Answer | Refusal,
): ApiRoute => ({
  name: `schemas.${name}`,
  method,
  paths: mounted(
    [`/crm-object-schemas/v3/schemas${suffix}`, `/crm/v3/schemas${suffix}`],
    `/crm-object-schemas/{version}/schemas${suffix}`,
  ),
  limit: 'burst',
  // One type may be read with its own schema scope, or with `oauth` alone; the list of custom ones may not (SPEC:schemas).
  scopes: (call) => {
    const typeKey = call.portal.schema.typeKey(param(call, 'objectType'));
    const custom = schemaScopes('2-0', access);
    if (access === 'write') return [custom[0] ?? ''];
    if (suffix === '') return custom;
    return typeKey === undefined ? [...custom, 'oauth'] : [...custom, ...schemaScopes(typeKey, access), 'oauth'];
  },
  handle,
});

/** Custom object types (FACTS §5: schemas). Standard ones can be read as well, for their properties. */
export const objectSchemaRoutes: readonly ApiRoute[] = [
  route('list', 'GET', '', 'read', list),
  route('create', 'POST', '', 'write', create),
  route('get', 'GET', '/:objectType', 'read', get),
  route('update', 'PATCH', '/:objectType', 'write', update),
  route('archive', 'DELETE', '/:objectType', 'write', archive),
  route('createAssociation', 'POST', '/:objectType/associations', 'write', createAssociation),
  route('deleteAssociation', 'DELETE', '/:objectType/associations/:associationId', 'write', deleteAssociation),
];

function list(call: ApiCall): Answer {
  const archived = queryFlag(call, 'archived');
  const types = call.portal.schema.customObjectTypes().filter((type) => type.archived === archived);
  return ok({ results: types.map((type) => presentObjectType(call.portal, type)) });
}

function get(call: ApiCall): Answer | Refusal {
  const typeKey = call.portal.schema.typeKey(param(call, 'objectType'));
  if (typeKey === undefined) return resourceNotFound();
  const custom = call.portal.schema.customObjectType(typeKey);
  return ok(custom ? presentObjectType(call.portal, custom) : presentStandardType(call.portal, typeKey));
}

function create(call: ApiCall): Answer | Refusal {
  const type = createObjectType(call.portal, call.body, call.now);
  return type instanceof Refusal ? type : created(presentObjectType(call.portal, type));
}

function update(call: ApiCall): Answer | Refusal {
  const typeKey = call.portal.schema.typeKey(param(call, 'objectType'));
  const type = typeKey === undefined ? undefined : call.portal.schema.customObjectType(typeKey);
  if (!type) return resourceNotFound();
  const change = readObjectTypeChange(call.portal, type, call.body);
  if (change instanceof Refusal) return change;
  const changed = { ...type, ...change, updatedAt: new Date(call.now).toISOString() };
  call.portal.schema.putCustomObjectType(changed);
  const {
    properties: _properties,
    associations: _associations,
    ...definition
  } = presentObjectType(call.portal, changed);
  return ok({ ...definition, portalId: call.portal.hubId });
}

/** Refused while the type has records. */
function archive(call: ApiCall): Answer | Refusal {
  const typeKey = call.portal.schema.typeKey(param(call, 'objectType'));
  const type = typeKey === undefined ? undefined : call.portal.schema.customObjectType(typeKey);
  if (!type) return resourceNotFound();
  if (call.portal.store(type.objectTypeId).liveCount > 0) {
    return new Refusal(400, {
      message: `Cannot delete object type ${type.fullyQualifiedName}: it still has records`,
      category: 'VALIDATION_ERROR',
    });
  }
  call.portal.schema.removeCustomObjectType(type.objectTypeId);
  return noContent;
}

function createAssociation(call: ApiCall): Answer | Refusal {
  const from = call.portal.schema.typeKey(param(call, 'objectType'));
  const body = objectBody(call.body);
  if (body instanceof Refusal) return body;
  const to = call.portal.schema.typeKey(scalarText(body['toObjectTypeId']) ?? '');
  if (from === undefined) return resourceNotFound();
  if (to === undefined) return invalidInput('Some required fields were not set: [toObjectTypeId]');
  const [forward] = associateTypes(call.portal, from, to, scalarText(body['name']));
  const at = new Date(call.now).toISOString();
  return created({
    id: String(forward.typeId),
    name: forward.name,
    fromObjectTypeId: call.portal.schema.names(from).objectTypeId,
    toObjectTypeId: call.portal.schema.names(to).objectTypeId,
    createdAt: at,
    updatedAt: at,
  });
}

function deleteAssociation(call: ApiCall): Answer | Refusal {
  const from = call.portal.schema.typeKey(param(call, 'objectType'));
  const wanted = param(call, 'associationId');
  const type = [...call.portal.schema.ownAssociationTypes()].find(
    (one) => one.from === from && (String(one.typeId) === wanted || one.name === wanted),
  );
  if (!type) return resourceNotFound();
  call.portal.schema.removeAssociationType(type.typeId);
  call.portal.schema.removeAssociationType(type.inverseTypeId);
  return noContent;
}
