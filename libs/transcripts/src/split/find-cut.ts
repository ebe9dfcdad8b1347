import { firstLinkFrom, unitsAt, unitsOfLink, type MarkedText } from '../render/mark-up.js';

/** How far back from the last possible place a cut may move to fall between lines or words: about a long paragraph. */
const LOOK_BACK_UNITS = 1_000;
/** Enough to hold any grapheme cluster that people type; a longer one (stacked diacritics) is cut like plain text. */
const CLUSTER_UNITS = 128;

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * Where to end a piece of `marked` that begins at `from` and may take `room` units as HTML: the text's end when the rest
 * fits, otherwise after a line, else after a blank, else between graphemes; never inside a surrogate pair or a link, nor
 * (since cuts are places in the text, not in the HTML) inside an entity or a tag. Answers `from` when not even the
 * next character or link fits. Looks at no more than fits, so cutting a whole text is linear.
 */
export function findCut(marked: MarkedText, from: number, room: number): number {
  const limit = lastThatFits(marked, from, room);
  if (limit === marked.text.length || limit === from) return limit;
  return betterCut(marked, from, limit);
}

function lastThatFits({ text, links }: MarkedText, from: number, room: number): number {
  let left = room;
  let at = from;
  let next = firstLinkFrom(links, from);
  while (at < text.length) {
    const link = links[next];
    if (link?.start === at) {
      left -= unitsOfLink(text, link);
      if (left < 0) return at;
      at = link.end;
      next++;
    } else {
      left -= unitsAt(text, at);
      if (left < 0) return isInsidePair(text, at) ? at - 1 : at;
      at++;
    }
  }
  return at;
}

function betterCut({ text, links }: MarkedText, from: number, limit: number): number {
  // A link that ends here or lies just before holds no blanks, but its own text must not be cut by the grapheme rule.
  const before = links[firstLinkFrom(links, limit) - 1];
  const earliest = Math.max(from, limit - LOOK_BACK_UNITS, before?.end ?? 0);
  const line = text.slice(earliest, limit).lastIndexOf('\n') + 1;
  if (line > 0) return earliest + line;
  for (let at = limit; at > earliest; at--) {
    if (isBlank(text.charCodeAt(at - 1))) return at;
  }
  return betweenGraphemes(text, earliest, limit);
}

function betweenGraphemes(text: string, earliest: number, limit: number): number {
  const start = Math.max(earliest, limit - CLUSTER_UNITS);
  const around = text.slice(start, limit + CLUSTER_UNITS);
  const cluster = graphemes.segment(around).containing(limit - start);
  const cut = start + (cluster?.index ?? 0);
  return cut > start ? cut : limit;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x3000;
}

function isInsidePair(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at);
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}
