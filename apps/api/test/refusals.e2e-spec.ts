import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newApiKey } from '@app/tenants';
import {
  createTestDatabase,
  makeAppEnvironment,
  spawnProgram,
  startApi,
  type StartedApi,
  type TestDatabase,
  waitFor,
} from '@app/testing';
import { Client } from 'pg';
import { ApiContract } from './api-contract.js';

interface Answer {
  status: number;
  type: string | null;
  traceId: string | null;
  body: Record<string, unknown>;
}

const UNKNOWN_ID = '0190a7f2-0000-7000-8000-000000000000';

const contract = ApiContract.load();

let database: TestDatabase;
let api: StartedApi;
let apiKey: string;
let foreignKey: string;
let readOnlyKey: string;
let conversationId: string;
let deliveryId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  const { env, credentials } = makeAppEnvironment({ databaseUrl: database.url, hubspotUrl: 'http://127.0.0.1:9' });
  apiKey = credentials.apiKey;
  foreignKey = newApiKey();
  readOnlyKey = newApiKey();
  api = await startApi({ env });
  const admin = spawnProgram({
    entry: 'apps/api/src/admin.js',
    args: ['ensure-tenant', '--name', 'Other', '--admin-email', 'other@example.com'],
    env: { ...env, ADMIN_PASSWORD: 'password', ADMIN_API_KEY: foreignKey },
  });
  const { code } = await admin.exited;
  if (code !== 0) throw new Error(`admin ended with ${code}: ${admin.lines().join('\n')}`);
  const client = new Client({ connectionString: database.adminUrl });
  await client.connect();
  await client.query(
    `INSERT INTO api_keys (id, tenant_id, name, key_hash, scopes)
     SELECT gen_random_uuid(), id, 'reader', sha256($1::bytea), '{conversations:read}' FROM tenants WHERE name = 'Tenant'`,
    [Buffer.from(readOnlyKey)],
  );
  await client.end();
  const closed = await call('POST', '/conversations', {
    body: {
      channel: 'chat',
      customer: { email: 'a@b.co' },
      closedAt: new Date().toISOString(),
      messages: [{ author: 'agent', text: 'secret words' }],
    },
  });
  const data = closed.body['data'] as { id: string; delivery: { id: string } };
  conversationId = data.id;
  deliveryId = data.delivery.id;
});

afterAll(async () => {
  await api.stop();
  await database.drop();
});

async function call(
  method: string,
  path: string,
  {
    body,
    raw,
    key = apiKey,
    type = 'application/json',
  }: { body?: unknown; raw?: string; key?: string | null; type?: string } = {},
): Promise<Answer> {
  const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(api.url + path, {
    method,
    body: content,
    headers: {
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...(content === undefined ? {} : { 'content-type': type }),
    },
  });
  const answered = (await response.json()) as Record<string, unknown>;
  const { status, headers } = response;
  const mediaType = headers.get('content-type')?.split(';')[0] ?? '';
  // A batch is answered although an item of it is not what the document asks for.
  const requestBody = path.endsWith('/batch') ? undefined : body;
  expect(contract.validate({ method, path, requestBody, status, mediaType, responseBody: answered })).toEqual([]);
  return { status, type: headers.get('content-type'), traceId: headers.get('x-trace-id'), body: answered };
}

function expectProblem(answer: Answer, status: number, code: number): void {
  expect([answer.status, answer.body['code']]).toEqual([status, code]);
  expect(answer.type).toContain('application/problem+json');
  expect(answer.body).toMatchObject({
    status,
    code,
    title: expect.any(String),
    detail: expect.any(String),
    type: expect.any(String),
  });
  expect(typeof answer.body['retryable']).toBe('boolean');
  expect(answer.traceId).toMatch(/^[0-9a-f]{32}$/);
  expect(answer.body['trace_id']).toBe(answer.traceId);
}

const CHAT = { channel: 'chat', customer: { email: 'a@b.co' } };

/** JSON of so many bytes. */
function textOf(size: number): string {
  return JSON.stringify('x'.repeat(size - 2));
}

async function* unannounced(): AsyncGenerator<Buffer> {
  for (let sent = 0; sent < 128; sent += 16) yield Buffer.alloc(16 * 1024, 'x');
}

describe('bad requests', () => {
  it.each([
    ['malformed JSON', { raw: '{"channel": "chat",' }, 400, 1004],
    ['JSON that is no object', { raw: '[1, 2]' }, 400, 1002],
    ['a prototype in JSON', { raw: '{"__proto__": {"channel": "chat"}}' }, 400, 1004],
    ['another media type', { raw: 'channel=chat', type: 'application/x-www-form-urlencoded' }, 415, 1015],
    ['plain text', { raw: 'hello', type: 'text/plain' }, 415, 1015],
    ['20 MB', { raw: JSON.stringify({ ...CHAT, subject: 'x'.repeat(20_000_000) }) }, 413, 1014],
    ['nothing required', { body: {} }, 400, 1001],
    ['an unknown field', { body: { ...CHAT, tenantId: 'mine' } }, 400, 1002],
    [
      'an unknown field deep down',
      { body: { ...CHAT, messages: [{ author: 'agent', text: 'x', html: true }] } },
      400,
      1002,
    ],
    ['a wrong type', { body: { ...CHAT, customer: 'Ada' } }, 400, 1002],
    ['a number for text', { body: { ...CHAT, subject: 5 } }, 400, 1002],
    ['a value that is not in the list', { body: { ...CHAT, channel: 'fax' } }, 400, 1002],
    ['a time without a zone', { body: { ...CHAT, closedAt: '2026-01-01T10:00:00' } }, 400, 1002],
    ['a day that does not exist', { body: { ...CHAT, closedAt: '2026-13-41T10:00:00Z' } }, 400, 1002],
    [
      'closing before it started',
      { body: { ...CHAT, startedAt: '2026-01-02T00:00:00Z', closedAt: '2026-01-01T00:00:00Z' } },
      400,
      1002,
    ],
    ['a number that is none', { body: { channel: 'chat', customer: { phone: 'call me' } } }, 400, 1003],
  ])('%s', async (_what, request, status, code) => {
    expectProblem(await call('POST', '/conversations', request), status, code);
  });

  const MIB = 1024 * 1024;
  it.each([
    ['POST', '/auth/login', null, MIB / 16],
    ['POST', '/nothing/is/here', null, MIB / 16],
    // Looked at before its signature is, and never parsed before that.
    ['POST', '/integrations/hubspot/webhooks', null, 16 * MIB],
    ['PATCH', '/integrations/hubspot/writeback', 'key', MIB],
    ['POST', '/integrations/hubspot/connect', 'key', MIB],
    ['POST', '/conversations/batch', 'key', 16 * MIB],
  ])('to %s %s are read up to a size of the route’s own', async (method, path, who, limit) => {
    const key = who === null ? null : apiKey;
    const refused = await call(method, path, { raw: textOf(limit + 1), key });
    expectProblem(refused, 413, 1014);
    expect(refused.body['detail']).toContain(limit < MIB ? `${limit / 1024} KiB` : `${limit / MIB} MiB`);
    expect((await call(method, path, { raw: textOf(limit), key })).status).not.toBe(413);
  });

  it('are counted as they come where no size was announced', async () => {
    const response = await fetch(`${api.url}/auth/login`, {
      method: 'POST',
      body: unannounced(),
      duplex: 'half',
      headers: { 'content-type': 'application/json' },
    });
    expect([response.status, ((await response.json()) as { code: number }).code]).toEqual([413, 1014]);
  });

  it('name each field that is wrong', async () => {
    const answer = await call('POST', '/conversations', {
      body: {
        channel: 'fax',
        customer: { phone: 'x', age: 3 },
        messages: [{ author: 'agent' }, { author: 'me', text: 'x' }],
      },
    });
    const fields = (answer.body['errors'] as { field: string }[]).map(({ field }) => field);
    expect(fields.toSorted()).toEqual([
      'channel',
      'customer.age',
      'customer.phone',
      'messages[0].text',
      'messages[1].author',
    ]);
  });

  it('sink only themselves in a batch', async () => {
    const items = [
      { ...CHAT, closedAt: new Date().toISOString() },
      { channel: 'fax' },
      5,
      null,
      { ...CHAT, closedAt: '2030-01-01T00:00:00Z' },
      CHAT,
    ];
    const { status, body } = await call('POST', '/conversations/batch', { body: { conversations: items } });
    expect(status).toBe(200);
    const results = body['data'] as { status: number; problem?: { code: number; trace_id: string } }[];
    expect(results.map((item) => item.problem?.code ?? item.status)).toEqual([202, 1002, 1002, 1002, 1002, 201]);
    expectProblem(
      await call('POST', '/conversations/batch', { body: { conversations: Array.from({ length: 101 }, () => CHAT) } }),
      400,
      1002,
    );
  });
});

describe('what is not there', () => {
  it.each([
    ['GET', '/nothing', 2011],
    ['DELETE', '/conversations', 2011],
    ['GET', `/conversations/${UNKNOWN_ID}`, 2002],
    ['GET', '/conversations/not-an-id', 2002],
    ['POST', `/conversations/${UNKNOWN_ID}/close`, 2002],
    ['GET', `/integrations/hubspot/deliveries/${UNKNOWN_ID}`, 2011],
    ['GET', '/integrations/hubspot/deliveries/%00', 2011],
    ['POST', `/integrations/hubspot/deliveries/${UNKNOWN_ID}/replay`, 2011],
  ])('%s %s', async (method, path, code) => {
    expectProblem(await call(method, path), 404, code);
  });
});

describe('who may not', () => {
  it('has no key, a malformed one, an unknown one, or one without the scope', async () => {
    expectProblem(await call('GET', '/conversations', { key: null }), 401, 2012);
    expectProblem(await call('GET', '/conversations', { key: 'not-a-key' }), 401, 2004);
    expectProblem(await call('GET', '/conversations', { key: newApiKey() }), 401, 2004);
    const lacking = await call('POST', '/conversations', { body: CHAT, key: readOnlyKey });
    expectProblem(lacking, 403, 2005);
    expect(lacking.body['missing_scopes']).toEqual(['conversations:write']);
    expect((await call('GET', '/conversations', { key: readOnlyKey })).status).toBe(200);
  });

  it('holds another tenant’s key: nothing of ours exists for it', async () => {
    expectProblem(await call('GET', `/conversations/${conversationId}`, { key: foreignKey }), 404, 2002);
    expectProblem(
      await call('POST', `/conversations/${conversationId}/close`, { key: foreignKey, body: {} }),
      404,
      2002,
    );
    expectProblem(
      await call('POST', `/conversations/${conversationId}/messages`, { key: foreignKey, body: { messages: [] } }),
      404,
      2002,
    );
    expectProblem(await call('GET', `/integrations/hubspot/deliveries/${deliveryId}`, { key: foreignKey }), 404, 2011);
    expectProblem(
      await call('POST', `/integrations/hubspot/deliveries/${deliveryId}/replay`, { key: foreignKey }),
      404,
      2011,
    );
    expect((await call('GET', '/conversations', { key: foreignKey })).body).toEqual({ data: [] });
  });
});

describe('trouble on our side', () => {
  it('answers 3002 while the database is away, says nothing of it, and recovers by itself', async () => {
    const admin = new Client({ connectionString: database.adminUrl.replace(/\/[^/]*$/, '/postgres') });
    await admin.connect();
    await admin.query(`ALTER DATABASE ${database.name} ALLOW_CONNECTIONS false`);
    await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [database.name]);
    const answer = await call('GET', '/conversations');
    await admin.query(`ALTER DATABASE ${database.name} ALLOW_CONNECTIONS true`);
    await admin.end();
    expectProblem(answer, 503, 3002);
    expect(JSON.stringify(answer.body)).not.toMatch(/postgres|connection|select/i);
    await waitFor(async () => (await call('GET', '/conversations')).status === 200, { timeoutMs: 10_000 });
  });

  it('logs no key and no text of a message', () => {
    const printed = api.lines().join('\n');
    expect(printed).toContain('"msg":"request"');
    for (const secret of [apiKey, foreignKey, readOnlyKey, 'secret words']) expect(printed).not.toContain(secret);
  });
});
