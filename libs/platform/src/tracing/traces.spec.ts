import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { createLogger } from '../logging/logger.js';
import { currentTraceId, withTraces } from './traces.js';

function readLines(work: (log: ReturnType<typeof createLogger>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  work(createLogger({ level: 'info', name: 'test' }, { write: (line) => void lines.push(line) }));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

function seenWithin(id: string): Promise<string | undefined> {
  return withTraces([id], async () => {
    await turn();
    return currentTraceId();
  });
}

describe('traces', () => {
  it('are those of the work they travel with, however it interleaves', async () => {
    expect(await Promise.all([seenWithin('a'), seenWithin('b')])).toEqual(['a', 'b']);
    expect(currentTraceId()).toBeUndefined();
  });

  it('are no single request’s while several are worked on together', () => {
    expect(withTraces(['a', 'b'], () => currentTraceId())).toBeUndefined();
    expect(withTraces(['a', 'a'], () => currentTraceId())).toBe('a');
  });

  it('stand on every log line, bounded, but not where the line names its own', () => {
    const many = Array.from({ length: 100 }, (_, index) => `t${index}`);
    const [outside, one, own, hundred] = readLines((log) => {
      log.info('before');
      withTraces(['a'], () => log.info('one'));
      withTraces(['a'], () => log.info({ trace_id: 'a' }, 'a request'));
      withTraces(many, () => log.info('a batch'));
    });
    expect(outside).not.toHaveProperty('trace_ids');
    expect(one).toMatchObject({ trace_ids: ['a'] });
    expect(own).not.toHaveProperty('trace_ids');
    expect(hundred).toMatchObject({ trace_ids: many.slice(0, 20), traces: 100 });
  });
});
