import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createLogger, type Database } from '@app/platform';
import { OpenQuestions, type PersonsAnswer } from './open-questions.js';

const caller = { tenantId: 'ours', agentId: 'reception', calledBy: 'key' };
const never = new AbortController().signal;

let make: (withinMs: number) => OpenQuestions;
let questions: OpenQuestions;
let told: unknown[];
let withdrawn: string[];

beforeEach(() => {
  told = [];
  withdrawn = [];
  const database = {
    withTenant: (tenantId: string) => Promise.resolve(void told.push(tenantId)),
  } as unknown as Database;
  make = (withinMs) =>
    new OpenQuestions(database, createLogger({ level: 'silent', name: 'test' }), {
      databaseUrl: 'postgres://nobody@localhost/nothing',
      applicationName: 'test',
      withinMs,
    });
  questions = make(3_600_000);
});

afterEach(() => questions.beforeApplicationShutdown());

const withdraw = (id: string): Promise<void> => Promise.resolve(void withdrawn.push(id));

async function ask(gone = never, by = caller): Promise<{ id: string; said: Promise<PersonsAnswer> }> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const said = questions.ask(by, { put: (id) => Promise.resolve(resolve(id)), withdraw }, gone);
  return { id: await promise, said };
}

const put = (): Promise<void> => Promise.reject(new Error('was put'));
const answering = (id: unknown, rest: object) => ({ jsonrpc: '2.0', id, ...rest });

it.each([
  ['accept', { result: { action: 'accept', content: {} } }],
  ['decline', { result: { action: 'decline' } }],
  ['cannot_ask', { result: { action: 'nod' } }],
  ['cannot_ask', { result: null }],
  ['cannot_ask', { error: { code: -32_601, message: 'Method not found' } }],
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
  expect([await said, withdrawn]).toEqual(['unanswered', []]);
  expect(await questions.ask(caller, { put, withdraw }, going.signal)).toBe('not_asked');
});

it('is withdrawn when nobody answers in time: whoever still sees it must not say yes to nothing', async () => {
  questions = make(1);
  const { id, said } = await ask();
  expect([await said, withdrawn]).toEqual(['unanswered', [id]]);
});

it('is withdrawn when the process stops, and not put any more from then on', async () => {
  const { id, said } = await ask();
  questions.beforeApplicationShutdown();
  expect([await said, withdrawn]).toEqual(['unanswered', [id]]);
  expect(await questions.ask(caller, { put, withdraw }, never)).toBe('not_asked');
});

const tenant = (index: number) => ({ ...caller, tenantId: `tenant ${index}` });

it('has room for 50 of a tenant, and for another one when one is over', async () => {
  const [first] = await Promise.all(Array.from({ length: 50 }, () => ask()));
  expect(await questions.ask(caller, { put, withdraw }, never)).toBe('not_asked');
  await ask(never, tenant(1));
  await questions.answer(caller, answering(first?.id, { result: { action: 'cancel' } }));
  expect(await first?.said).toBe('cancel');
  await ask();
});

it('has room for 500 of all', async () => {
  await Promise.all(Array.from({ length: 500 }, (_, index) => ask(never, tenant(index % 10))));
  expect(await questions.ask(tenant(11), { put, withdraw }, never)).toBe('not_asked');
});
