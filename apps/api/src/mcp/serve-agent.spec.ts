import { beforeEach, expect, it } from '@jest/globals';
import { createLogger } from '@app/platform';
import type { OfferTools, ReadAiAgents } from '@app/skills';
import { OpenQuestions } from './open-questions.js';
import type { RunTool, ToolCall } from './run-tool.js';
import { ServeAgent } from './serve-agent.js';

const caller = { tenantId: 'tenant', agentId: 'agent', calledBy: 'key', conversationId: 'of the connection' };
const CLIENT = 'io.modelcontextprotocol/';

let calls: ToolCall[];
let answer: (call: ToolCall) => Promise<unknown>;
let serve: ServeAgent;

beforeEach(() => {
  calls = [];
  answer = () => Promise.resolve({ content: [{ type: 'text', text: 'done' }] });
  const logger = createLogger({ level: 'silent', name: 'test' });
  const agents = { get: () => Promise.resolve({ name: 'Reception' }) };
  const tools = { execute: () => Promise.reject(new Error('the password is swordfish')) };
  const runTool = {
    execute: (_caller: unknown, call: ToolCall) => {
      calls.push(call);
      return answer(call);
    },
  };
  const questions = new OpenQuestions({} as never, logger, {
    databaseUrl: 'postgres://nobody@localhost/nothing',
    applicationName: 'test',
    withinMs: 1_000,
  });
  serve = new ServeAgent(
    agents as unknown as ReadAiAgents,
    tools as unknown as OfferTools,
    runTool as unknown as RunTool,
    questions,
    logger,
  );
});

const ERAS = ['2026-07-28', '2025-11-25'] as const;

function send(
  era: (typeof ERAS)[number],
  method: string,
  { params = {}, meta = {}, capabilities = {}, signal = new AbortController().signal, headers = {} } = {},
): Promise<Response> {
  const envelope = { [`${CLIENT}protocolVersion`]: era, [`${CLIENT}clientCapabilities`]: capabilities };
  const own = era === '2026-07-28' ? { 'mcp-method': method, 'mcp-name': 'find_contact' } : {};
  const request = new Request('http://localhost/agents/agent/mcp', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': era,
      ...own,
      ...headers,
    },
    signal,
  });
  const body = {
    jsonrpc: '2.0',
    id: 1,
    method,
    params: { ...params, _meta: era === '2026-07-28' ? { ...envelope, ...meta } : meta },
  };
  return serve.execute(caller, request, body);
}

const call = (era: (typeof ERAS)[number], rest: object = {}): Promise<Response> =>
  send(era, 'tools/call', { params: { name: 'find_contact', arguments: { phone: '1' } }, ...rest });

/** Of JSON, or of the one event of a stream. */
async function messageOf(response: Response): Promise<unknown> {
  const text = await response.text();
  const event = text.split('\n').find((line) => line.startsWith('data: {'));
  return JSON.parse(event?.slice('data: '.length) ?? text);
}

it.each(ERAS)('tells a run under %s when its client goes', async (era) => {
  const going = new AbortController();
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
  answer = async ({ gone }) => {
    gone.addEventListener('abort', () => stop());
    begin();
    await stopped;
    return { content: [] };
  };
  const response = call(era, { signal: going.signal });
  await begun;
  expect(calls[0]?.gone.aborted).toBe(false);
  going.abort();
  await stopped;
  await response;
});

it.each(ERAS)('tells a client that speaks %s nothing of the inside', async (era) => {
  const wrong = { error: { code: -32_603, message: 'Something went wrong on our side' } };
  expect(await messageOf(await send(era, 'tools/list'))).toMatchObject(wrong);
  answer = () => Promise.reject(new Error('the password is swordfish'));
  expect(await messageOf(await call(era))).toMatchObject(wrong);
});

it.each(ERAS)('takes the conversation of a call under %s before that of its connection', async (era) => {
  await (await call(era)).text();
  await (await call(era, { meta: { 'dev.threadline/conversationId': 'of the call' } })).text();
  await (await call(era, { meta: { 'dev.threadline/conversationId': 7 } })).text();
  expect(calls.map(({ conversationId }) => conversationId)).toEqual(['of the connection', 'of the call', '7']);
});

it.each([
  [{}, false],
  [{ elicitation: {} }, true],
  [{ elicitation: { form: {} } }, true],
  [{ elicitation: { form: {}, url: {} } }, true],
  [{ elicitation: { url: {} } }, false],
])('sees that a client with %j shows questions: %s', async (capabilities, expected) => {
  await call('2026-07-28', { capabilities });
  expect([calls[0]?.asksPeople, calls[0]?.ask]).toEqual([expected, undefined]);
  const clientInfo = { name: 'test', version: '1' };
  const begun = await send('2025-11-25', 'initialize', {
    params: { protocolVersion: '2025-11-25', capabilities, clientInfo },
  });
  await begun.text();
  const session = begun.headers.get('mcp-session-id');
  await (await call('2025-11-25', { headers: session === null ? {} : { 'mcp-session-id': session } })).text();
  expect([calls[1]?.asksPeople, calls[1]?.ask !== undefined]).toEqual([false, expected]);
});

it('asks nobody on the stream of a call of revision 2026-07-28, whatever session it names', async () => {
  await call('2026-07-28', { headers: { 'mcp-session-id': 'asks-by-itself' } });
  expect(calls[0]?.ask).toBeUndefined();
});

it('takes one message at a time', async () => {
  const request = new Request('http://localhost/agents/agent/mcp', { method: 'POST' });
  const one = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'find_contact' } };
  const response = await serve.execute(caller, request, [one, one]);
  expect([response.status, await response.json()]).toMatchObject([400, { error: { code: -32_600 } }]);
  expect(calls).toEqual([]);
});
