import { announcedNumbers, compact, LONGEST_NUMBER } from './announced-numbers.js';
import { visitCandidates, type IdFormat } from './id-formats.js';
import type { Span } from './span.js';
import {
  findIdWords,
  goesOnWithOtherNumber,
  type IdKind,
  type IdWord,
  isIntroducedAsOrder,
  speaksOfOtherNumber,
} from './words.js';

/** How far a word reaches: about half a sentence on, and a few words back (`123456789 is my SSN`). */
const WORD_REACHES_ON = 40;
const WORD_REACHES_BACK = 20;
/** An answer to a question for one has little else in it. */
const MOST_WORDS_IN_ANSWER = 40;
/** Words whose surroundings are looked at without a stop: two or three milliseconds. */
const STEP_WORDS = 500;

/** What one text holds, and what it asks the next one for. */
export interface NationalIds {
  spans: Span[];
  asks: IdKind[];
}

/**
 * National identity numbers of a text, in order: those written in their country's format with a valid check, and bare
 * ones beside a word that announces them. What a message asks for, or speaks of last, the next message's bare digits are
 * the answer to: `asked` is what those just before have asked for. Linear, with stops in a long text.
 */
export function* findNationalIds(text: string, asked: readonly IdKind[] = []): Generator<void, NationalIds> {
  const words = yield* findIdWords(text);
  const last = words.at(-1);
  const asksNothing = last === undefined || (yield* goesOnWithOtherNumber(text, last.end));
  const asks = asksNothing ? [] : [...new Set(words.map(({ meaning }) => meaning))];
  if (!/[0-9]/.test(text)) return { spans: [], asks };
  const formatted = yield* formattedIds(text);
  const announced = yield* announcedIds(text, words);
  return { spans: withoutOverlaps([...formatted, ...announced, ...answeredIds(text, asked)]), asks };
}

/** Written as its country writes it, a number that passes its check needs no word beside it. */
function* formattedIds(text: string): Generator<void, Span[]> {
  const spans: Span[] = [];
  // What one of a format took, another of it can't begin in.
  const taken = new Map<IdFormat, number>();
  yield* visitCandidates(text, (format, start) => {
    const { pattern } = format;
    if (start < (taken.get(format) ?? 0)) return;
    pattern.lastIndex = start;
    if (!pattern.test(text)) return;
    const end = pattern.lastIndex;
    taken.set(format, end);
    const written = text.slice(start, end);
    if (!format.isIssued(compact(written))) return;
    if (/^[0-9]+$/.test(written) && isIntroducedAsOrder(text, start)) return;
    spans.push({ start, end });
  });
  return spans;
}

function* announcedIds(text: string, words: readonly IdWord[]): Generator<void, Span[]> {
  const spans: Span[] = [];
  for (const [index, { meaning, start, end }] of words.entries()) {
    if (index % STEP_WORDS === STEP_WORDS - 1) yield;
    const kinds = [meaning];
    for (const span of announcedNumbers(text, { from: end, to: end + WORD_REACHES_ON }, kinds)) {
      if (!speaksOfOtherNumber(text.slice(end, span.start))) spans.push(span);
    }
    const endsFrom = start - WORD_REACHES_BACK;
    for (const span of announcedNumbers(text, { from: endsFrom - LONGEST_NUMBER, to: start, endsFrom }, kinds)) {
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
  return announcedNumbers(text, { from: 0, to: text.length }, asked);
}

function withoutOverlaps(spans: readonly Span[]): Span[] {
  const kept: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (span.start >= (kept.at(-1)?.end ?? 0)) kept.push(span);
  }
  return kept;
}
