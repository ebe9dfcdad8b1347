import { Button, Group, Select, TextInput } from '@mantine/core';
import type { DeliveryFilter, DeliveryStatus, Stats } from './deliveries.js';
import { KNOWN_REASONS, reasonInWords, STATUS_WORDS } from './delivery-words.js';

interface FiltersProps {
  filter: DeliveryFilter;
  stats: Stats | undefined;
  onChange: (filter: DeliveryFilter) => void;
}

const STATUSES = Object.entries(STATUS_WORDS).map(([value, { label }]) => ({ value, label }));

/** Which deliveries are shown: by status, by reason, by the days on which the conversations closed. */
export function Filters({ filter, stats, onChange }: FiltersProps) {
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  return (
    <Group gap="sm" align="flex-end" mb="md">
      <Select
        label="Status"
        placeholder="All"
        data={STATUSES}
        value={filter.status ?? null}
        onChange={(status) =>
          onChange({ ...filter, status: (status ?? undefined) as DeliveryStatus | undefined, reason: undefined })
        }
        clearable
        clearButtonProps={{ 'aria-label': 'All statuses' }}
        w={{ base: '100%', xs: 160 }}
      />
      <Select
        label="Reason"
        placeholder="Any"
        data={reasonChoices(filter, stats)}
        value={filter.reason ?? null}
        onChange={(reason) => onChange({ ...filter, reason: reason ?? undefined })}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'Any reason' }}
        nothingFoundMessage="No delivery has such a reason"
        w={{ base: '100%', xs: 300 }}
      />
      <TextInput
        type="date"
        label="Closed from"
        value={filter.from ?? ''}
        max={filter.to}
        onChange={({ currentTarget }) => onChange({ ...filter, from: currentTarget.value || undefined })}
        w={{ base: '100%', xs: 160 }}
      />
      <TextInput
        type="date"
        label="Closed to"
        value={filter.to ?? ''}
        min={filter.from}
        onChange={({ currentTarget }) => onChange({ ...filter, to: currentTarget.value || undefined })}
        w={{ base: '100%', xs: 160 }}
      />
      {isFiltered && (
        <Button variant="subtle" onClick={() => onChange({})}>
          Show all
        </Button>
      )}
    </Group>
  );
}

/** Those that deliveries have, with how many; the one that is chosen is always among them. */
function reasonChoices({ status, reason }: DeliveryFilter, stats: Stats | undefined) {
  const counts = new Map<string, number>();
  for (const kind of ['failed', 'skipped'] as const) {
    if (status !== undefined && status !== kind) continue;
    for (const [name, count] of Object.entries(stats?.[kind] ?? {})) counts.set(name, (counts.get(name) ?? 0) + count);
  }
  const names = counts.size > 0 || stats !== undefined ? [...counts.keys()] : KNOWN_REASONS;
  if (reason !== undefined && !names.includes(reason)) names.push(reason);
  return names.map((name) => ({
    value: name,
    label: `${reasonInWords(name)}${counts.has(name) ? ` (${counts.get(name)})` : ''}`,
  }));
}
