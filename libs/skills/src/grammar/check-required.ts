import type { CrmObject } from '@app/crm';
import type { Operand, RestWrite } from './binding.js';
import type { Problems } from './binding-problem.js';
import type { CheckedInput } from './checked-binding.js';
import { isKnownByPhone } from './check-write.js';

/** What HubSpot wants of a new record, and what the write itself can't do without, must be there whatever is sent. */
export function checkRequired(
  problems: Problems,
  write: RestWrite,
  { object, inputs }: { object: CrmObject; inputs: readonly Pick<CheckedInput, 'name' | 'required'>[] },
): void {
  const isCertain = (operand: Operand): boolean =>
    'constant' in operand || inputs.some(({ name, required }) => name === operand.input && required);
  if (write.action === 'update') {
    if (!isCertain(write.id)) problems.add('restWrite.id.input', 'required_field_unbound', 'must be a required input');
    return;
  }
  if (write.action === 'findOrCreate' && !isCertain(write.key.value))
    problems.add('restWrite.key.value', 'required_field_unbound', 'must be a constant or a required input');
  const assignments = write.action === 'findOrCreate' ? [write.key, ...write.set] : write.set;
  const certain = new Set(assignments.filter(({ value }) => isCertain(value)).map(({ field }) => field));
  const missing = object.requiredFields.filter((name) => !certain.has(name));
  const set = missing.length === 1 ? 'set it' : 'set each';
  if (missing.length > 0)
    problems.add(
      'restWrite.set',
      'required_field_unbound',
      `must set ${missing.join(', ')}, which HubSpot requires of new ${object.name}: ${set} by a constant or a required input`,
    );
  const { requiresOneOf } = object;
  // A contact known by its number alone gets the number as its name.
  if (requiresOneOf.length === 0 || requiresOneOf.some((name) => certain.has(name)) || isKnownByPhone(object, write))
    return;
  problems.add(
    'restWrite.set',
    'required_field_unbound',
    `must set one of ${requiresOneOf.join(', ')} by a constant or a required input: HubSpot requires it of new ${object.name}`,
  );
}
