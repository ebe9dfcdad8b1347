import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { get, type IncomingHttpHeaders } from 'node:http';
import { newApiKey } from '@app/tenants';
import {
  type AppCredentials,
  createTestDatabase,
  makeAppEnvironment,
  startApi,
  type StartedApi,
  type TestDatabase,
} from '@app/testing';
import { Client } from 'pg';
import { Browser } from './browser.js';

const PER_CALLER = 6;
/** One comes back every five seconds: more than these tests take even on a busy machine. */
const PER_ADDRESS = 12;

/** Open to everyone, and limited. */
const CONNECT = '/settings/integrations/hubspot/connect';

let database: TestDatabase;
let client: Client;
let credentials: AppCredentials;
/** Two processes, behind a proxy that says where requests come from. */
let apis: StartedApi[];
let secureApi: StartedApi;

beforeAll(async () => {
  database = await createTestDatabase();
  const made = makeAppEnvironment({
    databaseUrl: database.url,
    hubspotUrl: 'http://127.0.0.1:9',
    extra: {
      RATE_LIMIT_PER_CALLER: String(PER_CALLER),
      RATE_LIMIT_PER_ADDRESS: String(PER_ADDRESS),
      TRUSTED_PROXIES: '127.0.0.1',
    },
  });
  credentials = made.credentials;
  apis = [await startApi({ env: made.env }), await startApi({ env: made.env })];
  secureApi = await startApi({ env: { ...made.env, PUBLIC_URL: 'https://threadline.example', TRUSTED_PROXIES: '' } });
  client = new Client({ connectionString: database.adminUrl });
  await client.connect();
}, 60_000);

afterAll(async () => {
  await client.end();
  await Promise.all([...apis, secureApi].map((api) => api.stop()));
  await database.drop();
});

async function forgive(): Promise<void> {
  await client.query('TRUNCATE allowances');
}

let asked = 0;
/** From an address, to the two processes in turn. */
async function ask(path: string, { from, key }: { from: string; key?: string }): Promise<Response> {
  asked += 1;
  const url = (apis[asked % 2] as StartedApi).url;
  return fetch(url + path, {
    redirect: 'manual',
    headers: { 'x-forwarded-for': from, ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) },
  });
}

describe('rate limits', () => {
  it('hold for a key across processes and addresses, and say when to come back', async () => {
    await forgive();
    const statuses: number[] = [];
    let last: Response | undefined;
    for (let i = 0; i < PER_CALLER + 2; i += 1) {
      last = await ask('/conversations', { from: `203.0.113.${i}`, key: credentials.apiKey });
      statuses.push(last.status);
    }
    expect(statuses).toEqual([...Array<number>(PER_CALLER).fill(200), 429, 429]);
    const body = (await last?.json()) as Record<string, unknown>;
    expect(body).toMatchObject({ code: 1007, retryable: true });
    expect(Number(last?.headers.get('retry-after'))).toBe(body['retry_after']);
    expect(body['retry_after']).toBeGreaterThan(0);
    expect(body['retry_after']).toBeLessThanOrEqual(Math.ceil(60 / PER_CALLER));
  });

  it('hold for an address that guesses keys, and for its whole IPv6 network, but not for others', async () => {
    await forgive();
    const statuses: number[] = [];
    for (let i = 0; i < PER_ADDRESS + 1; i += 1) {
      statuses.push((await ask('/conversations', { from: `2001:db8::${i + 1}`, key: newApiKey() })).status);
    }
    expect(statuses).toEqual([...Array<number>(PER_ADDRESS).fill(401), 429]);
    expect((await ask('/conversations', { from: '2001:db8:0:1::1', key: credentials.apiKey })).status).toBe(200);
  });

  it('hold for pages that need no credentials, never for an operator’s probes', async () => {
    await forgive();
    const from = '198.51.100.7';
    for (let i = 0; i < PER_ADDRESS; i += 1) expect((await ask(CONNECT, { from })).status).toBe(302);
    expect((await ask(CONNECT, { from })).status).toBe(429);
    expect((await ask('/health/live', { from })).status).toBe(200);
  });

  it('can’t be escaped by inventing addresses where no proxy is trusted', async () => {
    await forgive();
    const statuses = new Set<number>();
    for (let i = 0; i < PER_ADDRESS + 1; i += 1) {
      const headers = { 'x-forwarded-for': `192.0.2.${i}` };
      statuses.add((await fetch(secureApi.url + CONNECT, { headers, redirect: 'manual' })).status);
    }
    expect([...statuses]).toEqual([302, 429]);
  });
});

describe('security headers', () => {
  it.each([['/health/live'], ['/conversations'], ['/nothing'], ['/sign-in'], ['/docs'], ['/docs-json']])(
    'stand on %s',
    async (path) => {
      await forgive();
      const { headers } = await fetch(secureApi.url + path);
      expect(Object.fromEntries(headers)).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'strict-transport-security': 'max-age=31536000',
        'cache-control': 'no-store',
      });
      expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('access-control-allow-origin')).toBeNull();
    },
  );

  it('promise https only where it is served', async () => {
    const { headers } = await fetch(`${apis[0]?.url}/health/live`);
    expect(headers.get('strict-transport-security')).toBeNull();
  });

  it('tie the session’s cookie to this host and https', async () => {
    await forgive();
    const browser = new Browser(secureApi.url, 'https://threadline.example');
    const { headers } = await browser.signIn(credentials.adminEmail, credentials.adminPassword);
    expect(headers.get('set-cookie')).toMatch(
      /^__Host-threadline_session=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
    );
    expect((await browser.call('GET', '/auth/me')).status).toBe(200);
    const other = new Browser(secureApi.url, secureApi.url);
    expect((await other.signIn(credentials.adminEmail, credentials.adminPassword)).body['reason']).toBe('cross_site');
  });
});

async function openPage(path: string, accept = 'text/html'): Promise<Response> {
  return fetch(secureApi.url + path, { headers: { accept } });
}

describe('the console’s page', () => {
  it('runs scripts that are files of ours and no other, and styles that carry the answer’s own nonce', async () => {
    const [first, second] = [await openPage('/sign-in'), await openPage('/sign-in')];
    const [html, policy] = [await first.text(), first.headers.get('content-security-policy') ?? ''];
    expect(policy).not.toMatch(/unsafe|data:|\*/);
    expect(policy).toContain("script-src 'self';");
    const [, nonce = 'none'] = /style-src 'self' 'nonce-([\w+/=]{24})'/.exec(policy) ?? [];
    expect(html).toContain(`<meta property="csp-nonce" nonce="${nonce}">`);
    expect(html).not.toContain('__CSP_NONCE__');
    expect(await second.text()).not.toContain(nonce);
    for (const [, attributes = ''] of html.matchAll(/<script\b([^>]*)>/g))
      expect(attributes).toContain(' src="/assets/');
    expect(html).not.toMatch(/<style|\son\w+=|\sstyle=/);
    expect(first.headers.get('cache-control')).toBe('no-store');
  });

  it.each(['/', '/sign-in?next=%2F', '/desk/an-id', '/deliveries', '/settings/integrations/hubspot?connect=connected'])(
    'is what %s opens',
    async (path) => {
      const response = await openPage(path);
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(await response.text()).toContain('<div id="root">');
    },
  );

  it('is what a browser finds where nothing is, and a program finds a problem', async () => {
    for (const path of ['/nothing', '/integrations/nothing', '/assets/nothing.js']) {
      const [page, problem] = [await openPage(path), await openPage(path, '*/*')];
      expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
      expect(await problem.json()).toMatchObject({ status: 404, code: 2011 });
    }
    const posted = await fetch(`${secureApi.url}/nothing`, { method: 'POST', headers: { accept: 'text/html' } });
    expect([posted.status, posted.headers.get('content-type')]).toEqual([404, expect.stringContaining('problem+json')]);
  });

  it('never stands in for an answer of the API', async () => {
    await forgive();
    for (const path of ['/conversations', '/integrations/hubspot', '/users']) {
      const response = await openPage(path);
      expect([response.status, await response.json()]).toEqual([401, expect.objectContaining({ code: 2012 })]);
    }
  });

  it('loads files that are kept for good, compressed as the browser can, and nothing outside their folder', async () => {
    const html = await (await openPage('/')).text();
    const [script = ''] = /\/assets\/[\w-]+\.js/.exec(html) ?? [];
    const sizes = new Map<string, number>();
    for (const encoding of ['br', 'gzip', 'identity']) {
      const { status, headers, body } = await request(secureApi.url + script, encoding);
      expect(status).toBe(200);
      expect(headers).toMatchObject({
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
        vary: 'accept-encoding',
        'content-type': expect.stringContaining('javascript'),
        ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
      });
      sizes.set(encoding, body.length);
    }
    expect(sizes.get('br')).toBeLessThan(sizes.get('gzip') ?? 0);
    expect(sizes.get('gzip')).toBeLessThan((sizes.get('identity') ?? 0) / 2);
    for (const path of ['/assets/../index.html', '/assets/%2e%2e/index.html', '/assets/..%2findex.html', '/assets/']) {
      expect((await request(secureApi.url, 'identity', path)).status).toBeGreaterThanOrEqual(400);
    }
  });
});

/** As sent: neither decompressed nor with a path that was made tidy. */
function request(
  url: string,
  encoding: string,
  path = new URL(url).pathname,
): Promise<{ status: number; headers: IncomingHttpHeaders; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    get({ hostname, port, path, headers: { 'accept-encoding': encoding } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    }).on('error', reject);
  });
}
