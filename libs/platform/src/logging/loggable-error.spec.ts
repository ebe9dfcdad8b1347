import { describe, expect, it } from '@jest/globals';
import { QueryFailedError } from 'typeorm';
import { createLogger, nestLogger } from './logger.js';

const TEXT = 'my cat is called Schrodinger';
const EMAIL = 'private.person@example.com';

/** As the driver makes it of what PostgreSQL answers. */
function failedQuery(): QueryFailedError {
  const answered = Object.assign(new Error(`invalid input syntax for type uuid: "${TEXT}"`), {
    severity: 'ERROR',
    code: '22P02',
    detail: `Key (email)=(${EMAIL}) already exists.`,
    where: `unnamed portal parameter $1 = '${TEXT}'`,
    table: 'messages',
  });
  return new QueryFailedError('INSERT INTO messages VALUES ($1, $2)', [TEXT, EMAIL], answered);
}

function logged(write: (logger: ReturnType<typeof createLogger>) => void): string {
  let lines = '';
  write(createLogger({ level: 'trace', name: 'test' }, { write: (line) => (lines += line) }));
  return lines;
}

describe('an error in a log', () => {
  it.each([
    ['as it is', failedQuery()],
    ['as the cause of another', new Error('recording failed', { cause: failedQuery() })],
    ['among others', new AggregateError([failedQuery()], 'several')],
  ])('of the database says where and why, and nothing of what was in the statement: %s', (_, err) => {
    const line = logged((logger) => logger.error({ err }, 'broke off'));
    expect(line).toContain('PostgreSQL 22P02, table messages');
    expect(line).toContain('loggable-error.spec');
    for (const secret of ['Schrodinger', EMAIL, 'INSERT INTO']) expect(line).not.toContain(secret);
  });

  it('keeps its own words otherwise, without what hangs on it', () => {
    const err = Object.assign(new TypeError('no such thing'), { request: { headers: { authorization: TEXT } } });
    const line = logged((logger) => logger.warn({ err }, 'odd'));
    expect(JSON.parse(line)).toMatchObject({ err: { type: 'TypeError', message: 'no such thing' } });
    expect(line).not.toContain('Schrodinger');
  });

  it('of Nest is the same', () => {
    const line = logged((logger) => nestLogger(logger).error(failedQuery()));
    expect(line).toContain('PostgreSQL 22P02, table messages');
    for (const secret of ['Schrodinger', EMAIL, 'INSERT INTO']) expect(line).not.toContain(secret);
  });
});
