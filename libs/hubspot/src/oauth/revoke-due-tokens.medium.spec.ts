import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger, Database, newId, systemClock } from '@app/platform';
import {
  AuditLog,
  ConnectionRepository,
  type Credentials,
  DisableSyncing,
  Disconnect,
  EnsureTenant,
  newApiKey,
  RevocationRepository,
  Vault,
  WritebackSettingsRepository,
} from '@app/tenants';
import { createTestDatabase, startSimulator, type TestDatabase, type TestSimulator, waitFor } from '@app/testing';
import { Client } from 'pg';
import type { EntityManager } from 'typeorm';
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

async function connect(tenant = tenantId): Promise<Credentials> {
  const credentials = await obtain();
  const portal = { kind: 'oauth' as const, portalId: String(hubId) };
  expect(await connections.connect(tenant, portal, credentials)).toEqual({ connected: true });
  return credentials;
}

/** A grant of HubSpot's, which nobody has stored yet. */
async function obtain(): Promise<Credentials> {
  const { code } = await simulator.control.call<{ code: string }>('POST', `/portals/${hubId}/grant`, { clientId });
  const askedAt = systemClock.now();
  const answer = await endpoint.exchangeCode(code, REDIRECT_URI);
  if (answer.outcome !== 'granted') throw new Error(answer.detail);
  return credentialsOf(answer.tokens, askedAt);
}

/** Connects the same portal by a static token. */
async function connectByToken(): Promise<void> {
  const portal = { kind: 'token' as const, portalId: String(hubId) };
  expect(await connections.connect(tenantId, portal, { accessToken: 'pat-na1-0123' })).toEqual({ connected: true });
}

const isAlive = async ({ refreshToken = '' }: Credentials): Promise<boolean> =>
  (await endpoint.refresh(refreshToken)).outcome === 'granted';

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
const sweep = (
  told: ConstructorParameters<typeof RevokeDueTokens>[0] = revocations,
  transport: Pick<HubSpotTransport, 'send'> = new HubSpotTransport(simulator.url),
) => new RevokeDueTokens(told, endpoint, transport, paths, systemClock, logger).execute();
const makeDue = () => admin.query(`UPDATE token_revocations SET due_at = now() - interval '1 second'`);

/** A sweep that has begun to tell HubSpot of the end of a connection, and waits. */
async function sweepHeld(): Promise<{ swept: Promise<number>; goOn: () => void }> {
  const real = new HubSpotTransport(simulator.url);
  const [calling, mayGoOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const swept = sweep(revocations, {
    send: async (call) => {
      calling.resolve();
      await mayGoOn.promise;
      return real.send(call);
    },
  });
  await calling.promise;
  return { swept, goOn: mayGoOn.resolve };
}

/** With some of its methods replaced. */
function proxied<T extends object>(whole: T, replaced: Partial<T>): T {
  return new Proxy(whole, {
    get: (target, name) => {
      const found: unknown = Reflect.get(name in replaced ? replaced : target, name);
      return typeof found === 'function' ? found.bind(name in replaced ? replaced : target) : found;
    },
  });
}

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
    const before = await connections.findCredentials(tenantId);
    await disable();
    const after = await connect(await makeTenant());
    expect(await sweep()).toBe(1);
    expect([await isAlive(before ?? after), await isAlive(after)]).toEqual([false, true]);
  });

  it('doesn’t end the connection that came after it was claimed and before HubSpot is told', async () => {
    await disable();
    let after: Credentials | undefined;
    const told = proxied(revocations, {
      claim: async (...id) => {
        const claimed = await revocations.claim(...id);
        after = await connect();
        return claimed;
      },
    });
    expect(await sweep(told)).toBe(1);
    expect(after && (await isAlive(after))).toBe(true);
    expect(await connections.find(tenantId)).toMatchObject({ status: 'connected' });
  });

  it('lets nobody connect the portal while HubSpot is told, and keeps nobody else waiting', async () => {
    await disable();
    const { swept, goOn } = await sweepHeld();
    const credentials = await obtain();
    // More than a process has connections to the database.
    const tenants = [tenantId, ...(await Promise.all(Array.from({ length: 11 }, makeTenant)))];
    let tries = 0;
    const counted = proxied(database, {
      withTenant: async <T>(id: string, work: (tx: EntityManager) => Promise<T>): Promise<T> =>
        database.withTenant(id, work).finally(() => (tries += 1)),
    });
    const stored = new ConnectionRepository(counted, vault, systemClock);
    const portal = { kind: 'oauth' as const, portalId: String(hubId) };
    const connecting = tenants.map((tenant) => stored.connect(tenant, portal, credentials));
    await waitFor(() => tries >= 2 * tenants.length, { what: 'each of them to have tried' });
    expect(await connections.find(tenantId)).toMatchObject({ status: 'disconnected' });
    goOn();
    const outcomes = await Promise.all(connecting);
    expect(await swept).toBe(1);
    const taken = { connected: false, reason: 'portal_taken' };
    expect(outcomes.filter(({ connected }) => connected)).toHaveLength(1);
    expect(outcomes.filter(({ connected }) => !connected)).toEqual(tenants.slice(1).map(() => taken));
  });

  it('lets a static token connect the portal while HubSpot is told', async () => {
    await disable();
    const { swept, goOn } = await sweepHeld();
    await connectByToken();
    goOn();
    expect(await swept).toBe(1);
    expect(await connections.find(tenantId)).toMatchObject({ status: 'connected', kind: 'token' });
  });

  it('refuses to connect the portal for now where HubSpot is told for too long', async () => {
    await disable();
    const { swept, goOn } = await sweepHeld();
    const portal = { kind: 'oauth' as const, portalId: String(hubId) };
    expect(await connections.connect(tenantId, portal, await obtain())).toEqual({
      connected: false,
      reason: 'portal_busy',
    });
    goOn();
    await swept;
  });

  it('waits while somebody connects the portal', async () => {
    await disable();
    const connecting = new Client({ connectionString: testDatabase.adminUrl });
    await connecting.connect();
    const lock = `SELECT pg_advisory_lock(hashtextextended('grants of portal ${hubId}', 0))`;
    await connecting.query(lock);
    expect([await sweep(), await waiting()]).toEqual([0, 1]);
    await connecting.end();
    await makeDue();
    expect([await sweep(), await waiting()]).toEqual([1, 0]);
  });

  it('gives back the grant that a new one replaced, and that one alone', async () => {
    const before = await connections.findCredentials(tenantId);
    const after = await connect();
    expect(await sweep()).toBe(1);
    expect([await isAlive(before ?? after), await isAlive(after)]).toEqual([false, true]);
  });

  it('leaves a grant alone that HubSpot gave a second time', async () => {
    const same = await connect();
    await admin.query('DELETE FROM token_revocations');
    await connections.connect(tenantId, { kind: 'oauth', portalId: String(hubId) }, same);
    expect(await waiting()).toBe(1);
    expect([await sweep(), await waiting()]).toEqual([1, 0]);
    expect(await isAlive(same)).toBe(true);
  });

  it('asks again later where it can’t be known whether the grant is in use', async () => {
    const same = await connect();
    await admin.query('UPDATE connections SET grant_hash = NULL WHERE tenant_id = $1', [tenantId]);
    expect([await sweep(), await waiting()]).toEqual([0, 1]);
    const { credentialsVersion = '' } = await connections.findHeld(tenantId);
    await connections.replaceCredentials(tenantId, credentialsVersion, same);
    await makeDue();
    expect([await sweep(), await waiting()]).toEqual([1, 0]);
    expect(await isAlive(same)).toBe(true);
  });

  it('gives the grant back that a static token replaced', async () => {
    const before = await connections.findCredentials(tenantId);
    await connectByToken();
    expect(await sweep()).toBe(1);
    expect(before && (await isAlive(before))).toBe(false);
    expect(await connections.find(tenantId)).toMatchObject({ status: 'connected', kind: 'token' });
  });

  it('takes the app out although a static token connects the portal meanwhile', async () => {
    await disable();
    await connectByToken();
    expect(await sweep()).toBe(1);
    expect(await refreshTokens()).toBeUndefined();
    expect(await connections.find(tenantId)).toMatchObject({ status: 'connected', kind: 'token' });
  });

  it('takes the app out of no portal that was connected again since, although it ended once more', async () => {
    await disable();
    await connect();
    await disconnect();
    expect(await sweep()).toBe(2);
    expect(await refreshTokens()).toBe(0);
  });

  it('takes the app out of no portal that this tenant never had', async () => {
    const other = await simulator.control.createPortal({ token: false });
    await revocations.giveBack(tenantId, String(other.hubId), { accessToken: 'x', refreshToken: 'na1-unknown' });
    await disable();
    const { rows } = await admin.query('SELECT portal_id, uninstall FROM token_revocations ORDER BY uninstall');
    expect(rows).toEqual([
      { portal_id: String(other.hubId), uninstall: false },
      { portal_id: String(hubId), uninstall: true },
    ]);
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
