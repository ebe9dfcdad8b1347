import type { CrmField, CrmObject, CrmOwner } from '@app/crm';
import type { Operand } from '../grammar/binding.js';
import { readValue } from '../grammar/read-value.js';
import type { Arguments, ArgumentValue } from './argument-value.js';

export interface ValuePlace {
  object: CrmObject;
  field: CrmField;
  owners: readonly CrmOwner[];
  for: 'write' | 'filter';
}

/** A constant or what was sent for an input; undefined when nothing was. */
export function valueOf(place: ValuePlace, operand: Operand, sent: Arguments): ArgumentValue | undefined {
  if ('input' in operand) return sent.get(operand.input);
  const read = readValue(place, operand.constant);
  // Checked when the binding was saved; the portal may have changed since, and then the binding is marked.
  if (!read.read) throw new TypeError(`The constant for ${place.field.name} ${read.message}`);
  return { texts: read.texts };
}

/** As HubSpot's search compares: times as milliseconds, the surest of the forms it takes. A day of a field that keeps times is none. */
export function searchText({ type }: CrmField, text: string): string {
  return type === 'date' || type === 'datetime' ? String(Date.parse(text)) : text;
}
