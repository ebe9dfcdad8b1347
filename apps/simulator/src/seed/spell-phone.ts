import type { SeedCountry } from './countries.js';
import type { SeededRandom } from './seeded-random.js';

/** Splits digits into groups of two to four, as people do without agreeing on where. */
function grouped(digits: string, separator: string, size: number): string {
  const groups = digits.match(new RegExp(`.{1,${size}}`, 'g')) ?? [digits];
  return groups.join(separator);
}

/** Arabic-Indic digits, as typed on an Arabic keyboard. */
const arabicDigits = (text: string): string =>
  text.replaceAll(/[0-9]/g, (digit) => String.fromCodePoint(0x0660 + Number(digit)));

/** Calling codes of the countries whose way out is not `00`: 011, 0xx, 010, 0011, 009. Nobody there types it. */
const withoutDoubleZero = new Set(['1', '55', '81', '61', '234']);

/** One number in one of the ways that it is found in a CRM. All of them still dial the same line. */
export function spellPhone(random: SeededRandom, country: SeedCountry, national: string): string {
  const international = `+${country.callingCode}`;
  const dialled = country.trunkPrefix + national;
  const area = dialled.slice(0, country.trunkPrefix.length + 3);
  const rest = dialled.slice(area.length);
  const spellings: (readonly [weight: number, () => string])[] = [
    [30, () => international + national],
    [12, () => `${international} ${grouped(national, ' ', 3)}`],
    [6, () => `${international}-${grouped(national, '-', 4)}`],
    [4, () => `${international} (${national.slice(0, 3)}) ${national.slice(3)}`],
    [14, () => dialled],
    [10, () => `${area} ${grouped(rest, ' ', 2)}`],
    [8, () => `(${area}) ${grouped(rest, '-', 4)}`],
    [6, () => `${area}.${grouped(rest, '.', 3)}`],
    [4, () => `${area}/${rest}`],
    [3, () => `${international}${national} ext. ${random.between(10, 99)}`],
    [1, () => ` ${international}${national} `],
  ];
  if (!withoutDoubleZero.has(country.callingCode)) spellings.push([8, () => `00${country.callingCode}${national}`]);
  // A trunk zero in brackets; Italy's leading zero belongs to the number and takes none.
  if (country.trunkPrefix === '0') spellings.push([4, () => `${international} (0)${grouped(national, ' ', 3)}`]);
  if (country.culture === 'arabic') spellings.push([10, () => arabicDigits(international + national)]);
  return random.weighted(spellings)();
}
