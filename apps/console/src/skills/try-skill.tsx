import { Button, Checkbox, Code, Group, Stack, Text, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { toProblem } from '../api/problem.js';
import { Card } from '../show/card.js';
import { Notice } from '../show/notice.js';
import { Pill } from '../show/pill.js';
import { Refused } from '../show/refused.js';
import { ArgumentsForm, type Typed, typedArguments } from './arguments-form.js';
import { flatSchema } from './schema-view.js';
import { nextStepOf, OUTCOME_WORDS } from './skill-words.js';
import { type Skill, type Trial, useTrySkill } from './skills.js';
import classes from './skills.module.css';

/** What was sent, so that the same is sent again with a yes, or for the next page. */
interface Sent {
  arguments: Record<string, unknown>;
  conversationId?: string;
}

/** Runs the skill as the AI agent would, with HubSpot's real answer. */
export function TrySkill({ agentId, skill }: { agentId: string; skill: Skill }) {
  const { toolName, operation, enabled, gates, inputSchema } = skill;
  const schema = flatSchema(inputSchema);
  const isHeldBack = operation === 'restWrite' && !enabled;
  const [typed, setTyped] = useState<Typed>({});
  const [conversationId, setConversationId] = useState('');
  const [onlyPlan, setOnlyPlan] = useState(false);
  const [sent, setSent] = useState<Sent>();
  const run = useTrySkill(agentId, toolName);
  const send = (next: Sent, more: { confirmation?: string; onlyPlan?: boolean } = {}): void => {
    setSent(next);
    run.mutate({ ...next, ...more });
  };
  const problem = run.error === null ? undefined : toProblem(run.error);
  const conversation = conversationId.trim();
  // A yes of which nobody knows what became: another question would be another write.
  const open = problem?.retryable === true && run.variables?.confirmation !== undefined ? run.variables : undefined;
  const step = problem && nextStepOf(problem);
  return (
    <Stack gap="lg">
      <Card
        title="Try it"
        intro="With HubSpot’s real answer, through the same gates as the AI agent. What runs stands in the run log."
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (open !== undefined) return run.mutate(open);
            const named = conversation === '' ? {} : { conversationId: conversation };
            send({ arguments: typedArguments(schema, typed), ...named }, { onlyPlan: onlyPlan || isHeldBack });
          }}
        >
          <Stack gap="md">
            <ArgumentsForm schema={schema} typed={typed} errors={problem?.fields ?? {}} onChange={setTyped} />
            {gates.verifiedCaller && (
              <TextInput
                label="Conversation id"
                description="Of one whose caller was verified: a record is changed only for the person it belongs to"
                value={conversationId}
                onChange={({ currentTarget }) => setConversationId(currentTarget.value)}
                maxLength={100}
              />
            )}
            {isHeldBack ? (
              <Notice tone="idle">It is not enabled, so nothing is written: you are shown what would be.</Notice>
            ) : (
              <Checkbox
                label="Only show what would be asked of HubSpot"
                checked={onlyPlan}
                onChange={({ currentTarget: { checked } }) => setOnlyPlan(checked)}
              />
            )}
            <Group>
              <Button type="submit" loading={run.isPending}>
                {open !== undefined ? 'Ask again' : onlyPlan || isHeldBack ? 'Show what it would do' : 'Run it'}
              </Button>
              {open !== undefined && (
                <Button variant="default" onClick={() => run.reset()}>
                  Leave it
                </Button>
              )}
            </Group>
            {problem !== undefined && (
              <div>
                <Refused problem={problem} />
                {open !== undefined && (
                  <Text size="sm" mt="xs">
                    You said yes, and it may be written already. Asking again tells what became of it, and never writes
                    twice.
                  </Text>
                )}
                {step !== undefined && (
                  <Text size="sm" mt="xs">
                    {step}
                  </Text>
                )}
              </div>
            )}
          </Stack>
        </form>
      </Card>
      {run.data !== undefined && !run.isPending && sent !== undefined && (
        <Answer
          answer={run.data}
          onAgree={(confirmation) => send(sent, { confirmation })}
          onDecline={() => run.reset()}
          onNext={(cursor) => send({ ...sent, arguments: { ...sent.arguments, cursor } })}
        />
      )}
    </Stack>
  );
}

interface AnswerProps {
  answer: Trial;
  onAgree: (token: string) => void;
  onDecline: () => void;
  onNext: (cursor: string) => void;
}

function Answer({ answer, onAgree, onDecline, onNext }: AnswerProps) {
  const { outcome, message, records, nextCursor, confirmation, plan } = answer;
  const { label, tone } = OUTCOME_WORDS[outcome];
  const { find, write } = plan ?? {};
  const [top, setTop] = useState<HTMLDivElement | null>(null);
  // On a phone it begins below the screen.
  useEffect(() => {
    top?.scrollIntoView({ behavior: 'smooth', block: 'nearest' });
  }, [top, answer]);
  return (
    <Card title="Answer">
      <Stack gap="md" role="status" ref={setTop} className={classes.answer}>
        <Group gap="sm">
          <Pill tone={tone}>{label}</Pill>
        </Group>
        {confirmation === undefined ? (
          <Text>{message}</Text>
        ) : (
          <Notice tone="wait" title="The caller is asked first">
            <p>“{message}”</p>
            <Group gap="sm" mt="sm">
              <Button size="sm" onClick={() => onAgree(confirmation.token)}>
                Yes, write it
              </Button>
              <Button size="sm" variant="default" onClick={onDecline}>
                No
              </Button>
            </Group>
          </Notice>
        )}
        {records?.map(({ id, values }) => (
          <section key={id} className={classes.record} aria-label={`Record ${id}`}>
            <dl className={classes.values}>
              <dt>id</dt>
              <dd className={classes.code}>{id}</dd>
              {Object.entries(values).map(([name, value]) => (
                <Value key={name} name={name} value={value} />
              ))}
            </dl>
          </section>
        ))}
        {nextCursor !== undefined && (
          <Group>
            <Button variant="default" onClick={() => onNext(nextCursor)}>
              Next page
            </Button>
          </Group>
        )}
        {plan !== undefined && (
          <section aria-label="What would be asked of HubSpot">
            <Text size="sm" fw={600} mb={4}>
              What would be asked of HubSpot
            </Text>
            <Code block tabIndex={0} aria-label="Plan">
              {JSON.stringify(find ?? write, null, 2)}
            </Code>
          </section>
        )}
      </Stack>
    </Card>
  );
}

function Value({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
