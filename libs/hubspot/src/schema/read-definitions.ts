import type { CrmField, CrmOption, CrmOwner, CrmPipeline, CrmRelationship } from '@app/crm';
import { fieldsOf, idOf, listOf, textOf, textsOf } from '../client/read-json.js';

/*
 * Definitions as HubSpot sends them, read with care: whatever is missing has a meaning that promises nothing, and what has
 * no name is left out.
 */

/** Undefined for what has no name or is archived. */
function readField(value: unknown): CrmField | undefined {
  const given = fieldsOf(value);
  const name = textOf(given['name']);
  if (name === undefined || given['archived'] === true) return undefined;
  const { readOnlyValue } = fieldsOf(given['modificationMetadata']);
  const isHidden = given['hidden'] === true;
  const sensitivity = textOf(given['dataSensitivity']) ?? 'non_sensitive';
  return {
    name,
    label: textOf(given['label']) ?? name,
    description: textOf(given['description']),
    group: textOf(given['groupName']),
    type: textOf(given['type']) ?? 'unknown',
    fieldType: textOf(given['fieldType']) ?? 'unknown',
    options: readOptions(given['options']),
    optionsFromElsewhere: given['externalOptions'] === true,
    isUnique: given['hasUniqueValue'] === true,
    isReadOnly: readOnlyValue === true || given['calculated'] === true || isHidden,
    isHidden,
    sensitivity: sensitivity === 'non_sensitive' ? 'none' : sensitivity,
  };
}

function readOptions(value: unknown): CrmOption[] {
  return inOrder(listOf(value)).flatMap((given) => {
    const option = textOf(given['value']);
    if (option === undefined) return [];
    return [{ value: option, label: textOf(given['label']) ?? option, isHidden: given['hidden'] === true }];
  });
}

/** By `displayOrder`, where -1 and nothing at all stand last; otherwise as they came. */
function inOrder(values: readonly unknown[]): Record<string, unknown>[] {
  return values.map(fieldsOf).toSorted((a, b) => placeOf(a) - placeOf(b));
}

function placeOf({ displayOrder: place }: Record<string, unknown>): number {
  return typeof place === 'number' && place >= 0 ? place : Number.MAX_SAFE_INTEGER;
}

/** What a portal starts with is its default; where that is gone, the first one. */
const FIRST_PIPELINES: readonly string[] = ['default', '0'];

export function readPipelines(values: readonly unknown[]): CrmPipeline[] {
  const pipelines = inOrder(values).flatMap((given) => {
    const id = textOf(given['id']);
    if (id === undefined || given['archived'] === true) return [];
    return [{ id, label: textOf(given['label']) ?? id, stages: readStages(given['stages']) }];
  });
  const known = pipelines.find(({ id }) => FIRST_PIPELINES.includes(id)) ?? pipelines[0];
  return pipelines.map((pipeline) => ({ ...pipeline, isDefault: pipeline === known }));
}

function readStages(value: unknown): CrmPipeline['stages'] {
  return inOrder(listOf(value)).flatMap((given) => {
    const id = textOf(given['id']);
    if (id === undefined || given['archived'] === true) return [];
    return [{ id, label: textOf(given['label']) ?? id, isClosed: isClosed(fieldsOf(given['metadata'])) }];
  });
}

/** `isClosed` of all; where it is missing, a deal is won or lost by its probability, a ticket closed by its state. */
function isClosed({ isClosed: said, ticketState, probability }: Record<string, unknown>): boolean {
  if (said !== undefined) return said === true || said === 'true';
  if (ticketState !== undefined) return ticketState === 'CLOSED';
  return probability !== undefined && probability !== '' && [0, 1].includes(Number(probability));
}

/** @param to name of the other object. */
export function readRelationship(to: string, value: unknown): CrmRelationship | undefined {
  const given = fieldsOf(value);
  const { typeId } = given;
  if (typeof typeId !== 'number' || !Number.isSafeInteger(typeId)) return undefined;
  return { to, typeId, category: textOf(given['category']) ?? 'HUBSPOT_DEFINED', label: textOf(given['label']) };
}

/** Undefined for who has left. */
export function readOwner(value: unknown): CrmOwner | undefined {
  const given = fieldsOf(value);
  const id = idOf(given['id']);
  if (id === undefined || given['archived'] === true) return undefined;
  const email = textOf(given['email'])?.toLowerCase();
  const names = [textOf(given['firstName']), textOf(given['lastName'])].filter((name) => name !== undefined);
  return { id, email, name: names.length > 0 ? names.join(' ') : (email ?? id) };
}

/** A custom object's definition, without its fields' capabilities. */
export interface CustomObject {
  name: string;
  typeId: string;
  label: string;
  pluralLabel: string;
  description?: string;
  primaryField?: string;
  searchableFields: string[];
  requiredFields: string[];
  /** Undefined: not told here. */
  fields?: CrmField[];
  /** Type ids of the objects its records can be tied to. */
  tiedTo: ReadonlySet<string>;
}

/** Undefined for what has no type id or is archived. */
export function readCustomObject(value: unknown): CustomObject | undefined {
  const given = fieldsOf(value);
  const typeId = textOf(given['objectTypeId']);
  if (typeId === undefined || given['archived'] === true) return undefined;
  const name = textOf(given['fullyQualifiedName']) ?? typeId;
  const labels = fieldsOf(given['labels']);
  const label = textOf(labels['singular']) ?? textOf(given['name']) ?? name;
  const fields = readFields(listOf(given['properties']));
  return {
    name,
    typeId,
    label,
    pluralLabel: textOf(labels['plural']) ?? label,
    description: textOf(given['description']),
    primaryField: textOf(given['primaryDisplayProperty']),
    searchableFields: textsOf(given['searchableProperties']),
    requiredFields: textsOf(given['requiredProperties']),
    fields: fields.length > 0 ? fields : undefined,
    tiedTo: new Set(listOf(given['associations']).flatMap((tie) => otherEnd(tie, typeId) ?? [])),
  };
}

/** An object may be tied to its own kind. */
function otherEnd(value: unknown, typeId: string): string | undefined {
  const given = fieldsOf(value);
  const [from, to] = [textOf(given['fromObjectTypeId']), textOf(given['toObjectTypeId'])];
  return from === typeId ? to : from;
}

/** Each name once: the first definition of it. */
export function readFields(values: readonly unknown[]): CrmField[] {
  const fields = new Map<string, CrmField>();
  for (const field of values.map(readField))
    if (field !== undefined && !fields.has(field.name)) fields.set(field.name, field);
  return [...fields.values()];
}
