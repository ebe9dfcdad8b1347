import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { toProblem } from '../api/problem.js';
import { scopesQuery } from './connection.js';
import classes from './facts.module.css';

/** What HubSpot granted, each with what it is for. */
export function ScopeList({ granted }: { granted: readonly string[] | undefined }) {
  const scopes = useQuery(scopesQuery);
  if (granted === undefined) {
    return (
      <Text size="sm" c="dimmed" mt="md">
        HubSpot doesn’t tell which scopes this token has. One that is missing shows when it is needed.
      </Text>
    );
  }
  const reasons = new Map(scopes.data?.map(({ scope, reason }) => [scope, reason]));
  return (
    <details className={classes.details}>
      <summary>{granted.length} scopes are granted</summary>
      {scopes.error !== null && (
        <Text size="sm" c="var(--bad-ink)" role="alert">
          What they are for can’t be shown: {toProblem(scopes.error).message}
        </Text>
      )}
      <Scopes items={granted.map((scope) => ({ scope, reason: reasons.get(scope) ?? 'Not used by Threadline' }))} />
    </details>
  );
}

/** Scopes, each with its reason. */
export function Scopes({ items }: { items: readonly { scope: string; reason: string }[] }) {
  return (
    <dl className={classes.scopes}>
      {items.map(({ scope, reason }) => (
        <div key={scope}>
          <dt>{scope}</dt>
          <dd>{reason}</dd>
        </div>
      ))}
    </dl>
  );
}
