import { randomInt } from 'node:crypto';
import { Agent, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, makeAppEnvironment, startApi, type StartedApi, type TestDatabase } from '@app/testing';
import fc from 'fast-check';
import { Client } from 'pg';
import { Browser } from './browser.js';

const OAUTH = '/integrations/hubspot/oauth';

let database: TestDatabase;
let api: StartedApi;
let session: string;
/** A ticket that would do, and what a browser got for another one. */
let ticket: string;
let state: string;
let binding: string;
const agent = new Agent({ keepAlive: true, maxSockets: 16 });

beforeAll(async () => {
  database = await createTestDatabase();
  const { env, credentials } = makeAppEnvironment({
    databaseUrl: database.url,
    hubspotUrl: 'http://127.0.0.1:9',
    extra: {
      HUBSPOT_CLIENT_ID: 'client',
      HUBSPOT_CLIENT_SECRET: 'the secret of the app',
      RATE_LIMIT_PER_CALLER: '1000000',
      RATE_LIMIT_PER_ADDRESS: '1000000',
    },
  });
  api = await startApi({ env });
  const admin = new Browser(api.url, api.url.replace('127.0.0.1', 'localhost'));
  await admin.signIn(credentials.adminEmail, credentials.adminPassword);
  session = admin.sessionCookie;
  const connect = async (): Promise<string> => {
    const { body } = await admin.call('POST', '/integrations/hubspot/connect', { body: {} });
    return new URL((body['data'] as { oauthUrl: string }).oauthUrl).searchParams.get('ticket') ?? '';
  };
  ticket = await connect();
  const started = await ask(`${OAUTH}/start?ticket=${await connect()}`, { cookie: session });
  binding = started.cookie;
  state = new URL(started.location).searchParams.get('state') ?? '';
  if (Math.min(ticket.length, state.length, binding.length) < 20) throw new Error('connecting can’t be begun');
}, 60_000);

afterAll(async () => {
  agent.destroy();
  await api.stop();
  await database.drop();
});

interface Answer {
  status: number;
  location: string;
  cookie: string;
  text: string;
}

/** Not fetch: addresses and headers must arrive as they are, whatever they are. */
function ask(path: string, headers: Record<string, string>): Promise<Answer> {
  const { hostname, port } = new URL(api.url);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          location: response.headers.location ?? '',
          cookie: response.headers['set-cookie']?.[0]?.split(';')[0] ?? '',
          text: Buffer.concat(chunks).toString(),
        }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** Nearly right: cut, changed in one place, or doubled. */
function nearly(right: () => string): fc.Arbitrary<string> {
  return fc.tuple(fc.nat(200), fc.constantFrom('cut', 'changed', 'doubled')).map(([at, how]) => {
    const text = right();
    const place = at % text.length;
    if (how === 'cut') return text.slice(0, place);
    if (how === 'doubled') return text + text;
    const other = text[place] === 'A' ? 'B' : 'A';
    return text.slice(0, place) + other + text.slice(place + 1);
  });
}

describe('ten thousand malformed visits to the doors of OAuth', () => {
  const odd = fc.oneof(
    fc.string({ maxLength: 60, unit: 'grapheme' }).map(encodeURIComponent),
    fc.stringMatching(/^[!-"$-~]{0,80}$/),
    fc.constantFrom(
      '',
      '%00',
      '%',
      '%E0%A4%A',
      '%ff',
      '[]',
      '__proto__',
      'null',
      '0',
      '//evil.example',
      '%0d%0aset-cookie:a=b',
    ),
    fc.integer({ min: 1, max: 4_000 }).map((length) => 'a'.repeat(length)),
  );
  const name = fc.constantFrom(
    'code',
    'state',
    'error',
    'ticket',
    'error_description',
    'state[]',
    'state[a]',
    '__proto__',
  );
  const value = fc.oneof(
    odd,
    nearly(() => state),
    nearly(() => ticket),
  );
  const query = fc
    .array(fc.tuple(name, value), { maxLength: 5 })
    .map((pairs) => pairs.map(([key, text]) => `${key}=${text}`).join('&'));
  const cookie = fc.oneof(
    fc.constant(''),
    fc.constant('right'),
    nearly(() => binding.split('=').slice(1).join('=')),
    fc.stringMatching(/^[ -~]{0,120}$/),
    fc.integer({ min: 1, max: 3_000 }).map((length) => '.'.repeat(length)),
  );
  const visit = fc.record({
    route: fc.constantFrom('start', 'callback'),
    query,
    cookie,
    signedIn: fc.constantFrom(true, true, true, false),
    accept: fc.constantFrom('text/html', 'application/json', '*/*', 'text/html;q=0, */*', ','),
  });

  it('are refused without one 5xx, lead nowhere else, and store nothing', async () => {
    const seed = randomInt(2 ** 31);
    const all = fc.sample(visit, { numRuns: 10_000, seed });
    const statuses = new Map<string, number>();
    const next = all.values();
    const work = async (): Promise<void> => {
      for (const { route, query: asked, cookie: held, signedIn, accept } of next) {
        const bound = held === 'right' ? binding : `${binding.split('=')[0]}=${held}`;
        const headers = { accept, cookie: signedIn ? `${session}; ${bound}` : bound };
        const path = `${OAUTH}/${route}?${asked}`;
        const answer = await ask(path, headers);
        const told = `seed ${seed}: ${answer.status} ${answer.location} for ${path} ${JSON.stringify(headers)}`;
        if (answer.status >= 500) throw new Error(told);
        if (answer.status === 302 && !/^\/(sign-in|settings\/integrations\/hubspot)\?/.test(answer.location)) {
          throw new Error(told);
        }
        if (answer.text.includes('evil.example')) throw new Error(told);
        statuses.set(`${route} ${answer.status}`, (statuses.get(`${route} ${answer.status}`) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: 16 }, work));
    // Both doors were tried, and what is behind them.
    for (const tried of ['start 400', 'callback 400', 'start 302', 'callback 401']) {
      expect([seed, tried, (statuses.get(tried) ?? 0) > 100]).toEqual([seed, tried, true]);
    }
    const odds = [...statuses.keys()].filter((status) => !/ (302|400|401|404)$/.test(status));
    expect([seed, odds]).toEqual([seed, []]);
    const client = new Client({ connectionString: database.adminUrl });
    await client.connect();
    const { rows } = await client.query('SELECT FROM connections');
    await client.end();
    expect(rows).toEqual([]);
    // The process goes on, and what was right is so still.
    const started = await ask(`${OAUTH}/start?ticket=${ticket}`, { cookie: session });
    expect([started.status, started.location]).toEqual([302, expect.stringContaining('state=')]);
  }, 180_000);
});
