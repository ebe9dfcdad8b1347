import { customProperty, type PropertyInput } from '../catalogue/index.js';
import { commonProperties, datetime, inGroup, readOnly } from '../catalogue/common-properties.js';
import type { Portal } from '../portal/portal.js';
import type { AssociationDefinition, CustomObjectType } from '../portal/schema-types.js';
import { invalidInput, Refusal, validationError } from '../refuse/refusal.js';
import { objectBody, scalarText, textList } from '../serve/read-json.js';
import { readObjectTypeFacts } from './read-object-type-input.js';
import { readPropertyInput } from './read-property-input.js';

/** Makes a custom object type with its properties and the associations it asks for (SPEC:schemas, ObjectSchemaEgg). */
export function createObjectType(portal: Portal, given: unknown, now: number): CustomObjectType | Refusal {
  const body = objectBody(given);
  if (body instanceof Refusal) return body;
  const name = scalarText(body['name']);
  if (!name || !/^[A-Za-z]\w*$/.test(name)) {
    return invalidInput('name must start with a letter and hold only letters, digits and underscores');
  }
  if (portal.schema.typeKey(name) !== undefined) {
    return new Refusal(409, { message: `Object type ${name} already exists`, category: 'OBJECT_ALREADY_EXISTS' });
  }
  const objectTypeId = `2-${nextTypeNumber(portal)}`;
  const groupName = `${name.toLowerCase()}_information`;
  const inputs = readProperties(portal, objectTypeId, body['properties'], groupName);
  if (inputs instanceof Refusal) return inputs;
  const associated = textList(body['associatedObjects']);
  const associatedKeys = associated?.map((one) => portal.schema.typeKey(one));
  if (!associatedKeys?.every((key) => key !== undefined))
    return validationError('associatedObjects names no object type');
  const facts = readObjectTypeFacts(
    body,
    { labels: {}, requiredProperties: [], searchableProperties: [], secondaryDisplayProperties: [] },
    (property) => inputs.some((input) => input.name === property),
  );
  if (facts instanceof Refusal) return facts;

  const at = new Date(now).toISOString();
  const type: CustomObjectType = {
    ...facts,
    objectTypeId,
    name,
    fullyQualifiedName: `p${portal.hubId}_${name}`,
    createdAt: at,
    updatedAt: at,
    archived: false,
  };
  portal.schema.putCustomObjectType(type);
  portal.schema.putGroup(objectTypeId, {
    name: groupName,
    label: `${name} information`,
    displayOrder: 0,
    archived: false,
  });
  for (const definition of [...ownProperties(groupName), ...inputs.map((input) => customProperty(input, at))]) {
    portal.schema.putDefinition(objectTypeId, definition);
  }
  for (const key of [...new Set(associatedKeys), ...ENGAGEMENTS]) associateTypes(portal, objectTypeId, key);
  return type;
}

/** Notes, calls and the like can be put on every record's timeline. */
const ENGAGEMENTS = ['notes', 'calls', 'communications', 'emails', 'meetings', 'tasks'];

const ownProperties = (groupName: string) => [
  ...commonProperties(groupName),
  ...inGroup(groupName, [
    ['hs_createdate', 'Object create date/time', readOnly(datetime)],
    ['hs_lastmodifieddate', 'Object last modified date/time', readOnly(datetime)],
  ]),
];

function readProperties(portal: Portal, typeKey: string, given: unknown, groupName: string): PropertyInput[] | Refusal {
  if (!Array.isArray(given)) return invalidInput('Some required fields were not set: [properties]');
  const inputs: PropertyInput[] = [];
  for (const entry of given as unknown[]) {
    const input = readPropertyInput(portal, typeKey, entry, groupName);
    if (input instanceof Refusal) return input;
    if (inputs.some((other) => other.name === input.name)) {
      return validationError(`Property ${input.name} is given twice`);
    }
    inputs.push(input);
  }
  return inputs;
}

/** Ids of custom types look like `2-100001`; the portal's own sequence. */
const nextTypeNumber = (portal: Portal): number =>
  Math.max(
    100_000,
    ...portal.schema.customObjectTypes().map(({ objectTypeId }) => Number(objectTypeId.slice('2-'.length))),
  ) + 1;

/** Makes the unlabelled association type of two object types, in both directions; the one there is when there is one. */
export function associateTypes(
  portal: Portal,
  from: string,
  to: string,
  name?: string,
): readonly [AssociationDefinition, AssociationDefinition | undefined] {
  const existing = portal.schema.defaultAssociation(from, to);
  if (existing && name === undefined) return [existing, portal.schema.association(existing.inverseTypeId)];
  const typeId = portal.schema.nextAssociationTypeId();
  const inverseTypeId = from === to ? typeId : typeId + 1;
  const singular = (key: string): string => portal.schema.names(key).singular.toLowerCase();
  const common = { category: 'USER_DEFINED', label: name ?? null, isDefault: !existing } as const;
  const forward: AssociationDefinition = {
    ...common,
    from,
    to,
    typeId,
    inverseTypeId,
    name: name ?? `${singular(from)}_to_${singular(to)}`,
  };
  portal.schema.putAssociationType(forward);
  if (from === to) return [forward, forward];
  const backward: AssociationDefinition = {
    ...common,
    from: to,
    to: from,
    typeId: inverseTypeId,
    inverseTypeId: typeId,
    name: name === undefined ? `${singular(to)}_to_${singular(from)}` : `${name}_inverse`,
  };
  portal.schema.putAssociationType(backward);
  return [forward, backward];
}
