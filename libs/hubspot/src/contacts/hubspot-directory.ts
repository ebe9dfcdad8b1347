import {
  readPhoneNumber,
  type ContactDraft,
  type CreateOutcome,
  type CrmContact,
  type CrmDirectory,
  type PhoneNumber,
} from '@app/crm';
import type { TrafficClass } from '../budget/rate-budget.js';
import type { ContactReader } from './contact-reader.js';
import { SEARCH_GROUPS, type ContactSearch, type SearchFilter, type SearchGroups } from './contact-search.js';
import type { CreateContacts } from './create-contacts.js';
import { phoneSearches } from './phone-searches.js';
import { rankContacts } from './rank-contacts.js';

/** Hits fetched for one person's query before ranking: HubSpot sorts by age, so the best one may stand far down. */
const HITS_TO_RANK = 50;

/** A portal's contacts. The docstrings say what a call costs in HTTP calls: the quota is the scarce thing. */
export class HubSpotDirectory implements CrmDirectory {
  constructor(
    private readonly reader: ContactReader,
    private readonly searches: ContactSearch,
    private readonly creator: CreateContacts,
    private readonly traffic: TrafficClass,
  ) {}

  /** One call per 100 ids, and one for each id that is merged or gone. */
  async findByIds(tenantId: string, ids: readonly string[]): Promise<Map<string, CrmContact>> {
    return this.reader.byIds(tenantId, ids);
  }

  /** One call per 100 emails. */
  async findByEmails(tenantId: string, emails: readonly string[]): Promise<Map<string, CrmContact>> {
    return this.reader.byEmails(tenantId, emails);
  }

  /**
   * One search per 5 emails (a filter group each), one more per further 200 hits. HubSpot matches tokens of the list, so
   * every hit is checked against it.
   */
  async findBySecondaryEmails(tenantId: string, emails: readonly string[]): Promise<Map<string, CrmContact[]>> {
    // `*` is a wildcard to HubSpot: `*@gmail.com` would page through ten thousand contacts, and be none of them.
    const asked = [...new Set(emails.map((email) => email.trim().toLowerCase()))].filter(
      (email) => email !== '' && !email.includes('*'),
    );
    const found = new Map<string, CrmContact[]>();
    for (let start = 0; start < asked.length; start += SEARCH_GROUPS) {
      const some = asked.slice(start, start + SEARCH_GROUPS);
      const groups = some.map((value) => [
        { propertyName: 'hs_additional_emails', operator: 'CONTAINS_TOKEN', value } as const,
      ]);
      const hits = await this.searches.all(tenantId, this.traffic, groups);
      for (const email of some) {
        const holders = hits.filter((contact) => contact.emails.includes(email));
        if (holders.length > 0) found.set(email, holders);
      }
    }
    return found;
  }

  /** One search per about 45 numbers, one more per further 200 hits. */
  async findPhoneCandidates(tenantId: string, numbers: readonly PhoneNumber[]): Promise<CrmContact[]> {
    const found = new Map<string, CrmContact>();
    for (const groups of phoneSearches(numbers)) {
      for (const contact of await this.searches.all(tenantId, this.traffic, groups)) found.set(contact.id, contact);
    }
    return [...found.values()];
  }

  /** One search. Every hit is checked again here: created since, and by one of the same marks. */
  async findCreatedSince(tenantId: string, draft: ContactDraft, since: Date): Promise<CrmContact[]> {
    const created: SearchFilter = { propertyName: 'createdate', operator: 'GTE', value: String(since.getTime()) };
    const groups = marksOf(draft).map((filters) => [...filters, created]);
    if (groups.length === 0) return [];
    const hits = await this.searches.all(tenantId, this.traffic, groups);
    return hits.filter((contact) => contact.createdAt >= since);
  }

  /** One search, as agent traffic: someone is typing. */
  async search(tenantId: string, query: string, limit: number, signal?: AbortSignal): Promise<CrmContact[]> {
    const sought = query.trim();
    if (sought === '' || limit < 1) return [];
    const digits = dialledDigits(sought);
    const what = digits === undefined ? { query: sought } : { groups: numberContains(digits) };
    const page = { ...what, limit: Math.max(limit, HITS_TO_RANK), signal };
    const { contacts } = await this.searches.page(tenantId, 'agent', page);
    return rankContacts(contacts, sought).slice(0, limit);
  }

  /** One call per 100 drafts; two or three more when some of them exist already; about 14 for one that HubSpot refuses. */
  async create(tenantId: string, drafts: readonly ContactDraft[]): Promise<CreateOutcome[]> {
    return this.creator.execute(tenantId, drafts);
  }
}

/** What a contact made from this draft can be told by: its number (as written and as calculated), else its names, else its email. */
function marksOf({ phone, firstName, lastName, email }: ContactDraft): SearchGroups {
  if (phone !== undefined) {
    const national = readPhoneNumber(phone)?.national;
    const asWritten = [equals('phone', phone)];
    return national === undefined
      ? [asWritten]
      : [asWritten, [equals('hs_searchable_calculated_phone_number', national)]];
  }
  const names = [
    ...(firstName === undefined ? [] : [equals('firstname', firstName)]),
    ...(lastName === undefined ? [] : [equals('lastname', lastName)]),
  ];
  if (names.length > 0) return [names];
  return email === undefined ? [] : [[equals('email', email.toLowerCase())]];
}

function equals(propertyName: string, value: string): SearchFilter {
  return { propertyName, operator: 'EQ', value };
}

/** The digits of a query that is (the beginning of) a number; HubSpot's free text would look for it as a word, as typed. */
function dialledDigits(query: string): string | undefined {
  if (!/^\+?[\d\s().\-/]{3,}$/.test(query)) return undefined;
  const number = readPhoneNumber(query);
  const digits = number?.national ?? query.replace(/\D/g, '').replace(/^0+/, '');
  return digits.length >= 3 ? digits : undefined;
}

/** Without a country by the national properties; with one typed but not complete, by the international ones. */
function numberContains(digits: string): SearchGroups {
  return [
    'hs_searchable_calculated_phone_number',
    'hs_searchable_calculated_mobile_number',
    'hs_searchable_calculated_international_phone_number',
    'hs_searchable_calculated_international_mobile_number',
  ].map((propertyName) => [{ propertyName, operator: 'CONTAINS_TOKEN', value: `*${digits}*` }]);
}
