import type { Clock } from '@app/platform';
import { readPhoneNumber, type CrmContact, type StoredEntry } from '../src/index.js';

export interface PortalContact extends CrmContact {
  removed: boolean;
  /** Where it went when it was merged away. */
  mergedInto?: string;
}

export interface PortalEntry extends StoredEntry {
  createdAt: Date;
  /** The time it stands at on the timeline. */
  at: Date;
  /** The user it belongs to. */
  ownerId?: string;
}

/** The records of one tenant's fake CRM: what is committed, and what search knows of it by now. */
export class CrmPortal {
  readonly contacts = new Map<string, PortalContact>();
  readonly entries: PortalEntry[] = [];
  /** Users by lower-case email. */
  readonly owners = new Map<string, string>();
  searchLagMs = 0;
  private readonly indexed = new Map<string, number>();
  private nextId = 1_001;

  constructor(private readonly clock: Clock) {}

  newId(): string {
    return String(this.nextId++);
  }

  add(contact: Omit<CrmContact, 'id' | 'createdAt'> & { createdAt?: Date }): string {
    const id = this.newId();
    const now = this.clock.now();
    const emails = contact.emails.map((email) => email.trim().toLowerCase());
    this.contacts.set(id, { ...contact, id, emails, createdAt: contact.createdAt ?? now, removed: false });
    this.indexed.set(id, now.getTime() + this.searchLagMs);
    return id;
  }

  /** @returns the id of the user who is known by this email. */
  addOwner(email: string): string {
    const id = this.newId();
    this.owners.set(email.toLowerCase(), id);
    return id;
  }

  addEntry(entry: Omit<PortalEntry, 'id' | 'createdAt'>): string {
    const id = this.newId();
    this.entries.push({ ...entry, id, createdAt: this.clock.now() });
    return id;
  }

  /** Follows merges. Undefined: never there, or removed. */
  find(id: string): PortalContact | undefined {
    let contact = this.contacts.get(id);
    while (contact?.mergedInto !== undefined) contact = this.contacts.get(contact.mergedInto);
    return contact?.removed === false ? contact : undefined;
  }

  /** The survivor takes over emails and entries; phones it lacks too. */
  merge(survivorId: string, otherId: string): void {
    const survivor = this.contacts.get(survivorId);
    const other = this.contacts.get(otherId);
    if (survivor === undefined || other === undefined || survivor === other)
      throw new Error('a merge takes two contacts');
    survivor.emails = [...new Set([...survivor.emails, ...other.emails])];
    if (survivor.phones.length === 0) survivor.phones = other.phones;
    other.mergedInto = survivorId;
    for (const entry of this.entries) if (entry.contactId === otherId) entry.contactId = survivorId;
  }

  remove(id: string): void {
    const contact = this.contacts.get(id);
    if (contact !== undefined) contact.removed = true;
  }

  /** By primary or secondary email, as committed. */
  holderOf(email: string): PortalContact | undefined {
    return this.live().find(({ emails }) => emails.includes(email));
  }

  live(): PortalContact[] {
    return [...this.contacts.values()].filter(({ removed, mergedInto }) => !removed && mergedInto === undefined);
  }

  /** What search shows, oldest first. */
  visible(): PortalContact[] {
    const now = this.clock.now().getTime();
    const shown = this.live().filter(({ id }) => (this.indexed.get(id) ?? 0) <= now);
    return shown.toSorted((one, other) => one.createdAt.getTime() - other.createdAt.getTime());
  }

  catchUp(): void {
    this.searchLagMs = 0;
    for (const id of this.indexed.keys()) this.indexed.set(id, 0);
  }
}

/** Numbers as a CRM indexes them, whatever was typed. */
export function indexedNumbers(phones: readonly string[]): string[] {
  return phones.flatMap((phone) => {
    const number = readPhoneNumber(phone);
    return [phone, number?.e164, number?.national].filter((form) => form !== undefined);
  });
}

/** What search returns: a copy, so that nobody changes the portal by accident. */
export function copyOf({ id, createdAt, emails, phones, firstName, lastName }: PortalContact): CrmContact {
  return { id, createdAt, emails: [...emails], phones: [...phones], firstName, lastName };
}
