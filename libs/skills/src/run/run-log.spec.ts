import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { createLogger, newId, systemClock } from '@app/platform';
import { RunLog } from './run-log.js';

describe('RunLog', () => {
  it('makes no error of a run that can’t be written down: a write is done, and its answer is known', async () => {
    const lines = new PassThrough();
    const logger = createLogger({ level: 'error', name: 'test' }, lines);
    const gone = { withTenant: () => Promise.reject(new Error('the database is gone')) };
    const log = new RunLog(gone, systemClock, (text) => text, logger);
    await log.record(newId(), {
      agentId: newId(),
      skill: 'open_case',
      version: 1,
      calledBy: 'A key',
      arguments: { subject: 'A secret' },
      outcome: 'created',
      records: 1,
      begunAt: systemClock.now(),
    });
    const line = String(lines.read());
    expect(JSON.parse(line)).toMatchObject({ skill: 'open_case', outcome: 'created' });
    expect(line).toContain('the database is gone');
    expect(line).not.toContain('A secret');
  });
});
