import type { CrmField, CrmObject, CrmOwner } from '@app/crm';
import fc from 'fast-check';
import { brokenValuesFor, ownFields, valuesFor } from './random-schema.js';

const OPERATORS = [
  'EQ',
  'NEQ',
  'LT',
  'LTE',
  'GT',
  'GTE',
  'BETWEEN',
  'IN',
  'NOT_IN',
  'HAS_PROPERTY',
  'NOT_HAS_PROPERTY',
  'CONTAINS_TOKEN',
  'NOT_CONTAINS_TOKEN',
] as const;

/** Those that HubSpot's types take, once more and by hand: the generator must not ask the table it helps to test. */
function sureOperators({ type }: CrmField): readonly (typeof OPERATORS)[number][] {
  const always = ['EQ', 'NEQ', 'HAS_PROPERTY', 'NOT_HAS_PROPERTY'] as const;
  if (type === 'bool') return always;
  if (type === 'enumeration') return [...always, 'IN', 'NOT_IN'];
  if (type === 'string' || type === 'phone_number')
    return [...always, 'IN', 'NOT_IN', 'CONTAINS_TOKEN', 'NOT_CONTAINS_TOKEN'];
  return [...always, 'IN', 'NOT_IN', 'LT', 'LTE', 'GT', 'GTE', 'BETWEEN'];
}

/** Searches of an object, pinned in full; now and then one that is broken in one place or another. */
export function randomSearches(object: CrmObject, owners: readonly CrmOwner[]): fc.Arbitrary<Record<string, unknown>> {
  const names = object.fields.map(({ name }) => name);
  const filter = fc.constantFrom(...object.fields).chain((field) => {
    const broken = brokenValuesFor(field);
    const value = (broken === undefined ? valuesFor(field, owners) : rarely(valuesFor(field, owners), broken)).map(
      (constant) => ({ constant }),
    );
    return rarely<string>(fc.constantFrom(...sureOperators(field)), fc.constantFrom(...OPERATORS)).chain((operator) =>
      fc.record({
        field: rarely(fc.constant(field.name), fc.constant('nope')),
        operator: fc.constant(operator),
        ...operandsFor(operator, isOfMoments(field, operator) ? value.filter(isNoDay) : value),
      }),
    );
  });
  const group = rarely(
    fc.array(filter, { minLength: 1, maxLength: 3 }),
    fc.array(filter, { minLength: 7, maxLength: 7 }),
  );
  return fc
    .record({
      where: rarely(fc.array(group, { maxLength: 5 }), fc.array(group, { minLength: 6, maxLength: 6 })),
      select: fc.subarray(names, { minLength: 1 }),
      sort: fc.option(
        fc.record({
          field: rarely(fc.constantFrom(...names), fc.constant('nope')),
          direction: fc.constantFrom('ascending', 'descending'),
        }),
        { nil: undefined },
      ),
      take: rarely<unknown>(fc.constantFrom<unknown>('one', { many: 100 }, { many: 3 }), fc.constant({ many: 201 })),
    })
    .map((search) => ({ object: object.name, ...search }));
}

/** A time is like one moment, or unlike it: HubSpot takes a day for its midnight there, which nobody means. */
function isOfMoments({ type }: CrmField, operator: string): boolean {
  return type === 'datetime' && ['NEQ', 'IN', 'NOT_IN'].includes(operator);
}

function isNoDay({ constant }: { constant: unknown }): boolean {
  return !/^\d{4}-\d{2}-\d{2}$/.test(String(constant));
}

function operandsFor(operator: string, value: fc.Arbitrary<object>): Record<string, fc.Arbitrary<unknown>> {
  if (operator.endsWith('HAS_PROPERTY')) return {};
  if (operator === 'BETWEEN') return { value, highValue: value };
  return operator === 'IN' || operator === 'NOT_IN'
    ? { values: fc.array(value, { minLength: 1, maxLength: 3 }) }
    : { value };
}

/** What a new record of an object is made of; now and then something is missing, unknown, read-only or wrong. */
export function randomCreates(object: CrmObject, owners: readonly CrmOwner[]): fc.Arbitrary<Record<string, unknown>> {
  const writable = [...ownFields(object), ...object.fields.filter(({ name }) => name === 'hubspot_owner_id')];
  const needed = writable.filter(({ name, isReadOnly }) => object.requiredFields.includes(name) && !isReadOnly);
  const others = writable.filter((field) => !needed.includes(field) && !field.isReadOnly);
  const assign = (field: CrmField): fc.Arbitrary<object> => {
    const broken = brokenValuesFor(field);
    const right = valuesFor(field, owners);
    const value =
      broken === undefined ? right : fc.oneof({ weight: 20, arbitrary: right }, { weight: 1, arbitrary: broken });
    return value.map((constant) => ({ field: field.name, value: { constant } }));
  };
  const oddities = [
    { field: 'nope', value: { constant: 'x' } },
    { field: 'hs_createdate', value: { constant: '2026-01-31' } },
  ];
  return fc
    .record({
      kept: fc.oneof({ weight: 10, arbitrary: fc.constant(needed) }, { weight: 1, arbitrary: fc.subarray(needed) }),
      more: fc.subarray(others),
      odd: fc.oneof({ weight: 10, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.subarray(oddities) }),
    })
    .chain(({ kept, more, odd }) => fc.tuple(...[...kept, ...more].map(assign)).map((set) => [...set, ...odd]))
    .filter((set) => set.length > 0)
    .map((set) => ({ action: 'create', object: object.name, set }));
}

function rarely<T>(often: fc.Arbitrary<T>, seldom: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 30, arbitrary: often }, { weight: 1, arbitrary: seldom });
}
