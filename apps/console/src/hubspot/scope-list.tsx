import { List, Text } from '@mantine/core';
import classes from './facts.module.css';

/** What HubSpot granted. */
export function ScopeList({ granted }: { granted: readonly string[] | undefined }) {
  if (granted === undefined) {
    return (
      <Text size="sm" c="dimmed" mt="md">
        HubSpot doesn’t tell which scopes this token has. One that is missing shows when it is needed.
      </Text>
    );
  }
  return (
    <details className={classes.details}>
      <summary>{granted.length} scopes are granted</summary>
      <List size="sm" mt="xs">
        {granted.map((scope) => (
          <List.Item key={scope}>{scope}</List.Item>
        ))}
      </List>
    </details>
  );
}
