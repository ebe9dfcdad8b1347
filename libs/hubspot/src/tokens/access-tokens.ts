import type { Clock } from '@app/platform';
import { hasCredentials, type Connection, type ConnectionRepository, type HeldConnection } from '@app/tenants';
import type { Renewal, RenewTokens } from './renew-tokens.js';

/** A token to call a tenant's portal with, and what calls need to know of the portal. */
export interface TokenLease {
  available: true;
  accessToken: string;
  portalId: string;
  kind: 'oauth' | 'token';
  timeZone?: string;
  /** Of the connection it belongs to: what HubSpot says of this token is said of that one alone. */
  connectedAt?: Date;
  /** Unset for static tokens. */
  expiresAt?: Date;
}

export interface NoToken {
  available: false;
  detail: string;
  /** Trying later may help, without anybody doing anything. */
  isPassing: boolean;
  retryAfterSeconds?: number;
}

/** Hands out the token of a tenant's connection. Nothing is kept in memory: a disconnect counts from the next call on. */
export class AccessTokens {
  constructor(
    private readonly connections: Pick<ConnectionRepository, 'findHeld' | 'needAttention'>,
    private readonly renewTokens: Pick<RenewTokens, 'replace' | 'ahead'>,
    private readonly clock: Clock,
  ) {}

  /** Not for a token that HubSpot has rejected: repeating it only wears out HubSpot's patience with the app. */
  async get(tenantId: string): Promise<TokenLease | NoToken> {
    const held = await this.connections.findHeld(tenantId);
    const lease = leaseOf(held);
    const { renewAt } = held.credentials ?? {};
    const now = this.clock.now();
    if (!lease.available || renewAt === undefined || renewAt > now) return lease;
    if (this.isSpent(lease)) return this.renewed(tenantId, lease.accessToken);
    await this.renewTokens.ahead(tenantId, held);
    return leaseOf(await this.connections.findHeld(tenantId));
  }

  /** Whether HubSpot would answer a call with this token by 401. */
  isSpent({ expiresAt }: TokenLease): boolean {
    return expiresAt !== undefined && expiresAt <= this.clock.now();
  }

  /**
   * HubSpot answered 401 to `rejected`. Someone may have replaced it meanwhile: then theirs is the answer. Else an OAuth
   * token is renewed; a static one can't be, so a person must act and the connection says so.
   */
  async replaceRejected(tenantId: string, rejected: string): Promise<TokenLease | NoToken> {
    const current = leaseOf(await this.connections.findHeld(tenantId));
    if (!current.available || current.accessToken !== rejected) return current;
    if (current.kind === 'oauth') return this.renewed(tenantId, rejected);
    const detail =
      'HubSpot rejects the access token: it was rotated or deleted. Make a new one in HubSpot and connect again.';
    await this.connections.needAttention(tenantId, { reason: 'token_rejected', detail }, current);
    return { available: false, detail, isPassing: false };
  }

  private async renewed(tenantId: string, spent: string): Promise<TokenLease | NoToken> {
    const renewal = await this.renewTokens.replace(tenantId, spent);
    return renewal.outcome === 'renewed' ? leaseOf(await this.connections.findHeld(tenantId)) : withoutToken(renewal);
  }
}

function withoutToken(renewal: Exclude<Renewal, { outcome: 'renewed' }>): NoToken {
  return renewal.outcome === 'not_now'
    ? { available: false, detail: renewal.detail, isPassing: true, retryAfterSeconds: renewal.retryAfterSeconds }
    : { available: false, detail: renewal.detail, isPassing: false };
}

function leaseOf({ connection, credentials }: HeldConnection): TokenLease | NoToken {
  const { portalId, problem } = connection;
  if (!hasCredentials(connection) || credentials === undefined || portalId === undefined) {
    return { available: false, detail: problem?.detail ?? 'HubSpot is not connected', isPassing: false };
  }
  if (connection.isSuspended === true) return { available: false, detail: 'The tenant is suspended', isPassing: false };
  if (wasRejected(connection)) {
    return { available: false, detail: problem?.detail ?? 'HubSpot rejects the access token', isPassing: false };
  }
  const { accessToken, expiresAt } = credentials;
  const { timeZone, connectedAt, kind = 'token' } = connection;
  return { available: true, accessToken, portalId, kind, timeZone, connectedAt, expiresAt };
}

function wasRejected({ status, problem }: Connection): boolean {
  return status === 'attention' && problem?.reason === 'token_rejected';
}
