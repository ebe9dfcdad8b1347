import { readPhoneNumber, type CrmContact } from '@app/crm';

/**
 * HubSpot's search answers oldest first, whatever the query. For a person who types, what begins like the query goes
 * before what merely contains it, and a whole match before both. Equal ones stay in HubSpot's order.
 */
export function rankContacts(contacts: readonly CrmContact[], query: string): CrmContact[] {
  const sought = simplify(query);
  const digits = digitsOf(query);
  const score = (contact: CrmContact): number => {
    const words = [contact.firstName, contact.lastName].flatMap((name) => (name === undefined ? [] : simplify(name)));
    const texts = [words.join(' '), words.toReversed().join(' '), ...words, ...contact.emails];
    const numbers = digits.length < 3 ? [] : contact.phones.flatMap(waysToDial);
    if (texts.includes(sought) || numbers.includes(digits)) return 3;
    if (texts.some((text) => text.startsWith(sought)) || numbers.some((number) => number.startsWith(digits))) return 2;
    return texts.some((text) => text.includes(sought)) || numbers.some((number) => number.includes(digits)) ? 1 : 0;
  };
  const scored = contacts.map((contact) => ({ contact, score: score(contact) }));
  return scored.toSorted((one, other) => other.score - one.score).map(({ contact }) => contact);
}

function simplify(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toLowerCase();
}

function waysToDial(phone: string): string[] {
  const number = readPhoneNumber(phone);
  return [digitsOf(phone), number?.national, number?.e164?.slice(1)].filter(
    (way) => way !== undefined && way !== '',
  ) as string[];
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '').replace(/^0+/, '');
}
