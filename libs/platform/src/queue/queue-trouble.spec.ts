import { expect, it } from '@jest/globals';
import { pino } from 'pino';
import { queueTrouble } from './queue-trouble.js';

it('says once in a while that the queue is away, not at every attempt', () => {
  const lines: string[] = [];
  let time = 0;
  const onError = queueTrouble(pino({ level: 'warn' }, { write: (line) => void lines.push(line) }), () => time);
  for (time = 1_000_000; time < 1_060_000; time += 100) onError(new Error('connect ECONNREFUSED'));
  expect(lines).toHaveLength(2);
  expect(lines[0]).toContain('ECONNREFUSED');
});
