import type { ShownValue } from '@app/crm';
import { momentOf } from '../client/read-json.js';
import { listIn } from '../contacts/read-contact.js';
import type { PropertyDefinition } from './property-definition.js';

const NUMBER = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 6 });
const DATE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** A stored value as people read it. What isn't what its type says is shown as it is stored. */
export function showValue(
  stored: string,
  definition: Pick<PropertyDefinition, 'label' | 'shownAs' | 'fieldType' | 'numberHint' | 'options'>,
  timeZone = 'UTC',
): ShownValue {
  const { label, shownAs } = definition;
  const [value, display] = worded(stored, definition, timeZone);
  return { label, type: shownAs, value, display };
}

type Words = readonly [value: string, display: string];

function worded(
  stored: string,
  {
    shownAs,
    fieldType,
    numberHint,
    options,
  }: Pick<PropertyDefinition, 'shownAs' | 'fieldType' | 'numberHint' | 'options'>,
  timeZone: string,
): Words {
  switch (shownAs) {
    case 'choice': {
      // Several choices are kept in one value; one that has no label any more is better than none.
      const labels = (fieldType === 'checkbox' ? listIn(stored) : [stored]).map((one) => options.get(one) ?? one);
      return same(labels.join(', '));
    }
    case 'boolean':
      return same(options.get(stored) ?? (stored === 'true' ? 'Yes' : stored === 'false' ? 'No' : stored));
    case 'number':
      return [stored, wordNumber(stored, numberHint)];
    case 'date':
    case 'datetime':
      return wordTime(stored, shownAs, timeZone);
    case 'text':
      return same(fieldType === 'html' ? withoutTags(stored) : stored);
  }
}

function wordNumber(stored: string, hint: string | undefined): string {
  const number = Number(stored);
  if (!Number.isFinite(number) || hint === 'unformatted') return stored;
  return hint === 'percentage' ? `${NUMBER.format(number * 100)} %` : NUMBER.format(number);
}

/** A date is midnight in UTC, whatever the time zone; a time is shown in the portal's. */
function wordTime(stored: string, shownAs: 'date' | 'datetime', timeZone: string): Words {
  const moment = momentOf(stored);
  if (moment === undefined) return same(stored);
  if (shownAs === 'date') return [moment.toISOString().slice(0, 10), DATE.format(moment)];
  const format = { dateStyle: 'long', timeStyle: 'short' } as const;
  return [moment.toISOString(), new Intl.DateTimeFormat('en-GB', { ...format, timeZone }).format(moment)];
}

function withoutTags(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function same(text: string): Words {
  return [text, text];
}
