import type { Refusal } from '@app/crm';
import type { HubSpotRefusal } from '../client/hubspot-answer.js';

/** HubSpot's texts may quote a whole value. */
const DETAIL_LENGTH = 300;

/** A rule's name is a key of the database. */
const RULE_LENGTH = 200;

interface Meaning {
  reason: string;
  why: string;
  /** What a person must do before it can go well. */
  mend?: string;
  /** It is the record's own fault: no rule of the account would be met by all of them. */
  ofRecord?: boolean;
}

/** HubSpot's codes (2026-09 write validation and property errors) to the slugs of the ledger, and what a person must do. */
const MEANINGS: readonly (Meaning & { code: RegExp })[] = [
  {
    code: /^INVALID_EMAIL$/,
    reason: 'invalid_email',
    why: 'HubSpot does not accept this email address.',
    ofRecord: true,
  },
  {
    code: /^MISSING_(CONDITIONAL_)?REQUIRED_PROPERTY$/,
    reason: 'missing_required_property',
    why: 'The HubSpot account requires a property that is not known here.',
    mend: 'A HubSpot admin must make it optional, or set it through a default',
  },
  {
    code: /^(INVALID_|PROPERTY_|READ_ONLY|VALUE_)/,
    reason: 'invalid_property_value',
    why: 'A rule of the HubSpot account does not accept a value.',
    mend: 'A HubSpot admin must relax the rule',
  },
];

/** HubSpot's final no in the words of the port. */
export function explainRefusal(refusal: HubSpotRefusal): Refusal {
  const said = [...new Set(refusal.errors.map(({ message }) => message).filter((message) => message !== undefined))];
  const quote = (said.length > 0 ? said.join('; ') : (refusal.message ?? '')).slice(0, DETAIL_LENGTH);
  const { reason, why, mend, ofRecord } = meaningOf(refusal);
  const words = (after: string): string => {
    const advice = mend === undefined ? why : `${why} ${mend}${after}.`;
    return quote === '' ? advice : `${advice} HubSpot said: ${quote}`;
  };
  const rule = ofRecord === true ? undefined : { id: ruleOf(reason, refusal), words: words('') };
  return { reason, detail: words('; then replay'), rule };
}

function meaningOf(refusal: HubSpotRefusal): Meaning {
  if (refusal.status === 403 || /missing '[^']+' permission/i.test(textOfRefusal(refusal))) {
    return {
      reason: 'missing_permission',
      why: 'The HubSpot user behind the connection lacks a permission.',
      mend: 'Grant it, or connect as a Super Admin',
    };
  }
  for (const meaning of MEANINGS) {
    if (codesOf(refusal).some((code) => meaning.code.test(code))) return meaning;
  }
  return { reason: 'refused', why: `HubSpot refused the record (${refusal.status}).` };
}

/** Codes and properties name a rule; where there are none, the text does, without the values that it may quote. */
function ruleOf(reason: string, refusal: HubSpotRefusal): string {
  const codes = [...new Set(refusal.errors.flatMap(({ code }) => code?.replace(/^.*\./, '') ?? []))].toSorted();
  const properties = [...propertiesIn(refusal)].toSorted();
  if (codes.length > 0 || properties.length > 0) {
    return `${reason} ${codes.join()} ${properties.join()}`.slice(0, RULE_LENGTH);
  }
  const text = textOfRefusal(refusal).replaceAll(/"[^"]*"|'[^']*'|\S*@\S*|\S*\d\S*/g, '…');
  return `${reason} ${refusal.status} ${refusal.category ?? ''} ${text}`.slice(0, RULE_LENGTH);
}

/** Every code of a refusal, wherever HubSpot put it. */
export function codesOf(refusal: HubSpotRefusal): string[] {
  return [refusal.category, refusal.subCategory, ...refusal.errors.map(({ code }) => code)].flatMap((code) =>
    code === undefined ? [] : [code.replace(/^.*\./, '')],
  );
}

/** Everything HubSpot says in words, a line each. */
export function textOfRefusal(refusal: HubSpotRefusal): string {
  return [refusal.message, ...refusal.errors.map(({ message }) => message)]
    .filter((text) => text !== undefined)
    .join('\n');
}

/** A required property is refused for exactly those records that don't bring it: one we never send, for all of them. */
export function lackingRequired<I extends { input: { properties: Record<string, string> } }>(
  refusal: HubSpotRefusal,
  items: readonly I[],
): I[] {
  if (!codesOf(refusal).includes('MISSING_REQUIRED_PROPERTY')) return [];
  const required = propertiesIn(refusal);
  return items.filter(({ input }) => [...required].some((name) => input.properties[name] === undefined));
}

/** Properties that a refusal names, or words as required. */
function propertiesIn(refusal: HubSpotRefusal): Set<string> {
  const named = refusal.errors.flatMap(({ context }) => context['propertyName'] ?? []);
  const worded = [...textOfRefusal(refusal).matchAll(/A value for (\w+) must be provided/gi)].flatMap(
    ([, name]) => name ?? [],
  );
  return new Set([...named, ...worded]);
}
