import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { stdnum } from 'stdnum';
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

// The oracle is stdnum, an independent implementation. It isn't used in the product: it takes K, L and M numbers for DNIs
// whatever their letter, Steuer-IDs whatever digits repeat, and 5 µs for each number that is none.
function theirs(country: string, name: string): (number: string) => { isValid: boolean } {
  const validator = stdnum[country]?.[name];
  if (!validator) throw new Error(`stdnum has no ${country} ${name}`);
  return (number) => validator.validate(number);
}

const LETTERS = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
const DIGITS = Array.from('0123456789');
const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(...DIGITS), minLength: length, maxLength: length });
const letter = fc.constantFrom(...LETTERS);

/** Of a number's beginning and every possible end, both sides must accept the same; at least one end is valid. */
function expectAgreement(
  beginning: fc.Arbitrary<string>,
  ends: readonly string[],
  ours: (number: string) => boolean,
  oracle: (number: string) => { isValid: boolean },
): void {
  let valid = 0;
  fc.assert(
    fc.property(beginning, (start) => {
      for (const end of ends) {
        const accepted = ours(start + end);
        valid += accepted ? 1 : 0;
        expect([start + end, accepted]).toEqual([start + end, oracle(start + end).isValid]);
      }
    }),
    { numRuns: 300 },
  );
  expect(valid).toBeGreaterThan(100);
}

const TWO_DIGITS = DIGITS.flatMap((first) => DIGITS.map((second) => first + second));

describe('national numbers agree with an independent implementation', () => {
  it('NINO', () => {
    const beginning = fc.tuple(letter, letter, digits(6)).map((all) => all.join(''));
    expectAgreement(beginning, ['', ...LETTERS], isNino, theirs('GB', 'nino'));
  });

  it('DNI and NIE', () => {
    expectAgreement(digits(8), LETTERS, isDniOrNie, theirs('ES', 'dni'));
    expectAgreement(
      fc.tuple(fc.constantFrom('X', 'Y', 'Z'), digits(7)).map((all) => all.join('')),
      LETTERS,
      isDniOrNie,
      theirs('ES', 'nie'),
    );
  });

  it('codice fiscale', () => {
    const omocodia = fc.constantFrom(...DIGITS, ...Array.from('LMNPQRSTUV'));
    const two = fc.tuple(omocodia, omocodia).map((all) => all.join(''));
    const month = fc.constantFrom(...Array.from('ABCDEHLMPRST'));
    const names = fc.string({ unit: letter, minLength: 6, maxLength: 6 });
    const beginning = fc.tuple(names, two, month, two, letter, omocodia, two).map((all) => all.join(''));
    expectAgreement(beginning, LETTERS, isCodiceFiscale, theirs('IT', 'codicefiscale'));
  });

  it('BSN', () =>
    expectAgreement(
      digits(8).filter((start) => start !== '00000000'),
      DIGITS,
      isBsn,
      theirs('NL', 'bsn'),
    ));
  it('CPF', () =>
    expectAgreement(
      digits(9).filter((start) => !/^(\d)\1+$/.test(start)),
      TWO_DIGITS,
      isCpf,
      theirs('BR', 'cpf'),
    ));
  it('Aadhaar', () => expectAgreement(digits(11), DIGITS, isAadhaar, theirs('IN', 'aadhaar')));

  it('NIR, with sex and month as they can be', () => {
    const beginning = fc
      .tuple(
        fc.constantFrom('1', '2'),
        digits(2),
        fc.constantFrom('01', '06', '12', '20', '42', '99'),
        fc.oneof(digits(2), fc.constantFrom('2A', '2B')),
        digits(6),
      )
      .map((all) => all.join(''));
    expectAgreement(beginning, TWO_DIGITS, isNir, theirs('FR', 'nir'));
  });

  it('Steuer-ID, where digits repeat as they must', () => {
    const beginning = fc
      .tuple(fc.shuffledSubarray(DIGITS, { minLength: 8, maxLength: 9 }), fc.nat(), fc.nat())
      .map(([distinct, again, at]) => {
        const repeated = distinct[again % distinct.length] ?? '';
        const all = [...distinct, ...Array.from({ length: 10 - distinct.length }, () => repeated)];
        return [...all.slice(at % 10), ...all.slice(0, at % 10)].join('');
      })
      .filter((start) => !start.startsWith('0'));
    expectAgreement(beginning, DIGITS, isSteuerId, theirs('DE', 'idnr'));
  });

  it('SSN, but for the serial 0000, which is never issued, and ITINs, which are the same to their owner', () => {
    // Not 9999: stdnum refuses two numbers with it that were once printed in advertisements.
    const serials = ['0001', '1234', '9998'];
    const beginning = fc
      .tuple(fc.oneof(digits(3), fc.constantFrom('000', '666', '665')), digits(2))
      .map((all) => all.join(''));
    expectAgreement(
      beginning.filter((start) => !start.startsWith('9')),
      serials,
      isSsn,
      theirs('US', 'ssn'),
    );
    expect(isSsn('123450000')).toBe(false);
    expect([isSsn('912701234'), isSsn('912301234')]).toEqual([true, false]);
  });
});

describe('published examples', () => {
  it.each([
    [isSsn, '078051120', '000123456'],
    [isNino, 'AB123456C', 'BG123456C'],
    [isSteuerId, '86095742719', '86095742718'],
    [isSteuerId, '65929970489', '12345678901'],
    [isNir, '255081416802538', '255081416802539'],
    [isNir, '2550814168025', '2551314168025'],
    [isDniOrNie, '12345678Z', '12345678A'],
    [isDniOrNie, 'X2482300W', 'X2482300A'],
    [isCodiceFiscale, 'RSSMRA85T10A562S', 'RSSMRA85T10A562T'],
    [isBsn, '111222333', '111222334'],
    [isCpf, '39053344705', '11111111111'],
    [isAadhaar, '234123412346', '234123412347'],
  ] as const)('%p takes %s and refuses %s', (is, valid, invalid) => {
    expect([is(valid), is(invalid)]).toEqual([true, false]);
  });
});
