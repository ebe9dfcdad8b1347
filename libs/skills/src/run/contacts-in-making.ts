import type { PhoneNumber } from '@app/crm';

/**
 * Contacts that are being made, or were made so recently that the CRM's search may not show them yet. Whoever else makes
 * contacts of the same people (deliveries do) tells of them here, and is told.
 */
export interface ContactsInMaking {
  /** From now on others leave contacts with these numbers alone, until it is released or has run out. @param holder an id. */
  claim(tenantId: string, portalId: string, holder: string, phones: readonly PhoneNumber[]): Promise<void>;

  /** Just before the contact is asked for. @returns false when the claim has run out: nothing may be sent. */
  renew(tenantId: string, holder: string): Promise<boolean>;

  /** @param isUnanswered the contact may still appear: others wait until that can be seen. */
  release(tenantId: string, holder: string, outcome: { isUnanswered: boolean }): Promise<void>;

  /** Asked once it is claimed: whether anybody else has asked the CRM for a contact with this number, or is about to. */
  findOther(
    tenantId: string,
    portalId: string,
    sought: { holder: string; phone: PhoneNumber; defaultCountry?: string },
  ): Promise<{ isUnanswered: boolean; settlesInSeconds: number } | undefined>;

  /** @returns the contact's id. */
  findJustCreated(
    tenantId: string,
    portalId: string,
    sought: { phone: PhoneNumber; defaultCountry?: string },
  ): Promise<string | undefined>;

  remember(tenantId: string, portalId: string, id: string, phones: readonly PhoneNumber[]): Promise<void>;
}
