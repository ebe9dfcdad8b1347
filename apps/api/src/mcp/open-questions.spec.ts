import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createLogger, type Database } from '@app/platform';
import { OpenQuestions, type PersonsAnswer } from './open-questions.js';

const caller = { tenantId: 'ours', agentId: 'reception', calledBy: 'key' };
const never = new AbortController().signal;

let questions: OpenQuestions;
let told: unknown[];

beforeEach(() => {
  told = [];
  const database = {
    withTenant: (tenantId: string) => Promise.resolve(void told.push(tenantId)),
  } as unknown as Database;
  questions = new OpenQuestions(database, createLogger({ level: 'silent', name: 'test' }), {
    databaseUrl: 'postgres://nobody@localhost/nothing',
    applicationName: 'test',
    withinMs: 3_600_000,
  });
});

afterEach(() => questions.beforeApplicationShutdown());

async function ask(gone = never): Promise<{ id: string; said: Promise<PersonsAnswer> }> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const said = questions.ask(caller, (id) => Promise.resolve(resolve(id)), gone);
  return { id: await promise, said };
}

const put = (): Promise<void> => Promise.reject(new Error('was put'));
const answering = (id: unknown, rest: object) => ({ jsonrpc: '2.0', id, ...rest });

it.each([
  ['accept', { result: { action: 'accept', content: {} } }],
  ['decline', { result: { action: 'decline' } }],
  [undefined, { result: { action: 'nod' } }],
  [undefined, { result: null }],
  [undefined, { error: { code: -32_601, message: 'Method not found' } }],
])('is answered %s', async (expected, rest) => {
  const { id, said } = await ask();
  expect(await questions.answer(caller, answering(id, rest))).toBe(true);
  expect([await said, told]).toEqual([expected, []]);
});

it('hands an answer to a question of somebody else on, and does not take it itself', async () => {
  const { id, said } = await ask();
  const accept = { result: { action: 'accept' } };
  for (const other of [
    { ...caller, tenantId: 'theirs' },
    { ...caller, agentId: 'night' },
  ])
    expect(await questions.answer(other, answering(id, accept))).toBe(true);
  expect(told).toEqual(['theirs', 'ours']);
  await questions.answer(caller, answering(id, { result: { action: 'decline' } }));
  expect(await said).toBe('decline');
});

it.each([[{ method: 'tools/list' }], [{ id: 7, result: {} }], [{ id: 'x'.repeat(9_000), result: {} }], [[]], [null]])(
  'leaves %j to others',
  async (message) => {
    expect(await questions.answer(caller, message)).toBe(false);
  },
);

it('ends without an answer when the client goes, and is not put to one that has gone', async () => {
  const going = new AbortController();
  const { said } = await ask(going.signal);
  going.abort();
  expect(await said).toBeUndefined();
  expect(await questions.ask(caller, put, going.signal)).toBeUndefined();
});

it('has room for 500, and for another one when one is over', async () => {
  const open = await Promise.all(Array.from({ length: 500 }, () => ask()));
  expect(await questions.ask(caller, put, never)).toBeUndefined();
  const [first] = open;
  await questions.answer(caller, answering(first?.id, { result: { action: 'cancel' } }));
  expect(await first?.said).toBe('cancel');
  await ask();
  questions.beforeApplicationShutdown();
  expect(new Set(await Promise.all(open.slice(1).map(({ said }) => said)))).toEqual(new Set([undefined]));
});
