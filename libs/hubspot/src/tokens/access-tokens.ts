import { hasCredentials, type Connection, type ConnectionRepository } from '@app/tenants';

/** A token to call a tenant's portal with, and what calls need to know of the portal. */
export interface TokenLease {
  available: true;
  accessToken: string;
  portalId: string;
  kind: 'oauth' | 'token';
  timeZone?: string;
}

export interface NoToken {
  available: false;
  detail: string;
}

/** Hands out the token of a tenant's connection. Nothing is kept in memory: a disconnect counts from the next call on. */
export class AccessTokens {
  constructor(private readonly connections: Pick<ConnectionRepository, 'find' | 'findCredentials' | 'needAttention'>) {}

  /** Not for a token that HubSpot has rejected: repeating it only wears out HubSpot's patience with the app. */
  async get(tenantId: string): Promise<TokenLease | NoToken> {
    const [connection, credentials] = await Promise.all([
      this.connections.find(tenantId),
      this.connections.findCredentials(tenantId),
    ]);
    if (!hasCredentials(connection) || credentials === undefined || connection.portalId === undefined) {
      return { available: false, detail: 'HubSpot is not connected' };
    }
    if (wasRejected(connection)) {
      return { available: false, detail: connection.problem?.detail ?? 'HubSpot rejects the access token' };
    }
    return {
      available: true,
      accessToken: credentials.accessToken,
      portalId: connection.portalId,
      kind: connection.kind ?? 'token',
      timeZone: connection.timeZone,
    };
  }

  /**
   * HubSpot answered 401 to `rejected`. Someone may have connected again meanwhile: then their token is the answer. Else
   * a static token can't be renewed, so a person must act and the connection says so.
   */
  async replaceRejected(tenantId: string, rejected: string): Promise<TokenLease | NoToken> {
    const current = await this.get(tenantId);
    if (!current.available || current.accessToken !== rejected) return current;
    const detail =
      'HubSpot rejects the access token: it was rotated or deleted. Make a new one in HubSpot and connect again.';
    await this.connections.needAttention(tenantId, { reason: 'token_rejected', detail });
    return { available: false, detail };
  }
}

function wasRejected({ status, problem }: Connection): boolean {
  return status === 'attention' && problem?.reason === 'token_rejected';
}
