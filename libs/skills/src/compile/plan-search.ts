import {
  type CrmObject,
  type CrmOwner,
  type FindStep,
  type RecordFilter,
  type RecordFind,
  type RecordSearch,
  SEARCH_LIMITS,
} from '@app/crm';
import type { RestSearch } from '../grammar/binding.js';
import { createdField, fieldOf, SECONDARY_EMAILS } from '../grammar/known-fields.js';
import type { Arguments } from './argument-value.js';
import { planGroup, type PlannedGroup } from './plan-group.js';

/** A look at more than was asked for, where what is found is yet to be compared: national digits collide. */
const CANDIDATES = 100;

export type PlannedSearch = { planned: true; find: RecordFind } | { planned: false; reason: 'nothing_to_search_by' };

interface Portal {
  object: CrmObject;
  owners: readonly CrmOwner[];
  timeZone?: string;
}

/** Fills the arguments in. HubSpot's limits hold because they were checked with the longest ones, and with fewer. */
export function planSearch(
  portal: Portal,
  search: RestSearch,
  { sent, cursor }: { sent: Arguments; cursor?: string },
): PlannedSearch {
  const groups = search.where.flatMap((group) => planGroup(placeOf(portal, search, group), group, sent) ?? []);
  if (groups.length === 0 && search.where.length > 0) return { planned: false, reason: 'nothing_to_search_by' };
  return { planned: true, find: findBy(portal.object, search, { groups, cursor }) };
}

/** A group of several filters stays a search where there are pages, whichever of them is left out. */
export function placeOf(portal: Portal, search: RestSearch, group: readonly unknown[]) {
  return { ...portal, mayReadDirectly: group.length === 1 || !hasPages(search) };
}

export function hasPages({ take }: RestSearch): boolean {
  return typeof take !== 'string' && take.paging === true;
}

/** What is asked for by groups whose arguments are filled in. */
export function findBy(
  object: CrmObject,
  search: RestSearch,
  { groups, cursor }: { groups: readonly PlannedGroup[]; cursor?: string },
): RecordFind {
  const sort = sortOf(object, search);
  const fields = [
    ...new Set([...search.select, ...(sort === undefined ? [] : [sort.field]), ...comparedFields(object, groups)]),
  ];
  const wanted = typeof search.take === 'string' ? 1 : search.take.many;
  const limit = Math.min(wanted, SEARCH_LIMITS.results - Number(cursor ?? 0));
  const page = { object: object.name, fields, sort };
  const steps = [
    ...groups.flatMap(directStep),
    ...plainSteps(groups, { ...page, limit, after: cursor }),
    ...groups.flatMap((group) => phoneStep(group, { ...page, limit: CANDIDATES })),
    ...groups.flatMap((group) => secondaryStep(object, group, { ...page, limit: CANDIDATES })),
  ];
  return { ...page, steps, limit, paging: hasPages(search) };
}

type Page = Omit<RecordSearch, 'groups'>;

/** The latest is the newest by creation; of the others the oldest comes first, as everywhere. */
function sortOf(object: CrmObject, { sort, take }: RestSearch): RecordFind['sort'] {
  if (sort !== undefined) return { ...sort };
  const field = createdField(object);
  if (field === undefined) return undefined;
  return { field, direction: take === 'latest' ? 'descending' : 'ascending' };
}

function comparedFields(object: CrmObject, groups: readonly PlannedGroup[]): string[] {
  return groups.flatMap((group) => {
    if (group.by === 'phone') return group.phones.flatMap(({ fields }) => fields);
    return group.by === 'email' && secondaryEmails(object, group).length > 0 ? [SECONDARY_EMAILS] : [];
  });
}

function directStep(group: PlannedGroup): FindStep[] {
  if (group.by === 'id' || group.by === 'unique') return [group];
  return group.by === 'email' ? [{ by: 'unique', field: 'email', values: group.emails }] : [];
}

/** All that is compared by HubSpot alone is one search; so is everything, when nothing narrows it down. */
function plainSteps(groups: readonly PlannedGroup[], page: Page): FindStep[] {
  const plain = groups.flatMap((group) => (group.by === 'filters' ? [group.filters] : []));
  return plain.length > 0 || groups.length === 0 ? [{ by: 'search', search: { ...page, groups: plain } }] : [];
}

function phoneStep(group: PlannedGroup, page: Page): FindStep[] {
  if (group.by !== 'phone') return [];
  return [{ by: 'search', search: { ...page, groups: group.groups }, samePhones: group.phones }];
}

function secondaryStep(object: CrmObject, group: PlannedGroup, page: Page): FindStep[] {
  const emails = group.by === 'email' ? secondaryEmails(object, group) : [];
  if (emails.length === 0) return [];
  const groups = emails.map((email): RecordFilter[] => [
    { field: SECONDARY_EMAILS, operator: 'CONTAINS_TOKEN', value: email },
  ]);
  const sameEmails = { field: SECONDARY_EMAILS, emails };
  const { groups: atOnce } = SEARCH_LIMITS;
  return Array.from({ length: Math.ceil(groups.length / atOnce) }, (_, part) => ({
    by: 'search',
    search: { ...page, groups: groups.slice(part * atOnce, (part + 1) * atOnce) },
    ifNone: true,
    sameEmails,
  }));
}

/** An address may hold a `*`, but asked for as a word it would find every other that fits: `*@gmail.com`. */
function secondaryEmails(object: CrmObject, { emails }: Extract<PlannedGroup, { by: 'email' }>): string[] {
  return fieldOf(object, SECONDARY_EMAILS) === undefined ? [] : emails.filter((email) => !email.includes('*'));
}
