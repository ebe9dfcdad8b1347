/** What a UTF-16 unit is to somebody who looks for numbers. */
export const Kind = {
  other: 0,
  digit: 1,
  blank: 2,
  dash: 3,
  lineEndOrDot: 4,
  unseen: 5,
  keycap: 6,
  letter: 7,
} as const;

/** Decimal zeros of scripts that people type numbers in; the other nine follow each. */
const ZEROS = [0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xe50, 0xff10];

/** Later rules win: combining marks count as letters, but those that draw an emoji keycap don't. */
const RULES: readonly (readonly [RegExp, number])[] = [
  [/^[\p{L}\p{M}_]$/u, Kind.letter],
  [/^[ \t\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]$/, Kind.blank],
  [/^[-\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]$/, Kind.dash],
  [/^[\n\r.]$/, Kind.lineEndOrDot],
  // Soft hyphens, zero-width characters, marks of direction.
  [/^[\u00AD\u200B-\u200F\u2060\uFEFF]$/, Kind.unseen],
  [/^(?:\u20E3|\uFE0F)$/, Kind.keycap],
];

/** The kind of each UTF-16 unit: a table, since every unit of every transcript is looked up. */
export const CHARACTER_KINDS = new Uint8Array(0x10000);
for (let code = 0; code < CHARACTER_KINDS.length; code++) {
  const character = String.fromCharCode(code);
  CHARACTER_KINDS[code] = RULES.findLast(([pattern]) => pattern.test(character))?.[1] ?? Kind.other;
}
for (const zero of ZEROS) CHARACTER_KINDS.fill(Kind.digit, zero, zero + 10);

/** 1 for letters and numbers of any script; 0 for halves of surrogate pairs, whatever they make together. */
export const WORD_UNITS = new Uint8Array(0x10000);
for (let code = 0; code < WORD_UNITS.length; code++) {
  WORD_UNITS[code] = /[\p{L}\p{N}]/u.test(String.fromCharCode(code)) ? 1 : 0;
}

/** The value of a decimal digit of any of the scripts; undefined for what is none. */
export function digitOf(code: number): number | undefined {
  const zero = ZEROS.find((one) => code >= one && code < one + 10);
  return zero === undefined ? undefined : code - zero;
}
