import type { PropertyDefinition } from '../catalogue/index.js';
import { typeKeyOf } from '../crm/object-type-of.js';
import type { Portal } from '../portal/portal.js';
import { Refusal, validationError } from '../refuse/refusal.js';
import { comparable, comparisonOf } from './compare-values.js';
import { filterProblem } from './filter-problem.js';
import { filterMatcher } from './filter-matcher.js';
import { queryMatcher } from './match-query.js';
import { tokenMatcher } from './match-tokens.js';
import { ADDRESS_LIST, type IndexedRecord, type SearchIndex } from './search-index.js';
import type { SearchFilter, SearchRequest } from './search-request.js';

export interface SearchHits {
  /** All matches, in order; the caller pages. */
  readonly records: readonly IndexedRecord[];
}

/** How one filter is answered: by testing records, and where possible by naming the few that can match. */
interface PreparedFilter {
  readonly matches: (record: IndexedRecord) => boolean;
  readonly candidates: (() => Iterable<string>) | undefined;
  /** How many candidates there are; the group starts from the smallest set. */
  readonly size: number;
}

/** As a property name each filters by an associated record's id; custom objects have none (FACTS §3.3). */
const ASSOCIATION_PREFIX = 'associations.';
const ASSOCIATIONS = ['contact', 'company', 'deal', 'ticket'];

/** Runs a search over what the index shows at `now`, in the index's own time. */
export function runSearch(portal: Portal, typeKey: string, request: SearchRequest, now: number): SearchHits | Refusal {
  const { index } = portal.store(typeKey);
  index.settle(now);
  const groups: (readonly PreparedFilter[])[] = [];
  for (const group of request.groups) {
    const prepared: PreparedFilter[] = [];
    for (const filter of group) {
      const one = prepareFilter(portal, typeKey, index, filter);
      if (one instanceof Refusal) return one;
      prepared.push(one);
    }
    groups.push(prepared);
  }
  const sort = prepareSort(portal, typeKey, request);
  if (sort instanceof Refusal) return sort;
  const query = request.query === '' ? undefined : queryMatcher(portal, typeKey, request.query);

  const found = new Map<string, IndexedRecord>();
  const collect = (record: IndexedRecord, group: readonly PreparedFilter[]): void => {
    if (found.has(record.id) || (query && !query(record.properties))) return;
    if (group.every((filter) => filter.matches(record))) found.set(record.id, record);
  };
  for (const group of groups.length === 0 ? [[]] : groups) {
    const narrowest = group.filter(({ candidates }) => candidates).toSorted((a, b) => a.size - b.size)[0];
    if (narrowest?.candidates) {
      for (const id of narrowest.candidates()) {
        const record = index.get(id);
        if (record) collect(record, group);
      }
    } else {
      for (const record of index.all()) collect(record, group);
    }
  }
  return { records: [...found.values()].sort(sort) };
}

function prepareFilter(
  portal: Portal,
  typeKey: string,
  index: SearchIndex,
  filter: SearchFilter,
): PreparedFilter | Refusal {
  if (filter.propertyName.startsWith(ASSOCIATION_PREFIX)) return prepareAssociation(portal, typeKey, filter);
  const definition = portal.schema.definition(typeKey, filter.propertyName);
  if (!definition) return unknownProperty(filter.propertyName);
  const problem = filterProblem(portal, typeKey, filter, definition);
  if (problem) return problem;
  const matcher = filterMatcher(portal, typeKey, filter, definition);
  const matches = (record: IndexedRecord): boolean => matcher(record.properties);
  const ids = hashedIds(portal, index, filter, definition);
  if (!ids) return { matches, candidates: undefined, size: Infinity };
  return { matches, candidates: () => ids, size: ids.size };
}

/** The ids that can match, from a hash; undefined when only a scan can tell. */
function hashedIds(
  portal: Portal,
  index: SearchIndex,
  filter: SearchFilter,
  definition: PropertyDefinition,
): ReadonlySet<string> | undefined {
  const { propertyName: name, operator, value = '', values = [] } = filter;
  const wanted = operator === 'EQ' ? [value] : operator === 'IN' ? values : undefined;
  if (name === 'hs_object_id' && wanted) return new Set(wanted.map((id) => id.trim()));
  if (operator === 'CONTAINS_TOKEN' && name === ADDRESS_LIST && !value.includes('*')) {
    return new Set(index.withAddress(value));
  }
  if (operator === 'CONTAINS_TOKEN' && index.isHashed(name)) {
    // Going through the values alone is several times faster than going through the records.
    return new Set(index.withValueLike(name, tokenMatcher(name, value)));
  }
  if (!wanted || !index.isHashed(name) || comparisonOf(definition) !== 'text') return undefined;
  const ids = new Set<string>();
  for (const one of wanted) for (const id of index.withValue(name, one)) ids.add(id);
  if (name === 'email' && operator === 'EQ' && portal.flags.searchEmailHitsSecondary) {
    for (const id of index.withAddress(value)) ids.add(id);
  }
  return ids;
}

function prepareAssociation(portal: Portal, typeKey: string, filter: SearchFilter): PreparedFilter | Refusal {
  const name = filter.propertyName.slice(ASSOCIATION_PREFIX.length);
  const otherKey = typeKeyOf(portal, name);
  if (otherKey instanceof Refusal || !ASSOCIATIONS.includes(name) || typeKey.startsWith('2-')) {
    return unknownProperty(filter.propertyName);
  }
  if (filter.operator === 'EQ' || filter.operator === 'IN') {
    const wanted = filter.operator === 'IN' ? (filter.values ?? []) : [filter.value ?? ''];
    const wrong = wanted.find((id) => !/^\d+$/.test(id));
    if (portal.flags.searchChecksValues && wrong !== undefined) {
      return validationError(`${wrong} is not the id of a record, for ${filter.propertyName}`);
    }
    const ids = new Set(
      wanted.flatMap((otherId) => portal.associations.from(otherKey, otherId, typeKey).map((end) => end.id)),
    );
    return { matches: (record) => ids.has(record.id), candidates: () => ids, size: ids.size };
  }
  // HubSpot's guide shows ids alone; whether it can be asked for any at all is not said.
  const takesAny = !portal.flags.searchOperatorsByType;
  if (takesAny && (filter.operator === 'HAS_PROPERTY' || filter.operator === 'NOT_HAS_PROPERTY')) {
    const wantsAny = filter.operator === 'HAS_PROPERTY';
    return {
      matches: (record) => portal.associations.from(typeKey, record.id, otherKey).length > 0 === wantsAny,
      candidates: undefined,
      size: Infinity,
    };
  }
  return validationError(`Operator ${filter.operator} can't be used with ${filter.propertyName}`);
}

const byId = (a: IndexedRecord, b: IndexedRecord): number => Number(a.id) - Number(b.id);

/** One sort by a property, records without a value last; by default oldest first. Ties go by id. */
function prepareSort(
  portal: Portal,
  typeKey: string,
  request: SearchRequest,
): ((a: IndexedRecord, b: IndexedRecord) => number) | Refusal {
  if (!request.sort) return (a, b) => a.createdAt - b.createdAt || byId(a, b);
  const { propertyName, descending } = request.sort;
  const definition = portal.schema.definition(typeKey, propertyName);
  if (!definition) return unknownProperty(propertyName);
  const comparison = comparisonOf(definition);
  const keyOf = ({ properties }: IndexedRecord): string | number | undefined => {
    const value = properties[propertyName];
    return value === undefined ? undefined : comparable(comparison, value);
  };
  return (a, b) => {
    const left = keyOf(a);
    const right = keyOf(b);
    if (left === right) return byId(a, b);
    if (left === undefined) return 1;
    if (right === undefined) return -1;
    return left < right === descending ? 1 : -1;
  };
}

const unknownProperty = (name: string): Refusal =>
  validationError('There was a problem with the request.', [
    { message: `Property "${name}" does not exist`, code: 'PROPERTY_DOESNT_EXIST', context: { propertyName: [name] } },
  ]);
