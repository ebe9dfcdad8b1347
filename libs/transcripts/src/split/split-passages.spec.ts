import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parseFragment, serialize } from 'parse5';
import sanitizeHtml from 'sanitize-html';
import { readConversation, readTranscript } from '../../testing/index.js';
import type { ClosedConversation, Message } from '../conversations/conversation.js';
import { recogniseReference } from '../reference/recognise-reference.js';
import { carriable } from '../render/carriable.js';
import { marked, markUp } from '../render/mark-up.js';
import { renderEntries } from '../render/render-entries.js';
import { findCut } from './find-cut.js';
import { splitPassages, type Passage } from './split-passages.js';

const KEY = Buffer.alloc(32, 3);
const HUBSPOT_CAP = 65_536;

/** What a strict CRM leaves of a body: these elements, one attribute, everything else gone, entities spelled its way. */
const sanitise = (body: string) =>
  sanitizeHtml(body, { allowedTags: ['p', 'br', 'strong', 'em', 'a'], allowedAttributes: { a: ['href'] } });
/** And one that wraps it, and writes no-break spaces as entities. */
const rewrite = (body: string) => `<div style="" dir="auto">${serialize(parseFragment(body))}</div>`;

const awkward = fc.constantFrom(
  '&',
  '<',
  '&amp;',
  '<b>',
  '"',
  "'",
  ' ',
  '   ',
  '\n',
  '\t',
  '\uD83D',
  '\uDC00',
  '👍🏽',
  '🇵🇹',
  '👩‍👩‍👧‍👦',
  'é̂́',
  'مرحبا',
  '漢字',
  ' https://a.example/?q=1&r=(2) ',
  'word ',
);
const shortText = fc.array(fc.oneof(awkward, fc.string({ unit: 'binary', maxLength: 30 }))).map((all) => all.join(''));
/** Text of several parts whose pieces repeat, so that shrinking stays quick. */
const longText = fc
  .tuple(shortText, awkward, fc.integer({ min: 1, max: 20_000 }))
  .map(([start, piece, times]) => (start + piece.repeat(times)).slice(0, 300_000));

const passage = (text: string): Passage => ({
  open: '<p>',
  resume: '<p class="resumed">',
  body: marked(text),
  close: '</p>',
});

/** No-break spaces that authors typed beside blanks come back as blanks; all else to the unit. */
const foldBlanks = (text: string) => text.replaceAll('\u00A0', ' ').replaceAll('   \t', '\t');

function conversation(texts: readonly string[], more: Partial<ClosedConversation> = {}): ClosedConversation {
  const messages: Message[] = texts.map((text, index) => ({
    id: `m${index}`,
    author: index % 2 === 0 ? 'customer' : 'agent',
    text,
    sentAt: new Date(Date.UTC(2026, 10, 21, 10, index % 60)),
    attachments: [],
  }));
  return {
    id: 'conv_1',
    channel: 'chat',
    direction: 'inbound',
    customer: {},
    startedAt: new Date('2026-11-21T10:00:00Z'),
    closedAt: new Date('2026-11-21T11:00:00Z'),
    messages,
    ...more,
  };
}

describe('findCut', () => {
  it('cuts a text at legal places only, and its pieces are the whole', () => {
    fc.assert(
      fc.property(shortText, fc.integer({ min: 1_000, max: 3_000 }), (original, room) => {
        const one = marked(original.repeat(20));
        let joined = '';
        for (let from = 0; from < one.text.length;) {
          const cut = findCut(one, from, room);
          expect(cut).toBeGreaterThan(from);
          expect(one.text.slice(from, cut).isWellFormed()).toBe(true);
          expect(one.links.some(({ start, end }) => start < cut && cut < end)).toBe(false);
          expect(markUp(one, from, cut).length).toBeLessThanOrEqual(room);
          joined += one.text.slice(from, cut);
          from = cut;
        }
        expect(joined).toBe(one.text);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['after a line', 'first line\nsecond line goes on', 20, 11],
    ['after a word', 'one two three four', 12, 8],
    ['between graphemes', `${'x'.repeat(5)}👩‍👩‍👧‍👦👩‍👩‍👧‍👦`, 20, 16],
    ['between flags', '🇵🇹🇪🇸🇫🇷', 7, 4],
    ['before an accent it would tear off', 'aaaae\u0301', 5, 4],
    ['before an entity that does not fit', 'aaa&', 7, 3],
    ['before a link that does not fit', 'see https://a.example/path-that-is-long ok', 60, 4],
    ['between surrogates never', '😀😀', 3, 2],
    ['nowhere when not even the first character fits', '😀😀', 1, 0],
    ['inside a cluster longer than any real one, as a last resort', `e${'\u0301'.repeat(500)}`, 300, 300],
  ])('cuts %s', (_, text, room, expected) => {
    expect(findCut(marked(text), 0, room)).toBe(expected);
  });
});

describe('splitPassages', () => {
  it('never divides a passage that fits on a part', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4_900 }), { minLength: 1 }), (lengths) => {
        const texts = lengths.map((length) => 'a word '.repeat(700).slice(0, length));
        const parts = splitPassages(texts.map(passage), 5_000);
        for (const part of parts) expect(part.length).toBeLessThanOrEqual(5_000);
        expect(parts.join('')).toBe(texts.map((text) => `<p>${markUp(marked(text))}</p>`).join(''));
      }),
    );
  });

  it('starts a long passage where the one before ended, unless there is hardly room to', () => {
    const [long, short] = [passage('x'.repeat(6_000)), passage('y'.repeat(1_000))];
    expect(splitPassages([short, long], 5_000)[0]).toBe(`<p>${'y'.repeat(1_000)}</p><p>${'x'.repeat(3_986)}</p>`);
    expect(splitPassages([passage('y'.repeat(4_600)), long], 5_000)[0]).toBe(`<p>${'y'.repeat(4_600)}</p>`);
  });

  it('wastes no part: two neighbours never fit on one', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 200, unit: 'grapheme-ascii' })), (texts) => {
        const parts = splitPassages(texts.map(passage), 1_500);
        for (const [index, part] of parts.slice(1).entries()) {
          const first = part.slice(0, part.indexOf('</p>') + 4);
          expect((parts[index] ?? '').length + first.length).toBeGreaterThan(1_500);
        }
      }),
    );
  });

  it('gives nothing for nothing, and says so when a part could never hold a link', () => {
    expect(splitPassages([], 100)).toEqual([]);
    expect(() => splitPassages([passage(`https://a.example/${'x'.repeat(100)} and more`)], 100)).toThrow(RangeError);
  });
});

describe('rendered parts', () => {
  it('joined again are the whole transcript, even after a CRM rewrote them', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(shortText, shortText, longText), { maxLength: 6 }), (texts) => {
        const entries = renderEntries(conversation(texts), { mode: 'transcript', referenceKey: KEY });
        const sent = entries.map(({ body }) => body);
        for (const body of sent) expect(body.length).toBeLessThanOrEqual(HUBSPOT_CAP);
        for (const stored of [sent, sent.map(sanitise), sent.map(rewrite)]) {
          const read = readConversation(stored);
          expect(read.messages.length).toBe(texts.length);
          for (const [index, { text }] of read.messages.entries()) {
            // Compared outside `expect`, which would take minutes to print a difference of a megabyte.
            expect(foldBlanks(text) === foldBlanks(carriable(texts[index] ?? ''))).toBe(true);
          }
          for (const [index, body] of stored.entries()) {
            expect(recogniseReference(body, 'conv_1', KEY)).toEqual({ part: index + 1, parts: entries.length });
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it('comes back to the unit where nobody typed no-break spaces beside blanks, those in French included', () => {
    fc.assert(
      fc.property(fc.array(shortText, { minLength: 1 }), (texts) => {
        const french = texts.map((text) => `«\u00A0x${text.replaceAll('\u00A0', '')}x\u00A0»`);
        const parts = renderEntries(conversation(french), { mode: 'transcript', referenceKey: KEY });
        expect(readTranscript(parts.map(({ body }) => sanitise(body)))).toBe(french.map(carriable).join('\n'));
      }),
    );
  });

  it('carries a million units of emoji, markup, ampersands and right-to-left text', () => {
    const text = 'مرحبا <script>alert("x")</script> & 👩‍👩‍👧‍👦 שלום\n  https://a.example/?a=1&b=2 '
      .repeat(14_000)
      .slice(0, 1_000_000);
    const entries = renderEntries(conversation([text], { channel: 'voice' }), {
      mode: 'transcript',
      referenceKey: KEY,
    });
    expect(entries.length).toBeGreaterThan(20);
    for (const { body } of entries) {
      expect(body.length).toBeLessThanOrEqual(HUBSPOT_CAP);
      expect(body.isWellFormed()).toBe(true);
      expect(body).not.toContain('<script');
    }
    const read = readTranscript(entries.map(({ body }) => sanitise(body)));
    expect(read === text.toWellFormed()).toBe(true);
  });

  it('numbers parts past nine and ninety-nine within the same cap', () => {
    const entries = renderEntries(conversation(['&'.repeat(1_400_000)]), { mode: 'transcript', referenceKey: KEY });
    expect(entries.length).toBeGreaterThan(100);
    for (const { body, part } of entries) {
      expect(body.length).toBeLessThanOrEqual(65_000);
      expect(body).toContain(`, part ${part} of ${entries.length}`);
    }
  });

  it.each([
    ['no blanks at all', 'x'],
    ['blanks only', ' '],
    ['line ends only', '\n'],
    ['addresses', 'https://a.example/?a=1&b=2 '],
    ['one endless address', 'https://a.example/'],
    ['family emoji', '👩‍👩‍👧‍👦'],
    ['stacked diacritics', '\u0301'],
    ['ampersands', '&'],
  ])('takes five million units of %s in its stride', (_, piece) => {
    const text = piece.repeat(Math.ceil(5_000_000 / piece.length));
    const before = performance.now();
    const entries = renderEntries(conversation([text]), { mode: 'transcript', referenceKey: KEY });
    // A quadratic step would take minutes; a linear one takes about a second here.
    expect(performance.now() - before).toBeLessThan(10_000);
    expect(entries.length).toBeGreaterThan(70);
  });

  it('takes fifty thousand short messages in its stride', () => {
    const texts = Array.from({ length: 50_000 }, (_, index) => `message ${index}`);
    const entries = renderEntries(conversation(texts), { mode: 'transcript', referenceKey: KEY });
    expect(readTranscript(entries.map(({ body }) => body))).toBe(texts.join('\n'));
  });
});
