import { type FindStep, type RecordSearch, SEARCH_LIMITS } from '@app/crm';
import type { RestSearch, WriteBinding } from '../grammar/binding.js';
import { Problems } from '../grammar/binding-problem.js';
import type { CheckedBinding, CheckedInput } from '../grammar/checked-binding.js';
import { fieldOf, isPhoneField } from '../grammar/known-fields.js';
import type { ArgumentValue } from './argument-value.js';
import { type PlannedGroup, planGroup, remainders } from './plan-group.js';
import { findBy, hasPages, placeOf } from './plan-search.js';
import { KEY, keySearch } from './plan-write.js';

/** The last page that can be asked for. */
const LONGEST_CURSOR = '9999';

/**
 * What a CRM's own words take beside ours: HubSpot says `propertyName` for `field`, `associations.contact` for a tie to `contacts`, and
 * wraps groups and sort once more.
 * Measured generously; its translator is held to it by a test.
 */
const ROOM = { perFilter: 8, perTie: 12, perGroup: 16, perBody: 100 };

/** Of one search for addresses that may be secondary ones: HubSpot answers five searches a second. */
const SEARCHES_AT_ONCE = 4;

/**
 * Whether the longest arguments that the inputs allow still make a search that HubSpot takes, whatever is left out: what is left
 * of a group may be asked for in another way than the whole of it.
 */
export function checkLimits(
  problems: Problems,
  search: RestSearch,
  { object, owners, inputs }: Pick<CheckedBinding, 'object' | 'owners' | 'inputs'>,
): void {
  const paging = hasPages(search);
  const cursor = paging ? LONGEST_CURSOR : undefined;
  const sent = new Map(inputs.map((input) => [input.name, longestOf(input)]));
  const ways = search.where.map((group) => {
    const place = placeOf({ object, owners }, search, group);
    return remainders(group, inputs).flatMap((left) => planGroup(place, left, sent) ?? []);
  });
  const check = (groups: readonly PlannedGroup[]): void =>
    findBy(object, search, { groups, cursor }).steps.forEach((step) => checkStep(problems, step));
  // Everything sent; each way by itself; then the most that can come together in one search.
  check(ways.flatMap(([whole]) => whole ?? []));
  for (const way of ways.flat()) {
    check([way]);
    if (way.by === 'email' && way.emails.length > SEARCHES_AT_ONCE * SEARCH_LIMITS.groups)
      problems.add(
        'restSearch.where',
        'limit_exceeded',
        `looks for more than ${SEARCHES_AT_ONCE * SEARCH_LIMITS.groups} e-mail addresses, each of them among the secondary ones, too`,
      );
  }
  const together = ways.flatMap((group) => widest(group) ?? []);
  if (together.length > 0) check(together);
  if (paging && ways.flat().some(({ by }) => by !== 'filters'))
    problems.add('restSearch.take.paging', 'paging_unavailable', 'needs all groups to be plain filters, in one search');
}

/** Whether what is asked for before a record is made is a search that HubSpot takes: also who is found is shown. */
export function checkKeyLimits(problems: Problems, definition: WriteBinding, checked: CheckedBinding): void {
  const { object } = checked;
  const { restWrite: write, projection } = definition;
  const search = keySearch(object, definition);
  if (write.action !== 'findOrCreate' || search === undefined) return;
  const { field: name, value } = write.key;
  const field = fieldOf(object, name);
  const sent = 'input' in value ? checked.inputs.find((input) => input.name === value.input) : undefined;
  const isPhone = field !== undefined && isPhoneField(field);
  const asked: CheckedInput = {
    ...(sent ?? { type: 'text', maxLength: 'constant' in value ? String(value.constant).length : 0 }),
    // A pinned number is looked for like one that is sent.
    ...(isPhone ? { type: 'phone' } : {}),
    name: KEY,
    description: '',
    required: true,
  };
  const found = new Problems();
  checkLimits(found, search, { ...checked, inputs: [asked] });
  const path = projection === undefined ? 'restWrite.set' : 'projection';
  for (const { reason, message } of found.all()) problems.add(path, reason, message);
}

/** All other plain ways of a group have some of its filters. */
function widest(ways: readonly PlannedGroup[]): PlannedGroup | undefined {
  const plain = ways.flatMap((way) => (way.by === 'filters' ? [way] : []));
  return plain.find(({ filters }) => plain.every((other) => other.filters.length <= filters.length));
}

function checkStep(problems: Problems, step: FindStep): void {
  const at = (message: string): void => problems.add('restSearch.where', 'limit_exceeded', message);
  if (step.by !== 'search') {
    const keys = step.by === 'id' ? step.ids : step.values;
    if (keys.length > 100) at('reads more than 100 records by their keys');
    return;
  }
  const { groups } = step.search;
  const filters = groups.reduce((sum, group) => sum + group.length, 0);
  const inNumber = step.samePhones === undefined ? '' : ' (a number is looked for in several groups)';
  if (groups.length > SEARCH_LIMITS.groups)
    at(`comes to ${groups.length} groups${inNumber}: HubSpot takes ${SEARCH_LIMITS.groups}`);
  else if (groups.some((group) => group.length > SEARCH_LIMITS.filtersPerGroup))
    at(`comes to more than ${SEARCH_LIMITS.filtersPerGroup} filters in a group${inNumber}`);
  else if (filters > SEARCH_LIMITS.filters)
    at(`comes to ${filters} filters${inNumber}: HubSpot takes ${SEARCH_LIMITS.filters}`);
  else if (groups.flat().some((filter) => 'values' in filter && filter.values.length > 100))
    at('compares with more than 100 values');
  else if (charactersOf(step.search) > SEARCH_LIMITS.bodyCharacters)
    at(
      `may come to ${charactersOf(step.search)} characters, HubSpot takes ${SEARCH_LIMITS.bodyCharacters}: lower the maxLength of inputs, or select fewer fields`,
    );
}

/** No fewer than a CRM's translation of it has. */
function charactersOf(search: RecordSearch): number {
  const filters = search.groups.flat();
  const ties = filters.filter((filter) => 'tiedTo' in filter);
  const ofFilters = ROOM.perFilter * filters.length + ROOM.perTie * ties.length;
  const extra = ofFilters + ROOM.perGroup * search.groups.length + ROOM.perBody;
  return JSON.stringify(search).length + extra;
}

/** JSON writes a quotation mark as two characters, and nothing that arguments may hold as more. */
function longestOf({ type, maxLength, options = [] }: CheckedInput): ArgumentValue {
  switch (type) {
    case 'text':
      return { texts: ['"'.repeat(maxLength)] };
    case 'email':
      return { texts: [`${'e'.repeat(252)}.ee`] };
    case 'phone':
      return { texts: [`+${'9'.repeat(17)}`], phone: { e164: `+${'9'.repeat(17)}`, national: '9'.repeat(17) } };
    case 'number':
      return { texts: [`-${'9'.repeat(15)}.${'9'.repeat(15)}`] };
    case 'boolean':
      return { texts: ['false'] };
    case 'date':
      return { texts: ['0000-01-01'] };
    case 'datetime':
      // The longest number of milliseconds between the years 0 and 9999.
      return { texts: ['0000-01-01T00:00:00.000Z'] };
    case 'option':
      return { texts: [longest(options.map(({ value }) => value))] };
    case 'options':
      return { texts: options.map(({ value }) => value) };
    default:
      return { texts: ['9'.repeat(20)] };
  }
}

function longest(texts: readonly string[]): string {
  return texts.reduce((one, other) => (JSON.stringify(other).length > JSON.stringify(one).length ? other : one), '');
}
