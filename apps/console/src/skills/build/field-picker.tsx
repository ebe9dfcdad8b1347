import { type ComboboxItem, MultiSelect, type OptionsFilter, Select, Stack, Text } from '@mantine/core';
import type { CrmField } from '../portal.js';
import classes from './build.module.css';
import { useBuilding } from './building.js';

/** Portals have up to some 1,500 fields of an object; nobody reads so many. */
const SHOWN = 100;

interface FieldPickerProps {
  label: string;
  value: string;
  /** Which of the object's fields may be chosen. */
  fits: (field: CrmField) => boolean;
  error: string | undefined;
  onChange: (field: CrmField | undefined) => void;
  className?: string;
  clearable?: boolean;
  /** What can be chosen beside the object's fields. */
  more?: readonly CrmField[];
}

const NO_MORE: readonly CrmField[] = [];

/** One field of the object, found by a part of its label or its name. */
export function FieldPicker({
  label,
  value,
  fits,
  error,
  onChange,
  className,
  clearable = false,
  more = NO_MORE,
}: FieldPickerProps) {
  const { object } = useBuilding();
  const fields = [...more, ...(object?.fields ?? [])];
  return (
    <Select
      label={label}
      placeholder={object === undefined ? 'Choose an object first' : 'Search fields'}
      className={className}
      data={itemsOf(fields.filter(fits), value === '' ? [] : [value], fields)}
      value={value === '' ? null : value}
      onChange={(name) => onChange(fields.find((field) => field.name === name))}
      filter={byLabelOrName}
      limit={SHOWN}
      renderOption={({ option }) => <Option {...option} />}
      nothingFoundMessage="No field is called so"
      disabled={object === undefined}
      searchable
      allowDeselect={false}
      clearable={clearable}
      clearButtonProps={{ 'aria-label': `No ${label.toLowerCase()}` }}
      error={error}
    />
  );
}

interface FieldsPickerProps {
  label: string;
  description: string;
  value: string[];
  fits: (field: CrmField) => boolean;
  error: string | undefined;
  onChange: (names: string[]) => void;
}

export function FieldsPicker({ label, description, value, fits, error, onChange }: FieldsPickerProps) {
  const { object } = useBuilding();
  const fields = object?.fields ?? [];
  return (
    <MultiSelect
      label={label}
      description={description}
      placeholder={value.length > 0 ? undefined : object === undefined ? 'Choose an object first' : 'Search fields'}
      data={itemsOf(fields.filter(fits), value, fields)}
      value={value}
      onChange={onChange}
      filter={byLabelOrName}
      limit={SHOWN}
      renderOption={({ option }) => <Option {...option} />}
      nothingFoundMessage="No field is called so"
      disabled={object === undefined}
      searchable
      hidePickedOptions
      maxValues={50}
      error={error}
    />
  );
}

function Option({ label, value }: ComboboxItem) {
  return (
    <Stack gap={0}>
      <span>{label}</span>
      <Text size="xs" c="dimmed" className={classes.code}>
        {value}
      </Text>
    </Stack>
  );
}

/** What is chosen stays to be seen, whether it fits or not: the check says what is wrong with it. */
function itemsOf(fitting: readonly CrmField[], chosen: readonly string[], all: readonly CrmField[]): ComboboxItem[] {
  const others = chosen.filter((name) => fitting.every((field) => field.name !== name));
  return [
    ...fitting.map(({ name, label }) => ({ value: name, label })),
    ...others.map((name) => ({ value: name, label: all.find((field) => field.name === name)?.label ?? name })),
  ];
}

const byLabelOrName: OptionsFilter = ({ options, search, limit }) => {
  const words = search.trim().toLowerCase().split(/\s+/);
  return options
    .filter((option) => {
      if (!('value' in option)) return true;
      const text = `${option.label} ${option.value}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .slice(0, limit);
};
