import type { ShownType } from '@app/crm';
import { fieldsOf, listOf, textOf } from '../client/read-json.js';

/** A property of contacts, as far as showing its values needs it. */
export interface PropertyDefinition {
  name: string;
  label: string;
  groupName: string;
  shownAs: ShownType;
  fieldType?: string;
  /** `formatted`, `unformatted`, `percentage`, … */
  numberHint?: string;
  /** The value is an owner's id. */
  isOwner: boolean;
  /** Label by value. */
  options: ReadonlyMap<string, string>;
}

const SHOWN_AS: Readonly<Record<string, ShownType>> = {
  number: 'number',
  date: 'date',
  datetime: 'datetime',
  enumeration: 'choice',
  bool: 'boolean',
};

/** Undefined for what agents are not to see: sensitive (health, finance), hidden or archived properties. */
export function readDefinition(value: unknown): PropertyDefinition | undefined {
  const fields = fieldsOf(value);
  const name = textOf(fields['name']);
  const sensitivity = textOf(fields['dataSensitivity']) ?? 'non_sensitive';
  if (name === undefined || sensitivity !== 'non_sensitive') return undefined;
  if (fields['hidden'] === true || fields['archived'] === true) return undefined;
  const type = textOf(fields['type']) ?? 'string';
  return {
    name,
    label: textOf(fields['label']) ?? name,
    groupName: textOf(fields['groupName']) ?? '',
    shownAs: SHOWN_AS[type] ?? 'text',
    fieldType: textOf(fields['fieldType']),
    numberHint: textOf(fields['numberDisplayHint']),
    isOwner: textOf(fields['referencedObjectType']) === 'OWNER',
    options: new Map(listOf(fields['options']).flatMap(readOption)),
  };
}

function readOption(value: unknown): [string, string][] {
  const fields = fieldsOf(value);
  const option = textOf(fields['value']);
  return option === undefined ? [] : [[option, textOf(fields['label']) ?? option]];
}
