import { Button, Group, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { toProblem } from '../api/problem.js';
import { Card } from '../show/card.js';
import { Pill } from '../show/pill.js';
import { Records } from '../show/records.js';
import { Refused } from '../show/refused.js';
import { Failed, Loading } from '../show/states.js';
import { type Pack, packQuery } from './portal.js';
import { skillsQuery, useInstallPack } from './skills.js';
import classes from './skills.module.css';

type PackSkill = Pack['skills'][number];

/** The Connector Pack: what this AI agent has of it, what it could have, and what the portal lacks for the rest. */
export function PackCard({ agentId, isAdmin }: { agentId: string; isAdmin: boolean }) {
  const pack = useQuery(packQuery);
  const skills = useInfiniteQuery(skillsQuery(agentId));
  const install = useInstallPack(agentId);
  const had = new Set((skills.data ?? []).flatMap(({ origin, toolName }) => (origin === 'pack' ? [toolName] : [])));
  const lacks = (pack.data?.skills ?? []).filter(({ skill, state }) => state !== 'left_out' && !had.has(skill));
  const isInstallable = isAdmin && pack.data !== undefined && pack.data.unknown !== 'not_connected' && lacks.length > 0;
  return (
    <Card
      title="Connector Pack"
      intro="Seven skills that most AI agents need, fitted to this HubSpot account. Its writes ask the caller first."
      footer={
        isInstallable || install.error !== null ? (
          <Stack gap="sm">
            {install.error !== null && <Refused problem={toProblem(install.error)} />}
            {isInstallable && (
              <Group>
                <Button variant="default" loading={install.isPending} onClick={() => install.mutate(undefined)}>
                  {had.size === 0 ? 'Install the pack' : 'Install what is missing'}
                </Button>
              </Group>
            )}
          </Stack>
        ) : undefined
      }
    >
      {pack.data === undefined || skills.data === undefined ? (
        pack.error === null ? (
          <Loading lines={7} label="Loading the Connector Pack" />
        ) : (
          <Failed
            title="The Connector Pack can’t be shown"
            problem={toProblem(pack.error)}
            onRetry={() => void pack.refetch()}
          />
        )
      ) : (
        <Records
          label="Connector Pack"
          columns={['Skill', 'Here']}
          rows={pack.data.skills.map((skill) => ({
            key: skill.skill,
            cells: [
              <div key="name">
                <span className={classes.code}>{skill.skill}</span>
                <Text size="sm" c="dimmed">
                  {skill.description}
                  {skill.landing !== undefined &&
                    ` Lands in ${skill.landing.pipeline.label}, ${skill.landing.stage.label}.`}
                </Text>
              </div>,
              <Here key="here" skill={skill} isInstalled={had.has(skill.skill)} />,
            ],
          }))}
        />
      )}
    </Card>
  );
}

function Here({ skill, isInstalled }: { skill: PackSkill; isInstalled: boolean }) {
  if (isInstalled) return <Pill tone="good">Installed</Pill>;
  if (skill.state === 'available') return <Pill tone="idle">Not installed</Pill>;
  const { leftOut } = skill;
  if (leftOut === undefined) return <Pill tone="idle">Not installed</Pill>;
  return (
    <div>
      <Pill tone="wait">Left out</Pill>
      <Text size="sm" c="dimmed" mt={4}>
        {leftOut.message.replace(/\.?$/, '.')}
      </Text>
    </div>
  );
}
