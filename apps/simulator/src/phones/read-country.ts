import { getCountries, isSupportedCountry, type CountryCode } from 'libphonenumber-js/max';

/** Spellings that people type into a country field and that differ from the English CLDR name. */
const aliases: Readonly<Record<string, CountryCode>> = {
  usa: 'US',
  'u.s.': 'US',
  'u.s.a.': 'US',
  'united states of america': 'US',
  uk: 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  deutschland: 'DE',
  österreich: 'AT',
  schweiz: 'CH',
  suisse: 'CH',
  españa: 'ES',
  italia: 'IT',
  brasil: 'BR',
  méxico: 'MX',
  'czech republic': 'CZ',
  turkey: 'TR',
  'hong kong': 'HK',
  holland: 'NL',
  'the netherlands': 'NL',
  'south korea': 'KR',
  'republic of korea': 'KR',
  uae: 'AE',
};

const names = new Map<string, CountryCode>(Object.entries(aliases));
const english = new Intl.DisplayNames('en', { type: 'region' });
for (const code of getCountries()) {
  const name = english.of(code);
  if (name !== undefined) names.set(name.toLowerCase(), code);
}

/** The country that a free-text country field means: an ISO 3166 alpha-2 code in any case, or an English name. */
export function readCountry(written: string | null | undefined): CountryCode | undefined {
  const trimmed = written?.trim();
  if (!trimmed) return undefined;
  const upper = trimmed.toUpperCase();
  return isSupportedCountry(upper) ? upper : names.get(trimmed.toLowerCase());
}
