import type { PhoneNumber } from '@app/crm';

/**
 * Contacts that were made so recently that the CRM's search may not show them yet. Whoever else makes contacts of the same
 * people (deliveries do) tells of them here, and is told.
 */
export interface KnownContacts {
  /** @returns the contact's id. */
  findJustCreated(tenantId: string, portalId: string, phone: PhoneNumber): Promise<string | undefined>;

  remember(tenantId: string, portalId: string, contact: { id: string; phone: PhoneNumber }): Promise<void>;
}
