import { Code, Group, Select, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Card } from '../show/card.js';
import { List } from '../show/list.js';
import { Moment } from '../show/moment.js';
import { Pill } from '../show/pill.js';
import { Records } from '../show/records.js';
import { Empty } from '../show/states.js';
import { OUTCOME_WORDS, runReasonInWords } from './skill-words.js';
import { type RunFilter, type RunOutcome, type Run, runsQuery, skillsQuery } from './skills.js';
import classes from './skills.module.css';

interface RunLogProps {
  agentId: string;
  filter: RunFilter;
  onFilter: (filter: RunFilter) => void;
}

const OUTCOMES = Object.entries(OUTCOME_WORDS).flatMap(([value, { label }]) =>
  value === 'planned' ? [] : [{ value, label }],
);

/** Every call of a skill, with what was sent and what came of it. */
export function RunLog({ agentId, filter, onFilter }: RunLogProps) {
  const runs = useInfiniteQuery(runsQuery(agentId, filter));
  const skills = useInfiniteQuery(skillsQuery(agentId));
  const names = (skills.data ?? []).map(({ toolName }) => toolName);
  // Also of one that is no more.
  if (filter.skill !== undefined && !names.includes(filter.skill)) names.push(filter.skill);
  const isFiltered = filter.skill !== undefined || filter.outcome !== undefined;
  return (
    <Card
      title="Run log"
      intro="Every call, newest first. Payment card and national identity numbers are taken out before anything is kept."
    >
      <Group gap="sm" align="flex-end" mb="md">
        <Select
          label="Skill"
          placeholder="All"
          data={names.toSorted()}
          value={filter.skill ?? null}
          onChange={(skill) => onFilter({ ...filter, skill: skill ?? undefined })}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': 'All skills' }}
          nothingFoundMessage="No skill is called so"
          w={{ base: '100%', xs: 240 }}
        />
        <Select
          label="What came of it"
          placeholder="Anything"
          data={OUTCOMES}
          value={filter.outcome ?? null}
          onChange={(outcome) => onFilter({ ...filter, outcome: (outcome ?? undefined) as RunOutcome | undefined })}
          clearable
          clearButtonProps={{ 'aria-label': 'Anything' }}
          w={{ base: '100%', xs: 200 }}
        />
      </Group>
      <List
        query={runs}
        what="Runs"
        empty={
          <Empty title={isFiltered ? 'No run is like this' : 'Nothing has run yet'}>
            {isFiltered ? 'Another skill or outcome may have runs.' : 'Try a skill, or let the AI agent call one.'}
          </Empty>
        }
      >
        {(items) => (
          <Records
            label="Runs"
            columns={['When', 'Skill', 'What came of it', 'Sent', 'Called by', 'Took']}
            rows={items.map((run) => ({
              key: run.id,
              cells: [
                <Moment key="when" at={run.at} />,
                <span key="skill" className={classes.code}>
                  {run.skill}
                </span>,
                <Outcome key="outcome" run={run} />,
                <Sent key="sent" sent={run.arguments} />,
                run.calledBy,
                <span key="took">{tookInWords(run.durationMs)}</span>,
              ],
            }))}
          />
        )}
      </List>
    </Card>
  );
}

function Outcome({ run: { outcome, reason, records } }: { run: Run }) {
  const { label, tone } = OUTCOME_WORDS[outcome];
  return (
    <div>
      <Pill tone={tone}>{label}</Pill>
      {reason !== undefined && (
        <Text size="sm" c="dimmed">
          {runReasonInWords(reason)}
        </Text>
      )}
      {outcome === 'found' && (
        <Text size="sm" c="dimmed">
          {records === 1 ? '1 record' : `${records} records`}
        </Text>
      )}
    </div>
  );
}

function Sent({ sent }: { sent: Record<string, unknown> }) {
  const entries = Object.entries(sent);
  if (entries.length === 0) return <Text size="sm">Nothing kept</Text>;
  return (
    <Code block className={classes.sent}>
      {entries
        .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
        .join('\n')}
    </Code>
  );
}

function tookInWords(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
