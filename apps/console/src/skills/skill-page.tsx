import { Button, Code, Group, List, Stack, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { toProblem } from '../api/problem.js';
import { useSession } from '../session/use-session.js';
import { Card } from '../show/card.js';
import { Notice } from '../show/notice.js';
import { Page } from '../show/page.js';
import { Failed, Loading } from '../show/states.js';
import { agentQuery } from './agents.js';
import { ChangeSkill } from './build/change-skill.js';
import { DeleteSkill } from './delete-skill.js';
import { ReadinessGate } from './readiness-notice.js';
import { SchemaView } from './schema-view.js';
import { gatesInWords, stateOf } from './skill-words.js';
import { type Skill, skillQuery } from './skills.js';
import classes from './skills.module.css';
import { InWords, SwitchSkill } from './switch-skill.js';
import { TrySkill } from './try-skill.js';
import { Versions } from './versions.js';

const route = getRouteApi('/signed-in/skills/$agentId/$bindingId');

/** One skill: what it does, trying it, changing it, what it was before. */
export function SkillPage() {
  const at = route.useParams();
  const skill = useQuery(skillQuery(at));
  const agent = useQuery(agentQuery(at.agentId));
  const under = ['Skills', agent.data?.value.name ?? '…'];
  if (skill.data !== undefined) return <Shown skill={skill.data.value} etag={skill.data.etag} under={under} />;
  return (
    <Page title="Skill" under={under}>
      <Card>
        {skill.error === null ? (
          <Loading lines={6} label="Loading the skill" />
        ) : (
          <Failed
            title="The skill can’t be shown"
            problem={toProblem(skill.error)}
            onRetry={() => void skill.refetch()}
          />
        )}
      </Card>
    </Page>
  );
}

interface ShownProps {
  skill: Skill;
  etag: string | undefined;
  under: readonly string[];
}

function Shown({ skill, etag, under }: ShownProps) {
  const { agentId } = route.useParams();
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  const isAdmin = useSession().role === 'admin';
  const [asked, setAsked] = useState<'switch' | 'delete'>();
  const mayTry = isAdmin;
  const mayChange = isAdmin && skill.origin === 'binding';
  // A link may name a tab that is not for whoever opens it.
  const isShown = tab === 'versions' || (tab === 'try' && mayTry) || (tab === 'change' && mayChange);
  const { label, tone, meaning } = stateOf(skill);
  return (
    <Page
      title={skill.toolName}
      under={under}
      intro={skill.description}
      wide
      actions={
        isAdmin && (
          <Group gap="sm">
            <Button variant="default" onClick={() => setAsked('delete')}>
              Delete
            </Button>
            <Button
              variant={skill.enabled ? 'default' : 'filled'}
              disabled={!skill.enabled && skill.state === 'broken'}
              onClick={() => setAsked('switch')}
            >
              {skill.enabled ? 'Disable' : 'Enable'}
            </Button>
          </Group>
        )
      }
    >
      <Stack gap="lg">
        <Notice tone={tone} title={label} role="status">
          <p>{meaning}</p>
          {skill.problems.length > 0 && (
            <ul>
              {skill.problems.map(({ field, message }) => (
                <li key={field}>
                  {field} {message}
                </li>
              ))}
            </ul>
          )}
        </Notice>
        <Tabs
          value={isShown ? tab : 'what'}
          onChange={(next) =>
            void navigate({
              search: next === 'try' || next === 'change' || next === 'versions' ? { tab: next } : {},
              replace: true,
            })
          }
          keepMounted={false}
        >
          <Tabs.List mb="lg">
            <Tabs.Tab value="what">What it does</Tabs.Tab>
            {mayTry && <Tabs.Tab value="try">Try it</Tabs.Tab>}
            {mayChange && <Tabs.Tab value="change">Change</Tabs.Tab>}
            <Tabs.Tab value="versions">Versions</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="what">
            <WhatItDoes skill={skill} />
          </Tabs.Panel>
          {mayTry && (
            <Tabs.Panel value="try">
              <TrySkill agentId={agentId} skill={skill} />
            </Tabs.Panel>
          )}
          {mayChange && (
            <Tabs.Panel value="change">
              <ReadinessGate>
                <ChangeSkill agentId={agentId} skill={skill} etag={etag} />
              </ReadinessGate>
            </Tabs.Panel>
          )}
          <Tabs.Panel value="versions">
            <Versions agentId={agentId} skill={skill} />
          </Tabs.Panel>
        </Tabs>
        <Text size="sm">
          <Link to="/skills/$agentId" params={{ agentId }} search={{}} className={classes.quiet}>
            All skills of this AI agent
          </Link>
          {' · '}
          <Link
            to="/skills/$agentId"
            params={{ agentId }}
            search={{ tab: 'log', skill: skill.toolName }}
            className={classes.quiet}
          >
            Its runs
          </Link>
        </Text>
      </Stack>
      {asked === 'switch' && <SwitchSkill agentId={agentId} bindingId={skill.id} onClose={() => setAsked(undefined)} />}
      {asked === 'delete' && (
        <DeleteSkill
          agentId={agentId}
          skill={skill}
          onClose={() => setAsked(undefined)}
          onDeleted={() => void navigate({ to: '/skills/$agentId', params: { agentId }, search: {} })}
        />
      )}
    </Page>
  );
}

function WhatItDoes({ skill }: { skill: Skill }) {
  const gates = gatesInWords(skill.gates);
  return (
    <Stack gap="lg">
      <Card title="In words">
        <InWords skill={skill} />
        {gates.length > 0 && (
          <>
            <Text fw={600} size="sm" mt="md" mb={4}>
              Gates
            </Text>
            <List>
              {gates.map((words) => (
                <List.Item key={words}>{words}.</List.Item>
              ))}
            </List>
          </>
        )}
      </Card>
      <Card title="What the AI agent may send" intro="Compiled from the above and HubSpot’s own options.">
        <SchemaView schema={skill.inputSchema} />
        <details className={classes.details}>
          <summary>As JSON Schema</summary>
          <Code block mt="xs" tabIndex={0} aria-label="JSON Schema">
            {JSON.stringify(skill.inputSchema, null, 2)}
          </Code>
        </details>
      </Card>
      {skill.origin === 'pack' && (
        <Text size="sm" c="dimmed">
          It came with the Connector Pack, which says what it does: it can be enabled, disabled and deleted. For
          anything else make a skill of your own.
        </Text>
      )}
    </Stack>
  );
}
