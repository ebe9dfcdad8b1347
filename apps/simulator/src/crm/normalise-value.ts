import type { PropertyDefinition } from '../catalogue/index.js';
import type { Portal } from '../portal/portal.js';
import { sanitiseHtml } from '../sanitise/index.js';

/** HubSpot's cap for every text value, bodies included, in UTF-16 units as submitted (FACTS §4). */
const MAX_TEXT_LENGTH = 65_536;

export interface ValueProblem {
  readonly property: string;
  readonly code: string;
  readonly message: string;
}

/** `value` null clears. `normalised` when HubSpot keeps another value than the one given. */
export interface NormalisedValue {
  readonly value: string | null;
  readonly normalised?: true;
}

const EMAIL = /^[^\s@,;:<>()[\]\\"]+@[^\s@,;:<>()[\]\\"]+\.[^\s@,;:<>()[\]\\".]{2,}$/u;
const isEmail = (value: string): boolean => value.length <= 254 && EMAIL.test(value);

/** What the portal keeps of a submitted value, or HubSpot's code for why it won't (FACTS §3.6). */
export function normaliseValue(
  portal: Portal,
  typeKey: string,
  definition: PropertyDefinition,
  submitted: string,
  previous: string | undefined,
): NormalisedValue | ValueProblem {
  const property = definition.name;
  const problem = (code: string, message: string): ValueProblem => ({ property, code, message });
  if (submitted === '') return { value: null };
  if (submitted.length > MAX_TEXT_LENGTH) {
    return problem(
      'PROPERTY_VALUE_TOO_LONG',
      `Property value for ${property} is too long: ${submitted.length} characters, the limit is ${MAX_TEXT_LENGTH}`,
    );
  }
  if (typeKey === 'contacts' && (property === 'email' || property === 'hs_additional_emails')) {
    return normaliseEmails(property, submitted);
  }
  if (property === 'hubspot_owner_id' || definition.referencedObjectType === 'OWNER') {
    return portal.owner(submitted)
      ? { value: submitted }
      : problem('INVALID_OWNER_ID', `Owner ${submitted} does not exist or is not valid`);
  }
  switch (definition.type) {
    case 'bool':
      return normaliseBoolean(property, submitted);
    case 'number': {
      const trimmed = submitted.trim();
      return isNumber(trimmed)
        ? { value: trimmed }
        : problem('INVALID_INTEGER', `${submitted} was not a valid number.`);
    }
    case 'datetime': {
      const at = readTime(submitted);
      return at === undefined
        ? problem('INVALID_LONG', `${submitted} was not a valid long.`)
        : { value: new Date(at).toISOString() };
    }
    case 'date': {
      const at = readTime(submitted);
      if (at === undefined) return problem('INVALID_DATE', `${submitted} was not a valid date.`);
      const value = new Date(at).toISOString().slice(0, 10);
      return value === submitted ? { value } : { value, normalised: true };
    }
    case 'enumeration':
      return normaliseOption(definition, submitted, previous);
    default:
      return { value: definition.fieldType === 'html' ? sanitiseHtml(submitted) : submitted };
  }
}

/** Not every spelling that JavaScript reads is a number to others: 0x10 is not. */
export function isNumber(text: string): boolean {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) && Number.isFinite(Number(text));
}

/** Epoch milliseconds or ISO 8601 (a date alone is midnight UTC), as ms since 1970. */
export function readTime(text: string): number | undefined {
  const trimmed = text.trim();
  if (/^-?\d{1,16}$/.test(trimmed)) {
    const at = Number(trimmed);
    return Math.abs(at) <= 8.64e15 ? at : undefined;
  }
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/.test(trimmed)) return undefined;
  // JavaScript takes the 31st of February for the 3rd of March.
  const day = trimmed.slice(0, 10);
  const midnight = Date.parse(day);
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day) return undefined;
  const hasZone = /Z$|T.*[+-]\d{2}:?\d{2}$/.test(trimmed) || !trimmed.includes('T');
  const at = Date.parse(hasZone ? trimmed : `${trimmed}Z`);
  return Number.isNaN(at) ? undefined : at;
}

function normaliseEmails(property: string, submitted: string): NormalisedValue | ValueProblem {
  const addresses = property === 'email' ? [submitted.trim()] : submitted.split(';').map((one) => one.trim());
  const kept: string[] = [];
  for (const address of addresses) {
    if (address === '') continue;
    if (!isEmail(address)) return { property, code: 'INVALID_EMAIL', message: `Email address ${address} is invalid` };
    if (!kept.includes(address.toLowerCase())) kept.push(address.toLowerCase());
  }
  return { value: kept.length === 0 ? null : kept.join(';') };
}

function normaliseBoolean(property: string, submitted: string): NormalisedValue | ValueProblem {
  const value = submitted.toLowerCase();
  if (value === 'true' || value === 'false') return { value };
  return {
    property,
    code: 'INVALID_OPTION',
    message: `${submitted} was not one of the allowed options: [label: Yes, label: No]`,
  };
}

function normaliseOption(
  definition: PropertyDefinition,
  submitted: string,
  previous: string | undefined,
): NormalisedValue | ValueProblem {
  if (definition.externalOptions || definition.options.length === 0) return { value: submitted };
  const isAllowed = (value: string): boolean => definition.options.some((option) => option.value === value);
  const isMultiple = definition.fieldType === 'checkbox';
  // A leading `;` appends to what is there (FACTS §3.8).
  const appends = isMultiple && submitted.startsWith(';');
  const values = isMultiple ? submitted.split(';').filter((value) => value !== '') : [submitted];
  const wrong = values.find((value) => !isAllowed(value));
  if (wrong !== undefined) {
    const options = definition.options.map((option) => `label: ${option.label}`).join(', ');
    return {
      property: definition.name,
      code: 'INVALID_OPTION',
      message: `${wrong} was not one of the allowed options: [${options}]`,
    };
  }
  const before = appends ? (previous ?? '').split(';').filter((value) => value !== '') : [];
  return { value: [...new Set([...before, ...values])].join(';') };
}
