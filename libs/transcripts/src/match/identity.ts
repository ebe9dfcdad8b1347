import { type ContactDraft, internationalForm, type PhoneNumber, readPhoneNumber } from '@app/crm';
import type { Customer } from '../conversations/conversation.js';

/** How numbers are read, and which are never used. */
export interface PhonePolicy {
  defaultCountry?: string;
  ignoredNumbers: readonly string[];
}

/** What of a customer can be matched by and created from. */
export interface Identity {
  /** Lower-cased; absent when a CRM would refuse it as an address. */
  email?: string;
  /** The address that was left out for that reason. */
  unusableEmail?: string;
  phone?: PhoneNumber;
  /** As it goes on a new contact: E.164 where known, else as typed. */
  phoneText?: string;
  firstName?: string;
  lastName?: string;
}

/** RFC 5321's lengths and the least an address must have; the CRM's own check comes on top. */
const PLAUSIBLE_EMAIL = /^[^\s@,;:"<>()[\]\\]{1,64}@[^\s@,;:"<>()[\]\\_]+\.[^\s@.,;:"<>()[\]\\_]{2,}$/;

export function identityOf(customer: Customer, policy: PhonePolicy): Identity {
  const email = present(customer.email)?.toLowerCase();
  const usable = email !== undefined && email.length <= 254 && PLAUSIBLE_EMAIL.test(email);
  const phone = usablePhone(customer.phone, policy);
  return {
    email: usable ? email : undefined,
    unusableEmail: usable ? undefined : email,
    phone,
    phoneText: phone && (phone.e164 ?? present(customer.phone)),
    firstName: present(customer.firstName),
    lastName: present(customer.lastName),
  };
}

/** An ignored number counts as no number at all. */
function usablePhone(typed: string | undefined, policy: PhonePolicy): PhoneNumber | undefined {
  const phone = typed === undefined ? undefined : readPhoneNumber(typed, policy.defaultCountry);
  if (phone === undefined) return undefined;
  const ignored = policy.ignoredNumbers.some((number) =>
    samePhone(phone, readPhoneNumber(number, policy.defaultCountry), policy.defaultCountry),
  );
  return ignored ? undefined : phone;
}

/**
 * Whether a customer's number and a stored one are the same: by E.164 where the stored one has it. A stored number whose
 * country can't be told is compared by its national digits, and only when no default country says how to read it.
 */
export function samePhone(
  asked: PhoneNumber,
  stored: PhoneNumber | undefined,
  defaultCountry: string | undefined,
): boolean {
  if (stored === undefined) return false;
  if (stored.e164 !== undefined) return asked.e164 === stored.e164;
  return asked.national === stored.national && (defaultCountry === undefined || asked.e164 === undefined);
}

/** A number as a key: E.164, or the national digits of one whose country can't be told. */
export function phoneKey({ e164, national }: PhoneNumber): string {
  return e164 ?? national;
}

/** What a new contact is made of; undefined when nothing is known that could tell one person from another. */
export function draftOf(identity: Identity): ContactDraft | undefined {
  const { email, phone, phoneText, lastName } = identity;
  // HubSpot wants an email or a name: for a number alone, the number stands in as first name.
  const needsName = email === undefined && lastName === undefined;
  const standIn =
    needsName && phone !== undefined
      ? phone.e164 === undefined
        ? phoneText
        : internationalForm(phone.e164)
      : undefined;
  const firstName = identity.firstName ?? standIn;
  if (email === undefined && firstName === undefined && lastName === undefined) return undefined;
  return { email, phone: phoneText, firstName, lastName };
}

function present(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === '' ? undefined : trimmed;
}
