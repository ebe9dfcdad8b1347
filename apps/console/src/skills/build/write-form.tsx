import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { Choices } from '../../show/choices.js';
import type { CrmField } from '../portal.js';
import classes from './build.module.css';
import { useBuilding, useNewInput } from './building.js';
import {
  type Assignment,
  type Association,
  type Draft,
  EMPTY_ASSIGNMENT,
  EMPTY_ASSOCIATION,
  type Operand,
  tidy,
  withAction,
  type WriteAction,
  type WriteBlock,
} from './draft.js';
import { FieldPicker } from './field-picker.js';
import { InputChoice, OperandPicker } from './operand-picker.js';
import { idOf, TIED } from './ties.js';

const ACTIONS: readonly { value: WriteAction; label: string; meaning: string }[] = [
  { value: 'create', label: 'Create', meaning: 'A new record each time' },
  {
    value: 'findOrCreate',
    label: 'Find or create',
    meaning: 'What is there is left as it is; two calls at once make one',
  },
  { value: 'update', label: 'Update', meaning: 'A record that was found before; only for verified callers' },
];

const PLAIN = '#plain';
const MOST_TIES = 10;

/** What is written: which record, its fields, and what it is tied to. */
export function WriteForm({ write }: { write: WriteBlock }) {
  const { object, change, errorAt } = useBuilding();
  const newInput = useNewInput();
  const put = (part: Partial<WriteBlock>): void => change((draft) => tidy(withWrite(draft, part)));
  const required = [...(object?.requiredFields ?? []), ...(object?.requiresOneOf ?? [])];
  const labels = (names: readonly string[]): string =>
    names.map((name) => object?.fields.find((field) => field.name === name)?.label ?? name).join(', ');
  return (
    <Stack gap="lg">
      <Choices
        label="What it does"
        value={write.action}
        choices={ACTIONS}
        onChange={(action) => change((draft) => withAction(draft, action))}
      />
      {write.id !== undefined && (
        <div role="group" aria-label="Record" className={classes.row}>
          <InputChoice
            name={write.id.input}
            label="Which record"
            error={errorAt('restWrite.id', 'deep')}
            onChoose={(input) => put({ id: { input } })}
            onNew={() => newInput(undefined, (draft, name) => withWrite(draft, { id: { input: name } }))}
          />
        </div>
      )}
      {write.key !== undefined && <KeyRow assignment={write.key} />}
      <section aria-label="Fields to set">
        <Text fw={600} size="sm">
          Fields to set
        </Text>
        {write.action !== 'update' && required.length > 0 && (
          <Text size="sm" c="dimmed">
            {(object?.requiredFields.length ?? 0) > 0 && `HubSpot needs ${labels(object?.requiredFields ?? [])}. `}
            {(object?.requiresOneOf.length ?? 0) > 0 && `And one of ${labels(object?.requiresOneOf ?? [])}.`}
          </Text>
        )}
        <Stack gap="sm" mt="xs">
          {write.set.map((assignment, index) => (
            <SetRow
              key={index}
              assignment={assignment}
              index={index}
              onRemove={() => put({ set: write.set.filter((_, other) => other !== index) })}
            />
          ))}
          <Group>
            <Button size="xs" variant="default" onClick={() => put({ set: [...write.set, EMPTY_ASSIGNMENT] })}>
              Set another field
            </Button>
          </Group>
          {errorAt('restWrite.set') !== undefined && <p className={classes.error}>{errorAt('restWrite.set')}</p>}
        </Stack>
      </section>
      <section aria-label="Ties">
        <Text fw={600} size="sm">
          Tied to
        </Text>
        <Text size="sm" c="dimmed" mb="xs">
          Other records that it belongs to, by the id of an earlier find.
        </Text>
        <Stack gap="sm">
          {write.associate.map((association, index) => (
            <TieRow
              key={index}
              association={association}
              index={index}
              onRemove={() => put({ associate: write.associate.filter((_, other) => other !== index) })}
            />
          ))}
          {write.associate.length < MOST_TIES && (
            <Group>
              <Button
                size="xs"
                variant="default"
                onClick={() => put({ associate: [...write.associate, EMPTY_ASSOCIATION] })}
              >
                {write.associate.length === 0 ? 'Tie it to a record' : 'Another tie'}
              </Button>
            </Group>
          )}
        </Stack>
      </section>
    </Stack>
  );
}

function withWrite(draft: Draft, part: Partial<WriteBlock>): Draft {
  return draft.restWrite === undefined ? draft : { ...draft, restWrite: { ...draft.restWrite, ...part } };
}

function isWritable({ isReadOnly, sensitivity }: CrmField): boolean {
  return !isReadOnly && sensitivity === 'none';
}

/** What can tell a record from all others. */
function isKey(object: string, { isUnique, name }: CrmField): boolean {
  return isUnique || (object === 'contacts' && ['email', 'phone', 'mobilephone'].includes(name));
}

function KeyRow({ assignment }: { assignment: Assignment }) {
  const { draft, object, errorAt } = useBuilding();
  const newInput = useNewInput();
  const name = draft.restWrite?.object ?? '';
  const field = object?.fields.find((one) => one.name === assignment.field);
  return (
    <section aria-label="Known by">
      <Text fw={600} size="sm" mb="xs">
        Known by
      </Text>
      <div className={classes.group}>
        <div className={classes.row}>
          <FieldPicker
            label="Field"
            value={assignment.field}
            fits={(one) => isWritable(one) && isKey(name, one)}
            error={errorAt('restWrite.key.field')}
            onChange={(chosen) =>
              chosen !== undefined &&
              newInput(chosen, (before, input) => withWrite(before, { key: { field: chosen.name, value: { input } } }))
            }
          />
        </div>
        {assignment.field !== '' && (
          <OperandPicker
            label="Value"
            field={field}
            value={assignment.value}
            path="restWrite.key.value"
            place={(before, value) => withWrite(before, { key: { field: assignment.field, value } })}
          />
        )}
        {errorAt('restWrite.key') !== undefined && <p className={classes.error}>{errorAt('restWrite.key')}</p>}
      </div>
    </section>
  );
}

interface SetRowProps {
  assignment: Assignment;
  index: number;
  onRemove: () => void;
}

function SetRow({ assignment, index, onRemove }: SetRowProps) {
  const { draft, object, errorAt } = useBuilding();
  const newInput = useNewInput();
  const path = `restWrite.set[${index}]`;
  const field = object?.fields.find((one) => one.name === assignment.field);
  const others = draft.restWrite?.set.flatMap((one, at) => (at === index ? [] : [one.field])) ?? [];
  const put = (before: Draft, next: Assignment): Draft =>
    withWrite(before, { set: before.restWrite?.set.map((former, other) => (other === index ? next : former)) });
  return (
    <div className={classes.group} role="group" aria-label={`Field ${index + 1}`}>
      <div className={classes.row}>
        <FieldPicker
          label="Field"
          value={assignment.field}
          fits={(one) => isWritable(one) && !others.includes(one.name)}
          error={errorAt(`${path}.field`)}
          onChange={(chosen) =>
            chosen !== undefined &&
            newInput(chosen, (before, input) => put(before, { field: chosen.name, value: { input } }))
          }
        />
        <Button variant="subtle" className={classes.remove} onClick={onRemove} aria-label={`Remove field ${index + 1}`}>
          Remove
        </Button>
      </div>
      {assignment.field !== '' && (
        <OperandPicker
          label="Value"
          field={field}
          value={assignment.value}
          path={`${path}.value`}
          several={field?.fieldType === 'checkbox'}
          place={(before, value) => put(before, { field: assignment.field, value })}
        />
      )}
      {errorAt(path) !== undefined && <p className={classes.error}>{errorAt(path)}</p>}
    </div>
  );
}

interface TieRowProps {
  association: Association;
  index: number;
  onRemove: () => void;
}

function TieRow({ association, index, onRemove }: TieRowProps) {
  const { object, objects, change, errorAt } = useBuilding();
  const path = `restWrite.associate[${index}]`;
  const ways = object?.relationships.filter(({ to }) => to === association.to) ?? [];
  const put = (before: Draft, next: Association): Draft =>
    withWrite(before, {
      associate: before.restWrite?.associate.map((former, other) => (other === index ? next : former)),
    });
  const place = (before: Draft, id: Operand): Draft => put(before, { ...association, id });
  const newInput = useNewInput();
  return (
    <div className={classes.group} role="group" aria-label={`Tie ${index + 1}`}>
      <div className={classes.row}>
        <Select
          label="Tied to"
          placeholder="Choose"
          data={TIED.map((name) => ({
            value: name,
            label: objects.find((one) => one.name === name)?.label ?? name,
          }))}
          value={association.to === '' ? null : association.to}
          onChange={(to) => {
            if (to === null) return;
            newInput(idOf(to, objects), (before, input) => put(before, { to, id: { input } }));
          }}
          allowDeselect={false}
          error={errorAt(`${path}.to`)}
        />
        {ways.some(({ label }) => label !== undefined) && (
          <Select
            label="In the way of"
            data={ways.map(({ label }) => ({ value: label ?? PLAIN, label: label ?? 'No particular one' }))}
            value={association.label ?? PLAIN}
            onChange={(label) =>
              change((before) =>
                put(before, { ...association, label: label === PLAIN || label === null ? undefined : label }),
              )
            }
            allowDeselect={false}
            error={errorAt(`${path}.label`)}
          />
        )}
        <Button variant="subtle" className={classes.remove} onClick={onRemove} aria-label={`Remove tie ${index + 1}`}>
          Remove
        </Button>
      </div>
      {association.to !== '' && (
        <OperandPicker label="Its id" field={undefined} value={association.id} path={`${path}.id`} isId place={place} />
      )}
    </div>
  );
}
