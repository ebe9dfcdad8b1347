import type { CrmField, CrmObject, CrmOwner } from '@app/crm';
import type { Constant } from './binding.js';
import { isContactEmail, isContacts, optionsOf, OWNER, RECORD_ID, SECONDARY_EMAILS } from './known-fields.js';

/** A value as a record keeps it; several where a field takes several. Times are ISO 8601. */
export type ReadValue =
  | { read: true; texts: string[] }
  | { read: false; reason: 'wrong_value' | 'unknown_option' | 'unknown_owner'; message: string };

export interface Place {
  object: CrmObject;
  field: CrmField;
  owners: readonly CrmOwner[];
  /** What becomes of it: kept in a record, or compared with. */
  for: 'write' | 'filter';
  /** Of the stage's pipeline, where it is known. */
  pipelineId?: string;
}

/** Reads a constant, or an argument, as a value of a field. */
export function readValue(place: Place, given: Constant): ReadValue {
  const { field } = place;
  if (Array.isArray(given)) return readSeveral(place, given);
  const text = String(given);
  if (field.name === RECORD_ID) return fits(/^\d{1,20}$/.test(text), text, 'is not the id of a record');
  if (field.name === OWNER) return readOwner(place, text);
  switch (field.type) {
    case 'number':
      return fits(
        isPlainNumber(given),
        typeof given === 'string' ? given : plainNumber(Number(given)),
        'is not a number',
      );
    case 'bool':
      return fits(/^(true|false)$/i.test(text), text.toLowerCase(), 'is neither true nor false');
    case 'date':
      return readMoment(given, (at) => at.toISOString().slice(0, 10));
    case 'datetime':
      // A day stays one: when it begins is the portal's to say.
      return readMoment(given, (at) => (isDay(text) ? text : at.toISOString()));
    case 'enumeration':
      return readOption(place, text);
    default:
      return place.for === 'write' ? readText(place, text) : { read: true, texts: [text] };
  }
}

/** Of texts the contact's own addresses alone have a form: any other field that is called after e-mail is text to HubSpot. */
function readText({ object, field }: Place, text: string): ReadValue {
  if (isContactEmail(object, field.name))
    return fits(isEmail(text), text.trim().toLowerCase(), 'is not an e-mail address');
  if (!isContacts(object) || field.name !== SECONDARY_EMAILS) return { read: true, texts: [text] };
  const addresses = text.split(';').map((address) => address.trim().toLowerCase());
  return fits(addresses.every(isEmail), addresses.join(';'), 'is not a list of e-mail addresses, separated by ;');
}

/** The options of a checkbox field, in one value. */
function readSeveral(place: Place, given: readonly string[]): ReadValue {
  if (place.for === 'filter' || place.field.type !== 'enumeration' || place.field.fieldType !== 'checkbox') {
    return { read: false, reason: 'wrong_value', message: 'is a list where one value is wanted' };
  }
  for (const one of given) {
    const read = readOption(place, one);
    if (!read.read) return read;
  }
  return { read: true, texts: [[...new Set(given)].join(';')] };
}

function readOption({ object, field, pipelineId }: Place, text: string): ReadValue {
  const options = optionsOf(object, field, pipelineId);
  if (options === undefined || options.some(({ value }) => value === text)) return { read: true, texts: [text] };
  const inPipeline = pipelineId === undefined ? '' : ' in its pipeline';
  return {
    read: false,
    reason: 'unknown_option',
    message: `is not one of ${field.name}'s options${inPipeline}${nameSome(options.map(({ value }) => value))}`,
  };
}

function readOwner({ owners }: Place, text: string): ReadValue {
  const email = text.trim().toLowerCase();
  const owner = owners.find(({ id, email: theirs }) => id === text || theirs?.toLowerCase() === email);
  if (owner === undefined)
    return { read: false, reason: 'unknown_owner', message: 'is not the e-mail address of an owner' };
  return { read: true, texts: [owner.id] };
}

/** A date, or a time with its zone. No digits alone: 20260131 would be a morning of 1970, in milliseconds. */
function readMoment(given: string | number | boolean, toText: (at: Date) => string): ReadValue {
  const at = typeof given === 'string' ? momentOf(given) : undefined;
  return fits(
    at !== undefined,
    at === undefined ? '' : toText(at),
    'is not a date such as 2026-01-31, or a time such as 2026-01-31T10:00:00Z',
  );
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** A date or a time: whether it is a day without a time. */
export function isDay(text: string): boolean {
  return DATE.test(text);
}

/** Undefined also for the 31st of February, which JavaScript takes for the 3rd of March. */
export function momentOf(given: string): Date | undefined {
  if (!DATE.test(given) && !TIME.test(given)) return undefined;
  const day = dateAt(Date.parse(given.slice(0, 10)));
  return day?.toISOString().slice(0, 10) === given.slice(0, 10) ? dateAt(Date.parse(given)) : undefined;
}

/** Whole milliseconds, from the year 0 to 9999. */
function dateAt(ms: number): Date | undefined {
  return Number.isInteger(ms) && ms >= -62_167_219_200_000 && ms <= 253_402_300_799_999 ? new Date(ms) : undefined;
}

/** As people and databases write it: `1e21` is a number to few. */
function isPlainNumber(given: string | number | boolean): boolean {
  if (typeof given === 'boolean') return false;
  return typeof given === 'number'
    ? Number.isFinite(given) && Math.abs(given) < 1e15
    : /^-?\d{1,15}(\.\d{1,15})?$/.test(given);
}

/** Without an exponent, which JavaScript writes below a millionth; to 15 places there. */
function plainNumber(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(15).replace(/\.?0+$/, '') : text;
}

/** `*` stands for anything: for the operator to use beside a word, not for whoever talks to the AI agent. */
export function withoutWildcards(text: string): string {
  return text.replaceAll('*', ' ').trim();
}

/** As HubSpot takes it, which is narrower than RFC 5322. */
export function isEmail(text: string): boolean {
  const trimmed = text.trim();
  return (
    trimmed.length <= 254 &&
    /^[^\s@,;:<>()[\]\\"]+@[^\s@,;:<>()[\]\\".]+(\.[^\s@,;:<>()[\]\\".]+)*\.[^\s@,;:<>()[\]\\".]{2,}$/u.test(trimmed)
  );
}

function fits(isRight: boolean, text: string, message: string): ReadValue {
  return isRight ? { read: true, texts: [text] } : { read: false, reason: 'wrong_value', message };
}

function nameSome(values: readonly string[]): string {
  const some = values.slice(0, 10).join(', ');
  if (values.length === 0) return '';
  return values.length > 10 ? ` (${some}, …)` : ` (${some})`;
}
