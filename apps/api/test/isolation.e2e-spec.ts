import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signRequest } from '@app/hubspot';
import { API_KEY_SCOPES, newApiKey } from '@app/tenants';
import {
  type AppCredentials,
  createTestDatabase,
  makeAppEnvironment,
  spawnProgram,
  startApi,
  type StartedApi,
  type TestDatabase,
} from '@app/testing';
import { LARGEST_BODY_BYTES } from '../src/http/body-limit.js';
import { ACCESS_RULES, PAGES, type Refusal, type Rule, type Visitor } from './access-rules.js';
import { Browser, type Page } from './browser.js';

const WEBHOOKS = '/integrations/hubspot/webhooks';
const PASSWORD = 'a long enough password';
/** An OAuth app, so that its doors are open at all. */
const APP = { HUBSPOT_CLIENT_ID: 'client', HUBSPOT_CLIENT_SECRET: 'secret of the app' };
const UNKNOWN_ID = '0190a7f2-0000-7000-8000-000000000000';

interface Route {
  method: string;
  path: string;
  rule: Rule | undefined;
}

const document = JSON.parse(readFileSync(new URL('../../../openapi.json', import.meta.url), 'utf8')) as {
  paths: Record<string, Record<string, unknown>>;
};

const ROUTES: readonly Route[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.keys(methods).map((verb) => {
    const method = verb.toUpperCase();
    return { method, path, rule: ACCESS_RULES[`${method} ${path}`] };
  }),
);

const GUARDED = ROUTES.flatMap(({ rule, ...route }) =>
  rule === undefined || 'open' in rule || 'ownDoor' in rule
    ? []
    : [{ ...route, rule, name: `${route.method} ${route.path}` }],
);

const OWN_DOORS = [
  ...ROUTES.flatMap(({ rule, method, path }) =>
    rule !== undefined && 'ownDoor' in rule ? [{ method, path, answers: rule.ownDoor }] : [],
  ),
  ...Object.entries(PAGES).map(([route, answers]) => {
    const [method = '', path = ''] = route.split(' ');
    return { method, path, answers };
  }),
].flatMap(({ method, path, answers }) =>
  Object.entries(answers).map(([visitor, answer]) => ({
    method,
    path,
    visitor: visitor as Visitor,
    answer,
    name: `${method} ${path}`,
  })),
);

const OPEN = ROUTES.filter(({ rule }) => rule !== undefined && 'open' in rule);

let database: TestDatabase;
let api: StartedApi;
let credentials: AppCredentials;
let env: Readonly<Record<string, string | undefined>>;
/** Of the first tenant, whose things the second one tries to reach. */
let theirs: Record<'conversation' | 'delivery' | 'user' | 'apiKey' | 'aiAgent', string>;
let admin: Browser;
let agent: Browser;
let foreignAdmin: Browser;
let foreignKey: string;

beforeAll(async () => {
  database = await createTestDatabase();
  const made = makeAppEnvironment({ databaseUrl: database.url, hubspotUrl: 'http://127.0.0.1:9', extra: APP });
  ({ env, credentials } = made);
  foreignKey = newApiKey();
  api = await startApi({ env: made.env });
  const command = spawnProgram({
    entry: 'apps/api/src/admin.js',
    args: ['ensure-tenant', '--name', 'Other', '--admin-email', 'other@example.com'],
    env: { ...made.env, ADMIN_PASSWORD: PASSWORD, ADMIN_API_KEY: foreignKey },
  });
  const { code } = await command.exited;
  if (code !== 0) throw new Error(`admin ended with ${code}: ${command.lines().join('\n')}`);
  [admin, agent, foreignAdmin] = [openBrowser(), openBrowser(), openBrowser()];
  await admin.signIn(credentials.adminEmail, credentials.adminPassword);
  await foreignAdmin.signIn('other@example.com', PASSWORD);
  const user = await admin.call('POST', '/users', {
    body: { email: 'agent@example.com', password: PASSWORD, role: 'agent' },
  });
  await agent.signIn('agent@example.com', PASSWORD);
  const key = await admin.call('POST', '/api-keys', { body: { name: 'mine', scopes: ['conversations:read'] } });
  const aiAgent = await admin.call('POST', '/agents', { body: { name: 'Reception' } });
  const conversation = await admin.call('POST', '/conversations', {
    body: {
      channel: 'chat',
      customer: { email: 'a@b.co' },
      closedAt: new Date().toISOString(),
      messages: [{ author: 'agent', text: 'between us' }],
    },
  });
  const closed = conversation.body['data'] as { id: string; delivery: { id: string } };
  theirs = {
    conversation: closed.id,
    delivery: closed.delivery.id,
    user: idOf(user),
    apiKey: idOf(key),
    aiAgent: idOf(aiAgent),
  };
}, 60_000);

afterAll(async () => {
  await api.stop();
  await database.drop();
});

function openBrowser(): Browser {
  return new Browser(api.url, api.url.replace('127.0.0.1', 'localhost'));
}

function idOf({ body }: Page): string {
  return (body['data'] as { id: string }).id;
}

async function callWith(key: string | undefined, method: string, path: string, body?: unknown): Promise<Page> {
  const headers: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` };
  return new Browser(api.url, '').call(method, path, { body, headers });
}

const filled = (path: string, id = UNKNOWN_ID): string => path.replace(/\{\w+\}/g, id);
const codes = ({ status, body }: Page): unknown => [status, body['code']];

describe('the table of access', () => {
  it('has a line for every route of the document', () => {
    const missing = ROUTES.filter(({ rule }) => rule === undefined).map(({ method, path }) => `${method} ${path}`);
    expect(missing).toEqual([]);
    expect(GUARDED.length).toBeGreaterThan(20);
  });

  it('says what a foreign id is answered with, for every route that takes one', () => {
    const unsaid = GUARDED.filter(
      ({ path, rule }) => path.includes('{') !== (rule.foreign !== undefined || rule.ownName === true),
    );
    expect(unsaid.map(({ name }) => name)).toEqual([]);
  });
});

describe('every guarded route', () => {
  it.each(GUARDED)('$name refuses whoever brings nothing', async ({ method, path }) => {
    expect(codes(await callWith(undefined, method, filled(path)))).toEqual([401, 2012]);
  });

  it.each(GUARDED)('$name refuses an unknown key and an unknown session', async ({ method, path }) => {
    expect(codes(await callWith(newApiKey(), method, filled(path)))).toEqual([401, 2004]);
    const cookie = `threadline_session=${'A'.repeat(43)}`;
    const answer = await openBrowser().call(method, filled(path), { headers: { cookie } });
    expect(codes(answer)).toEqual([401, 2004]);
  });

  it.each(GUARDED)('$name refuses a key with every scope but the one it takes', async ({ method, path, rule }) => {
    const scopes = API_KEY_SCOPES.filter((scope) => scope !== rule.scope);
    const made = await admin.call('POST', '/api-keys', { body: { name: 'lacking', scopes } });
    const { key } = made.body['data'] as { key: string };
    const answer = await callWith(key, method, filled(path));
    expect(codes(answer)).toEqual([403, 2005]);
    if (rule.scope === undefined) expect(answer.body['reason']).toBe('session_required');
    else expect(answer.body['missing_scopes']).toEqual([rule.scope]);
  });

  it.each(GUARDED.filter(({ method }) => method !== 'GET'))(
    '$name refuses who may not call without reading what they send',
    async ({ method, path, rule }) => {
      const scopes = API_KEY_SCOPES.filter((scope) => scope !== rule.scope);
      const made = await admin.call('POST', '/api-keys', { body: { name: 'lacking', scopes } });
      const { key: lacking } = made.body['data'] as { key: string };
      const refused: [string | undefined, number, number][] = [
        [undefined, 401, 2012],
        [newApiKey(), 401, 2004],
        [lacking, 403, 2005],
      ];
      for (const [key, status, code] of refused) {
        // Whoever reads it would say 1004 of the one, and 1014 of the other.
        for (const unread of ['{', 'x'.repeat(LARGEST_BODY_BYTES + 1)]) {
          const headers = {
            'content-type': 'application/json',
            ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
          };
          const sent: RequestInit = { method, body: unread, headers };
          const response = await fetch(api.url + filled(path), sent);
          const problem = (await response.json()) as Record<string, unknown>;
          expect([response.status, problem['code']]).toEqual([status, code]);
        }
      }
    },
  );

  it.each(GUARDED)('$name holds people to their role', async ({ method, path, rule }) => {
    if (rule.session === 'agent') {
      const answer = await agent.call(method, filled(path), { headers: { 'content-type': 'application/json' } });
      expect(answer.body['code']).not.toBe(2005);
      if (path === '/auth/logout') await agent.signIn('agent@example.com', PASSWORD);
      return;
    }
    const answer = await agent.call(method, filled(path));
    const reason = rule.session === 'admin' ? 'admin_required' : 'api_key_required';
    expect([...(codes(answer) as unknown[]), answer.body['reason']]).toEqual([403, 2005, reason]);
  });

  it.each(GUARDED.filter(({ method, rule }) => method !== 'GET' && rule.session !== undefined))(
    '$name refuses another site that borrows a session',
    async ({ method, path }) => {
      const answer = await admin.call(method, filled(path), { headers: { origin: 'https://evil.example' } });
      expect([...(codes(answer) as unknown[]), answer.body['reason']]).toEqual([403, 2005, 'cross_site']);
    },
  );

  it.each(GUARDED.flatMap(({ rule, ...route }) => (rule.foreign ? [{ ...route, rule, foreign: rule.foreign }] : [])))(
    '$name knows nothing of another tenant’s $foreign.of',
    async ({ method, path, rule, foreign }) => {
      const address = filled(path, theirs[foreign.of]);
      const refused = [foreign.status, foreign.code];
      if (rule.scope !== undefined) {
        const byKey = await callWith(foreignKey, method, address, rule.body);
        expect(codes(byKey)).toEqual(refused);
        // Word for word what an id is answered with that nobody has.
        const nobodys = await callWith(foreignKey, method, filled(path), rule.body);
        expect(nobodys.body['detail']).toBe(byKey.body['detail']);
      }
      if (rule.session !== undefined) {
        expect(codes(await foreignAdmin.call(method, address, { body: rule.body }))).toEqual(refused);
      }
    },
  );

  it.each(GUARDED.filter(({ method, path }) => method === 'GET' && !path.includes('{')))(
    '$name shows a tenant nothing of another',
    async ({ path, rule }) => {
      const answers = [
        ...(rule.scope === undefined ? [] : [await callWith(foreignKey, 'GET', path)]),
        ...(rule.session === undefined ? [] : [await foreignAdmin.call('GET', path)]),
      ];
      for (const { body } of answers) {
        const shown = JSON.stringify(body);
        for (const id of Object.values(theirs)) expect(shown).not.toContain(id);
        for (const word of [credentials.adminEmail, 'agent@example.com', 'between us'])
          expect(shown).not.toContain(word);
      }
    },
  );
});

/** Each comes with all that it has, and accepts no pages unless it is a browser. */
function visit(visitor: Visitor, method: string, path: string): Promise<Page> {
  const headers = visitor === 'browser' ? { accept: 'text/html' } : undefined;
  const body = method === 'GET' ? undefined : [];
  switch (visitor) {
    case 'key':
      return callWith(credentials.apiKey, method, path, body);
    case 'unknownSession':
      return openBrowser().call(method, path, { body, headers: { cookie: `threadline_session=${'A'.repeat(43)}` } });
    case 'agent':
      return agent.call(method, path, { body });
    case 'admin':
      return admin.call(method, path, { body });
    default:
      return openBrowser().call(method, path, { body, headers });
  }
}

describe('every door of its own', () => {
  it('is among these', () => {
    expect(new Set(OWN_DOORS.map(({ name }) => name)).size).toBe(7);
  });

  it.each(OWN_DOORS)('$name answers $visitor with exactly $answer', async ({ method, path, visitor, answer }) => {
    const { status, body, headers } = await visit(visitor, method, path);
    const [expected, ...problem] = answer satisfies Refusal;
    expect([status, ...(problem.length > 0 ? [body['code'], body['reason']] : [])]).toEqual(
      problem.length > 0 ? [expected, problem[0], problem[1]] : [expected],
    );
    expect(headers.get('x-trace-id')).toMatch(/^[0-9a-f]{32}$/);
    if (status !== 302) return;
    // To the start of connecting for an admin, to signing in for everyone else, and back from there.
    const location = headers.get('location') ?? '';
    if (visitor === 'admin') expect(location).toMatch(/\/integrations\/hubspot\/oauth\/start\?ticket=/);
    else expect(location).toBe(`/sign-in?${new URLSearchParams({ next: path }).toString()}`);
  });

  it('takes no body whose signature another secret made', async () => {
    const text = '[]';
    const signed = signRequest(
      { method: 'POST', url: `${api.url.replace('127.0.0.1', 'localhost')}${WEBHOOKS}`, body: Buffer.from(text) },
      { clientSecret: 'another secret', versions: ['v3'], at: new Date() },
    );
    for (const browser of [openBrowser(), admin]) {
      const answer = await browser.call('POST', WEBHOOKS, { body: [], headers: signed });
      expect([...(codes(answer) as unknown[]), answer.body['reason']]).toEqual([401, 2004, 'signature_mismatch']);
    }
  });
});

async function ofOther(command: string): Promise<void> {
  const program = spawnProgram({ entry: 'apps/api/src/admin.js', args: [command, '--tenant', 'Other'], env });
  expect((await program.exited).code).toBe(0);
}

describe('a suspended tenant', () => {
  const shutOut = [403, 2005, 'tenant_suspended'];
  beforeAll(() => ofOther('suspend-tenant'));
  afterAll(() => ofOther('resume-tenant'));

  it.each(GUARDED)('is shut out of $name, by key and by session', async ({ method, path, rule }) => {
    const answers = [
      await callWith(foreignKey, method, filled(path), rule.body),
      await foreignAdmin.call(method, filled(path), { body: rule.body }),
    ];
    expect(answers.map(({ status, body }) => [status, body['code'], body['reason']])).toEqual([shutOut, shutOut]);
  });

  it.each(OWN_DOORS.filter(({ visitor, answer: [, code] }) => visitor === 'admin' && code !== 2004))(
    'is shut out of $name, where only people come',
    async ({ method, path, answer: [status] }) => {
      const answer = await foreignAdmin.call(method, path);
      const expected = status === 200 ? [200, undefined, undefined] : shutOut;
      expect([answer.status, answer.body['code'], answer.body['reason']]).toEqual(expected);
    },
  );

  it('says so at sign-in to who knows the password, and leaves the others alone', async () => {
    const right = await openBrowser().signIn('other@example.com', PASSWORD);
    expect([right.status, right.body['code'], right.body['reason']]).toEqual(shutOut);
    expect(codes(await openBrowser().signIn('other@example.com', 'not the password'))).toEqual([401, 2004]);
    expect((await admin.call('GET', '/auth/me')).status).toBe(200);
  });
});

describe('every open route', () => {
  it.each(OPEN)('$method $path asks nobody who they are', async ({ method, path }) => {
    const answers = [
      await openBrowser().call(method, path),
      await callWith(newApiKey(), method, path),
      await openBrowser().call(method, path, { headers: { cookie: `threadline_session=${'A'.repeat(43)}` } }),
    ];
    for (const { status, body } of answers) {
      expect([status, body['code']]).toEqual(method === 'GET' ? [200, undefined] : [400, 1001]);
    }
  });

  it.each([['/docs'], ['/docs-json']])('so does %s', async (path) => {
    for (const key of [undefined, newApiKey()]) {
      const { status, headers } = await callWith(key, 'GET', path);
      expect([status, headers.get('x-trace-id')]).toEqual([200, expect.stringMatching(/^[0-9a-f]{32}$/)]);
    }
  });
});

describe('the audit log', () => {
  it('names who did what, and from where, for a key and for a person', async () => {
    await callWith(credentials.apiKey, 'PATCH', '/integrations/hubspot/writeback', { mode: 'summary' });
    await admin.call('PATCH', '/integrations/hubspot/writeback', { body: { mode: 'transcript' } });
    const { body } = await admin.call('GET', '/audit?action=writeback.changed&limit=2');
    expect(body['data']).toMatchObject([
      { actor: { kind: 'user', name: credentials.adminEmail }, details: { mode: 'transcript' }, address: '127.0.0.1' },
      { actor: { kind: 'api_key', name: 'bootstrap' }, details: { mode: 'summary' } },
    ]);
    const first = await admin.call('GET', '/audit?limit=1');
    const second = await admin.call('GET', `/audit?limit=1&cursor=${String(first.body['nextCursor'])}`);
    expect(JSON.stringify(second.body['data'])).toBe(JSON.stringify([(body['data'] as unknown[])[1]]));
  });

  it('tells of sign-ins, new people and new keys, without their secrets', async () => {
    // By action: the walk above signs in and out for each route, and there are more of those every month.
    for (const action of ['session.signed_in', 'user.created', 'api_key.created']) {
      const { body } = await admin.call('GET', `/audit?action=${action}&limit=100`);
      expect([action, body['data']]).toEqual([action, expect.arrayContaining([expect.objectContaining({ action })])]);
      expect(JSON.stringify(body)).not.toMatch(/tl_live_|argon2|a long enough password/);
    }
  });
});
