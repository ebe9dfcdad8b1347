import { Button, Group, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { toProblem } from '../api/problem.js';
import { useSession } from '../session/use-session.js';
import { Card } from '../show/card.js';
import { List } from '../show/list.js';
import { Moment } from '../show/moment.js';
import { Page } from '../show/page.js';
import { Pill } from '../show/pill.js';
import { Records } from '../show/records.js';
import { Empty, Failed, Loading } from '../show/states.js';
import { type AiAgent, agentsQuery, KIND_WORDS } from './agents.js';
import { DeleteAgent } from './delete-agent.js';
import { objectsQuery, useKnownPortal } from './portal.js';
import { Discover, ReadinessNotice } from './readiness-notice.js';
import { SaveAgent } from './save-agent.js';
import classes from './skills.module.css';

type Asked = { what: 'new' } | { what: 'change' | 'delete'; agent: AiAgent };

/** The AI agents, each with skills of its own, and what HubSpot holds for them. */
export function AgentsPage() {
  const isAdmin = useSession().role === 'admin';
  const agents = useInfiniteQuery(agentsQuery);
  const [asked, setAsked] = useState<Asked>();
  const close = (): void => setAsked(undefined);
  const create = isAdmin ? <Button onClick={() => setAsked({ what: 'new' })}>Create AI agent</Button> : undefined;
  return (
    <Page
      title="Skills"
      intro="What AI agents may look up and write in HubSpot, on the phone or in a chat. Each has skills of its own."
      actions={create}
      wide
    >
      <Stack gap="lg">
        <ReadinessNotice />
        <Card title="AI agents">
          <List
            query={agents}
            what="AI agents"
            empty={
              <Empty title="No AI agent yet" action={create}>
                {isAdmin
                  ? 'Create one for each bot that talks to people, and give it the Connector Pack: seven skills that most of them need.'
                  : 'An admin creates one for each bot that talks to people.'}
              </Empty>
            }
          >
            {(items) => (
              <Records
                label="AI agents"
                columns={['Name', 'Where', 'Created', ...(isAdmin ? ['Change'] : [])]}
                rows={items.map((agent) => ({
                  key: agent.id,
                  cells: [
                    <div key="name">
                      <Link to="/skills/$agentId" params={{ agentId: agent.id }} search={{}} className={classes.link}>
                        {agent.name}
                      </Link>
                      {agent.description !== undefined && (
                        <Text size="sm" c="dimmed">
                          {agent.description}
                        </Text>
                      )}
                    </div>,
                    KIND_WORDS[agent.kind],
                    <Moment key="created" at={agent.createdAt} />,
                    ...(isAdmin
                      ? [
                          <Group key="change" gap="xs">
                            <Button
                              size="xs"
                              variant="default"
                              aria-label={`Change ${agent.name}`}
                              onClick={() => setAsked({ what: 'change', agent })}
                            >
                              Change
                            </Button>
                            <Button
                              size="xs"
                              variant="default"
                              aria-label={`Delete ${agent.name}`}
                              onClick={() => setAsked({ what: 'delete', agent })}
                            >
                              Delete
                            </Button>
                          </Group>,
                        ]
                      : []),
                  ],
                }))}
              />
            )}
          </List>
        </Card>
        <Holdings isAdmin={isAdmin} />
      </Stack>
      {asked?.what === 'new' && <SaveAgent onClose={close} />}
      {asked?.what === 'change' && <SaveAgent agentId={asked.agent.id} onClose={close} />}
      {asked?.what === 'delete' && <DeleteAgent agent={asked.agent} onClose={close} />}
    </Page>
  );
}

/** Objects that skills can be about, and those that lack a scope. */
function Holdings({ isAdmin }: { isAdmin: boolean }) {
  const portalId = useKnownPortal();
  const objects = useQuery(objectsQuery(portalId));
  if (portalId === undefined) return null;
  return (
    <Card
      title="What HubSpot holds"
      intro="Skills are checked against this. Discover again after objects, fields or pipelines were changed in HubSpot."
      footer={isAdmin ? <Discover label="Discover again" /> : undefined}
    >
      {objects.data === undefined ? (
        objects.error === null ? (
          <Loading lines={4} label="Loading objects" />
        ) : (
          <Failed
            title="Objects can’t be shown"
            problem={toProblem(objects.error)}
            onRetry={() => void objects.refetch()}
          />
        )
      ) : (
        <Records
          label="Objects of HubSpot"
          columns={['Object', 'Fields', 'AI agents can']}
          rows={objects.data.map((object) => ({
            key: object.name,
            cells: [
              <span key="name">
                <Text component="span" size="sm" fw={600}>
                  {object.pluralLabel}
                </Text>
                {object.isCustom && ' (custom)'}
              </span>,
              object.fieldCount > 0 ? object.fieldCount.toLocaleString() : 'Unknown',
              <div key="can">
                <Pill tone={object.capabilities.write ? 'good' : object.capabilities.read ? 'idle' : 'wait'}>
                  {object.capabilities.write
                    ? 'Read and write'
                    : object.capabilities.read
                      ? 'Read only'
                      : 'Nothing yet'}
                </Pill>
                {object.missingScopes.length > 0 && (
                  <Text size="sm" c="dimmed">
                    Grant <span className={classes.code}>{object.missingScopes.join(', ')}</span> in HubSpot, then
                    connect again
                  </Text>
                )}
              </div>,
            ],
          }))}
        />
      )}
    </Card>
  );
}
