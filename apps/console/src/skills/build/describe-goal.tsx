import { Button, Group, List, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { toProblem } from '../../api/problem.js';
import { Card } from '../../show/card.js';
import { Notice } from '../../show/notice.js';
import { type GoalDraft, useDraftGoal } from './checks.js';
import { type Draft, draftOf, placeInWords } from './draft.js';

interface DescribeGoalProps {
  agentId: string;
  /** Fills the form with it. */
  onUse: (draft: Draft) => void;
}

/** A goal in plain words becomes a draft, with the reason for each choice. */
export function DescribeGoal({ agentId, onUse }: DescribeGoalProps) {
  const [goal, setGoal] = useState('');
  const draft = useDraftGoal(agentId);
  const problem = draft.error === null ? undefined : toProblem(draft.error);
  const ask = (): void => {
    if (goal.trim() !== '') draft.mutate(goal.trim());
  };
  return (
    <Card
      title="Describe it"
      intro="Say in a sentence what the AI agent should be able to do. You get a draft that holds against HubSpot, to look at and change; nothing is saved or enabled."
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          ask();
        }}
      >
        <Stack gap="sm">
          <Textarea
            label="What should it do?"
            placeholder="Find the newest open tickets by a word of their subject"
            value={goal}
            onChange={({ currentTarget }) => setGoal(currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
              event.preventDefault();
              ask();
            }}
            maxLength={500}
            autosize
            minRows={2}
          />
          <Group>
            <Button type="submit" loading={draft.isPending} disabled={goal.trim() === ''}>
              Draft it
            </Button>
          </Group>
          {problem !== undefined && (
            <Notice tone="wait" title="No draft could be made of this" role="alert">
              <p>{problem.message.replace(/\.?$/, '.')}</p>
              {Object.entries(problem.fields).map(([path, message]) => (
                <p key={path}>{message === problem.message ? '' : message}</p>
              ))}
              <p>Say it in other words, or fill the form in by hand.</p>
            </Notice>
          )}
          {draft.data !== undefined && <Drafted answer={draft.data} onUse={onUse} />}
        </Stack>
      </form>
    </Card>
  );
}

function Drafted({ answer, onUse }: { answer: GoalDraft; onUse: (draft: Draft) => void }) {
  const { draft, reasons, alternatives, ignored, by } = answer;
  return (
    <Stack gap="sm" aria-live="polite">
      <Notice tone="good" title={draft.toolName} role="status">
        <p>{draft.description}</p>
      </Notice>
      <section aria-label="Why">
        <Text size="sm" fw={600}>
          Why it looks like this
        </Text>
        <List size="sm">
          {reasons.map(({ path, said, chosen, message }) => (
            <List.Item key={`${path} ${chosen}`}>
              <strong>{placeInWords(path)}</strong>: {chosen}
              {said === '' ? '' : ` for “${said}”`} – {message}
            </List.Item>
          ))}
        </List>
      </section>
      {ignored.length > 0 && (
        <Text size="sm">
          Nothing was made of: {ignored.map((word) => `“${word}”`).join(', ')}. Look whether it matters.
        </Text>
      )}
      <Group gap="sm">
        <Button type="button" onClick={() => onUse(draftOf(draft as unknown as Draft))}>
          Use this draft
        </Button>
        <Text size="sm" c="dimmed">
          {by === 'model' ? 'Written by the configured model, checked by the same rules.' : 'Matched word by word.'}
        </Text>
      </Group>
      {alternatives.length > 0 && (
        <section aria-label="Alternatives">
          <Text size="sm" fw={600} mb={4}>
            It could also mean
          </Text>
          <Group gap="xs">
            {alternatives.map((other) => (
              <Button
                key={other.message}
                type="button"
                size="xs"
                variant="default"
                onClick={() => onUse(draftOf(other.draft as unknown as Draft))}
              >
                {other.message}
              </Button>
            ))}
          </Group>
        </section>
      )}
    </Stack>
  );
}
