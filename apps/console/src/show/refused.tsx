import type { Problem } from '../api/problem.js';
import { Notice } from './notice.js';

/** Beside a form: why what it sent was refused, and what to do. */
export function Refused({ problem }: { problem: Problem }) {
  return (
    <Notice tone="bad" role="alert">
      {[problem.message.replace(/\.?$/, '.'), problem.nextStep].filter(Boolean).join(' ')}
      {problem.status >= 500 && problem.traceId !== undefined && (
        <p>If this goes on, tell whoever runs Threadline: {problem.traceId}</p>
      )}
    </Notice>
  );
}
