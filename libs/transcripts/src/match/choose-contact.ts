import { type CrmContact, type PhoneNumber, readPhoneNumber } from '@app/crm';
import { samePhone } from './identity.js';

/** Of several that match equally well: the oldest, then the lowest id. */
export function chooseOldest(contacts: readonly CrmContact[]): { contact: CrmContact; tied: number } | undefined {
  const distinct = [...new Map(contacts.map((contact) => [contact.id, contact])).values()];
  const [contact] = distinct.sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || compareIds(a.id, b.id));
  return contact && { contact, tied: distinct.length };
}

/**
 * Candidates by the number they hold, each number read once: reading takes 20 µs, and hundreds of seekers times hundreds of
 * candidates would take seconds.
 */
export class NumberHolders {
  private readonly byNational = new Map<string, { contact: CrmContact; number: PhoneNumber }[]>();

  constructor(
    candidates: readonly CrmContact[],
    private readonly defaultCountry: string | undefined,
  ) {
    for (const contact of candidates) {
      for (const stored of contact.phones) {
        const number = readPhoneNumber(stored, defaultCountry);
        if (number === undefined) continue;
        // The same number has the same national digits, whatever else is known of it.
        const same = this.byNational.get(number.national) ?? [];
        same.push({ contact, number });
        this.byNational.set(number.national, same);
      }
    }
  }

  of(phone: PhoneNumber): CrmContact[] {
    const same = this.byNational.get(phone.national) ?? [];
    return same.filter(({ number }) => samePhone(phone, number, this.defaultCountry)).map(({ contact }) => contact);
  }
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
