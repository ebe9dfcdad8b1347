import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  readIdWords,
  readKindsAsked,
  readNationalIds,
  readsAsOrder,
  readsCard,
  readsOtherNumber,
} from '../../testing/index.js';
import { atOnce } from '../split/at-once.js';
import { findNationalIds } from './find-national-ids.js';
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
import { foldedAt } from './word-search.js';
import { findIdWords, isIntroducedAsOrder, speaksOfCard, speaksOfOtherNumber } from './words.js';

const ID_LISTS = Object.values(ID_WORDS);
const LISTS = [
  CARD_WORDS,
  CARD_UNSPACED,
  ORDER_WORDS,
  PHONE_WORDS,
  OTHERWISE_UNSPACED,
  NUMBER_WORDS,
  FOREIGN_ID_UNSPACED,
  ...ID_LISTS,
];

/** One of the spellings that a piece of a word list stands for. */
function spelled(word: string, choice: number): string {
  return word
    .replaceAll(/\(\?![^)]*\)/g, '')
    .replaceAll(/\[([^\]]+)\]/g, (_, all: string) => all.charAt(choice % all.length))
    .replaceAll(/\(\?:([^)]*)\)(\??)/g, (_, all: string, maybe: string) => {
      const choices = [...all.split('|'), ...(maybe ? [''] : [])];
      return choices[choice % choices.length] ?? '';
    })
    .replaceAll(/\\?(.)\?/g, (_, character: string) => (choice % 2 === 0 ? character : ''))
    .replaceAll('\\', '');
}

const listed = (lists: readonly string[]) =>
  fc
    .tuple(fc.constantFrom(...lists.flatMap(wordsOf)), fc.nat({ max: 11 }))
    .map(([word, choice]) => spelled(word, choice));
const inAnyCase = (words: fc.Arbitrary<string>) =>
  fc.tuple(words, fc.constantFrom('as it is', 'upper', 'title', 'lower', 'odd')).map(([word, how]) => {
    if (how === 'upper') return word.toUpperCase();
    if (how === 'lower') return word.toLowerCase();
    if (how === 'title') return word.charAt(0).toUpperCase() + word.slice(1);
    // Long s and the Kelvin sign are s and k in any case, dotless i is no i.
    return how === 'odd' ? word.replaceAll('s', 'ſ').replaceAll('k', '\u212A').replaceAll('i', 'ı') : word;
  });

const digits = (min: number, max: number) =>
  fc.string({ unit: fc.constantFrom(...Array.from('0123456789')), minLength: min, maxLength: max });
const number = fc.oneof(
  digits(1, 18),
  fc.constantFrom(
    '123-45-6789',
    '123 45 6789',
    '912-70-1234',
    'AB123456C',
    'ab 12 34 56 c',
    'AB 12-34-56',
    '86 095 742 719',
    '86095742719',
    '2 55 08 14 168 025 38',
    '255081416802538',
    '2550814168025',
    '1 84 12 2A 451 084 38',
    '12345678Z',
    '12.345.678-z',
    '12345678',
    'X-2482300-W',
    'X2482300W',
    'RSSMRA85T10A562S',
    'RSS MRA 85T10 A562S',
    'RSSMRAURTMLALSNS',
    '1112.22.333',
    '111222333',
    '390.533.447-05',
    '39053344705',
    '2341 2341 2346',
    '234123412346',
    '2341-2341-2346',
    '811228-9874',
  ),
  fc
    .array(fc.tuple(digits(1, 5), fc.constantFrom('', ' ', '.', '-', '/', ' - ', '  ', '\u2011')), { maxLength: 8 })
    .map((all) => all.flat().join('')),
);
const joint = fc.constantFrom(
  ' ',
  ' ',
  ' ',
  '',
  '',
  '-',
  '.',
  ': ',
  '#',
  '+',
  '\n',
  '_',
  ', ',
  '€',
  '\u{1D400}',
  'º',
  '́',
);
const filler = fc.oneof(
  fc.constantFrom('is', 'my', 'nie', 'A', 'AB', 'x', 'ſK', 'media', '•••• 1111', 'number ', 'id', 'نص', '数'),
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.string({ unit: fc.constantFrom(...Array.from('RSM 0189AXZ.-/+ſ\u212A')), maxLength: 24 }),
);
const text = fc
  .array(
    fc.tuple(
      fc.oneof(
        { weight: 4, arbitrary: number },
        { weight: 3, arbitrary: inAnyCase(listed(ID_LISTS)) },
        { weight: 2, arbitrary: inAnyCase(listed(LISTS)) },
        { weight: 2, arbitrary: filler },
      ),
      joint,
    ),
    { maxLength: 10 },
  )
  .map((all) => all.flat().join(''));

const RUNS = { numRuns: 500 };

describe('scrubbing is fast, and says what the rules read straight say', () => {
  it('of national ids, announced by their own text or by one before', () => {
    let found = 0;
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 2 }), (given, before) => {
        const asked = before.flatMap((one) => atOnce(findNationalIds(one)).asks);
        const { spans } = atOnce(findNationalIds(given, asked));
        found += spans.length;
        expect(spans).toEqual(readNationalIds(given, before.flatMap(readKindsAsked)));
      }),
      RUNS,
    );
    expect(found).toBeGreaterThan(100);
  });

  it('of the words that announce one', () => {
    fc.assert(
      fc.property(text, (given) => {
        expect(atOnce(findIdWords(given))).toEqual(readIdWords(given));
        expect(new Set(atOnce(findNationalIds(given)).asks)).toEqual(new Set(readKindsAsked(given)));
      }),
      RUNS,
    );
  });

  it('of the words that speak of a card, or of another number, and of what introduces one', () => {
    fc.assert(
      fc.property(text, fc.nat({ max: 60 }), (given, at) => {
        expect(atOnce(speaksOfCard(given))).toBe(readsCard(given));
        expect(speaksOfOtherNumber(given)).toBe(readsOtherNumber(given));
        for (const place of [given.length, Math.min(at, given.length)]) {
          expect(isIntroducedAsOrder(given, place)).toBe(readsAsOrder(given, place));
        }
      }),
      RUNS,
    );
  });

  it('of every listed word by itself', () => {
    for (const word of LISTS.flatMap(wordsOf)) {
      for (let choice = 0; choice < 12; choice++) {
        const one = spelled(word, choice);
        for (const given of [one, one.toUpperCase(), `x${one}`, `«${one}» 1`]) {
          expect([given, atOnce(findIdWords(given))]).toEqual([given, readIdWords(given)]);
          expect([given, atOnce(speaksOfCard(given))]).toEqual([given, readsCard(given)]);
          expect([given, speaksOfOtherNumber(given)]).toEqual([given, readsOtherNumber(given)]);
        }
      }
    }
  });

  it('and never takes characters apart that are alike in any case', () => {
    const beginnings = new Set(
      LISTS.flatMap(wordsOf).flatMap((word) => Array.from(word.replaceAll(/[^\p{L}°]/gu, ''))),
    );
    const any = new RegExp(`^[${[...beginnings].join('')}]$`, 'iu');
    const units = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter((one) =>
      any.test(one),
    );
    const apart = [...beginnings].flatMap((character) => {
      const alike = new RegExp(`^${character}$`, 'iu');
      return units.filter((unit) => alike.test(unit) && foldedAt(unit, 0) !== foldedAt(character, 0));
    });
    expect(beginnings.size).toBeGreaterThan(50);
    expect(apart).toEqual([]);
  });
});
