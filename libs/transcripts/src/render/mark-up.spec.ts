import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parseFragment } from 'parse5';
import { carriable, carriableLine } from './carriable.js';
import { marked, markUp, unitsOf } from './mark-up.js';

/** Pieces that markup trips over, between arbitrary text. */
const trap = fc.constantFrom(
  '&amp;',
  '&#39;',
  '&lt',
  '<br>',
  '</p>',
  '<script>alert(1)</script>',
  '<!--',
  ']]>',
  '"',
  "'",
  '  ',
  '\t',
  '\n',
  '\r\n',
  '\0',
  '\uD83D',
  '\uDE00',
  '😀',
  '👩‍👩‍👧‍👦',
  'שלום',
  'https://a.example/?a=1&b="<>',
  'http://x',
  '(https://a.example/(b))',
);
const text = fc
  .array(fc.oneof(trap, fc.string({ unit: 'binary', maxLength: 20 }), fc.string({ unit: 'grapheme', maxLength: 20 })))
  .map((pieces) => pieces.join(''));

interface Node {
  nodeName: string;
  value?: string;
  childNodes?: Node[];
  attrs?: { name: string; value: string }[];
}

function* flatten(nodes: readonly Node[]): Generator<Node> {
  for (const node of nodes) {
    yield node;
    yield* flatten(node.childNodes ?? []);
  }
}

const asBlanks = (value: string) => value.replaceAll('\u00A0', ' ');

describe('markUp', () => {
  it('is, to an HTML parser, the text and nothing but the text', () => {
    fc.assert(
      fc.property(text, (original) => {
        const nodes = [...flatten(parseFragment(markUp(marked(original))).childNodes)];
        expect(nodes.map(({ nodeName }) => nodeName).filter((name) => !['#text', 'a', 'br'].includes(name))).toEqual(
          [],
        );
        const read = nodes.map(({ nodeName, value }) => (nodeName === 'br' ? '\n' : (value ?? ''))).join('');
        expect(asBlanks(read)).toBe(asBlanks(carriable(original)).replaceAll('\t', '   \t'));
      }),
      { numRuns: 1_000 },
    );
  });

  it('links to exactly what is shown, and only http and https', () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.webUrl({ withQueryParameters: true, withFragments: true })), (original) => {
        for (const node of flatten(parseFragment(markUp(marked(`${original} `))).childNodes)) {
          if (node.nodeName !== 'a') continue;
          expect(node.attrs?.map(({ name }) => name)).toEqual(['href']);
          const address = node.attrs?.[0]?.value ?? '';
          expect(node.childNodes?.map(({ value }) => value).join('')).toBe(address);
          expect(new URL(address).protocol).toMatch(/^https?:$/);
        }
      }),
    );
  });

  it('links every web address', () => {
    fc.assert(
      fc.property(fc.webUrl(), (address) => {
        fc.pre(!/[.,;:!?'*_~|)\]}]$/.test(address));
        expect(markUp(marked(`see ${address}, please`))).toMatch(/^see <a href="[^"]+">[^<]+<\/a>, please$/);
      }),
    );
  });

  it('takes exactly the units that were counted before', () => {
    fc.assert(
      fc.property(text, (original) => {
        const one = marked(original);
        expect(unitsOf(one)).toBe(markUp(one).length);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('carriable', () => {
  it('keeps everything but controls and lone surrogates, and settles at once', () => {
    fc.assert(
      fc.property(text, (original) => {
        const carried = carriable(original);
        expect(carriable(carried)).toBe(carried);
        expect(carried.isWellFormed()).toBe(true);
        // oxlint-disable-next-line no-control-regex
        expect(carried).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\uFFFE\uFFFF]/);
      }),
    );
    expect(carriable('a\r\nb\rc\u0085d\u2028e\u0007')).toBe('a\nb\nc\nd\u2028e\uFFFD');
  });

  it('makes one short line of anything', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 40 }), (original, maxUnits) => {
        const line = carriableLine(original, maxUnits);
        expect(line.length).toBeLessThanOrEqual(maxUnits);
        expect(line).not.toMatch(/[\n\t\u2028\u202E]/);
        expect(line.isWellFormed()).toBe(true);
      }),
    );
  });
});
