import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Card } from '../show/card.js';
import { ConnectPanel } from './connect-panel.js';
import { type Connection, writebackQuery } from './connection.js';
import { ConnectionFacts } from './connection-facts.js';
import { Disable, Disconnect } from './end-connection.js';
import { EnableSyncing } from './enable-syncing.js';
import { StatusBanner } from './status-banner.js';

type Open = 'connect' | 'enable' | 'disconnect' | 'disable';

/** The connection: what it is, and everything that can be done with it. */
export function ConnectionCard({ connection, isAdmin }: { connection: Connection; isAdmin: boolean }) {
  const { status } = connection;
  const [open, setOpen] = useState<Open>();
  const { data: writeback } = useQuery({ ...writebackQuery, enabled: status !== 'disconnected' });
  const close = (): void => setOpen(undefined);
  // What was opened to connect is done once it is connected, from whichever tab.
  const [statusAtOpening, setStatusAtOpening] = useState(status);
  if (open === 'connect' && status !== statusAtOpening && (status === 'connected' || status === 'active')) close();
  const openConnect = (): void => {
    setStatusAtOpening(status);
    setOpen('connect');
  };

  return (
    <Card
      title="Connection"
      footer={
        isAdmin && status !== 'disconnected' ? (
          <Actions connection={connection} onOpen={(what) => setOpen(what)} />
        ) : undefined
      }
    >
      <Stack gap="lg">
        {status === 'disconnected' ? (
          <NotConnected isAdmin={isAdmin} isConnecting={open === 'connect'} onIntegrate={openConnect} />
        ) : (
          <>
            <StatusBanner connection={connection} mode={writeback?.value.mode} />
            <ConnectionFacts connection={connection} />
            {isAdmin && open !== 'connect' && (
              <Group>
                <Button
                  variant={status === 'active' || status === 'connected' ? 'default' : 'filled'}
                  onClick={openConnect}
                >
                  Connect again
                </Button>
              </Group>
            )}
            {!isAdmin && <Text c="dimmed">An admin connects HubSpot.</Text>}
          </>
        )}
        {isAdmin && open === 'connect' && <ConnectPanel connection={connection} onClose={close} />}
      </Stack>
      <EnableSyncing opened={open === 'enable'} writeback={writeback?.value} onClose={close} />
      <Disconnect opened={open === 'disconnect'} onClose={close} />
      <Disable opened={open === 'disable'} kind={connection.kind} onClose={close} />
    </Card>
  );
}

function NotConnected(props: { isAdmin: boolean; isConnecting: boolean; onIntegrate: () => void }) {
  const { isAdmin, isConnecting, onIntegrate } = props;
  return (
    <Group justify="space-between" align="center" gap="md">
      <Stack gap={4} flex="1 1 20rem">
        <Text fw={600}>HubSpot is not connected.</Text>
        <Text size="sm" c="dimmed">
          {isAdmin
            ? 'It takes a minute: you agree on HubSpot’s own page, then decide here what is written.'
            : 'An admin connects HubSpot.'}
        </Text>
      </Stack>
      {isAdmin && !isConnecting && <Button onClick={onIntegrate}>Integrate</Button>}
    </Group>
  );
}

function Actions({ connection: { status }, onOpen }: { connection: Connection; onOpen: (what: Open) => void }) {
  const hasCredentials = status !== 'inactive';
  return (
    <Group justify="space-between" gap="sm">
      <Text size="sm" c="dimmed" flex="1 1 16rem">
        {status === 'connected'
          ? 'Enable starts syncing. Nothing from before that moment is ever exported.'
          : hasCredentials
            ? 'Disconnect keeps your settings. Disable wipes them too.'
            : 'Disable wipes the settings that were kept, and the tie to this account.'}
      </Text>
      <Group gap="sm">
        {hasCredentials && (
          <Button variant="default" onClick={() => onOpen('disconnect')}>
            Disconnect
          </Button>
        )}
        {status === 'connected' ? (
          <Button onClick={() => onOpen('enable')}>Enable</Button>
        ) : (
          <Button color="red" variant="outline" onClick={() => onOpen('disable')}>
            Disable
          </Button>
        )}
      </Group>
    </Group>
  );
}
