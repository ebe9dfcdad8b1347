import { MultiSelect, Select, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import type { FlatSchema } from './schema-view.js';

/** As it stands in the form: texts, and lists of them. */
export type Typed = Readonly<Record<string, string | string[]>>;

type Property = FlatSchema['properties'][string];

/** What was typed, as the schema wants it. Nothing is sent of what was left empty; what isn't right goes on as it is, to be refused. */
export function typedArguments({ properties }: FlatSchema, typed: Typed): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, property]): [string, unknown][] => {
      const value = valueFor(name, typed);
      if (value === undefined || value.length === 0) return [];
      return [[name, Array.isArray(value) ? value : readText(property, value)]];
    }),
  );
}

/** An input may be called as what every object inherits: `constructor`. */
function valueFor(name: string, typed: Typed): string | string[] | undefined {
  return Object.hasOwn(typed, name) ? typed[name] : undefined;
}

function readText({ type }: Property, text: string): unknown {
  if (type === 'boolean') return text === 'true';
  if (type !== 'number') return text;
  const number = Number(text);
  return text.trim() === '' || Number.isNaN(number) ? text : number;
}

interface ArgumentsFormProps {
  schema: FlatSchema;
  typed: Typed;
  /** By path: `arguments.phone`. */
  errors: Readonly<Record<string, string>>;
  onChange: (typed: Typed) => void;
}

/** A field for each thing the AI agent may send. */
export function ArgumentsForm({ schema, typed, errors, onChange }: ArgumentsFormProps) {
  const entries = Object.entries(schema.properties);
  if (entries.length === 0) return <Text size="sm">It is called as it is: there is nothing to send.</Text>;
  return (
    <Stack gap="md">
      {entries.map(([name, property]) => (
        <ArgumentField
          key={name}
          name={name}
          property={property}
          isRequired={schema.required.includes(name)}
          value={valueFor(name, typed)}
          error={errors[`arguments.${name}`]}
          onChange={(value) => onChange({ ...typed, [name]: value })}
        />
      ))}
    </Stack>
  );
}

interface ArgumentFieldProps {
  name: string;
  property: Property;
  isRequired: boolean;
  value: string | string[] | undefined;
  error: string | undefined;
  onChange: (value: string | string[]) => void;
}

function ArgumentField({ name, property, isRequired, value, error, onChange }: ArgumentFieldProps) {
  const common = {
    label: isRequired ? name : `${name} (may be left out)`,
    description: property.description,
    error,
  };
  const { type, format, enum: options, items } = property;
  if (type === 'array') {
    const list = Array.isArray(value) ? value : [];
    return items?.enum === undefined ? (
      <TagsInput {...common} value={list} onChange={onChange} />
    ) : (
      <MultiSelect {...common} data={items.enum} value={list} onChange={onChange} searchable />
    );
  }
  const text = typeof value === 'string' ? value : '';
  if (options !== undefined || type === 'boolean') {
    return (
      <Select
        {...common}
        placeholder="Choose"
        data={
          options ?? [
            { value: 'true', label: 'Yes' },
            { value: 'false', label: 'No' },
          ]
        }
        value={text === '' ? null : text}
        onChange={(chosen) => onChange(chosen ?? '')}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': `Leave ${name} out` }}
      />
    );
  }
  return (
    <TextInput
      {...common}
      type={format === 'date' ? 'date' : 'text'}
      inputMode={type === 'number' ? 'decimal' : format === 'email' ? 'email' : undefined}
      autoComplete="off"
      value={text}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
