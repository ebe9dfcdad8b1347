import { Button, Checkbox, Group, NumberInput, Select, Stack, Text } from '@mantine/core';
import { Fragment } from 'react';
import { OPERATOR_WORDS } from '../skill-words.js';
import classes from './build.module.css';
import { useBuilding } from './building.js';
import { type Draft, EMPTY_FILTER, type Filter, type Operand, type SearchBlock, tidy, withOperator } from './draft.js';
import { FieldPicker, FieldsPicker } from './field-picker.js';
import { OperandPicker } from './operand-picker.js';
import { idOf, tieFields, tieIn } from './ties.js';

/** HubSpot's limits of one search. */
const MOST_GROUPS = 5;
const MOST_FILTERS = 6;
const MOST_RECORDS = 100;

const DATES = ['date', 'datetime'];
const OF_DATES: Readonly<Record<string, string>> = {
  LT: 'is before',
  LTE: 'is at the latest',
  GT: 'is after',
  GTE: 'is at the earliest',
};

/** What is looked up: conditions, what is shown of it, in which order and how many. */
export function SearchForm({ search }: { search: SearchBlock }) {
  const { change, errorAt } = useBuilding();
  const put = (part: Partial<SearchBlock>): void => change((draft) => tidy(withSearch(draft, part)));
  return (
    <Stack gap="lg">
      <section aria-label="Conditions">
        <Text fw={600} size="sm">
          Which records
        </Text>
        <Text size="sm" c="dimmed" mb="xs">
          All conditions of a group hold at once; one of the groups is enough. When the AI agent leaves out what a
          condition needs, its whole group is passed over.
        </Text>
        <Stack gap="xs">
          {search.where.map((group, index) => (
            <Fragment key={index}>
              {index > 0 && (
                <Text size="sm" fw={600} className={classes.or}>
                  or
                </Text>
              )}
              <FilterGroup
                group={group}
                index={index}
                onRemove={() => put({ where: search.where.filter((_, other) => other !== index) })}
              />
            </Fragment>
          ))}
          {search.where.length === 0 && <Text size="sm">Every record, whatever it holds.</Text>}
          {search.where.length < MOST_GROUPS && (
            <Group>
              <Button size="xs" variant="default" onClick={() => put({ where: [...search.where, [EMPTY_FILTER]] })}>
                {search.where.length === 0 ? 'Add a condition' : 'Or: another group'}
              </Button>
            </Group>
          )}
          {errorAt('restSearch.where') !== undefined && <p className={classes.error}>{errorAt('restSearch.where')}</p>}
        </Stack>
      </section>
      <FieldsPicker
        label="Fields to show"
        description="What the AI agent is told of each record. Its id always comes along."
        value={search.select}
        fits={({ sensitivity }) => sensitivity === 'none'}
        error={errorAt('restSearch.select', 'deep')}
        onChange={(select) => put({ select })}
      />
      <div className={classes.row}>
        <TakeField search={search} put={put} />
      </div>
      <div className={classes.row}>
        <FieldPicker
          label="Order by"
          value={search.sort?.field ?? ''}
          fits={(field) => field.operators.length > 0 && field.sensitivity === 'none'}
          error={errorAt('restSearch.sort', 'deep')}
          onChange={(field) =>
            put({
              sort:
                field === undefined
                  ? undefined
                  : { field: field.name, direction: search.sort?.direction ?? 'ascending' },
            })
          }
          clearable
        />
        {search.sort !== undefined && (
          <Select
            label="Direction"
            data={[
              { value: 'ascending', label: 'Lowest, first or oldest first' },
              { value: 'descending', label: 'Highest, last or newest first' },
            ]}
            value={search.sort.direction}
            onChange={(direction) =>
              search.sort !== undefined &&
              put({ sort: { ...search.sort, direction: direction === 'descending' ? 'descending' : 'ascending' } })
            }
            allowDeselect={false}
          />
        )}
      </div>
    </Stack>
  );
}

function withSearch(draft: Draft, part: Partial<SearchBlock>): Draft {
  return draft.restSearch === undefined ? draft : { ...draft, restSearch: { ...draft.restSearch, ...part } };
}

function withFilter(draft: Draft, [group, index]: readonly [number, number], filter: Filter): Draft {
  const where = draft.restSearch?.where.map((filters, at) =>
    at === group ? filters.map((former, place) => (place === index ? filter : former)) : filters,
  );
  return withSearch(draft, { where });
}

function FilterGroup({ group, index, onRemove }: { group: readonly Filter[]; index: number; onRemove: () => void }) {
  const { change } = useBuilding();
  const put = (filters: Filter[]): void =>
    change((draft) =>
      tidy(
        withSearch(draft, { where: draft.restSearch?.where.map((former, at) => (at === index ? filters : former)) }),
      ),
    );
  return (
    <div className={classes.group} role="group" aria-label={`Group ${index + 1}`}>
      <Stack gap="md">
        {group.map((filter, place) => (
          <FilterRow
            key={place}
            filter={filter}
            at={[index, place]}
            onRemove={() => (group.length === 1 ? onRemove() : put(group.filter((_, other) => other !== place)))}
          />
        ))}
      </Stack>
      {group.length < MOST_FILTERS && (
        <Button size="xs" variant="subtle" mt="xs" onClick={() => put([...group, EMPTY_FILTER])}>
          And: another condition
        </Button>
      )}
    </div>
  );
}

interface FilterRowProps {
  filter: Filter;
  at: readonly [group: number, index: number];
  onRemove: () => void;
}

function FilterRow({ filter, at, onRemove }: FilterRowProps) {
  const { draft, object, objects, change, errorAt } = useBuilding();
  const path = `restSearch.where[${at[0]}][${at[1]}]`;
  const name = `Condition ${at[1] + 1} of group ${at[0] + 1}`;
  const ties = tieFields(object, objects);
  const tiedTo = tieIn(filter.field);
  const field = [...ties, ...(object?.fields ?? [])].find((one) => one.name === filter.field);
  const operandOf = tiedTo === undefined ? { field } : { field: undefined, sentAs: idOf(tiedTo, objects), isId: true };
  const put = (next: Filter): void => change((before) => tidy(withFilter(before, at, next)));
  const placing = (place: (filter: Filter, operand: Operand) => Filter) => (before: Draft, operand: Operand) => {
    const current = before.restSearch?.where[at[0]]?.[at[1]];
    return current === undefined ? before : withFilter(before, at, place(current, operand));
  };
  const optionalInputs = new Set(draft.inputs.flatMap((one) => (one.required === false ? [one.name] : [])));
  const sent = [filter.value, filter.highValue, ...(filter.values ?? [])].flatMap((operand) =>
    operand !== undefined && 'input' in operand ? [operand.input] : [],
  );
  return (
    <div role="group" aria-label={name}>
      <div className={classes.row}>
        <FieldPicker
          label="Field"
          value={filter.field}
          fits={(one) => one.operators.length > 0 && one.sensitivity === 'none'}
          more={ties}
          error={errorAt(`${path}.field`)}
          onChange={(chosen) => {
            if (chosen === undefined) return;
            const isLegal = chosen.operators.includes(filter.operator);
            const operator = isLegal ? filter.operator : (chosen.operators[0] ?? '');
            put(withOperator({ field: chosen.name, operator }, operator));
          }}
        />
        <Select
          label="Condition"
          data={(field?.operators ?? (filter.operator === '' ? [] : [filter.operator])).map((operator) => ({
            value: operator,
            label: (DATES.includes(field?.type ?? '') && OF_DATES[operator]) || (OPERATOR_WORDS[operator] ?? operator),
          }))}
          value={filter.operator === '' ? null : filter.operator}
          onChange={(operator) => operator !== null && put(withOperator(filter, operator))}
          disabled={filter.field === ''}
          allowDeselect={false}
          error={errorAt(`${path}.operator`)}
        />
        <Button
          variant="subtle"
          size="sm"
          className={classes.remove}
          onClick={onRemove}
          aria-label={`Remove ${name.toLowerCase()}`}
        >
          Remove
        </Button>
      </div>
      {filter.value !== undefined && (
        <OperandPicker
          label={filter.operator === 'BETWEEN' ? 'From' : 'Value'}
          {...operandOf}
          value={filter.value}
          path={`${path}.value`}
          place={placing((current, value) => ({ ...current, value }))}
        />
      )}
      {filter.highValue !== undefined && (
        <OperandPicker
          label="To"
          {...operandOf}
          value={filter.highValue}
          path={`${path}.highValue`}
          place={placing((current, highValue) => ({ ...current, highValue }))}
        />
      )}
      {filter.values?.map((value, index) => (
        <OperandPicker
          key={index}
          label={`Value ${index + 1}`}
          {...operandOf}
          value={value}
          path={`${path}.values[${index}]`}
          place={placing((current, operand) => ({
            ...current,
            values: current.values?.map((former, other) => (other === index ? operand : former)),
          }))}
        />
      ))}
      {filter.values !== undefined && (
        <Group gap="xs" mt="xs">
          <Button
            size="xs"
            variant="subtle"
            onClick={() => put({ ...filter, values: [...(filter.values ?? []), { constant: '' }] })}
          >
            Another value
          </Button>
          {filter.values.length > 1 && (
            <Button size="xs" variant="subtle" onClick={() => put({ ...filter, values: filter.values?.slice(0, -1) })}>
              Remove the last value
            </Button>
          )}
        </Group>
      )}
      {sent.some((input) => optionalInputs.has(input)) && (
        <Checkbox
          mt="xs"
          size="sm"
          label="When it is left out, pass over this condition alone"
          checked={filter.optional === true}
          onChange={({ currentTarget: { checked } }) => put({ ...filter, optional: checked || undefined })}
        />
      )}
      {errorAt(path) !== undefined && <p className={classes.error}>{errorAt(path)}</p>}
    </div>
  );
}

const TAKES = [
  { value: 'one', label: 'One: the oldest, or the first in order' },
  { value: 'latest', label: 'The newest one' },
  { value: 'many', label: 'Several' },
];

function TakeField({ search, put }: { search: SearchBlock; put: (part: Partial<SearchBlock>) => void }) {
  const { errorAt } = useBuilding();
  const { take } = search;
  return (
    <>
      <Select
        label="How many"
        data={TAKES}
        value={typeof take === 'string' ? take : 'many'}
        onChange={(value) => put({ take: value === 'many' ? { many: 10 } : value === 'latest' ? 'latest' : 'one' })}
        allowDeselect={false}
        error={errorAt('restSearch.take', 'deep')}
      />
      {typeof take !== 'string' && (
        <>
          <NumberInput
            label="At most"
            min={1}
            max={MOST_RECORDS}
            allowDecimal={false}
            value={take.many}
            onChange={(many) => typeof many === 'number' && put({ take: { ...take, many } })}
          />
          <Checkbox
            className={classes.beside}
            label="With further pages"
            checked={take.paging === true}
            onChange={({ currentTarget: { checked } }) => put({ take: { many: take.many, paging: checked } })}
          />
        </>
      )}
    </>
  );
}
