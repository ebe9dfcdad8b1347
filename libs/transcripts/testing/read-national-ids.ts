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
} from '../src/scrub/national-id-checks.js';
import {
  CARD_UNSPACED,
  CARD_WORDS,
  FOREIGN_ID_UNSPACED,
  ID_WORDS,
  NUMBER_WORDS,
  ORDER_WORDS,
  OTHERWISE_UNSPACED,
  PHONE_WORDS,
  wordsOf,
} from '../src/scrub/word-lists.js';

/**
 * The rules of scrubbing read straight: every rule one regular expression that is tried everywhere, and no thought of how
 * long that takes. What `findNationalIds` and the words do fast must say the same.
 */
export type ReadIdKind = keyof typeof ID_WORDS;

interface Stretch {
  readonly start: number;
  readonly end: number;
}

const alternatives = (words: string): string => wordsOf(words).join('|');

/** Whole words, in any case. */
const anyOf = (words: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives(words)})(?![\\p{L}\\p{M}])`, 'iu');

const CARD = anyOf(CARD_WORDS);
const OTHERWISE = anyOf(ORDER_WORDS + PHONE_WORDS);
const ID_KINDS = Object.keys(ID_WORDS) as ReadIdKind[];
const ID_WORD = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:${ID_KINDS.map((kind) => `(?<${kind}>${alternatives(ID_WORDS[kind])})`).join('|')})(?![\p{L}\p{M}])|${alternatives(FOREIGN_ID_UNSPACED)}`,
  'giu',
);
const ORDER_BEFORE = new RegExp(
  String.raw`(?:[#№]|(?<![\p{L}\p{N}])(?:${alternatives(ORDER_WORDS)})[\s:.#№-]*(?:(?:${alternatives(NUMBER_WORDS)})[\s:.#№-]*)?)$`,
  'iu',
);
const LONGEST_INTRODUCTION = 40;

export function readsCard(text: string): boolean {
  return CARD.test(text) || new RegExp(alternatives(CARD_UNSPACED)).test(text);
}

export function readsOtherNumber(text: string): boolean {
  return OTHERWISE.test(text) || new RegExp(alternatives(OTHERWISE_UNSPACED)).test(text);
}

export function readsAsOrder(text: string, at: number): boolean {
  return ORDER_BEFORE.test(text.slice(Math.max(0, at - LONGEST_INTRODUCTION), at));
}

export function readIdWords(text: string): (Stretch & { meaning: ReadIdKind })[] {
  return Array.from(text.matchAll(ID_WORD), (match) => ({
    meaning: ID_KINDS.find((kind) => match.groups?.[kind] !== undefined) ?? 'foreign',
    start: match.index,
    end: match.index + match[0].length,
  }));
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
const ANNOUNCED: Readonly<Record<ReadIdKind, (number: string) => boolean>> = {
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
 * ones beside a word that announces them. `asked`: what the messages just before have asked for.
 */
export function readNationalIds(text: string, asked: readonly ReadIdKind[] = []): Stretch[] {
  if (!/\d/.test(text)) return [];
  const spans: Stretch[] = [];
  for (const { pattern, isIssued } of FORMATS) {
    for (const match of text.matchAll(pattern)) {
      const start = match.index;
      if (/^\d+$/.test(match[0]) && readsAsOrder(text, start)) continue;
      if (isIssued(compact(match[0]))) spans.push({ start, end: start + match[0].length });
    }
  }
  return withoutOverlaps(spans.concat(announcedIds(text), answeredIds(text, asked)));
}

/** What a message asks for, or speaks of last: the next message's bare digits are its answer. */
export function readKindsAsked(text: string): ReadIdKind[] {
  const words = readIdWords(text);
  const last = words.at(-1);
  return last && !readsOtherNumber(text.slice(last.end)) ? words.map(({ meaning }) => meaning) : [];
}

function announcedIds(text: string): Stretch[] {
  const spans: Stretch[] = [];
  for (const { meaning: kind, start, end } of readIdWords(text)) {
    for (const span of numbersIn(text, end, end + WORD_REACHES_ON, [kind])) {
      if (!readsOtherNumber(text.slice(end, span.start))) spans.push(span);
    }
    for (const span of numbersIn(text, start - WORD_REACHES_BACK - LONGEST_NUMBER, start, [kind])) {
      const between = text.slice(span.end, start);
      if (span.end <= start && between.length <= WORD_REACHES_BACK && !readsOtherNumber(between)) spans.push(span);
    }
  }
  return spans;
}

function answeredIds(text: string, asked: readonly ReadIdKind[]): Stretch[] {
  if (asked.length === 0 || text.length > MOST_WORDS_IN_ANSWER + LONGEST_NUMBER * 2) return [];
  const words = text.replaceAll(/[\d\s.\-/]/g, '');
  if (words.length > MOST_WORDS_IN_ANSWER || readsOtherNumber(text)) return [];
  return numbersIn(text, 0, text.length, asked);
}

/** Numbers of these kinds that start between `from` and `to`. */
function numbersIn(text: string, from: number, to: number, kinds: readonly ReadIdKind[]): Stretch[] {
  const start = Math.max(0, from);
  // A little on both sides, so that a number at the edge is seen whole, with what stands before it.
  const margin = Math.min(start, 5);
  const region = text.slice(start - margin, to + LONGEST_NUMBER + 1);
  if (!/\d{2}/.test(region)) return [];
  const spans: Stretch[] = [];
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
function announcedWithin(number: string, kinds: readonly ReadIdKind[]): Stretch[] {
  const groups = Array.from(number.matchAll(/[A-Z]*\d+[A-Z]?|[A-Z]+/gi), ({ index, 0: { length } }) => ({
    start: index,
    end: index + length,
  }));
  const spans: Stretch[] = [];
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

function withoutOverlaps(spans: readonly Stretch[]): Stretch[] {
  const kept: Stretch[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (span.start >= (kept.at(-1)?.end ?? 0)) kept.push(span);
  }
  return kept;
}
