import type { CrmField, CrmObject } from '@app/crm';
import type { BindingInput, Operand } from '../grammar/binding.js';
import { stemOf, wordsOf } from '../schema/search/words.js';

/** Why one part of a draft is as it is. */
export interface DraftReason {
  /** Into the draft: `restSearch.where[0][0]`. */
  path: string;
  /** Words of the goal; empty where nothing was said. */
  said: string;
  /** What was chosen: an object, a field, an operator, a value. */
  chosen: string;
  message: string;
}

/** The inputs of a draft, each by a name of its own. */
export class DraftInputs {
  readonly inputs: BindingInput[] = [];

  add(
    name: string,
    { description, required = true, options }: { description: string; required?: boolean; options?: string[] },
  ): Operand {
    const own = nameFrom(name);
    const taken = new Set(this.inputs.map((input) => input.name));
    let free = own;
    for (let count = 2; taken.has(free) || RESERVED.has(free); count++) free = `${own.slice(0, 58)}_${count}`;
    this.inputs.push({ name: free, description: description.slice(0, 500), required, ...(options && { options }) });
    return { input: free };
  }
}

const RESERVED = new Set(['cursor', 'confirmation_token']);

/** A name as tools and inputs have them. */
export function nameFrom(text: string): string {
  const name = wordsOf(text)
    .join('_')
    .replaceAll(/[^a-z0-9_]/g, '')
    .replace(/^[^a-z]+/, '')
    .replace(/_+$/, '')
    .slice(0, 60);
  return name === '' ? 'value' : name;
}

export function inputNameOf(field: CrmField): string {
  const label = nameFrom(field.label);
  return label.length > 1 && label !== 'value' ? label : nameFrom(field.name);
}

/** `contact`, `pet`: for names of tools and inputs. */
export function singularOf(object: CrmObject): string {
  const label = nameFrom(object.label);
  return label === 'value' ? nameFrom(object.name) : label;
}

export function pluralOf(object: CrmObject): string {
  const label = nameFrom(object.pluralLabel);
  return label === 'value' ? nameFrom(object.name) : label;
}

/** Codes and addresses are asked for whole, prose by its words. */
export function isCode({ label, name, isUnique }: CrmField): boolean {
  const codes = new Set([
    'number',
    'code',
    'id',
    'no',
    'key',
    'sku',
    'domain',
    'url',
    'website',
    'zip',
    'postal',
    'email',
    'reference',
    'ref',
  ]);
  return isUnique || wordsOf(`${label} ${name}`).some((word) => codes.has(stemOf(word) ?? word));
}
