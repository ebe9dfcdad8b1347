import { searchableByDefault } from '../catalogue/index.js';
import type { PropertyValues } from '../portal/crm-record.js';
import type { Portal } from '../portal/portal.js';

/** Searchable text of a record, made once per state of it. */
interface Haystack {
  /** Lower-cased values, one a line. */
  readonly text: string;
  /** Digits of its phone numbers, separated by spaces. */
  readonly digits: string;
}

const haystacks = new WeakMap<PropertyValues, Haystack>();

const PHONES = [
  'phone',
  'mobilephone',
  'hs_searchable_calculated_phone_number',
  'hs_searchable_calculated_mobile_number',
];
/** Fewer digits than this are a house number or a year, not part of a phone number. */
const MIN_PHONE_DIGITS = 4;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]$/u;

/**
 * The `query` of a search: every term begins a word of one of the type's searchable properties, or the query is part of
 * a phone number's digits.
 */
export function queryMatcher(portal: Portal, typeKey: string, query: string): (properties: PropertyValues) => boolean {
  const names = portal.schema.customObjectType(typeKey)?.searchableProperties ?? searchableByDefault(typeKey);
  const terms = query.toLowerCase().split(/\s+/).filter(Boolean);
  const isPhone = /^[\d\s()+./-]+$/.test(query);
  const digits = isPhone ? query.replaceAll(/\D/g, '').replace(/^0+/, '') : '';
  return (properties) => {
    const haystack = haystackOf(properties, names);
    if (digits.length >= MIN_PHONE_DIGITS && haystack.digits.includes(digits)) return true;
    return terms.every((term) => beginsWord(haystack.text, term));
  };
}

function beginsWord(text: string, term: string): boolean {
  for (let at = text.indexOf(term); at !== -1; at = text.indexOf(term, at + 1)) {
    // Two units, so that a letter beyond the basic plane is seen whole.
    if (!LETTER_OR_DIGIT.test(text.slice(Math.max(0, at - 2), at))) return true;
  }
  return false;
}

function haystackOf(properties: PropertyValues, names: readonly string[]): Haystack {
  let haystack = haystacks.get(properties);
  if (!haystack) {
    const text = names.map((name) => properties[name] ?? '').join('\n');
    const digits = PHONES.map((name) => properties[name]?.replaceAll(/\D/g, '') ?? '').join(' ');
    haystacks.set(properties, (haystack = { text: text.toLowerCase(), digits }));
  }
  return haystack;
}
