import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, newId, readConfig, systemClock } from '@app/platform';
import { ConnectionRepository, EnsureTenant, newApiKey, Vault } from '@app/tenants';
import {
  createTestDatabase,
  makeAppEnvironment,
  type SpawnedProgram,
  startApi,
  type StartedApi,
  startSimulator,
  startWorker,
  type TestDatabase,
  type TestSimulator,
  waitFor,
} from '@app/testing';
import { createTenantApi, type TenantApi } from './tenant-api.js';

const TOKEN_SECONDS = 2;
const TENANTS = 4;
const ROUNDS = 12;
const PER_ROUND = 30;
/** So that thousands of calls fit between a few renewals; the budget learns it from the headers. */
const UNHURRIED = { oauthPer10s: 5_000, searchPerSecond: null };
const REDIRECT_URI = 'http://localhost/callback';

let testDatabase: TestDatabase;
let simulator: TestSimulator;
let apis: StartedApi[];
let workers: SpawnedProgram[];
let tenants: { hubId: number; clients: TenantApi[] }[];

beforeAll(async () => {
  [testDatabase, simulator] = await Promise.all([createTestDatabase(), startSimulator()]);
  const app = { clientId: newId(), clientSecret: newId() };
  await simulator.control.call('POST', '/apps', {
    ...app,
    accessTokenSeconds: TOKEN_SECONDS,
    redirectUrls: [REDIRECT_URI],
    requiredScopes: ['oauth', 'crm.objects.contacts.read', 'crm.objects.contacts.write'],
  });
  const { env } = makeAppEnvironment({
    databaseUrl: testDatabase.url,
    hubspotUrl: simulator.url,
    extra: {
      HUBSPOT_CLIENT_ID: app.clientId,
      HUBSPOT_CLIENT_SECRET: app.clientSecret,
      UNKNOWN_OUTCOME_SETTLE_SECONDS: '2',
    },
  });
  apis = await Promise.all([startApi({ env }), startApi({ env })]);
  workers = await Promise.all(Array.from({ length: 4 }, () => startWorker({ env })));
  const database = await Database.connect({ url: testDatabase.url, applicationName: 'test' });
  const { encryptionKeys } = readConfig({ ...env });
  const connections = new ConnectionRepository(database, new Vault(encryptionKeys), systemClock);
  tenants = [];
  for (let made = 0; made < TENANTS; made++) {
    const { hubId } = await simulator.control.createPortal({ token: false, limits: UNHURRIED });
    const apiKey = newApiKey();
    const tenantId = await new EnsureTenant(database).execute({
      tenant: newId(),
      adminEmail: `${newId()}@x.test`,
      adminPassword: 'password',
      apiKey,
    });
    await connections.connect(tenantId, { kind: 'oauth', portalId: String(hubId) }, await grantTokens(hubId, app));
    const clients = apis.map(({ url }) => createTenantApi(url, apiKey));
    await clients[0]?.post('/integrations/hubspot/enable', { mode: 'transcript', onNoMatch: 'create' });
    tenants.push({ hubId, clients });
  }
  await database.close();
}, 90_000);

afterAll(async () => {
  await Promise.all([...(apis ?? []), ...(workers ?? [])].map((program) => program.stop()));
  await simulator?.stop();
  await testDatabase?.drop();
});

/** Tokens as the consent page's code buys them; they are spent before the first call. */
async function grantTokens(hubId: number, app: { clientId: string; clientSecret: string }) {
  const { code } = await simulator.control.call<{ code: string }>('POST', `/portals/${hubId}/grant`, {
    clientId: app.clientId,
  });
  const response = await fetch(`${simulator.url}/oauth/2026-09/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: app.clientId,
      client_secret: app.clientSecret,
      redirect_uri: REDIRECT_URI,
      code,
    }),
  });
  const { access_token: accessToken, refresh_token: refreshToken } = (await response.json()) as Record<string, string>;
  const expiresAt = new Date(Date.now() + TOKEN_SECONDS * 1000);
  return { accessToken: accessToken ?? '', refreshToken, expiresAt, renewAt: new Date(expiresAt.getTime() - 1000) };
}

describe('two API processes and four workers with tokens that live two seconds', () => {
  it('never renew twice at once, and fail no delivery', async () => {
    await simulator.control.addFault({ route: 'oauth.token', actions: [{ kind: 'delay', ms: 150 }] });
    await simulator.control.resetStats();
    let before: string[][] = tenants.map(() => []);
    for (let round = 0; round < ROUNDS; round++) {
      const looking = lookOn(before);
      before = await Promise.all(
        tenants.map(async ({ clients }, tenant) => {
          const recorded = await clients[round % clients.length]?.post<Recorded[]>('/conversations/batch', {
            conversations: Array.from({ length: PER_ROUND }, (_, index) => ({
              externalId: `${round}-${index}`,
              channel: 'chat',
              direction: 'inbound',
              customer: { email: `t${tenant}-${round}-${index}@example.com` },
              messages: [{ author: 'customer', text: `Round ${round}` }],
              closedAt: new Date().toISOString(),
            })),
          });
          return (recorded?.body.data ?? []).map(({ data }) => data.id);
        }),
      );
      await sleep(1_000);
      expect(new Set(await looking)).toEqual(round === 0 ? new Set() : new Set(['matched']));
    }
    let calls = 0;
    for (const { hubId, clients } of tenants) {
      const [client] = clients;
      if (client === undefined) throw new Error('There are two APIs');
      await waitFor(async () => (await client.stats()).pending === 0, {
        timeoutMs: 60_000,
        what: 'every delivery to settle',
      });
      expect(await client.stats()).toMatchObject({ written: ROUNDS * PER_ROUND, skipped: {}, failed: {} });
      expect(await simulator.control.records(hubId, 'notes')).toHaveLength(ROUNDS * PER_ROUND);
      const { lastCalls } = await simulator.control.stats(hubId, { last: 10_000 });
      calls += lastCalls.length;
      const renewals = lastCalls.filter(({ route }) => route === 'oauth.token').toSorted((a, b) => a.at - b.at);
      expect(renewals.length).toBeGreaterThan(4);
      for (const [index, { at, durationMs, status }] of renewals.entries()) {
        expect(status).toBe(200);
        expect(durationMs).toBeGreaterThan(100);
        expect(renewals[index + 1]?.at ?? Infinity).toBeGreaterThanOrEqual(at + durationMs);
      }
    }
    expect(calls).toBeGreaterThan(2_000);
  }, 120_000);
});

interface Recorded {
  data: { id: string };
}

/** Agents at both APIs open the conversations of the round before: neither API has their contacts in its cache. */
async function lookOn(conversations: readonly string[][]): Promise<string[]> {
  const states = tenants.flatMap(({ clients }, tenant) =>
    clients.map(async (client) => {
      const seen: string[] = [];
      for (const id of conversations[tenant] ?? []) {
        const panel = await client.get<{ state: string }>(`/conversations/${id}/contact`);
        seen.push(panel.body.data.state);
      }
      return seen;
    }),
  );
  return (await Promise.all(states)).flat();
}
