import { WORD_UNITS } from './character-kinds.js';
import { isAadhaar, isBsn, isCpf, isDniOrNie, isNino, isNir, isSsn, isSteuerId } from './national-id-checks.js';
import type { Span } from './span.js';
import type { IdKind } from './words.js';

interface Announced {
  /** Characters without separators. */
  readonly least: number;
  readonly most: number;
  is(number: string): boolean;
}

/** What is believed beside a word that announces it, however it is divided. */
const ANNOUNCED: Readonly<Record<IdKind, Announced>> = {
  ssn: { least: 9, most: 9, is: isSsn },
  nino: { least: 8, most: 9, is: isNino },
  steuerId: { least: 11, most: 11, is: isSteuerId },
  nir: { least: 13, most: 15, is: isNir },
  dni: { least: 8, most: 9, is: (number) => isDniOrNie(number) || /^\d{8}$/.test(number) },
  bsn: { least: 8, most: 9, is: isBsn },
  cpf: { least: 11, most: 11, is: isCpf },
  aadhaar: { least: 12, most: 12, is: isAadhaar },
  foreign: { least: 8, most: 14, is: (number) => /^\d{8,13}[A-Z]?$/.test(number) },
  any: {
    least: 8,
    most: 15,
    is: (number) =>
      /^\d{9}$/.test(number) ||
      [isNino, isSteuerId, isNir, isDniOrNie, isBsn, isCpf, isAadhaar].some((is) => is(number)),
  },
};

/** The longest national number with its separators. */
export const LONGEST_NUMBER = 25;

/** Digits with separators, two letters before or one after at the most. Bounded, so that no text makes it slow. */
const NUMBER =
  /(?<![\p{L}\p{N}_+]|\+\d{1,3} )(?:[A-Z]{2} ?|[XYZ]-?)?\d(?:[ .\-/]{0,2}\d){5,24}(?:[ -]?[A-Z])?(?![\p{L}\p{N}_])/iuy;
const FEWEST_DIGITS = 6;
/** What a number may have before its first digit. */
const LONGEST_LETTERS = 3;

/** Where numbers are looked for: they start between `from` and `to`; those that end before `endsFrom` may be left out. */
interface Reach {
  readonly from: number;
  readonly to: number;
  readonly endsFrom?: number;
}

/** Numbers of these kinds within reach, in order. */
export function announcedNumbers(text: string, { from, to, endsFrom = 0 }: Reach, kinds: readonly IdKind[]): Span[] {
  const start = Math.max(0, from);
  // A little on both sides, so that a number at the edge is seen whole, with what stands before it.
  const margin = Math.min(start, 5);
  const regionStart = start - margin;
  const regionEnd = Math.min(text.length, to + LONGEST_NUMBER + 1);
  if (!hasDigits(text, regionStart, regionEnd)) return [];
  const spans: Span[] = [];
  const region = text.slice(regionStart, regionEnd);
  let cursor = 0;
  for (let digit = 0; digit < region.length; digit++) {
    if (!isDigit(region, digit)) continue;
    const number = numberAround(region, cursor, digit);
    if (number) {
      cursor = number.end;
      if (regionStart + number.start >= to) break;
      const isWithin = number.start >= margin && regionStart + number.end >= endsFrom;
      if (isWithin) addAnnounced(spans, region, number, regionStart, kinds);
      digit = number.end;
    }
    while (isDigit(region, digit)) digit++;
  }
  return spans;
}

/** The number whose first digit, or the letters before it, stands at `digit`. */
function numberAround(region: string, cursor: number, digit: number): Span | undefined {
  if (!startsNumber(region, digit)) return undefined;
  for (let start = Math.max(cursor, digit - LONGEST_LETTERS); start <= digit; start++) {
    if (start < digit && WORD_UNITS[region.charCodeAt(start)] !== 1) continue;
    if (start > 0 && WORD_UNITS[region.charCodeAt(start - 1)] === 1) continue;
    NUMBER.lastIndex = start;
    if (NUMBER.test(region)) return { start, end: NUMBER.lastIndex };
  }
  return undefined;
}

/** Whether digits enough follow, with no more than two separators between any of them. */
function startsNumber(region: string, from: number): boolean {
  let digits = 0;
  let separators = 0;
  for (let at = from; digits < FEWEST_DIGITS && separators <= 2 && at < region.length; at++) {
    if (isDigit(region, at)) {
      digits++;
      separators = 0;
    } else if (' .-/'.includes(region.charAt(at))) separators++;
    else break;
  }
  return digits === FEWEST_DIGITS;
}

/**
 * What of a number with separators is an announced id: as much of it as possible from its first group on, then from the
 * next: `123456789 85001` may be an id and a postcode.
 */
function addAnnounced(spans: Span[], region: string, found: Span, offset: number, kinds: readonly IdKind[]): void {
  const written = region.slice(found.start, found.end);
  if (/^[0-9]+$/.test(written)) {
    const span = { start: offset + found.start, end: offset + found.end };
    if (isAnnounced(written, 0, written.length, kinds)) spans.push(span);
    return;
  }
  const groups = groupsOf(written);
  const number = groups
    .map(({ start, end }) => written.slice(start, end))
    .join('')
    .toUpperCase();
  for (let first = 0; first < groups.length; first++) {
    const begin = groups[first];
    if (!begin) break;
    for (let last = groups.length - 1; last >= first; last--) {
      const end = groups[last];
      if (!end || !isAnnounced(number, begin.from, end.to, kinds)) continue;
      spans.push({ start: offset + found.start + begin.start, end: offset + found.start + end.end });
      first = last;
      break;
    }
  }
}

function isAnnounced(number: string, from: number, to: number, kinds: readonly IdKind[]): boolean {
  return kinds.some((kind) => {
    const { least, most, is } = ANNOUNCED[kind];
    return to - from >= least && to - from <= most && is(number.slice(from, to));
  });
}

interface Group extends Span {
  /** Where it stands in the number without separators. */
  readonly from: number;
  readonly to: number;
}

/** Letters and the digits they stand before, with one letter after them: all that a number without separators holds. */
function groupsOf(number: string): Group[] {
  const groups: Group[] = [];
  let from = 0;
  for (let at = 0; at < number.length;) {
    const start = at;
    while (isLetter(number, at)) at++;
    if (isDigit(number, at)) {
      while (isDigit(number, at)) at++;
      if (isLetter(number, at)) at++;
    } else if (at === start) {
      at++;
      continue;
    }
    const to = from + at - start;
    groups.push({ start, end: at, from, to });
    from = to;
  }
  return groups;
}

/** Without separators, in upper case. */
export function compact(number: string): string {
  return number.replaceAll(/[^0-9A-Za-z]/g, '').toUpperCase();
}

function hasDigits(text: string, from: number, to: number): boolean {
  let digits = 0;
  for (let at = from; at < to; at++) if (isDigit(text, at) && ++digits === FEWEST_DIGITS) return true;
  return false;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x30 && code <= 0x39;
}

/** Of the alphabet, in any case. */
function isLetter(text: string, at: number): boolean {
  const code = text.charCodeAt(at) | 0x20;
  return code >= 0x61 && code <= 0x7a;
}
