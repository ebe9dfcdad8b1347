import { Code, List, Loader, Stack, Text } from '@mantine/core';
import { toProblem } from '../../api/problem.js';
import { Card } from '../../show/card.js';
import { Notice } from '../../show/notice.js';
import { Refused } from '../../show/refused.js';
import { gatesInWords } from '../skill-words.js';
import { SchemaView } from '../schema-view.js';
import classes from '../skills.module.css';
import type { BindingCheck } from './checks.js';
import type { FieldProblem } from './building.js';
import { placeInWords } from './draft.js';

interface CheckCardProps {
  check: BindingCheck | undefined;
  error: Error | null;
  isFetching: boolean;
  /** Of those, what is wrong rather than not filled in yet. */
  wrong: readonly FieldProblem[];
  missing: readonly FieldProblem[];
}

/** What HubSpot's schema says of the draft, while it is being written, and what the AI agent would be given. */
export function CheckCard({ check, error, isFetching, wrong, missing }: CheckCardProps) {
  return (
    <Card title="Check" intro="Against what this HubSpot account holds, as you type.">
      <Stack gap="md" aria-live="polite">
        {check === undefined && error === null && <Loader size="sm" aria-label="Checking" />}
        {error !== null && <Refused problem={toProblem(error)} />}
        {check?.valid === true && (
          <Notice tone="good" title="It holds" role="status">
            <p>It can be saved as it is.</p>
          </Notice>
        )}
        {wrong.length > 0 && (
          <Notice tone="bad" title={wrong.length === 1 ? 'One thing is wrong' : `${wrong.length} things are wrong`}>
            <List size="sm" mt={4}>
              {wrong.map(({ field, message }) => (
                <List.Item key={field}>
                  <strong>{placeInWords(field)}</strong> {message}
                </List.Item>
              ))}
            </List>
          </Notice>
        )}
        {missing.length > 0 && (
          <Text size="sm" c="dimmed">
            Still to be filled in: {[...new Set(missing.map(({ field }) => placeInWords(field)))].join('; ')}.
          </Text>
        )}
        {check?.gates !== undefined && gatesInWords(check.gates).length > 0 && (
          <List size="sm">
            {gatesInWords(check.gates).map((words) => (
              <List.Item key={words}>{words}</List.Item>
            ))}
          </List>
        )}
        {check?.inputSchema !== undefined && (
          <section aria-label="What the AI agent may send">
            <Text fw={600} size="sm" mb={4}>
              What the AI agent may send
            </Text>
            <SchemaView schema={check.inputSchema} />
            <details className={classes.details}>
              <summary>As JSON Schema</summary>
              <Code block mt="xs" tabIndex={0} aria-label="JSON Schema">
                {JSON.stringify(check.inputSchema, null, 2)}
              </Code>
            </details>
          </section>
        )}
        {isFetching && check !== undefined && (
          <Text size="xs" c="dimmed">
            Checking …
          </Text>
        )}
      </Stack>
    </Card>
  );
}
