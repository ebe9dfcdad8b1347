import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { getCountries, getExampleNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import type { ClosedConversation } from '../conversations/conversation.js';
import { scrubConversation } from './scrub-conversation.js';
import { STEP_UNITS } from './word-search.js';

const AT = new Date('2026-11-21T10:00:00Z');

function conversation(texts: readonly string[], more: Partial<ClosedConversation> = {}): ClosedConversation {
  return {
    id: 'conv_1',
    channel: 'chat',
    direction: 'inbound',
    customer: {},
    startedAt: AT,
    closedAt: AT,
    messages: texts.map((text, index) => ({ id: `m${index}`, author: 'customer', text, sentAt: AT, attachments: [] })),
    ...more,
  };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
    for (const inner of Object.values(value)) deepFreeze(inner);
    Object.freeze(value);
  }
  return value;
}

function expectToStay(texts: readonly string[]): void {
  const given = conversation(texts);
  const { conversation: scrubbed, counts } = scrubConversation(given);
  expect(scrubbed).toEqual(given);
  expect(counts).toEqual({ cards: 0, nationalIds: 0 });
}

const digits = (min: number, max: number) =>
  fc.string({ unit: fc.constantFrom(...Array.from('0123456789')), minLength: min, maxLength: max });

describe('a text that is read in steps', () => {
  it('is scrubbed alike wherever a number, or the word that announces it, stands in it', () => {
    const piece = 'my SSN: 123456789, my DNI 12345678Z, my card 4111 1111 1111 1111, order no. 4111111111111111.';
    const scrubbed = scrubConversation(conversation([piece])).conversation.messages[0]?.text ?? '';
    expect(scrubbed).not.toMatch(/12345678|4111 1111/);
    for (let offset = STEP_UNITS - piece.length - 1; offset <= STEP_UNITS + 1; offset++) {
      const before = 'ab '.repeat(offset).slice(-offset);
      const [message] = scrubConversation(conversation([before + piece])).conversation.messages;
      expect(message?.text).toBe(before + scrubbed);
    }
  });
});

describe('scrubConversation', () => {
  it('covers texts, names, attachment names, subject and summary, counts, and leaves what it was given', () => {
    const given: ClosedConversation = {
      ...conversation([]),
      subject: 'Refund to 4111 1111 1111 1111',
      summary: 'Paid with 5500005555555559; SSN 123-45-6789.',
      agent: { name: 'Ana 378282246310005', email: 'ana@example.com' },
      customer: { email: 'c@example.com', phone: '+14155552671' },
      messages: [
        {
          id: 'm1',
          author: 'customer',
          name: 'Bo 4111111111111111',
          text: '4111111111111111 and 123-45-6789',
          sentAt: AT,
          attachments: [
            { name: 'card-4111111111111111.png', url: 'https://files.example/1' },
            { name: '12345678Z.pdf' },
          ],
        },
      ],
    };
    const before = structuredClone(given);
    const { conversation: scrubbed, counts } = scrubConversation(deepFreeze(given));
    expect(given).toEqual(before);
    expect(counts).toEqual({ cards: 6, nationalIds: 3 });
    expect(scrubbed).toEqual({
      ...before,
      subject: 'Refund to [card •••• 1111]',
      summary: 'Paid with [card •••• 5559]; SSN [national id].',
      agent: { name: 'Ana [card •••• 0005]', email: 'ana@example.com' },
      messages: [
        {
          ...before.messages[0],
          name: 'Bo [card •••• 1111]',
          text: '[card •••• 1111] and [national id]',
          attachments: [
            { name: 'card-[card •••• 1111].png', url: 'https://files.example/1' },
            { name: '[national id].pdf' },
          ],
        },
      ],
    });
  });

  it('takes an answer to the agent out, whoever asked for it', () => {
    const asked = conversation(['What is your SSN?', '123456789']);
    asked.messages = asked.messages.map((message, index) => (index === 0 ? { ...message, author: 'agent' } : message));
    const { conversation: scrubbed, counts } = scrubConversation(asked);
    expect(scrubbed.messages.map(({ text }) => text)).toEqual(['What is your SSN?', '[national id]']);
    expect(counts).toEqual({ cards: 0, nationalIds: 1 });
  });

  it('changes nothing the second time', () => {
    const cards = fc.constantFrom('4111 1111', '1111 1111', '378282246310005', '5500 0055', 'my card', 'ok', '\n');
    const ids = fc.constantFrom('123-45-6789', 'ssn 123456789', '12345678', 'DNI', 'Z', 'ok', '\n');
    const texts = fc.oneof(
      ...[cards, ids].map((piece) =>
        fc.array(
          fc.array(piece).map((all) => all.join(' ')),
          { maxLength: 5 },
        ),
      ),
    );
    fc.assert(
      fc.property(texts, (texts) => {
        const once = scrubConversation(conversation(texts)).conversation;
        expect(scrubConversation(once)).toEqual({ conversation: once, counts: { cards: 0, nationalIds: 0 } });
      }),
    );
  });
});

describe('what stays', () => {
  /** A valid mobile number of any country: the example of its numbering plan with its last six digits drawn anew. */
  const phone = fc
    .tuple(fc.constantFrom(...getCountries()), fc.integer({ min: 0, max: 999_999 }))
    .map(([country, drawn]) => {
      const example = getExampleNumber(country, examples);
      const number = example && `${example.number.slice(0, -6)}${String(drawn).padStart(6, '0')}`;
      return number === undefined ? undefined : parsePhoneNumberFromString(number);
    })
    .filter((number) => number?.isValid() === true);
  const sentence = fc.constantFrom('', 'My number is ', 'call me: ', 'WhatsApp ', 'It is (');

  it('phone numbers of every country, in E.164, international and national form', () => {
    fc.assert(
      fc.property(phone, sentence, (number, before) => {
        const forms = [number?.number, number?.formatInternational(), number?.formatNational()];
        for (const form of forms) expectToStay([`${before}${form} ok`]);
        expectToStay([`${before}${forms.join(', ')}`]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('phone numbers one after the other', () => {
    fc.assert(
      fc.property(fc.array(phone, { minLength: 2, maxLength: 4 }), (numbers) => {
        expectToStay([numbers.map((number) => number?.formatInternational()).join('\n')]);
        expectToStay(numbers.map((number) => number?.number ?? ''));
      }),
      { numRuns: 500 },
    );
  });

  it('UUIDs, hashes and ULIDs', () => {
    const hash = fc.string({ unit: fc.constantFrom(...Array.from('0123456789abcdef')), minLength: 24, maxLength: 64 });
    fc.assert(
      fc.property(
        fc.uuid(),
        hash.filter((text) => /[a-f]/.test(text)),
        fc.ulid(),
        (...ids) => expectToStay([ids.join(', '), ...ids]),
      ),
      {
        numRuns: 2_000,
      },
    );
  });

  it('order ids: with letters of any length, without up to eleven digits, and longer ones that are named as such', () => {
    const id = fc.oneof(
      fc.tuple(fc.constantFrom('ORD-', 'INV', 'PO_', 'SO-2026-', 'A'), digits(1, 24)).map((all) => all.join('')),
      digits(1, 11),
      fc
        .tuple(
          fc.constantFrom('#', 'order ', 'order no. ', 'Order ID: ', 'Bestellnummer ', 'pedido nº '),
          digits(12, 24),
        )
        .map((all) => all.join('')),
    );
    fc.assert(
      fc.property(id, (text) => expectToStay([`About ${text}, please`])),
      { numRuns: 2_000 },
    );
  });
});
