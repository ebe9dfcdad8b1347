import { sanitiseHtml } from '../sanitise/index.js';

/** HTML that is safe to send as it is. Only `html` and `body` make it. */
export class Markup {
  constructor(private readonly source: string) {}

  toString(): string {
    return this.source;
  }
}

export type MarkupPart = Markup | string | number | null | undefined | false | readonly MarkupPart[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');

function written(part: MarkupPart): string {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Markup) return part.toString();
  if (typeof part === 'object') return part.map(written).join('');
  return escape(String(part));
}

/** A template whose parts are escaped unless they are markup themselves; lists are joined, nothing is left out. */
export function html(strings: TemplateStringsArray, ...parts: readonly MarkupPart[]): Markup {
  return new Markup(strings.map((literal, index) => literal + written(parts[index])).join(''));
}

/** The body of a timeline record. Sanitised again: records put in through the control API were never sanitised. */
export const body = (stored: string): Markup => new Markup(sanitiseHtml(stored));
