import type { CrmField, CrmObject, CrmOwner } from '@app/crm';
import type { GeneratorValue } from 'fast-check';
import fc from 'fast-check';

/** What a run is made of: as an operator wrote it, and what an AI agent sent. */
export interface RandomRun {
  body: Record<string, unknown>;
  given: Record<string, unknown>;
  /** The same for HubSpot itself, for what the validator refuses: there is no plan to carry out. */
  raw: { method: 'POST' | 'PATCH'; path: string; body: object };
}

/** Records that are there, by object: ids to change, and to tie to. */
export type Known = Readonly<Record<string, string>>;

type Operand = { constant: unknown } | { input: string };

interface Inputs {
  of(value: unknown): Operand;
  list: object[];
  given: Record<string, unknown>;
}

const KNOWN_TYPES = ['string', 'phone_number', 'number', 'bool', 'date', 'datetime', 'enumeration'];
/** Looked for in several groups at once: a search of many groups has no room for it. */
const EXPANDED = ['email', 'phone', 'mobilephone'];
/** Stages belong to pipelines, an address may be somebody's. */
const RULED = ['pipeline', 'dealstage', 'hs_pipeline', 'hs_pipeline_stage', 'lifecyclestage', 'hs_additional_emails'];
/** What the grammar ties records to. */
const TIED = ['contacts', 'companies', 'deals', 'tickets'];
const WORDS = ['Ada', 'blue sky', 'İstanbul', '"quoted"', 'a*', 'a\\b', '😀'];

/** Searches at and beyond HubSpot's limits, with constants and inputs; now and then broken in one place or another. */
export function randomSearchRun(g: GeneratorValue, object: CrmObject, owners: readonly CrmOwner[]): RandomRun {
  const inputs = newInputs(g);
  const fields = object.fields.filter(
    (field) => KNOWN_TYPES.includes(field.type) && !EXPANDED.includes(field.name) && hasValues(field),
  );
  const groups = g(() => fc.oneof({ weight: 12, arbitrary: fc.integer({ min: 0, max: 5 }) }, fc.constant(6)));
  const size = () =>
    g(() => fc.oneof({ weight: 12, arbitrary: fc.integer({ min: 1, max: 4 }) }, fc.constantFrom(6, 7)));
  const where = Array.from({ length: groups }, () =>
    Array.from({ length: size() }, () => randomFilter(g, inputs, { fields, object, owners })),
  );
  const names = fields.map(({ name }) => name);
  const select = g(() => fc.subarray(names, { minLength: 1, maxLength: 5 }));
  const sort = g(() => fc.option(fc.constantFrom(...names, rarely(g, 'nope', names[0] ?? 'nope')), { nil: undefined }));
  const many = g(() => fc.oneof({ weight: 15, arbitrary: fc.integer({ min: 1, max: 100 }) }, fc.constant(201)));
  const search = {
    object: object.name,
    where,
    select,
    ...(sort === undefined ? {} : { sort: { field: sort, direction: 'descending' } }),
    take: { many },
  };
  const asked = {
    filterGroups: where.map((group) => ({
      filters: group.map(({ field, operator, value, highValue, values }) => ({
        propertyName: TIES[field] ?? field,
        operator,
        ...(value === undefined ? {} : { value: sentFor(value, inputs) }),
        ...(highValue === undefined ? {} : { highValue: sentFor(highValue, inputs) }),
        ...(values === undefined ? {} : { values: values.map((one) => sentFor(one, inputs)) }),
      })),
    })),
    properties: select,
    ...(sort === undefined ? {} : { sorts: [`-${sort}`] }),
    limit: many,
    after: '0',
  };
  return finished(inputs, 'restSearch', search, { method: 'POST', path: `${object.name}/search`, body: asked });
}

interface Filter {
  field: string;
  operator: string;
  value?: Operand;
  highValue?: Operand;
  values?: Operand[];
}

interface Of {
  fields: readonly CrmField[];
  object: CrmObject;
  owners: readonly CrmOwner[];
}

/** What HubSpot calls a tie that a search asks for. */
const TIES: Readonly<Record<string, string>> = {
  'associations.contacts': 'associations.contact',
  'associations.companies': 'associations.company',
  'associations.deals': 'associations.deal',
  'associations.tickets': 'associations.ticket',
};

/** A tie that there is, or seldom one that no search knows; seldom by what is no id, or in a way that ties can't be compared. */
function randomTie(g: GeneratorValue, inputs: Inputs, { relationships }: CrmObject): Filter {
  const others = relationships.map((way) => way.to);
  const tied = others.filter((to) => TIED.includes(to));
  const to = g(() => fc.constantFrom(...rarely(g, others, tied)));
  const field = `associations.${rarely(g, 'ghosts', to)}`;
  const operator = rarely(
    g,
    'NEQ',
    g(() => fc.constantFrom('EQ', 'IN')),
  );
  const id = (): string => rarely(g, 'nobody', String(g(() => fc.integer({ min: 1, max: 1_000_000 }))));
  return operator === 'IN'
    ? { field, operator, values: [inputs.of(id()), { constant: id() }] }
    : { field, operator, value: inputs.of(id()) };
}

function randomFilter(g: GeneratorValue, inputs: Inputs, { fields, object, owners }: Of): Filter {
  if (g(() => fc.integer({ min: 0, max: 14 })) === 0) return randomTie(g, inputs, object);
  const field = g(() => fc.constantFrom(...fields));
  const operator = rarely(
    g,
    g(() => fc.constantFrom('LT', 'CONTAINS_TOKEN', 'IN')),
    g(() => fc.constantFrom(...operatorsOf(field))),
  );
  const value = (): unknown => {
    const right = valueFor(g, object, field, owners);
    // A search compares with any owner there might be; who that is, is the grammar's to know.
    return field.name === 'hubspot_owner_id' ? right : rarely(g, brokenFor(field), right);
  };
  const name = rarely(g, 'nope', field.name);
  if (operator.endsWith('HAS_PROPERTY')) return { field: name, operator };
  if (operator === 'BETWEEN')
    return { field: name, operator, value: inputs.of(value()), highValue: inputs.of(value()) };
  if (operator.endsWith('IN')) return { field: name, operator, values: [{ constant: value() }, { constant: value() }] };
  return { field: name, operator, value: inputs.of(value()) };
}

function operatorsOf({ type }: CrmField): string[] {
  const always = ['EQ', 'NEQ', 'HAS_PROPERTY', 'NOT_HAS_PROPERTY'];
  if (type === 'bool') return always;
  if (type === 'enumeration') return [...always, 'IN', 'NOT_IN'];
  if (type === 'string' || type === 'phone_number') return [...always, 'IN', 'NOT_IN', 'CONTAINS_TOKEN'];
  return [...always, 'IN', 'NOT_IN', 'LT', 'GTE', 'BETWEEN'];
}

/** New records, changes and those that are known by a key, with ties and owners; now and then broken in one place. */
export function randomWriteRun(
  g: GeneratorValue,
  object: CrmObject,
  { owners, known }: { owners: readonly CrmOwner[]; known: Known },
): RandomRun {
  const inputs = newInputs(g);
  const keys = keysOf(object);
  const action = g(() => fc.constantFrom('create', 'update', ...(keys.length === 0 ? [] : ['findOrCreate'])));
  const key = action === 'findOrCreate' ? g(() => fc.constantFrom(...keys)) : undefined;
  const needed = action === 'update' ? [] : neededBy(object).filter((name) => name !== key?.name);
  const kept = needed.length === 0 ? needed : rarely(g, needed.slice(1), needed);
  const free = object.fields.filter(
    (field) => isFree(object, field) && !needed.includes(field.name) && field.name !== key?.name,
  );
  const more = g(() =>
    fc.subarray(free, { maxLength: 4, minLength: action === 'update' ? Math.min(1, free.length) : 0 }),
  );
  const chosen = [...object.fields.filter(({ name }) => kept.includes(name)), ...more];
  const set = chosen.map((field) => ({
    field: field.name,
    value: inputs.of(rarely(g, brokenFor(field), writtenFor(g, { object, field, owners }))),
  }));
  const stages = action === 'update' ? [] : stageOf(g, object);
  const odd = rarely(g, [{ field: 'nope', value: { constant: 'x' } }], []);
  const readOnly = object.fields.find((field) => field.isReadOnly && field.type === 'string');
  const closed = readOnly === undefined ? [] : rarely(g, [{ field: readOnly.name, value: { constant: 'x' } }], []);
  const all = [...set, ...stages, ...odd, ...closed];
  const ties = g(() =>
    fc.subarray(
      object.relationships.filter((way) => TIED.includes(way.to) && way.to in known),
      { maxLength: 2 },
    ),
  );
  const associate = ties.map(({ to, label }) => ({ to, label, id: inputs.of(known[to] ?? '') }));
  const keyValue = key && inputs.certain(valueFor(g, object, key, owners));
  const write = {
    action,
    object: object.name,
    ...(action === 'update' ? { id: inputs.always(known[object.name] ?? '') } : {}),
    ...(key && { key: { field: key.name, value: keyValue } }),
    set: all,
    associate,
  };
  const values = [...all, ...(key && keyValue ? [{ field: key.name, value: keyValue }] : [])];
  const properties = Object.fromEntries(values.map(({ field, value }) => [field, sentFor(value, inputs)]));
  const associations = ties.map((tie) => ({
    to: { id: known[tie.to] },
    types: [{ associationCategory: tie.category, associationTypeId: tie.typeId }],
  }));
  const raw =
    action === 'update'
      ? { method: 'PATCH' as const, path: `${object.name}/${known[object.name]}`, body: { properties } }
      : { method: 'POST' as const, path: object.name, body: { properties, associations } };
  return finished(inputs, 'restWrite', write, raw);
}

function keysOf(object: CrmObject): CrmField[] {
  return object.fields.filter(
    (field) =>
      !field.isReadOnly &&
      ((object.name === 'contacts' && ['email', 'phone'].includes(field.name)) || (field.isUnique && object.isCustom)),
  );
}

function neededBy({ requiredFields, requiresOneOf, pipelines }: CrmObject): string[] {
  const placed = pipelines.length === 0 ? [] : ['pipeline', 'dealstage', 'hs_pipeline', 'hs_pipeline_stage'];
  const all = requiredFields.filter((name) => !placed.includes(name));
  return [...all, ...(requiresOneOf.length === 0 ? [] : [requiresOneOf.includes('lastname') ? 'lastname' : 'name'])];
}

function stageOf(g: GeneratorValue, object: CrmObject): { field: string; value: Operand }[] {
  if (object.pipelines.length === 0) return [];
  const names = object.name === 'deals' ? ['pipeline', 'dealstage'] : ['hs_pipeline', 'hs_pipeline_stage'];
  const pipeline = g(() => fc.constantFrom(...object.pipelines));
  const stage = rarely(g, 'no stage', g(() => fc.constantFrom(...pipeline.stages)).id);
  return [
    { field: names[0] ?? '', value: { constant: pipeline.id } },
    { field: names[1] ?? '', value: { constant: stage } },
  ];
}

/** Those that HubSpot lets anybody set, and that follow no rules of their own. */
function isFree(object: CrmObject, field: CrmField): boolean {
  const isRuled = RULED.includes(field.name);
  return (
    !field.isReadOnly &&
    !field.isHidden &&
    !isRuled &&
    KNOWN_TYPES.includes(field.type) &&
    hasValues(field) &&
    !(field.isUnique && !object.isCustom)
  );
}

function hasValues(field: CrmField): boolean {
  if (field.sensitivity !== 'none' && field.sensitivity !== 'non_sensitive') return false;
  return (
    field.type !== 'enumeration' || field.name === 'hubspot_owner_id' || field.options.some(({ isHidden }) => !isHidden)
  );
}

function valueFor(g: GeneratorValue, object: CrmObject, field: CrmField, owners: readonly CrmOwner[]): unknown {
  if (field.name === 'hs_object_id') return String(g(() => fc.integer({ min: 1, max: 1_000_000 })));
  if (field.name === 'hubspot_owner_id') return g(() => fc.constantFrom(...owners.flatMap(({ email }) => email ?? [])));
  switch (field.type) {
    case 'number':
      return g(() => fc.integer({ min: -100_000, max: 100_000 })) / 4;
    case 'bool':
      return g(() => fc.boolean());
    case 'date':
      return g(() => fc.constantFrom('2026-01-31', '2024-02-29', '1970-01-01'));
    case 'datetime':
      return g(() => fc.constantFrom('2026-01-31T10:00:00Z', '2024-02-29T23:59:59.5+02:00'));
    case 'enumeration': {
      const shown = field.options.filter(({ isHidden }) => !isHidden);
      return g(() => fc.constantFrom(...shown)).value;
    }
    case 'phone_number':
      return `+49151${g(() => fc.integer({ min: 10_000_000, max: 99_999_999 }))}`;
    default:
      if (object.name === 'contacts' && field.name === 'email') return `${g(() => fc.uuid())}@example.com`;
      return field.isUnique ? g(() => fc.uuid()) : g(() => fc.constantFrom(...WORDS));
  }
}

/** Of several options a list. */
function writtenFor(
  g: GeneratorValue,
  { object, field, owners }: { object: CrmObject; field: CrmField; owners: readonly CrmOwner[] },
): unknown {
  const value = valueFor(g, object, field, owners);
  return field.fieldType === 'checkbox' ? [value] : value;
}

/** What HubSpot refuses for such a field; of texts there is nothing. */
function brokenFor(field: CrmField): unknown {
  switch (field.type) {
    case 'number':
      return 'many';
    case 'date':
    case 'datetime':
      return '2026-02-31';
    case 'enumeration':
      return field.name === 'hubspot_owner_id' ? 'nobody@example.com' : 'No such option';
    case 'bool':
      return 'perhaps';
    default:
      return field.type === 'phone_number' ? '+4915112345678' : 'Ada';
  }
}

function rarely<T>(g: GeneratorValue, seldom: T, often: T): T {
  return g(() => fc.integer({ min: 0, max: 39 })) === 0 ? seldom : often;
}

interface MoreInputs extends Inputs {
  /** An input of which the binding can be sure. */
  always(value: unknown): { input: string };
  certain(value: unknown): Operand;
}

function newInputs(g: GeneratorValue): MoreInputs {
  const list: object[] = [];
  const given: Record<string, unknown> = {};
  const always = (value: unknown): { input: string } => {
    const name = `p${list.length}`;
    list.push({ name, description: 'Sent', maxLength: 40 });
    given[name] = value;
    return { input: name };
  };
  const either = (value: unknown): Operand => (g(() => fc.boolean()) ? always(value) : { constant: value });
  return { list, given, always, of: either, certain: either };
}

function sentFor(operand: Operand, { given }: Inputs): unknown {
  const value = 'input' in operand ? given[operand.input] : operand.constant;
  return Array.isArray(value) ? value.join(';') : value;
}

function finished(
  { list, given }: Inputs,
  operation: 'restSearch' | 'restWrite',
  block: object,
  raw: RandomRun['raw'],
): RandomRun {
  const body = { toolName: 'a_tool', description: 'Made at random', operation, [operation]: block, inputs: list };
  return { body, given, raw };
}
