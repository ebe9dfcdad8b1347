import sanitize from 'sanitize-html';
import { safeLink } from './link-attributes.js';
import { rewriteClean } from './rewrite-clean.js';

/**
 * HubSpot publishes no allow-list (FACTS §4.2 UNCERTAIN). This one keeps what its editor can make itself: text, lists,
 * links, tables. Everything else loses its markup and keeps its text.
 */
// prettier-ignore
const allowedTags = [
  'p', 'br', 'div', 'span', 'hr',
  'b', 'strong', 'i', 'em', 'u', 's', 'sub', 'sup', 'small',
  'a',
  'ul', 'ol', 'li', 'blockquote', 'pre', 'code',
  'h1', 'h2', 'h3', 'h4', 'h5', 'h6',
  'table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td',
];

/** Their text goes with them: it was never meant to be read. */
// prettier-ignore
const droppedWithText = [
  'script', 'style', 'noscript', 'template', 'iframe', 'object', 'embed', 'svg', 'math', 'textarea', 'select', 'option', 'title',
];

const colour = [/^#[0-9a-f]{3,8}$/i, /^rgba?\([\d\s.,%]+\)$/i, /^[a-z]+$/i];

const options: sanitize.IOptions = {
  allowedTags,
  nonTextTags: droppedWithText,
  allowedAttributes: {
    a: ['href', 'target', 'rel'],
    td: ['colspan', 'rowspan'],
    th: ['colspan', 'rowspan'],
    '*': ['style', 'dir'],
  },
  allowedStyles: {
    '*': {
      color: colour,
      'background-color': colour,
      'text-align': [/^(left|right|center|justify)$/],
      'font-weight': [/^(bold|normal|[1-9]00)$/],
      'font-style': [/^(italic|normal)$/],
      'text-decoration': [/^(underline|line-through|none)$/],
    },
  },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  transformTags: { a: sanitize.simpleTransform('a', safeLink) },
};

/**
 * A body as HubSpot keeps it: active markup gone, and everything written anew by the serialiser, so that what is read
 * back is seldom the bytes that were sent (`&#39;` becomes `'`, `&nbsp;` U+00A0, `<br>` `<br />`, CRLF a line feed).
 * Well-formed markup is stable from the second time on. Properly escaped text always survives.
 */
export function sanitiseHtml(html: string): string {
  const lines = html.replaceAll(/\r\n?/g, '\n');
  return rewriteClean(lines) ?? parseAndSanitise(lines);
}

/** The whole way, which decides; `rewriteClean` may only ever agree with it. */
export const parseAndSanitise = (html: string): string => sanitize(html, options);
