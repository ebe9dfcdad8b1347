import { Code, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { toProblem } from '../api/problem.js';
import { Card } from '../show/card.js';
import { Moment } from '../show/moment.js';
import { Failed, Loading } from '../show/states.js';
import { type Skill, versionsQuery } from './skills.js';
import classes from './skills.module.css';

/** Every definition the skill had, as far as they are kept. */
export function Versions({ agentId, skill }: { agentId: string; skill: Skill }) {
  const versions = useQuery(versionsQuery({ agentId, bindingId: skill.id }));
  return (
    <Card title="Versions" intro="Each change of what it does is a version; the last 50 are kept, the newest first.">
      {versions.data === undefined ? (
        versions.error === null ? (
          <Loading lines={3} label="Loading versions" />
        ) : (
          <Failed
            title="Versions can’t be shown"
            problem={toProblem(versions.error)}
            onRetry={() => void versions.refetch()}
          />
        )
      ) : (
        <Stack gap="md">
          {versions.data.map(({ version, createdAt, ...definition }) => (
            <section key={version} className={classes.record} aria-label={`Version ${version}`}>
              <Text fw={600} size="sm">
                Version {version}
                {version === skill.version && ' (now)'}
              </Text>
              <Text size="sm" c="dimmed">
                <Moment at={createdAt} />
              </Text>
              <details className={classes.details}>
                <summary>Its definition</summary>
                <Code block mt="xs" tabIndex={0} aria-label={`Definition of version ${version}`}>
                  {JSON.stringify(definition, null, 2)}
                </Code>
              </details>
            </section>
          ))}
        </Stack>
      )}
    </Card>
  );
}
