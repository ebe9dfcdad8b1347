import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import sanitizeHtml from 'sanitize-html';
import { toBase32 } from './base32.js';
import { recogniseReference } from './recognise-reference.js';
import { conversationReference, referenceLine, referenceOf } from './reference.js';

const KEY = Buffer.from('5f1d0c6e2a9b48377fd0e4a1c3b2968d7e6f5a4b3c2d1e0f9a8b7c6d5e4f3a2b', 'hex');
const OTHER_KEY = Buffer.alloc(32, 7);
const position = fc
  .integer({ min: 1, max: 99_999 })
  .chain((parts) => fc.record({ part: fc.integer({ min: 1, max: parts }), parts: fc.constant(parts) }));

const body = (reference: string, text = 'hello') => `<p>${text}</p>${referenceLine(reference)}`;

describe('referenceOf', () => {
  it('is the same every time, and known', () => {
    expect(referenceOf('conv_1', 2, 5, KEY)).toBe(referenceOf('conv_1', 2, 5, KEY));
    expect(referenceOf('conv_1', 2, 5, KEY)).toMatch(/^TL-[0-9A-Z]{10}-2-5-[0-9A-Z]{12}$/);
    expect(referenceOf('conv_1', 2, 5, KEY).startsWith(`${conversationReference('conv_1')}-`)).toBe(true);
  });

  it('differs by conversation, part, number of parts and key', () => {
    const all = [
      referenceOf('a', 1, 1, KEY),
      referenceOf('b', 1, 1, KEY),
      referenceOf('a', 1, 2, KEY),
      referenceOf('a', 2, 2, KEY),
      referenceOf('a', 1, 1, OTHER_KEY),
      referenceOf('1\na', 1, 1, KEY),
      referenceOf('a', 11, 11, KEY),
    ];
    expect(new Set(all.map((reference) => reference.split('-').at(-1))).size).toBe(all.length);
  });

  it('writes the base-32 digits of its hash in order', () => {
    // RFC 4648 §10's vector for "foobar" is MZXW6YTBOI; the same five-bit groups in Crockford's alphabet.
    expect(toBase32(Buffer.from('foobar'), 9)).toBe('CSQPYRK1E');
    expect(() => toBase32(Buffer.from('f'), 9)).toThrow(RangeError);
  });
});

describe('recogniseReference', () => {
  it('finds every reference of the conversation, whatever the CRM did to the HTML', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), position, (id, { part, parts }) => {
        const sent = body(referenceOf(id, part, parts, KEY));
        const stored = [
          sent,
          sent.toLowerCase(),
          sanitizeHtml(sent, { allowedTags: [] }),
          sanitizeHtml(sent, { allowedTags: ['p', 'br'] }),
          `<div style="">\n${sent}<p>&nbsp;</p>\n<p>\u00a0<br></p></div>\n`,
        ];
        for (const one of stored) expect(recogniseReference(one, id, KEY)).toEqual({ part, parts });
      }),
    );
  });

  it('is not fooled by another conversation, another tenant, or a changed number', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), position, position, (id, other, mine, changed) => {
        fc.pre(id !== other && (mine.part !== changed.part || mine.parts !== changed.parts));
        const reference = referenceOf(id, mine.part, mine.parts, KEY);
        expect(recogniseReference(body(reference), other, KEY)).toBeUndefined();
        expect(recogniseReference(body(reference), id, OTHER_KEY)).toBeUndefined();
        const tag = reference.split('-').at(-1);
        const forged = `${conversationReference(id)}-${changed.part}-${changed.parts}-${tag}`;
        expect(recogniseReference(body(forged), id, KEY)).toBeUndefined();
      }),
    );
  });

  it('never accepts a tag that was not made with the key', () => {
    const alphabet = fc.constantFrom(...Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ'));
    const tag = fc.string({ unit: alphabet, minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(tag, (guess) => {
        const forged = `${conversationReference('conv_1')}-1-1-${guess}`;
        fc.pre(forged !== referenceOf('conv_1', 1, 1, KEY));
        expect(recogniseReference(body(forged), 'conv_1', KEY)).toBeUndefined();
      }),
    );
  });

  it('reads only the last words: a genuine reference quoted in a message of another conversation is a quotation', () => {
    const quoted = referenceOf('conv_1', 1, 1, KEY);
    const other = body(referenceOf('conv_2', 1, 1, KEY), `you wrote ${quoted}`);
    expect(recogniseReference(other, 'conv_1', KEY)).toBeUndefined();
    expect(recogniseReference(other, 'conv_2', KEY)).toEqual({ part: 1, parts: 1 });
    expect(recogniseReference(`<p>${quoted}</p><p>and so on</p>`, 'conv_1', KEY)).toBeUndefined();
  });

  it('prefers its own line to a genuine reference of an earlier part quoted before it', () => {
    const quoted = referenceOf('conv_1', 1, 3, KEY);
    const own = body(referenceOf('conv_1', 3, 3, KEY), quoted);
    expect(recogniseReference(own, 'conv_1', KEY)).toEqual({ part: 3, parts: 3 });
  });

  it('answers undefined for a body without any', () => {
    for (const none of ['', 'Called, no answer', '<p>TL-1-1</p>', '<'.repeat(5_000)]) {
      expect(recogniseReference(none, 'conv_1', KEY)).toBeUndefined();
    }
  });
});
