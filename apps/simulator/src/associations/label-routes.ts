import { associationScopes } from '../crm/object-scopes.js';
import type { Portal } from '../portal/portal.js';
import type { AssociationDefinition } from '../portal/schema-types.js';
import { invalidInput, Refusal, resourceNotFound, validationError } from '../refuse/refusal.js';
import {
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
import { pairOf, type AssociationPair } from './present-pair.js';

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
    [
      `/crm/associations/v4/:fromType/:toType/labels${suffix}`,
      `/crm/v4/associations/:fromType/:toType/labels${suffix}`,
    ],
    `/crm/associations/{version}/:fromType/:toType/labels${suffix}`,
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

export const labelRoutes: readonly ApiRoute[] = [
  route('labels', 'GET', '', 'read', list),
  route('createLabel', 'POST', '', 'write', create),
  route('updateLabel', 'PUT', '', 'write', update),
  route('deleteLabel', 'DELETE', '/:associationTypeId', 'write', remove),
];

/** The numbered paths name the two object types of a label, the dated ones don't (SPEC:associations-schema). */
const present = ({ portal, dated }: ApiCall, type: AssociationDefinition): Record<string, unknown> => ({
  category: type.category,
  typeId: type.typeId,
  label: type.label,
  ...(dated
    ? {}
    : {
        fromObjectTypeId: portal.schema.names(type.from).objectTypeId,
        toObjectTypeId: portal.schema.names(type.to).objectTypeId,
      }),
});

function list(call: ApiCall, { from, to }: AssociationPair): Answer {
  return ok({ results: call.portal.schema.associationsBetween(from, to).map((type) => present(call, type)) });
}

function create(call: ApiCall, { from, to }: AssociationPair): Answer | Refusal {
  const body = objectBody(call.body);
  if (body instanceof Refusal) return body;
  const label = scalarText(body['label']);
  const name = scalarText(body['name']);
  if (!label || !name) return invalidInput('Some required fields were not set: [label, name]');
  const { schema } = call.portal;
  if (schema.associationsBetween(from, to).some((type) => type.label === label || type.name === name)) {
    return validationError(`An association label "${label}" exists already`);
  }
  const typeId = schema.nextAssociationTypeId();
  const inverseTypeId = typeId + 1;
  const inverseLabel = scalarText(body['inverseLabel']) ?? label;
  const common = { category: 'USER_DEFINED', isDefault: false } as const;
  const forward = { ...common, from, to, typeId, inverseTypeId, label, name };
  const backward = {
    ...common,
    from: to,
    to: from,
    typeId: inverseTypeId,
    inverseTypeId: typeId,
    label: inverseLabel,
    name: `${name}_inverse`,
  };
  schema.putAssociationType(forward);
  schema.putAssociationType(backward);
  return ok({ results: [present(call, forward), present(call, backward)] });
}

function update(call: ApiCall, { from, to }: AssociationPair): Answer | Refusal {
  const body = objectBody(call.body);
  if (body instanceof Refusal) return body;
  const label = scalarText(body['label']);
  const own = ownType(call.portal, Number(body['associationTypeId']), { from, to });
  if (!own) return resourceNotFound();
  if (!label) return invalidInput('Some required fields were not set: [label]');
  call.portal.schema.putAssociationType({ ...own, label });
  const inverse = ownType(call.portal, own.inverseTypeId, { from: to, to: from });
  const inverseLabel = scalarText(body['inverseLabel']);
  if (inverse && inverseLabel) call.portal.schema.putAssociationType({ ...inverse, label: inverseLabel });
  return noContent;
}

function remove(call: ApiCall, pair: AssociationPair): Answer | Refusal {
  const own = ownType(call.portal, Number(param(call, 'associationTypeId')), pair);
  if (!own) return resourceNotFound();
  call.portal.schema.removeAssociationType(own.typeId);
  call.portal.schema.removeAssociationType(own.inverseTypeId);
  return noContent;
}

/** A label the portal made itself; HubSpot's own can't be changed. */
function ownType(portal: Portal, typeId: number, { from, to }: AssociationPair): AssociationDefinition | undefined {
  const type = portal.schema.association(typeId, 'USER_DEFINED');
  return type?.from === from && type.to === to ? type : undefined;
}
