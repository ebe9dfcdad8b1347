import { type CrmOwner, readPhoneNumber } from '@app/crm';
import type { CheckedBinding, CheckedInput } from '../grammar/checked-binding.js';
import { isEmail, momentOf } from '../grammar/read-value.js';
import type { ArgumentValue } from './argument-value.js';
import { CURSOR, isPaging } from './input-schema.js';

export type ArgumentReason =
  | 'missing'
  | 'unknown_input'
  | 'wrong_type'
  | 'wrong_value'
  | 'too_long'
  | 'unknown_option'
  | 'not_an_email'
  | 'not_a_phone_number'
  | 'ignored_number'
  | 'unknown_owner'
  | 'bad_cursor'
  | 'nothing_to_search_by'
  | 'nothing_to_change';

export interface ArgumentProblem {
  /** Name of the input; absent where it is about all of them. */
  input?: string;
  reason: ArgumentReason;
  /** Goes on after the name: "is not a phone number". */
  message: string;
}

/** What the tenant's settings say about numbers, and the portal about days. */
export interface ReadingRules {
  defaultCountry?: string;
  /** In E.164: numbers that count as no number at all. */
  ignoredNumbers?: readonly string[];
  /** Of the portal, by its IANA name: what is on a day is on that day there. */
  timeZone?: string;
}

export interface ReadArguments {
  sent: Map<string, ArgumentValue>;
  cursor?: string;
  problems: ArgumentProblem[];
}

/** Reads what an AI agent sent. Null is as good as left out: models send it. */
export function readArguments(
  binding: CheckedBinding,
  given: Readonly<Record<string, unknown>>,
  rules: ReadingRules,
): ReadArguments {
  const { inputs, owners, definition } = binding;
  const read: ReadArguments = { sent: new Map(), problems: [] };
  for (const input of inputs) {
    // An input may be called as what every object inherits: `constructor`.
    const raw = Object.hasOwn(given, input.name) ? given[input.name] : undefined;
    if (raw === undefined || raw === null) {
      if (input.required) read.problems.push({ input: input.name, reason: 'missing', message: 'is required' });
      continue;
    }
    const value = readOne(input, raw, { rules, owners });
    if ('reason' in value) read.problems.push({ input: input.name, ...value });
    else read.sent.set(input.name, value);
  }
  const paging = isPaging(definition);
  for (const name of Object.keys(given)) {
    if (inputs.some((input) => input.name === name) || (paging && name === CURSOR)) continue;
    read.problems.push({ input: name, reason: 'unknown_input', message: 'is not an input of this tool' });
  }
  const cursor = paging ? given[CURSOR] : undefined;
  if (cursor === undefined || cursor === null) return read;
  if (typeof cursor === 'string' && /^\d{1,4}$/.test(cursor)) read.cursor = cursor;
  else read.problems.push({ input: CURSOR, reason: 'bad_cursor', message: 'is not one that came with an answer' });
  return read;
}

type Problem = Omit<ArgumentProblem, 'input'>;

function readOne(
  input: CheckedInput,
  raw: unknown,
  { rules, owners }: { rules: ReadingRules; owners: readonly CrmOwner[] },
): ArgumentValue | Problem {
  switch (input.type) {
    case 'number':
      return typeof raw === 'number' && Number.isFinite(raw) && Math.abs(raw) < 1e15
        ? { texts: [plain(raw)] }
        : { reason: 'wrong_type', message: 'must be a number' };
    case 'boolean':
      return typeof raw === 'boolean'
        ? { texts: [String(raw)] }
        : { reason: 'wrong_type', message: 'must be true or false' };
    case 'options':
      return readOptions(input, raw);
    case 'id':
      return /^\d{1,20}$/.test(idIn(raw))
        ? { texts: [idIn(raw)] }
        : { reason: 'wrong_value', message: 'must be the id of a record, from an earlier find' };
    default:
      return readText(input, raw, { rules, owners });
  }
}

/** A number beyond what JSON keeps exactly has become another record's id on its way. */
function idIn(raw: unknown): string {
  if (typeof raw === 'string') return raw.trim();
  return Number.isSafeInteger(raw) ? String(raw) : '';
}

function readText(
  input: CheckedInput,
  raw: unknown,
  { rules, owners }: { rules: ReadingRules; owners: readonly CrmOwner[] },
): ArgumentValue | Problem {
  if (typeof raw !== 'string') return { reason: 'wrong_type', message: 'must be text' };
  const text = cleaned(raw);
  if (text === '') return { reason: 'wrong_value', message: 'must not be empty' };
  switch (input.type) {
    case 'email':
      return isEmail(text)
        ? { texts: [text.toLowerCase()] }
        : { reason: 'not_an_email', message: 'is not an e-mail address' };
    case 'owner': {
      const owner = owners.find(({ email }) => email?.toLowerCase() === text.toLowerCase());
      if (owner !== undefined) return { texts: [owner.id] };
      return { reason: 'unknown_owner', message: 'is not the e-mail address of an owner' };
    }
    case 'phone':
      return readPhone(text, rules);
    case 'date':
    case 'datetime': {
      const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text);
      const at = isDate === (input.type === 'date') ? momentOf(text) : undefined;
      const like = input.type === 'date' ? '2026-01-31' : '2026-01-31T10:00:00Z';
      if (at === undefined) return { reason: 'wrong_value', message: `must be like ${like}` };
      return { texts: [isDate ? text : at.toISOString()] };
    }
    case 'option':
      return offers(input, text) ? { texts: [text] } : unknownOption(input);
    default:
      return text.length <= input.maxLength
        ? { texts: [text] }
        : { reason: 'too_long', message: `must have at most ${input.maxLength} characters` };
  }
}

function readPhone(text: string, { defaultCountry, ignoredNumbers = [] }: ReadingRules): ArgumentValue | Problem {
  // As the compiled schema says.
  const phone = text.length >= 5 && text.length <= 40 ? readPhoneNumber(text, defaultCountry) : undefined;
  if (phone === undefined) return { reason: 'not_a_phone_number', message: 'is not a phone number' };
  const { e164 } = phone;
  if (e164 !== undefined && ignoredNumbers.includes(e164))
    return { reason: 'ignored_number', message: 'is a number that many share, and tells nobody apart' };
  return { texts: [e164 ?? text], phone };
}

function readOptions(input: CheckedInput, raw: unknown): ArgumentValue | Problem {
  if (!Array.isArray(raw) || raw.length === 0) return { reason: 'wrong_type', message: 'must be a list of options' };
  const texts = raw.flatMap((one: unknown) => (typeof one === 'string' && offers(input, one) ? [one] : []));
  return texts.length === raw.length ? { texts: [...new Set(texts)] } : unknownOption(input);
}

function offers({ options = [] }: CheckedInput, text: string): boolean {
  return options.some(({ value }) => value === text);
}

function unknownOption({ options = [] }: CheckedInput): Problem {
  const some = options.slice(0, 10).map(({ value }) => value);
  return { reason: 'unknown_option', message: `must be one of ${some.join(', ')}${options.length > 10 ? ', …' : ''}` };
}

/** No halves of characters, and no control characters, of which JSON would make six each. */
function cleaned(text: string): string {
  const kept = Array.from(text.toWellFormed(), (character) => (isControl(character) ? ' ' : character));
  return kept.join('').trim();
}

function isControl(character: string): boolean {
  const code = character.charCodeAt(0);
  return (code < 32 && character !== '\n' && character !== '\t' && character !== '\r') || code === 127;
}

function plain(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(15).replace(/\.?0+$/, '') : text;
}
