import { randomInt } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, makeAppEnvironment, startApi, type StartedApi, type TestDatabase } from '@app/testing';
import fc from 'fast-check';
import { Client } from 'pg';
import { Browser } from './browser.js';

const OAUTH = '/integrations/hubspot/oauth';
const REQUESTS = 10_000;

let testDatabase: TestDatabase;
let api: StartedApi;
let admin: Client;
let browser: Browser;
/** Cookies of an admin's browser that has begun to connect. */
let cookies: string;
/** What that browser has of it, and the ticket of another beginning: all of them would do. */
let begun: { ticket: string; state: string; binding: string };

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  const { env, credentials } = makeAppEnvironment({
    databaseUrl: testDatabase.url,
    // Nobody listens there: a request that gets that far would be seen as a 502.
    hubspotUrl: 'http://127.0.0.1:9',
    extra: {
      HUBSPOT_CLIENT_ID: 'threadline',
      HUBSPOT_CLIENT_SECRET: 'secret',
      LOG_LEVEL: 'error',
      RATE_LIMIT_PER_CALLER: '1000000',
      RATE_LIMIT_PER_ADDRESS: '1000000',
    },
  });
  api = await startApi({ env });
  admin = new Client({ connectionString: testDatabase.adminUrl });
  await admin.connect();
  browser = new Browser(api.url, api.url.replace('127.0.0.1', 'localhost'));
  await browser.signIn(credentials.adminEmail, credentials.adminPassword);
  const started = await begin();
  const binding = started.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const state = new URL(started.headers.get('location') ?? '').searchParams.get('state') ?? '';
  cookies = `${browser.sessionCookie}; ${binding}`;
  begun = { ticket: await newTicket(), state, binding: binding.split('=').slice(1).join('=') };
  if (Object.values(begun).some(({ length }) => length < 20)) throw new Error('connecting can’t be begun');
}, 60_000);

afterAll(async () => {
  await admin?.end();
  await api?.stop();
  await testDatabase?.drop();
});

async function newTicket(): Promise<string> {
  const { body } = await browser.call('POST', '/integrations/hubspot/connect', { body: {} });
  return new URL((body['data'] as { oauthUrl: string }).oauthUrl).searchParams.get('ticket') ?? '';
}

/** From the button to the redirect to HubSpot. */
async function begin(ticket?: string): Promise<Awaited<ReturnType<Browser['call']>>> {
  const path = `${OAUTH}/start?ticket=${ticket ?? (await newTicket())}`;
  // Not by the browser itself: it would take the state's cookie for its session's.
  return new Browser(api.url, '').call('GET', path, { headers: { cookie: browser.sessionCookie } });
}

/** Nearly right: cut, changed in one place, or doubled. */
function nearly(right: keyof typeof begun): fc.Arbitrary<string> {
  return fc.tuple(fc.nat(200), fc.constantFrom('cut', 'changed', 'doubled')).map(([at, how]) => {
    const text = begun[right];
    const place = at % text.length;
    if (how === 'cut') return text.slice(0, place);
    if (how === 'doubled') return text + text;
    return text.slice(0, place) + (text[place] === 'A' ? 'B' : 'A') + text.slice(place + 1);
  });
}

/** Bytes as they are, past everything that would make them well-formed. A status of 0 is silence. */
async function sendRaw(request: Buffer): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(api.url);
  const { promise, resolve } = Promise.withResolvers<{ status: number; text: string }>();
  const socket = connect(Number(port), hostname);
  let text = '';
  socket.setTimeout(20_000, () => socket.destroy());
  socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
  socket.on('error', () => undefined);
  socket.on('close', () => resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text }));
  socket.write(request);
  return promise;
}

const latin = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString('latin1'));
const CURIOUS = String.raw`% %00 %zz %C3%28 %ED%A0%80 %F0%9F%92%A9 .. <script> '-- [] {} null __proto__ %2e%2e%2f na1-unknown //evil.example %0d%0aset-cookie:a=b`;
const LONG = [43, 2_000, 9_000].map((length) => 'a'.repeat(length));
const odd = fc.constantFrom('', '\u0000', '\u001F', '\u007F', '\t', ...CURIOUS.split(' '), ...LONG);
const encoded = fc.string({ maxLength: 80 }).map((text) => encodeURIComponent(text.replaceAll(/[\uD800-\uDFFF]/g, '')));
const value = fc.oneof(encoded, odd, latin.map(noLineBreaks), nearly('state'), nearly('ticket'));
const name = fc.oneof(
  { arbitrary: fc.constantFrom('code', 'state', 'error', 'ticket', 'error_description'), weight: 8 },
  fc.constantFrom('code[]', 'state[a]', 'code[__proto__]', '__proto__', 'constructor', ''),
  value,
);
const query = fc
  .array(fc.tuple(name, fc.constantFrom('=', '=', '=', '', '=='), value), { maxLength: 6 })
  .map((parts) => (parts.length === 0 ? '' : `?${parts.map((part) => part.join('')).join('&')}`));
const cookie = fc.oneof(
  { arbitrary: fc.constant('ours'), weight: 4 },
  fc.constant('none'),
  fc
    .tuple(fc.constantFrom('ours', 'none'), fc.oneof(value, nearly('binding')))
    .map(([held, more]) => `${held}; threadline_connect=${more}`),
  value,
);
const asking = fc.record({
  route: fc.constantFrom('start', 'callback', 'callback', 'callback/', 'callback%00', 'callback/..'),
  query,
  cookie,
  accept: fc.oneof(fc.constantFrom('application/json', 'text/html', '*/*', ''), latin.map(noLineBreaks)),
});

/** Or they would be headers of their own, and end the request. */
function noLineBreaks(text: string): string {
  return text.replaceAll(/[\r\n]/g, '');
}

function requestOf({
  route,
  query: asked,
  cookie: sent,
  accept,
}: typeof asking extends fc.Arbitrary<infer T> ? T : never): Buffer {
  const held = sent.replace(/^ours/, cookies).replace(/^none(; )?/, '');
  const lines = [
    `GET ${OAUTH}/${route}${asked} HTTP/1.1`,
    `Host: ${new URL(api.url).host}`,
    ...(held === '' ? [] : [`Cookie: ${held}`]),
    `Accept: ${accept}`,
    'Connection: close',
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}

async function rows(): Promise<unknown> {
  const { rows: counted } = await admin.query<Record<string, string>>(
    `SELECT (SELECT count(*) FROM oauth_attempts) AS attempts, (SELECT count(*) FROM connections) AS connections,
       (SELECT count(*) FROM audit_log) AS audited, (SELECT count(*) FROM sessions) AS sessions`,
  );
  return counted[0];
}

describe('ten thousand malformed requests to the OAuth start and callback', () => {
  it('are refused without one 5xx, leave nothing behind, and the API goes on', async () => {
    const seed = randomInt(2 ** 31);
    const all = fc.sample(asking, { numRuns: REQUESTS, seed }).values();
    const before = await rows();
    const statuses = new Map<number, number>();
    let lookedUp = 0;
    const work = async (): Promise<void> => {
      for (const asked of all) {
        const { status, text } = await sendRaw(requestOf(asked));
        if (text.includes('state_mismatch')) lookedUp += 1;
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        const [, location = '/sign-in?'] = /^location: (.*)$/im.exec(text) ?? [];
        const leadsAway = !/^\/(sign-in|settings\/integrations\/hubspot)\?/.test(location);
        // Whatever it was sent, it says none of it again as a page or a header of its own.
        const isEcho = /^set-cookie: a=b|<script>'--|["']\/\/evil\.example/im.test(text);
        if (status >= 500 || status === 0 || leadsAway || isEcho) {
          throw new Error(`seed ${seed}: ${status} for ${JSON.stringify(asked)}: ${text.slice(0, 1_000)}`);
        }
      }
    };
    await Promise.all(Array.from({ length: 16 }, work));
    const seen = [...statuses.keys()];
    expect([seed, seen.filter((status) => ![302, 400, 401, 404, 414, 431].includes(status))]).toEqual([seed, []]);
    // Both doors and what is behind them were tried: tickets and states looked up, and those who are nobody sent away.
    expect(lookedUp).toBeGreaterThan(300);
    expect(statuses.get(400)).toBeGreaterThan(2_000);
    expect(statuses.get(401)).toBeGreaterThan(300);
    expect(await rows()).toEqual(before);
    // What was right is so still.
    const { status, headers } = await begin(begun.ticket);
    expect([status, headers.get('location')]).toEqual([302, expect.stringContaining('state=')]);
    expect(api.lines().filter((line) => line.includes('"level":"error"') || line.includes('"level":50'))).toEqual([]);
  }, 180_000);
});
