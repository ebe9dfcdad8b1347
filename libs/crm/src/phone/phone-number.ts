import { parsePhoneNumberFromString, type CountryCode, isSupportedCountry } from 'libphonenumber-js/max';

/** A number as people mean it, independent of how it was typed. */
export interface PhoneNumber {
  /** `+` and digits; absent when no country can be derived. */
  e164?: string;
  /** National digits without leading zeros (also Italy's, which belong to the number): what CRMs index. */
  national: string;
}

/**
 * Reads a typed number. With `defaultCountry` (ISO 3166 alpha-2) a number without a country is read as a number of that
 * country; without it only its national digits are known. Too short or too long to be a number: undefined.
 */
export function readPhoneNumber(typed: string, defaultCountry?: string): PhoneNumber | undefined {
  const parsed = parsePhoneNumberFromString(withPlus(typed), asCountry(defaultCountry));
  if (parsed?.isPossible()) return { e164: parsed.number, national: withoutZeros(parsed.nationalNumber) };
  if (typed.trim().startsWith('+')) return undefined;
  const digits = withoutZeros(digitsOf(typed));
  return digits.length >= 5 && digits.length <= 15 ? { national: digits } : undefined;
}

/** An E.164 number as people write it: `+49 176 1234567`. */
export function internationalForm(e164: string): string {
  return parsePhoneNumberFromString(e164)?.formatInternational() ?? e164;
}

/** `00` is how much of the world dials the `+`. */
function withPlus(typed: string): string {
  const trimmed = typed.trim();
  return trimmed.startsWith('00') && digitsOf(trimmed).length > 9 ? `+${trimmed.slice(2)}` : trimmed;
}

function digitsOf(typed: string): string {
  return typed.replace(/(?:ext|x|#).*$/i, '').replace(/\D/g, '');
}

function withoutZeros(digits: string): string {
  return digits.replace(/^0+/, '');
}

function asCountry(country: string | undefined): CountryCode | undefined {
  return country !== undefined && isSupportedCountry(country) ? country : undefined;
}

/** Whether the ISO code is one that phone numbers can be read with. */
export function isPhoneCountry(country: string): boolean {
  return isSupportedCountry(country);
}
