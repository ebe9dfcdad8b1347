import { type CrmContact, CrmDeferredError } from '@app/crm';
import type { TrafficClass } from '../budget/rate-budget.js';
import type { ApiPaths } from '../client/api-paths.js';
import type { HubSpotClient } from '../client/hubspot-client.js';
import { fieldsOf, listOf, textOf } from '../client/read-json.js';
import { readRecord } from '../records/hubspot-record.js';
import { inParallel, slicesOf } from '../records/in-parallel.js';
import { bodyOf, oddAnswer } from '../records/record-reader.js';
import { CONTACT_PROPERTIES, toContact } from './read-contact.js';

/** HubSpot's limits on a search: characters of the body, filter groups, results of a page, results it can page to. */
export const SEARCH_BODY_LENGTH = 3_000;
export const SEARCH_GROUPS = 5;
export const SEARCH_PAGE = 200;
const SEARCH_WINDOW = 10_000;

/**
 * HubSpot takes five searches a second. One that waits for its place longer than the budget's patience is turned away, so
 * they queue here and not there: a pool may need a hundred.
 */
const SEARCHES_AT_ONCE = 4;

/** Of the domain that never exists. */
const NOBODYS_EMAIL = 'nobody@example.invalid';

export interface SearchFilter {
  propertyName: string;
  operator: 'EQ' | 'IN' | 'GTE' | 'CONTAINS_TOKEN';
  value?: string;
  /** HubSpot wants the values of `IN` in lower case. */
  values?: readonly string[];
}

/** Groups are alternatives; the filters of a group must all hold. */
export type SearchGroups = readonly (readonly SearchFilter[])[];

export interface SearchWhat {
  groups?: SearchGroups;
  /** HubSpot's free text. */
  query?: string;
  limit: number;
  /** Whoever asked has gone. */
  signal?: AbortSignal;
}

/** The body of one page. `after` is a required offset in the 2026-09 specification. Sorted oldest first, which paging needs. */
export function searchBody({ groups = [], query, limit }: SearchWhat, after = '0'): object {
  return {
    filterGroups: groups.map((filters) => ({ filters })),
    ...(query === undefined ? {} : { query }),
    sorts: ['createdate'],
    properties: CONTACT_PROPERTIES,
    limit,
    after,
  };
}

/** HubSpot refused the search for what stands in it: too long, or a value it doesn't take. */
class SearchRefused extends CrmDeferredError {}

/** What is looked for together, how it is asked for, and one of it that nobody has and HubSpot surely takes. */
export interface SoughtTogether<T> {
  sought: readonly T[];
  groupsFor: (some: readonly T[]) => SearchGroups;
  harmless: T;
}

/** Contacts from HubSpot's search index, which lags behind writes by up to 30 s. */
export class ContactSearch {
  constructor(
    private readonly client: HubSpotClient,
    private readonly paths: ApiPaths,
  ) {}

  /**
   * All pages, one search each, oldest first, each contact once. Beyond 10,000 results HubSpot pages no further: the
   * oldest are the ones that matching prefers, so the rest is left.
   */
  async all(tenantId: string, traffic: TrafficClass, groups: SearchGroups): Promise<CrmContact[]> {
    const found = new Map<string, CrmContact>();
    let after: string | undefined = '0';
    while (after !== undefined && Number(after) < SEARCH_WINDOW) {
      const page: SearchPage = await this.page(tenantId, traffic, { groups, limit: SEARCH_PAGE }, after);
      for (const contact of page.contacts) found.set(contact.id, contact);
      // A cursor that doesn't move on would page for ever.
      if (page.after !== undefined && !(Number(page.after) > Number(after))) throw oddAnswer();
      after = page.after;
    }
    return [...found.values()];
  }

  /**
   * All pages of what several are looked for by. A value that makes HubSpot refuse the search is found by halves and counts
   * as nobody's, so that it can't hold up the others; about 2·log2(n) searches more. Should HubSpot refuse whatever is
   * asked, it is not the value: then nobody knows.
   */
  async together<T>(tenantId: string, traffic: TrafficClass, what: SoughtTogether<T>): Promise<CrmContact[]> {
    const { sought, groupsFor, harmless } = what;
    if (sought.length === 0) return [];
    try {
      return await this.all(tenantId, traffic, groupsFor(sought));
    } catch (error) {
      if (!(error instanceof SearchRefused)) throw error;
    }
    if (sought.length === 1) {
      await this.page(tenantId, traffic, { groups: groupsFor([harmless]), limit: 1 });
      return [];
    }
    const half = Math.ceil(sought.length / 2);
    return [
      ...(await this.together(tenantId, traffic, { ...what, sought: sought.slice(0, half) })),
      ...(await this.together(tenantId, traffic, { ...what, sought: sought.slice(half) })),
    ];
  }

  /** The same of many, a few searches at a time. Each contact once. */
  async each<T>(
    tenantId: string,
    traffic: TrafficClass,
    searches: readonly SoughtTogether<T>[],
  ): Promise<CrmContact[]> {
    const hits = await inParallel(searches, SEARCHES_AT_ONCE, (what) => this.together(tenantId, traffic, what));
    return [...new Map(hits.flat().map((contact) => [contact.id, contact])).values()];
  }

  /**
   * Keyed by the address asked for, in lower case. One search per 5 emails (a filter group each), one more per further 200
   * hits. HubSpot matches tokens of the list, so every hit is checked against it.
   */
  async bySecondaryEmails(
    tenantId: string,
    traffic: TrafficClass,
    emails: readonly string[],
  ): Promise<Map<string, CrmContact[]>> {
    // `*` is a wildcard to HubSpot: `*@gmail.com` would page through ten thousand contacts, and be none of them.
    const asked = new Set(
      emails.map((email) => email.trim().toLowerCase()).filter((email) => email !== '' && !email.includes('*')),
    );
    const found = new Map<string, CrmContact[]>();
    const searches = slicesOf([...asked], SEARCH_GROUPS).map((sought) => ({
      sought,
      groupsFor: (some: readonly string[]) => some.map((value) => [hasToken('hs_additional_emails', value)]),
      harmless: NOBODYS_EMAIL,
    }));
    for (const contact of await this.each(tenantId, traffic, searches)) {
      for (const email of contact.emails.filter((held) => asked.has(held))) {
        found.set(email, [...(found.get(email) ?? []), contact]);
      }
    }
    return found;
  }

  /**
   * Ids of contacts that others were merged into, as far as the index knows: one search per 5 of the others. None from a
   * HubSpot that doesn't search by this.
   */
  async mergedFrom(tenantId: string, traffic: TrafficClass, ids: readonly string[]): Promise<string[]> {
    const hits = await inParallel(slicesOf(ids, SEARCH_GROUPS), SEARCHES_AT_ONCE, async (some) => {
      try {
        const groups = some.map((id) => [hasToken('hs_merged_object_ids', id)]);
        return await this.all(tenantId, traffic, groups);
      } catch (error) {
        if (error instanceof SearchRefused) return [];
        throw error;
      }
    });
    return [...new Set(hits.flat().map(({ id }) => id))];
  }

  /** One page, one search. */
  async page(tenantId: string, traffic: TrafficClass, what: SearchWhat, after?: string): Promise<SearchPage> {
    const answer = await this.client.request({
      tenantId,
      class: traffic,
      kind: 'search',
      method: 'POST',
      path: this.paths.of('objects', 'contacts', 'search'),
      body: searchBody(what, after),
      write: false,
      signal: what.signal,
    });
    const isAboutTheBody = answer.outcome === 'refused' && [400, 413, 414].includes(answer.refusal.status);
    if (isAboutTheBody) {
      const said = answer.refusal.message ?? answer.refusal.category ?? 'no reason given';
      throw new SearchRefused({ cause: 'unavailable', detail: `HubSpot refused the search: ${said}`.slice(0, 300) });
    }
    const fields = fieldsOf(bodyOf(answer));
    if (!Array.isArray(fields['results'])) throw oddAnswer();
    const contacts = listOf(fields['results']).map((value) => {
      const record = readRecord(value);
      if (record === undefined) throw oddAnswer();
      return toContact(record);
    });
    return { contacts, after: textOf(fieldsOf(fieldsOf(fields['paging'])['next'])['after']) };
  }
}

function hasToken(propertyName: string, value: string): SearchFilter {
  return { propertyName, operator: 'CONTAINS_TOKEN', value };
}

export interface SearchPage {
  contacts: CrmContact[];
  after?: string;
}
