import { systemClock, type Clock } from '@app/platform';
import {
  readPhoneNumber,
  type ContactDraft,
  type CreateOutcome,
  type CrmContact,
  type CrmDirectory,
  type CrmTimeline,
  type EntryUrl,
  type PhoneNumber,
  type Refusal,
  type StoredEntry,
  type TimelineEntry,
  type WriteOutcome,
} from '../src/index.js';
import { CrmFaults, type CrmMethod } from './crm-faults.js';
import { copyOf, CrmPortal, indexedNumbers, type PortalContact } from './crm-portal.js';

export interface InMemoryCrmOptions {
  clock?: Clock;
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/;
const INVALID_EMAIL: Refusal = { reason: 'invalid_email', detail: 'The address is not valid' };
const UNKNOWN = { outcome: 'unknown', detail: 'The connection was lost' } as const;

/**
 * Both ports of a CRM, kept in memory, one portal per tenant. It lags, merges, refuses and loses connections when told
 * to, and passes the same contract suites as the real adapters.
 */
export class InMemoryCrm implements CrmDirectory, CrmTimeline {
  readonly faults = new CrmFaults();
  /** Calls of the ports so far, in order. */
  readonly calls: { tenantId: string; method: CrmMethod; items: number }[] = [];
  private readonly portals = new Map<string, CrmPortal>();
  private readonly clock: Clock;

  constructor({ clock = systemClock }: InMemoryCrmOptions = {}) {
    this.clock = clock;
  }

  /** A tenant's records, to arrange and to look at. */
  portal(tenantId: string): CrmPortal {
    const known = this.portals.get(tenantId);
    if (known !== undefined) return known;
    const portal = new CrmPortal(this.clock);
    this.portals.set(tenantId, portal);
    return portal;
  }

  async findByIds(tenantId: string, ids: readonly string[]): Promise<Map<string, CrmContact>> {
    const portal = this.read(tenantId, 'findByIds', ids.length);
    return mapOf(ids, (id) => found(portal.find(id)));
  }

  async findByEmails(tenantId: string, emails: readonly string[]): Promise<Map<string, CrmContact>> {
    const portal = this.read(tenantId, 'findByEmails', emails.length);
    return mapOf(emails.map(normalise), (email) => found(portal.live().find((contact) => contact.emails[0] === email)));
  }

  async findBySecondaryEmails(tenantId: string, emails: readonly string[]): Promise<Map<string, CrmContact[]>> {
    const portal = this.read(tenantId, 'findBySecondaryEmails', emails.length);
    return mapOf(emails.map(normalise), (email) => {
      const holders = portal.visible().filter((contact) => contact.emails.slice(1).includes(email));
      return holders.length === 0 ? undefined : holders.map(copyOf);
    });
  }

  async findPhoneCandidates(tenantId: string, numbers: readonly PhoneNumber[]): Promise<CrmContact[]> {
    const portal = this.read(tenantId, 'findPhoneCandidates', numbers.length);
    const sought = new Set(numbers.flatMap(({ e164, national }) => [e164, national]));
    return portal
      .visible()
      .filter(({ phones }) => indexedNumbers(phones).some((form) => sought.has(form)))
      .map(copyOf);
  }

  async findCreatedSince(tenantId: string, drafts: readonly ContactDraft[], since: Date): Promise<CrmContact[]> {
    const portal = this.read(tenantId, 'findCreatedSince', drafts.length);
    return portal
      .visible()
      .filter((contact) => contact.createdAt >= since && drafts.some((draft) => couldBe(contact, draft)))
      .map(copyOf);
  }

  async search(tenantId: string, query: string, limit: number): Promise<CrmContact[]> {
    const portal = this.read(tenantId, 'search', 1);
    const words = normalise(query).split(/\s+/);
    const national = /^\+?[\d\s().-]+$/.test(query) ? readPhoneNumber(query)?.national : undefined;
    const rank = (contact: PortalContact): number => {
      const texts = [contact.firstName, contact.lastName, ...contact.emails].flatMap((text) =>
        text === undefined ? [] : normalise(text),
      );
      if (national !== undefined) return indexedNumbers(contact.phones).includes(national) ? 2 : 0;
      if (words.every((word) => texts.includes(word))) return 2;
      return words.every((word) => texts.some((text) => text.includes(word))) ? 1 : 0;
    };
    const hits = portal.visible().filter((contact) => rank(contact) > 0);
    return hits
      .toSorted((one, other) => rank(other) - rank(one))
      .slice(0, limit)
      .map(copyOf);
  }

  async create(tenantId: string, drafts: readonly ContactDraft[]): Promise<CreateOutcome[]> {
    const portal = this.note(tenantId, 'create', drafts.length);
    return this.writing<ContactDraft, CreateOutcome>('create', drafts, (draft) => {
      const email = draft.email === undefined ? undefined : normalise(draft.email);
      if (email !== undefined && !EMAIL.test(email))
        return { outcome: 'refused', refusal: INVALID_EMAIL, field: 'email' };
      const holder = email === undefined ? undefined : portal.holderOf(email);
      if (holder !== undefined) return { outcome: 'exists', id: holder.id };
      const { phone, firstName, lastName } = draft;
      const contact = {
        emails: email === undefined ? [] : [email],
        phones: phone === undefined ? [] : [phone],
        firstName,
        lastName,
      };
      return { outcome: 'created', id: portal.add(contact) };
    });
  }

  async write(tenantId: string, entries: readonly TimelineEntry[]): Promise<WriteOutcome[]> {
    const portal = this.note(tenantId, 'write', entries.length);
    return this.writing<TimelineEntry, WriteOutcome>('write', entries, ({ type, contactId, at, body }) => {
      const contact = portal.contacts.get(contactId);
      if (contact === undefined || contact.removed || contact.mergedInto !== undefined)
        return { outcome: 'contact_gone' };
      return { outcome: 'written', id: portal.addEntry({ type, contactId, at, body }) };
    });
  }

  async readBack(tenantId: string, contactIds: readonly string[], since: Date): Promise<StoredEntry[]> {
    const portal = this.read(tenantId, 'readBack', contactIds.length);
    return [...new Set(contactIds)].flatMap((contactId) => {
      const survivor = portal.find(contactId)?.id;
      const theirs = portal.entries.filter((entry) => entry.contactId === survivor && entry.createdAt >= since);
      return theirs.map(({ id, type, body }) => ({ id, type, contactId, body }));
    });
  }

  async entryUrls(tenantId: string): Promise<EntryUrl> {
    return (contactId, { type, id, portalId = tenantId }) =>
      `https://crm.example/${portalId}/contacts/${contactId}#${type}-${id}`;
  }

  private note(tenantId: string, method: CrmMethod, items: number): CrmPortal {
    this.calls.push({ tenantId, method, items });
    return this.portal(tenantId);
  }

  private read(tenantId: string, method: CrmMethod, items: number): CrmPortal {
    const portal = this.note(tenantId, method, items);
    this.faults.strikeRead(method);
    return portal;
  }

  private writing<Item, Outcome>(
    method: 'create' | 'write',
    items: readonly Item[],
    commit: (item: Item) => Outcome,
  ): (Outcome | Extract<CreateOutcome & WriteOutcome, { outcome: 'refused' | 'unknown' | 'deferred' }>)[] {
    if (items.length === 0) return [];
    const fault = this.faults.strike(method);
    if (fault?.fault === 'deferred') return items.map(() => ({ outcome: 'deferred', deferral: fault.deferral }));
    if (fault?.fault === 'lost_before') return items.map(() => UNKNOWN);
    if (fault?.fault === 'lost_after') {
      for (const item of items) commit(item);
      return items.map(() => UNKNOWN);
    }
    return items.map((item, index) =>
      fault === undefined || fault.items?.includes(index) === false
        ? commit(item)
        : { outcome: 'refused', refusal: fault.refusal },
    );
  }
}

function normalise(text: string): string {
  return text.trim().toLowerCase();
}

function found(contact: PortalContact | undefined): CrmContact | undefined {
  return contact && copyOf(contact);
}

function mapOf<T>(keys: readonly string[], find: (key: string) => T | undefined): Map<string, T> {
  return new Map(
    keys.flatMap((key): [string, T][] => {
      const value = find(key);
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

function couldBe(contact: PortalContact, { phone, firstName, lastName, email }: ContactDraft): boolean {
  if (phone !== undefined) {
    return indexedNumbers(contact.phones).some((form) => form === phone || form === readPhoneNumber(phone)?.national);
  }
  if (firstName !== undefined || lastName !== undefined) {
    const sameFirst = firstName === undefined || contact.firstName?.toLowerCase() === firstName.toLowerCase();
    return sameFirst && (lastName === undefined || contact.lastName?.toLowerCase() === lastName.toLowerCase());
  }
  return email !== undefined && contact.emails.includes(normalise(email));
}
