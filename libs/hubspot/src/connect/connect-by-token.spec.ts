import { describe, expect, it } from '@jest/globals';
import { AppError, systemClock } from '@app/platform';
import type { Connection, ConnectionRepository } from '@app/tenants';
import { type ScriptedAnswer, type ScriptedCall, ScriptedTransport } from '../../testing/scripted-transport.js';
import { OpenBudget } from '../../testing/open-budget.js';
import { ApiPaths } from '../client/api-paths.js';
import { ConnectByToken } from './connect-by-token.js';
import { ProbeToken } from './probe-token.js';

const TOKEN = 'pat-na1-11111111-2222-3333-4444-555555555555';
const tenantId = '0199a000-0000-7000-8000-000000000001';

type Answers = Partial<Record<'contacts' | 'account' | 'info' | 'owner', ScriptedAnswer>>;

/** A portal that accepts the token, except where `answers` says otherwise. */
function hubspot(answers: Answers = {}) {
  return ({ path }: ScriptedCall): ScriptedAnswer => {
    if (path.startsWith('/account-info/')) {
      const details = { portalId: 4711, uiDomain: 'app-eu1.hubspot.com', timeZone: 'Europe/Berlin' };
      return answers.account ?? { status: 200, body: details };
    }
    if (path.endsWith('/access-token-info'))
      return answers.info ?? { status: 200, body: { userId: 7, hubId: 4711, scopes: ['a', 'b'] } };
    if (path.includes('/owners/'))
      return answers.owner ?? { status: 200, body: { id: '1', email: 'admin@acme.example' } };
    return answers.contacts ?? { status: 200, body: { results: [] } };
  };
}

function connecting(
  answers: Answers = {},
  outcome: Awaited<ReturnType<ConnectionRepository['connect']>> = { connected: true },
) {
  const transport = new ScriptedTransport(hubspot(answers));
  const stored: unknown[] = [];
  const connection: Connection = { status: 'connected', portalId: '4711' };
  const connections: Pick<ConnectionRepository, 'connect' | 'find'> = {
    connect: (...given) => {
      stored.push(given);
      return Promise.resolve(outcome);
    },
    find: () => Promise.resolve(connection),
  };
  const budget = new OpenBudget();
  const probe = new ProbeToken(transport, budget, new ApiPaths('2026-09'), systemClock);
  const connect = new ConnectByToken(probe, connections);
  return { transport, budget, stored, connection, connect: (token = TOKEN) => connect.execute(tenantId, token) };
}

async function refusal(attempt: Promise<unknown>): Promise<AppError> {
  const error = await attempt.catch((thrown: unknown) => thrown);
  if (!(error instanceof AppError)) throw new Error('was not refused', { cause: error });
  return error;
}

describe('ConnectByToken', () => {
  it('tests the token, then stores it with what it told of the portal', async () => {
    const { connect, connection, stored, transport } = connecting();
    await expect(connect(` ${TOKEN}\n`)).resolves.toBe(connection);
    expect(stored).toEqual([
      [
        tenantId,
        {
          kind: 'token',
          portalId: '4711',
          uiDomain: 'app-eu1.hubspot.com',
          timeZone: 'Europe/Berlin',
          user: 'admin@acme.example',
          scopes: ['a', 'b'],
          features: [],
        },
        { accessToken: TOKEN },
      ],
    ]);
    expect(transport.paths).toEqual([
      'GET /account-info/2026-09/details',
      'POST /oauth/v2/private-apps/get/access-token-info',
      'GET /crm/objects/2026-09/contacts',
      'GET /crm/owners/2026-09/7',
    ]);
    expect(transport.seen.every(({ accessToken }) => accessToken === TOKEN)).toBe(true);
  });

  it('spends from the portal’s budget for each call, before deliveries, and gives every place back', async () => {
    const { connect, budget, transport } = connecting();
    await connect();
    const place = { portalId: '4711', kind: 'burst', class: 'agent', connection: 'token' };
    expect(budget.asked).toEqual(transport.paths.map(() => place));
    expect(budget.open).toBe(0);
  });

  it('asks no more of a portal whose budget is spent, and says when to come back', async () => {
    const { connect, budget, transport, stored } = connecting();
    budget.acquire = () => Promise.resolve({ granted: false, retryAfterSeconds: 7 });
    await expect(refusal(connect())).resolves.toMatchObject({ code: 3002, details: { retryAfterSeconds: 7 } });
    // Whose the token is had to be asked to know whose budget it is.
    expect(transport.paths).toEqual([
      'GET /account-info/2026-09/details',
      'POST /oauth/v2/private-apps/get/access-token-info',
    ]);
    expect(stored).toEqual([]);
  });

  it('tells everyone who calls the portal what HubSpot says of its limits', async () => {
    const { connect, budget } = connecting({ contacts: { status: 429, body: { policyName: 'DAILY' } } });
    await refusal(connect());
    expect(budget.blocked).toMatchObject([{ kind: 'burst', policy: 'DAILY' }]);
  });

  it('leaves scopes and user unknown when HubSpot does not tell them', async () => {
    const { connect, stored } = connecting({ info: { status: 404, body: '<html>' } });
    await connect();
    expect(stored).toEqual([
      [tenantId, expect.objectContaining({ portalId: '4711', scopes: undefined, user: undefined }), expect.anything()],
    ]);
  });

  it('takes the portal from the token’s own info when account details need another scope', async () => {
    const { connect, stored } = connecting({
      account: { status: 403, body: { category: 'MISSING_SCOPES' } },
      owner: { status: 403 },
    });
    await connect();
    expect(stored).toEqual([
      [
        tenantId,
        expect.objectContaining({ portalId: '4711', uiDomain: undefined, user: undefined }),
        expect.anything(),
      ],
    ]);
  });

  it.each([
    ['a token HubSpot rejects', { contacts: { status: 401 } }, TOKEN],
    ['a token of no portal', { account: { status: 401 }, info: { status: 404 }, contacts: { status: 401 } }, TOKEN],
    ['something that is no token', {}, 'two words'],
    ['a header in disguise', {}, `${TOKEN}\r\nX-Other: 1`],
    ['next to nothing', {}, 'xyz'],
  ])('refuses %s as a bad field, with advice', async (_, answers, token) => {
    const { connect, stored } = connecting(answers);
    const error = await refusal(connect(token));
    expect(error).toMatchObject({
      code: 1002,
      status: 400,
      details: { reason: 'token_rejected', errors: [{ field: 'accessToken' }] },
    });
    expect(error.detail).toMatch(/Super Admin/);
    expect(error.message).not.toContain(token);
    expect(stored).toEqual([]);
  });

  it('asks HubSpot nothing about what can be no token', async () => {
    const { connect, transport } = connecting();
    await refusal(connect('no token'));
    expect(transport.seen).toHaveLength(0);
  });

  it.each([
    [
      'named',
      {
        status: 403,
        body: { category: 'MISSING_SCOPES', errors: [{ context: { requiredGranularScopes: ['x.read'] } }] },
      },
      ['x.read'],
    ],
    ['unnamed', { status: 403, body: { message: 'no' } }, ['crm.objects.contacts.read']],
  ])('names the scopes that a token lacks (%s)', async (_, contacts, scopes) => {
    const { connect, stored } = connecting({ contacts });
    await expect(refusal(connect())).resolves.toMatchObject({
      code: 2005,
      status: 403,
      details: { reason: 'missing_scopes', extra: { missing_scopes: scopes } },
    });
    expect(stored).toEqual([]);
  });

  it.each([
    ['portal_taken' as const, 'account_connected_elsewhere'],
    ['other_portal' as const, 'disconnect_first'],
  ])('says what to do about %s', async (reason, slug) => {
    const { connect } = connecting({}, { connected: false, reason });
    await expect(refusal(connect())).resolves.toMatchObject({ code: 1012, status: 409, details: { reason: slug } });
  });

  it.each<[string, Answers, number]>([
    ['is down', { contacts: { status: 503 } }, 3004],
    ['cannot be reached', { contacts: { failure: Object.assign(new Error(), { code: 'ENOTFOUND' }) } }, 3004],
    ['names no portal', { account: { status: 200, body: {} }, info: { status: 404 } }, 3004],
    ['is busy', { contacts: { status: 429, body: { policyName: 'SECONDLY' } } }, 3002],
    ['moves the portal', { contacts: { status: 477, headers: { 'retry-after': '90' } } }, 3002],
  ])('can be tried again when HubSpot %s', async (_, answers, code) => {
    const { connect, stored } = connecting(answers);
    const error = await refusal(connect());
    expect(error).toMatchObject({ code, retryable: true });
    expect(stored).toEqual([]);
  });
});
