import { Button, Checkbox, Group, Loader, Stack, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Connection, connectionQuery, type Feature, scopesQuery } from './connection.js';
import classes from './connect-panel.module.css';
import facts from './facts.module.css';
import { PrivateToken } from './private-token.js';
import { Scopes } from './scope-list.js';
import { FEATURE_NAMES } from './words.js';

/** While the consent page is open in another tab, in case its news does not come by itself. */
const ASK_EVERY_MS = 3_000;

interface ConnectPanelProps {
  connection: Connection;
  onClose: () => void;
}

/** The two ways to connect. */
export function ConnectPanel({ connection, onClose }: ConnectPanelProps) {
  return (
    <section className={classes.panel} aria-label="Connect HubSpot">
      <Tabs defaultValue="login" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="login">With your HubSpot login</Tabs.Tab>
          <Tabs.Tab value="token">Paste a token</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="login">
          <Login granted={connection.scopes ?? []} onClose={onClose} />
        </Tabs.Panel>
        <Tabs.Panel value="token">
          <PrivateToken onClose={onClose} />
        </Tabs.Panel>
      </Tabs>
    </section>
  );
}

function Login({ granted, onClose }: { granted: readonly string[]; onClose: () => void }) {
  const [features, setFeatures] = useState<Feature[]>([]);
  const [isWaiting, setWaiting] = useState(false);
  // The card above shows what this finds.
  useQuery({ ...connectionQuery, refetchInterval: isWaiting ? ASK_EVERY_MS : false });
  const { data: scopes = [] } = useQuery(scopesQuery);
  const scopesOf = (feature: string): string =>
    scopes
      .filter(({ features }) => features.some((needing) => needing === feature))
      .map(({ scope }) => scope)
      .join(', ');
  const address = `/settings/integrations/hubspot/connect${searchOf(features)}`;
  return (
    <Stack gap="md">
      <Text size="sm">
        HubSpot opens in a new tab and asks whether Threadline may connect. You need to be a{' '}
        <strong>Super Admin</strong> in HubSpot or have <strong>App Marketplace Access</strong>: in HubSpot, open
        Settings → Users &amp; Teams, open your user and look under Access.
      </Text>
      <details className={facts.details}>
        <summary>What HubSpot is always asked for, and why</summary>
        <Scopes items={scopes.filter(({ required }) => required)} />
      </details>
      <Checkbox.Group
        label="Also ask for"
        description="Each brings further scopes with it. What is granted already stays."
        value={features}
        onChange={(chosen) => setFeatures(chosen)}
      >
        <Stack gap="xs" mt="xs">
          {Object.entries(FEATURE_NAMES).map(([feature, name]) => (
            <Checkbox key={feature} value={feature} label={name} description={scopesOf(feature)} />
          ))}
        </Stack>
      </Checkbox.Group>
      {isWaiting && (
        <Group gap="sm" role="status" className={classes.waiting} wrap="nowrap">
          <Loader size="xs" />
          <Text size="sm">Waiting for HubSpot. Agree in the other tab; this page notices by itself.</Text>
        </Group>
      )}
      <Group gap="sm">
        <Button component="a" href={address} target="_blank" rel="noopener" onClick={() => setWaiting(true)}>
          {isWaiting ? 'Open HubSpot again' : 'Login to HubSpot'}
        </Button>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        If HubSpot says “App not found”, the link is older than the app’s present client id: come back here and press
        Login to HubSpot again.
        {granted.length > 0 && ' Connecting again renews the tokens; settings and history stay as they are.'}
      </Text>
    </Stack>
  );
}

function searchOf(features: readonly Feature[]): string {
  const search = new URLSearchParams(features.map((feature) => ['feature', feature])).toString();
  return search === '' ? '' : `?${search}`;
}
