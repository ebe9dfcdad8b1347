import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { AUTHORS, type Author, type ClosedConversation } from '../conversations/conversation.js';
import { ExtractiveSummariser, extractSummary } from './extract-summary.js';
import { readWords } from './read-words.js';

const AT = new Date('2026-11-21T10:00:00Z');
const NOTE = '(Made automatically from sentences of the conversation.)';

function conversation(lines: readonly (readonly [Author, string, string?])[]): ClosedConversation {
  return {
    id: 'conv_1',
    channel: 'chat',
    direction: 'inbound',
    customer: {},
    startedAt: AT,
    closedAt: AT,
    messages: lines.map(([author, text, name], index) => ({
      id: `m${index}`,
      author,
      name,
      text,
      sentAt: AT,
      attachments: [],
    })),
  };
}

const COFFEE = conversation([
  ['bot', 'Hi! I am the assistant. Please wait for an agent.'],
  ['customer', 'Hello. My coffee machine arrived broken yesterday, the water tank leaks. Order 40012345.', 'Bo'],
  ['agent', 'Good morning Bo, sorry to hear that!', 'Ana'],
  ['agent', 'Does the tank leak at the bottom or at the side?', 'Ana'],
  ['customer', 'At the bottom, near the valve.', 'Bo'],
  ['customer', 'ok', 'Bo'],
  ['agent', 'One moment please.', 'Ana'],
  ['customer', 'Can I get a new water tank, or must I send the machine back?', 'Bo'],
  ['agent', 'You can keep the machine; we send a new water tank free of charge.', 'Ana'],
  ['customer', 'Perfect, thanks!', 'Bo'],
  ['system', 'Bo left the conversation'],
  ['agent', 'The new tank ships today and arrives on Thursday.', 'Ana'],
]);

describe('extractSummary', () => {
  it('tells what the customer came for, what was asked and answered, and how it ended, in order', () => {
    expect(extractSummary(COFFEE).split('\n')).toEqual([
      'Bo: My coffee machine arrived broken yesterday, the water tank leaks. Order 40012345.',
      'Ana: Does the tank leak at the bottom or at the side?',
      'Bo: At the bottom, near the valve. Can I get a new water tank, or must I send the machine back?',
      'Ana: You can keep the machine; we send a new water tank free of charge. The new tank ships today and arrives on Thursday.',
      NOTE,
    ]);
  });

  it('does not let one long message speak for the whole conversation', () => {
    const parts = ['lamp', 'chair', 'table', 'shelf', 'carpet', 'mirror', 'curtain', 'pillow', 'candle'];
    const summary = extractSummary(
      conversation([
        ['customer', parts.map((part) => `The ${part} arrived without screws.`).join(' ')],
        ['agent', 'Which delivery address did you give?'],
        ['customer', 'Garden street twelve, second floor.'],
        ['agent', 'A parcel with everything missing leaves tonight.'],
      ]),
    );
    expect(summary.split('\n').map((line) => line.split(':')[0])).toEqual([
      'Customer',
      'Agent',
      'Customer',
      'Agent',
      NOTE,
    ]);
    expect(summary).toContain('leaves tonight');
  });

  it('keeps beginning and end when there is room for little else', () => {
    const summary = extractSummary(COFFEE, { maxChars: 220 });
    expect(summary).toContain('My coffee machine arrived broken');
    expect(summary).toContain('ships today');
    expect(summary.length).toBeLessThanOrEqual(220);
  });

  it.each([
    [
      'Spanish',
      ['customer', 'Hola, buenas tardes. No puedo entrar en mi cuenta desde ayer.'],
      'No puedo entrar en mi cuenta',
    ],
    ['Japanese', ['customer', 'こんにちは。注文した商品がまだ届いていません。'], '注文した商品がまだ届いていません。'],
    ['Arabic', ['customer', 'مرحبا! لم تصل الطلبية التي اشتريتها الأسبوع الماضي.'], 'لم تصل الطلبية'],
    ['Hindi', ['customer', 'नमस्ते। मेरा ऑर्डर अभी तक नहीं पहुँचा। कृपया मदद करें।'], 'मेरा ऑर्डर अभी तक नहीं पहुँचा'],
  ] as const)('finds the matter in %s', (_, line, expected) => {
    expect(extractSummary(conversation([line]))).toContain(expected);
  });

  it('answers something true when nothing much was said', () => {
    expect(extractSummary(conversation([]))).toBe(`No messages were exchanged.\n${NOTE}`);
    expect(extractSummary(conversation([['system', 'Conversation opened by the system']]))).toBe(
      `No messages were exchanged.\n${NOTE}`,
    );
    expect(
      extractSummary(
        conversation([
          ['customer', 'ok'],
          ['agent', 'bye'],
        ]),
      ),
    ).toBe(`Customer: ok\n${NOTE}`);
  });

  it('says only what was said, by whom it was said, within its length, the same every time', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc
        .array(fc.constantFrom('The tank leaks.', 'When does it ship?', 'Mañana.', '注文は届きました。', 'ok', '\n'), {
          maxLength: 8,
        })
        .map((all) => all.join(' ')),
    );
    const line = fc.tuple(fc.constantFrom(...AUTHORS), text);
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.integer({ min: 200, max: 800 }), (lines, maxChars) => {
        const given = conversation(lines);
        const summary = extractSummary(given, { maxChars });
        expect(extractSummary(structuredClone(given), { maxChars })).toBe(summary);
        expect(summary.length).toBeLessThanOrEqual(maxChars);
        expect(summary.endsWith(NOTE)).toBe(true);
        expect(summary.isWellFormed()).toBe(true);
        const spoken = new Set(
          ['no messages were exchanged', 'customer agent bot', ...lines.map(([, said]) => said)].flatMap((said) =>
            readWords(said.toWellFormed()),
          ),
        );
        const told = readWords(summary.slice(0, -NOTE.length).replaceAll(/^(?:Customer|Agent|Bot): /gm, ''));
        for (const word of told.slice(0, -1)) expect(spoken).toContain(word);
      }),
    );
  });

  it('takes a hundred thousand messages, and a message of five million units, in its stride', () => {
    const many = Array.from(
      { length: 100_000 },
      (_, index) => ['customer', `Line number ${index} speaks of parcel ${index % 7}.`] as const,
    );
    const before = performance.now();
    extractSummary(conversation(many));
    extractSummary(conversation([['customer', 'The parcel has not arrived. '.repeat(180_000)]]));
    expect(performance.now() - before).toBeLessThan(10_000);
  });
});

describe('ExtractiveSummariser', () => {
  it('keeps to the port: a summary, or a rejection when nobody waits any more', async () => {
    const summariser = new ExtractiveSummariser();
    expect(await summariser.summarise(COFFEE, new AbortController().signal)).toBe(extractSummary(COFFEE));
    await expect(summariser.summarise(COFFEE, AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
  });
});
