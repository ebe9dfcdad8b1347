import { afterEach, describe, expect, it } from '@jest/globals';
import {
  createTestDatabase,
  makeAppEnvironment,
  redisUrl,
  type SpawnedProgram,
  startApi,
  startSimulator,
  startWorker,
  type TestDatabase,
  type TestSimulator,
  waitFor,
} from '@app/testing';
import { createTenantApi } from './tenant-api.js';

const BACKLOG = 1_000;
/** Small enough for the backlog to take several windows; the connector learns it from the headers of the first answer. */
const CALLS_PER_10S = 12;

let database: TestDatabase | undefined;
let simulator: TestSimulator | undefined;
let programs: SpawnedProgram[] = [];

afterEach(async () => {
  await Promise.all(programs.map((program) => program.stop()));
  programs = [];
  await simulator?.stop();
  await database?.drop();
});

describe('two API processes and three workers', () => {
  it.each([
    ['PostgreSQL', false],
    ['Redis', true],
  ])(
    'never exceed HubSpot’s limits with a backlog of one portal, counting on %s, also when one is killed',
    async (_, redis) => {
      [database, simulator] = await Promise.all([createTestDatabase(), startSimulator()]);
      const { control } = simulator;
      const { hubId, token } = await control.createPortal({
        limits: { staticPer10s: CALLS_PER_10S },
        latency: { fixedMs: 30, jitterMs: 60 },
      });
      const { env, credentials } = makeAppEnvironment({
        databaseUrl: database.url,
        redisUrl: redis ? redisUrl() : undefined,
        hubspotUrl: simulator.url,
        extra: { UNKNOWN_OUTCOME_SETTLE_SECONDS: '2' },
      });
      const apis = await Promise.all([startApi({ env }), startApi({ env })]);
      const workers = await Promise.all([startWorker({ env }), startWorker({ env }), startWorker({ env })]);
      programs = [...apis, ...workers];
      const clients = apis.map(({ url }) => createTenantApi(url, credentials.apiKey));
      const [client] = clients;
      if (client === undefined) throw new Error('There are two APIs');
      await client.post('/integrations/hubspot/connect', { accessToken: token });
      await client.post('/integrations/hubspot/enable', { mode: 'transcript', onNoMatch: 'create' });
      await control.resetStats();
      await control.call('POST', '/limits/reset');

      for (let from = 0; from < BACKLOG; from += 100) {
        const conversations = Array.from({ length: 100 }, (_each, index) => conversation(from + index));
        const answer = await clients[(from / 100) % 2]?.post('/conversations/batch', { conversations });
        expect(answer?.status).toBeLessThan(300);
      }
      await waitFor(async () => (await control.stats(hubId)).burstCalls > CALLS_PER_10S, {
        timeoutMs: 60_000,
        what: 'a window to be full',
      });
      await workers[0]?.kill();
      await waitFor(async () => (await client.stats()).pending === 0, {
        timeoutMs: 180_000,
        what: 'every delivery to settle',
      });

      expect(await client.stats()).toMatchObject({ written: BACKLOG, skipped: {}, failed: {} });
      const { refused429, peaks, searches } = await control.stats(hubId);
      expect({ refused429, ...peaks }).toMatchObject({
        refused429: 0,
        // Deliveries leave one place to agents, and use all others.
        per10s: CALLS_PER_10S - 1,
      });
      expect(searches).toBeGreaterThan(0);
      expect(peaks.searchesPer1s).toBeLessThanOrEqual(5);
    },
    300_000,
  );
});

/** Every third customer is known by number alone, which takes searches. */
function conversation(index: number): object {
  const customer =
    index % 3 === 0
      ? { phone: `+49151${String(10_000_000 + index)}`, firstName: `Caller ${index}` }
      : { email: `c${index}@example.com` };
  return {
    externalId: `c-${index}`,
    channel: 'chat',
    direction: 'inbound',
    customer,
    messages: [{ author: 'customer', text: `Hello ${index}` }],
    closedAt: new Date().toISOString(),
  };
}
