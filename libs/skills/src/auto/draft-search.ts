import type { CrmField, CrmObject } from '@app/crm';
import type { BindingFilter, Operand, RestSearch } from '../grammar/binding.js';
import {
  createdField,
  fieldOf,
  isContactEmail,
  isPhoneField,
  isSensitive,
  OWNER,
  pipelineFields,
  RECORD_ID,
  tieField,
} from '../grammar/known-fields.js';
import { DraftInputs, inputNameOf, isCode, singularOf } from './draft-parts.js';
import type { GoalItem } from './goal-items.js';
import type { Comparator } from './goal-vocabulary.js';
import { nameFields } from './lexicon.js';
import type { Head } from './read-goal.js';
import { searchTies } from './search-ties.js';
import { type SearchDraft, shapeSearch, type Wanted } from './shape-search.js';

/** Turns what was read into a search, filter by filter. */
export class SearchDrafting {
  private readonly inputs = new DraftInputs();
  private readonly wanted: Wanted[] = [];
  private readonly shown: CrmField[] = [];
  private sort: RestSearch['sort'];
  private sortSaid = '';

  constructor(
    private readonly head: Head,
    private readonly items: readonly GoalItem[],
    private readonly pick: (item: Extract<GoalItem, { kind: 'field' | 'option' }>) => CrmField | undefined,
  ) {}

  draft(): SearchDraft {
    const { items } = this;
    const pinned = new Set(items.flatMap((item) => (item.kind === 'option' ? [this.optionField(item)] : [])));
    const headAt = items.find(({ kind }) => kind === 'head')?.at ?? -1;
    let isNot = false;
    let isOther = false;
    for (let index = 0; index < items.length; index++) {
      const item = items[index];
      if (item === undefined) break;
      const next = items[index + 1];
      const context = { isNot, isOther, headAt };
      if (item.kind === 'field') {
        const field = this.pick(item);
        if (field !== undefined && (isNot || !pinned.has(field)))
          index += this.askField(field, item, { ...context, index });
      } else if (item.kind === 'option') this.pin(item, context);
      else if (item.kind === 'names' || item.kind === 'anyWord') this.askNames(item, context);
      else if (item.kind === 'open' || item.kind === 'closed') this.askState(item, context);
      else if (item.kind === 'owned' || item.kind === 'unassigned') this.askOwner(item, context);
      else if (item.kind === 'compare') index += this.compareAlone(item, next, context);
      else if (item.kind === 'sort') this.sortBy(item, index);
      if (item.kind === 'or') isOther = true;
      else if (item.kind !== 'and' && item.kind !== 'by' && item.kind !== 'with') isOther = false;
      if (item.kind === 'not') isNot = true;
      else if (item.kind !== 'with' && item.kind !== 'unknown') isNot = false;
    }
    for (const tie of searchTies(this.head, items).asked) this.askTie(tie);
    const { head, wanted, shown, inputs, sort, sortSaid } = this;
    return shapeSearch({ head, items, wanted, shown, inputs, sort, sortSaid });
  }

  private optionField(item: Extract<GoalItem, { kind: 'option' }>): CrmField | undefined {
    return item.options[0]?.field;
  }

  /** @returns how many of the items after it belong to it. */
  private askField(
    field: CrmField,
    item: GoalItem,
    { isNot, isOther, headAt, index }: Context & { index: number },
  ): number {
    const [before, after, next, afterNext] = [
      this.items[index - 1],
      this.items[index + 1],
      this.items[index + 2],
      this.items[index + 3],
    ];
    const { said } = item;
    if (before?.kind === 'sortBy' || (before?.kind === 'by' && this.items[index - 2]?.kind === 'sortBy')) {
      const isTime = field.type === 'date' || field.type === 'datetime' || field.type === 'number';
      this.sort = { field: field.name, direction: isTime ? 'descending' : 'ascending' };
      this.sortSaid = said;
      return 0;
    }
    if (this.isShown(item, headAt) || before?.kind === 'shows') {
      this.shown.push(field);
      return 0;
    }
    const want = (filters: BindingFilter[], message: string, isAsked = false): void => {
      const name = isAsked ? inputNameOf(field) : undefined;
      this.wanted.push({ filters, said, field, name, isAsked, isOther, message });
    };
    if (after?.kind === 'compare' && isOrdered(field)) {
      const value = next?.kind === 'value' && next.of !== 'email' ? next : undefined;
      const high =
        value !== undefined && after.operator === 'BETWEEN' && afterNext?.kind === 'and'
          ? this.items[index + 4]
          : undefined;
      want([this.compared(field, after.operator, [value, high])], `${after.said} compares`);
      return value === undefined ? 1 : high === undefined ? 2 : 4;
    }
    if (isNot && field.type === 'bool')
      want([{ field: field.name, operator: 'EQ', value: { constant: false } }], 'no is false');
    else if (isNot) want([{ field: field.name, operator: 'NOT_HAS_PROPERTY' }], 'without one');
    else if (after?.kind === 'value' && fitsValue(field, after)) {
      want(
        [
          {
            field: field.name,
            operator: 'EQ',
            value: { constant: after.of === 'number' ? Number(after.text) : after.text },
          },
        ],
        'as the goal says',
      );
      return 1;
    } else if (field.type === 'bool' && before?.kind !== 'by')
      want([{ field: field.name, operator: 'EQ', value: { constant: true } }], 'it is so');
    else if (this.isPresence(item, index)) want([{ field: field.name, operator: 'HAS_PROPERTY' }], 'with one');
    else {
      const operator = operatorOf(this.head.object, field);
      const why = operator === 'EQ' ? 'asked for as a whole' : 'asked for by its words';
      want([{ field: field.name, operator, value: this.input(field) }], why, true);
    }
    return 0;
  }

  /** `the email of a contact`: read, not searched by. */
  private isShown(item: GoalItem, headAt: number): boolean {
    if (headAt <= item.at) return false;
    const between = this.items.filter(
      ({ at, kind }) => at > item.at && at < headAt && kind !== 'and' && kind !== 'field',
    );
    const isFirst = this.items.every(
      ({ at, kind }) => at >= item.at || kind === 'field' || kind === 'and' || kind === 'unknown',
    );
    return between.length === 0 && isFirst && this.head.at - item.at > 1;
  }

  /** `contacts with an email`, where nothing else is asked of it. */
  private isPresence(item: GoalItem, index: number): boolean {
    const [before] = [this.items[index - 1]];
    return before?.kind === 'with' && this.head.plural && item.at === before.at + 2;
  }

  private compareAlone(
    item: Extract<GoalItem, { kind: 'compare' }>,
    next: GoalItem | undefined,
    { isOther }: Context,
  ): number {
    const value = next?.kind === 'value' && next.of !== 'email' ? next : undefined;
    const after = value === undefined ? next : this.items[this.items.indexOf(value) + 1];
    const named = after?.kind === 'field' ? this.pick(after) : undefined;
    const isTime = item.isOfTime || value?.of === 'date';
    const field = named !== undefined && isOrdered(named) ? named : isTime ? this.createdField() : this.sizeField();
    if (field === undefined) return 0;
    this.wanted.push({
      filters: [this.compared(field, item.operator, [value])],
      said: item.said,
      field,
      isAsked: false,
      isOther,
      message: field === named ? `${item.said} compares` : 'the field that such a comparison is mostly about',
    });
    return (value === undefined ? 0 : 1) + (field === named ? 1 : 0);
  }

  private compared(
    field: CrmField,
    operator: Comparator,
    [value, high]: readonly (GoalItem | undefined)[],
  ): BindingFilter {
    const operand = (given: GoalItem | undefined, which: string): Operand =>
      given?.kind === 'value' && fitsValue(field, given)
        ? { constant: given.of === 'number' ? Number(given.text) : given.text }
        : this.inputs.add(`${inputNameOf(field)}${which}`, {
            description: `${field.label}${which.replace('_', ', ')}`,
          });
    if (operator === 'BETWEEN')
      return { field: field.name, operator, value: operand(value, '_from'), highValue: operand(high, '_until') };
    return { field: field.name, operator, value: operand(value, '') };
  }

  private pin(item: Extract<GoalItem, { kind: 'option' }>, { isNot, isOther }: Context): void {
    const [{ field, option } = { field: undefined, option: undefined }] = item.options;
    if (field === undefined) return;
    const same = this.wanted.find((other) => other.field === field && !other.isAsked);
    const values = same?.filters[0];
    if (
      same !== undefined &&
      values !== undefined &&
      !isNot &&
      (values.operator === 'EQ' || values.operator === 'IN')
    ) {
      const before = 'values' in values ? values.values : [values.value];
      same.filters = [{ field: field.name, operator: 'IN', values: [...before, { constant: option.value }] }];
      return;
    }
    const filter: BindingFilter = {
      field: field.name,
      operator: isNot ? 'NEQ' : 'EQ',
      value: { constant: option.value },
    };
    this.wanted.push({
      filters: [filter],
      said: item.said,
      field,
      isAsked: false,
      isOther,
      message: `the option ${option.label}`,
    });
  }

  private askNames({ said, kind }: GoalItem, { isOther }: Context): void {
    const fields = nameFields(this.head.object);
    // `a keyword in the description` is said by the field that follows.
    if (kind === 'anyWord' && this.items.some((item) => item.kind === 'field')) return;
    const [field] = fields;
    if (field === undefined) return;
    const filters = fields.map((each): BindingFilter => ({
      field: each.name,
      operator: operatorOf(this.head.object, each),
      value: this.input(each, fields.length === 1),
      ...(fields.length > 1 ? { optional: true } : {}),
    }));
    const message = fields.length > 1 ? 'first and last name, whichever is known' : 'what names one';
    this.wanted.push({ filters, said, field, name: inputNameOf(field), isAsked: true, isOther, message });
  }

  private askState({ said, kind }: GoalItem, { isNot, isOther }: Context): void {
    const { object } = this.head;
    const isClosed = (kind === 'closed') !== isNot;
    const flag = fieldOf(object, 'hs_is_closed');
    if (flag?.type === 'bool') {
      const filter: BindingFilter = { field: flag.name, operator: 'EQ', value: { constant: isClosed } };
      this.wanted.push({
        filters: [filter],
        said,
        field: flag,
        isAsked: false,
        isOther,
        message: 'HubSpot says which are closed',
      });
      return;
    }
    const stage = fieldOf(object, pipelineFields(object)?.stage ?? '');
    const closed = object.pipelines
      .flatMap(({ stages }) => stages.filter((one) => one.isClosed).map(({ id }) => id))
      .slice(0, 100);
    if (stage === undefined || closed.length === 0) return;
    const filter: BindingFilter = {
      field: stage.name,
      operator: isClosed ? 'IN' : 'NOT_IN',
      values: [...new Set(closed)].map((constant) => ({ constant })),
    };
    this.wanted.push({
      filters: [filter],
      said,
      field: stage,
      isAsked: false,
      isOther,
      message: 'by the stages that are closed',
    });
  }

  private askOwner({ said, kind }: GoalItem, { isNot, isOther }: Context): void {
    const field = fieldOf(this.head.object, OWNER);
    if (field === undefined) return;
    const email = this.items.find((item) => item.kind === 'value' && item.of === 'email');
    const isNobody = kind === 'unassigned' || isNot;
    const filter: BindingFilter = isNobody
      ? { field: OWNER, operator: 'NOT_HAS_PROPERTY' }
      : { field: OWNER, operator: 'EQ', value: email?.kind === 'value' ? { constant: email.text } : this.input(field) };
    const isAsked = 'value' in filter && 'input' in filter.value;
    this.wanted.push({
      filters: [filter],
      said,
      field,
      name: isAsked ? inputNameOf(field) : undefined,
      isAsked,
      isOther,
      message: isNobody ? 'nobody’s' : 'owners are known by e-mail',
    });
  }

  /** Holds whatever else is asked for: of one of several ways to find it, it would open up everything. */
  private askTie({ object, said }: { object: CrmObject; said: string }): void {
    const name = singularOf(object);
    const value = this.inputs.add(`${name}_id`, { description: `Id of the ${object.label}, from an earlier find` });
    this.wanted.push({
      filters: [{ field: tieField(object.name), operator: 'EQ', value }],
      said,
      name,
      isAsked: false,
      isOther: false,
      message: 'tied to one that was found before',
    });
  }

  private sortBy(item: Extract<GoalItem, { kind: 'sort' }>, index: number): void {
    const next = this.items[index + 1];
    const named = next?.kind === 'field' ? this.pick(next) : undefined;
    const field =
      item.by === 'time' ? this.createdField() : named !== undefined && isOrdered(named) ? named : this.sizeField();
    if (field === undefined) return;
    this.sort = { field: field.name, direction: item.direction };
    this.sortSaid = item.said;
  }

  private createdField(): CrmField | undefined {
    return fieldOf(this.head.object, createdField(this.head.object) ?? '');
  }

  private sizeField(): CrmField | undefined {
    const numbers = this.head.object.fields.filter(
      (field) => field.type === 'number' && field.name !== RECORD_ID && !isSensitive(field),
    );
    return (
      numbers.find(({ name }) => name === 'amount') ?? numbers.find((field) => !field.isReadOnly && !field.isHidden)
    );
  }

  private input(field: CrmField, required = true): Operand {
    return this.inputs.add(inputNameOf(field), { description: field.label || field.name, required });
  }
}

interface Context {
  isNot: boolean;
  isOther: boolean;
  headAt: number;
}

function isOrdered({ type }: CrmField): boolean {
  return type === 'number' || type === 'date' || type === 'datetime';
}

function fitsValue(field: CrmField, value: Extract<GoalItem, { kind: 'value' }>): boolean {
  if (value.of === 'number') return field.type === 'number';
  if (value.of === 'date') return field.type === 'date' || field.type === 'datetime';
  return field.type === 'string' && field.name.includes('email');
}

function operatorOf(object: CrmObject, field: CrmField): 'EQ' | 'CONTAINS_TOKEN' {
  const isText = field.type === 'string' && !isPhoneField(field) && !isContactEmail(object, field.name);
  return isText && !isCode(field) ? 'CONTAINS_TOKEN' : 'EQ';
}
