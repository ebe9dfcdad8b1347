import type { CrmOption } from '@app/crm';
import {
  type BindingDefinition,
  type BindingInput,
  DEFAULT_MAX_LENGTH,
  type InputMapping,
  type InputType,
} from './binding.js';
import type { CheckedInput, InputUse } from './checked-binding.js';
import type { Checking } from './checking.js';
import { pinnedPipeline } from './check-write.js';
import { fittingTypes } from './fitting-types.js';
import { objectOf, optionsOf, pipelineFields } from './known-fields.js';

/** Names that the tools themselves use. */
const RESERVED = ['cursor', 'confirmation_token'];

/** @returns the inputs as their fields complete them, and which field each stands for, in full. */
export function checkInputs(
  checking: Checking,
  definition: BindingDefinition,
  { prunesMap }: { prunesMap: boolean },
): { inputs: CheckedInput[]; map: InputMapping[] } {
  const { problems, uses } = checking;
  const declared = new Set(definition.inputs.map(({ name }) => name));
  for (const { input, path } of uses)
    if (!declared.has(input)) problems.add(`${path}.input`, 'undeclared_input', 'is not among the inputs');
  const refused = refusedInputs(checking, definition);
  const map = checkMap(checking, definition, { prunes: prunesMap, refused });
  const inputs = definition.inputs.flatMap((input, index) => {
    const path = `inputs[${index}]`;
    if (definition.inputs.findIndex(({ name }) => name === input.name) < index)
      problems.add(`${path}.name`, 'duplicate_input', 'is the name of another input');
    if (RESERVED.includes(input.name))
      problems.add(`${path}.name`, 'reserved_input', 'is a name that tools use themselves');
    const mine = uses.filter((use) => use.input === input.name);
    if (mine.length === 0) {
      if (!refused.has(input.name)) problems.add(path, 'unused_input', 'is used nowhere');
      return [];
    }
    return checkInput(checking, { input, path, uses: inOrder(mine, map), definition });
  });
  return { inputs, map };
}

/** Those named at a place that was refused for something else: that they are not used is no complaint of their own. */
function refusedInputs({ uses }: Checking, definition: BindingDefinition): Set<string> {
  const named = inputsIn(definition.operation === 'restSearch' ? definition.restSearch : definition.restWrite);
  const times = (name: string): number => named.filter((each) => each === name).length;
  return new Set(named.filter((name) => times(name) > uses.filter(({ input }) => input === name).length));
}

/** Every input that is named in an AST, once for each place. */
export function inputsIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  if ('input' in node && typeof node.input === 'string') return [node.input];
  return Object.values(node).flatMap(inputsIn);
}

function checkMap(
  { snapshot, problems, uses }: Checking,
  { inputs, inputObjectMap }: BindingDefinition,
  { prunes, refused }: { prunes: boolean; refused: ReadonlySet<string> },
): InputMapping[] {
  const used = uses.map(({ input, object, field }) => ({ input, object: object.name, field: field.name }));
  const given = inputObjectMap.flatMap((entry, index) => {
    const path = `inputObjectMap[${index}]`;
    const named = { ...entry, object: objectOf(snapshot, entry.object)?.name ?? entry.object };
    if (used.some((use) => isSame(use, named))) return [named];
    if (prunes) return [];
    if (!inputs.some(({ name }) => name === entry.input))
      problems.add(`${path}.input`, 'undeclared_input', 'is not among the inputs');
    else if (!refused.has(entry.input))
      problems.add(
        path,
        'unused_mapping',
        `says that ${entry.input} stands for ${entry.object}.${entry.field}, with which it is not used`,
      );
    return [named];
  });
  const all = [...given, ...used];
  return all.filter((entry, index) => all.findIndex((other) => isSame(other, entry)) === index);
}

/** What the map names first decides the type. */
function inOrder(uses: readonly InputUse[], map: readonly InputMapping[]): InputUse[] {
  const place = ({ input, object, field }: InputUse): number =>
    map.findIndex((entry) => entry.input === input && entry.object === object.name && entry.field === field.name);
  return uses.toSorted((a, b) => place(a) - place(b));
}

interface OneInput {
  input: BindingInput;
  path: string;
  uses: readonly InputUse[];
  definition: BindingDefinition;
}

function checkInput({ problems }: Checking, { input, path, uses, definition }: OneInput): CheckedInput[] {
  const [first] = uses;
  const type = input.type ?? (first && defaultType(first, input));
  if (type === undefined) return [];
  const at = problems;
  for (const { object, field, role, path: usedAt } of uses) {
    if (fittingTypes(object, field, role).includes(type)) continue;
    const where = input.type === undefined ? `${usedAt}.input` : `${path}.type`;
    at.add(where, 'wrong_input_type', `is a ${type}, which doesn't fit ${object.name}.${field.name} (${field.type})`);
    return [];
  }
  const { name, description, required, maxLength = DEFAULT_MAX_LENGTH } = input;
  const checked: CheckedInput = { name, description, required, type, maxLength };
  if (type !== 'option' && type !== 'options') {
    if (input.options !== undefined)
      at.add(`${path}.options`, 'wrong_input_type', `are only for inputs of type option or options`);
    return [checked];
  }
  const offered = offer(input, uses, definition);
  const closed = offered.known;
  const unknown = (input.options ?? []).findIndex((value) => closed !== undefined && !closed.has(value));
  if (unknown >= 0) at.add(`${path}.options[${unknown}]`, 'unknown_option', `is not an option of the field`);
  if (offered.options.length === 0)
    at.add(
      `${path}.${input.options === undefined ? 'type' : 'options'}`,
      'wrong_input_type',
      'needs options to choose from',
    );
  return [{ ...checked, options: offered.options }];
}

/** Text that is to be one of a few is an option. */
function defaultType({ object, field, role }: InputUse, { options }: BindingInput): InputType | undefined {
  const fitting = fittingTypes(object, field, role);
  const wanted = options !== undefined && field.type !== 'enumeration' ? 'option' : undefined;
  return wanted !== undefined && fitting.includes(wanted) ? wanted : fitting[0];
}

/** What every field the input is used with takes; of these what the operator offers, or what HubSpot shows. */
function offer(
  { options }: BindingInput,
  uses: readonly InputUse[],
  definition: BindingDefinition,
): { known?: ReadonlyMap<string, CrmOption>; options: CrmOption[] } {
  let known: Map<string, CrmOption> | undefined;
  for (const { object, field } of uses) {
    const isStage = field.name === pipelineFields(object)?.stage;
    const pipelineId =
      isStage && definition.operation === 'restWrite' ? pinnedPipeline(object, definition.restWrite) : undefined;
    const closed = optionsOf(object, field, pipelineId);
    if (closed === undefined) continue;
    const before = known;
    known = new Map(
      closed.filter(({ value }) => before === undefined || before.has(value)).map((option) => [option.value, option]),
    );
  }
  const all = known;
  if (options !== undefined) {
    const chosen = [...new Set(options)].map((value) => all?.get(value) ?? { value, label: value, isHidden: false });
    return { known: all, options: chosen };
  }
  return { known: all, options: [...(all?.values() ?? [])].filter(({ isHidden }) => !isHidden) };
}

function isSame(one: InputMapping, other: InputMapping): boolean {
  return one.input === other.input && one.object === other.object && one.field === other.field;
}
