import { readPhoneNumber } from '@app/crm';
import { cardLengths, LONGEST_CARD, PREFIX_DIGITS, SHORTEST_UNMISTAKABLE_CARD } from './card-issuers.js';
import { LuhnSum } from './luhn.js';
import { Gap, type DigitGroup } from './read-digits.js';

/** The groups of digits that make up one card number, and its last four digits. */
export interface FoundCard {
  readonly groups: readonly DigitGroup[];
  readonly lastFour: string;
}

/** What the words around a number say of it. */
export interface CardContext {
  /** Whether a card is spoken of near these groups, the first and the last of a possible number. */
  speaksOfCard(first: DigitGroup, last: DigitGroup): boolean;
  /** Whether the group is introduced as something else: `order no. …`, `#…`. */
  isNamedOtherwise(group: DigitGroup): boolean;
}

/** E.164 §6: a number with `+` has at most fifteen digits. */
const LONGEST_PHONE = 15;
/** With so many digits behind it a number that began with `+` has ended. */
const PHONE_ENDED = 10;
/** Groups that are looked at without a stop: a few milliseconds. */
const STEP_GROUPS = 2_000;

/**
 * Payment card numbers among groups of digits that follow one another: an issuer's prefix and length, a valid Luhn digit
 * (ISO/IEC 7812-1 annex B), and written the way cards are: in one piece, in fours, as 4-6-5, evenly, or alone on its
 * line. Any other grouping, the rare lengths below fourteen, and what is introduced as something else count only where a
 * card is spoken of, since phone numbers and order ids look the same. Linear: at most 19 digits are looked at from each group.
 * With stops where there are many.
 */
export function* findCards(groups: readonly DigitGroup[], context: CardContext): Generator<void, FoundCard[]> {
  const found: FoundCard[] = [];
  let stop = STEP_GROUPS;
  for (let first = 0; first < groups.length;) {
    if (first >= stop) {
      yield;
      stop = first + STEP_GROUPS;
    }
    const last = lastGroupOfCard(groups, first, context);
    if (last === undefined) {
      first++;
      continue;
    }
    const card = groups.slice(first, last + 1);
    found.push({ groups: card, lastFour: joined(card).slice(-4) });
    first = last + 1;
  }
  return found;
}

function lastGroupOfCard(groups: readonly DigitGroup[], first: number, context: CardContext): number | undefined {
  const sum = new LuhnSum();
  let prefix = 0;
  let lengths: readonly number[] | undefined;
  let found: number | undefined;
  for (let last = first; last < groups.length; last++) {
    const group = groups[last];
    if (!group || group.partOfId || (last > first && group.gap === Gap.none)) break;
    if (sum.length + group.digits.length > LONGEST_CARD) break;
    for (let at = 0; at < group.digits.length; at++) {
      const digit = group.digits.charCodeAt(at) - 0x30;
      sum.add(digit);
      if (sum.length <= PREFIX_DIGITS) prefix = prefix * 10 + digit;
    }
    if (lengths === undefined && sum.length >= PREFIX_DIGITS) {
      lengths = cardLengths(prefix);
      if (lengths === undefined) break;
    }
    // The longest wins: what it takes too much is a figure, what a shorter one would leave is the end of a card number.
    if (lengths?.includes(sum.length) && sum.isValid && reads(groups, first, last, context)) found = last;
  }
  return found;
}

/** Whether people would write, and read, these groups as one card number. */
function reads(groups: readonly DigitGroup[], first: number, last: number, context: CardContext): boolean {
  const card = groups.slice(first, last + 1);
  const [start, end] = [groups[first], groups[last]];
  if (!start || !end) return false;
  const digits = joined(card);
  const onOneLine = card.slice(1).every(({ gap }) => gap === Gap.tight);
  const { sincePlus = PHONE_ENDED } = start;
  const isPhone = sincePlus < PHONE_ENDED;
  if (isPhone && (sincePlus > 0 || !onOneLine || digits.length <= LONGEST_PHONE)) return false;
  const spoken = context.speaksOfCard(start, end);
  if (digits.length < SHORTEST_UNMISTAKABLE_CARD) return spoken && readPhoneNumber(`+${digits}`)?.e164 === undefined;
  if (!spoken && context.isNamedOtherwise(start)) return false;
  const sizes = card.map((group) => group.digits.length);
  if (spoken || isGroupedLikeACard(sizes) || (onOneLine && isGroupedEvenly(sizes))) return true;
  const alone = start.gap !== Gap.tight && groups[last + 1]?.gap !== Gap.tight;
  return onOneLine && alone && !isPhone;
}

/** In fours (or eights, twelves), as American Express and Diners Club print theirs, or digit by digit. */
function isGroupedLikeACard(sizes: readonly number[]): boolean {
  if (sizes.slice(0, -1).every((size) => size % 4 === 0) || sizes.every((size) => size === 1)) return true;
  return ['4-6-5', '4-6-4', '10-5', '10-4'].includes(sizes.join('-'));
}

/** Three groups or more of one size, the last perhaps shorter. Over several lines this would be a list of phone numbers. */
function isGroupedEvenly(sizes: readonly number[]): boolean {
  const [size = 0] = sizes;
  return sizes.length > 2 && sizes.slice(0, -1).every((one) => one === size) && (sizes.at(-1) ?? 0) <= size;
}

function joined(groups: readonly DigitGroup[]): string {
  return groups.map(({ digits }) => digits).join('');
}
