import { List, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { toProblem } from '../api/problem.js';
import { Confirm } from '../show/confirm.js';
import { Choices } from '../show/choices.js';
import { type EnabledMode, type NoMatchPolicy, useEnableSyncing, type Writeback } from './connection.js';
import { MODES, NO_MATCH_POLICIES } from './words.js';

interface EnableSyncingProps {
  opened: boolean;
  writeback: Writeback | undefined;
  onClose: () => void;
}

const ENABLED_MODES = MODES.filter(
  (mode): mode is (typeof MODES)[number] & { value: EnabledMode } => mode.value !== 'off',
);

/** Before the first conversation goes out: what to write, for whom, and what will never be. */
export function EnableSyncing({ opened, writeback, onClose }: EnableSyncingProps) {
  const enable = useEnableSyncing();
  const [chosenMode, setMode] = useState<EnabledMode>();
  const [chosenPolicy, setPolicy] = useState<NoMatchPolicy>();
  // Settings that were kept from an earlier connection are taken up; otherwise what suits most.
  const isKept = writeback !== undefined && writeback.mode !== 'off';
  const mode = chosenMode ?? (isKept ? (writeback.mode as EnabledMode) : 'transcript');
  const onNoMatch = chosenPolicy ?? (isKept ? writeback.onNoMatch : 'create');
  const close = (): void => {
    enable.reset();
    setMode(undefined);
    setPolicy(undefined);
    onClose();
  };
  return (
    <Confirm
      opened={opened}
      title="Enable syncing"
      action="Enable"
      isPending={enable.isPending}
      problem={enable.error === null ? undefined : toProblem(enable.error)}
      onClose={close}
      onConfirm={() => enable.mutate({ mode, onNoMatch }, { onSuccess: close })}
    >
      <Choices
        label="What to write when a conversation closes"
        value={mode}
        choices={ENABLED_MODES}
        onChange={setMode}
      />
      <Choices
        label="When nobody in HubSpot matches the customer"
        value={onNoMatch}
        choices={NO_MATCH_POLICIES}
        onChange={setPolicy}
      />
      <Stack gap="sm">
        <div>
          <Text fw={600}>What will be exported</Text>
          <List size="sm">
            <List.Item>Every conversation that closes from now on, to the one contact it belongs to</List.Item>
            <List.Item>With payment card and national identity numbers masked</List.Item>
          </List>
        </div>
        <div>
          <Text fw={600}>What won’t</Text>
          <List size="sm">
            <List.Item>Anything closed before this moment, now or ever</List.Item>
            <List.Item>
              {onNoMatch === 'create'
                ? 'Conversations of which neither email, phone number nor name is known'
                : 'Conversations that match no contact in HubSpot'}
            </List.Item>
          </List>
        </div>
      </Stack>
    </Confirm>
  );
}
