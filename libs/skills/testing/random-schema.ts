import type { CrmField, CrmObject, CrmOwner } from '@app/crm';
import fc from 'fast-check';
import { aField, anObject } from './example-snapshot.js';

/** A field that a portal lets people make. */
interface RandomField {
  kind: keyof typeof KINDS;
  isUnique: boolean;
}

/** Of each type, as the definition of a property says it. */
const KINDS = {
  text: { type: 'string', fieldType: 'text' },
  phone: { type: 'phone_number', fieldType: 'phonenumber' },
  number: { type: 'number', fieldType: 'number' },
  flag: { type: 'bool', fieldType: 'booleancheckbox' },
  day: { type: 'date', fieldType: 'date' },
  time: { type: 'datetime', fieldType: 'date' },
  choice: { type: 'enumeration', fieldType: 'select' },
  choices: { type: 'enumeration', fieldType: 'checkbox' },
  calculated: { type: 'number', fieldType: 'calculation_equation' },
} as const;

const OPTIONS = ['red', 'Green', 'blue sky', '4'];

/** Types of object that a portal could have: fields of every type, the first a text that new records need. */
export const randomObjects: fc.Arbitrary<CrmObject> = fc
  .array(
    fc.record<RandomField>({
      kind: fc.constantFrom(...(Object.keys(KINDS) as (keyof typeof KINDS)[])),
      isUnique: fc.boolean(),
    }),
    { minLength: 3, maxLength: 8 },
  )
  .chain((fields) =>
    fc.subarray(fields.map((_, index) => index)).map((required) => {
      const made = [
        toField({ kind: 'text', isUnique: false }, 0),
        ...fields.map((field, at) => toField(field, at + 1)),
      ];
      const needed = required.map((index) => made[index + 1]).filter((field) => field?.isReadOnly === false);
      return anObject('things', {
        isCustom: true,
        requiredFields: ['f0', ...needed.flatMap((field) => field?.name ?? [])],
        fields: [...made, aField('hs_createdate', { type: 'datetime', fieldType: 'date', isReadOnly: true })],
      });
    }),
  );

function toField({ kind, isUnique }: RandomField, index: number): CrmField {
  const { type, fieldType } = KINDS[kind];
  const values = type === 'enumeration' ? OPTIONS : [];
  return aField(`f${index}`, {
    type,
    fieldType,
    isReadOnly: kind === 'calculated',
    isUnique: isUnique && (kind === 'text' || kind === 'phone'),
    options: values.map((value) => ({ value, label: value, isHidden: false })),
  });
}

/** Fields of the object's own, without those every object has. */
export function ownFields({ fields }: CrmObject): CrmField[] {
  return fields.filter(({ name }) => /^f\d+$/.test(name));
}

/** Values that a field takes; what is broken is broken for HubSpot too. */
export function valuesFor(field: CrmField, owners: readonly CrmOwner[]): fc.Arbitrary<unknown> {
  if (field.name === 'hs_object_id') return fc.integer({ min: 1, max: 1_000_000 }).map(String);
  if (field.name === 'hubspot_owner_id') return fc.constantFrom(...owners.flatMap(({ email }) => email ?? []));
  switch (field.type) {
    case 'number':
      return fc.oneof(fc.integer(), fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.constantFrom('7', '-1.5'));
    case 'bool':
      return fc.constantFrom(true, false, 'true', 'FALSE');
    case 'date':
    case 'datetime':
      return fc.constantFrom('2026-01-31', '2024-02-29', '2026-01-31T10:00:00Z', '2026-01-31T10:00:00.5+02:00');
    case 'enumeration':
      return fc.constantFrom(...field.options.map(({ value }) => value));
    default:
      return field.isUnique
        ? fc.uuid()
        : fc.string({ minLength: 1, maxLength: 20 }).filter((text) => text.replaceAll('*', '').trim() !== '');
  }
}

export function brokenValuesFor(field: CrmField): fc.Arbitrary<unknown> | undefined {
  switch (field.type) {
    case 'number':
      return fc.constantFrom('many', true, '1,5', '0x10');
    case 'bool':
      return fc.constantFrom('yes', 1);
    case 'date':
    case 'datetime':
      return fc.constantFrom('tomorrow', '2026-02-31', '2026-13-01', true);
    case 'enumeration':
      return field.options.length === 0 ? undefined : fc.constantFrom('Red', 'purple', 5);
    default:
      return undefined;
  }
}
