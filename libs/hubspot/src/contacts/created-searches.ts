import { type ContactDraft, readPhoneNumber } from '@app/crm';
import { SEARCH_BODY_LENGTH, SEARCH_GROUPS, SEARCH_PAGE, searchBody } from './contact-search.js';
import type { SearchFilter, SearchGroups, SoughtTogether } from './contact-search.js';

/** HubSpot documents no maximum for the values of `IN`; a hundred is what is known to work. */
const IN_VALUES = 100;
/** The offset grows to five digits while paging. */
const ROOM_FOR_OFFSET = 8;

/** A name that is nobody's. */
const NOBODY: ContactDraft = { firstName: 'nobody-of-this-name', phone: '+15555550100' };

/**
 * What contacts made from drafts can be told by: those with a number by it (as written and as calculated), the others by
 * their names, else by their email; each created at or after `since`.
 */
export function createdSearches(drafts: readonly ContactDraft[], since: Date): SoughtTogether<ContactDraft>[] {
  const created: SearchFilter = { propertyName: 'createdate', operator: 'GTE', value: String(since.getTime()) };
  const { phone = [], name = [] } = Object.groupBy(drafts, (draft) => (draft.phone === undefined ? 'name' : 'phone'));
  const byPhone = (some: readonly ContactDraft[]): SearchGroups => groupsByPhone(some, created);
  const byName = (some: readonly ContactDraft[]): SearchGroups => some.flatMap((draft) => groupByName(draft, created));
  return [
    ...cut(phone, (some) => some.length <= IN_VALUES && fits(byPhone(some))).map((sought) => ({
      sought,
      groupsFor: byPhone,
      harmless: NOBODY,
    })),
    ...cut(
      name.filter((draft) => groupByName(draft, created).length > 0),
      (some) => some.length <= SEARCH_GROUPS && fits(byName(some)),
    ).map((sought) => ({ sought, groupsFor: byName, harmless: NOBODY })),
  ];
}

function groupsByPhone(drafts: readonly ContactDraft[], created: SearchFilter): SearchGroups {
  const typed = [...new Set(drafts.flatMap(({ phone }) => phone?.toLowerCase() ?? []))];
  const national = [
    ...new Set(drafts.flatMap(({ phone }) => (phone === undefined ? [] : (readPhoneNumber(phone)?.national ?? [])))),
  ];
  const asWritten: SearchFilter = { propertyName: 'phone', operator: 'IN', values: typed };
  if (national.length === 0) return [[asWritten, created]];
  const calculated: SearchFilter = {
    propertyName: 'hs_searchable_calculated_phone_number',
    operator: 'IN',
    values: national,
  };
  return [
    [asWritten, created],
    [calculated, created],
  ];
}

function groupByName({ firstName, lastName, email }: ContactDraft, created: SearchFilter): SearchGroups {
  const names = [
    ...(firstName === undefined ? [] : [equals('firstname', firstName)]),
    ...(lastName === undefined ? [] : [equals('lastname', lastName)]),
  ];
  if (names.length > 0) return [[...names, created]];
  return email === undefined ? [] : [[equals('email', email.toLowerCase()), created]];
}

function equals(propertyName: string, value: string): SearchFilter {
  return { propertyName, operator: 'EQ', value };
}

function fits(groups: SearchGroups): boolean {
  return JSON.stringify(searchBody({ groups, limit: SEARCH_PAGE })).length + ROOM_FOR_OFFSET <= SEARCH_BODY_LENGTH;
}

/** Consecutive runs that each pass; one that doesn't even alone goes alone, and is refused alone. */
function cut<T>(items: readonly T[], passes: (some: readonly T[]) => boolean): T[][] {
  const runs: T[][] = [];
  for (const item of items) {
    const run = runs.at(-1);
    if (run !== undefined && passes([...run, item])) run.push(item);
    else runs.push([item]);
  }
  return runs;
}
