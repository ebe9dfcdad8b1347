import { describe, expect, it } from '@jest/globals';
import { atOnce } from '../split/at-once.js';
import { findNationalIds } from './find-national-ids.js';

const scrubbed = (text: string, before: readonly string[] = []) => {
  let result = text;
  const asked = before.flatMap((one) => atOnce(findNationalIds(one)).asks);
  for (const { start, end } of atOnce(findNationalIds(text, asked)).spans.reverse()) {
    result = `${result.slice(0, start)}[national id]${result.slice(end)}`;
  }
  return result;
};

describe('national ids', () => {
  it.each([
    ['US', '123-45-6789'],
    ['US, blanks', '123 45 6789'],
    ['US, non-breaking hyphens', '123\u201145\u20116789'],
    ['US ITIN', '912-70-1234'],
    ['GB', 'AB123456C'],
    ['GB, as printed', 'ab 12 34 56 c'],
    ['DE', '86 095 742 719'],
    ['FR, as printed', '2 55 08 14 168 025 38'],
    ['FR, bare', '255081416802538'],
    ['FR, Corsica', '1 84 12 2A 451 084 38'],
    ['ES DNI', '12345678Z'],
    ['ES DNI, dotted', '12.345.678-z'],
    ['ES NIE', 'X-2482300-W'],
    ['IT', 'RSSMRA85T10A562S'],
    ['IT, as printed', 'RSS MRA 85T10 A562S'],
    ['NL, as printed', '1112.22.333'],
    ['BR, as printed', '390.533.447-05'],
    ['IN, as printed', '2341 2341 2346'],
  ])('takes a number in the format of its country: %s', (_, number) => {
    expect(scrubbed(`It's ${number}, thanks.`)).toBe("It's [national id], thanks.");
    expect(scrubbed(number)).toBe('[national id]');
    expect(scrubbed(`(${number})\nnext`)).toBe('([national id])\nnext');
  });

  it.each([
    ['my SSN is 123456789', 'my SSN is [national id]'],
    ['social security number: 123456789 85001', 'social security number: [national id] 85001'],
    ['123456789 is my ssn', '[national id] is my ssn'],
    ['NI number AB 12 34 56', 'NI number [national id]'],
    ['Meine Steuer-ID: 86095742719', 'Meine Steuer-ID: [national id]'],
    ['numéro de sécurité sociale 2550814168025', 'numéro de sécurité sociale [national id]'],
    ['mi DNI es el 12345678', 'mi DNI es el [national id]'],
    ['DNI 12345678 Z', 'DNI [national id]'],
    ['mijn BSN is 111222333', 'mijn BSN is [national id]'],
    ['meu CPF: 39053344705', 'meu CPF: [national id]'],
    ['आधार 234123412346', 'आधार [national id]'],
    ['Aadhaar 2341-2341-2346', 'Aadhaar [national id]'],
    ['PESEL 44051401359', 'PESEL [national id]'],
    ['personnummer: 811228-9874', 'personnummer: [national id]'],
    ['identity number 320780694', 'identity number [national id]'],
    ['身份证 123456789', '身份证 [national id]'],
  ])('takes bare digits beside a word that says so: %s', (text, expected) => {
    expect(scrubbed(text)).toBe(expected);
  });

  it('takes bare digits that answer a question for them', () => {
    expect(scrubbed('123456789', ["What's your social security number?"])).toBe('[national id]');
    expect(scrubbed("sure, it's 12345678", ['¿Me dice su DNI?', 'un momento'])).toBe("sure, it's [national id]");
    expect(scrubbed('123456789', ["What's your SSN? And your order number?"])).toBe('123456789');
    expect(scrubbed('my order is 123456789', ["What's your SSN?"])).toBe('my order is 123456789');
    const story = `${'I have been waiting for weeks now and nobody answers. '.repeat(3)}123456789`;
    expect(scrubbed(story, ["What's your SSN?"])).toBe(story);
  });

  it.each([
    ['nine in a row', 'it is 123456789'],
    ['checksummed digits without a word', '111222333 39053344705 86095742719 234123412346'],
    ['an SSN that was never issued', '000-12-3456 666-12-3456 123-00-4567 123-45-0000'],
    ['a wrong letter', '12345678A X2482300A'],
    ['a wrong check digit', '390.533.447-06 1112.22.334 86 095 742 718'],
    ['part of a longer number', '1-123-45-6789 123-45-6789-0 0123-45-6789'],
    ['part of a word', 'xAB123456C AB123456Cx id_AB123456C'],
    ['an order number beside the word', 'About my SSN: order 123456789'],
    ['a phone number beside the word', 'SSN? Call 612345678, or +1 123 45 6789'],
    ['digits far from the word', `SSN, ${'and so on '.repeat(6)}123456789`],
    ['an order number that happens to pass', 'order no. 255081416802538, #255081416802538'],
    ['a UUID', '12345678-1234-4123-8123-123456789012'],
    ['a date and a time', 'on 2026-11-21 10:42, 21.11.2026'],
    ['Polish "nie"', 'nie 12345678'],
  ])('leaves %s', (_, text) => {
    expect(scrubbed(text)).toBe(text);
  });

  it.each([
    ['formats', '123-45-6789 '],
    ['words', 'ssn '],
    ['words and numbers', 'ssn 123456789 '],
    ['digits', '1'],
    ['pairs', '12 '],
    ['letters', 'AB'],
    ['almost a codice fiscale', 'RSS MRA 85T10 '],
    ['dots', '1.'],
  ])('takes a million units of %s in its stride', (_, piece) => {
    const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
    const before = process.cpuUsage();
    atOnce(findNationalIds(text));
    // A quadratic step would take hours; a linear one takes a second at most. Of the processor: other work is none of it.
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(20_000);
  });
});
