import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startSimulator, type RunningSimulator, type WireAnswer } from './running-simulator.js';
import type { Json } from './watched-calls.js';

const CONTACTS = '/crm/objects/2026-09/contacts';
const app = {
  clientId: 'bbbbbbbb-0000-4000-8000-000000000002',
  clientSecret: 'limits-secret',
  redirectUrls: ['http://localhost:3000/callback'],
  requiredScopes: ['oauth', 'crm.objects.contacts.read', 'crm.objects.contacts.write'],
  optionalScopes: [],
};

let simulator: RunningSimulator;
let hubId = 4_400_000;
let token: string;

beforeAll(async () => {
  simulator = await startSimulator();
  // Stopped, so that a slow machine puts no call into another window.
  await simulator.control('POST', '/clock', { stopped: true });
  await simulator.control('POST', '/apps', app);
});
afterAll(() => simulator.stop());
beforeEach(async () => {
  hubId += 1;
  ({ token } = await simulator.control<{ token: string }>('POST', '/portals', { hubId }));
});

const settings = (change: Json): Promise<Json> => simulator.control('PATCH', `/portals/${hubId}`, change);
const advance = (advanceMs: number): Promise<Json> => simulator.control('POST', '/clock', { advanceMs });
const list = (bearer = token): Promise<WireAnswer> => simulator.call('GET', `${CONTACTS}?limit=1`, { token: bearer });
const search = (body: Json = {}): Promise<WireAnswer> => simulator.call('POST', `${CONTACTS}/search`, { token, body });
const times = <T>(count: number, act: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, act));
const countOf = (answers: readonly WireAnswer[], status: number): number =>
  answers.filter((each) => each.status === status).length;
const bodyOf = (answers: readonly WireAnswer[], status: number): unknown =>
  answers.find((each) => each.status === status)?.body;

/** An access token of the app for the current portal. */
async function accessToken(): Promise<string> {
  const { code } = await simulator.control<{ code: string }>('POST', `/portals/${hubId}/grant`, {
    clientId: app.clientId,
  });
  const { body } = await simulator.call('POST', '/oauth/2026-09/token', {
    form: {
      client_id: app.clientId,
      client_secret: app.clientSecret,
      grant_type: 'authorization_code',
      code,
      redirect_uri: 'http://localhost:3000/callback',
    },
  });
  return String((body as Json)['access_token']);
}

describe('the burst limit', () => {
  it('lets an OAuth app make 110 calls in ten seconds, and refuses the rest in HubSpot’s words', async () => {
    const access = await accessToken();
    await simulator.control('DELETE', `/stats?hubId=${hubId}`);
    const answers = await times(115, () => list(access));
    expect([countOf(answers, 200), countOf(answers, 429)]).toEqual([110, 5]);
    expect(bodyOf(answers, 429)).toMatchObject({
      status: 'error',
      message: 'You have reached your ten_secondly_rolling limit.',
      errorType: 'RATE_LIMIT',
      policyName: 'TEN_SECONDLY_ROLLING',
      groupName: expect.stringContaining('ten-secondly'),
      correlationId: expect.any(String),
    });
    const [first] = answers;
    expect(first?.headers.get('x-hubspot-ratelimit-max')).toBe('110');
    expect(first?.headers.get('x-hubspot-ratelimit-interval-milliseconds')).toBe('10000');
    expect(first?.headers.get('x-hubspot-ratelimit-daily')).toBeNull();
    expect(first?.headers.get('retry-after')).toBeNull();
    const remaining = answers.map(({ headers }) => Number(headers.get('x-hubspot-ratelimit-remaining')));
    expect([Math.max(...remaining), Math.min(...remaining)]).toEqual([109, 0]);

    const stats = await simulator.control<Json>('GET', `/stats?hubId=${hubId}`);
    expect(stats).toMatchObject({ totalCalls: 115, burstCalls: 115, refused429: 5, peaks: { per10s: 115 } });
    await advance(10_000);
    expect((await list(access)).status).toBe(200);
  });

  it('is a rolling window, not a bucket that empties at once', async () => {
    const access = await accessToken();
    expect(countOf(await times(60, () => list(access)), 200)).toBe(60);
    await advance(6_000);
    expect(countOf(await times(60, () => list(access)), 200)).toBe(50);
    await advance(4_000);
    // The first sixty have left the window, the fifty of four seconds ago are still in it.
    expect(countOf(await times(70, () => list(access)), 200)).toBe(60);
  });

  it('counts apps and portals apart, a static token to 100', async () => {
    const access = await accessToken();
    expect(countOf(await times(101, () => list()), 200)).toBe(100);
    expect((await list(access)).status).toBe(200);
    const other = await simulator.control<{ token: string }>('POST', '/portals', { hubId: hubId + 1_000 });
    expect((await list(other.token)).status).toBe(200);
  });

  it('sends Retry-After only where a portal is set so', async () => {
    await settings({ limits: { staticPer10s: 1 }, flags: { retryAfterOn429: true } });
    await list();
    expect(Number((await list()).headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('the search limit', () => {
  it('is five a second for the portal, without headers, beside the burst', async () => {
    await settings({ limits: { staticPer10s: 3 } });
    const answers = await times(8, () => search());
    expect([countOf(answers, 200), countOf(answers, 429)]).toEqual([5, 3]);
    expect(bodyOf(answers, 429)).toMatchObject({
      message: 'You have reached your secondly limit.',
      policyName: 'SECONDLY',
    });
    for (const { headers } of answers)
      expect([...headers.keys()].filter((name) => name.includes('ratelimit'))).toEqual([]);
    expect(countOf(await times(3, () => list()), 200)).toBe(3);
    await advance(1_000);
    expect((await search()).status).toBe(200);
  });
});

describe('the daily limit', () => {
  it('counts static tokens until midnight in the portal’s zone', async () => {
    await settings({ timeZone: 'America/New_York', limits: { daily: 3 } });
    await simulator.control('POST', '/clock', { now: '2027-01-15T04:59:00.000Z' });
    const answers = [await list(), await search(), await list(), await list()];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(answers[3]?.body).toMatchObject({
      message: 'You have reached your daily limit.',
      policyName: 'DAILY',
      requestId: expect.any(String),
    });
    expect(answers[0]?.headers.get('x-hubspot-ratelimit-daily')).toBe('3');
    expect(answers[0]?.headers.get('x-hubspot-ratelimit-daily-remaining')).toBe('2');
    await simulator.control('POST', '/clock', { now: '2027-01-15T05:00:01.000Z' });
    expect((await list()).status).toBe(200);
  });
});

const byEmail = (value: string): Json => ({
  filterGroups: [{ filters: [{ propertyName: 'email', operator: 'EQ', value }] }],
  properties: ['email', 'city'],
});
const found = async (email: string): Promise<unknown[]> =>
  ((await search(byEmail(email))).body as { results: { properties: Json }[] }).results.map(
    ({ properties }) => properties['city'],
  );

const filter = { propertyName: 'email', operator: 'EQ', value: 'a' };
const statusOf = async (body: Json): Promise<number> => (await search(body)).status;

describe('the search index', () => {
  it('lags behind writes, while reading by id or email does not', async () => {
    await settings({ searchLagMs: 5_000, limits: { searchPerSecond: null } });
    const email = 'lag@inbox.example.com';
    const made = await simulator.call('POST', CONTACTS, { token, body: { properties: { email, city: 'Old' } } });
    const id = String((made.body as Json)['id']);
    expect(await found(email)).toEqual([]);
    expect((await simulator.call('GET', `${CONTACTS}/${email}?idProperty=email`, { token })).status).toBe(200);
    await advance(5_000);
    expect(await found(email)).toEqual(['Old']);
    await simulator.call('PATCH', `${CONTACTS}/${id}`, { token, body: { properties: { city: 'New' } } });
    expect(await found(email)).toEqual(['Old']);
    await advance(5_000);
    expect(await found(email)).toEqual(['New']);
    await simulator.call('DELETE', `${CONTACTS}/${id}`, { token });
    await advance(5_000);
    expect(await found(email)).toEqual([]);
  });

  it('refuses what is over the limits of a search', async () => {
    await settings({ limits: { searchPerSecond: null } });
    expect(await statusOf({ limit: 200 })).toBe(200);
    expect(await statusOf({ limit: 201 })).toBe(400);
    expect(await statusOf({ after: '10000' })).toBe(400);
    expect(await statusOf({ filterGroups: Array.from({ length: 6 }, () => ({ filters: [filter] })) })).toBe(400);
    expect(await statusOf({ filterGroups: [{ filters: Array.from({ length: 7 }, () => filter) }] })).toBe(400);
    expect(
      await statusOf({
        filterGroups: Array.from({ length: 4 }, () => ({ filters: Array.from({ length: 5 }, () => filter) })),
      }),
    ).toBe(400);
    expect(await statusOf({ sorts: ['createdate', 'email'] })).toBe(400);
    expect(await statusOf({ query: 'x'.repeat(3_000) })).toBe(400);
    expect(await statusOf({ filterGroups: [{ filters: [{ ...filter, propertyName: 'no_such_property' }] }] })).toBe(
      400,
    );
  });
});
