/** A definition while it is being written: shaped as the API takes it, but for what is not filled in yet. */
export interface Draft {
  toolName: string;
  description: string;
  operation: Operation;
  restSearch?: SearchBlock;
  restWrite?: WriteBlock;
  inputs: Input[];
  projection?: { field: string; as?: string }[];
}

export type Operation = 'restSearch' | 'restWrite';
export type Constant = string | number | boolean | string[];
/** Pinned by the operator, or sent by the AI agent. */
export type Operand = { constant: Constant } | { input: string };

export interface Filter {
  field: string;
  operator: string;
  value?: Operand;
  highValue?: Operand;
  values?: Operand[];
  optional?: boolean;
}

export interface SearchBlock {
  object: string;
  where: Filter[][];
  select: string[];
  sort?: { field: string; direction: 'ascending' | 'descending' };
  take: 'one' | 'latest' | { many: number; paging?: boolean };
}

export interface Assignment {
  field: string;
  value: Operand;
}

export interface Association {
  to: string;
  id: Operand;
  label?: string;
}

export type WriteAction = 'create' | 'update' | 'findOrCreate';

export interface WriteBlock {
  action: WriteAction;
  object: string;
  set: Assignment[];
  associate: Association[];
  id?: { input: string };
  key?: Assignment;
}

export interface Input {
  name: string;
  description: string;
  required?: boolean;
  type?: string;
  maxLength?: number;
  options?: string[];
}

const EMPTY: Operand = { constant: '' };

export const EMPTY_FILTER: Filter = { field: '', operator: '' };
export const EMPTY_ASSIGNMENT: Assignment = { field: '', value: EMPTY };
export const EMPTY_ASSOCIATION: Association = { to: '', id: EMPTY };

export function emptyDraft(operation: Operation = 'restSearch'): Draft {
  return withObject({ toolName: '', description: '', operation, inputs: [] }, '');
}

/** What is known of it that a draft needs; the map of inputs follows from the rest. */
export function draftOf(definition: Draft): Draft {
  const { toolName, description, operation, restSearch, restWrite, inputs, projection } = definition;
  return structuredClone({ toolName, description, operation, restSearch, restWrite, inputs, projection });
}

/** Another object has other fields: what was chosen of the former one goes. */
export function withObject(draft: Draft, object: string): Draft {
  const { restSearch: _, restWrite, projection: __, ...rest } = draft;
  return draft.operation === 'restSearch'
    ? { ...rest, inputs: [], restSearch: { object, where: [[EMPTY_FILTER]], select: [], take: 'one' } }
    : { ...withAction({ ...rest, inputs: [], restWrite: freshWrite(object) }, restWrite?.action ?? 'create') };
}

function freshWrite(object: string): WriteBlock {
  return { action: 'create', object, set: [EMPTY_ASSIGNMENT], associate: [] };
}

/** What is set and tied stays; the key or the id belongs to one action each. */
export function withAction(draft: Draft, action: WriteAction): Draft {
  const { restWrite } = draft;
  if (restWrite === undefined) return draft;
  const { id, key, ...block } = restWrite;
  const next: WriteBlock = { ...block, action };
  if (action === 'findOrCreate') return tidy({ ...draft, restWrite: { ...next, key: key ?? EMPTY_ASSIGNMENT } });
  if (action === 'create') return tidy({ ...draft, restWrite: next });
  if (id !== undefined) return { ...draft, restWrite: { ...next, id } };
  const made = withInput(draft, { name: 'record_id', description: 'Id of the record, from an earlier find' });
  return tidy({ ...made.draft, restWrite: { ...next, id: { input: made.name } } });
}

export function withOperation(draft: Draft, operation: Operation): Draft {
  if (draft.operation === operation) return draft;
  const object = (draft.restSearch ?? draft.restWrite)?.object ?? '';
  const { toolName, description } = draft;
  return withObject({ toolName, description, operation, inputs: [] }, object);
}

/** Another operator takes other values; what it takes too stays. */
export function withOperator(filter: Filter, operator: string): Filter {
  const { field, value, highValue, values, optional } = filter;
  const kept = value ?? values?.[0] ?? EMPTY;
  const next = { field, operator, ...(optional === undefined ? {} : { optional }) };
  switch (operator) {
    case 'HAS_PROPERTY':
    case 'NOT_HAS_PROPERTY':
      return { field, operator };
    case 'BETWEEN':
      return { ...next, value: kept, highValue: highValue ?? EMPTY };
    case 'IN':
    case 'NOT_IN':
      return { ...next, values: values ?? [kept] };
    default:
      return { ...next, value: kept };
  }
}

/** A further input, under a name that no other has. It has to be used at once, or `tidy` takes it out. */
export function withInput(draft: Draft, wanted: { name: string; description: string }): { draft: Draft; name: string } {
  const base = inputNameOf(wanted.name);
  const taken = new Set(draft.inputs.map(({ name }) => name));
  let name = base;
  for (let n = 2; taken.has(name); n += 1) name = `${base}_${n}`;
  return { name, draft: { ...draft, inputs: [...draft.inputs, { name, description: wanted.description }] } };
}

/** Of a field's name: HubSpot's own begin with `hs_`, which tells an AI agent nothing. */
export function inputNameOf(field: string): string {
  const plain = field
    .toLowerCase()
    .replace(/^hs_/, '')
    .replaceAll(/[^a-z0-9_]+/g, '_')
    .replace(/^[^a-z]+/, '');
  return (plain === '' ? 'value' : plain).slice(0, 60);
}

/** Wherever it is used. */
export function renameInput(draft: Draft, from: string, to: string): Draft {
  const renamed = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(renamed);
    if (typeof node !== 'object' || node === null) return node;
    if ('input' in node && node.input === from) return { ...node, input: to };
    return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, renamed(value)]));
  };
  const { restSearch, restWrite, ...rest } = draft;
  return {
    ...rest,
    ...(renamed({ restSearch, restWrite }) as Pick<Draft, 'restSearch' | 'restWrite'>),
    inputs: draft.inputs.map((input) => (input.name === from ? { ...input, name: to } : input)),
  };
}

/** Without inputs that are used nowhere, and without showing what isn't read. */
export function tidy(draft: Draft): Draft {
  const { projection, ...rest } = draft;
  const used = inputsIn(draft.operation === 'restSearch' ? draft.restSearch : draft.restWrite);
  const select = draft.operation === 'restSearch' ? draft.restSearch?.select : undefined;
  const shown = projection?.filter(({ field }) => select === undefined || select.includes(field)) ?? [];
  const inputs = draft.inputs.filter(({ name }) => used.has(name));
  return { ...rest, inputs, ...(shown.length === 0 ? {} : { projection: shown }) };
}

function inputsIn(node: unknown): Set<string> {
  if (typeof node !== 'object' || node === null) return new Set();
  if ('input' in node && typeof node.input === 'string') return new Set([node.input]);
  return new Set(Object.values(node).flatMap((member) => [...inputsIn(member)]));
}

/** As it is sent to be kept; of a change, with what is to go. */
export function bodyOf(draft: Draft): Record<string, unknown> {
  const { restSearch, restWrite, ...rest } = draft;
  return draft.operation === 'restSearch' ? { ...rest, restSearch } : { ...rest, restWrite };
}

export function changeOf(draft: Draft): Record<string, unknown> {
  return { ...bodyOf(draft), projection: draft.projection ?? null };
}

/** What stands at a path such as `restSearch.where[0][1].value`. */
export function valueAt(body: unknown, path: string): unknown {
  let node: unknown = body;
  for (const part of path.split(/[.[\]]+/).filter((each) => each !== '')) {
    if (typeof node !== 'object' || node === null) return undefined;
    node = (node as Record<string, unknown>)[part];
  }
  return node;
}

/** Nothing was typed or chosen there yet. */
export function isEmptyAt(body: unknown, path: string): boolean {
  const value = valueAt(body, path);
  if (value === undefined || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && value !== null && 'constant' in value && value.constant === '';
}

/** Where in the form a path is. */
export function placeInWords(path: string): string {
  const condition = /^restSearch\.where\[(\d+)\](?:\[(\d+)\])?/.exec(path);
  if (condition !== null) {
    const [, group, filter] = condition;
    const of = filter === undefined ? '' : `, condition ${Number(filter) + 1}`;
    return `Group ${Number(group) + 1}${of}`;
  }
  const row = /^restWrite\.(set|associate)\[(\d+)\]/.exec(path);
  if (row !== null) return `${row[1] === 'set' ? 'Field' : 'Tie'} ${Number(row[2]) + 1}`;
  const input = /^inputs\[(\d+)\]/.exec(path);
  if (input !== null) return `Input ${Number(input[1]) + 1}`;
  return PLACES.find(([prefix]) => path.startsWith(prefix))?.[1] ?? path;
}

const PLACES: readonly (readonly [prefix: string, words: string])[] = [
  ['operation', 'Kind'],
  ['toolName', 'Name'],
  ['description', 'Description'],
  ['restSearch.object', 'Object'],
  ['restWrite.object', 'Object'],
  ['restSearch.where', 'Conditions'],
  ['restSearch.select', 'Fields to show'],
  ['restSearch.sort', 'Order'],
  ['restSearch.take', 'How many'],
  ['restWrite.key', 'Known by'],
  ['restWrite.id', 'Record'],
  ['restWrite.set', 'Fields to set'],
  ['restWrite.associate', 'Ties'],
  ['projection', 'Names of what is shown'],
];
