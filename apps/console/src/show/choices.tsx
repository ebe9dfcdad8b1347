import { Radio, Stack } from '@mantine/core';

interface ChoicesProps<Value extends string> {
  label: string;
  value: Value;
  choices: readonly { value: Value; label: string; meaning: string }[];
  disabled?: boolean;
  onChange: (value: Value) => void;
}

/** One of a few, each with what it means. */
export function Choices<Value extends string>({ label, value, choices, disabled, onChange }: ChoicesProps<Value>) {
  return (
    <Radio.Group label={label} value={value} onChange={(chosen) => onChange(chosen)}>
      <Stack gap="xs" mt="xs">
        {choices.map((choice) => (
          <Radio
            key={choice.value}
            value={choice.value}
            label={choice.label}
            description={choice.meaning}
            disabled={disabled}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
