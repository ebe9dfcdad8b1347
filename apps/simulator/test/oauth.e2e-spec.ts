import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startSimulator, type RunningSimulator, type WireAnswer } from './running-simulator.js';
import type { Json } from './watched-calls.js';

const app = {
  clientId: 'aaaaaaaa-0000-4000-8000-000000000001',
  clientSecret: 'oauth-secret',
  name: 'Threadline <test>',
  redirectUrls: ['http://localhost:3000/integrations/hubspot/oauth/callback'],
  requiredScopes: ['oauth', 'crm.objects.contacts.read', 'crm.objects.contacts.write'],
  optionalScopes: ['tickets', 'automation'],
};
const client = { client_id: app.clientId, client_secret: app.clientSecret };
const redirectUri = app.redirectUrls[0] ?? '';
const HUB_ID = 4_300_000;
const TOKEN_PATH = '/oauth/2026-09/token';

let simulator: RunningSimulator;

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());
beforeEach(async () => {
  await simulator.control('POST', '/reset');
  await simulator.control('POST', '/apps', app);
  await simulator.control('POST', '/portals', { hubId: HUB_ID, name: 'Acme & Sons', token: false });
  await simulator.control('POST', '/portals', { hubId: HUB_ID + 1, name: 'Other', token: false });
});

const authorizePath = (change: Record<string, string | undefined> = {}): string => {
  const wanted = {
    client_id: app.clientId,
    redirect_uri: redirectUri,
    scope: app.requiredScopes.join(' '),
    state: 'a+b/c=&d',
    ...change,
  };
  const given = Object.entries(wanted).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `/oauth/authorize?${new URLSearchParams(given).toString()}`;
};

/** What a browser makes of the entities of a page. */
const decode = (html: string): string =>
  html
    .replaceAll(/&#(\d+);/g, (_entity, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll(
      /&(lt|gt|quot|amp);/g,
      (_entity, name: string) => ({ lt: '<', gt: '>', quot: '"', amp: '&' })[name] ?? '',
    );

/** What a person's browser sends when a button of the consent page is pressed: every field of the form, and the button. */
async function decide(
  page: WireAnswer,
  button: 'grant' | 'deny',
  change: (form: URLSearchParams) => void = () => {},
): Promise<WireAnswer> {
  const html = String(page.body);
  const form = new URLSearchParams();
  for (const [tag] of html.matchAll(/<input\b[^>]*>/g)) {
    const attribute = (name: string): string | undefined => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
    const type = attribute('type') ?? 'text';
    const name = attribute('name');
    if (name === undefined || ((type === 'radio' || type === 'checkbox') && !/\bchecked\b/.test(tag))) continue;
    form.append(name, decode(attribute('value') ?? ''));
  }
  const buttons = [...html.matchAll(/<button\b[^>]*name="([^"]+)"[^>]*value="([^"]+)"/g)];
  const pressed = buttons.find(([, , value]) => (value === 'grant') === (button === 'grant'));
  if (pressed?.[1] === undefined || pressed[2] === undefined) throw new Error(`no ${button} button on: ${html}`);
  form.append(pressed[1], pressed[2]);
  change(form);
  const action = decode(/<form\b[^>]*action="([^"]+)"/.exec(html)?.[1] ?? '');
  const response = await fetch(new URL(action, simulator.url), { method: 'POST', body: form, redirect: 'manual' });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

const targetOf = (answer: WireAnswer): URL => new URL(answer.headers.get('location') ?? '');

const post = async (path: string, form: Record<string, string>): Promise<{ status: number; json: Json }> => {
  const { status, body } = await simulator.call('POST', path, { form });
  return { status, json: (body ?? {}) as Json };
};

const exchange = (code: string, change: Record<string, string> = {}) =>
  post(TOKEN_PATH, { ...client, grant_type: 'authorization_code', code, redirect_uri: redirectUri, ...change });

const consent = async (hubId = HUB_ID): Promise<string> => {
  const page = await simulator.call('GET', authorizePath());
  const answer = await decide(page, 'grant', (form) => form.set('hub_id', String(hubId)));
  return targetOf(answer).searchParams.get('code') ?? '';
};

const connect = async (): Promise<{ access: string; refresh: string }> => {
  const { json } = await exchange(await consent());
  return { access: String(json['access_token']), refresh: String(json['refresh_token']) };
};

const read = (token: string): Promise<WireAnswer> => simulator.call('GET', '/crm/objects/2026-09/contacts', { token });

const introspect = async (token: string): Promise<Json> =>
  (await post(`${TOKEN_PATH}/introspect`, { ...client, token })).json;

const firstNames = async (token: string): Promise<unknown[]> =>
  ((await read(token)).body as { results: { properties: Json }[] }).results.map(
    ({ properties }) => properties['firstname'],
  );

describe('the consent page', () => {
  it('names the app, its scopes and the portals, and grants with the state unchanged', async () => {
    const page = await simulator.call('GET', authorizePath());
    expect(page.status).toBe(200);
    const html = String(page.body);
    expect(decode(html)).toContain('Connect Threadline <test>');
    expect(html).not.toContain('Threadline <test>');
    for (const word of [...app.requiredScopes, 'Acme & Sons', 'Other']) expect(decode(html)).toContain(word);
    const target = targetOf(await decide(page, 'grant', (form) => form.set('hub_id', String(HUB_ID))));
    expect(target.origin + target.pathname).toBe(redirectUri);
    expect(target.searchParams.get('state')).toBe('a+b/c=&d');
    expect(target.searchParams.get('code')).toMatch(/^na1-[0-9a-f-]{36}$/);
  });

  it('sends a person who declines back with an error', async () => {
    const target = targetOf(await decide(await simulator.call('GET', authorizePath()), 'deny'));
    expect(target.searchParams.get('error')).toBe('access_denied');
    expect(target.searchParams.get('error_description')).toBeTruthy();
    expect(target.searchParams.get('state')).toBe('a+b/c=&d');
    expect(target.searchParams.has('code')).toBe(false);
  });

  it('offers one portal only under its own address', async () => {
    const page = await simulator.call('GET', authorizePath().replace('/oauth/', `/oauth/${HUB_ID}/`));
    expect(decode(String(page.body))).toContain('Acme & Sons');
    expect(String(page.body)).not.toContain('Other');
  });

  it.each([
    ['an unknown client', { client_id: 'nobody' }],
    ['an unregistered redirect', { redirect_uri: 'https://evil.example/callback' }],
    ['no redirect', { redirect_uri: undefined }],
    ['a missing required scope', { scope: 'oauth' }],
  ])('refuses %s on a page, without a redirect', async (_what, change) => {
    const page = await simulator.call('GET', authorizePath(change));
    expect(page.status).toBe(400);
    expect(page.headers.get('location')).toBeNull();
  });

  it('drops optional scopes that the account can not grant', async () => {
    await simulator.control('PATCH', `/portals/${HUB_ID}`, { flags: { ungrantableScopes: ['automation'] } });
    const page = await simulator.call('GET', authorizePath({ optional_scope: 'tickets automation' }));
    const answer = await decide(page, 'grant', (form) => form.set('hub_id', String(HUB_ID)));
    const { json } = await exchange(targetOf(answer).searchParams.get('code') ?? '');
    expect(json['scopes']).toEqual(expect.arrayContaining([...app.requiredScopes, 'tickets']));
    expect(json['scopes']).not.toContain('automation');
  });
});

describe('the token endpoint', () => {
  it('exchanges a code once, with the fields of the current versions', async () => {
    const code = await consent();
    const { status, json } = await exchange(code);
    expect(status).toBe(200);
    expect(json).toMatchObject({ token_type: 'bearer', expires_in: 1800, hub_id: HUB_ID, token_use: 'access_token' });
    expect([...(json['scopes'] as string[])].toSorted()).toEqual(app.requiredScopes.toSorted());
    expect((await read(String(json['access_token']))).status).toBe(200);
    expect((await exchange(code)).json['status']).toBe('BAD_AUTH_CODE');
  });

  it.each(['v1', 'v3', '2026-03', '2026-09'])('serves version %s', async (version) => {
    const { refresh } = await connect();
    const { status, json } = await post(`/oauth/${version}/token`, {
      ...client,
      grant_type: 'refresh_token',
      refresh_token: refresh,
    });
    expect(status).toBe(200);
    expect((await read(String(json['access_token']))).status).toBe(200);
  });

  it('lets a code expire after a minute', async () => {
    const code = await consent();
    await simulator.control('POST', '/clock', { advanceMs: 61_000 });
    expect((await exchange(code)).json['status']).toBe('BAD_AUTH_CODE');
  });

  it.each([
    ['another redirect', { redirect_uri: 'http://localhost:3000/other' }, 'BAD_REDIRECT_URI'],
    ['another client', { client_id: 'nobody' }, 'BAD_CLIENT_ID'],
    ['a wrong secret', { client_secret: 'wrong' }, 'BAD_CLIENT_SECRET'],
    ['an unknown grant type', { grant_type: 'password' }, 'BAD_GRANT_TYPE'],
    ['a made-up code', { code: 'na1-made-up' }, 'BAD_AUTH_CODE'],
  ])('refuses %s', async (_what, change, expected) => {
    const { status, json } = await exchange(await consent(), change);
    expect([status, json['status']]).toEqual([400, expected]);
  });

  it('takes forms only', async () => {
    const { status } = await simulator.call('POST', TOKEN_PATH, { body: { ...client, grant_type: 'refresh_token' } });
    expect(status).toBe(415);
  });

  it('refreshes with the same refresh token, or with a new one where a portal rotates them', async () => {
    const { refresh } = await connect();
    const again = { ...client, grant_type: 'refresh_token', refresh_token: refresh };
    expect((await post(TOKEN_PATH, again)).json['refresh_token']).toBe(refresh);
    await simulator.control('PATCH', `/portals/${HUB_ID}`, { flags: { rotateRefreshTokens: true } });
    const rotated = (await post(TOKEN_PATH, again)).json['refresh_token'];
    expect(rotated).not.toBe(refresh);
    expect((await post(TOKEN_PATH, again)).json['status']).toBe('BAD_REFRESH_TOKEN');
  });

  it('lets access tokens expire in HubSpot’s words', async () => {
    const { access, refresh } = await connect();
    await simulator.control('POST', '/clock', { advanceMs: 1_801_000 });
    const expired = await read(access);
    expect(expired.status).toBe(401);
    expect(expired.body).toMatchObject({
      category: 'EXPIRED_AUTHENTICATION',
      context: { 'expire time': [expect.any(String)] },
    });
    const { json } = await post(TOKEN_PATH, { ...client, grant_type: 'refresh_token', refresh_token: refresh });
    expect((await read(String(json['access_token']))).status).toBe(200);
  });
});

describe('introspection, revocation and uninstalling', () => {
  it('describes live tokens and denies all others', async () => {
    const { access, refresh } = await connect();
    expect(await introspect(access)).toMatchObject({
      active: true,
      hub_id: HUB_ID,
      token_use: 'access_token',
      client_id: app.clientId,
      signed_access_token: { hublet: 'na1', hubId: HUB_ID },
    });
    expect(await introspect(refresh)).toMatchObject({ active: true, hub_id: HUB_ID, token_use: 'refresh_token' });
    expect(await introspect('na1-nothing')).toEqual({ active: false });
  });

  it('revokes the refresh token and leaves the access token alive', async () => {
    const { access, refresh } = await connect();
    expect((await post(`${TOKEN_PATH}/revoke`, { ...client, token: refresh })).status).toBe(200);
    expect(
      (await post(TOKEN_PATH, { ...client, grant_type: 'refresh_token', refresh_token: refresh })).json,
    ).toMatchObject({ status: 'BAD_REFRESH_TOKEN', error: 'invalid_grant' });
    expect((await read(access)).status).toBe(200);
  });

  it.each(['from the app', 'from HubSpot'])('ends both tokens when uninstalled %s', async (side) => {
    const { access, refresh } = await connect();
    if (side === 'from the app') {
      expect((await simulator.call('DELETE', '/appinstalls/2026-09/external-install', { token: access })).status).toBe(
        204,
      );
    } else {
      await simulator.control('POST', `/portals/${HUB_ID}/uninstall`, { clientId: app.clientId });
    }
    expect((await read(access)).status).toBe(401);
    expect(
      (await post(TOKEN_PATH, { ...client, grant_type: 'refresh_token', refresh_token: refresh })).json['status'],
    ).toBe('BAD_REFRESH_TOKEN');
  });

  it('keeps portals apart: a token reads its own portal only', async () => {
    await simulator.control('POST', `/portals/${HUB_ID}/records/contacts`, {
      records: [{ properties: { firstname: 'Mine' } }],
    });
    const { access } = await connect();
    const other = (await exchange(await consent(HUB_ID + 1))).json;
    expect(await firstNames(access)).toEqual(['Mine']);
    expect(await firstNames(String(other['access_token']))).toEqual([]);
  });

  it('names the scope that is missing', async () => {
    const { access } = await connect();
    const refused = await simulator.call('GET', '/crm/objects/2026-09/companies', { token: access });
    expect(refused.status).toBe(403);
    expect(refused.body).toMatchObject({
      category: 'MISSING_SCOPES',
      errors: [{ context: { requiredGranularScopes: ['crm.objects.companies.read'] } }],
    });
  });
});
