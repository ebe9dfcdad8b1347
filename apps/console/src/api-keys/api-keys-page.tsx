import { Badge, Button, Group, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { toProblem } from '../api/problem.js';
import { Card } from '../show/card.js';
import { Confirm } from '../show/confirm.js';
import { List } from '../show/list.js';
import { Moment } from '../show/moment.js';
import { Page } from '../show/page.js';
import { Records } from '../show/records.js';
import { Empty } from '../show/states.js';
import { type ApiKey, apiKeysQuery, useRevokeApiKey } from './api-keys.js';
import { CreateApiKey } from './create-api-key.js';

export function ApiKeysPage() {
  const keys = useInfiniteQuery(apiKeysQuery);
  const [isCreating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey>();
  const create = <Button onClick={() => setCreating(true)}>Create API key</Button>;
  return (
    <Page
      title="API keys"
      under={['Settings']}
      intro="Other systems call Threadline with a key. Each may do what its scopes say, and no more."
      actions={create}
      wide
    >
      <Card>
        <List
          query={keys}
          what="API keys"
          empty={
            <Empty title="No API keys yet" action={<Button onClick={() => setCreating(true)}>Create API key</Button>}>
              A help desk or a script needs one to hand over its conversations.
            </Empty>
          }
        >
          {(items) => (
            <Records
              label="API keys"
              columns={['Name', 'Scopes', 'Created', 'Last used', 'State']}
              rows={items.map((key) => ({
                key: key.id,
                isOver: key.revokedAt !== undefined,
                cells: [
                  <Text key="name" fw={600} size="sm">
                    {key.name}
                  </Text>,
                  <Group key="scopes" gap={4}>
                    {key.scopes.map((scope) => (
                      <Badge key={scope} variant="default" tt="none" fw={500}>
                        {scope}
                      </Badge>
                    ))}
                  </Group>,
                  <Moment key="created" at={key.createdAt} />,
                  key.lastUsedAt === undefined ? 'Never' : <Moment key="used" at={key.lastUsedAt} />,
                  key.revokedAt === undefined ? (
                    <Button
                      key="revoke"
                      size="xs"
                      variant="default"
                      aria-label={`Revoke ${key.name}`}
                      onClick={() => setRevoking(key)}
                    >
                      Revoke
                    </Button>
                  ) : (
                    <span key="revoked">
                      Revoked <Moment at={key.revokedAt} />
                    </span>
                  ),
                ],
              }))}
            />
          )}
        </List>
      </Card>
      <CreateApiKey opened={isCreating} onClose={() => setCreating(false)} />
      <RevokeApiKey apiKey={revoking} onClose={() => setRevoking(undefined)} />
    </Page>
  );
}

function RevokeApiKey({ apiKey, onClose }: { apiKey: ApiKey | undefined; onClose: () => void }) {
  const revoke = useRevokeApiKey();
  const close = (): void => {
    revoke.reset();
    onClose();
  };
  return (
    <Confirm
      opened={apiKey !== undefined}
      title={`Revoke ${apiKey?.name ?? 'this key'}?`}
      action="Revoke"
      isGrave
      isPending={revoke.isPending}
      problem={revoke.error === null ? undefined : toProblem(revoke.error)}
      onClose={close}
      onConfirm={() => {
        if (apiKey !== undefined) revoke.mutate(apiKey, { onSuccess: close });
      }}
    >
      <Text>
        Whatever still calls with this key is refused at once, and for good. A revoked key can’t be brought back.
      </Text>
    </Confirm>
  );
}
