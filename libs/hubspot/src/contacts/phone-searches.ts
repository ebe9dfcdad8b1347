import type { PhoneNumber } from '@app/crm';
import { SEARCH_BODY_LENGTH, SEARCH_PAGE, searchBody, type SearchGroups } from './contact-search.js';

/** HubSpot documents no maximum for the values of `IN`; a hundred is what is known to work. */
const IN_VALUES = 100;
/** The offset grows to five digits while paging. */
const ROOM_FOR_OFFSET = 8;

/**
 * Cuts numbers into as few searches as HubSpot's 3,000 characters of body allow: 40 to 45 numbers each. Four groups,
 * because none of the properties is filled for every contact:
 *
 * - `phone` and `mobilephone` hold what was typed. Software mostly writes E.164 there, and for a new contact they are
 *   indexed together with it, while calculated properties may follow later.
 * - `hs_searchable_calculated_phone_number` and `…_mobile_number` hold the national digits HubSpot derives from however
 *   it was typed: `(513) 227-1572` is found by `5132271572`. They carry no country, so answers are candidates only.
 *
 * The "international" searchable properties are left out: the national ones find all that they find, and HubSpot
 * doesn't say in which form they are stored.
 */
export function phoneSearches(numbers: readonly PhoneNumber[]): PhoneNumber[][] {
  const searches: PhoneNumber[][] = [];
  let batch: PhoneNumber[] = [];
  for (const number of distinct(numbers)) {
    if (batch.length > 0 && !fits([...batch, number])) {
      searches.push(batch);
      batch = [];
    }
    batch.push(number);
  }
  if (batch.length > 0) searches.push(batch);
  return searches;
}

export function phoneGroups(numbers: readonly PhoneNumber[]): SearchGroups {
  const national = [...new Set(numbers.map((number) => number.national))];
  const international = [...new Set(numbers.flatMap(({ e164 }) => e164 ?? []))];
  return [
    ...anyOf('phone', international),
    ...anyOf('mobilephone', international),
    ...anyOf('hs_searchable_calculated_phone_number', national),
    ...anyOf('hs_searchable_calculated_mobile_number', national),
  ];
}

/** Of the range kept free for fiction: nobody's. */
export const NOBODYS_NUMBER: PhoneNumber = { e164: '+15555550100', national: '5555550100' };

function anyOf(propertyName: string, values: readonly string[]): SearchGroups {
  return values.length === 0 ? [] : [[{ propertyName, operator: 'IN', values }]];
}

function fits(numbers: readonly PhoneNumber[]): boolean {
  if (numbers.length > IN_VALUES) return false;
  const body = searchBody({ groups: phoneGroups(numbers), limit: SEARCH_PAGE });
  return JSON.stringify(body).length + ROOM_FOR_OFFSET <= SEARCH_BODY_LENGTH;
}

function distinct(numbers: readonly PhoneNumber[]): PhoneNumber[] {
  return [...new Map(numbers.map((number) => [number.e164 ?? number.national, number])).values()];
}
