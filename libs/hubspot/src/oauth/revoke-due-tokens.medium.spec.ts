import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger, Database, newId, systemClock } from '@app/platform';
import {
  AuditLog,
  ConnectionRepository,
  DisableSyncing,
  Disconnect,
  EnsureTenant,
  newApiKey,
  RevocationRepository,
  Vault,
  WritebackSettingsRepository,
} from '@app/tenants';
import { createTestDatabase, startSimulator, type TestDatabase, type TestSimulator } from '@app/testing';
import { Client } from 'pg';
import { ApiPaths } from '../client/api-paths.js';
import { HubSpotTransport } from '../client/hubspot-transport.js';
import { credentialsOf } from './credentials-of.js';
import { RevokeDueTokens } from './revoke-due-tokens.js';
import { TokenEndpoint } from './token-endpoint.js';

const REDIRECT_URI = 'http://localhost/callback';
const clientId = newId();
const clientSecret = newId();
const paths = new ApiPaths('2026-09');
const vault = new Vault([{ id: 'k', key: randomBytes(32) }]);
const logger = createLogger({ level: 'silent', name: 'test' });

let simulator: TestSimulator;
let testDatabase: TestDatabase;
let database: Database;
let admin: Client;
let connections: ConnectionRepository;
let revocations: RevocationRepository;
let endpoint: TokenEndpoint;
let hubId: number;
let tenantId: string;

beforeAll(async () => {
  [simulator, testDatabase] = await Promise.all([startSimulator(), createTestDatabase()]);
  database = await Database.connect({ url: testDatabase.url, applicationName: 'test' });
  admin = new Client({ connectionString: testDatabase.adminUrl });
  await admin.connect();
  connections = new ConnectionRepository(database, vault, systemClock);
  revocations = new RevocationRepository(database, vault);
  endpoint = new TokenEndpoint(simulator.url, paths, { clientId, clientSecret });
  await simulator.control.call('POST', '/apps', {
    clientId,
    clientSecret,
    redirectUrls: [REDIRECT_URI],
    requiredScopes: ['oauth', 'crm.objects.contacts.read'],
  });
}, 60_000);

afterAll(async () => {
  await admin?.end();
  await database?.close();
  await testDatabase?.drop();
  await simulator?.stop();
});

beforeEach(async () => {
  await admin.query('DELETE FROM token_revocations');
  ({ hubId } = await simulator.control.createPortal({ token: false }));
  tenantId = await makeTenant();
  await connect();
});

afterEach(async () => {
  await simulator.control.clearFaults();
});

const makeTenant = (): Promise<string> =>
  new EnsureTenant(database).execute({
    tenant: newId(),
    adminEmail: `${newId()}@x.test`,
    adminPassword: 'password',
    apiKey: newApiKey(),
  });

async function connect(tenant = tenantId): Promise<void> {
  const { code } = await simulator.control.call<{ code: string }>('POST', `/portals/${hubId}/grant`, { clientId });
  const askedAt = systemClock.now();
  const answer = await endpoint.exchangeCode(code, REDIRECT_URI);
  if (answer.outcome !== 'granted') throw new Error(answer.detail);
  const portal = { kind: 'oauth' as const, portalId: String(hubId) };
  expect(await connections.connect(tenant, portal, credentialsOf(answer.tokens, askedAt))).toEqual({ connected: true });
}

const disconnect = () =>
  new Disconnect(database, connections, revocations, new AuditLog(database, systemClock)).execute(tenantId);
const disable = () =>
  new DisableSyncing(
    database,
    connections,
    new WritebackSettingsRepository(database, systemClock),
    revocations,
    new AuditLog(database, systemClock),
  ).execute(tenantId);
const sweep = () =>
  new RevokeDueTokens(revocations, endpoint, new HubSpotTransport(simulator.url), paths, systemClock, logger).execute();
const makeDue = () => admin.query(`UPDATE token_revocations SET due_at = now() - interval '1 second'`);

async function waiting(): Promise<number> {
  const { rows } = await admin.query<{ count: number }>('SELECT count(*)::int AS count FROM token_revocations');
  return rows[0]?.count ?? 0;
}

/** What HubSpot has of us: undefined when the app is not installed. */
async function refreshTokens(): Promise<number | undefined> {
  const { installations } = await simulator.control.call<{ installations: { refreshTokens: number }[] }>(
    'GET',
    `/portals/${hubId}/installations`,
  );
  return installations[0]?.refreshTokens;
}

describe('telling HubSpot that a connection ended', () => {
  it('gives the tokens back after a disconnect, and leaves the app installed', async () => {
    await disconnect();
    expect(await sweep()).toBe(1);
    expect(await refreshTokens()).toBe(0);
    expect(await waiting()).toBe(0);
    expect(await sweep()).toBe(0);
  });

  it('takes the app out of the portal after a disable', async () => {
    await disable();
    expect(await sweep()).toBe(1);
    expect(await refreshTokens()).toBeUndefined();
    expect(await waiting()).toBe(0);
  });

  it('takes the app out with an access token that has expired, too', async () => {
    await simulator.control.call('POST', `/portals/${hubId}/expire-access-tokens`);
    await disable();
    expect(await sweep()).toBe(1);
    expect(await refreshTokens()).toBeUndefined();
  });

  it.each([
    ['disconnect', disconnect, 'inactive'],
    ['disable', disable, 'disconnected'],
  ])('ends here at once by %s when HubSpot is away, and is retried', async (_, end, status) => {
    await simulator.control.addFault({ actions: [{ kind: 'reset' }] });
    expect(await end()).toMatchObject({ status });
    expect(await connections.findCredentials(tenantId)).toBeUndefined();
    expect(await sweep()).toBe(0);
    expect(await waiting()).toBe(1);
    expect(await sweep()).toBe(0);
    await simulator.control.clearFaults();
    await makeDue();
    expect(await sweep()).toBe(1);
    expect(await refreshTokens()).toBe(status === 'inactive' ? 0 : undefined);
  });

  it('is over when a person was faster', async () => {
    await simulator.control.call('POST', `/portals/${hubId}/uninstall`, { clientId });
    await disable();
    expect(await sweep()).toBe(1);
    expect(await waiting()).toBe(0);
  });

  it('takes the app out when a disable follows a disconnect that HubSpot has not heard of', async () => {
    await disconnect();
    await disable();
    expect(await waiting()).toBe(1);
    await sweep();
    expect(await refreshTokens()).toBeUndefined();
  });

  it('never ends the connection that came after, whoever made it', async () => {
    await disable();
    const other = await makeTenant();
    await connect(other);
    expect(await sweep()).toBe(0);
    expect(await refreshTokens()).toBeGreaterThan(0);
  });

  it('is done by one of many workers', async () => {
    await disconnect();
    await simulator.control.resetStats();
    const results = await Promise.all([sweep(), sweep(), sweep(), sweep()]);
    expect(results.toSorted()).toEqual([0, 0, 0, 1]);
  });

  it('deletes the tokens after a week without HubSpot', async () => {
    await disconnect();
    await admin.query(`UPDATE token_revocations SET created_at = now() - interval '8 days'`);
    expect(await sweep()).toBe(0);
    expect(await waiting()).toBe(0);
  });

  it('keeps nothing of a static token, which can’t be revoked', async () => {
    const other = await makeTenant();
    const { hubId: portalId, token } = await simulator.control.createPortal();
    await connections.connect(other, { kind: 'token', portalId: String(portalId) }, { accessToken: token });
    await new Disconnect(database, connections, revocations, new AuditLog(database, systemClock)).execute(other);
    expect(await waiting()).toBe(0);
  });
});
