import { MultiSelect, Select, TextInput } from '@mantine/core';
import type { CrmField } from '../portal.js';
import classes from './build.module.css';
import { useBuilding, useNewInput } from './building.js';
import { type Constant, type Draft, type Operand, tidy } from './draft.js';

/** What no input is called. */
const NEW = '#new';

interface OperandPickerProps {
  label: string;
  field: CrmField | undefined;
  value: Operand | undefined;
  /** Where it stands in the draft. */
  path: string;
  /** Several options at once make sense: of a checkbox field that is set. */
  several?: boolean;
  /** Ids come from an earlier find, seldom from whoever builds this. */
  isId?: boolean;
  /** What a further input is called; left out: as the field. */
  sentAs?: { name: string; label: string };
  place: (draft: Draft, operand: Operand) => Draft;
}

/** A value: pinned here, or sent by the AI agent under a name of its own. */
export function OperandPicker({
  label,
  field,
  value,
  path,
  several = false,
  isId = false,
  sentAs = field,
  place,
}: OperandPickerProps) {
  const { change, errorAt } = useBuilding();
  const newInput = useNewInput();
  const error = errorAt(path, 'deep');
  const isSent = value !== undefined && 'input' in value;
  const put = (operand: Operand): void => change((draft) => tidy(place(draft, operand)));
  const send = (): void => newInput(sentAs, (draft, name) => place(draft, { input: name }));
  return (
    <div className={classes.operand} role="group" aria-label={label}>
      <Select
        label={label}
        data={[
          { value: 'input', label: 'The AI agent sends it' },
          { value: 'constant', label: 'Always the same' },
        ]}
        value={isSent ? 'input' : 'constant'}
        onChange={(kind) => {
          if (kind === 'input' && !isSent) send();
          else if (kind === 'constant' && isSent) put({ constant: '' });
        }}
        allowDeselect={false}
      />
      {isSent ? (
        <InputChoice name={value.input} label={label} error={error} onNew={send} onChoose={(input) => put({ input })} />
      ) : (
        <ConstantField
          label={isId ? 'Id of the record' : 'Pinned to'}
          field={isId ? undefined : field}
          several={several}
          value={value?.constant ?? ''}
          error={error}
          onChange={(constant) => put({ constant })}
        />
      )}
    </div>
  );
}

interface InputChoiceProps {
  name: string;
  label: string;
  error: string | undefined;
  onChoose: (name: string) => void;
  onNew: () => void;
}

export function InputChoice({ name, label, error, onChoose, onNew }: InputChoiceProps) {
  const { draft } = useBuilding();
  return (
    <Select
      label="As"
      aria-label={`${label}: sent as`}
      data={[...draft.inputs.map((input) => input.name), { value: NEW, label: 'A further input' }]}
      value={name}
      onChange={(chosen) => (chosen === NEW ? onNew() : chosen !== null && onChoose(chosen))}
      allowDeselect={false}
      error={error}
    />
  );
}

interface ConstantFieldProps {
  label: string;
  field: CrmField | undefined;
  several: boolean;
  value: Constant;
  error: string | undefined;
  onChange: (value: Constant) => void;
}

/** By what the field holds. What doesn't fit can be typed all the same: the check says why it doesn't. */
function ConstantField({ label, field, several, value, error, onChange }: ConstantFieldProps) {
  const options = (field?.options ?? []).map((option) => ({ value: option.value, label: option.label }));
  const hasOptions = options.length > 0 && field?.optionsFromElsewhere !== true;
  if (hasOptions && several) {
    return (
      <MultiSelect
        label={label}
        data={withChosen(options, Array.isArray(value) ? value : [])}
        value={Array.isArray(value) ? value : value === '' ? [] : [String(value)]}
        onChange={(chosen) => onChange(chosen.length === 0 ? '' : chosen)}
        searchable
        error={error}
      />
    );
  }
  const text = Array.isArray(value) ? value.join(', ') : String(value);
  if (hasOptions || field?.type === 'bool') {
    const choices = hasOptions ? options : YES_NO;
    return (
      <Select
        label={label}
        placeholder="Choose"
        data={withChosen(choices, text === '' ? [] : [text])}
        value={text === '' ? null : text}
        onChange={(chosen) => onChange(field?.type === 'bool' && chosen !== null ? chosen === 'true' : (chosen ?? ''))}
        searchable
        allowDeselect={false}
        error={error}
      />
    );
  }
  return (
    <TextInput
      label={label}
      type={field?.type === 'date' ? 'date' : 'text'}
      inputMode={field?.type === 'number' ? 'decimal' : undefined}
      placeholder={placeholderOf(field)}
      value={text}
      onChange={({ currentTarget }) => onChange(readConstant(field, currentTarget.value))}
      error={error}
    />
  );
}

const YES_NO = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
];

function withChosen(options: readonly { value: string; label: string }[], chosen: readonly string[]) {
  const unknown = chosen.filter((value) => options.every((option) => option.value !== value));
  return [...options, ...unknown.map((value) => ({ value, label: value }))];
}

function placeholderOf(field: CrmField | undefined): string | undefined {
  if (field?.name === 'hubspot_owner_id') return 'Their e-mail address';
  return field?.type === 'datetime' ? '2026-01-31T10:00:00Z' : undefined;
}

/** A number where it is one as typed; else the text, which is told to be none. */
function readConstant(field: CrmField | undefined, text: string): Constant {
  if (field?.type !== 'number') return text;
  const number = Number(text);
  return text !== '' && String(number) === text ? number : text;
}
