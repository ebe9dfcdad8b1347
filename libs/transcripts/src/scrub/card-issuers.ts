/** First digits (a range, both ends given with the same number of digits) and the lengths in use. */
interface Issuer {
  readonly name: string;
  readonly prefixes: readonly (readonly [from: string, to?: string])[];
  readonly lengths: readonly number[];
}

/**
 * Payment card numbers in circulation, by ISO/IEC 7812 issuer identification. Sources: the schemes' own merchant
 * documentation. UATP (15 digits from 1) is left out: it pays for flights between companies, and 1 starts too much else.
 */
const ISSUERS: readonly Issuer[] = [
  { name: 'Visa', prefixes: [['4']], lengths: [13, 16, 19] },
  {
    name: 'Mastercard',
    prefixes: [
      ['51', '55'],
      ['2221', '2720'],
    ],
    lengths: [16],
  },
  { name: 'American Express', prefixes: [['34'], ['37']], lengths: [15] },
  { name: 'Discover', prefixes: [['6011'], ['644', '649'], ['65']], lengths: [16, 17, 18, 19] },
  {
    name: 'Diners Club',
    prefixes: [['300', '305'], ['3095'], ['36'], ['38', '39']],
    lengths: [14, 15, 16, 17, 18, 19],
  },
  { name: 'JCB', prefixes: [['3528', '3589']], lengths: [16, 17, 18, 19] },
  { name: 'UnionPay', prefixes: [['62'], ['81']], lengths: [16, 17, 18, 19] },
  { name: 'Maestro', prefixes: [['50'], ['56', '58'], ['63'], ['67']], lengths: [16, 17, 18, 19] },
  {
    name: 'Maestro, short',
    prefixes: [['5018'], ['5020'], ['5038'], ['5893'], ['6304'], ['6759'], ['6761', '6763']],
    lengths: [12, 13, 14, 15, 16, 17, 18, 19],
  },
  { name: 'RuPay', prefixes: [['60'], ['82']], lengths: [16] },
  { name: 'Mir', prefixes: [['2200', '2204']], lengths: [16, 17, 18, 19] },
  { name: 'Verve', prefixes: [['5060', '5061']], lengths: [16, 18, 19] },
  { name: 'Uzcard, Humo', prefixes: [['8600'], ['9860']], lengths: [16] },
  { name: 'Troy', prefixes: [['9792']], lengths: [16] },
];

export const LONGEST_CARD = 19;
export const PREFIX_DIGITS = 4;

/** A length below this is as common for phone numbers and article codes: only beside talk of a card is it one. */
export const SHORTEST_UNMISTAKABLE_CARD = 14;

const lengthsByPrefix: (readonly number[] | undefined)[] = Array.from({ length: 10 ** PREFIX_DIGITS });
for (const { prefixes, lengths } of ISSUERS) {
  for (const [from, to = from] of prefixes) {
    const last = Number(to.padEnd(PREFIX_DIGITS, '9'));
    for (let prefix = Number(from.padEnd(PREFIX_DIGITS, '0')); prefix <= last; prefix++) {
      lengthsByPrefix[prefix] = [...new Set([...(lengthsByPrefix[prefix] ?? []), ...lengths])];
    }
  }
}

/** The lengths of cards that begin with these four digits (0–9999); undefined: nobody's. */
export function cardLengths(prefix: number): readonly number[] | undefined {
  return lengthsByPrefix[prefix];
}
