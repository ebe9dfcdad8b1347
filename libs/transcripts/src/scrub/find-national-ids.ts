import {
  isAadhaar,
  isBsn,
  isCodiceFiscale,
  isCpf,
  isDniOrNie,
  isNino,
  isNir,
  isSsn,
  isSteuerId,
} from './national-id-checks.js';
import { findIdWords, isIntroducedAsOrder, speaksOfOtherNumber, type IdKind } from './words.js';

/** A stretch of text, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Not inside a word or a longer number; after a `+` it is a phone number. */
const BEFORE = String.raw`(?<![\p{L}\p{N}_+]|[\p{L}\p{N}+][-.\/]|\+\d{1,3} )`;
/** For those divided by blanks: a number on either side makes it a row of figures or an account. */
const BEFORE_SPACED = String.raw`${BEFORE}(?<!\p{N} )`;
const AFTER = String.raw`(?![\p{L}\p{N}_]|[-\/][\p{L}\p{N}]|\.\p{N})`;
const AFTER_SPACED = String.raw`${AFTER}(?! \p{N})`;
const DASH = '[-\u2010\u2011\u2013]';

/** Written as its country writes it, a number that passes its check needs no word beside it. */
const FORMATS: readonly { readonly pattern: RegExp; readonly isIssued: (number: string) => boolean }[] = [
  { pattern: format(BEFORE, String.raw`\d{3}${DASH}\d{2}${DASH}\d{4}`, AFTER), isIssued: isSsn },
  { pattern: format(BEFORE_SPACED, String.raw`\d{3} \d{2} \d{4}`, AFTER_SPACED), isIssued: isSsn },
  { pattern: format(BEFORE, String.raw`[A-Z]{2}[ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[A-D]`, AFTER), isIssued: isNino },
  { pattern: format(BEFORE_SPACED, String.raw`\d{2} \d{3} \d{3} \d{3}`, AFTER_SPACED), isIssued: isSteuerId },
  {
    pattern: format(
      BEFORE_SPACED,
      String.raw`\d[ .]?\d{2}[ .]?\d{2}[ .]?(?:\d{2}|2[AB])[ .]?\d{3}[ .]?\d{3}[ .]?\d{2}`,
      AFTER_SPACED,
    ),
    isIssued: isNir,
  },
  { pattern: format(BEFORE, String.raw`(?:\d{8}|\d{2}\.\d{3}\.\d{3})-?[A-Z]`, AFTER), isIssued: isDniOrNie },
  { pattern: format(BEFORE, String.raw`[XYZ]-?\d{7}-?[A-Z]`, AFTER), isIssued: isDniOrNie },
  {
    pattern: format(BEFORE, String.raw`[A-Z]{3} ?[A-Z]{3} ?[0-9A-Z]{2}[A-Z][0-9A-Z]{2} ?[A-Z][0-9A-Z]{3}[A-Z]`, AFTER),
    isIssued: isCodiceFiscale,
  },
  { pattern: format(BEFORE, String.raw`\d{4}\.\d{2}\.\d{3}`, AFTER), isIssued: isBsn },
  { pattern: format(BEFORE, String.raw`\d{3}\.\d{3}\.\d{3}-\d{2}`, AFTER), isIssued: isCpf },
  { pattern: format(BEFORE_SPACED, String.raw`\d{4} \d{4} \d{4}`, AFTER_SPACED), isIssued: isAadhaar },
];

/** What is believed beside a word that announces it, however it is divided. */
const ANNOUNCED: Readonly<Record<IdKind, (number: string) => boolean>> = {
  ssn: isSsn,
  nino: isNino,
  steuerId: isSteuerId,
  nir: isNir,
  dni: (number) => isDniOrNie(number) || /^\d{8}$/.test(number),
  bsn: isBsn,
  cpf: isCpf,
  aadhaar: isAadhaar,
  foreign: (number) => /^\d{8,13}[A-Z]?$/.test(number),
  any: (number) =>
    /^\d{9}$/.test(number) || [isNino, isSteuerId, isNir, isDniOrNie, isBsn, isCpf, isAadhaar].some((is) => is(number)),
};

/** How far a word reaches: about half a sentence on, and a few words back (`123456789 is my SSN`). */
const WORD_REACHES_ON = 40;
const WORD_REACHES_BACK = 20;
/** The longest national number with its separators. */
const LONGEST_NUMBER = 25;
/** An answer to a question for one has little else in it. */
const MOST_WORDS_IN_ANSWER = 40;

/** Digits with separators, two letters before or one after at the most. Bounded, so that no text makes it slow. */
const NUMBER =
  /(?<![\p{L}\p{N}_+]|\+\d{1,3} )(?:[A-Z]{2} ?|[XYZ]-?)?\d(?:[ .\-/]{0,2}\d){5,24}(?:[ -]?[A-Z])?(?![\p{L}\p{N}_])/giu;

/**
 * National identity numbers of a text, in order: those written in their country's format with a valid check, and bare
 * ones beside a word that announces them. `asked`: what the messages just before have asked for. Linear.
 */
export function findNationalIds(text: string, asked: readonly IdKind[] = []): Span[] {
  if (!/\d/.test(text)) return [];
  const spans: Span[] = [];
  for (const { pattern, isIssued } of FORMATS) {
    for (const match of text.matchAll(pattern)) {
      const start = match.index;
      if (/^\d+$/.test(match[0]) && isIntroducedAsOrder(text, start)) continue;
      if (isIssued(compact(match[0]))) spans.push({ start, end: start + match[0].length });
    }
  }
  return withoutOverlaps(spans.concat(announcedIds(text), answeredIds(text, asked)));
}

/** What a message asks for, or speaks of last: the next message's bare digits are its answer. */
export function idKindsAsked(text: string): IdKind[] {
  const words = findIdWords(text);
  const last = words.at(-1);
  return last && !speaksOfOtherNumber(text.slice(last.end)) ? words.map(({ kind }) => kind) : [];
}

function announcedIds(text: string): Span[] {
  const spans: Span[] = [];
  for (const { kind, start, end } of findIdWords(text)) {
    for (const span of numbersIn(text, end, end + WORD_REACHES_ON, [kind])) {
      if (!speaksOfOtherNumber(text.slice(end, span.start))) spans.push(span);
    }
    for (const span of numbersIn(text, start - WORD_REACHES_BACK - LONGEST_NUMBER, start, [kind])) {
      const between = text.slice(span.end, start);
      if (span.end <= start && between.length <= WORD_REACHES_BACK && !speaksOfOtherNumber(between)) spans.push(span);
    }
  }
  return spans;
}

function answeredIds(text: string, asked: readonly IdKind[]): Span[] {
  if (asked.length === 0 || text.length > MOST_WORDS_IN_ANSWER + LONGEST_NUMBER * 2) return [];
  const words = text.replaceAll(/[\d\s.\-/]/g, '');
  if (words.length > MOST_WORDS_IN_ANSWER || speaksOfOtherNumber(text)) return [];
  return numbersIn(text, 0, text.length, asked);
}

/** Numbers of these kinds that start between `from` and `to`. */
function numbersIn(text: string, from: number, to: number, kinds: readonly IdKind[]): Span[] {
  const start = Math.max(0, from);
  // A little on both sides, so that a number at the edge is seen whole, with what stands before it.
  const margin = Math.min(start, 5);
  const region = text.slice(start - margin, to + LONGEST_NUMBER + 1);
  if (!/\d{2}/.test(region)) return [];
  const spans: Span[] = [];
  for (const match of region.matchAll(NUMBER)) {
    const at = start - margin + match.index;
    if (at < start || at >= to) continue;
    for (const { start, end } of announcedWithin(match[0], kinds)) spans.push({ start: at + start, end: at + end });
  }
  return spans;
}

/**
 * What of a number with separators is an announced id: as much of it as possible from its first group on, then from the
 * next: `123456789 85001` may be an id and a postcode.
 */
function announcedWithin(number: string, kinds: readonly IdKind[]): Span[] {
  const groups = Array.from(number.matchAll(/[A-Z]*\d+[A-Z]?|[A-Z]+/gi), ({ index, 0: { length } }) => ({
    start: index,
    end: index + length,
  }));
  const spans: Span[] = [];
  for (let first = 0; first < groups.length; first++) {
    const start = groups[first]?.start ?? 0;
    const last = groups.findLastIndex(({ end }, index) => {
      const candidate = compact(number.slice(start, end));
      return index >= first && kinds.some((kind) => ANNOUNCED[kind](candidate));
    });
    if (last === -1) continue;
    spans.push({ start, end: groups[last]?.end ?? start });
    first = last;
  }
  return spans;
}

function compact(number: string): string {
  return number.replaceAll(/[^0-9A-Za-z]/g, '').toUpperCase();
}

function format(before: string, number: string, after: string): RegExp {
  return new RegExp(before + number + after, 'giu');
}

function withoutOverlaps(spans: readonly Span[]): Span[] {
  const kept: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (span.start >= (kept.at(-1)?.end ?? 0)) kept.push(span);
  }
  return kept;
}
