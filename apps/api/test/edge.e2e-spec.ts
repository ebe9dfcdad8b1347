import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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
    for (let i = 0; i < PER_ADDRESS; i += 1) expect((await ask('/sign-in', { from })).status).toBe(200);
    expect((await ask('/sign-in', { from })).status).toBe(429);
    expect((await ask('/health/live', { from })).status).toBe(200);
  });

  it('can’t be escaped by inventing addresses where no proxy is trusted', async () => {
    await forgive();
    const statuses = new Set<number>();
    for (let i = 0; i < PER_ADDRESS + 1; i += 1) {
      const headers = { 'x-forwarded-for': `192.0.2.${i}` };
      statuses.add((await fetch(`${secureApi.url}/sign-in`, { headers })).status);
    }
    expect([...statuses]).toEqual([200, 429]);
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

async function openPage(query: string): Promise<{ html: string; policy: string; headers: Headers }> {
  const response = await fetch(`${secureApi.url}/sign-in${query}`);
  const policy = response.headers.get('content-security-policy') ?? '';
  return { html: await response.text(), policy, headers: response.headers };
}

describe('the sign-in page', () => {
  it('runs its own script and style, and no other', async () => {
    await forgive();
    const [first, second] = [await openPage(''), await openPage('')];
    const [, nonce] = /script-src 'nonce-([\w+/=]{24})'/.exec(first.policy) ?? [];
    expect(first.policy).not.toMatch(/unsafe/);
    expect(first.html.match(/<(script|style)\b[^>]*>/g)).toEqual([
      `<style nonce="${nonce}">`,
      `<script nonce="${nonce}">`,
    ]);
    expect(first.html).not.toMatch(/\son\w+=|\sstyle=/);
    expect(second.html).not.toContain(nonce);
  });

  it('goes on to a path of its own site, and nowhere else', async () => {
    await forgive();
    expect((await openPage('?next=%2Fhs%2Fstart%3Fticket%3Da%26b%3D%22%3E')).html).toContain(
      'data-next="/hs/start?ticket=a&#38;b=%22%3E"',
    );
    expect((await openPage('?next=%2Fhs%2Fstart%3Fticket%3Da%26b%3D1')).html).toContain(
      'data-next="/hs/start?ticket=a&#38;b=1"',
    );
    for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example', '"><script>alert(1)</script>']) {
      const { html } = await openPage(`?next=${encodeURIComponent(next)}`);
      expect(html).toContain('data-next=""');
      expect(html).not.toContain('evil');
      expect(html).not.toContain('alert(1)');
    }
  });
});
