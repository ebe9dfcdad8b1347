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
import type { ContactSearch, SearchGroups } from './contact-search.js';
import type { CreateContacts } from './create-contacts.js';
import { createdSearches } from './created-searches.js';
import { NOBODYS_NUMBER, phoneGroups, phoneSearches } from './phone-searches.js';
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

  /** One call per 100 ids, and one for each of a few that are merged or gone; see ContactReader for what many of those cost. */
  async findByIds(tenantId: string, ids: readonly string[]): Promise<Map<string, CrmContact>> {
    return this.reader.byIds(tenantId, ids);
  }

  /** One call per 100 emails. */
  async findByEmails(tenantId: string, emails: readonly string[]): Promise<Map<string, CrmContact>> {
    return this.reader.byEmails(tenantId, emails);
  }

  /** One search per 5 emails, one more per further 200 hits. */
  async findBySecondaryEmails(tenantId: string, emails: readonly string[]): Promise<Map<string, CrmContact[]>> {
    return this.searches.bySecondaryEmails(tenantId, this.traffic, emails);
  }

  /** One search per about 45 numbers, one more per further 200 hits. */
  async findPhoneCandidates(tenantId: string, numbers: readonly PhoneNumber[]): Promise<CrmContact[]> {
    const searches = phoneSearches(numbers).map((sought) => ({
      sought,
      groupsFor: phoneGroups,
      harmless: NOBODYS_NUMBER,
    }));
    return this.searches.each(tenantId, this.traffic, searches);
  }

  /**
   * One search per about 45 numbers and one per 5 names, one more per further 200 hits. Every hit is checked again here:
   * created since.
   */
  async findCreatedSince(tenantId: string, drafts: readonly ContactDraft[], since: Date): Promise<CrmContact[]> {
    const hits = await this.searches.each(tenantId, this.traffic, createdSearches(drafts, since));
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

  /** One call per 100 drafts; two or three more when some of them exist already, about 25 when all are secondary addresses; about 14 for one that HubSpot refuses. */
  async create(tenantId: string, drafts: readonly ContactDraft[]): Promise<CreateOutcome[]> {
    return this.creator.execute(tenantId, drafts);
  }
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
