import { List, Stack, Text } from '@mantine/core';
import { toProblem } from '../api/problem.js';
import { Confirm } from '../show/confirm.js';
import { type Connection, useDisableSyncing, useDisconnect } from './connection.js';

export function Disconnect({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const disconnect = useDisconnect();
  const close = (): void => {
    disconnect.reset();
    onClose();
  };
  return (
    <Confirm
      opened={opened}
      title="Disconnect HubSpot?"
      action="Disconnect"
      isPending={disconnect.isPending}
      problem={disconnect.error === null ? undefined : toProblem(disconnect.error)}
      onClose={close}
      onConfirm={() => disconnect.mutate(undefined, { onSuccess: close })}
    >
      <KeptAndGone
        gone={['The tokens: revoked in HubSpot and deleted here']}
        kept={[
          'Conversations and their delivery history',
          'Options, interaction logging and which customer is which contact',
          'Deliveries that wait: they go out when the same account is connected again',
        ]}
      />
    </Confirm>
  );
}

export function Disable({ opened, kind, onClose }: { opened: boolean; kind: Connection['kind']; onClose: () => void }) {
  const disable = useDisableSyncing();
  const close = (): void => {
    disable.reset();
    onClose();
  };
  return (
    <Confirm
      opened={opened}
      title="Disable the HubSpot integration?"
      action="Disable and wipe"
      isGrave
      isPending={disable.isPending}
      problem={disable.error === null ? undefined : toProblem(disable.error)}
      onClose={close}
      onConfirm={() => disable.mutate(undefined, { onSuccess: close })}
    >
      <KeptAndGone
        gone={[
          'The tokens, and the tie to this HubSpot account',
          'Options and interaction logging, back to how they began',
          'Which customer is which contact',
          'Deliveries that wait: they are skipped and never written',
          ...(kind === 'token' ? [] : ['The app itself is uninstalled from the HubSpot account']),
        ]}
        kept={['Conversations and their delivery history', 'Everything already written in HubSpot']}
      />
      <Text size="sm" c="dimmed">
        To use HubSpot again, you connect and enable it from the beginning.
      </Text>
    </Confirm>
  );
}

function KeptAndGone({ gone, kept }: { gone: readonly string[]; kept: readonly string[] }) {
  return (
    <Stack gap="sm">
      <div>
        <Text fw={600}>What is wiped</Text>
        <List size="sm">
          {gone.map((item) => (
            <List.Item key={item}>{item}</List.Item>
          ))}
        </List>
      </div>
      <div>
        <Text fw={600}>What is kept</Text>
        <List size="sm">
          {kept.map((item) => (
            <List.Item key={item}>{item}</List.Item>
          ))}
        </List>
      </div>
    </Stack>
  );
}
