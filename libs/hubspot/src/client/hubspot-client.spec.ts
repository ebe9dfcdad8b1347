import { describe, expect, it } from '@jest/globals';
import { connectTenant, type ConnectedOptions } from '../../testing/connected-tenant.js';
import { OpenBudget } from '../../testing/open-budget.js';
import { lostConnection, ScriptedTransport } from '../../testing/scripted-transport.js';
import type { HubSpotRequest } from './hubspot-client.js';
import { Stopping } from './stopping.js';

function connected(
  script: ConstructorParameters<typeof ScriptedTransport>[0],
  renewals?: ConnectedOptions['renewals'],
) {
  const transport = new ScriptedTransport(script);
  const budget = new OpenBudget();
  const stopping = new Stopping();
  const tenant = connectTenant({ transport, budget, stopping, renewals });
  const request = (change: Partial<HubSpotRequest> = {}) =>
    tenant.client.request({
      tenantId: tenant.tenantId,
      class: 'delivery',
      kind: 'burst',
      method: 'POST',
      path: '/x',
      write: false,
      ...change,
    });
  return { ...tenant, transport, budget, stopping, request };
}

const OK = { status: 200, body: {} };

describe('HubSpotClient', () => {
  it('asks the budget of the portal first and gives the place back', async () => {
    const { request, budget } = connected(() => OK);
    await expect(request({ class: 'agent', kind: 'search' })).resolves.toMatchObject({ outcome: 'ok' });
    expect(budget.asked).toEqual([{ portalId: '4711', class: 'agent', kind: 'search', connection: 'token' }]);
    expect(budget.open).toBe(0);
  });

  it('does not send what the budget has no room for', async () => {
    const { request, budget, transport } = connected(() => OK);
    budget.acquire = () => Promise.resolve({ granted: false, retryAfterSeconds: 4, blockedBy: 'DAILY' });
    await expect(request()).resolves.toEqual({
      outcome: 'throttled',
      by: 'budget',
      policy: 'DAILY',
      retryAfterSeconds: 4,
    });
    expect(transport.seen).toHaveLength(0);
  });

  it('sends nothing for a tenant that is suspended', async () => {
    const { request, connections, transport } = connected(() => OK);
    connections.connection = { ...connections.connection, isSuspended: true };
    await expect(request()).resolves.toEqual({ outcome: 'not_connected', detail: 'The tenant is suspended' });
    expect(transport.seen).toHaveLength(0);
  });

  it('sends nothing for whoever has gone while it waited, and gives the place back', async () => {
    const { request, budget, transport } = connected(() => OK);
    await expect(request({ signal: AbortSignal.abort() })).resolves.toMatchObject({
      outcome: 'unavailable',
      committed: 'no',
    });
    expect([transport.seen.length, budget.open]).toEqual([0, 0]);
  });

  it('does not repeat a call that was cut off because whoever asked has gone', async () => {
    const gone = new AbortController();
    const { request, transport } = connected(() => {
      gone.abort();
      return lostConnection();
    });
    await expect(request({ signal: gone.signal })).resolves.toMatchObject({ outcome: 'unavailable' });
    expect(transport.seen.map(({ signal }) => signal?.aborted)).toEqual([true]);
  });

  it('reports a missing scope, but for what can be done without', async () => {
    const body = { category: 'MISSING_SCOPES', errors: [{ context: { requiredGranularScopes: ['owners'] } }] };
    const { request, connections } = connected(() => ({ status: 403, body }));
    await expect(request({ optional: true })).resolves.toEqual({ outcome: 'missing_scopes', scopes: ['owners'] });
    expect(connections.problems).toEqual([]);
    await request();
    expect(connections.problems).toMatchObject([{ reason: 'missing_scope', missingScopes: ['owners'] }]);
  });

  it('blames no connection that was made while HubSpot answered for a missing scope of the one before', async () => {
    const { request, connections } = connected(() => {
      connections.connection = { ...connections.connection, connectedAt: new Date(2) };
      return { status: 403, body: { category: 'MISSING_SCOPES' } };
    });
    connections.connection = { ...connections.connection, connectedAt: new Date(1) };
    await request();
    expect([connections.problems, connections.connection.status]).toEqual([[], 'active']);
  });

  it('blames no connection that was made while the one before is found to be rejected', async () => {
    const { request, connections } = connected(() => ({ status: 401, body: { category: 'INVALID_AUTHENTICATION' } }));
    connections.connection = { ...connections.connection, connectedAt: new Date(1) };
    let looks = 0;
    const look = connections.findHeld.bind(connections);
    connections.findHeld = async () => {
      const held = await look();
      looks += 1;
      // Somebody pastes a new token between the look at the old one and the blame.
      if (looks === 2) {
        connections.connection = { ...connections.connection, connectedAt: new Date(2) };
        connections.credentials = { accessToken: 'pat-na1-4567' };
      }
      return held;
    };
    await request();
    expect(looks).toBe(2);
    expect([connections.problems, connections.connection.status]).toEqual([[], 'active']);
  });

  it('learns the limit from the headers, and believes only what can be one', async () => {
    const { request, budget, transport } = connected(() => ({
      ...OK,
      headers: { 'x-hubspot-ratelimit-max': '190', 'x-hubspot-ratelimit-interval-milliseconds': '10000' },
    }));
    await request();
    expect(budget.learned).toEqual([{ max: 190, windowMs: 10_000 }]);
    transport.script = () => ({
      ...OK,
      headers: { 'x-hubspot-ratelimit-max': '0', 'x-hubspot-ratelimit-interval-milliseconds': '10000' },
    });
    await request();
    expect(budget.learned).toHaveLength(1);
  });

  it('blocks on a 429, and tries once more when the budget allows it', async () => {
    const { request, budget, transport } = connected((_, nth) =>
      nth === 1 ? { status: 429, body: { policyName: 'SECONDLY' } } : OK,
    );
    await expect(request({ kind: 'search', write: true })).resolves.toMatchObject({ outcome: 'ok' });
    expect(budget.blocked).toEqual([{ kind: 'search', policy: 'SECONDLY', seconds: 1 }]);
    expect(transport.seen).toHaveLength(2);
  });

  it('gives up after the second 429', async () => {
    const { request, transport } = connected(() => ({ status: 429, body: { policyName: 'TEN_SECONDLY_ROLLING' } }));
    await expect(request()).resolves.toEqual({
      outcome: 'throttled',
      by: 'hubspot',
      policy: 'TEN_SECONDLY_ROLLING',
      retryAfterSeconds: 10,
    });
    expect(transport.seen).toHaveLength(2);
  });

  it('stops the whole portal while HubSpot moves it', async () => {
    const { request, budget } = connected(() => ({ status: 477, headers: { 'retry-after': '3600' } }));
    await expect(request()).resolves.toMatchObject({ outcome: 'locked', status: 477 });
    expect(budget.blocked).toEqual([{ kind: 'burst', policy: 'MIGRATING', seconds: 3600 }]);

    budget.acquire = () => Promise.resolve({ granted: false, retryAfterSeconds: 3599, blockedBy: 'MIGRATING' });
    await expect(request()).resolves.toEqual({ outcome: 'locked', status: 477, retryAfterSeconds: 3599 });
  });

  it('repeats a read that lost its connection, never a write', async () => {
    const { request, transport } = connected((_, nth) => (nth === 1 ? lostConnection() : OK));
    await expect(request({ write: false })).resolves.toMatchObject({ outcome: 'ok' });
    expect(transport.seen).toHaveLength(2);

    const writing = connected((_, nth) => (nth === 1 ? lostConnection() : OK));
    await expect(writing.request({ write: true })).resolves.toMatchObject({
      outcome: 'unavailable',
      committed: 'unknown',
    });
    expect(writing.transport.seen).toHaveLength(1);
  });

  it('repeats nothing after a 5xx', async () => {
    const { request, transport } = connected(() => ({ status: 502, body: '<html>' }));
    await expect(request()).resolves.toMatchObject({ outcome: 'unavailable' });
    expect(transport.seen).toHaveLength(1);
  });

  it('reports a rejected static token once and then stops calling', async () => {
    const { request, connections, transport } = connected(() => ({ status: 401 }));
    await expect(request()).resolves.toEqual({ outcome: 'unauthorised' });
    await expect(request()).resolves.toMatchObject({
      outcome: 'not_connected',
      detail: expect.stringContaining('new one'),
    });
    expect(connections.problems).toEqual([expect.objectContaining({ reason: 'token_rejected' })]);
    expect(transport.seen).toHaveLength(1);
  });

  it('goes on with the token that someone connected meanwhile', async () => {
    const { request, connections, transport } = connected(({ accessToken }) => {
      connections.credentials = { accessToken: 'pat-new' };
      return accessToken === 'pat-new' ? OK : { status: 401 };
    });
    await expect(request({ write: true })).resolves.toMatchObject({ outcome: 'ok' });
    expect(transport.seen.map(({ accessToken }) => accessToken)).toEqual(['pat-na1-0123', 'pat-new']);
    expect(connections.problems).toEqual([]);
  });

  it('reports missing scopes by name', async () => {
    const { request, connections } = connected(() => ({
      status: 403,
      body: {
        category: 'MISSING_SCOPES',
        errors: [{ context: { requiredGranularScopes: ['crm.objects.contacts.write'] } }],
      },
    }));
    await expect(request({ write: true })).resolves.toMatchObject({ outcome: 'missing_scopes' });
    expect(connections.problems).toEqual([
      expect.objectContaining({ reason: 'missing_scope', missingScopes: ['crm.objects.contacts.write'] }),
    ]);
  });

  it.each([
    ['without credentials', { status: 'inactive' as const }],
    ['without a portal', { portalId: undefined }],
  ])('calls nobody %s', async (_, change) => {
    const { request, connections, transport } = connected(() => OK);
    connections.connection = { ...connections.connection, ...change };
    await expect(request()).resolves.toEqual({ outcome: 'not_connected', detail: 'HubSpot is not connected' });
    expect(transport.seen).toHaveLength(0);
  });
});

describe('when the process is told to end', () => {
  it('waits for no place any more, and begins nothing', async () => {
    const { request, budget, stopping, transport } = connected(() => OK);
    // As a budget that is used up: it answers when whoever asks has gone.
    const asked = Promise.withResolvers<void>();
    budget.acquire = (_, { signal }) =>
      new Promise((resolve) => {
        asked.resolve();
        signal?.addEventListener('abort', () => resolve({ granted: false, retryAfterSeconds: 9 }));
      });
    const waiting = request({ write: true });
    await asked.promise;
    stopping.begin();
    await expect(waiting).resolves.toEqual({ outcome: 'stopping' });
    await expect(request()).resolves.toEqual({ outcome: 'stopping' });
    expect(transport.seen).toHaveLength(0);
  });

  it('gives back a place that it is granted at the last moment', async () => {
    const { request, budget, stopping, transport } = connected(() => OK);
    const acquire = budget.acquire.bind(budget);
    budget.acquire = (...asked) => {
      stopping.begin();
      return acquire(...asked);
    };
    await expect(request({ write: true })).resolves.toEqual({ outcome: 'stopping' });
    expect([transport.seen.length, budget.open]).toEqual([0, 0]);
  });

  it.each([
    ['one that ran out', new Date(0), 0],
    ['one that HubSpot rejects', undefined, 1],
  ])('has not tried in vain when a new token was not there in time: %s', async (_, expiresAt, calls) => {
    const renewals = {
      ahead: () => Promise.reject(new Error('It is spent')),
      replace: async () => {
        stopping.begin();
        return { outcome: 'not_now' as const, detail: 'HubSpot did not answer in time' };
      },
    };
    const { request, stopping, connections, transport } = connected(() => ({ status: 401 }), renewals);
    connections.connection = { ...connections.connection, kind: 'oauth' };
    connections.credentials = { accessToken: 'a', refreshToken: 'r', expiresAt, renewAt: expiresAt };
    await expect(request({ write: true })).resolves.toEqual({ outcome: 'stopping' });
    expect(transport.seen).toHaveLength(calls);
  });

  it('cuts off what reads, and waits for the answer to what writes', async () => {
    const { request, stopping, transport } = connected(() => {
      stopping.begin();
      return OK;
    });
    await expect(request()).resolves.toEqual({ outcome: 'stopping' });
    const writing = connected(() => {
      writing.stopping.begin();
      return OK;
    });
    await expect(writing.request({ write: true })).resolves.toMatchObject({ outcome: 'ok' });
    expect([...transport.seen, ...writing.transport.seen].map(({ signal }) => signal?.aborted)).toEqual([true, false]);
  });

  it('says that a write is unknown which was not answered, and tries none again that was refused for now', async () => {
    const cut = connected(() => {
      cut.stopping.begin();
      return { failure: new DOMException('cut off', 'TimeoutError') };
    });
    await expect(cut.request({ write: true })).resolves.toMatchObject({
      outcome: 'unavailable',
      committed: 'unknown',
    });
    const throttled = connected(() => {
      throttled.stopping.begin();
      return { status: 429, body: { policyName: 'SECONDLY' } };
    });
    await expect(throttled.request({ write: true })).resolves.toEqual({ outcome: 'stopping' });
    expect([cut.transport.seen.length, throttled.transport.seen.length]).toEqual([1, 1]);
  });
});
