import type { CrmContact } from '@app/crm';
import { idOf } from '../client/read-json.js';
import type { HubSpotRecord } from '../records/hubspot-record.js';
import type { RecordReader } from '../records/record-reader.js';
import { BY_ID_PROPERTIES, CONTACT_PROPERTIES, listIn, toContact } from './read-contact.js';

const BY_ID = { objectType: 'contacts', properties: BY_ID_PROPERTIES } as const;
const BY_EMAIL = { objectType: 'contacts', properties: CONTACT_PROPERTIES, idProperty: 'email' } as const;

/** Single look-ups at a time, for ids that the bulk read did not find. */
const SINGLES_AT_ONCE = 8;

/** Contacts as they are committed: no search index, no lag. */
export class ContactReader {
  constructor(private readonly records: RecordReader) {}

  /**
   * Keyed by the id asked for; a merged id answers the survivor. One call per 100 ids, and one more for each id that a
   * batch doesn't find: whether batch/read follows merges differs, a single GET does.
   */
  async byIds(tenantId: string, ids: readonly string[]): Promise<Map<string, CrmContact>> {
    const asked = new Set(ids.filter((id) => idOf(id) !== undefined));
    const found = new Map<string, CrmContact>();
    for (const record of await this.records.readAll(tenantId, BY_ID, [...asked])) {
      const contact = toContact(record);
      for (const id of idsLeadingTo(record)) if (asked.has(id)) found.set(id, contact);
    }
    const missing = [...asked].filter((id) => !found.has(id));
    for (let start = 0; start < missing.length; start += SINGLES_AT_ONCE) {
      const some = missing.slice(start, start + SINGLES_AT_ONCE);
      const survivors = await Promise.all(some.map((id) => this.records.readOne(tenantId, BY_ID, id)));
      for (const [index, id] of some.entries()) {
        const survivor = survivors[index];
        if (survivor !== undefined) found.set(id, toContact(survivor));
      }
    }
    return found;
  }

  /** Keyed by the email asked for, lower-cased. One call per 100. A portal that also resolves secondary emails here answers those too. */
  async byEmails(tenantId: string, emails: readonly string[]): Promise<Map<string, CrmContact>> {
    const asked = new Set(emails.map((email) => email.trim().toLowerCase()).filter((email) => email !== ''));
    const found = new Map<string, CrmContact>();
    for (const record of await this.records.readAll(tenantId, BY_EMAIL, [...asked])) {
      const contact = toContact(record);
      for (const email of contact.emails) if (asked.has(email)) found.set(email, contact);
    }
    return found;
  }
}

function idsLeadingTo(record: HubSpotRecord): string[] {
  return [record.id, ...listIn(record.properties['hs_merged_object_ids'])];
}
