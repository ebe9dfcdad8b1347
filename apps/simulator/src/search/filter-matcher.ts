import type { PropertyDefinition } from '../catalogue/index.js';
import type { Portal } from '../portal/portal.js';
import type { PropertyValues } from '../portal/crm-record.js';
import { emailsOf } from '../portal/crm-record.js';
import { comparable, comparisonOf, type Comparison } from './compare-values.js';
import { tokenMatcher } from './match-tokens.js';
import type { SearchFilter } from './search-request.js';

export type PropertiesMatcher = (properties: PropertyValues) => boolean;

/** One filter as a test of a record's properties (FACTS §3.3 for what each operator means). */
export function filterMatcher(
  portal: Portal,
  typeKey: string,
  filter: SearchFilter,
  definition: PropertyDefinition,
): PropertiesMatcher {
  const { propertyName: name } = filter;
  const comparison = comparisonOf(definition);
  const matchesEmpty = portal.flags.searchNegationMatchesEmpty;
  const not =
    (test: (value: string) => boolean): PropertiesMatcher =>
    (properties) => {
      const value = properties[name];
      return value === undefined ? matchesEmpty : !test(value);
    };
  const on =
    (test: (value: string) => boolean): PropertiesMatcher =>
    (properties) => {
      const value = properties[name];
      return value !== undefined && test(value);
    };
  const text = filter.value ?? '';
  switch (filter.operator) {
    case 'HAS_PROPERTY':
      return (properties) => properties[name] !== undefined;
    case 'NOT_HAS_PROPERTY':
      return (properties) => properties[name] === undefined;
    case 'EQ': {
      const equals = on(equalTo(comparison, text));
      const hitsSecondary = typeKey === 'contacts' && name === 'email' && portal.flags.searchEmailHitsSecondary;
      if (!hitsSecondary) return equals;
      const wanted = text.toLowerCase();
      return (properties) => emailsOf(properties).includes(wanted);
    }
    case 'NEQ':
      return not(equalTo(comparison, text));
    case 'IN':
      return on(oneOf(comparison, filter.values ?? []));
    case 'NOT_IN':
      return not(oneOf(comparison, filter.values ?? []));
    case 'CONTAINS_TOKEN':
      return on(tokenMatcher(name, text));
    case 'NOT_CONTAINS_TOKEN':
      return not(tokenMatcher(name, text));
    case 'LT':
      return on(ordered(comparison, text, (sign) => sign < 0));
    case 'LTE':
      return on(ordered(comparison, text, (sign) => sign <= 0));
    case 'GT':
      return on(ordered(comparison, text, (sign) => sign > 0));
    case 'GTE':
      return on(ordered(comparison, text, (sign) => sign >= 0));
    default: {
      const low = ordered(comparison, text, (sign) => sign >= 0);
      const high = ordered(comparison, filter.highValue ?? '', (sign) => sign <= 0);
      return on((value) => low(value) && high(value));
    }
  }
}

function equalTo(comparison: Comparison, wanted: string): (value: string) => boolean {
  const right = comparable(comparison, wanted);
  return (value) => right !== undefined && comparable(comparison, value) === right;
}

/** Text is compared in lower case with the values as given: an upper-case one never matches (FACTS §3.3). */
function oneOf(comparison: Comparison, wanted: readonly string[]): (value: string) => boolean {
  const set = new Set(comparison === 'text' ? wanted : wanted.map((value) => comparable(comparison, value)));
  set.delete(undefined);
  return (value) => {
    const left = comparable(comparison, value);
    return left !== undefined && set.has(left);
  };
}

function ordered(comparison: Comparison, wanted: string, test: (sign: number) => boolean): (value: string) => boolean {
  const right = comparable(comparison, wanted);
  return (value) => {
    const left = comparable(comparison, value);
    if (left === undefined || right === undefined) return false;
    return test(left === right ? 0 : left < right ? -1 : 1);
  };
}
