/** A web address inside a text, in UTF-16 units. */
export interface Link {
  start: number;
  end: number;
}

/** Longer ones stay plain text: browsers and proxies cut addresses at about this length, and a link is never split. */
export const MAX_LINK_UNITS = 2_048;

/** Addresses that are read without a stop: about a millisecond. */
const STEP_LINKS = 500;

const SCHEME = /\bhttps?:\/\//gi;

/**
 * An address ends at white space, quotes, angle brackets, and at invisible and direction-changing characters, with which
 * it could be made to look like another one. Looked for by itself: one expression for the whole address would run out of
 * stack on one of millions of characters.
 */
const END = /[\s<>"\u00AD\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFFD]/g;

const TRAILING_PUNCTUATION = new Set(".,;:!?'*_~|…‘’“”«»‹›、。，．！？；：");
const OPENING_OF: Readonly<Record<string, string>> = {
  ')': '(',
  ']': '[',
  '}': '{',
  '）': '（',
  '」': '「',
  '】': '【',
};

/** The http(s) addresses of a text, in order, without the punctuation and closing brackets of the sentence around them. With stops where there are many. */
export function* findLinks(text: string): Generator<undefined, Link[]> {
  const links: Link[] = [];
  let found = 0;
  for (let start = find(SCHEME, text, 0); start !== undefined;) {
    if (++found % STEP_LINKS === 0) yield;
    const end = find(END, text, start) ?? text.length;
    const address = withoutSentence(text.slice(start, end));
    if (isWebAddress(address)) links.push({ start, end: start + address.length });
    start = find(SCHEME, text, end);
  }
  return links;
}

/** Whether it may stand in a link at all: http or https, readable as an address, and not of absurd length. */
export function isWebAddress(address: string): boolean {
  return address.length <= MAX_LINK_UNITS && /^https?:\/\/[^/?#]/i.test(address) && URL.canParse(address);
}

function find(what: RegExp, text: string, from: number): number | undefined {
  what.lastIndex = from;
  return what.exec(text)?.index;
}

function withoutSentence(address: string): string {
  const surplus = new Map<string, number>();
  for (const [closing, opening] of Object.entries(OPENING_OF)) {
    surplus.set(closing, count(address, closing) - count(address, opening));
  }
  let end = address.length;
  for (; end > 0; end--) {
    const last = address.charAt(end - 1);
    if (TRAILING_PUNCTUATION.has(last)) continue;
    const unopened = surplus.get(last);
    if (unopened === undefined || unopened <= 0) break;
    surplus.set(last, unopened - 1);
  }
  return address.slice(0, end);
}

function count(text: string, character: string): number {
  let found = 0;
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) found++;
  return found;
}
