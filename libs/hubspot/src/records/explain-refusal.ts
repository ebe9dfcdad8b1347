import type { Refusal } from '@app/crm';
import type { HubSpotRefusal } from '../client/hubspot-answer.js';

/** HubSpot's texts may quote a whole value. */
const DETAIL_LENGTH = 300;

/** HubSpot's codes (2026-09 write validation and property errors) to the slugs of the ledger, and what a person must do. */
const MEANINGS: readonly { code: RegExp; reason: string; advice: string }[] = [
  { code: /^INVALID_EMAIL$/, reason: 'invalid_email', advice: 'HubSpot does not accept this email address.' },
  {
    code: /^MISSING_(CONDITIONAL_)?REQUIRED_PROPERTY$/,
    reason: 'missing_required_property',
    advice:
      'The HubSpot account requires a property that is not known here. A HubSpot admin must make it optional, or set it through a default; then replay.',
  },
  {
    code: /^(INVALID_|PROPERTY_|READ_ONLY|VALUE_)/,
    reason: 'invalid_property_value',
    advice: 'A rule of the HubSpot account does not accept a value. A HubSpot admin must relax the rule; then replay.',
  },
];

/** HubSpot's final no in the words of the port. */
export function explainRefusal(refusal: HubSpotRefusal): Refusal {
  const said = [...new Set(refusal.errors.map(({ message }) => message).filter((message) => message !== undefined))];
  const quote = (said.length > 0 ? said.join('; ') : (refusal.message ?? '')).slice(0, DETAIL_LENGTH);
  const { reason, advice } = meaningOf(refusal);
  return { reason, detail: quote === '' ? advice : `${advice} HubSpot said: ${quote}` };
}

function meaningOf(refusal: HubSpotRefusal): { reason: string; advice: string } {
  if (refusal.status === 403 || /missing '[^']+' permission/i.test(textOfRefusal(refusal))) {
    return {
      reason: 'missing_permission',
      advice:
        'The HubSpot user behind the connection lacks a permission. Grant it, or connect as a Super Admin; then replay.',
    };
  }
  for (const meaning of MEANINGS) {
    if (codesOf(refusal).some((code) => meaning.code.test(code))) return meaning;
  }
  return { reason: 'refused', advice: `HubSpot refused the record (${refusal.status}).` };
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
  const named = refusal.errors.flatMap(({ context }) => context['propertyName'] ?? []);
  const worded = [...textOfRefusal(refusal).matchAll(/A value for (\w+) must be provided/gi)].flatMap(
    ([, name]) => name ?? [],
  );
  const required = new Set([...named, ...worded]);
  return items.filter(({ input }) => [...required].some((name) => input.properties[name] === undefined));
}
