import type { CrmField, RecordOperator } from '@app/crm';

const PRESENCE = ['HAS_PROPERTY', 'NOT_HAS_PROPERTY'] as const satisfies RecordOperator[];
const EQUALITY = ['EQ', 'NEQ', 'IN', 'NOT_IN'] as const satisfies RecordOperator[];
const ORDER = ['LT', 'LTE', 'GT', 'GTE', 'BETWEEN'] as const satisfies RecordOperator[];
const TOKENS = ['CONTAINS_TOKEN', 'NOT_CONTAINS_TOKEN'] as const satisfies RecordOperator[];

/** By the type of a field. A type that isn't listed is carried and shown, but can't be filtered on. */
const OPERATORS: Readonly<Record<string, readonly RecordOperator[]>> = {
  string: [...EQUALITY, ...TOKENS, ...PRESENCE],
  phone_number: [...EQUALITY, ...TOKENS, ...PRESENCE],
  number: [...EQUALITY, ...ORDER, ...PRESENCE],
  date: [...EQUALITY, ...ORDER, ...PRESENCE],
  datetime: [...EQUALITY, ...ORDER, ...PRESENCE],
  enumeration: [...EQUALITY, ...PRESENCE],
  bool: ['EQ', 'NEQ', ...PRESENCE],
};

/** What a search may ask of a field. */
export function legalOperators(field: Pick<CrmField, 'type'>): readonly RecordOperator[] {
  return OPERATORS[field.type] ?? [];
}
