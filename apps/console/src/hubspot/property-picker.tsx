import { Button, Group, MultiSelect, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { toProblem } from '../api/problem.js';
import { useIsConnectionEnding } from './connection.js';
import { type ContactProperty, propertiesQuery } from './options.js';

/** As many as the API takes: a panel is a column beside a chat. */
const MOST = 30;

interface PropertyPickerProps {
  chosen: string[];
  portalId: string | undefined;
  disabled: boolean;
  onChange: (chosen: string[]) => void;
}

/** Which of the portal's contact properties the panel shows, found by typing a part of their label or name. */
export function PropertyPicker({ chosen, portalId, disabled, onChange }: PropertyPickerProps) {
  const isConnected = portalId !== undefined;
  const isEnding = useIsConnectionEnding();
  const properties = useQuery({ ...propertiesQuery(portalId), enabled: isConnected && !isEnding });
  const problem = properties.error === null ? undefined : toProblem(properties.error);
  return (
    <Stack gap="xs">
      <MultiSelect
        label="Properties shown in the panel"
        description="Beside name, email, phone numbers, lifecycle stage and owner, in this order. Only those that are filled appear."
        placeholder={chosen.length === 0 ? 'Search by label or name' : undefined}
        data={groupsOf(properties.data ?? [], chosen)}
        value={chosen}
        onChange={onChange}
        maxValues={MOST}
        limit={200}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'Show no further properties' }}
        hidePickedOptions
        nothingFoundMessage={
          properties.isPending && isConnected ? 'Reading HubSpot’s properties …' : 'No property is called so'
        }
        disabled={disabled || !isConnected}
      />
      {!isConnected && (
        <Text size="sm" c="dimmed">
          Properties can be chosen while HubSpot is connected.
        </Text>
      )}
      {problem !== undefined && (
        <Group gap="sm" role="alert">
          <Text size="sm" c="var(--bad-ink)">
            HubSpot’s properties can’t be read now: {problem.message}
          </Text>
          <Button size="compact-sm" variant="default" onClick={() => void properties.refetch()}>
            Try again
          </Button>
        </Group>
      )}
    </Stack>
  );
}

/** By HubSpot's own groups. What was chosen but is no longer in the portal stays, to be taken out. */
function groupsOf(properties: readonly ContactProperty[], chosen: readonly string[]) {
  const groups = new Map<string, { value: string; label: string }[]>();
  const labels = new Map<string, number>();
  for (const { label } of properties) labels.set(label, (labels.get(label) ?? 0) + 1);
  for (const { name, label, group } of properties) {
    // Portals do have several properties of one label.
    const isUnique = labels.get(label) === 1;
    groups.set(group, [...(groups.get(group) ?? []), { value: name, label: isUnique ? label : `${label} (${name})` }]);
  }
  const known = new Set(properties.map(({ name }) => name));
  const unknown = chosen.filter((name) => !known.has(name));
  if (unknown.length > 0)
    groups.set(
      'Chosen',
      unknown.map((value) => ({ value, label: value })),
    );
  return [...groups].map(([group, items]) => ({ group, items }));
}
