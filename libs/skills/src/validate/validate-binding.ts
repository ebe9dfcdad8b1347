import type { CrmObject } from '@app/crm';
import { PACK_NAMES } from '../bindings/tool-names.js';
import { checkKeyLimits, checkLimits } from '../compile/check-limits.js';
import type { BindingDefinition } from '../grammar/binding.js';
import { type BindingProblem, Problems } from '../grammar/binding-problem.js';
import { checkInputs } from '../grammar/check-inputs.js';
import { checkRequired } from '../grammar/check-required.js';
import { checkSearch } from '../grammar/check-search.js';
import { checkWrite } from '../grammar/check-write.js';
import type { CheckedBinding } from '../grammar/checked-binding.js';
import { Checking } from '../grammar/checking.js';
import type { SchemaSnapshot } from '../schema/schema-snapshot.js';

export type Validation = { valid: true; binding: CheckedBinding } | { valid: false; problems: BindingProblem[] };

export interface ValidateOptions {
  /** The Connector Pack's own skills may have its names. */
  ofPack?: boolean;
  /** Entries of the map that are used no more are dropped: it is a former one, completed here. */
  prunesMap?: boolean;
}

/** Whether a binding holds against what the portal holds: every problem at once, each with its place. Pure. */
export function validateBinding(
  definition: BindingDefinition,
  snapshot: SchemaSnapshot,
  { ofPack = false, prunesMap = false }: ValidateOptions = {},
): Validation {
  const problems = new Problems();
  const checking = new Checking(snapshot, problems);
  if (!ofPack && PACK_NAMES.includes(definition.toolName))
    problems.add('toolName', 'reserved_name', 'is the name of a skill of the Connector Pack');
  const block = definition.operation === 'restSearch' ? definition.restSearch : definition.restWrite;
  const access = definition.operation === 'restSearch' ? 'read' : 'write';
  const object = checking.object(`${definition.operation}.object`, block.object, access);
  // It is looked for first.
  if (definition.operation === 'restWrite' && definition.restWrite.action === 'findOrCreate')
    checking.object('restWrite.object', block.object, 'read');
  // Without its object nothing else can be judged.
  if (object === undefined) return { valid: false, problems: problems.all() };

  const ties = definition.operation === 'restWrite' ? checkWrite(checking, definition.restWrite, object) : [];
  if (definition.operation === 'restSearch') checkSearch(checking, definition.restSearch, object);
  const { inputs, map } = checkInputs(checking, definition, { prunesMap });
  if (definition.operation === 'restWrite')
    checkRequired(problems, definition.restWrite, { object, inputs: definition.inputs });
  checkProjection(checking, definition, object);
  const checked = {
    definition: { ...definition, inputObjectMap: map },
    object,
    inputs,
    owners: snapshot.owners,
    ties,
  };
  if (definition.operation === 'restSearch' && problems.all().length === 0)
    checkLimits(problems, definition.restSearch, checked);
  if (definition.operation === 'restWrite' && problems.all().length === 0)
    checkKeyLimits(problems, definition, checked);
  const found = problems.all();
  return found.length > 0 ? { valid: false, problems: found } : { valid: true, binding: checked };
}

function checkProjection(checking: Checking, definition: BindingDefinition, object: CrmObject): void {
  const shown = definition.projection ?? [];
  const selected = definition.operation === 'restSearch' ? definition.restSearch.select : undefined;
  const names = shown.map(({ field, as }) => as ?? field);
  shown.forEach(({ field: name }, index) => {
    const path = `projection[${index}]`;
    if (names.indexOf(names[index] ?? '') < index || names[index] === 'id')
      checking.problems.add(path, 'duplicate_field', 'is shown under a name that is taken');
    const field = checking.field(`${path}.field`, object, { name, purpose: 'select' });
    if (field && selected && !selected.includes(name))
      checking.problems.add(`${path}.field`, 'unknown_field', 'is not selected');
  });
}
