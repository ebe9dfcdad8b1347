import { CHARACTER_KINDS, Kind, WORD_UNITS } from './character-kinds.js';
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
import { STEP_UNITS } from './word-search.js';

/** How a country writes its numbers. */
export interface IdFormat {
  /** Matches at `lastIndex` only. */
  readonly pattern: RegExp;
  /** Takes the number without separators, in upper case. */
  isIssued(number: string): boolean;
}

/** Not inside a word or a longer number; after a `+` it is a phone number. */
const BEFORE = String.raw`(?<![\p{L}\p{N}_+]|[\p{L}\p{N}+][-.\/]|\+\d{1,3} )`;
/** For those divided by blanks: a number on either side makes it a row of figures or an account. */
const BEFORE_SPACED = String.raw`${BEFORE}(?<!\p{N} )`;
const AFTER = String.raw`(?![\p{L}\p{N}_]|[-\/][\p{L}\p{N}]|\.\p{N})`;
const AFTER_SPACED = String.raw`${AFTER}(?! \p{N})`;
const DASH = '[-\u2010\u2011\u2013]';

const SSN = format(BEFORE, String.raw`\d{3}${DASH}\d{2}${DASH}\d{4}`, AFTER, isSsn);
const SSN_SPACED = format(BEFORE_SPACED, String.raw`\d{3} \d{2} \d{4}`, AFTER_SPACED, isSsn);
const NINO = format(BEFORE, String.raw`[A-Z]{2}[ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[A-D]`, AFTER, isNino);
const STEUER_ID = format(BEFORE_SPACED, String.raw`\d{2} \d{3} \d{3} \d{3}`, AFTER_SPACED, isSteuerId);
const NIR = format(
  BEFORE_SPACED,
  String.raw`\d[ .]?\d{2}[ .]?\d{2}[ .]?(?:\d{2}|2[AB])[ .]?\d{3}[ .]?\d{3}[ .]?\d{2}`,
  AFTER_SPACED,
  isNir,
);
const DNI = format(BEFORE, String.raw`(?:\d{8}|\d{2}\.\d{3}\.\d{3})-?[A-Z]`, AFTER, isDniOrNie);
const NIE = format(BEFORE, String.raw`[XYZ]-?\d{7}-?[A-Z]`, AFTER, isDniOrNie);
const CODICE_FISCALE = format(
  BEFORE,
  String.raw`[A-Z]{3} ?[A-Z]{3} ?[0-9A-Z]{2}[A-Z][0-9A-Z]{2} ?[A-Z][0-9A-Z]{3}[A-Z]`,
  AFTER,
  isCodiceFiscale,
);
const BSN = format(BEFORE, String.raw`\d{4}\.\d{2}\.\d{3}`, AFTER, isBsn);
const CPF = format(BEFORE, String.raw`\d{3}\.\d{3}\.\d{3}-\d{2}`, AFTER, isCpf);
const AADHAAR = format(BEFORE_SPACED, String.raw`\d{4} \d{4} \d{4}`, AFTER_SPACED, isAadhaar);

/** Is told where a number of a format may begin. */
export type VisitCandidate = (format: IdFormat, at: number) => void;

/**
 * Visits where a number in its country's format may begin, for each format in order: from the first digits on, what can't be one
 * is told apart by a few characters. Complete, but not exact: the format's pattern decides. Linear, with
 * stops in a long text.
 */
export function* visitCandidates(text: string, visit: VisitCandidate): Generator<void, void> {
  let stop = STEP_UNITS;
  for (let at = 0; at < text.length; at++) {
    if (at >= stop) {
      yield;
      stop = at + STEP_UNITS;
    }
    if (isDigit(text, at)) {
      let end = at + 1;
      while (isDigit(text, end)) end++;
      visitDigits(text, at, end, visit);
      at = end - 1;
    } else if (isLetter(text, at) && isLetter(text, at + 1) && isLetter(text, at + 2)) {
      if (WORD_UNITS[text.charCodeAt(at - 1)] !== 1 && mayBeCodiceFiscale(text, at)) visit(CODICE_FISCALE, at);
    }
  }
}

/** Formats whose first digits are those from `at` to `end`: no digits stand right before a number. */
function visitDigits(text: string, at: number, end: number, visit: VisitCandidate): void {
  const next = text.charAt(end);
  switch (end - at) {
    case 2:
      if (next === ' ' && areDigits(text, end + 1, 3)) visit(STEUER_ID, at);
      else if (next === '.' && areDigits(text, end + 1, 3)) visit(DNI, at);
      break;
    case 3:
      if (next === ' ' && areDigits(text, end + 1, 2)) visit(SSN_SPACED, at);
      else if (next === '.') {
        if (areDigits(text, end + 1, 3)) visit(CPF, at);
      } else if (areDigits(text, end + 1, 2)) visit(SSN, at);
      break;
    case 4:
      if (next === '.' && areDigits(text, end + 1, 2)) visit(BSN, at);
      else if (next === ' ' && areDigits(text, end + 1, 4)) visit(AADHAAR, at);
      break;
    case 7: {
      const first = text.charAt(at - 1) === '-' ? at - 2 : at - 1;
      if (first >= 0 && isLetter(text, first)) visit(NIE, first);
      break;
    }
    case 8:
      visit(DNI, at);
      break;
  }
  if (end - at <= 15 && mayBeNir(text, at)) visit(NIR, at);
  const letters = isLetter(text, at - 1) ? at - 2 : at - 3;
  if (end - at <= 6 && letters >= 0 && isLetter(text, letters) && isLetter(text, letters + 1)) {
    visit(NINO, letters);
  }
}

/** Sex, year and month. */
function mayBeNir(text: string, at: number): boolean {
  const year = afterSeparator(text, at + 1);
  if (!areDigits(text, year, 2)) return false;
  const month = afterSeparator(text, year + 2);
  return areDigits(text, month, 2) && isDigit(text, afterSeparator(text, month + 2));
}

function afterSeparator(text: string, at: number): number {
  const character = text.charCodeAt(at);
  return character === 0x20 || character === 0x2e ? at + 1 : at;
}

/** Six letters, then the year: two characters and the letter of a month. */
function mayBeCodiceFiscale(text: string, at: number): boolean {
  const name = text.charCodeAt(at + 3) === 0x20 ? at + 4 : at + 3;
  if (!isLetter(text, name) || !isLetter(text, name + 1) || !isLetter(text, name + 2)) return false;
  const year = text.charCodeAt(name + 3) === 0x20 ? name + 4 : name + 3;
  return isLetter(text, year + 2);
}

function areDigits(text: string, at: number, count: number): boolean {
  for (let index = at; index < at + count; index++) if (!isDigit(text, index)) return false;
  return true;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x30 && code <= 0x39;
}

/** Of any script: in any case, ſ and K are letters of the alphabet too. */
function isLetter(text: string, at: number): boolean {
  return CHARACTER_KINDS[text.charCodeAt(at)] === Kind.letter;
}

function format(before: string, number: string, after: string, isIssued: IdFormat['isIssued']): IdFormat {
  return { pattern: new RegExp(before + number + after, 'iuy'), isIssued };
}
