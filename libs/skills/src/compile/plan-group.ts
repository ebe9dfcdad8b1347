import type { CrmField, CrmObject, CrmOwner, PhoneNumber, RecordFilter, RecordOperator } from '@app/crm';
import type { BindingFilter, Operand } from '../grammar/binding.js';
import type { CheckedInput } from '../grammar/checked-binding.js';
import { fieldOf, isContactEmail, isPhoneField, phoneFields, RECORD_ID, tieIn } from '../grammar/known-fields.js';
import type { Arguments, ArgumentValue } from './argument-value.js';
import { isDay, withoutWildcards } from '../grammar/read-value.js';
import { boundsOfDay } from './days.js';
import { searchText, valueOf } from './values-of.js';

/** One group of `where`, with the arguments filled in. */
export type PlannedGroup =
  | { by: 'id'; ids: string[] }
  | { by: 'unique'; field: string; values: string[] }
  /** By unique e-mail first, then among the secondary addresses. */
  | { by: 'email'; emails: string[] }
  | { by: 'filters'; filters: RecordFilter[] }
  /** Any of the groups may hold; then the numbers themselves are compared. */
  | { by: 'phone'; groups: RecordFilter[][]; phones: { phone: PhoneNumber; fields: string[] }[] };

interface Search {
  object: CrmObject;
  owners: readonly CrmOwner[];
  /** Of the portal: a day there is compared with times. */
  timeZone?: string;
  /** What is read by its key has no pages: false where the group must stay part of a search. */
  mayReadDirectly: boolean;
}

/** Undefined when what was left out takes the group with it. */
export function planGroup(search: Search, group: readonly BindingFilter[], sent: Arguments): PlannedGroup | undefined {
  const kept: BindingFilter[] = [];
  for (const filter of group) {
    if (operandsOf(filter).every((operand) => !('input' in operand) || isSaid(filter, sent.get(operand.input))))
      kept.push(filter);
    else if (!('optional' in filter) || filter.optional !== true) return undefined;
  }
  if (kept.length === 0) return undefined;
  return (search.mayReadDirectly ? planDirect(search, kept, sent) : undefined) ?? planSearched(search, kept, sent);
}

/** What may be left of a group: each way in which the filters that can go by themselves do, none of them first. */
export function remainders(group: readonly BindingFilter[], inputs: readonly CheckedInput[]): BindingFilter[][] {
  const [filter, ...others] = group;
  if (filter === undefined) return [[]];
  const rests = remainders(others, inputs);
  const kept = rests.map((rest) => [filter, ...rest]);
  return mayGo(filter, inputs) ? [...kept, ...rests] : kept;
}

/** Also what must be sent may be nothing but wildcards. */
function mayGo(filter: BindingFilter, inputs: readonly CheckedInput[]): boolean {
  if (!('optional' in filter) || filter.optional !== true) return false;
  const names = operandsOf(filter).flatMap((operand) => ('input' in operand ? [operand.input] : []));
  return inputs.some(({ name, required }) => names.includes(name) && (!required || isToken(filter.operator)));
}

/** Of a word to look for, nothing but wildcards says as much as nothing. */
function isSaid({ operator }: BindingFilter, value: ArgumentValue | undefined): boolean {
  return value !== undefined && (!isToken(operator) || value.texts.every((text) => withoutWildcards(text) !== ''));
}

function isToken(operator: RecordOperator): boolean {
  return operator === 'CONTAINS_TOKEN' || operator === 'NOT_CONTAINS_TOKEN';
}

function operandsOf(filter: BindingFilter): readonly Operand[] {
  if ('values' in filter) return filter.values;
  if ('highValue' in filter) return [filter.value, filter.highValue];
  return 'value' in filter ? [filter.value] : [];
}

/** A record asked for by what only it can have. */
function planDirect(search: Search, group: readonly BindingFilter[], sent: Arguments): PlannedGroup | undefined {
  const [filter] = group;
  if (filter === undefined || group.length > 1 || !('values' in filter || filter.operator === 'EQ')) return undefined;
  if (filter.operator !== 'IN' && filter.operator !== 'EQ') return undefined;
  const field = fieldOf(search.object, filter.field);
  if (field === undefined) return undefined;
  const isEmail = isContactEmail(search.object, field.name);
  if (field.name !== RECORD_ID && !field.isUnique && !isEmail) return undefined;
  const texts = [...new Set(textsOf(search, { field, filter, sent }))];
  if (field.name === RECORD_ID) return { by: 'id', ids: texts };
  if (isEmail) return { by: 'email', emails: texts.map((text) => text.trim().toLowerCase()) };
  return { by: 'unique', field: field.name, values: texts };
}

function planSearched(search: Search, group: readonly BindingFilter[], sent: Arguments): PlannedGroup {
  const filters: RecordFilter[] = [];
  const phones: { field: CrmField; phone: PhoneNumber }[] = [];
  for (const filter of group) {
    const tie = tieFilter(filter, sent);
    if (tie !== undefined) filters.push(tie);
    const field = fieldOf(search.object, filter.field);
    if (field === undefined) continue;
    const phone = 'value' in filter && 'input' in filter.value ? sent.get(filter.value.input)?.phone : undefined;
    if (phone !== undefined && filter.operator === 'EQ' && isPhoneField(field)) phones.push({ field, phone });
    else filters.push(toRecordFilter(search, { field, filter, sent }));
  }
  if (phones.length === 0) return { by: 'filters', filters };
  let groups = [filters];
  for (const { field, phone } of phones)
    groups = groups.flatMap((group) => numberFilters(search.object, field, phone).map((one) => [one, ...group]));
  const compared = phones.map(({ field, phone }) => ({
    phone,
    fields: phoneFields(search.object, field.name).map(({ typed }) => typed),
  }));
  return { by: 'phone', groups, phones: compared };
}

/** Ids are what they are: no field says how they are read. */
function tieFilter(filter: BindingFilter, sent: Arguments): RecordFilter | undefined {
  const tiedTo = tieIn(filter.field);
  if (tiedTo === undefined) return undefined;
  const ids = operandsOf(filter).flatMap((operand) =>
    'input' in operand ? (sent.get(operand.input)?.texts ?? []) : [String(operand.constant)],
  );
  const [only = ''] = ids;
  return filter.operator === 'IN'
    ? { tiedTo, operator: 'IN', values: [...new Set(ids)] }
    : { tiedTo, operator: 'EQ', value: only };
}

/**
 * What was typed, by international number; what HubSpot derives from it, by national digits. A field it derives nothing from
 * is asked for those digits within what was typed.
 */
function numberFilters(object: CrmObject, field: CrmField, { e164, national }: PhoneNumber): RecordFilter[] {
  const places = phoneFields(object, field.name);
  return [
    ...places.flatMap(({ typed }): RecordFilter[] =>
      e164 === undefined ? [] : [{ field: typed, operator: 'EQ', value: e164 }],
    ),
    ...places.map(({ typed, derived }): RecordFilter =>
      derived === undefined
        ? { field: typed, operator: 'CONTAINS_TOKEN', value: `*${national}*` }
        : { field: derived, operator: 'EQ', value: national },
    ),
  ];
}

interface OneFilter<F extends BindingFilter = BindingFilter> {
  field: CrmField;
  filter: F;
  sent: Arguments;
}

function toRecordFilter(search: Search, { field, filter, sent }: OneFilter): RecordFilter {
  const { field: name } = filter;
  const one = (operand: Operand): string =>
    searchText(field, valueOf({ ...search, field, for: 'filter' }, operand, sent)?.texts[0] ?? '');
  if (!('value' in filter)) {
    if (!('values' in filter)) return { field: name, operator: filter.operator };
    const texts = textsOf(search, { field, filter, sent }).map((text) => searchText(field, text));
    // HubSpot compares texts of a list in lower case, options as they are.
    const isText = field.type === 'string' || field.type === 'phone_number';
    const values = isText ? texts.map((text) => text.toLowerCase()) : texts;
    return { field: name, operator: filter.operator, values: [...new Set(values)] };
  }
  const ofDays = dayFilter(search, { field, filter, sent });
  if (ofDays !== undefined) return ofDays;
  if ('highValue' in filter)
    return { field: name, operator: 'BETWEEN', value: one(filter.value), highValue: one(filter.highValue) };
  const value = one(filter.value);
  const isSent = 'input' in filter.value;
  return {
    field: name,
    operator: filter.operator,
    value: isSent && isToken(filter.operator) ? withoutWildcards(value) : value,
  };
}

type Compared = Extract<BindingFilter, { value: Operand }>;

/** Days, asked of times: what is on a day is at no single moment of it, and what is until a day is until its end. */
function dayFilter(search: Search, { field, filter, sent }: OneFilter<Compared>): RecordFilter | undefined {
  const edge = (operand: Operand, side: 'start' | 'end'): string => {
    const text = valueOf({ ...search, field, for: 'filter' }, operand, sent)?.texts[0] ?? '';
    return isDay(text) ? String(boundsOfDay(text, search.timeZone)[side]) : searchText(field, text);
  };
  if (field.type !== 'datetime') return undefined;
  const { field: name, value } = filter;
  if (filter.operator === 'BETWEEN')
    return { field: name, operator: 'BETWEEN', value: edge(value, 'start'), highValue: edge(filter.highValue, 'end') };
  const { operator } = filter;
  const [start, end] = [edge(value, 'start'), edge(value, 'end')];
  if (operator === 'EQ' && start !== end) return { field: name, operator: 'BETWEEN', value: start, highValue: end };
  return { field: name, operator, value: operator === 'LTE' || operator === 'GT' ? end : start };
}

function textsOf(search: Search, { field, filter, sent }: OneFilter): string[] {
  const operands = operandsOf(filter);
  return operands.flatMap((operand) => valueOf({ ...search, field, for: 'filter' }, operand, sent)?.texts ?? []);
}
