import { type CrmContact, CrmPartlyKnownError, type Deferral } from '@app/crm';
import type { TrafficClass } from '../budget/rate-budget.js';
import { idOf } from '../client/read-json.js';
import type { HubSpotRecord } from '../records/hubspot-record.js';
import { inParallel } from '../records/in-parallel.js';
import type { RecordReader } from '../records/record-reader.js';
import type { ContactSearch } from './contact-search.js';
import { BY_ID_PROPERTIES, CONTACT_PROPERTIES, listIn, toContact } from './read-contact.js';

const BY_ID = { objectType: 'contacts', properties: BY_ID_PROPERTIES } as const;
const BY_EMAIL = { objectType: 'contacts', properties: CONTACT_PROPERTIES, idProperty: 'email' } as const;

/** So few ids that the bulk read did not find are asked for one by one, all at a time. */
const FEW = 8;
/** So many that nothing else tells anything of are asked for one by one: half of what HubSpot takes in ten seconds. */
const MOST_SINGLY = 50;

/** By then the search index shows a merge. */
const NOT_SHOWN_YET: Deferral = {
  cause: 'unavailable',
  detail: 'It is not known yet which of many contacts HubSpot has merged a moment ago, and which are gone',
  retryAfterSeconds: 30,
};

/** Found so far, by the id asked for. */
type Found = Map<string, CrmContact>;

/** Contacts as they are committed: what the search index says is read again. */
export class ContactReader {
  constructor(
    private readonly records: RecordReader,
    private readonly searches: ContactSearch,
    private readonly traffic: TrafficClass,
  ) {}

  /**
   * Keyed by the id asked for; a merged id answers the survivor. One call per 100 ids. Whether batch/read follows merges
   * differs, a single GET does: so one more for each of a few that it doesn't find. Where these are many, per hundred:
   *
   * - one call that tells which of them were deleted,
   * - 20 searches and a read for the survivors of those that were merged,
   * - a call for each of those of which nothing is known: merged a moment ago, which the index doesn't show yet, or deleted
   *   for good. The first fifty, and the others another time: throws CrmPartlyKnownError.
   */
  async byIds(tenantId: string, ids: readonly string[]): Promise<Found> {
    const asked = new Set(ids.filter((id) => idOf(id) !== undefined));
    const found: Found = new Map();
    await this.readInto(found, tenantId, asked, [...asked]);
    const missing = [...asked].filter((id) => !found.has(id));
    if (missing.length <= FEW) await this.readSingly(found, tenantId, missing);
    else await this.trace(found, tenantId, missing);
    return found;
  }

  /** Keyed by the email asked for, lower-cased. One call per 100. A portal that also resolves secondary emails here answers those too. */
  async byEmails(tenantId: string, emails: readonly string[]): Promise<Found> {
    const asked = new Set(emails.map((email) => email.trim().toLowerCase()).filter((email) => email !== ''));
    const found: Found = new Map();
    for (const record of await this.records.readAll(tenantId, BY_EMAIL, [...asked])) {
      const contact = toContact(record);
      for (const email of contact.emails) if (asked.has(email)) found.set(email, contact);
    }
    return found;
  }

  private async readInto(
    found: Found,
    tenantId: string,
    asked: ReadonlySet<string>,
    ids: readonly string[],
  ): Promise<void> {
    for (const record of await this.records.readAll(tenantId, BY_ID, ids)) {
      const contact = toContact(record);
      for (const id of idsLeadingTo(record)) if (asked.has(id)) found.set(id, contact);
    }
  }

  private async trace(found: Found, tenantId: string, missing: readonly string[]): Promise<void> {
    // What was merged away leaves no deleted record behind.
    const deleted = await this.records.readAll(tenantId, { ...BY_ID, archived: true }, missing);
    const gone = new Set(deleted.map(({ id }) => id));
    const lost = missing.filter((id) => !gone.has(id));
    const survivors = await this.searches.mergedFrom(tenantId, this.traffic, lost);
    await this.readInto(found, tenantId, new Set(lost), survivors);
    const unknown = lost.filter((id) => !found.has(id));
    await this.readSingly(found, tenantId, unknown.slice(0, MOST_SINGLY));
    const unsettled = new Set(unknown.slice(MOST_SINGLY));
    if (unsettled.size > 0) throw new CrmPartlyKnownError(NOT_SHOWN_YET, found, unsettled);
  }

  private async readSingly(found: Found, tenantId: string, ids: readonly string[]): Promise<void> {
    const records = await inParallel(ids, FEW, (id) => this.records.readOne(tenantId, BY_ID, id));
    for (const [index, id] of ids.entries()) {
      const survivor = records[index];
      if (survivor !== undefined) found.set(id, toContact(survivor));
    }
  }
}

function idsLeadingTo(record: HubSpotRecord): string[] {
  return [record.id, ...listIn(record.properties['hs_merged_object_ids'])];
}
