import type { Connection, WritebackSettings } from '@app/tenants';
import type { Binding } from '../bindings/binding.js';
import { compileBinding, type CompiledBinding } from '../compile/compile-binding.js';
import type { CheckedBinding } from '../grammar/checked-binding.js';
import { readDefinition } from '../grammar/read-binding.js';
import type { SchemaSnapshot } from '../schema/schema-snapshot.js';
import { validateBinding } from '../validate/validate-binding.js';
import { skillBroken } from './refuse-run.js';

/** A skill that can run: what it is, and where. */
export interface ReadySkill {
  binding: Binding;
  checked: CheckedBinding;
  compiled: CompiledBinding;
  portalId: string;
  rules: Pick<WritebackSettings, 'defaultCountry' | 'ignoredNumbers'> & Pick<Connection, 'timeZone'>;
}

/** Held against the newest schema once more: what the portal lost a moment ago is not asked for. @throws AppError 1012 `skill_broken` */
export function readySkill(
  binding: Binding,
  snapshot: SchemaSnapshot,
  { portalId, rules }: { portalId: NonNullable<Connection['portalId']>; rules: ReadySkill['rules'] },
): ReadySkill {
  if (binding.problems.length > 0) throw skillBroken(binding.problems);
  const read = readDefinition(binding.definition);
  if (!read.read) throw skillBroken(read.problems);
  const validation = validateBinding(read.value, snapshot, { ofPack: true });
  if (!validation.valid) throw skillBroken(validation.problems);
  return { binding, checked: validation.binding, compiled: compileBinding(validation.binding), portalId, rules };
}
