import type { Owner, PropertyDefinition } from '../catalogue/index.js';
import { html, type Markup } from './markup.js';

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  let format: Intl.DateTimeFormat;
  const style = {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  } as const;
  try {
    format = new Intl.DateTimeFormat('en-GB', { ...style, timeZone });
  } catch {
    format = new Intl.DateTimeFormat('en-GB', { ...style, timeZone: 'UTC' });
  }
  formats.set(timeZone, format);
  return format;
}

/** Datetime properties hold ISO 8601 or epoch milliseconds; NaN for anything else. */
export const readTime = (value: string): number => (/^\d+$/.test(value) ? Number(value) : Date.parse(value));

/** A point in time in the portal's zone, exact to the millisecond in its `datetime` and its tooltip. */
export function time(value: string | null | undefined, timeZone: string): Markup {
  if (!value) return html``;
  const ms = readTime(value);
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) return html`${value}`;
  const exact = new Date(ms).toISOString();
  return html`<time datetime="${exact}" title="${exact}">${formatFor(timeZone).format(ms)}</time>`;
}

/** The day of a point in time in the portal's zone, for lists. */
export function day(value: string, timeZone: string): Markup {
  const exact = new Date(readTime(value)).toISOString();
  const [date] = formatFor(timeZone).format(readTime(value)).split(',');
  return html`<time datetime="${exact}" title="${exact}">${date}</time>`;
}

/** `1 h 02 min 03 s` from milliseconds, without the parts that are zero in front. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor((seconds % 3_600) / 60)];
  const rest = seconds % 60;
  if (hours > 0) return `${hours} h ${String(minutes).padStart(2, '0')} min ${String(rest).padStart(2, '0')} s`;
  return minutes > 0 ? `${minutes} min ${String(rest).padStart(2, '0')} s` : `${rest} s`;
}

export const ownerName = (owner: Owner | undefined): string =>
  owner === undefined ? '' : [owner.firstName, owner.lastName].filter(Boolean).join(' ') || owner.email;

/** First and last name; else the e-mail address, else the number, else what the record is. */
export function contactName(properties: Readonly<Record<string, string | null>>): string {
  const names = [properties['firstname'], properties['lastname']].map((name) => name?.trim()).filter(Boolean);
  const known = names.join(' ') || properties['email'] || properties['phone'] || properties['mobilephone'];
  return known || 'Unnamed contact';
}

export interface ValueReading {
  readonly timeZone: string;
  readonly owner: (id: string) => Owner | undefined;
}

/** A property's value as a person reads it: option labels, owners by name, times in the portal's zone, links clickable. */
export function propertyValue(definition: PropertyDefinition, value: string, reading: ValueReading): Markup {
  if (definition.referencedObjectType === 'OWNER') return html`${ownerName(reading.owner(value)) || value}`;
  if (definition.type === 'datetime') return time(value, reading.timeZone);
  if (definition.type === 'enumeration' || definition.type === 'bool') {
    const labels = value
      .split(';')
      .map((each) => definition.options.find((option) => option.value === each)?.label ?? each);
    return html`${labels.join(', ')}`;
  }
  if (/^https?:\/\/\S+$/i.test(value))
    return html`<a href="${value}" target="_blank" rel="noopener noreferrer">${value}</a>`;
  if (definition.name === 'email') return html`<a href="mailto:${value}">${value}</a>`;
  return html`<span dir="auto">${value}</span>`;
}
