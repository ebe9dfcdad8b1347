import type { CrmField, CrmObject } from '@app/crm';
import { isSensitive, optionsOf } from '../grammar/known-fields.js';
import type { Goal } from './match-goal.js';

/** A model reads no more of a portal than a goal of a sentence can be about. */
const MOST_OBJECTS = 4;
const MOST_FIELDS = 60;
const MOST_OPTIONS = 40;
/** In UTF-16 units: some ten thousand tokens. */
const MOST_UNITS = 40_000;

/**
 * What a model is told of a portal: names, labels, types and options of what the goal may be about. No record, no owner and
 * no sensitive field: nothing of the portal's customers, nor of its people.
 */
export function portalDigest({ snapshot, index, text }: Goal, first: readonly string[]): string {
  const readable = snapshot.objects.filter(({ capabilities }) => capabilities.read);
  const hits = index.search(text, { limit: 30 }).map(({ object }) => object.name);
  const order = [...new Set([...first, ...hits, 'contacts'])];
  const shown = order.flatMap((name) => readable.find((object) => object.name === name) ?? []).slice(0, MOST_OBJECTS);
  const all = readable.map(({ name, pluralLabel }) => `${name} (${quoted(pluralLabel)})`).join(', ');
  const details = shown.map((object) => describe(object, { index, text }));
  return [`Objects: ${all}`, ...details].join('\n\n').slice(0, MOST_UNITS).toWellFormed();
}

function describe(object: CrmObject, { index, text }: Pick<Goal, 'index' | 'text'>): string {
  const hits = index.search(text, { object: object.name, limit: MOST_FIELDS });
  const meant = hits.flatMap((hit) => (hit.kind === 'field' ? [hit.field] : []));
  const needed = object.fields.filter(
    ({ name }) =>
      object.requiredFields.includes(name) || object.requiresOneOf.includes(name) || name === object.primaryField,
  );
  const usual = object.fields.filter(({ isHidden, isReadOnly }) => !isHidden && !isReadOnly);
  const fields = [...new Set([...needed, ...meant, ...usual])]
    .filter((field) => !isSensitive(field))
    .slice(0, MOST_FIELDS);
  const ties = [...new Set(object.relationships.map(({ to }) => to))].join(', ');
  const required = object.requiredFields.length === 0 ? '' : `; a new one needs ${object.requiredFields.join(', ')}`;
  const oneOf = object.requiresOneOf.length === 0 ? '' : `; a new one needs one of ${object.requiresOneOf.join(', ')}`;
  const head = `Object ${object.name} (${quoted(object.label)})${required}${oneOf}; can be tied to: ${ties || 'nothing'}. Fields:`;
  return [head, ...fields.map((field) => line(object, field))].join('\n');
}

/** On one line, and with an end that can be seen: whoever names a field of the portal writes nothing else into this. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

function line(object: CrmObject, field: CrmField): string {
  const options = (optionsOf(object, field) ?? [])
    .slice(0, MOST_OPTIONS)
    .map(({ value, label }) => `${quoted(value)}=${quoted(label)}`);
  const marks = [field.isUnique ? 'unique' : '', field.isReadOnly ? 'read-only' : ''].filter((mark) => mark !== '');
  const choice = options.length === 0 ? '' : ` [${options.join('; ')}]`;
  return `- ${field.name}: ${quoted(field.label)} (${[field.type, ...marks].join(', ')})${choice}`;
}
