import { Button, Group, List, PasswordInput, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { toProblem } from '../api/problem.js';
import { Refused } from '../show/refused.js';
import { useConnectByToken } from './connection.js';

/** What such a token should be given in HubSpot. */
const SCOPES_TO_GRANT = [
  ['crm.objects.contacts.read, crm.schemas.contacts.read', 'to find and show contacts'],
  ['crm.objects.contacts.write', 'to write transcripts and create contacts'],
  ['crm.objects.owners.read', 'to show who owns a contact'],
  ['crm.objects.companies.read, crm.schemas.companies.read', 'to look companies up'],
  ['crm.objects.deals.read, crm.schemas.deals.read', 'to look deals up'],
  ['tickets', 'if you want tickets'],
] as const;

export function PrivateToken({ onClose }: { onClose: () => void }) {
  const [token, setToken] = useState('');
  const connect = useConnectByToken();
  const problem = connect.error === null ? undefined : toProblem(connect.error);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        connect.mutate(token.trim(), { onSuccess: onClose });
      }}
    >
      <Stack gap="md">
        <Text size="sm">
          Instead of logging in, paste a static access token: a Service Key, or the token of an app of your own. It sees
          only what whoever made it sees, so a <strong>Super Admin</strong> should make it.
        </Text>
        <PasswordInput
          label="Private Access Token"
          description="It is tested before it is stored, and never shown again"
          placeholder="pat-na1-…"
          autoComplete="off"
          maxLength={1_000}
          required
          withAsterisk={false}
          value={token}
          onChange={(event) => setToken(event.currentTarget.value)}
        />
        {problem !== undefined && <Refused problem={problem} />}
        <div>
          <Text size="sm" fw={600}>
            Scopes to grant it in HubSpot
          </Text>
          <List size="sm" c="dimmed">
            {SCOPES_TO_GRANT.map(([scopes, reason]) => (
              <List.Item key={scopes}>
                <code>{scopes}</code>, {reason}
              </List.Item>
            ))}
          </List>
        </div>
        <Group gap="sm">
          <Button type="submit" loading={connect.isPending} disabled={token.trim() === ''}>
            Test and connect
          </Button>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
