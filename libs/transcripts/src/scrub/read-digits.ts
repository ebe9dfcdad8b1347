import { CHARACTER_KINDS, digitOf, Kind, WORD_UNITS } from './character-kinds.js';
import { STEP_UNITS } from './word-search.js';

/** How a group of digits follows the one before it. */
export const Gap = {
  /** Not at all: other text stands between. */
  none: 0,
  /** Blanks and dashes, on one line. */
  tight: 1,
  /** A line end or a dot, or the end of one message and the start of the next. */
  wide: 2,
} as const;
export type Gap = (typeof Gap)[keyof typeof Gap];

/** Digits in a row. */
export interface DigitGroup {
  /** Index of the text it stands in. */
  readonly text: number;
  readonly start: number;
  readonly end: number;
  /** In ASCII, whatever script they were written in. */
  readonly digits: string;
  gap: Gap;
  /** Part of something with letters in it, such as an order id or a UUID, or of a number already masked. */
  partOfId: boolean;
  /** Digits since a `+` that makes a phone number of them; absent when there is none on the line. */
  sincePlus?: number;
}

/** Longer rows of digits are never a card, nor a national id. */
const LONGEST_GROUP = 19;
/** `1111 - 1111` has three separators between; more is a table, not a number. */
const MOST_SEPARATORS = 4;
/** Unseen characters cost nothing to put in; only a long row of them is not a typed number. */
const MOST_UNSEEN = 64;

/** Words that may touch a card number without making an id of it: `visa4111…`, `4111…exp0127`. */
const TOUCHING_WORD_BEFORE =
  /(?:^|[^\p{L}])(?:visa|master|mastercard|mc|amex|maestro|discover|diners|jcb|rupay|mir|card|cc|pan|debit|credit|tarjeta|cart[aeã]o?|karte|kaart|kort|cardno|cardnumber)[-_]?$/iu;
const TOUCHING_WORD_AFTER = /^[-_]?(?:exp|cv[cv]|csc|valid|visa|master|amex|thru|and\b)/iu;
const LONGEST_TOUCHING_WORD = 16;
/** What hides a digit. */
const MASKS = new Set(Array.from('*•●∙·xX#', (mask) => mask.charCodeAt(0)));

/** The groups of digits of one text, in order. Linear, with stops in a long one. */
export function* readDigits(source: string, text: number): Generator<void, DigitGroup[]> {
  const groups: DigitGroup[] = [];
  let previous: DigitGroup | undefined;
  let at = 0;
  let stop = STEP_UNITS;
  while (at < source.length) {
    if (at >= stop) {
      yield;
      stop = at + STEP_UNITS;
    }
    const start = at;
    while (kindAt(source, at) === Kind.digit) at++;
    if (at === start) {
      at++;
      continue;
    }
    if (at - start > LONGEST_GROUP) {
      previous = undefined;
      continue;
    }
    const digits = digitsBetween(source, start, at);
    // An emoji keycap is its digit and what draws the key.
    while (kindAt(source, at) === Kind.keycap) at++;
    const gap = previous ? gapBetween(source, previous.end, start) : Gap.none;
    const group: DigitGroup = { text, start, end: at, digits, gap, partOfId: touchesId(source, start, at) };
    const sincePlus = sincePlusOf(source, group, previous);
    if (sincePlus !== undefined) group.sincePlus = sincePlus;
    groups.push(group);
    previous = group;
  }
  yield* spreadIds(source, groups);
  return groups;
}

function kindAt(source: string, at: number): number | undefined {
  return CHARACTER_KINDS[source.charCodeAt(at)];
}

function digitsBetween(source: string, start: number, end: number): string {
  const written = source.slice(start, end);
  for (let at = start; at < end; at++) if (source.charCodeAt(at) > 0x39) return inAscii(written);
  return written;
}

function inAscii(written: string): string {
  return Array.from(written, (digit) => digitOf(digit.charCodeAt(0))).join('');
}

function gapBetween(source: string, from: number, to: number): Gap {
  if (to - from > MOST_UNSEEN) return Gap.none;
  let separators = 0;
  let gap: Gap = Gap.tight;
  for (let at = from; at < to; at++) {
    const kind = kindAt(source, at);
    if (kind === Kind.unseen || kind === Kind.keycap) continue;
    if (kind === Kind.lineEndOrDot) gap = Gap.wide;
    else if (kind !== Kind.blank && kind !== Kind.dash) return Gap.none;
    if (++separators > MOST_SEPARATORS) return Gap.none;
  }
  return gap;
}

function touchesId(source: string, start: number, end: number): boolean {
  if (isLetterAcross(source, start - 1, -1)) {
    if (
      !mayBeTouchingWord(source, start) ||
      !TOUCHING_WORD_BEFORE.test(source.slice(Math.max(0, start - LONGEST_TOUCHING_WORD), start))
    )
      return true;
  }
  if (isLetterAcross(source, end, 1)) {
    if (!TOUCHING_WORD_AFTER.test(source.slice(end, end + LONGEST_TOUCHING_WORD))) return true;
  }
  return isMasked(source, start);
}

/** Two letters to ten of them, on whose whole the pattern decides: `a4` and `ab4111…` are far more common than `visa4111…`. */
function mayBeTouchingWord(source: string, start: number): boolean {
  const joint = source.charAt(start - 1);
  let at = joint === '-' || joint === '_' ? start - 2 : start - 1;
  const end = at;
  // Combining marks are no letters to the pattern.
  const isLetter = (): boolean => kindAt(source, at) === Kind.letter && WORD_UNITS[source.charCodeAt(at)] === 1;
  while (end - at <= LONGEST_TOUCHING_WORD && isLetter()) at--;
  return end - at >= 2 && end - at <= 10;
}

/** A letter at `at`, or beyond the one dash there. */
function isLetterAcross(source: string, at: number, step: number): boolean {
  return kindAt(source, kindAt(source, at) === Kind.dash ? at + step : at) === Kind.letter;
}

/** `•••• 1111`, `**** 1111`, `xxxx-1111`: somebody has already taken the rest away. */
function isMasked(source: string, start: number): boolean {
  const before = kindAt(source, start - 1);
  const at = before === Kind.blank || before === Kind.dash ? start - 2 : start - 1;
  return MASKS.has(source.charCodeAt(at)) && MASKS.has(source.charCodeAt(at - 1));
}

function sincePlusOf(source: string, group: DigitGroup, previous: DigitGroup | undefined): number | undefined {
  const before = source.charAt(group.start - 1);
  if (before === '+' || (before === '(' && source.charAt(group.start - 2) === '+')) return 0;
  if (group.gap !== Gap.tight || previous?.sincePlus === undefined) return undefined;
  return previous.sincePlus + previous.digits.length;
}

/** What a lone dash ties to part of an id is part of it too: `ORD-2024-4111…`, every group of a UUID. */
function* spreadIds(source: string, groups: readonly DigitGroup[]): Generator<void, void> {
  const tied = (left: DigitGroup, right: DigitGroup): boolean =>
    right.gap === Gap.tight && right.start - left.end === 1 && kindAt(source, left.end) === Kind.dash;
  for (let index = 1; index < groups.length; index++) {
    if (index % STEP_UNITS === 0) yield;
    const [left, right] = [groups[index - 1], groups[index]];
    if (left?.partOfId && right && tied(left, right)) right.partOfId = true;
  }
  for (let index = groups.length - 1; index > 0; index--) {
    if (index % STEP_UNITS === 0) yield;
    const [left, right] = [groups[index - 1], groups[index]];
    if (right?.partOfId && left && tied(left, right)) left.partOfId = true;
  }
}
