import { parsePhoneNumberFromString, type CountryCode, type PhoneNumber } from 'libphonenumber-js/max';
import { readCountry } from './read-country.js';

/** Property name to value; null when there is none. Always the same seven keys, the read-only ones of FACTS §3.5. */
export type CalculatedPhoneProperties = Readonly<Record<string, string | null>>;

/** Where to read a number that carries no country, and how the international searchable form is kept. */
export interface PhoneReading {
  /** ISO 3166 alpha-2 of the portal; default `US`, as every recorded number without a country was read. */
  readonly defaultCountry?: string;
  /** FACTS §3.5 marks the stored form UNCERTAIN: `e164` (default, `+4930…`) or `digits` (`4930…`). */
  readonly internationalForm?: 'e164' | 'digits';
}

interface ReadNumber {
  readonly e164: string | null;
  readonly country: string | null;
  readonly searchable: string | null;
}

const nothing: ReadNumber = { e164: null, country: null, searchable: null };

/** First code points of the decimal digit blocks that phone fields are seen with: Arabic, Persian, Devanagari, full width. */
const digitBlocks = [0x0660, 0x06f0, 0x0966, 0xff10];

function digitsOf(written: string): string {
  let digits = '';
  for (const character of written) {
    const code = character.codePointAt(0) ?? 0;
    const zero = digitBlocks.find((block) => code >= block && code <= block + 9);
    if (zero !== undefined) digits += String(code - zero);
    else if (code >= 0x30 && code <= 0x39) digits += character;
  }
  return digits;
}

/** HubSpot keeps the searchable form without leading zeros: `08180854296` is found as `8180854296`, `00004` as `4`. */
const withoutLeadingZeros = (digits: string): string | null => digits.replace(/^0+/, '') || null;

/**
 * A number that names its calling code is believed when its length is possible; one that borrows the country must be
 * valid there (9678452348 has a possible US length but no such area code, and HubSpot gives it no country).
 */
const isBelieved = (number: PhoneNumber, written: string): boolean =>
  /^[\s(]*[+＋]/.test(written) ? number.isPossible() : number.isValid();

function readNumber(written: string | null | undefined, country: CountryCode): ReadNumber {
  if (!written?.trim()) return nothing;
  const number = parsePhoneNumberFromString(written, country);
  if (number === undefined || !isBelieved(number, written)) {
    return { ...nothing, searchable: withoutLeadingZeros(digitsOf(written)) };
  }
  return {
    e164: number.number,
    country: number.country ?? null,
    searchable: withoutLeadingZeros(number.nationalNumber),
  };
}

/**
 * The phone properties that HubSpot computes whenever a contact's `phone`, `mobilephone` or country changes.
 * Takes all current properties of the contact. A number without a calling code is read in the contact's own country
 * (`hs_country_region_code`, then `country`), else in the portal's.
 */
export function calculatedPhoneProperties(
  properties: Readonly<Record<string, string | null | undefined>>,
  { defaultCountry, internationalForm = 'e164' }: PhoneReading = {},
): CalculatedPhoneProperties {
  const country =
    readCountry(properties['hs_country_region_code']) ??
    readCountry(properties['country']) ??
    readCountry(defaultCountry) ??
    'US';
  const phone = readNumber(properties['phone'], country);
  const mobile = readNumber(properties['mobilephone'], country);
  const international = ({ e164 }: ReadNumber): string | null =>
    internationalForm === 'digits' ? (e164?.slice(1) ?? null) : e164;
  return {
    hs_calculated_phone_number: phone.e164,
    hs_calculated_phone_number_country_code: phone.country,
    hs_searchable_calculated_phone_number: phone.searchable,
    hs_searchable_calculated_international_phone_number: international(phone),
    hs_calculated_mobile_number: mobile.e164,
    hs_searchable_calculated_mobile_number: mobile.searchable,
    hs_searchable_calculated_international_mobile_number: international(mobile),
  };
}
