import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger, Database, newId, systemClock } from '@app/platform';
import {
  AuditLog,
  ConnectionRepository,
  Disconnect,
  EnsureTenant,
  newApiKey,
  ReadAudit,
  RevocationRepository,
  Vault,
} from '@app/tenants';
import {
  createTestDatabase,
  type FaultAction,
  startSimulator,
  type TestDatabase,
  type TestSimulator,
} from '@app/testing';
import { OpenBudget } from '../../testing/open-budget.js';
import { ApiPaths } from '../client/api-paths.js';
import type { HubSpotAnswer } from '../client/hubspot-answer.js';
import { HubSpotClient } from '../client/hubspot-client.js';
import { HubSpotTransport } from '../client/hubspot-transport.js';
import { credentialsOf } from '../oauth/credentials-of.js';
import { TokenEndpoint } from '../oauth/token-endpoint.js';
import { AccessTokens } from './access-tokens.js';
import { RenewTokens } from './renew-tokens.js';

const REDIRECT_URI = 'http://localhost/callback';
const logger = createLogger({ level: 'silent', name: 'test' });
const paths = new ApiPaths('2026-09');
const vault = new Vault([{ id: 'k', key: randomBytes(32) }]);

let simulator: TestSimulator;
let testDatabase: TestDatabase;
let database: Database;
let connections: ConnectionRepository;
let clientSecret: string;
let clientId: string;
let hubId: number;
let tenantId: string;

/** What a process has of its own; nothing of it is shared with another. */
class Process {
  readonly connections: ConnectionRepository;
  readonly client: HubSpotClient;

  constructor(
    readonly database: Database,
    secret = clientSecret,
  ) {
    this.connections = new ConnectionRepository(database, vault, systemClock);
    const endpoint = new TokenEndpoint(simulator.url, paths, { clientId, clientSecret: secret });
    const renewals = new RenewTokens(this.connections, endpoint, systemClock, logger);
    const tokens = new AccessTokens(this.connections, renewals, systemClock);
    const transport = new HubSpotTransport(simulator.url);
    this.client = new HubSpotClient(transport, tokens, new OpenBudget(), this.connections, systemClock, logger);
  }

  static async start(): Promise<Process> {
    return new Process(await Database.connect({ url: testDatabase.url, applicationName: 'test', poolSize: 4 }));
  }

  call(): Promise<HubSpotAnswer> {
    return this.client.request({
      tenantId,
      class: 'delivery',
      kind: 'burst',
      method: 'GET',
      path: paths.of('account-info', 'details'),
      write: false,
    });
  }
}

beforeAll(async () => {
  [simulator, testDatabase] = await Promise.all([startSimulator(), createTestDatabase()]);
  database = await Database.connect({ url: testDatabase.url, applicationName: 'test' });
  connections = new ConnectionRepository(database, vault, systemClock);
}, 60_000);

afterAll(async () => {
  await database?.close();
  await testDatabase?.drop();
  await simulator?.stop();
});

beforeEach(async () => {
  clientId = newId();
  clientSecret = newId();
  ({ hubId } = await simulator.control.createPortal({ token: false, limits: { oauthPer10s: null } }));
  tenantId = await new EnsureTenant(database).execute({
    tenant: newId(),
    adminEmail: `${newId()}@x.test`,
    adminPassword: 'password',
    apiKey: newApiKey(),
  });
});

afterEach(async () => {
  await simulator.control.clearFaults();
});

/** Connected by OAuth, as if a person had gone through the consent page. */
async function connectPortal(accessTokenSeconds = 1800): Promise<string> {
  await simulator.control.call('POST', '/apps', {
    clientId,
    clientSecret,
    accessTokenSeconds,
    redirectUrls: [REDIRECT_URI],
    requiredScopes: ['oauth', 'crm.objects.contacts.read'],
  });
  const { code } = await simulator.control.call<{ code: string }>('POST', `/portals/${hubId}/grant`, { clientId });
  const askedAt = systemClock.now();
  const answer = await new TokenEndpoint(simulator.url, paths, { clientId, clientSecret }).exchangeCode(
    code,
    REDIRECT_URI,
  );
  if (answer.outcome !== 'granted') throw new Error(answer.detail);
  const credentials = credentialsOf(answer.tokens, askedAt);
  await connections.connect(tenantId, { kind: 'oauth', portalId: String(hubId) }, credentials);
  await simulator.control.resetStats();
  return credentials.accessToken;
}

async function tokenCalls(): Promise<{ at: number; durationMs: number; status: number }[]> {
  const { lastCalls } = await simulator.control.stats(hubId, { last: 20_000 });
  return lastCalls.filter(({ route }) => route === 'oauth.token');
}

const expireTokens = () => simulator.control.call('POST', `/portals/${hubId}/expire-access-tokens`);
const failTokens = (action: FaultAction) => simulator.control.addFault({ route: 'oauth.token', actions: [action] });

describe('renewing tokens', () => {
  it('asks HubSpot once at a time from six processes, and fails no call, with a token of two seconds', async () => {
    await connectPortal(2);
    await simulator.control.addFault({ route: 'oauth.token', actions: [{ kind: 'delay', ms: 150 }] });
    const processes = await Promise.all(Array.from({ length: 6 }, () => Process.start()));
    const startedAt = Date.now();
    const outcomes = new Map<string, number>();
    await Promise.all(
      processes.flatMap((each) =>
        [1, 2, 3].map(async () => {
          let calls = 0;
          while (calls < 70 || Date.now() < startedAt + 8_000) {
            const { outcome } = await each.call();
            outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
            calls += 1;
          }
        }),
      ),
    );
    const seconds = (Date.now() - startedAt) / 1000;
    await Promise.all(processes.map((each) => each.database.close()));
    expect([...outcomes.keys()]).toEqual(['ok']);
    expect(outcomes.get('ok')).toBeGreaterThan(1_000);
    const calls = (await tokenCalls()).toSorted((a, b) => a.at - b.at);
    expect(calls.length).toBeGreaterThanOrEqual(4);
    // A token is renewed after half its life, and never sooner.
    expect(calls.length).toBeLessThanOrEqual(seconds + 1);
    for (const [index, call] of calls.entries()) {
      const next = calls[index + 1];
      expect(call.status).toBe(200);
      expect(next === undefined || next.at >= call.at + call.durationMs).toBe(true);
    }
  }, 90_000);

  it('renews once when HubSpot rejects the token in mid-work, whoever meets it', async () => {
    const before = await connectPortal();
    await expireTokens();
    const one = new Process(database);
    const other = new Process(database);
    const answers = await Promise.all([one.call(), other.call(), one.call(), other.call(), one.call()]);
    expect(answers.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 5 }, () => 'ok'));
    expect(await tokenCalls()).toHaveLength(1);
    const { accessToken } = (await connections.findCredentials(tenantId)) ?? {};
    expect(accessToken).not.toBe(before);
  });

  it('does not renew twice for one call', async () => {
    await connectPortal();
    await simulator.control.addFault({ hubId, route: 'account.details', actions: [{ kind: 'status', status: 401 }] });
    expect(await new Process(database).call()).toMatchObject({ outcome: 'unauthorised' });
    expect(await tokenCalls()).toHaveLength(1);
    expect(await connections.find(tenantId)).toMatchObject({ status: 'connected' });
  });

  it('keeps what HubSpot gave last, where refresh tokens rotate', async () => {
    await connectPortal();
    await simulator.control.changePortal(hubId, { flags: { rotateRefreshTokens: true } });
    const process = new Process(database);
    for (let round = 0; round < 3; round++) {
      await expireTokens();
      expect(await process.call()).toMatchObject({ outcome: 'ok' });
    }
    expect(await tokenCalls()).toHaveLength(3);
  });

  it('ends the connection when HubSpot refuses for good: inactive, credentials gone, portal kept', async () => {
    await connectPortal();
    await simulator.control.call('POST', `/portals/${hubId}/uninstall`, { clientId });
    expect(await new Process(database).call()).toMatchObject({ outcome: 'unauthorised' });
    expect(await connections.find(tenantId)).toMatchObject({
      status: 'inactive',
      portalId: String(hubId),
      problem: { reason: 'uninstalled' },
    });
    expect(await connections.findCredentials(tenantId)).toBeUndefined();
    expect(await new Process(database).call()).toMatchObject({
      outcome: 'not_connected',
      detail: expect.stringContaining('Connect HubSpot again'),
    });
    expect(await new ReadAudit(database).list(tenantId, { action: 'connection.uninstalled', limit: 10 })).toMatchObject(
      [{ actor: { name: 'HubSpot' }, target: String(hubId), details: { noticedBy: 'refused_renewal' } }],
    );
  });

  it.each<[string, string, Record<string, string>]>([
    ['an invalid grant', 'inactive', { error: 'invalid_grant', message: 'missing or unknown refresh token' }],
    ['BAD_REFRESH_TOKEN alone', 'inactive', { status: 'BAD_REFRESH_TOKEN' }],
    ['a portal that is gone', 'inactive', { status: 'BAD_HUB', error: 'access_denied' }],
    ['an unknown client id', 'connected', { status: 'BAD_CLIENT_ID', error: 'invalid_request' }],
    ['an unknown client id, in other words', 'connected', { status: 'BAD_CLIENT_ID', error: 'invalid_client' }],
    ['a wrong secret', 'connected', { status: 'BAD_CLIENT_SECRET' }],
    ['a redirect address it doesn’t know', 'connected', { status: 'BAD_REDIRECT_URI' }],
    ['a grant type it doesn’t know', 'connected', { status: 'BAD_GRANT_TYPE', error: 'unsupported_grant_type' }],
    ['scopes it doesn’t like', 'connected', { status: 'BAD_SCOPES' }],
    ['nothing anybody knows', 'connected', {}],
  ])('after the refusal of a renewal for %s is %s', async (_, status, body) => {
    await connectPortal();
    await expireTokens();
    await failTokens({ kind: 'status', status: 400, body });
    await new Process(database).call();
    const reason = status === 'inactive' ? 'uninstalled' : 'app_refused';
    expect(await connections.find(tenantId)).toMatchObject({ status, problem: { reason } });
  });

  it.each<[string, FaultAction]>([
    ['423', { kind: 'status', status: 423 }],
    ['429', { kind: 'status', status: 429 }],
    ['477', { kind: 'status', status: 477 }],
    ['500', { kind: 'status', status: 500 }],
    ['502 as HTML', { kind: 'status', status: 502 }],
    ['a reset', { kind: 'reset' }],
    ['half an answer', { kind: 'truncate' }],
  ])('outlasts a passing failure: %s', async (_, action) => {
    await connectPortal();
    await expireTokens();
    await failTokens(action);
    const process = new Process(database);
    expect(await process.call()).toMatchObject({ outcome: 'unavailable', committed: 'no' });
    expect(await connections.find(tenantId)).toMatchObject({ status: 'connected', problem: undefined });
    await simulator.control.clearFaults();
    expect(await process.call()).toMatchObject({ outcome: 'ok' });
  });

  it('goes on with a token that is still good while HubSpot can’t renew it', async () => {
    await connectPortal(4);
    await failTokens({ kind: 'status', status: 503 });
    const process = new Process(database);
    await sleep(2_100);
    for (let call = 0; call < 5; call++) expect(await process.call()).toMatchObject({ outcome: 'ok' });
    expect(await tokenCalls()).toHaveLength(1);
  });

  it('keeps the connection when our own app’s secret is wrong', async () => {
    await connectPortal();
    await expireTokens();
    expect(await new Process(database, 'wrong').call()).toMatchObject({ outcome: 'unauthorised' });
    expect(await connections.find(tenantId)).toMatchObject({
      status: 'connected',
      problem: { reason: 'app_refused', detail: expect.stringContaining('HUBSPOT_CLIENT_SECRET') },
    });
    expect(await new Process(database).call()).toMatchObject({ outcome: 'ok' });
    expect(await connections.find(tenantId)).toMatchObject({ status: 'connected', problem: undefined });
  });

  it('says that our own app is refused while a token still serves, too, and keeps what is wrong in HubSpot before it', async () => {
    await connectPortal(4);
    await sleep(2_100);
    expect(await new Process(database, 'wrong').call()).toMatchObject({ outcome: 'ok' });
    expect(await connections.find(tenantId)).toMatchObject({ problem: { reason: 'app_refused' } });
    await connections.needAttention(
      tenantId,
      { reason: 'missing_scope', detail: 'x' },
      await connections.find(tenantId),
    );
    await expireTokens();
    await new Process(database, 'wrong').call();
    expect(await connections.find(tenantId)).toMatchObject({ problem: { reason: 'missing_scope' } });
    await new Process(database).call();
    expect(await connections.find(tenantId)).toMatchObject({
      status: 'attention',
      problem: { reason: 'missing_scope' },
    });
  });

  it('takes over from a process that died while it renewed', async () => {
    await connectPortal();
    await expireTokens();
    const { credentialsVersion: version = '' } = await connections.findHeld(tenantId);
    expect(await connections.claimRenewal(tenantId, { version, id: newId(), seconds: 1 })).toBe(true);
    expect(await connections.claimRenewal(tenantId, { version, id: newId(), seconds: 1 })).toBe(false);
    const startedAt = Date.now();
    expect(await new Process(database).call()).toMatchObject({ outcome: 'ok' });
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(500);
  });

  it('does not bring back a connection that was ended while HubSpot was asked', async () => {
    await connectPortal();
    await expireTokens();
    await failTokens({ kind: 'delay', ms: 400 });
    const call = new Process(database).call();
    await sleep(150);
    await new Disconnect(
      database,
      connections,
      new RevocationRepository(database, vault),
      new AuditLog(database, systemClock),
    ).execute(tenantId);
    expect(await call).toMatchObject({ outcome: 'unauthorised' });
    expect(await connections.find(tenantId)).toMatchObject({ status: 'inactive', problem: { reason: 'disconnected' } });
    expect(await connections.findCredentials(tenantId)).toBeUndefined();
  });
});
