import type { CrmField, CrmObject, RecordOperator } from '@app/crm';
import type { InputType } from './binding.js';
import { isContactEmail, isPhoneField, optionsOf, OWNER, RECORD_ID } from './known-fields.js';

/** How an input is used with a field. */
export type InputRole =
  | { as: 'filter'; operator: RecordOperator }
  /** One of the values of `IN` or `NOT_IN`. */
  | { as: 'listed'; operator: RecordOperator }
  | { as: 'written' }
  | { as: 'key' }
  /** The record itself, or the one a tie leads to. */
  | { as: 'record' };

const TEXTS: readonly InputType[] = ['text', 'email', 'phone', 'option'];

/** The types of input that may be used so with a field; the first is taken where none is said. Empty: none. */
export function fittingTypes(object: CrmObject, field: CrmField, role: InputRole): readonly InputType[] {
  if (role.as === 'record' || field.name === RECORD_ID) return ['id'];
  if (field.name === OWNER) return ['owner'];
  switch (field.type) {
    case 'string':
    case 'phone_number':
      return textTypes(object, field, role);
    case 'number':
      return ['number'];
    case 'bool':
      return ['boolean'];
    case 'date':
      return ['date'];
    case 'datetime':
      return isOneMoment(role) ? ['datetime'] : ['datetime', 'date'];
    case 'enumeration':
      return optionTypes(object, field, role);
    default:
      return [];
  }
}

function textTypes(object: CrmObject, field: CrmField, role: InputRole): readonly InputType[] {
  if (isContactEmail(object, field.name) && !isToken(role)) {
    return role.as === 'written' || role.as === 'key' ? ['email'] : ['email', 'text', 'option'];
  }
  if (isPhoneField(field) && isWhole(role)) return ['phone', ...(role.as === 'key' ? [] : (['text'] as const))];
  return role.as === 'listed' ? [...TEXTS, 'options'] : TEXTS;
}

function optionTypes(object: CrmObject, field: CrmField, role: InputRole): readonly InputType[] {
  if (optionsOf(object, field) === undefined) return ['text'];
  if (role.as === 'listed') return ['options', 'option'];
  return role.as === 'written' && field.fieldType === 'checkbox' ? ['options', 'option'] : ['option'];
}

/** A time is compared with one moment, or several: with a day it can't be. */
export function isOneMoment(role: InputRole): boolean {
  return role.as === 'listed' || (role.as === 'filter' && role.operator === 'NEQ');
}

/** Words of a text are looked for, not all of it. */
export function isToken(role: InputRole): boolean {
  return role.as === 'filter' && role.operator.endsWith('CONTAINS_TOKEN');
}

/** The number as a whole is meant: kept, or the same one looked for. */
function isWhole(role: InputRole): boolean {
  return role.as === 'written' || role.as === 'key' || (role.as === 'filter' && role.operator === 'EQ');
}
