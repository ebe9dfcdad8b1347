import type { Portal } from '../portal/portal.js';
import type { CustomObjectType } from '../portal/schema-types.js';
import { invalidInput, Refusal, validationError } from '../refuse/refusal.js';
import { isObject, objectBody, scalarText, textList, type JsonObject } from '../serve/read-json.js';

/** FACTS §5: at most 20 searchable properties. */
const MAX_SEARCHABLE = 20;

/** What a schema says of itself, apart from its properties and associations. */
export type ObjectTypeFacts = Pick<
  CustomObjectType,
  'labels' | 'requiredProperties' | 'searchableProperties' | 'secondaryDisplayProperties'
> &
  Partial<Pick<CustomObjectType, 'description' | 'primaryDisplayProperty'>>;

/** Reads those parts; `hasProperty` tells which names may be used. */
export function readObjectTypeFacts(
  body: JsonObject,
  defaults: ObjectTypeFacts,
  hasProperty: (name: string) => boolean,
): ObjectTypeFacts | Refusal {
  const list = (key: string, otherwise: readonly string[]): readonly string[] | undefined =>
    body[key] === undefined ? otherwise : textList(body[key]);
  const requiredProperties = list('requiredProperties', defaults.requiredProperties);
  const searchableProperties = list('searchableProperties', defaults.searchableProperties);
  const secondaryDisplayProperties = list('secondaryDisplayProperties', defaults.secondaryDisplayProperties);
  if (!requiredProperties || !searchableProperties || !secondaryDisplayProperties) {
    return invalidInput('lists of property names must hold strings');
  }
  if (searchableProperties.length > MAX_SEARCHABLE) {
    return validationError(`An object type can have at most ${MAX_SEARCHABLE} searchable properties`);
  }
  const primaryDisplayProperty = scalarText(body['primaryDisplayProperty']) ?? defaults.primaryDisplayProperty;
  const description = scalarText(body['description']) ?? defaults.description;
  const named = [
    ...requiredProperties,
    ...searchableProperties,
    ...secondaryDisplayProperties,
    ...(primaryDisplayProperty === undefined ? [] : [primaryDisplayProperty]),
  ];
  const unknown = named.find((name) => !hasProperty(name));
  if (unknown !== undefined) return validationError(`Property ${unknown} is not a property of this object type`);
  const labels = isObject(body['labels']) ? body['labels'] : {};
  const singular = scalarText(labels['singular']) ?? defaults.labels.singular;
  const plural = scalarText(labels['plural']) ?? defaults.labels.plural;
  return {
    labels: { ...(singular === undefined ? {} : { singular }), ...(plural === undefined ? {} : { plural }) },
    requiredProperties,
    searchableProperties,
    secondaryDisplayProperties,
    ...(primaryDisplayProperty === undefined ? {} : { primaryDisplayProperty }),
    ...(description === undefined ? {} : { description }),
  };
}

export function readObjectTypeChange(
  portal: Portal,
  type: CustomObjectType,
  given: unknown,
): ObjectTypeFacts | Refusal {
  const body = objectBody(given);
  if (body instanceof Refusal) return body;
  return readObjectTypeFacts(body, type, (name) => portal.schema.definition(type.objectTypeId, name) !== undefined);
}
