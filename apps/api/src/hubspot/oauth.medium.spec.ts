import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger, Database, newId, readConfig, systemClock } from '@app/platform';
import { RevokeDueTokens } from '@app/hubspot';
import {
  AuditLog,
  ReadAudit,
  ConnectionRepository,
  EnableSyncing,
  EnsureTenant,
  newApiKey,
  Vault,
  WritebackSettingsRepository,
} from '@app/tenants';
import { createTestDatabase, startSimulator, type TestDatabase, type TestSimulator, waitFor } from '@app/testing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Client } from 'pg';
import { ApiModule } from '../api.module.js';
import { createHttpApp } from '../http/http-app.js';
import { FIND_SIGNED_IN_USER, type FindSignedInUser, type SignedInUser } from './signed-in-user.js';

const PUBLIC_URL = 'http://localhost:3999';
const REQUIRED = [
  'oauth',
  'crm.objects.contacts.read',
  'crm.objects.contacts.write',
  'crm.schemas.contacts.read',
  'crm.objects.owners.read',
];
const clientId = newId();
const clientSecret = newId();

let simulator: TestSimulator;
let testDatabase: TestDatabase;
let database: Database;
let admin: Client;
let app: NestFastifyApplication;
let connections: ConnectionRepository;
let settings: WritebackSettingsRepository;
let hubId: number;
let tenant: TestTenant;

interface TestTenant extends SignedInUser {
  apiKey: string;
}

/** A browser: keeps cookies, and is signed in as whoever the test says. */
class Browser {
  cookie: string | undefined;

  constructor(public user: SignedInUser | undefined) {}

  async get(address: string, accept = 'application/json'): Promise<Page> {
    const url = new URL(address, PUBLIC_URL);
    const response = await app.inject({
      method: 'GET',
      url: url.pathname + url.search,
      headers: {
        accept,
        'x-test-user': JSON.stringify(this.user ?? null),
        ...(this.cookie === undefined ? {} : { cookie: this.cookie }),
      },
    });
    const set = response.headers['set-cookie'];
    if (typeof set === 'string') this.cookie = set.split(';')[0];
    return {
      status: response.statusCode,
      location: response.headers['location'] ?? '',
      headers: response.headers,
      text: response.body,
    };
  }
}

interface Page {
  status: number;
  location: string;
  headers: Record<string, unknown>;
  text: string;
}

const findTestUser: FindSignedInUser = (request) =>
  Promise.resolve((JSON.parse(String(request.headers['x-test-user'] ?? 'null')) as SignedInUser | null) ?? undefined);

beforeAll(async () => {
  [simulator, testDatabase] = await Promise.all([startSimulator(), createTestDatabase()]);
  database = await Database.connect({ url: testDatabase.url, applicationName: 'test' });
  admin = new Client({ connectionString: testDatabase.adminUrl });
  await admin.connect();
  const key = randomBytes(32);
  const config = readConfig({
    DATABASE_URL: testDatabase.url,
    PUBLIC_URL,
    HUBSPOT_API_URL: simulator.url,
    HUBSPOT_APP_URL: simulator.url,
    HUBSPOT_CLIENT_ID: clientId,
    HUBSPOT_CLIENT_SECRET: clientSecret,
    ENCRYPTION_KEYS: `k:${key.toString('base64')}`,
    SESSION_SECRET: randomBytes(32).toString('hex'),
  });
  connections = new ConnectionRepository(database, new Vault([{ id: 'k', key }]), systemClock);
  settings = new WritebackSettingsRepository(database, systemClock);
  const logger = createLogger({ level: 'silent', name: 'test' });
  const module = ApiModule.with(config, database, logger);
  app = await createHttpApp(
    {
      ...module,
      providers: [...(module.providers ?? []), { provide: FIND_SIGNED_IN_USER, useValue: findTestUser }],
    },
    logger,
    config,
  );
  await app.init();
  await registerApp();
}, 60_000);

afterAll(async () => {
  await app?.close();
  await admin?.end();
  await database?.close();
  await testDatabase?.drop();
  await simulator?.stop();
});

beforeEach(async () => {
  ({ hubId } = await simulator.control.createPortal({ token: false, timeZone: 'Europe/Berlin' }));
  tenant = await makeTenant();
});

afterEach(async () => {
  await simulator.control.clearFaults();
});

async function makeTenant(): Promise<TestTenant> {
  const apiKey = newApiKey();
  const adminEmail = `${newId()}@x.test`;
  const command = { tenant: newId(), adminEmail, adminPassword: 'password', apiKey };
  const tenantId = await new EnsureTenant(database).execute(command);
  const { rows } = await admin.query<{ id: string }>('SELECT id FROM users WHERE email = $1', [adminEmail]);
  return { tenantId, userId: rows[0]?.id ?? '', role: 'admin', apiKey };
}

async function beginByKey({ apiKey }: TestTenant, features?: string[]): Promise<string> {
  const response = await app.inject({
    method: 'POST',
    url: '/integrations/hubspot/connect',
    headers: { authorization: `Bearer ${apiKey}` },
    payload: features === undefined ? {} : { features },
  });
  expect(response.statusCode).toBe(200);
  return response.json<{ data: { oauthUrl: string } }>().data.oauthUrl;
}

/** From the ticket to HubSpot's consent page. @returns its address. */
async function openConsent(browser: Browser, features?: string[]): Promise<string> {
  const { status, location } = await browser.get(await beginByKey(tenant, features));
  expect(status).toBe(302);
  return location;
}

/** What a person does on the consent page. @returns where HubSpot sends the browser. */
async function decide(
  consentUrl: string,
  { decision = 'grant', without = [] as string[], portal = hubId } = {},
): Promise<string> {
  const query = new URL(consentUrl).searchParams;
  const form = new URLSearchParams(query);
  form.set('decision', decision);
  form.set('hub_id', String(portal));
  const asked = `${query.get('scope')} ${query.get('optional_scope') ?? ''}`.split(' ').filter(Boolean);
  for (const scope of asked) if (!without.includes(scope)) form.append('granted', scope);
  const response = await fetch(`${simulator.url}/oauth/authorize/decide`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
  });
  expect(response.status).toBe(302);
  return response.headers.get('location') ?? '';
}

/** The app as HubSpot knows it. */
async function registerApp(more: { accessTokenSeconds?: number } = {}): Promise<void> {
  await simulator.control.call('POST', '/apps', {
    clientId,
    clientSecret,
    redirectUrls: [`${PUBLIC_URL}/integrations/hubspot/oauth/callback`],
    requiredScopes: REQUIRED,
    ...more,
  });
}

/** Comes back from HubSpot; something happens before the connection is stored. */
async function whileStoring(back: string, browser: Browser, happens: () => Promise<unknown>): Promise<Page> {
  const stored = app.get(ConnectionRepository, { strict: false });
  const restore = stored.connect;
  stored.connect = async (...portal) => {
    await happens();
    return restore.call(stored, ...portal);
  };
  return browser.get(back).finally(() => (stored.connect = restore));
}

async function timesConnected(): Promise<number> {
  const filter = { action: 'connection.connected', limit: 10 } as const;
  return (await new ReadAudit(database).list(tenant.tenantId, filter)).length;
}

/** Refresh tokens that HubSpot holds of the app in the portal. */
async function grantsAtHubSpot(): Promise<number | undefined> {
  const { installations } = await simulator.control.call<{ installations: { refreshTokens: number }[] }>(
    'GET',
    `/portals/${hubId}/installations`,
  );
  return installations[0]?.refreshTokens;
}

/** @returns HubSpot's status. */
async function refresh(refreshToken: string): Promise<number> {
  const grant = { grant_type: 'refresh_token', refresh_token: refreshToken };
  const body = new URLSearchParams({ ...grant, client_id: clientId, client_secret: clientSecret });
  return (await fetch(`${simulator.url}/oauth/2026-09/token`, { method: 'POST', body })).status;
}

const problemOf = ({ status, text }: Page): Record<string, unknown> => ({
  status,
  ...(JSON.parse(text) as Record<string, unknown>),
});

describe('connecting by OAuth', () => {
  it('goes from an API key through the consent page back to settings', async () => {
    const browser = new Browser(tenant);
    const consent = new URL(await openConsent(browser));
    expect(consent.origin).toBe(simulator.url);
    expect(consent.searchParams.get('scope')?.split(' ')).toEqual(REQUIRED);
    expect(consent.searchParams.has('optional_scope')).toBe(false);
    expect(await browser.get(await decide(consent.href))).toMatchObject({
      status: 302,
      location: '/settings/integrations/hubspot?connect=connected',
    });
    expect(await connections.find(tenant.tenantId)).toMatchObject({
      status: 'connected',
      kind: 'oauth',
      portalId: String(hubId),
      uiDomain: new URL(simulator.url).host,
      timeZone: 'Europe/Berlin',
      user: expect.stringMatching(/^installer@/),
      portalDomain: expect.stringMatching(/\./),
      scopes: REQUIRED,
    });
  });

  it('leads who is not signed in to the sign-in page and on from there, with the ticket unspent', async () => {
    const url = new URL(await beginByKey(tenant));
    const { status, location } = await new Browser(undefined).get(url.href, 'text/html');
    expect(status).toBe(302);
    expect(location).toBe(`/sign-in?next=${encodeURIComponent(url.pathname + url.search)}`);
    expect(await new Browser(tenant).get(url.href)).toMatchObject({ status: 302 });
  });

  it('sets a cookie that scripts can’t read and other sites’ forms don’t carry', async () => {
    const { headers } = await new Browser(tenant).get(await beginByKey(tenant));
    expect(headers['set-cookie']).toMatch(
      /; Path=\/integrations\/hubspot\/oauth; Max-Age=600; HttpOnly; SameSite=Lax$/,
    );
  });

  it('returns to settings, which say so, when the person declines', async () => {
    const browser = new Browser(tenant);
    const back = await decide(await openConsent(browser), { decision: 'decline' });
    const { location } = await browser.get(back);
    expect(location).toBe('/settings/integrations/hubspot?connect=declined');
    expect(await connections.find(tenant.tenantId)).toMatchObject({ status: 'disconnected' });
  });

  it('refuses a partial grant by name, and stores nothing', async () => {
    const browser = new Browser(tenant);
    const without = ['crm.objects.owners.read', 'crm.objects.contacts.write'];
    const back = await decide(await openConsent(browser), { without });
    expect(problemOf(await browser.get(back))).toMatchObject({
      status: 403,
      code: 2005,
      reason: 'missing_scopes',
      missing_scopes: ['crm.objects.contacts.write', 'crm.objects.owners.read'],
    });
    expect(await connections.find(tenant.tenantId)).toMatchObject({ status: 'disconnected' });
    expect(await grantsAtHubSpot()).toBe(1);
    await app.get(RevokeDueTokens, { strict: false }).execute();
    expect(await grantsAtHubSpot()).toBe(0);
  });

  it('asks for features, stores what was granted of them, and keeps them when more are added', async () => {
    const browser = new Browser(tenant);
    await browser.get(
      await decide(await openConsent(browser, ['workflow', 'custom_objects']), {
        without: ['crm.objects.custom.write'],
      }),
    );
    const { scopes } = await connections.find(tenant.tenantId);
    expect(scopes).toContain('automation');
    expect(scopes).not.toContain('crm.objects.custom.write');
    const again = new URL(await openConsent(browser, ['import'])).searchParams.get('optional_scope')?.split(' ');
    expect(again).toEqual(expect.arrayContaining(['automation', 'crm.objects.custom.read', 'tickets']));
    expect(again).not.toContain('crm.objects.custom.write');
    const featuresOf = async (): Promise<string[] | undefined> =>
      (
        await database.withTenant(tenant.tenantId, (tx) =>
          tx.query<{ features: string[] }[]>('SELECT features FROM connections WHERE tenant_id = $1', [
            tenant.tenantId,
          ]),
        )
      )[0]?.features.toSorted();
    expect(await featuresOf()).toEqual(['custom_objects', 'workflow']);
    await browser.get(await decide(await openConsent(browser, ['skills'])));
    expect(await featuresOf()).toEqual(['custom_objects', 'skills', 'workflow']);
  });

  it('reads account and scopes by introspection when the token answer does not say them', async () => {
    await simulator.control.changePortal(hubId, { flags: { tokenAnswersCarryHub: false } });
    const browser = new Browser(tenant);
    await browser.get(await decide(await openConsent(browser)));
    expect(await connections.find(tenant.tenantId)).toMatchObject({ portalId: String(hubId), scopes: REQUIRED });
  });

  it('connects although HubSpot calls every token inactive: it may not have understood what it was asked', async () => {
    const actions = [{ kind: 'status' as const, status: 200, body: { active: false } }];
    await simulator.control.addFault({ route: 'oauth.introspect', actions });
    const browser = new Browser(tenant);
    expect(await browser.get(await decide(await openConsent(browser)))).toMatchObject({ status: 302 });
    expect(await connections.find(tenant.tenantId)).toMatchObject({ status: 'connected', portalId: String(hubId) });
    expect(await grantsAtHubSpot()).toBe(1);
  });

  it('stays connected where the first token ran out meanwhile', async () => {
    await registerApp({ accessTokenSeconds: 1 });
    const browser = new Browser(tenant);
    const back = await decide(await openConsent(browser));
    // The next code is exchanged with tokens that live as long as always.
    const answer = await whileStoring(back, browser, async () => {
      await registerApp();
      const over = Date.now() + 1_000;
      await waitFor(() => Date.now() > over, { what: 'the token to run out' });
    });
    expect(answer).toMatchObject({ status: 302 });
    expect(await connections.find(tenant.tenantId)).toMatchObject({ status: 'connected' });
  });

  it.each([
    ['and gives the grant back later where the account is known', ['oauth.introspect'], 1],
    ['and gives the grant back at once where it isn’t', ['oauth.introspect', 'account.*'], 0],
  ])('is refused when HubSpot doesn’t say what was connected, %s', async (_, routes, left) => {
    await simulator.control.changePortal(hubId, { flags: { tokenAnswersCarryHub: false } });
    for (const route of routes) await simulator.control.addFault({ route, actions: [{ kind: 'status', status: 503 }] });
    const browser = new Browser(tenant);
    const answer = await browser.get(await decide(await openConsent(browser)));
    expect(problemOf(answer)).toMatchObject({ status: 502, code: 3004 });
    expect(await connections.find(tenant.tenantId)).toMatchObject({ status: 'disconnected' });
    expect(await grantsAtHubSpot()).toBe(left);
    await app.get(RevokeDueTokens, { strict: false }).execute();
    expect(await grantsAtHubSpot()).toBe(0);
  });

  it('rotates the tokens when the portal is connected again, and resumes', async () => {
    const browser = new Browser(tenant);
    await browser.get(await decide(await openConsent(browser)));
    await new EnableSyncing(database, connections, settings, new AuditLog(database, systemClock)).execute(
      tenant.tenantId,
      { mode: 'transcript' },
    );
    const before = await connections.findCredentials(tenant.tenantId);
    await browser.get(await decide(await openConsent(browser)));
    expect(await connections.find(tenant.tenantId)).toMatchObject({ status: 'active' });
    expect((await connections.findCredentials(tenant.tenantId))?.accessToken).not.toBe(before?.accessToken);
  });
});

describe('at the same moment', () => {
  it('a callback that comes many times connects once', async () => {
    const browser = new Browser(tenant);
    const back = await decide(await openConsent(browser));
    const answers = await Promise.all(Array.from({ length: 6 }, () => browser.get(back)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([302, 400, 400, 400, 400, 400]);
    expect(await connections.find(tenant.tenantId)).toMatchObject({ status: 'connected', portalId: String(hubId) });
    expect(await timesConnected()).toBe(1);
  });

  it('two browsers that connect two portals end with one of them, whole', async () => {
    const { hubId: second } = await simulator.control.createPortal({ token: false });
    const browsers = [new Browser(tenant), new Browser(tenant)] as const;
    const backs = [
      await decide(await openConsent(browsers[0])),
      await decide(await openConsent(browsers[1]), { portal: second }),
    ] as const;
    const answers = await Promise.all([browsers[0].get(backs[0]), browsers[1].get(backs[1])]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([302, 409]);
    const lost = answers.find(({ status }) => status === 409);
    expect(JSON.parse(lost?.text ?? '{}')).toMatchObject({ code: 1012, reason: 'disconnect_first' });
    const { portalId } = await connections.find(tenant.tenantId);
    expect(portalId).toBe(String(answers[0].status === 302 ? hubId : second));
    const { accessToken = '' } = (await connections.findCredentials(tenant.tenantId)) ?? {};
    const details = await fetch(`${simulator.url}/account-info/2026-09/details`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    expect(await details.json()).toMatchObject({ portalId: Number(portalId) });
    expect(await timesConnected()).toBe(1);
  });

  it('a disconnect and a callback end in the order in which they came, never between', async () => {
    const browser = new Browser(tenant);
    await browser.get(await decide(await openConsent(browser)));
    const back = await decide(await openConsent(browser));
    const headers = { authorization: `Bearer ${tenant.apiKey}` };
    await Promise.all([browser.get(back), app.inject({ method: 'DELETE', url: '/integrations/hubspot', headers })]);
    const { status } = await connections.find(tenant.tenantId);
    const credentials = await connections.findCredentials(tenant.tenantId);
    expect([status, credentials === undefined]).toEqual(
      status === 'inactive' ? ['inactive', true] : ['connected', false],
    );
    // Whatever is given back of the two grants, the one that is in use still works.
    await app.get(RevokeDueTokens, { strict: false }).execute();
    expect(await grantsAtHubSpot()).toBe(status === 'inactive' ? 0 : 1);
  });
});

describe('what a browser brings back', () => {
  it('works once: ticket and state', async () => {
    const browser = new Browser(tenant);
    const oauthUrl = await beginByKey(tenant);
    const back = await decide((await browser.get(oauthUrl)).location);
    expect(await browser.get(back)).toMatchObject({ status: 302 });
    const mismatch = { status: 400, code: 2014, reason: 'state_mismatch', retryable: false };
    expect(problemOf(await browser.get(back))).toMatchObject(mismatch);
    expect(problemOf(await browser.get(oauthUrl))).toMatchObject(mismatch);
  });

  it('works once when it is presented many times at the same moment', async () => {
    const oauthUrl = await beginByKey(tenant);
    const answers = await Promise.all(Array.from({ length: 6 }, () => new Browser(tenant).get(oauthUrl)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([302, 400, 400, 400, 400, 400]);
  });

  it.each([
    [
      'another browser',
      'state_mismatch',
      async (browser: Browser) => {
        const other = new Browser(tenant);
        await openConsent(other);
        browser.cookie = other.cookie;
      },
    ],
    [
      'no cookie',
      'missing_state_cookie',
      async (browser: Browser) => {
        browser.cookie = undefined;
      },
    ],
    [
      'a forged cookie',
      'invalid_state_cookie',
      async (browser: Browser) => {
        browser.cookie = browser.cookie?.replace(/.{43}$/, 'A'.repeat(43));
      },
    ],
    [
      'a cookie that is no cookie of ours',
      'invalid_state_cookie',
      async (browser: Browser) => {
        browser.cookie = 'threadline_connect=%00';
      },
    ],
    [
      'the session of another user',
      'state_mismatch',
      async (browser: Browser) => {
        browser.user = { ...tenant, userId: newId() };
      },
    ],
    [
      'the session of another tenant’s admin',
      'state_mismatch',
      async (browser: Browser) => {
        browser.user = await makeTenant();
      },
    ],
    [
      'a state that ran out',
      'state_mismatch',
      async () => {
        await admin.query('UPDATE oauth_attempts SET expires_at = now() WHERE tenant_id = $1', [tenant.tenantId]);
      },
    ],
  ] as [string, string, (browser: Browser) => Promise<void>][])('is refused from %s', async (_, reason, tamper) => {
    const browser = new Browser(tenant);
    const back = await decide(await openConsent(browser));
    await tamper(browser);
    const problem = problemOf(await browser.get(back));
    expect(problem).toMatchObject({
      status: 400,
      code: 2014,
      reason,
      trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(await connections.find(tenant.tenantId)).toMatchObject({ status: 'disconnected' });
  });

  it.each(['', '?code=x', '?state=x', '?state=&code=', '?state=a&state=b&code=x', '?code[a]=x&state=x'])(
    'is refused without code or state: %s',
    async (query) => {
      const answer = await new Browser(tenant).get(`/integrations/hubspot/oauth/callback${query}`);
      expect(problemOf(answer)).toMatchObject({ status: 400, code: 2014, reason: 'missing_code_or_state' });
    },
  );

  it('is refused as a page that offers to connect again, for a browser', async () => {
    const page = await new Browser(tenant).get('/integrations/hubspot/oauth/callback?code=x&state=x', 'text/html,*/*');
    expect(page.status).toBe(400);
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.text).toContain('href="/settings/integrations/hubspot/connect"');
    expect(page.text).toContain('missing_state_cookie');
    expect(page.text).toContain(String(page.headers['x-trace-id']));
  });

  it('is refused from an agent, from an API key, and from nobody', async () => {
    const callback = '/integrations/hubspot/oauth/callback?code=x&state=x';
    expect(problemOf(await new Browser({ ...tenant, role: 'agent' }).get(callback))).toMatchObject({ code: 2005 });
    expect(problemOf(await new Browser(undefined).get(callback))).toMatchObject({ status: 401, code: 2012 });
    const byKey = await app.inject({ url: callback, headers: { authorization: `Bearer ${tenant.apiKey}` } });
    expect(byKey.statusCode).toBe(401);
    const start = await beginByKey(tenant);
    expect(problemOf(await new Browser(undefined).get(start))).toMatchObject({ status: 401, code: 2012 });
    expect(problemOf(await new Browser({ ...tenant, role: 'agent' }).get(start))).toMatchObject({ code: 2005 });
  });

  it('does not open another tenant’s ticket', async () => {
    const answer = await new Browser(await makeTenant()).get(await beginByKey(tenant));
    expect(problemOf(answer)).toMatchObject({ status: 400, code: 2014, reason: 'state_mismatch' });
  });

  it('is 3004 when HubSpot refuses the code or fails', async () => {
    const browser = new Browser(tenant);
    const used = new URL(await decide(await openConsent(browser)));
    used.searchParams.set('code', 'na1-unknown');
    expect(problemOf(await browser.get(used.href))).toMatchObject({ status: 502, code: 3004, reason: 'code_refused' });
    const back = await decide(await openConsent(browser));
    await simulator.control.addFault({ route: 'oauth.token', actions: [{ kind: 'status', status: 503 }] });
    expect(problemOf(await browser.get(back))).toMatchObject({ status: 502, code: 3004, retryable: true });
    expect(await connections.find(tenant.tenantId)).toMatchObject({ status: 'disconnected' });
  });

  it('is refused for a portal that another tenant holds', async () => {
    const holder = tenant;
    const theirs = new Browser(holder);
    await theirs.get(await decide(await openConsent(theirs)));
    tenant = await makeTenant();
    const browser = new Browser(tenant);
    expect(problemOf(await browser.get(await decide(await openConsent(browser))))).toMatchObject({
      status: 409,
      code: 1012,
      reason: 'account_connected_elsewhere',
    });
    expect(await connections.find(holder.tenantId)).toMatchObject({ status: 'connected' });
    // Nobody will use the grant that was refused; the holder's stays.
    expect(await grantsAtHubSpot()).toBe(2);
    await app.get(RevokeDueTokens, { strict: false }).execute();
    expect(await grantsAtHubSpot()).toBe(1);
    const { refreshToken = '' } = (await connections.findCredentials(holder.tenantId)) ?? {};
    expect(await refresh(refreshToken)).toBe(200);
  });

  it('is refused when the app is taken out of the account meanwhile', async () => {
    const browser = new Browser(tenant);
    const back = await decide(await openConsent(browser));
    const answer = await whileStoring(back, browser, () =>
      simulator.control.call('POST', `/portals/${hubId}/uninstall`, { clientId }),
    );
    expect(problemOf(answer)).toMatchObject({ status: 502, code: 3004, reason: 'grant_ended' });
    expect(await connections.find(tenant.tenantId)).toMatchObject({
      status: 'inactive',
      problem: { reason: 'uninstalled' },
    });
  });

  it('never leads to another site, whatever it says', async () => {
    const oauthUrl = `${await beginByKey(tenant)}&next=https://evil.example&redirect_uri=https://evil.example`;
    expect(new URL((await new Browser(undefined).get(oauthUrl, 'text/html')).location, PUBLIC_URL).origin).toBe(
      PUBLIC_URL,
    );
    const consent = new URL((await new Browser(tenant).get(oauthUrl)).location);
    expect(consent.origin).toBe(simulator.url);
    expect(consent.searchParams.get('redirect_uri')).toBe(`${PUBLIC_URL}/integrations/hubspot/oauth/callback`);
  });
});
