import { type CrmRecord, type PhoneNumber, readPhoneNumber } from '@app/crm';

/** A number that must stand in one of the fields. */
export interface SamePhone {
  phone: PhoneNumber;
  fields: string[];
}

/**
 * Whether a record has each of the numbers. By E.164 where the stored number has a country, or gets one from the default;
 * by national digits only where neither says how to read it.
 */
export function hasPhones(
  { values }: CrmRecord,
  phones: readonly SamePhone[],
  defaultCountry: string | undefined,
): boolean {
  return phones.every(({ phone, fields }) =>
    fields.some((field) => {
      const typed = values[field];
      const stored = typed === undefined ? undefined : readPhoneNumber(typed, defaultCountry);
      if (stored === undefined) return false;
      if (stored.e164 !== undefined && phone.e164 !== undefined) return stored.e164 === phone.e164;
      const isCountryKnown = defaultCountry !== undefined && (stored.e164 ?? phone.e164) !== undefined;
      return stored.national === phone.national && !isCountryKnown;
    }),
  );
}
