import { Button, Skeleton, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Problem } from '../api/problem.js';
import classes from './states.module.css';

interface EmptyProps {
  title: string;
  children?: ReactNode;
  /** The one thing to do from here. */
  action?: ReactNode;
}

/** Where there is nothing yet: why, and what would bring something. */
export function Empty({ title, children, action }: EmptyProps) {
  return (
    <div className={classes.state}>
      <svg className={classes.picture} viewBox="0 0 64 48" aria-hidden="true">
        <rect x="6" y="6" width="52" height="36" rx="8" />
        <path d="M16 18h32M16 26h22M16 34h14" />
      </svg>
      <Title order={3} size="h4">
        {title}
      </Title>
      {children !== undefined && (
        <Text c="dimmed" maw="28rem">
          {children}
        </Text>
      )}
      {action}
    </div>
  );
}

interface FailedProps {
  title: string;
  problem: Problem;
  onRetry?: () => void;
}

/** Where something could not be shown: why, what to do, and what to tell whoever runs Threadline. */
export function Failed({ title, problem, onRetry }: FailedProps) {
  return (
    <div className={classes.state} role="alert">
      <Title order={3} size="h4">
        {title}
      </Title>
      <Text maw="32rem">{[problem.message, problem.nextStep].filter(Boolean).join(' ')}</Text>
      {onRetry !== undefined && (
        <Button variant="default" onClick={onRetry}>
          Try again
        </Button>
      )}
      {problem.traceId !== undefined && (
        <Text size="xs" c="dimmed">
          If this goes on, tell whoever runs Threadline: {problem.traceId}
        </Text>
      )}
    </div>
  );
}

/** While something loads: as many lines as are likely to come, so that nothing jumps. */
export function Loading({ lines = 4, label = 'Loading' }: { lines?: number; label?: string }) {
  return (
    <Stack gap="sm" role="status" aria-label={label} py="xs">
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} height={16} width={line === lines - 1 ? '60%' : '100%'} />
      ))}
    </Stack>
  );
}
