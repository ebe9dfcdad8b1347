import { Checkbox, Select, Stack, Text, TextInput } from '@mantine/core';
import classes from './build.module.css';
import { useBuilding } from './building.js';
import { type Input, renameInput } from './draft.js';

const BY_FIELD = '#field';
const TYPES = [
  { value: BY_FIELD, label: 'As the field says' },
  { value: 'text', label: 'Text' },
  { value: 'email', label: 'E-mail address' },
  { value: 'phone', label: 'Phone number' },
  { value: 'number', label: 'Number' },
  { value: 'boolean', label: 'Yes or no' },
  { value: 'date', label: 'Date' },
  { value: 'datetime', label: 'Date and time' },
  { value: 'option', label: 'One of the options' },
  { value: 'options', label: 'Several of the options' },
  { value: 'id', label: 'Id of a record' },
  { value: 'owner', label: 'Owner, by e-mail' },
];

/** What the AI agent sends, and what it is told of it. */
export function InputsForm() {
  const { draft } = useBuilding();
  return (
    <section aria-label="What the AI agent sends">
      <Text fw={600} size="sm">
        What the AI agent sends
      </Text>
      {draft.inputs.length === 0 ? (
        <Text size="sm" c="dimmed">
          Nothing. Wherever a value is to come from the conversation, choose “The AI agent sends it”.
        </Text>
      ) : (
        <Stack gap="sm" mt="xs">
          {draft.inputs.map((input, index) => (
            <InputRow key={index} input={input} index={index} />
          ))}
        </Stack>
      )}
    </section>
  );
}

function InputRow({ input, index }: { input: Input; index: number }) {
  const { change, errorAt } = useBuilding();
  const path = `inputs[${index}]`;
  const put = (part: Partial<Input>): void =>
    change((draft) => ({
      ...draft,
      inputs: draft.inputs.map((former, other) => (other === index ? { ...former, ...part } : former)),
    }));
  const fixed = input.maxLength === undefined ? '' : ` At most ${input.maxLength} characters.`;
  return (
    <div className={classes.group} role="group" aria-label={`Input ${index + 1}`}>
      <div className={classes.operand}>
        <TextInput
          label="Name"
          value={input.name}
          onChange={({ currentTarget: { value } }) => change((draft) => renameOne(draft, index, value))}
          maxLength={64}
          error={errorAt(`${path}.name`) ?? errorAt(path)}
          classNames={{ input: classes.code }}
        />
        <Select
          label="Sent as"
          data={TYPES}
          value={input.type ?? BY_FIELD}
          onChange={(type) => put({ type: type === BY_FIELD || type === null ? undefined : type })}
          allowDeselect={false}
          error={errorAt(`${path}.type`) ?? errorAt(`${path}.options`, 'deep')}
        />
      </div>
      <TextInput
        mt="xs"
        label="Description"
        description={`The AI agent reads it.${fixed}`}
        value={input.description}
        onChange={({ currentTarget: { value } }) => put({ description: value })}
        maxLength={500}
        error={errorAt(`${path}.description`)}
      />
      <Checkbox
        mt="sm"
        size="sm"
        label="It must be sent"
        checked={input.required !== false}
        onChange={({ currentTarget: { checked } }) => put({ required: checked })}
      />
    </div>
  );
}

/** A name that another input has would make one of the two: then only this one is called so, and the check tells of it. */
function renameOne(draft: Parameters<typeof renameInput>[0], index: number, name: string) {
  const former = draft.inputs[index]?.name ?? '';
  const isTaken = draft.inputs.some((input, other) => other !== index && input.name === name);
  const isShared = draft.inputs.some((input, other) => other !== index && input.name === former);
  if (!isTaken && !isShared) return renameInput(draft, former, name);
  return {
    ...draft,
    inputs: draft.inputs.map((input, other) => (other === index ? { ...input, name } : input)),
  };
}
