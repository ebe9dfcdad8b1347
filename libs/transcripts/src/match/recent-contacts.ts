import type { PhoneNumber } from '@app/crm';
import type { Database } from '@app/platform';
import { ContactLinkRepository } from './contact-link.repository.js';
import { phoneKey } from './identity.js';

/**
 * Contacts made so recently that searching may not show them, whoever made them: for those that make contacts beside
 * deliveries, so that neither makes one that the other just made.
 */
export class RecentContacts {
  private readonly links: ContactLinkRepository;

  constructor(database: Database) {
    this.links = new ContactLinkRepository(database);
  }

  async findJustCreated(tenantId: string, portalId: string, phone: PhoneNumber): Promise<string | undefined> {
    const key = phoneKey(phone);
    return (await this.links.findJustCreated(tenantId, portalId, [key])).get(key);
  }

  /** Under a key of the contact's own: whom a customer was linked to before stays linked. */
  async remember(tenantId: string, portalId: string, { id, phone }: { id: string; phone: PhoneNumber }): Promise<void> {
    const link = { customerKey: `contact:${id}`, contactId: id, createdWithPhone: phoneKey(phone) };
    await this.links.remember(tenantId, portalId, [link]);
  }
}
