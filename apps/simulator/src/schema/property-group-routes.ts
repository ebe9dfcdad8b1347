import type { PropertyGroup } from '../catalogue/index.js';
import { schemaScopes } from '../crm/object-scopes.js';
import { objectTypeOf } from '../crm/object-type-of.js';
import { invalidInput, Refusal, resourceNotFound } from '../refuse/refusal.js';
import {
  created,
  mounted,
  noContent,
  ok,
  param,
  type Answer,
  type ApiCall,
  type ApiRoute,
  type Method,
} from '../serve/api-route.js';
import { objectBody, scalarText } from '../serve/read-json.js';

const route = (
  name: string,
  method: Method,
  suffix: string,
  access: 'read' | 'write',
  handle: (call: ApiCall, typeKey: string) => Answer | Refusal,
): ApiRoute => ({
  name: `propertyGroups.${name}`,
  method,
  paths: mounted(
    `/crm/v3/properties/:objectType/groups${suffix}`,
    `/crm/properties/{version}/:objectType/groups${suffix}`,
  ),
  limit: 'burst',
  scopes: (call) => schemaScopes(call.portal.schema.typeKey(param(call, 'objectType')), access),
  handle: (call) => {
    const typeKey = objectTypeOf(call);
    return typeKey instanceof Refusal ? typeKey : handle(call, typeKey);
  },
});

export const propertyGroupRoutes: readonly ApiRoute[] = [
  route('list', 'GET', '', 'read', list),
  route('create', 'POST', '', 'write', create),
  route('get', 'GET', '/:groupName', 'read', get),
  route('update', 'PATCH', '/:groupName', 'write', update),
  route('archive', 'DELETE', '/:groupName', 'write', archive),
];

function list(call: ApiCall, typeKey: string): Answer {
  return ok({ results: [...call.portal.schema.groups(typeKey).values()] });
}

function get(call: ApiCall, typeKey: string): Answer | Refusal {
  const group = call.portal.schema.groups(typeKey).get(param(call, 'groupName'));
  return group ? ok(group) : resourceNotFound();
}

function create(call: ApiCall, typeKey: string): Answer | Refusal {
  const body = objectBody(call.body);
  if (body instanceof Refusal) return body;
  const name = scalarText(body['name']);
  const label = scalarText(body['label']);
  if (!name || !label) return invalidInput('Some required fields were not set: [name, label]');
  if (call.portal.schema.groups(typeKey).has(name)) {
    return new Refusal(409, { message: `A group named '${name}' already exists.`, category: 'OBJECT_ALREADY_EXISTS' });
  }
  const displayOrder = typeof body['displayOrder'] === 'number' ? body['displayOrder'] : -1;
  const group: PropertyGroup = { name, label, displayOrder, archived: false };
  call.portal.schema.putGroup(typeKey, group);
  return created(group);
}

function update(call: ApiCall, typeKey: string): Answer | Refusal {
  const group = call.portal.schema.groups(typeKey).get(param(call, 'groupName'));
  if (!group) return resourceNotFound();
  const body = objectBody(call.body);
  if (body instanceof Refusal) return body;
  const changed: PropertyGroup = {
    ...group,
    ...(typeof body['label'] === 'string' ? { label: body['label'] } : {}),
    ...(typeof body['displayOrder'] === 'number' ? { displayOrder: body['displayOrder'] } : {}),
  };
  call.portal.schema.putGroup(typeKey, changed);
  return ok(changed);
}

/** A group that still holds properties can't go. */
function archive(call: ApiCall, typeKey: string): Answer | Refusal {
  const name = param(call, 'groupName');
  if (!call.portal.schema.groups(typeKey).has(name)) return resourceNotFound();
  const definitions = [...call.portal.schema.definitions(typeKey).values()];
  if (definitions.some((definition) => definition.groupName === name && !definition.archived)) {
    return new Refusal(400, {
      message: `Property group ${name} still has properties`,
      category: 'VALIDATION_ERROR',
    });
  }
  call.portal.schema.removeGroup(typeKey, name);
  return noContent;
}
