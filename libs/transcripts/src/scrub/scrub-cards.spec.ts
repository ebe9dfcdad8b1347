import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Author, ClosedConversation } from '../conversations/conversation.js';
import { LuhnSum } from './luhn.js';
import { scrubConversation } from './scrub-conversation.js';

type Line = readonly [Author, string] | string;

function conversation(lines: readonly Line[]): ClosedConversation {
  const at = new Date('2026-11-21T10:00:00Z');
  return {
    id: 'conv_1',
    channel: 'chat',
    direction: 'inbound',
    customer: {},
    startedAt: at,
    closedAt: at,
    messages: lines.map((line, index) => {
      const [author, text]: readonly [Author, string] = typeof line === 'string' ? ['customer', line] : line;
      return { id: `m${index}`, author, text, sentAt: at, attachments: [] };
    }),
  };
}

function scrub(...lines: Line[]): { texts: string[]; cards: number; nationalIds: number } {
  const scrubbed = scrubConversation(conversation(lines));
  return { texts: scrubbed.conversation.messages.map(({ text }) => text), ...scrubbed.counts };
}
const scrubbedText = (text: string) => scrub(text).texts[0];

function isLuhnValid(digits: string): boolean {
  const sum = new LuhnSum();
  for (const digit of digits) sum.add(Number(digit));
  return sum.isValid;
}

/** The check digit that makes `digits` Luhn-valid: tried one by one against the definition, not computed. */
function withCheckDigit(digits: string): string {
  const valid = Array.from('0123456789').filter((check) => {
    const doubled = Array.from(`${digits}${check}`)
      .reverse()
      .map((digit, index) => Number(digit) * (index % 2 === 0 ? 1 : 2));
    return Array.from(doubled.join('')).reduce((sum, digit) => sum + Number(digit), 0) % 10 === 0;
  });
  expect(valid).toHaveLength(1);
  return `${digits}${valid[0]}`;
}

const ISSUED: readonly (readonly [prefix: string, length: number])[] = [
  ...(
    [
      '4',
      '51',
      '55',
      '2221',
      '2720',
      '6011',
      '644',
      '65',
      '3528',
      '3589',
      '62',
      '5018',
      '6759',
      '2200',
      '60',
      '9792',
    ] as const
  ).map((prefix) => [prefix, 16] as const),
  ...(['34', '37'] as const).map((prefix) => [prefix, 15] as const),
  ...(['300', '305', '36', '38'] as const).map((prefix) => [prefix, 14] as const),
  ...(['4', '6011', '62'] as const).map((prefix) => [prefix, 19] as const),
];
const digits = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((all) => all.join(''));
const card = fc
  .constantFrom(...ISSUED)
  .chain(([prefix, length]) => digits(length - 1 - prefix.length).map((rest) => withCheckDigit(prefix + rest)));

const inFours = (number: string, separator: string) => (number.match(/.{1,4}/g) ?? []).join(separator);

describe('payment cards', () => {
  it('knows a valid check digit', () => {
    // ISO/IEC 7812-1's rule on the schemes' published test numbers.
    for (const number of ['4111111111111111', '378282246310005', '30569309025904', '4222222222222']) {
      expect(isLuhnValid(number)).toBe(true);
      expect(isLuhnValid(number.replace(/.$/, (last) => String((Number(last) + 1) % 10)))).toBe(false);
    }
  });

  it.each([
    ['4111111111111111', '[card •••• 1111]'],
    ['my card: 4111 1111 1111 1111, exp 12/27', 'my card: [card •••• 1111], exp 12/27'],
    ['5500-0055-5555-5559', '[card •••• 5559]'],
    ['Amex 3782 822463 10005.', 'Amex [card •••• 0005].'],
    ['3056 930902 5904', '[card •••• 5904]'],
    ['4111\u00a01111\u20111111\u20131111', '[card •••• 1111]'],
    ['4111 - 1111 - 1111 - 1111', '[card •••• 1111]'],
    ['4111.1111.1111.1111', '[card •••• 1111]'],
    ['4111 1111\n1111 1111', '[card •••• 1111]'],
    ['4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1', '[card •••• 1111]'],
    ['41 11 11 11 11 11 11 11', '[card •••• 1111]'],
    ['41111 11111 11111 1', '[card •••• 1111]'],
    ['411111 1111111111', '[card •••• 1111]'],
    ['visa4111111111111111exp0127', 'visa[card •••• 1111]exp0127'],
    ['cc4111111111111111', 'cc[card •••• 1111]'],
    ['7mastercard_4111111111111111', '7mastercard_[card •••• 1111]'],
    [`${'\u0301'.repeat(12)}amex-378282246310005`, `${'\u0301'.repeat(12)}amex-[card •••• 0005]`],
    ['4111 1111 1111 1111 123', '[card •••• 1111] 123'],
    ['4111111111111111 5500005555555559', '[card •••• 1111] [card •••• 5559]'],
    ['4\u200b111 1\u200d111 1111 1111', '[card •••• 1111]'],
    ['٤١١١ ١١١١ ١١١١ ١١١١', '[card •••• 1111]'],
    ['4️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣', '[card •••• 1111]'],
    ['４１１１１１１１１１１１１１１１', '[card •••• 1111]'],
    ['old visa 4222222222222', 'old visa [card •••• 2222]'],
    ['call +1 415 555 2671 4111 1111 1111 1111', 'call +1 415 555 2671 [card •••• 1111]'],
    ['+4111111111111111', '+[card •••• 1111]'],
    ['card for order 4111111111111111', 'card for order [card •••• 1111]'],
  ])('takes %j', (text, expected) => {
    expect(scrub(text)).toMatchObject({ texts: [expected], nationalIds: 0 });
  });

  it.each([
    ['a wrong check digit', '4111 1111 1111 1112'],
    ['no issuer', '1234 5678 9012 3452'],
    ['too long', '411111111111111111111'],
    ['an order id', 'ORD-4111111111111111'],
    ['an order id in groups', 'ORD-2024-4111111111111111'],
    ['an order id that ends in letters', '4111111111111111-2024-A'],
    ['an order number', 'order no. 4111111111111111'],
    ['an order number with #', '#4111111111111111'],
    ['Bestellung', 'Bestellnummer: 4111111111111111'],
    ['a UUID', '4111a111-4111-4111-8111-411111111111'],
    ['a UUID that ends in a letter', '41111111-1111-4111-8111-41111111111f'],
    ['hex', '4111111111111111ab'],
    ['what is masked already', '•••• •••• •••• 1111 and **** 1111'],
    ['its own label', '[card •••• 1111]'],
    ['an article code (EAN 13)', '4012345678901'],
    ['two phone numbers, one per line', '415 555 2671\n415 555 2672'],
    ['an amount', '4.111.111.111.111.111,00'],
  ])('leaves %s', (_, text) => {
    expect(scrub(text)).toEqual({ texts: [text], cards: 0, nationalIds: 0 });
  });

  it('finds every valid number of every issuer, plain, with spaces, with dashes, inside a sentence', () => {
    fc.assert(
      fc.property(
        card,
        fc.constantFrom('', ' ', '-', '  ', ' - '),
        fc.constantFrom('', 'It is ', 'nº: ', '(', '"'),
        (number, separator, before) => {
          const { texts, cards } = scrub(`${before}${inFours(number, separator)}, ok?`);
          expect(texts).toEqual([`${before}[card •••• ${number.slice(-4)}], ok?`]);
          expect(cards).toBe(1);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('finds one written with blanks and dashes anywhere, when nothing else stands on its line', () => {
    const gaps = fc.array(fc.constantFrom('', '', '', ' ', '-'), { minLength: 19, maxLength: 19 });
    fc.assert(
      fc.property(card, gaps, (number, separators) => {
        const written = Array.from(number)
          .map((digit, index) => digit + (index === number.length - 1 ? '' : separators[index]))
          .join('');
        expect(scrubbedText(`Number:\n${written}\nThanks`)).toBe(`Number:\n[card •••• ${number.slice(-4)}]\nThanks`);
      }),
      { numRuns: 500 },
    );
  });
});

describe('payment cards across messages', () => {
  it('finds one that its author sent in pieces, and labels each piece', () => {
    expect(scrub('4111 1111', '1111 1111')).toEqual({
      texts: ['[card •••• 1111]', '[card ••••]'],
      cards: 1,
      nationalIds: 0,
    });
    expect(scrub('it is 4111', '1111', '1111', '1111 exp 12/27').texts).toEqual([
      'it is [card •••• 1111]',
      '[card ••••]',
      '[card ••••]',
      '[card ••••] exp 12/27',
    ]);
    expect(scrub('3782 822463', '10005').cards).toBe(1);
    expect(scrub('411111111111', '1111').cards).toBe(1);
  });

  it("looks past others' remarks and short ones of the author's own", () => {
    const { texts, cards } = scrub(
      '4111 1111',
      ['agent', 'Got that, 8 digits so far, go on'],
      'sorry, one moment',
      ['bot', 'Still there?'],
      '1111 1111',
    );
    expect(cards).toBe(1);
    expect(texts[4]).toBe('[card ••••]');
    expect(texts[1]).toContain('8 digits');
  });

  it('puts pieces inside sentences together where a card is spoken of', () => {
    const { texts, cards } = scrub(
      ['agent', 'Your card number, please?'],
      'first part is 41111',
      'and the rest 11111111111, thanks',
    );
    expect(cards).toBe(1);
    expect(texts.join(' ').replaceAll(/\D/g, '')).toBe('1111');
    expect(scrub('first part is 41111', 'and the rest 11111111111, thanks').cards).toBe(0);
  });

  it('does not put together what different people said, or what stands far apart', () => {
    expect(scrub('4111 1111', ['agent', '1111 1111']).cards).toBe(0);
    expect(scrub('4111 1111', ...Array.from({ length: 10 }, () => 'hm'), '1111 1111').cards).toBe(0);
    expect(scrub('4111 1111', 'x'.repeat(100), '1111 1111').cards).toBe(0);
    expect(scrub('my phone is 4155552671', '234562').cards).toBe(0);
  });

  it('finds every number in fours, divided between messages anywhere', () => {
    fc.assert(
      fc.property(card, fc.integer({ min: 1, max: 3 }), fc.constantFrom('', ' ', '-'), (number, at, separator) => {
        const [head, tail] = [number.slice(0, at * 4), number.slice(at * 4)];
        const { texts, cards } = scrub(inFours(head, separator), ['agent', 'ok'], inFours(tail, separator));
        expect(cards).toBe(1);
        expect(texts).toEqual([`[card •••• ${number.slice(-4)}]`, 'ok', '[card ••••]']);
      }),
    );
  });
});

describe('scrubbing cards at size', () => {
  it.each<[what: string, piece: string, units?: number]>([
    ['five million digits', '4', 5_000_000],
    ['five million units of single digits', '4 ', 5_000_000],
    ['fours', '4111 '],
    ['valid numbers', '4111111111111111 '],
    ['dashes', '4-'],
    ['letters and digits', 'a4'],
    ['separators', ' - '],
    ['invisible characters', '4\u200b'],
    ['plus signs', '+4 '],
    ['lines', '4111\n'],
    ['words', 'card order id 12 '],
  ])('takes %s in its stride', (_, piece, units = 1_000_000) => {
    const text = piece.repeat(Math.ceil(units / piece.length));
    const before = process.cpuUsage();
    scrub(text);
    // A quadratic step would take hours; a linear one takes a second or two here. Of the processor: other work is none of it.
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(20_000);
  });

  it('takes a hundred thousand messages of digits in its stride', () => {
    const before = process.cpuUsage();
    scrub(
      ...Array.from({ length: 100_000 }, (_, index): Line => [index % 2 === 0 ? 'customer' : 'agent', String(index)]),
    );
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(20_000);
  });
});
