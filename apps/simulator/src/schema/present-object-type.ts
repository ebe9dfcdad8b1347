import type { Portal } from '../portal/portal.js';
import type { CustomObjectType } from '../portal/schema-types.js';

/** A custom object type with its properties and associations, as SPEC:schemas gives it. */
export function presentObjectType(portal: Portal, type: CustomObjectType) {
  return {
    id: type.objectTypeId.replace('2-', ''),
    objectTypeId: type.objectTypeId,
    name: type.name,
    fullyQualifiedName: type.fullyQualifiedName,
    labels: type.labels,
    ...(type.description === undefined ? {} : { description: type.description }),
    ...(type.primaryDisplayProperty === undefined ? {} : { primaryDisplayProperty: type.primaryDisplayProperty }),
    secondaryDisplayProperties: type.secondaryDisplayProperties,
    requiredProperties: type.requiredProperties,
    searchableProperties: type.searchableProperties,
    properties: [...portal.schema.definitions(type.objectTypeId).values()].filter((one) => !one.archived),
    associations: presentAssociations(portal, type.objectTypeId),
    allowsSensitiveProperties: false,
    archived: type.archived,
    createdAt: type.createdAt,
    updatedAt: type.updatedAt,
  };
}

const capital = (name: string): string => `${name[0]?.toUpperCase()}${name.slice(1)}`;

/** A standard type in the same shape. */
export function presentStandardType(portal: Portal, typeKey: string): Record<string, unknown> {
  const names = portal.schema.names(typeKey);
  return {
    id: names.objectTypeId,
    objectTypeId: names.objectTypeId,
    name: names.singular.toUpperCase(),
    fullyQualifiedName: names.singular.toUpperCase(),
    labels: { singular: capital(names.singular), plural: capital(names.plural) },
    primaryDisplayProperty: names.primaryDisplayProperty,
    secondaryDisplayProperties: [],
    requiredProperties: [],
    searchableProperties: [],
    properties: [...portal.schema.definitions(typeKey).values()].filter((one) => !one.archived),
    associations: presentAssociations(portal, typeKey),
    allowsSensitiveProperties: false,
    archived: false,
  };
}

const presentAssociations = (portal: Portal, typeKey: string): unknown[] =>
  [...portal.schema.ownAssociationTypes()]
    .filter((type) => type.from === typeKey || type.to === typeKey)
    .map((type) => ({
      id: String(type.typeId),
      name: type.name,
      fromObjectTypeId: portal.schema.names(type.from).objectTypeId,
      toObjectTypeId: portal.schema.names(type.to).objectTypeId,
    }));
