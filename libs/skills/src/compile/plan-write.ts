import {
  type CrmField,
  type CrmObject,
  internationalForm,
  readPhoneNumber,
  type RecordTie,
  type RecordValues,
  type RecordWrite,
} from '@app/crm';
import type { Assignment, RestSearch, RestWrite, WriteBinding } from '../grammar/binding.js';
import type { CheckedBinding } from '../grammar/checked-binding.js';
import { isKnownByPhone } from '../grammar/check-write.js';
import { fieldOf, isPhoneField, pipelineFields } from '../grammar/known-fields.js';
import { isDay } from '../grammar/read-value.js';
import type { Arguments } from './argument-value.js';
import { boundsOfDay } from './days.js';
import { type PlannedSearch, planSearch } from './plan-search.js';
import type { ArgumentProblem } from './read-arguments.js';
import { valueOf } from './values-of.js';

/** No input can have this name. */
export const KEY = '#key';

export type PlannedWrite = { planned: true; write: RecordWrite } | { planned: false; problem: ArgumentProblem };

/** Fills the arguments in. An optional input that was left out leaves its field, or its tie, out. */
export function planWrite(
  binding: CheckedBinding,
  definition: WriteBinding,
  { sent, timeZone }: { sent: Arguments; timeZone?: string },
): PlannedWrite {
  const { object } = binding;
  const { restWrite: write } = definition;
  const values = valuesOf(binding, write.set, { sent, timeZone });
  const problem = stageProblem(binding, write, values);
  if (problem !== undefined) return { planned: false, problem };
  const ties = tiesOf(binding, write, sent);
  switch (write.action) {
    case 'create':
      return { planned: true, write: { action: 'create', object: object.name, values, ties } };
    case 'update': {
      const id = sent.get(write.id.input)?.texts[0] ?? '';
      if (Object.keys(values).length === 0 && ties.length === 0)
        return { planned: false, problem: nothingToChange(binding) };
      return { planned: true, write: { action: 'update', object: object.name, id, values, ties } };
    }
    case 'findOrCreate': {
      const whole = { ...valuesOf(binding, [write.key], { sent, timeZone }), ...values };
      const value = whole[write.key.field] ?? '';
      const found = findByKey(binding, definition, { value, sent });
      if (!found.planned)
        return { planned: false, problem: { reason: found.reason, message: 'nothing to find it by' } };
      return {
        planned: true,
        write: {
          action: 'findOrCreate',
          object: object.name,
          key: { field: write.key.field, value },
          find: found.find,
          values: named(binding, write, whole),
          ties,
        },
      };
    }
  }
}

function valuesOf(
  { object, owners }: CheckedBinding,
  set: readonly Assignment[],
  { sent, timeZone }: { sent: Arguments; timeZone?: string },
): RecordValues {
  const values: RecordValues = {};
  for (const { field: name, value } of set) {
    const field = fieldOf(object, name);
    const read = field && valueOf({ object, field, owners, for: 'write' }, value, sent);
    if (field && read) values[name] = keptText(field, read.texts, timeZone);
  }
  return values;
}

/** To ask the caller whether nothing shall be changed, and then to say that it was, would be a lie told twice. */
function nothingToChange({ inputs }: CheckedBinding): ArgumentProblem {
  const names = inputs.filter(({ required }) => !required).map(({ name }) => name);
  return { reason: 'nothing_to_change', message: `nothing to change: give at least one of ${names.join(', ')}` };
}

/** Where a time is kept, a day stands for its beginning in the portal: HubSpot shows times as the account's clock has them. */
function keptText({ type }: CrmField, texts: readonly string[], timeZone: string | undefined): string {
  const [first = ''] = texts;
  if (type !== 'datetime') return texts.join(';');
  return new Date(isDay(first) ? boundsOfDay(first, timeZone).start : Date.parse(first)).toISOString();
}

/** Both may come from the AI agent, each of them an option, and still not belong together. */
function stageProblem(
  { object }: CheckedBinding,
  { set }: RestWrite,
  values: RecordValues,
): ArgumentProblem | undefined {
  const names = pipelineFields(object);
  const [pipelineId, stageId] = [values[names?.pipeline ?? ''], values[names?.stage ?? '']];
  if (pipelineId === undefined || stageId === undefined) return undefined;
  const pipeline = object.pipelines.find(({ id }) => id === pipelineId);
  if (pipeline?.stages.some(({ id }) => id === stageId)) return undefined;
  const value = set.find(({ field }) => field === names?.stage)?.value;
  const input = value !== undefined && 'input' in value ? value.input : undefined;
  return {
    input,
    reason: 'unknown_option',
    message: `is not a stage of the pipeline ${pipeline?.label ?? pipelineId}`,
  };
}

function tiesOf({ ties }: CheckedBinding, { associate }: RestWrite, sent: Arguments): RecordTie[] {
  return associate.flatMap(({ to, id }, index) => {
    const tie = ties[index];
    const text = 'input' in id ? sent.get(id.input)?.texts[0] : String(id.constant);
    return tie === undefined || text === undefined
      ? []
      : [{ to, id: text, typeId: tie.typeId, category: tie.category }];
  });
}

/** Looked for as a filter of that field would be; a pinned number as one that was sent. */
function findByKey(
  binding: CheckedBinding,
  definition: WriteBinding,
  { value, sent }: { value: string; sent: Arguments },
): PlannedSearch {
  const { object } = binding;
  const { restWrite: write } = definition;
  const search = keySearch(object, definition);
  if (write.action !== 'findOrCreate' || search === undefined) throw new TypeError('Only findOrCreate has a key');
  const { field: name } = write.key;
  const field = fieldOf(object, name);
  const asSent = 'input' in write.key.value ? sent.get(write.key.value.input)?.phone : undefined;
  const phone = field !== undefined && isPhoneField(field) ? (asSent ?? readPhoneNumber(value)) : undefined;
  return planSearch(binding, search, { sent: new Map([[KEY, { texts: [value], phone }]]) });
}

/** How a record is looked for before it is made, with everything that is shown of one that is found. */
export function keySearch(object: CrmObject, { restWrite: write, projection }: WriteBinding): RestSearch | undefined {
  if (write.action !== 'findOrCreate') return undefined;
  const { field } = write.key;
  return {
    object: object.name,
    where: [[{ field, operator: 'EQ', value: { input: KEY } }]],
    select: [...new Set([field, ...(projection ?? write.set).map((shown) => shown.field)])],
    take: 'one',
  };
}

/** HubSpot wants a name, an e-mail or both of a contact: where only the number is known, it stands in. */
function named(binding: CheckedBinding, write: RestWrite, values: RecordValues): RecordValues {
  const { object } = binding;
  if (!isKnownByPhone(object, write) || object.requiresOneOf.some((name) => values[name] !== undefined)) return values;
  const number = write.action === 'findOrCreate' ? values[write.key.field] : undefined;
  return number === undefined ? values : { ...values, firstname: internationalForm(number) };
}
