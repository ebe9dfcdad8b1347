import { type CrmContact, type PhoneNumber, readPhoneNumber } from '@app/crm';
import { samePhone } from './identity.js';

/** Of several that match equally well: the oldest, then the lowest id. */
export function chooseOldest(contacts: readonly CrmContact[]): { contact: CrmContact; tied: number } | undefined {
  const distinct = [...new Map(contacts.map((contact) => [contact.id, contact])).values()];
  const [contact] = distinct.sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || compareIds(a.id, b.id));
  return contact && { contact, tied: distinct.length };
}

/** Candidates whose stored numbers, read with libphonenumber, really are `phone`. */
export function holdersOf(
  phone: PhoneNumber,
  candidates: readonly CrmContact[],
  defaultCountry: string | undefined,
): CrmContact[] {
  return candidates.filter(({ phones }) =>
    phones.some((stored) => samePhone(phone, readPhoneNumber(stored, defaultCountry), defaultCountry)),
  );
}

/** Record ids are numeric strings of any length: the shorter is the lower. */
function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : Number(a > b));
}
