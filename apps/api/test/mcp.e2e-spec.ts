import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createTestDatabase,
  type MadePortal,
  makeAppEnvironment,
  spawnProgram,
  startApi,
  type StartedApi,
  startSimulator,
  type TestDatabase,
  type TestSimulator,
  waitFor,
} from '@app/testing';
import type { CallToolResult, Client } from '@modelcontextprotocol/client';
import { Browser, type Page } from './browser.js';
import { connectMcp, type McpClientOptions, type Person } from './mcp-clients.js';

const HS = '/integrations/hubspot';
const INSPECTOR = '@modelcontextprotocol/inspector/clients/launcher/build/index.js';
const OPTIONS = ['--transport', 'http', '--stored-auth-only', '--format', 'json'];
const PACK = [
  'create_contact',
  'create_deal',
  'create_ticket',
  'find_company',
  'find_contact',
  'find_ticket',
  'update_contact',
];
const PETS = {
  name: 'pets',
  labels: { singular: 'Pet', plural: 'Pets' },
  primaryDisplayProperty: 'nickname',
  requiredProperties: ['nickname'],
  associatedObjects: ['contacts'],
  properties: [{ name: 'nickname', label: 'Nickname', type: 'string', fieldType: 'text' }],
};

let database: TestDatabase;
let simulator: TestSimulator;
/** Two processes of one installation: a client's calls go to both in turns. */
let apis: StartedApi[];
let portal: MadePortal;
let apiKey: string;
let env: Parameters<typeof startApi>[0]['env'];
let admin: { email: string; password: string };
let agent: string;

const dataOf = ({ body }: Page) => body['data'] as Record<string, unknown>;
const yes: Person = () => Promise.resolve('accept');
const mcpAt = (api: StartedApi): string => `${api.url}${agent}/mcp`;

/** Holds every answer against openapi.json. */
function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Page> {
  return new Browser(apis[0]?.url ?? '', '').call(method, path, {
    body,
    headers: { authorization: `Bearer ${apiKey}`, ...headers },
  });
}

/** For what must not fail. */
async function done(method: string, path: string, body?: unknown): Promise<Page> {
  const page = await call(method, path, body);
  if (page.status >= 300) throw new Error(`${method} ${path} answered ${page.status}: ${JSON.stringify(page.body)}`);
  return page;
}

const connect = (options: Partial<McpClientOptions> = {}): Promise<Client> =>
  connectMcp({ urls: apis.map(mcpAt), apiKey, era: '2026-07-28', ...options });

const hints = (readOnlyHint: boolean, destructiveHint: boolean, idempotentHint: boolean) =>
  expect.objectContaining({ readOnlyHint, destructiveHint, idempotentHint, openWorldHint: false });

/** What an AI agent reads of an answer: the same in both of its forms. */
function read(result: CallToolResult): Record<string, unknown> {
  const [block] = result.content;
  const told = JSON.parse(block?.type === 'text' ? block.text : '') as Record<string, unknown>;
  expect(told).toEqual(result.structuredContent);
  return told;
}

async function run(client: Client, name: string, given: object, meta?: object): Promise<Record<string, unknown>> {
  const result = await client.callTool({ name, arguments: { ...given }, ...(meta && { _meta: { ...meta } }) });
  const told = read(result);
  expect([told, result.isError === true]).toEqual([
    told,
    ['refused', 'failed', 'declined', 'unanswered'].includes(String(told['outcome'])),
  ]);
  return told;
}

const idIn = (told: Record<string, unknown>): string => (told['records'] as { id: string }[])[0]?.id ?? '';

async function subjects(): Promise<unknown[]> {
  const tickets = await simulator.control.records(portal.hubId, 'tickets');
  return tickets.map(({ properties }) => properties['subject']);
}

async function makeKey(scopes: string[]): Promise<string> {
  const browser = new Browser(apis[0]?.url ?? '', apis[0]?.url.replace('127.0.0.1', 'localhost') ?? '');
  await browser.signIn(admin.email, admin.password);
  return dataOf(await browser.call('POST', '/api-keys', { body: { name: 'made', scopes } }))['key'] as string;
}

/** An open conversation whose customer has shown to be this contact. */
async function verifiedConversation(contactId: string): Promise<string> {
  const opened = dataOf(await call('POST', '/conversations', { channel: 'voice', customer: { phone: '+4930901820' } }));
  const conversationId = String(opened['id']);
  const verification = { contactId, method: 'one_time_code', verifiedBy: 'IVR' };
  expect((await call('POST', `/conversations/${conversationId}/verification`, verification)).status).toBe(200);
  return conversationId;
}

const LIST = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
const send = (method: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(mcpAt(apis[0] as StartedApi), {
    method,
    headers: {
      authorization: `Bearer ${apiKey}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

const errorOf = async (response: Response): Promise<unknown> => {
  const body = (await response.json()) as { code?: number; error?: { code: number } };
  return [response.status, body.error?.code ?? body.code];
};

interface Message {
  id?: string | number;
  method?: string;
  params?: object;
  result?: CallToolResult;
}

/** A call by hand whose question is shown to nobody yet. `told`: what the call ends with, and `before` that. */
async function openQuestion(
  api: StartedApi,
  subject: string,
): Promise<{
  id: string;
  told: Promise<Record<string, unknown>>;
  before: Message[];
  answer: (id: string, url?: string, said?: object) => Promise<Response>;
}> {
  const headers = {
    authorization: `Bearer ${apiKey}`,
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
  };
  const post = (body: object, more: object = {}, url = mcpAt(api)): Promise<Response> =>
    fetch(url, { method: 'POST', headers: { ...headers, ...more }, body: JSON.stringify({ jsonrpc: '2.0', ...body }) });
  const begun = await post({
    id: 1,
    method: 'initialize',
    params: {
      protocolVersion: '2025-11-25',
      capabilities: { elicitation: {} },
      clientInfo: { name: 'by hand', version: '1' },
    },
  });
  await begun.text();
  const session = {
    'mcp-session-id': begun.headers.get('mcp-session-id') ?? '',
    'mcp-protocol-version': '2025-11-25',
  };
  const params = { name: 'create_ticket', arguments: { subject } };
  const messages = messagesOf(await post({ id: 2, method: 'tools/call', params }, session));
  const { value: question } = await messages.next();
  expect(question).toMatchObject({
    method: 'elicitation/create',
    params: { message: expect.stringContaining(subject) },
  });
  const before: Message[] = [];
  const end = async (): Promise<Record<string, unknown>> => {
    for await (const message of messages) {
      if (message.result !== undefined) return read(message.result);
      before.push(message);
    }
    throw new Error('the stream ended without a result');
  };
  return {
    id: String(question?.id),
    told: end(),
    before,
    answer: (id, url, said = { result: { action: 'accept', content: {} } }) => post({ id, ...said }, session, url),
  };
}

/** Of a stream of server-sent events. */
async function* messagesOf({ body }: Response): AsyncGenerator<Message, undefined> {
  let text = '';
  for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const data = event.split('\n').find((line) => line.startsWith('data: {'));
      if (data !== undefined) yield JSON.parse(data.slice('data: '.length)) as Message;
    }
  }
  return undefined;
}

async function inspect(...args: string[]): Promise<{ code: number | null; result: Record<string, unknown> }> {
  const home = await mkdtemp(join(tmpdir(), 'inspector-'));
  const [api] = apis;
  const program = spawnProgram({
    folder: 'node_modules',
    entry: INSPECTOR,
    args: [
      '--cli',
      '--server-url',
      mcpAt(api as StartedApi),
      ...OPTIONS,
      '--header',
      `Authorization: Bearer ${apiKey}`,
      ...args,
    ],
    env: { HOME: home, MCP_STORAGE_DIR: home },
  });
  const { code } = await program.exited;
  await rm(home, { recursive: true });
  const line = program.lines().find((each) => each.startsWith('{'));
  const { result } = JSON.parse(line ?? '{}') as { result?: Record<string, unknown> };
  if (result === undefined) throw new Error(`the Inspector ended with ${code}: ${program.lines().join('\n')}`);
  return { code, result };
}

/** As a person at a terminal would: a write that is asked about is called again with its token. */
async function inspectTool(name: string, given: object, headers: string[] = []): Promise<Record<string, unknown>> {
  const calling = (sent: object) =>
    inspect('--method', 'tools/call', '--tool-name', name, '--tool-args-json', JSON.stringify(sent), ...headers);
  const first = read((await calling(given)).result as CallToolResult);
  if (first['outcome'] !== 'confirmation_required') return first;
  const agreed = { ...given, confirmation_token: first['confirmation_token'] };
  return read((await calling(agreed)).result as CallToolResult);
}

beforeAll(async () => {
  [database, simulator] = await Promise.all([createTestDatabase(), startSimulator()]);
  portal = await simulator.control.createPortal({
    seed: { contacts: 0 },
    limits: { staticPer10s: null, searchPerSecond: null },
  });
  const schemas = `${simulator.url}/crm-object-schemas/2026-09/schemas`;
  const headers = { authorization: `Bearer ${portal.token}`, 'content-type': 'application/json' };
  const pets = await fetch(schemas, { method: 'POST', headers, body: JSON.stringify(PETS) });
  const { fullyQualifiedName: object } = (await pets.json()) as { fullyQualifiedName: string };
  const made = makeAppEnvironment({ databaseUrl: database.url, hubspotUrl: simulator.url });
  ({ apiKey } = made.credentials);
  ({ env } = made);
  admin = { email: made.credentials.adminEmail, password: made.credentials.adminPassword };
  apis = [await startApi({ env: made.env }), await startApi({ env: made.env })];
  const created = await call('POST', '/agents', { name: 'Reception', description: 'At night', kind: 'voice' });
  agent = `/agents/${String(dataOf(created)['id'])}`;
  await done('POST', `${HS}/connect`, { accessToken: portal.token });
  await done('POST', `${agent}${HS}/pack/install`);
  const findPet = {
    toolName: 'find_pet',
    description: 'Finds a pet by its name',
    operation: 'restSearch',
    restSearch: {
      object,
      where: [[{ field: 'nickname', operator: 'EQ', value: { input: 'name' } }]],
      select: ['nickname'],
      take: 'one',
    },
    inputs: [{ name: 'name', description: 'Its name' }],
    enabled: true,
  };
  await done('POST', `${agent}${HS}/bindings`, findPet);
  await simulator.control.createRecords(portal.hubId, object, [{ properties: { nickname: 'Rex' } }]);
  await simulator.control.createRecords(portal.hubId, 'companies', [
    { properties: { name: 'Acme', domain: 'acme.example' } },
  ]);
  await simulator.control.advanceClock(60_000);
}, 90_000);

afterAll(async () => {
  await Promise.all(apis.map((api) => api.stop()));
  await simulator.stop();
  await database.drop();
});

describe.each(['2026-07-28', 'earlier'] as const)('an MCP client that speaks %s', (era) => {
  it('is told who it talks to, and of the enabled skills alone, as they are now', async () => {
    const client = await connect({ era });
    expect(client.getServerVersion()).toMatchObject({ name: 'threadline', title: 'Threadline: Reception' });
    expect(client.getInstructions()).toContain('Reception (At night)');
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([...PACK, 'find_pet'].toSorted());
    const hintsOf = (wanted: string): unknown => tools.find(({ name }) => name === wanted)?.annotations;
    expect(hintsOf('find_contact')).toEqual(hints(true, false, true));
    expect(hintsOf('create_contact')).toEqual(hints(false, false, true));
    expect(hintsOf('create_ticket')).toEqual(hints(false, false, false));
    expect(hintsOf('update_contact')).toEqual(hints(false, true, true));
    const [, find, create] = ['', 'find_pet', 'create_ticket'].map((wanted) =>
      tools.find(({ name }) => name === wanted),
    );
    expect(find).toMatchObject({
      title: 'Find pet',
      description: 'Finds a pet by its name',
      inputSchema: { properties: { name: { type: 'string', description: 'Its name' } }, required: ['name'] },
    });
    expect(Object.keys(find?.inputSchema.properties ?? {})).toEqual(['name']);
    expect(Object.keys(create?.inputSchema.properties ?? {})).toContain('confirmation_token');
    const skills = (await call('GET', `${agent}${HS}/bindings`)).body['data'] as { id: string; toolName: string }[];
    const pet = `${agent}${HS}/bindings/${skills.find(({ toolName }) => toolName === 'find_pet')?.id ?? ''}`;
    await call('PATCH', pet, { enabled: false });
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(PACK);
    expect(await run(client, 'find_pet', { name: 'Rex' })).toMatchObject({ reason: 'skill_disabled' });
    await call('PATCH', pet, { enabled: true });
    expect((await client.listTools()).tools).toHaveLength(PACK.length + 1);
    await client.close();
  });

  it('is given the question and a token where it can’t show questions, and writes once', async () => {
    const client = await connect({ era });
    const subject = `Token of ${era}`;
    const asked = await run(client, 'create_ticket', { subject });
    expect(asked).toMatchObject({ outcome: 'confirmation_required', message: expect.stringContaining(subject) });
    expect(await subjects()).not.toContain(subject);
    const agreed = { subject, confirmation_token: asked['confirmation_token'] };
    const written = await run(client, 'create_ticket', agreed);
    expect([written, await run(client, 'create_ticket', agreed)]).toMatchObject([
      { outcome: 'created', records: [{ values: { subject } }] },
      { records: written['records'] },
    ]);
    expect((await subjects()).filter((one) => one === subject)).toHaveLength(1);
    for (const confirmation_token of ['made up', 7, asked['confirmation_token']])
      expect(await run(client, 'create_ticket', { subject: 'Other', confirmation_token })).toMatchObject({
        outcome: 'refused',
        reason: expect.stringMatching(/^confirmation_(unknown|mismatch)$/),
      });
    expect(await subjects()).not.toContain('Other');
    await client.close();
  });

  it('hears of what went wrong in words to say, and of tools that aren’t there as MCP says', async () => {
    const client = await connect({ era });
    expect(await run(client, 'find_contact', { phone: 'soon', colour: 'red' })).toMatchObject({
      outcome: 'refused',
      message: 'phone is not a phone number; colour is not an input of this tool',
      reason: 'invalid_arguments',
      errors: [{ field: 'arguments.phone' }, { field: 'arguments.colour' }],
    });
    await expect(client.callTool({ name: 'no_such_skill', arguments: {} })).rejects.toMatchObject({
      code: -32_602,
      message: expect.stringContaining('no_such_skill'),
    });
    await client.close();
  });
});

describe.each(['2026-07-28', 'earlier'] as const)('an MCP client that speaks %s and shows questions', (era) => {
  const number = era === 'earlier' ? '901820' : '901821';
  it('runs all seven skills of the pack, and one over a custom object', async () => {
    const questions: string[] = [];
    const client = await connect({ era, person: (question) => (questions.push(question), yes(question)) });
    const ada = { phone: `+49 30 ${number}`, first_name: 'Ada' };
    const contact = await run(client, 'create_contact', ada);
    expect([contact['outcome'], questions]).toEqual(['created', [expect.stringContaining('Ada')]]);
    const contactId = idIn(contact);
    await simulator.control.advanceClock(60_000);
    expect(await run(client, 'find_contact', { phone: `0049 30 ${number}` })).toMatchObject({
      outcome: 'found',
      records: [{ id: contactId, values: { first_name: 'Ada' } }],
    });
    expect(await run(client, 'create_contact', ada)).toMatchObject({ outcome: 'already_there' });
    const company = await run(client, 'find_company', { domain: 'acme.example' });
    const ties = { contact_id: contactId, company_id: idIn(company) };
    expect(await run(client, 'create_ticket', { subject: `Printer ${number}`, ...ties })).toMatchObject({
      outcome: 'created',
    });
    expect(await run(client, 'create_deal', { name: 'New printer', ...ties })).toMatchObject({ outcome: 'created' });
    await simulator.control.advanceClock(60_000);
    expect(await run(client, 'find_ticket', { subject: number })).toMatchObject({
      records: [{ values: { subject: `Printer ${number}` } }],
    });
    expect(await run(client, 'find_pet', { name: 'Rex' })).toMatchObject({
      records: [{ values: { nickname: 'Rex' } }],
    });
    const change = { contact_id: contactId, last_name: 'Lovelace' };
    expect(await run(client, 'update_contact', change)).toMatchObject({ reason: 'caller_not_verified' });
    const conversationId = await verifiedConversation(contactId);
    const meta = { 'dev.threadline/conversationId': conversationId };
    expect(await run(client, 'update_contact', change, meta)).toMatchObject({ outcome: 'updated' });
    const { properties } = await simulator.control.record(portal.hubId, 'contacts', contactId);
    expect([properties['lastname'], questions.length]).toEqual(['Lovelace', 5]);
    await client.close();
  });

  it('says of which conversation it is by a header, too', async () => {
    const [contactId = ''] = await simulator.control.createRecords(portal.hubId, 'contacts', [
      { properties: { firstname: 'Grace' } },
    ]);
    const headers = { 'Threadline-Conversation-Id': await verifiedConversation(contactId) };
    const client = await connect({ era, person: yes, headers });
    const change = { contact_id: contactId, last_name: 'Hopper' };
    expect(await run(client, 'update_contact', change)).toMatchObject({ outcome: 'updated' });
    const nobodys = { 'dev.threadline/conversationId': 'nobody’s' };
    expect(await run(client, 'find_pet', { name: 'Rex' }, nobodys)).toMatchObject({ outcome: 'refused', code: 2002 });
    await client.close();
  });

  it('says of none by an empty header, as clients do whose variable isn’t set', async () => {
    const client = await connect({ era, headers: { 'Threadline-Conversation-Id': '' } });
    expect(await run(client, 'find_pet', { name: 'Rex' })).toMatchObject({ outcome: 'found' });
    await client.close();
  });

  it.each(['decline', 'cancel'] as const)('writes nothing when the person answers %s', async (action) => {
    const client = await connect({ era, person: () => Promise.resolve(action) });
    expect(await run(client, 'create_ticket', { subject: `Not ${action} ${era}` })).toMatchObject({
      outcome: 'declined',
    });
    expect(await subjects()).not.toContain(`Not ${action} ${era}`);
    await client.close();
  });

  it('is given the token when what was agreed to takes too long, to ask again with it', async () => {
    const client = await connect({ era, person: yes });
    const actions = [{ kind: 'delay' as const, ms: 5_000 }];
    const path = '/crm/objects/*/tickets';
    await simulator.control.addFault({ hubId: portal.hubId, path, method: 'POST', times: 1, actions });
    const subject = `Lift of ${era}`;
    const slow = await run(client, 'create_ticket', { subject });
    expect(slow).toMatchObject({ outcome: 'failed', retryable: true, reason: 'still_working' });
    const again = { subject, confirmation_token: slow['confirmation_token'] };
    const ticket = await waitFor(
      async () => {
        const told = await run(client, 'create_ticket', again);
        return told['outcome'] === 'failed' ? undefined : told;
      },
      { what: 'the ticket to be written', intervalMs: 250 },
    );
    expect([ticket['outcome'], (await subjects()).filter((one) => one === subject)]).toEqual(['created', [subject]]);
    await client.close();
  });
});

describe('a question of a client of an earlier revision', () => {
  it('that nobody answers in time is withdrawn, and nothing can be written of it: neither by a late yes nor by the model', async () => {
    const api = await startApi({ env: { ...env, MCP_QUESTION_SECONDS: '1' } });
    const other = dataOf(await done('POST', '/agents', { name: 'Other' }));
    const { id, told, before, answer } = await openQuestion(api, 'Nobody answers');
    expect((await answer(id, `${api.url}/agents/${String(other['id'])}/mcp`)).status).toBe(202);
    expect(await told).toEqual({
      outcome: 'unanswered',
      message: 'Nobody has answered the question. Nothing is written.',
      next: expect.stringContaining('asked again'),
    });
    expect(before).toMatchObject([{ method: 'notifications/cancelled', params: { requestId: id } }]);
    expect((await answer(id)).status).toBe(202);
    expect(await subjects()).not.toContain('Nobody answers');
    await api.stop();
  }, 60_000);

  it('is answered by way of any process', async () => {
    const [one, another] = apis as [StartedApi, StartedApi];
    const { id, told, answer } = await openQuestion(one, 'Answered elsewhere');
    expect((await answer(id, mcpAt(another))).status).toBe(202);
    expect(await told).toMatchObject({ outcome: 'created', records: [{ values: { subject: 'Answered elsewhere' } }] });
  });

  it('is withdrawn when the process stops, and asked again by another one', async () => {
    const api = await startApi({ env });
    const subject = 'Stopped meanwhile';
    const { id, told, before } = await openQuestion(api, subject);
    const [asked] = await Promise.all([told, api.stop()]);
    expect([asked['outcome'], before]).toMatchObject([
      'unanswered',
      [{ method: 'notifications/cancelled', params: { requestId: id } }],
    ]);
    const client = await connect({ era: 'earlier', person: yes });
    expect(await run(client, 'create_ticket', { subject })).toMatchObject({ outcome: 'created' });
    await client.close();
  }, 60_000);

  it('that the client can’t show after all ends with the token', async () => {
    const { id, told, answer } = await openQuestion(apis[0] as StartedApi, 'Shown to nobody');
    const cannot = { error: { code: -32_601, message: 'Method not found' } };
    expect((await answer(id, undefined, cannot)).status).toBe(202);
    expect(await told).toMatchObject({ outcome: 'confirmation_required', confirmation_token: expect.any(String) });
    expect(await subjects()).not.toContain('Shown to nobody');
  });
});

describe('the MCP endpoint', () => {
  it('opens to keys that may run skills, and says so to others', async () => {
    const reader = await makeKey(['integrations:read', 'conversations:read', 'skills:write']);
    const lacking = await send('POST', LIST, { authorization: `Bearer ${reader}` });
    expect([lacking.status, lacking.headers.get('www-authenticate')]).toEqual([
      403,
      'Bearer error="insufficient_scope", scope="skills:execute"',
    ]);
    const unknown = await send('POST', LIST, { authorization: 'Bearer tl_live_unknown' });
    expect([unknown.status, unknown.headers.get('www-authenticate')]).toEqual([401, 'Bearer error="invalid_token"']);
    const nothing = await fetch(mcpAt(apis[0] as StartedApi), { method: 'POST' });
    expect([nothing.status, nothing.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    for (const method of ['GET', 'DELETE']) {
      const refused = await fetch(mcpAt(apis[0] as StartedApi), { method });
      const answered = await send(method, undefined);
      expect([method, refused.status, answered.status, answered.headers.get('allow')]).toEqual([
        method,
        401,
        405,
        'POST',
      ]);
    }
  });

  it('answers no pages of other sites', async () => {
    const own = new URL((apis[0] as StartedApi).url.replace('127.0.0.1', 'localhost')).origin;
    expect((await send('POST', LIST, { origin: own })).status).toBe(200);
    for (const origin of ['https://evil.example', 'null', 'http://localhost']) {
      const refused = await send('POST', LIST, { origin });
      expect([refused.status, await refused.json()]).toMatchObject([403, { code: 2005, reason: 'foreign_origin' }]);
    }
  });

  it('holds messages to the protocol', async () => {
    expect(await errorOf(await send('POST', LIST, { 'mcp-protocol-version': '1999-01-01' }))).toEqual([400, -32_000]);
    const meta = {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientCapabilities': {},
    };
    const modern = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/list' };
    const enveloped = { ...LIST, params: { _meta: meta } };
    expect(await errorOf(await send('POST', enveloped, modern))).toEqual([200, undefined]);
    expect(await errorOf(await send('POST', enveloped, { ...modern, 'mcp-method': 'tools/call' }))).toEqual([
      400, -32_020,
    ]);
    const listen = { ...enveloped, method: 'subscriptions/listen' };
    expect(await errorOf(await send('POST', listen, { ...modern, 'mcp-method': 'subscriptions/listen' }))).toEqual([
      404, -32_601,
    ]);
    expect(await errorOf(await send('POST', { id: 1 }))).toEqual([400, expect.any(Number)]);
    expect(await errorOf(await send('POST', 'x'.repeat(2 ** 20)))).toEqual([413, 1014]);
    expect((await send('POST', { jsonrpc: '2.0', method: 'notifications/initialized' })).status).toBe(202);
  });

  it('knows nobody else’s AI agents', async () => {
    for (const id of ['0190a7f2-0000-7000-8000-000000000000', 'none']) {
      const answer = await call('POST', `/agents/${id}/mcp`, LIST);
      expect([answer.status, answer.body['code']]).toEqual([404, 2011]);
    }
  });
});

describe('the MCP Inspector’s command line', () => {
  it('lists the tools, and calls one', async () => {
    const listed = await inspect('--method', 'tools/list');
    expect((listed.result['tools'] as { name: string }[]).map(({ name }) => name)).toEqual(
      [...PACK, 'find_pet'].toSorted(),
    );
    const found = await inspect(
      '--method',
      'tools/call',
      '--tool-name',
      'find_pet',
      '--tool-args-json',
      '{"name":"Rex"}',
    );
    expect([found.code, read(found.result as CallToolResult)]).toMatchObject([
      0,
      { records: [{ values: { nickname: 'Rex' } }] },
    ]);
  }, 60_000);

  it('runs all seven skills of the pack', async () => {
    const phone = '+49 30 901824';
    const contact = await inspectTool('create_contact', { phone, first_name: 'Radia' });
    expect(contact).toMatchObject({ outcome: 'created' });
    const contactId = idIn(contact);
    const company = await inspectTool('find_company', { domain: 'acme.example' });
    const ties = { contact_id: contactId, company_id: idIn(company) };
    const subject = 'Inspected';
    expect(await inspectTool('create_ticket', { subject, ...ties })).toMatchObject({ outcome: 'created' });
    expect(await inspectTool('create_deal', { name: subject, ...ties })).toMatchObject({ outcome: 'created' });
    await simulator.control.advanceClock(60_000);
    expect(await inspectTool('find_contact', { phone })).toMatchObject({ records: [{ id: contactId }] });
    expect(await inspectTool('find_ticket', { subject })).toMatchObject({ records: [{ values: { subject } }] });
    const header = ['--header', `Threadline-Conversation-Id: ${await verifiedConversation(contactId)}`];
    const change = { contact_id: contactId, last_name: 'Perlman' };
    expect(await inspectTool('update_contact', change, header)).toMatchObject({ outcome: 'updated' });
  }, 120_000);
});
