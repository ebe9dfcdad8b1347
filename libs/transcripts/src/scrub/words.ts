import { WORD_UNITS } from './character-kinds.js';
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
} from './word-lists.js';
import { type FoundWord, WordSearch } from './word-search.js';

/**
 * Which national number a word announces. `foreign`: one of a country whose check digits aren't known here; `any`: some
 * national id, without saying whose.
 */
export type IdKind = keyof typeof ID_WORDS;
export type IdWord = FoundWord<IdKind>;

const CARD = new WordSearch([
  { meaning: 'card', words: CARD_WORDS },
  { meaning: 'card', words: CARD_UNSPACED, unspaced: true },
]);
const OTHERWISE = new WordSearch([
  { meaning: 'otherwise', words: ORDER_WORDS },
  { meaning: 'otherwise', words: PHONE_WORDS },
  { meaning: 'otherwise', words: OTHERWISE_UNSPACED, unspaced: true },
]);
const ID_WORD = new WordSearch<IdKind>([
  ...(Object.keys(ID_WORDS) as IdKind[]).map((kind) => ({ meaning: kind, words: ID_WORDS[kind] })),
  { meaning: 'foreign', words: FOREIGN_ID_UNSPACED, unspaced: true },
]);

/** Whether a payment card is spoken of, in one of the main languages. */
export function speaksOfCard(text: string): Generator<void, boolean> {
  return CARD.isInSteps(text);
}

/** Whether an order, a shipment, a phone or the like is spoken of. */
export function speaksOfOtherNumber(text: string): boolean {
  return OTHERWISE.isIn(text);
}

/** Whether that is so of what follows `from`. */
export function goesOnWithOtherNumber(text: string, from: number): Generator<void, boolean> {
  return OTHERWISE.isInSteps(text, from);
}

/** The words that announce a national id, in order. */
export function findIdWords(text: string): Generator<void, IdWord[]> {
  return ID_WORD.allInSteps(text);
}

const ORDER_BEFORE = new RegExp(
  String.raw`(?:[#№]|(?<![\p{L}\p{N}])(?:${wordsOf(ORDER_WORDS).join('|')})[\s:.#№-]*(?:(?:${wordsOf(NUMBER_WORDS).join('|')})[\s:.#№-]*)?)$`,
  'iu',
);
const BETWEEN = /[\s:.#№-]/u;
const LONGEST_INTRODUCTION = 40;

/** Whether what stands right before `at` introduces an order id or the like: `order no. `, `#`. */
export function isIntroducedAsOrder(text: string, at: number): boolean {
  const earliest = Math.max(0, at - LONGEST_INTRODUCTION);
  let end = at;
  while (end > earliest && BETWEEN.test(text.charAt(end - 1))) end--;
  const mayEndWord = end > earliest && (WORD_UNITS[text.charCodeAt(end - 1)] === 1 || text.charAt(end - 1) === '°');
  // The rule is tried only where it can hold: most numbers follow a number or nothing.
  return (mayEndWord || end < at) && ORDER_BEFORE.test(text.slice(earliest, at));
}
