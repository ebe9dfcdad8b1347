import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** A contact as a portal holds it, as far as the matching rules look at it. */
export interface OracleContact {
  id: string;
  createdAt: Date;
  emails: readonly string[];
  phones: readonly string[];
  firstName?: string;
}

export interface OracleCustomer {
  /** Conversations with the same key are the same customer. */
  key?: string;
  email?: string;
  phone?: string;
  firstName?: string;
  lastName?: string;
  crmContactId?: string;
}

export type OracleChoice = { contact: OracleContact; created: boolean } | { skipped: 'nothing_to_match' | 'no_match' };

/**
 * The matching rules of PRODUCT.md §3.3 read a second time, naively: one customer after the other, over a list of contacts
 * that grows. Shares no code with the product's matcher, and expects plausible emails.
 */
export function readTheRules(
  portal: readonly OracleContact[],
  customers: readonly OracleCustomer[],
  { onNoMatch, defaultCountry }: { onNoMatch: 'create' | 'skip'; defaultCountry?: string },
): OracleChoice[] {
  const contacts = [...portal];
  const links = new Map<string, OracleContact>();
  const phones = phoneReader(defaultCountry);

  const choose = (
    { key, email: typedEmail, phone: typedPhone, crmContactId, ...names }: OracleCustomer,
    index: number,
  ): OracleChoice => {
    const email = typedEmail?.toLowerCase();
    const phone = typedPhone !== undefined && phones.isNumber(typedPhone) ? typedPhone : undefined;
    const firstName = names.firstName?.trim() || undefined;
    const lastName = names.lastName?.trim() || undefined;
    const linked = contacts.find(({ id }) => id === crmContactId) ?? (key === undefined ? undefined : links.get(key));
    if (linked !== undefined) return { contact: linked, created: false };
    if (email === undefined && phone === undefined && firstName === undefined && lastName === undefined) {
      return { skipped: 'nothing_to_match' };
    }
    const byEmail = email === undefined ? undefined : oldest(contacts.filter(({ emails }) => emails.includes(email)));
    const holders = contacts.filter((contact) =>
      contact.phones.some((stored) => phone !== undefined && phones.same(phone, stored)),
    );
    const found = byEmail ?? oldest(holders);
    if (found !== undefined) return { contact: found, created: false };
    if (onNoMatch === 'skip') return { skipped: 'no_match' };
    const contact: OracleContact = {
      id: `new-${index}`,
      createdAt: new Date(2100, 0, 1, 0, 0, index),
      emails: email === undefined ? [] : [email],
      phones: phone === undefined ? [] : [phones.e164(phone) ?? phone],
      firstName:
        firstName ??
        (email === undefined && lastName === undefined && phone !== undefined ? phones.shown(phone) : undefined),
    };
    contacts.push(contact);
    return { contact, created: true };
  };

  return customers.map((customer, index) => {
    const choice = choose(customer, index);
    if ('contact' in choice && customer.key !== undefined) links.set(customer.key, choice.contact);
    return choice;
  });
}

interface PhoneReader {
  isNumber(text: string): boolean;
  e164(text: string): string | undefined;
  same(asked: string, stored: string): boolean;
  shown(text: string): string;
}

function phoneReader(defaultCountry: string | undefined): PhoneReader {
  const country = defaultCountry as CountryCode | undefined;
  // A portal of a thousand contacts is read through once for each of a thousand customers.
  const parsedBefore = new Map<string, ReturnType<typeof parsePhoneNumberFromString>>();
  const parse = (text: string): ReturnType<typeof parsePhoneNumberFromString> => {
    if (!parsedBefore.has(text)) parsedBefore.set(text, parseOnce(text));
    return parsedBefore.get(text);
  };
  const parseOnce = (text: string): ReturnType<typeof parsePhoneNumberFromString> => {
    const dialled = /^00\d/.test(text) && text.replace(/\D/g, '').length > 9 ? `+${text.slice(2)}` : text;
    const parsed = parsePhoneNumberFromString(dialled, country);
    return parsed?.isPossible() ? parsed : undefined;
  };
  const national = (text: string): string => digits(parse(text)?.nationalNumber ?? text);
  const e164 = (text: string): string | undefined => parse(text)?.number;
  const isNumber = (text: string): boolean => {
    if (e164(text) !== undefined) return true;
    return !text.trim().startsWith('+') && digits(text).length >= 5 && digits(text).length <= 15;
  };
  const same = (asked: string, stored: string): boolean => {
    if (!isNumber(stored)) return false;
    if (e164(stored) !== undefined) return e164(asked) === e164(stored);
    return national(asked) === national(stored) && (country === undefined || e164(asked) === undefined);
  };
  return { isNumber, e164, same, shown: (text) => parse(text)?.formatInternational() ?? text };
}

function digits(text: string): string {
  return text
    .replace(/(?:ext|x|#).*$/i, '')
    .replace(/\D/g, '')
    .replace(/^0+/, '');
}

function oldest(found: readonly OracleContact[]): OracleContact | undefined {
  return found.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || Number(a.id) - Number(b.id))[0];
}
