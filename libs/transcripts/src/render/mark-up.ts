import { carriable } from './carriable.js';
import { findLinks, type Link } from './find-links.js';
import { atOnce } from '../split/at-once.js';

const NO_BREAK_SPACE = '\u00A0';
const LINE_BREAK = '<br>';
/** HTML shows a tab as one blank; three no-break spaces before it keep columns apart and the tab itself in the text. */
const TAB = `${NO_BREAK_SPACE.repeat(3)}\t`;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** UTF-16 units each ASCII character takes as HTML; everything else stands for itself. */
const UNITS = new Uint8Array(128).fill(1);
for (const [character, entity] of Object.entries(ENTITIES)) UNITS[character.charCodeAt(0)] = entity.length;
UNITS['\n'.charCodeAt(0)] = LINE_BREAK.length;
UNITS['\t'.charCodeAt(0)] = TAB.length;

const LINK_FRAME_UNITS = '<a href=""></a>'.length;

/** Someone's text, ready to become HTML piece by piece. */
export interface MarkedText {
  /** Carriable: no control characters, no lone surrogates, lines end with `\n`. */
  readonly text: string;
  readonly links: readonly Link[];
}

export function marked(text: string): MarkedText {
  return atOnce(markedInSteps(text));
}

/** The same with stops in a long one. */
export function* markedInSteps(text: string): Generator<undefined, MarkedText> {
  const carried = carriable(text);
  return { text: carried, links: yield* findLinks(carried) };
}

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** `address` must be an http(s) address. */
export function linkTo(address: string, shown: string): string {
  return `<a href="${escapeHtml(address)}">${escapeHtml(shown)}</a>`;
}

/** UTF-16 units of the character at `at` as HTML, outside links. */
export function unitsAt(text: string, at: number): number {
  return UNITS[text.charCodeAt(at)] ?? 1;
}

/** UTF-16 units of a link as HTML: the address stands in it twice. */
export function unitsOfLink(text: string, { start, end }: Link): number {
  let units = 0;
  for (let at = start; at < end; at++) units += unitsAt(text, at);
  return LINK_FRAME_UNITS + 2 * units;
}

/** UTF-16 units of the whole text as HTML, without building it. */
export function unitsOf({ text, links }: MarkedText): number {
  let units = 0;
  for (let at = 0; at < text.length; at++) units += unitsAt(text, at);
  for (const { start, end } of links) {
    for (let at = start; at < end; at++) units += unitsAt(text, at);
  }
  return units + links.length * LINK_FRAME_UNITS;
}

/**
 * The HTML of a piece: user text escaped, addresses linked, lines broken, runs of blanks kept visible. Takes exactly the
 * units the functions above say. `from` and `to` must not fall inside a link or a surrogate pair.
 */
export function markUp({ text, links }: MarkedText, from = 0, to = text.length): string {
  const piece = keepBlanks(text.slice(from, to));
  let html = '';
  let at = from;
  for (let index = firstLinkFrom(links, from); index < links.length; index++) {
    const link = links[index];
    if (!link || link.end > to) break;
    const address = text.slice(link.start, link.end);
    html += plainHtml(piece.slice(at - from, link.start - from)) + linkTo(address, address);
    at = link.end;
  }
  return html + plainHtml(piece.slice(at - from));
}

/** The index of the first link that starts at or after `from`; a text of megabytes has many, so halving, not walking. */
export function firstLinkFrom(links: readonly Link[], from: number): number {
  let low = 0;
  let high = links.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((links[middle]?.start ?? Infinity) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

function plainHtml(text: string): string {
  return escapeHtml(text).replaceAll('\t', TAB).replaceAll('\n', LINE_BREAK);
}

/**
 * HTML shows a run of blanks as one and drops those at the edges. Here each but the last of a run, the one that starts a
 * line, and all at the edges of the piece (which a serialiser may trim) become no-break spaces; lengths stay the same.
 */
function keepBlanks(piece: string): string {
  let start = 0;
  while (start < piece.length && piece[start] === ' ') start++;
  let end = piece.length;
  while (end > start && piece[end - 1] === ' ') end--;
  const inner = piece
    .slice(start, end)
    .replaceAll(/ {2,}/g, (run) => `${NO_BREAK_SPACE.repeat(run.length - 1)} `)
    .replaceAll(/\n (?! )/g, `\n${NO_BREAK_SPACE}`);
  return NO_BREAK_SPACE.repeat(start) + inner + NO_BREAK_SPACE.repeat(piece.length - end);
}
