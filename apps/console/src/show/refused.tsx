import { Alert, Text } from '@mantine/core';
import type { Problem } from '../api/problem.js';

/** Beside a form: why what it sent was refused, and what to do. */
export function Refused({ problem }: { problem: Problem }) {
  return (
    <Alert color="red" variant="light" role="alert">
      {[problem.message.replace(/\.?$/, '.'), problem.nextStep].filter(Boolean).join(' ')}
      {problem.status >= 500 && problem.traceId !== undefined && (
        <Text size="xs" mt={4}>
          If this goes on, tell whoever runs Threadline: {problem.traceId}
        </Text>
      )}
    </Alert>
  );
}
