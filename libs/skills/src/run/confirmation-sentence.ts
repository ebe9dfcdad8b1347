import type { RecordWrite } from '@app/crm';
import { momentInZone } from '../compile/days.js';
import type { ReadingRules } from '../compile/read-arguments.js';
import type { CheckedBinding } from '../grammar/checked-binding.js';
import { fieldOf, optionsOf, OWNER } from '../grammar/known-fields.js';

/** Nobody listens longer. */
const LONGEST_VALUE = 200;

/**
 * What is about to be written, for the caller to agree to: what they said themselves, by the labels that people know, and
 * nothing of what the operator pinned. Times as the clock on the portal's wall has them.
 */
export function confirmationSentence(
  checked: CheckedBinding,
  write: RecordWrite,
  { timeZone }: Pick<ReadingRules, 'timeZone'> = {},
): string {
  const said = saidValues(checked, write, timeZone);
  const label = checked.object.label.toLowerCase();
  const others = saidTies(checked, write);
  const withValues = said.length === 0 ? '' : ` with ${listed(said)}`;
  const tied = others.length === 0 ? '' : `, tied to ${listed(others)}`;
  switch (write.action) {
    case 'create':
      return `Shall I create a new ${label}${withValues}${tied}?`;
    case 'findOrCreate':
      return `Shall I save a ${label}${withValues}${tied}?`;
    case 'update': {
      if (said.length === 0) return `Shall I tie the ${label} to ${listed(others) || 'another record'}?`;
      const andTie = others.length === 0 ? '' : `, and tie it to ${listed(others)}`;
      return `Shall I change the ${label}: ${listed(said)}${andTie}?`;
    }
  }
}

/** An id says nothing to people: what kind of record it is, and as what it is tied, does. */
function saidTies({ definition, ties }: CheckedBinding, write: RecordWrite): string[] {
  if (definition.operation !== 'restWrite') return [];
  return definition.restWrite.associate.flatMap(({ to, id }, index) => {
    const tie = ties[index];
    const isMade = write.ties.some((made) => made.to === to && made.typeId === tie?.typeId);
    if (tie === undefined || !isMade || !('input' in id)) return [];
    const role = tie.label === undefined ? '' : ` (${tie.label})`;
    return [`the ${tie.otherLabel.toLowerCase()}${role}`];
  });
}

function saidValues(checked: CheckedBinding, write: RecordWrite, timeZone: string | undefined): string[] {
  const { definition, object, owners } = checked;
  if (definition.operation !== 'restWrite') return [];
  const { restWrite } = definition;
  const assigned = restWrite.action === 'findOrCreate' ? [restWrite.key, ...restWrite.set] : restWrite.set;
  return assigned.flatMap(({ field: name, value }) => {
    const field = fieldOf(object, name);
    const text = write.values[name];
    if (!('input' in value) || field === undefined || text === undefined) return [];
    if (field.type === 'datetime') return [`${field.label} “${momentInZone(text, timeZone)}”`];
    const options = optionsOf(object, field);
    const words = text.split(options === undefined ? '\0' : ';').map((one) => {
      const option = options?.find((each) => each.value === one);
      const owner = owners.find(({ id }) => id === one && name === OWNER);
      return option?.label ?? owner?.name ?? one;
    });
    return [`${field.label} “${shortened(words.join(', '))}”`];
  });
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

function shortened(text: string): string {
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE).toWellFormed()}…`;
}
