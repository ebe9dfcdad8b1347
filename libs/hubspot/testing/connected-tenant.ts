import { createLogger, systemClock, type Clock } from '@app/platform';
import type { Connection, ConnectionProblem, ConnectionRepository, Credentials, HeldConnection } from '@app/tenants';
import type { RateBudget } from '../src/budget/rate-budget.js';
import { buildDirectory, buildRecords, buildSchema, buildTimeline } from '../src/build-adapters.js';
import { ApiPaths } from '../src/client/api-paths.js';
import { HubSpotClient } from '../src/client/hubspot-client.js';
import type { HubSpotTransport } from '../src/client/hubspot-transport.js';
import type { Stopping } from '../src/client/stopping.js';
import { AccessTokens } from '../src/tokens/access-tokens.js';
import type { RenewTokens } from '../src/tokens/renew-tokens.js';
import { OpenBudget } from './open-budget.js';

/** A connection without a database: what the adapters need of ConnectionRepository, with everything open to the test. */
class OneConnection implements Pick<ConnectionRepository, 'find' | 'findHeld' | 'findKnownPortals' | 'needAttention'> {
  problems: ConnectionProblem[] = [];
  formerPortals: [string, string | undefined][] = [];

  constructor(
    public connection: Connection,
    public credentials: Credentials | undefined,
  ) {}

  find(): Promise<Connection> {
    return Promise.resolve(this.connection);
  }

  findKnownPortals(): Promise<Map<string, string | undefined>> {
    const { portalId, uiDomain } = this.connection;
    return Promise.resolve(
      new Map(portalId === undefined ? this.formerPortals : [...this.formerPortals, [portalId, uiDomain]]),
    );
  }

  findHeld(): Promise<HeldConnection> {
    return Promise.resolve({ connection: this.connection, credentials: this.credentials });
  }

  needAttention(_: string, problem: ConnectionProblem, refused: Pick<Connection, 'connectedAt'>): Promise<void> {
    if (refused.connectedAt?.getTime() !== this.connection.connectedAt?.getTime()) return Promise.resolve();
    this.problems.push(problem);
    this.connection = { ...this.connection, status: 'attention', problem };
    return Promise.resolve();
  }
}

export interface ConnectedOptions {
  transport: Pick<HubSpotTransport, 'send'>;
  accessToken?: string;
  portalId?: string;
  clock?: Clock;
  /** Default: one that has room for everything. */
  budget?: RateBudget;
  appUrl?: string;
  connection?: Partial<Connection>;
  /** The end of the process. */
  stopping?: Stopping;
  /** Default: of static tokens, which can't be renewed. */
  renewals?: Pick<RenewTokens, 'replace' | 'ahead'>;
}

/** Static tokens can't be renewed. */
const NOBODY_RENEWS = {
  replace: () => Promise.reject(new Error('A static token was to be renewed')),
  ahead: () => Promise.reject(new Error('A static token was to be renewed')),
};

/** The adapters as HubSpotModule builds them, for one connected tenant. */
export function connectTenant({
  transport,
  accessToken = 'pat-na1-0123',
  portalId = '4711',
  clock = systemClock,
  budget = new OpenBudget(),
  appUrl = 'https://app.hubspot.com',
  connection,
  stopping,
  renewals = NOBODY_RENEWS,
}: ConnectedOptions) {
  const connections = new OneConnection({ status: 'active', kind: 'token', portalId, ...connection }, { accessToken });
  const logger = createLogger({ level: 'silent', name: 'test' });
  const paths = new ApiPaths('2026-09');
  const tokens = new AccessTokens(connections, renewals, clock);
  const client = new HubSpotClient(transport, tokens, budget, connections, clock, logger, undefined, stopping);
  const parts = { client, paths, traffic: 'delivery' as const };
  return {
    tenantId: '0199a000-0000-7000-8000-000000000001',
    connections,
    client,
    directory: buildDirectory(parts),
    records: buildRecords(parts),
    schema: buildSchema({ ...parts, connections }),
    timeline: buildTimeline({ ...parts, connections, appUrl, clock }),
  };
}
