import type { PropertyDefinition, PropertyInput } from '../catalogue/index.js';
import type { Portal } from '../portal/portal.js';
import { invalidInput, Refusal, validationError } from '../refuse/refusal.js';
import { isObject, objectBody, scalarText, type JsonObject } from '../serve/read-json.js';

const TYPES = ['bool', 'date', 'datetime', 'enumeration', 'number', 'phone_number', 'string'] as const;
const FIELD_TYPES = [
  'booleancheckbox',
  'calculation_equation',
  'checkbox',
  'date',
  'file',
  'html',
  'number',
  'phonenumber',
  'radio',
  'select',
  'text',
  'textarea',
] as const;

const SENSITIVITIES = ['non_sensitive', 'sensitive', 'highly_sensitive'] as const;

/** Unique-valued properties per object type (FACTS §4.3). */
const MAX_UNIQUE = 10;
/** Object types of which nobody confirms that they take unique properties (FACTS §4.3: UNCERTAIN). */
const ENGAGEMENTS = new Set(['notes', 'calls', 'communications']);

/** A property to be made, checked as HubSpot checks it (FACTS §5); `newGroup` is where those of a new type go. */
export function readPropertyInput(
  portal: Portal,
  typeKey: string,
  given: unknown,
  newGroup?: string,
): PropertyInput | Refusal {
  const body = objectBody(given);
  if (body instanceof Refusal) return body;
  const name = scalarText(body['name']);
  const label = scalarText(body['label']);
  const groupName = scalarText(body['groupName']) ?? newGroup;
  const type = TYPES.find((one) => one === body['type']);
  const fieldType = FIELD_TYPES.find((one) => one === body['fieldType']);
  if (!name || !label || !groupName) return invalidInput('Some required fields were not set: [name, label, groupName]');
  if (!type) return invalidInput(`${scalarText(body['type']) ?? 'null'} is not a valid property type`);
  if (!fieldType) return invalidInput(`${scalarText(body['fieldType']) ?? 'null'} is not a valid field type`);
  if (!/^[a-z][a-z0-9_]*$/.test(name)) {
    return validationError(
      `Property name ${name} is invalid: it must start with a letter and hold only lower-case letters, digits and underscores`,
    );
  }
  if (portal.schema.definition(typeKey, name)) {
    return new Refusal(409, {
      message: `A property named '${name}' already exists.`,
      category: 'OBJECT_ALREADY_EXISTS',
      subCategory: 'Properties.PROPERTY_EXISTS',
    });
  }
  if (groupName !== newGroup && !portal.schema.groups(typeKey).has(groupName)) {
    return validationError(`Property group ${groupName} does not exist`);
  }
  const dataSensitivity = SENSITIVITIES.find((one) => one === (body['dataSensitivity'] ?? 'non_sensitive'));
  if (!dataSensitivity) return invalidInput('dataSensitivity is not one of its values');
  const options = readOptions(body['options']);
  if (options instanceof Refusal) return options;
  const hasUniqueValue = body['hasUniqueValue'] === true;
  const refusal = hasUniqueValue ? uniqueRefusal(portal, typeKey) : undefined;
  if (refusal) return refusal;
  return {
    name,
    label,
    type,
    fieldType,
    groupName,
    options,
    hasUniqueValue,
    dataSensitivity,
    ...optional(body),
    ...(typeof body['externalOptions'] === 'boolean' ? { externalOptions: body['externalOptions'] } : {}),
    ...(typeof body['calculationFormula'] === 'string' ? { calculationFormula: body['calculationFormula'] } : {}),
    ...(typeof body['referencedObjectType'] === 'string' ? { referencedObjectType: body['referencedObjectType'] } : {}),
  };
}

function uniqueRefusal(portal: Portal, typeKey: string): Refusal | undefined {
  if (ENGAGEMENTS.has(typeKey) && !portal.flags.allowUniqueOnNotes) {
    return validationError(`Properties of ${typeKey} can't have unique values`);
  }
  const unique = [...portal.schema.definitions(typeKey).values()].filter(
    (definition) => definition.hasUniqueValue && !definition.hubspotDefined && !definition.archived,
  );
  return unique.length >= MAX_UNIQUE
    ? validationError(`An object type can have at most ${MAX_UNIQUE} unique properties`)
    : undefined;
}

type Change = Partial<
  Pick<
    PropertyDefinition,
    'label' | 'groupName' | 'description' | 'displayOrder' | 'hidden' | 'formField' | 'type' | 'fieldType' | 'options'
  >
>;

/** What a PATCH changes; HubSpot's own definitions only take more options. */
export function readPropertyChange(definition: PropertyDefinition, body: JsonObject): Change | Refusal {
  const options = body['options'] === undefined ? undefined : readOptions(body['options']);
  if (options instanceof Refusal) return options;
  const label = scalarText(body['label']);
  const groupName = scalarText(body['groupName']);
  const type = TYPES.find((one) => one === body['type']);
  const fieldType = FIELD_TYPES.find((one) => one === body['fieldType']);
  const change: Change = {
    ...optional(body),
    ...(label === undefined ? {} : { label }),
    ...(groupName === undefined ? {} : { groupName }),
    ...(type === undefined ? {} : { type }),
    ...(fieldType === undefined ? {} : { fieldType }),
    ...(options === undefined ? {} : { options }),
  };
  const isOptionsOnly = Object.keys(change).every((key) => key === 'options');
  if (definition.modificationMetadata.readOnlyDefinition && !isOptionsOnly) {
    return validationError(`The definition of property ${definition.name} is read only`);
  }
  return change;
}

const optional = (
  body: JsonObject,
): Partial<Pick<PropertyDefinition, 'description' | 'displayOrder' | 'hidden' | 'formField'>> => ({
  ...(typeof body['description'] === 'string' ? { description: body['description'] } : {}),
  ...(typeof body['displayOrder'] === 'number' ? { displayOrder: body['displayOrder'] } : {}),
  ...(typeof body['hidden'] === 'boolean' ? { hidden: body['hidden'] } : {}),
  ...(typeof body['formField'] === 'boolean' ? { formField: body['formField'] } : {}),
});

function readOptions(given: unknown): PropertyDefinition['options'] | Refusal {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given)) return invalidInput('options must be a list');
  const options: PropertyDefinition['options'][number][] = [];
  for (const [index, option] of (given as unknown[]).entries()) {
    const label = isObject(option) ? scalarText(option['label']) : undefined;
    const value = isObject(option) ? scalarText(option['value']) : undefined;
    if (!isObject(option) || label === undefined || value === undefined) {
      return invalidInput('Some required fields were not set: [label, value]');
    }
    if (options.some((one) => one.value === value)) return validationError(`Option value ${value} is given twice`);
    options.push({
      label,
      value,
      description: scalarText(option['description']) ?? '',
      displayOrder: typeof option['displayOrder'] === 'number' ? option['displayOrder'] : index,
      hidden: option['hidden'] === true,
    });
  }
  return options;
}
