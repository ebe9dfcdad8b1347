import { AsyncLocalStorage } from 'node:async_hooks';

/** A line that names every trace of a batch of a hundred would be longer than all else it says. */
const MOST_IN_A_LINE = 20;

const inForce = new AsyncLocalStorage<readonly string[]>();

/** Whatever `work` does is done for these requests: it travels beside the calls, as who is acting does. */
export function withTraces<T>(traceIds: readonly string[], work: () => T): T {
  return inForce.run([...new Set(traceIds)], work);
}

/** The request that is being answered; undefined outside of one, and where several are worked on together. */
export function currentTraceId(): string | undefined {
  const traces = inForce.getStore() ?? [];
  return traces.length === 1 ? traces[0] : undefined;
}

/** What a log line says of them. */
export function tracesForLog(): { trace_ids?: readonly string[]; traces?: number } {
  const traces = inForce.getStore() ?? [];
  if (traces.length === 0) return {};
  const trace_ids = traces.slice(0, MOST_IN_A_LINE);
  return trace_ids.length < traces.length ? { trace_ids, traces: traces.length } : { trace_ids };
}
