import { Button, Stack, Tabs, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { toProblem } from '../api/problem.js';
import { useSession } from '../session/use-session.js';
import { Card } from '../show/card.js';
import { List } from '../show/list.js';
import { Page } from '../show/page.js';
import { Empty, Failed, Loading } from '../show/states.js';
import { agentQuery, KIND_WORDS } from './agents.js';
import { PackCard } from './pack-card.js';
import { ReadinessNotice } from './readiness-notice.js';
import { RunLog } from './run-log.js';
import { skillsQuery } from './skills.js';
import classes from './skills.module.css';
import { SkillsTable } from './skills-table.js';

const route = getRouteApi('/signed-in/skills/$agentId');

/** One AI agent: its skills, the Connector Pack, and what it did. */
export function AgentPage() {
  const { agentId } = route.useParams();
  const { tab = 'skills', ...filter } = route.useSearch();
  const navigate = route.useNavigate();
  const isAdmin = useSession().role === 'admin';
  const agent = useQuery(agentQuery(agentId));
  const what = agent.data?.value;
  if (what === undefined) {
    return (
      <Page title="AI agent" under={['Skills']}>
        <Card>
          {agent.error === null ? (
            <Loading lines={5} label="Loading the AI agent" />
          ) : (
            <Failed
              title="The AI agent can’t be shown"
              problem={toProblem(agent.error)}
              onRetry={() => void agent.refetch()}
            />
          )}
        </Card>
      </Page>
    );
  }
  return (
    <Page
      title={what.name}
      under={['Skills', KIND_WORDS[what.kind] ?? '']}
      intro={what.description}
      wide
      actions={isAdmin && <NewSkill agentId={agentId} />}
    >
      <Stack gap="lg">
        <ReadinessNotice />
        <Tabs
          value={tab}
          onChange={(next) => void navigate({ search: next === 'log' ? { tab: 'log' } : {}, replace: true })}
          keepMounted={false}
        >
          <Tabs.List mb="lg">
            <Tabs.Tab value="skills">Skills</Tabs.Tab>
            <Tabs.Tab value="log">Run log</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="skills">
            <Stack gap="lg">
              <SkillsCard agentId={agentId} isAdmin={isAdmin} />
              <PackCard agentId={agentId} isAdmin={isAdmin} />
              <Text size="sm" c="dimmed">
                Programs run these at <span className={classes.code}>/agents/{agentId}/skills/…/execute</span>, MCP
                clients find them at <span className={classes.code}>/agents/{agentId}/mcp</span>, both with an API key
                that has the scope <span className={classes.code}>skills:execute</span>.
              </Text>
            </Stack>
          </Tabs.Panel>
          <Tabs.Panel value="log">
            <RunLog
              agentId={agentId}
              filter={filter}
              onFilter={(next) => void navigate({ search: { tab: 'log', ...next }, replace: true })}
            />
          </Tabs.Panel>
        </Tabs>
      </Stack>
    </Page>
  );
}

function NewSkill({ agentId }: { agentId: string }) {
  return (
    <Button renderRoot={(props) => <Link {...props} to="/skills/$agentId/new" params={{ agentId }} />}>
      New skill
    </Button>
  );
}

function SkillsCard({ agentId, isAdmin }: { agentId: string; isAdmin: boolean }) {
  const skills = useInfiniteQuery(skillsQuery(agentId));
  return (
    <Card title="Skills" intro="What this AI agent can call. Those that are not enabled it does not see.">
      <List
        query={skills}
        what="Skills"
        empty={
          <Empty title="No skills yet" action={isAdmin && <NewSkill agentId={agentId} />}>
            {isAdmin
              ? 'Install the Connector Pack below, or make a skill of your own: describe it in a sentence, or build it by hand.'
              : 'An admin installs the Connector Pack, or makes skills of your own.'}
          </Empty>
        }
      >
        {(items) => <SkillsTable agentId={agentId} skills={items} isAdmin={isAdmin} />}
      </List>
    </Card>
  );
}
