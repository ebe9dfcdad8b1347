import type { CrmField, CrmObject } from '@app/crm';
import type { BindingFilter, RestSearch } from '../grammar/binding.js';
import {
  createdField,
  fieldOf,
  isContactEmail,
  isContacts,
  isPhoneField,
  isSensitive,
  OWNER,
  RECORD_ID,
} from '../grammar/known-fields.js';
import type { DraftInputs, DraftReason } from './draft-parts.js';
import type { GoalItem } from './goal-items.js';
import type { Head } from './read-goal.js';

export interface SearchDraft {
  search: RestSearch;
  inputs: DraftInputs;
  reasons: DraftReason[];
  /** Of the tool's name: what it is asked by. */
  asked: string[];
}

/** A filter on its way into a group. */
export interface Wanted {
  filters: BindingFilter[];
  said: string;
  /** Undefined: it is asked for by a tie. */
  field?: CrmField;
  /** What the tool's name says of it. */
  name?: string;
  /** Asked of the AI agent, so that it may be one of several ways to find it. */
  isAsked: boolean;
  /** An OR stands before it. */
  isOther: boolean;
  message: string;
}

/** What was read of a search, item by item. */
interface SearchParts {
  head: Head;
  items: readonly GoalItem[];
  wanted: readonly Wanted[];
  /** Asked to be read, not searched by. */
  shown: readonly CrmField[];
  inputs: DraftInputs;
  sort: RestSearch['sort'];
  sortSaid: string;
}

const MANY = 10;
const ALL = 100;
const SELECTED = 10;

/** Groups, order and number of what was read; why, for each. */
export function shapeSearch(parts: SearchParts): SearchDraft {
  const { object } = parts.head;
  const reasons: DraftReason[] = [];
  const where = groupsOf(parts, reasons);
  const { take, sort } = takeAndSort(parts, where.flat(), reasons);
  const asked = parts.wanted.flatMap(({ name }) => name ?? []);
  const select = selection(object, [...parts.shown, ...parts.wanted.flatMap(({ field }) => field ?? [])]);
  return {
    search: { object: object.name, where, select, ...(sort === undefined ? {} : { sort }), take },
    inputs: parts.inputs,
    reasons,
    asked,
  };
}

/** What is asked for joined by OR becomes a group each; everything else holds in all of them. */
function groupsOf({ wanted, inputs }: SearchParts, reasons: DraftReason[]): BindingFilter[][] {
  const asked = wanted.filter(({ isAsked }) => isAsked);
  const isAnyOf = asked.length > 1 && asked.some(({ isOther }) => isOther);
  const always = wanted.filter((one) => !isAnyOf || !one.isAsked);
  const groups = isAnyOf ? asked.map((one) => [one, ...always]) : always.length > 0 ? [always] : [];
  if (isAnyOf)
    for (const input of inputs.inputs)
      input.required = always.some(({ filters }) => filters.some((one) => usesInput(one, input.name)));
  groups.forEach((group, at) =>
    group.forEach(({ said, filters, message }, index) => {
      const [first] = filters;
      if (first !== undefined)
        reasons.push({
          path: `restSearch.where[${at}][${index}]`,
          said,
          chosen: `${first.field} ${first.operator}`,
          message,
        });
    }),
  );
  return groups.map((group) => group.flatMap(({ filters }) => filters));
}

function takeAndSort(
  { head, items, sort, sortSaid }: SearchParts,
  filters: readonly BindingFilter[],
  reasons: DraftReason[],
): Pick<RestSearch, 'take' | 'sort'> {
  const sortAt = items.findIndex(({ kind }) => kind === 'sort');
  const beside = [items[sortAt - 1], items[sortAt + 1]].find((item) => item?.kind === 'value' && item.of === 'number');
  const alone = items.find(
    (item, at) => item.kind === 'value' && item.of === 'number' && items[at + 1]?.kind === 'head',
  );
  const number = sortAt >= 0 ? (beside ?? alone) : alone;
  const because = (chosen: string, said: string, message: string): void => {
    reasons.push({ path: 'restSearch.take', said, chosen, message });
  };
  if (sort !== undefined)
    reasons.push({
      path: 'restSearch.sort',
      said: sortSaid,
      chosen: `${sort.field} ${sort.direction}`,
      message: 'the order that was asked for',
    });
  const many = (count: number, paging = false): Pick<RestSearch, 'take' | 'sort'> => ({
    take: paging ? { many: count, paging } : { many: count },
    sort,
  });
  if (number?.kind === 'value' && Number(number.text) >= 1) {
    const count = Math.min(ALL, Math.trunc(Number(number.text)));
    because(`{ "many": ${count} }`, number.said, 'so many were asked for');
    return many(count);
  }
  const all = items.find(({ kind }) => kind === 'all');
  if (all !== undefined) {
    const isDirect = filters.some((filter) => isDirectlyRead(head.object, filter));
    because(
      '{ "many": 100 }',
      all.said,
      isDirect ? 'all of them, as many as are answered at once' : 'all of them, page by page',
    );
    return many(ALL, !isDirect);
  }
  const verb = items.some(({ kind }) => kind === 'shows');
  if (!head.plural && !verb) {
    if (sort !== undefined && sort.direction === 'descending' && sort.field === createdField(head.object)) {
      because('latest', sortSaid, 'the newest by creation');
      return { take: 'latest' };
    }
    if (sort === undefined) {
      because('one', head.said, 'one is spoken of');
      return { take: 'one' };
    }
    because('{ "many": 1 }', sortSaid, 'the first in that order');
    return many(1);
  }
  because(`{ "many": ${MANY} }`, head.said, 'several are spoken of');
  return many(MANY);
}

function usesInput(filter: BindingFilter, name: string): boolean {
  return JSON.stringify(filter).includes(JSON.stringify({ input: name }));
}

function isDirectlyRead(object: CrmObject, filter: BindingFilter): boolean {
  const field = fieldOf(object, filter.field);
  if (field === undefined || filter.operator !== 'EQ') return false;
  return field.isUnique || field.name === RECORD_ID || isPhoneField(field) || isContactEmail(object, field.name);
}

const USUAL: Readonly<Record<string, readonly string[]>> = {
  contacts: ['firstname', 'lastname', 'email', 'phone'],
  companies: ['name', 'domain', 'phone', 'city'],
  deals: ['dealname', 'amount', 'dealstage', 'closedate'],
  tickets: ['subject', 'hs_pipeline_stage', 'hs_ticket_priority', 'createdate'],
};

/** What people know a record by, and what the goal speaks of. */
function selection(object: CrmObject, spoken: readonly CrmField[]): string[] {
  const own = USUAL[object.name] ?? [
    object.primaryField ?? '',
    ...object.requiredFields,
    ...object.fields
      .filter(({ name, isHidden }) => !isHidden && !name.startsWith('hs_') && name !== OWNER)
      .map(({ name }) => name),
  ];
  const names = [...spoken.map(({ name }) => name), ...own];
  const readable = names.filter((name) => {
    const field = fieldOf(object, name);
    return name !== RECORD_ID && field !== undefined && !isSensitive(field);
  });
  const some = [...new Set(readable)].slice(0, isContacts(object) ? SELECTED + 2 : SELECTED);
  return some.length > 0 ? some : [RECORD_ID];
}
