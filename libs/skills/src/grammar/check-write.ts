import { type CrmObject, readPhoneNumber } from '@app/crm';
import type { Operand, RestWrite } from './binding.js';
import type { CheckedTie } from './checked-binding.js';
import type { Checking } from './checking.js';
import { fieldOf, isContactEmail, isContacts, isPhoneField, pipelineFields } from './known-fields.js';

/** @returns how each of `associate` is tied; fewer when one can't be. */
export function checkWrite(checking: Checking, write: RestWrite, object: CrmObject): CheckedTie[] {
  if (write.action === 'update') {
    checking.record('restWrite.id', write.id, object);
    if (write.set.length === 0 && write.associate.length === 0)
      checking.problems.add('restWrite.set', 'malformed', 'must have at least 1 entries, or there must be a tie');
  }
  if (write.action === 'findOrCreate') checkKey(checking, object, write.key);
  const pipelineId = pinnedPipeline(object, write);
  write.set.forEach(({ field: name, value }, index) => {
    const path = `restWrite.set[${index}]`;
    const isTwice = write.set.findIndex((other) => other.field === name) < index;
    if (isTwice || (write.action === 'findOrCreate' && write.key.field === name))
      checking.problems.add(`${path}.field`, 'duplicate_field', 'is set already');
    const field = checking.field(`${path}.field`, object, { name, purpose: 'write' });
    const isStage = name === pipelineFields(object)?.stage;
    if (field)
      checking.operand(`${path}.value`, value, {
        object,
        field,
        role: { as: 'written' },
        pipelineId: isStage ? pipelineId : undefined,
      });
  });
  return checkTies(checking, write, object);
}

/** The pipeline that the operator chose, which decides the stages there are. */
export function pinnedPipeline(object: CrmObject, write: RestWrite): string | undefined {
  const name = pipelineFields(object)?.pipeline;
  const value = write.set.find(({ field }) => field === name)?.value;
  return value !== undefined && 'constant' in value ? String(value.constant) : undefined;
}

/** Whether the record is known by its number, which HubSpot doesn't keep unique. */
export function isKnownByPhone(object: CrmObject, write: RestWrite): boolean {
  const field = write.action === 'findOrCreate' ? fieldOf(object, write.key.field) : undefined;
  return field !== undefined && !field.isUnique && isContacts(object) && isPhoneField(field);
}

function checkKey(
  checking: Checking,
  object: CrmObject,
  { field: name, value }: { field: string; value: Operand },
): void {
  const field = checking.field('restWrite.key.field', object, { name, purpose: 'write' });
  if (field === undefined) return;
  const isPhone = isContacts(object) && isPhoneField(field);
  if (!field.isUnique && !isPhone && !isContactEmail(object, name)) {
    checking.problems.add('restWrite.key.field', 'key_not_unique', 'may hold the same value in two records');
    return;
  }
  checking.operand('restWrite.key.value', value, { object, field, role: { as: 'key' } });
  const pinned = 'constant' in value ? String(value.constant) : undefined;
  if (isPhone && pinned !== undefined && readPhoneNumber(pinned)?.e164 === undefined)
    checking.problems.add('restWrite.key.value.constant', 'wrong_value', 'is not a number in international form');
}

function checkTies(checking: Checking, { associate }: RestWrite, object: CrmObject): CheckedTie[] {
  return associate.flatMap(({ to, id, label }, index) => {
    const path = `restWrite.associate[${index}]`;
    const other = checking.object(`${path}.to`, to, 'read');
    if (other === undefined) return [];
    const ways = object.relationships.filter((way) => way.to === other.name || way.to === other.typeId);
    const tie = ways.find((way) => way.label === label);
    if (tie === undefined) {
      const labels = ways.flatMap((way) => way.label ?? []);
      const known = labels.length === 0 ? '' : ` (${labels.join(', ')})`;
      if (label === undefined || ways.length === 0)
        checking.problems.add(`${path}.to`, 'unknown_relationship', `can't be tied to ${object.name}`);
      else
        checking.problems.add(
          `${path}.label`,
          'unknown_relationship',
          `is not a tie from ${object.name} to ${to}${known}`,
        );
      return [];
    }
    checking.record(`${path}.id`, id, other);
    return [{ ...tie, otherLabel: other.label }];
  });
}
