import type { CrmField, CrmObject, CrmOption } from '@app/crm';
import type { Constant } from '../grammar/binding.js';
import { optionsOf } from '../grammar/known-fields.js';
import type { GoalItem } from './goal-items.js';

/** What a goal says of the options of one field. */
export interface SaidChoice {
  field: CrmField;
  said: string;
  /** One that is meant each time; or those that the AI agent may send. */
  choice: { constant: Constant } | { options: string[] | undefined };
}

/** As many as a binding offers. */
const MOST_OPTIONS = 100;

/** `not high priority`, `without a phone or email`: what stands after a negation, and what an `or` adds to it. */
export function negatedIn(items: readonly GoalItem[]): ReadonlySet<GoalItem> {
  const negated = new Set<GoalItem>();
  // What only leads to the next thing: `not with high priority`.
  const telling = items.filter(({ kind }) => kind !== 'with' && kind !== 'by');
  telling.forEach((item, at) => {
    const [last, before] = [telling[at - 1], telling[at - 2]];
    const isAdded = last?.kind === 'or' && before !== undefined && negated.has(before);
    if (last?.kind === 'not' || isAdded) negated.add(item);
  });
  return negated;
}

/** In the order in which they were said. A field's option that is negated is none; several leave the choice to the AI agent. */
export function choicesIn(
  items: readonly GoalItem[],
  { object, pipelineId }: { object: CrmObject; pipelineId?: string },
): SaidChoice[] {
  const negated = negatedIn(items);
  const said = items.flatMap((item) => {
    const [first] = item.kind === 'option' ? item.options : [];
    return first === undefined ? [] : [{ item, field: first.field, value: first.option.value }];
  });
  const fields = [...new Set(said.map(({ field }) => field))];
  return fields.map((field) => {
    const mine = said.filter((one) => one.field === field);
    const values = [...new Set(mine.flatMap(({ item, value }) => (negated.has(item) ? [] : [value])))];
    const words = mine.map(({ item }) => item.said).join(', ');
    const [only, ...more] = values;
    if (only !== undefined && more.length === 0) return { field, said: words, choice: { constant: only } };
    const [from, to] = [
      items.findIndex((one) => one === mine[0]?.item),
      items.findIndex((one) => one === mine.at(-1)?.item),
    ];
    const isEither = items.slice(from, to).some(({ kind }) => kind === 'or');
    if (only !== undefined && field.fieldType === 'checkbox' && !isEither)
      return { field, said: words, choice: { constant: values } };
    if (only !== undefined) return { field, said: words, choice: { options: values } };
    const known = optionsOf(object, field, pipelineId)?.filter(({ isHidden }) => !isHidden);
    return {
      field,
      said: words,
      choice: {
        options: offered(
          known,
          mine.map(({ value }) => value),
        ),
      },
    };
  });
}

function offered(known: readonly CrmOption[] | undefined, without: readonly string[]): string[] | undefined {
  const left = known?.map(({ value }) => value).filter((value) => !without.includes(value)) ?? [];
  return left.length > 0 && left.length <= MOST_OPTIONS ? left : undefined;
}
