/**
 * Whether a national number is one that its country could have issued: format and, where there is one, the check digit.
 * Every function takes the number without separators, letters in upper case.
 */

/** US Social Security Number (SSA: no area 000 or 666, no group 00, no serial 0000) or ITIN (IRS: 9xx, group 50–99). */
export function isSsn(number: string): boolean {
  if (!/^\d{9}$/.test(number) || number.startsWith('000') || number.startsWith('666')) return false;
  const group = Number(number.slice(3, 5));
  return group !== 0 && !number.endsWith('0000') && (!number.startsWith('9') || group >= 50);
}

/** UK National Insurance number, HMRC NIM39110; the suffix may be left out. No check digit. */
export function isNino(number: string): boolean {
  return /^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]?$/.test(number);
}

/**
 * German Steuer-Identifikationsnummer: in its first ten digits one occurs two or three times and no other twice; check
 * digit by ISO/IEC 7064 MOD 11,10.
 */
export function isSteuerId(number: string): boolean {
  if (!/^[1-9]\d{10}$/.test(number)) return false;
  // The check digit first: nine of ten numbers end there.
  let product = 10;
  for (let index = 0; index < 10; index++) {
    const sum = (number.charCodeAt(index) - 0x30 + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  if ((11 - product) % 10 !== Number(number.at(-1))) return false;
  const times = new Map<string, number>();
  for (const digit of number.slice(0, 10)) times.set(digit, (times.get(digit) ?? 0) + 1);
  const most = Math.max(...times.values());
  return (times.size === 9 && most === 2) || (times.size === 8 && most === 3);
}

/** French NIR: sex, year, month (or an INSEE stand-in from 20), place, serial; with or without the key of two, 97 − n mod 97. */
export function isNir(number: string): boolean {
  const match = /^([1-478]\d{2}(?:0[1-9]|1[0-2]|[2-9]\d))(\d{2}|2A|2B)(\d{6})(\d{2})?$/.exec(number);
  if (!match) return false;
  const [, birth = '', place = '', serial = '', key] = match;
  // Corsica's departments count as 19 and 18 (INSEE).
  const digits = birth + (place === '2A' ? '19' : place === '2B' ? '18' : place) + serial;
  return key === undefined || 97 - (Number(digits) % 97) === Number(key);
}

const DNI_LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE';

/** Spanish DNI (eight digits) or NIE (X, Y or Z and seven), with the letter of its remainder by 23. */
export function isDniOrNie(number: string): boolean {
  if (number.length !== 9) return false;
  const match = /^([XYZ]?)(\d{7,8})([A-Z])$/.exec(number);
  if (!match) return false;
  const [, first = '', digits = '', letter = ''] = match;
  if (digits.length !== (first === '' ? 8 : 7)) return false;
  const value = Number(first === '' ? digits : `${'XYZ'.indexOf(first)}${digits}`);
  return DNI_LETTERS[value % 23] === letter;
}

const ODD_VALUES = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
const CODICE_FISCALE = /^[A-Z]{6}[0-9LMNP-V]{2}[A-EHLMPR-T][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]$/;

/** Italian codice fiscale of a person (D.M. 23/12/1976), digits possibly replaced by letters where two people collide. */
export function isCodiceFiscale(number: string): boolean {
  if (!CODICE_FISCALE.test(number)) return false;
  let sum = 0;
  for (let index = 0; index < 15; index++) {
    const code = number.charCodeAt(index);
    const value = code >= 65 ? code - 65 : code - 48;
    sum += index % 2 === 0 ? (ODD_VALUES[value] ?? 0) : value;
  }
  return number.charCodeAt(15) - 65 === sum % 26;
}

/** Dutch burgerservicenummer: nine digits, or eight with the leading zero left out; weights 9 to 2 and −1, modulo 11. */
export function isBsn(number: string): boolean {
  if (!/^\d{8,9}$/.test(number) || /^0+$/.test(number)) return false;
  const digits = number.padStart(9, '0');
  let sum = -Number(digits[8]);
  for (let index = 0; index < 8; index++) sum += (9 - index) * (digits.charCodeAt(index) - 0x30);
  return sum % 11 === 0;
}

/** Brazilian CPF: two check digits, each of the weighted sum before it modulo 11; eleven equal digits are never issued. */
export function isCpf(number: string): boolean {
  if (!/^\d{11}$/.test(number) || /^(\d)\1+$/.test(number)) return false;
  return [9, 10].every((length) => {
    let sum = 0;
    for (let index = 0; index < length; index++) sum += (length + 1 - index) * Number(number[index]);
    return ((sum * 10) % 11) % 10 === Number(number[length]);
  });
}

/** Verhoeff's dihedral group D5 and its permutation (J. Verhoeff 1969); rows of the permutation repeat after eight. */
const DIHEDRAL = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
];
const PERMUTATION = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
];

/** Indian Aadhaar: twelve digits, the first not 0 or 1, no palindrome (UIDAI), check digit by Verhoeff. */
export function isAadhaar(number: string): boolean {
  if (!/^[2-9]\d{11}$/.test(number) || Array.from(number).reverse().join('') === number) return false;
  let check = 0;
  for (let fromEnd = 0; fromEnd < 12; fromEnd++) {
    const permuted = Number(PERMUTATION[fromEnd % 8]?.[Number(number[11 - fromEnd])]);
    check = Number(DIHEDRAL[check]?.[permuted]);
  }
  return check === 0;
}
