export const CONNECTION_STATUSES = ['disconnected', 'connected', 'active', 'inactive', 'attention'] as const;
export type ConnectionStatus = (typeof CONNECTION_STATUSES)[number];

/** What a person must do about a connection, or why it is `inactive`. */
export interface ConnectionProblem {
  /** `token_rejected`, `missing_scope`, `portal_rules`, …; `app_refused` beside any status: whoever runs the installation must act. */
  reason: string;
  detail: string;
  /** For `missing_scope`: what to grant. */
  missingScopes?: string[];
}

/** The account's rules refuse every write. The credentials are good, so it may end by itself, and only waits for a worse one. */
export const PORTAL_RULES = 'portal_rules';

/** A tenant's connection as everyone may see it; credentials are handed out separately. */
export interface Connection {
  status: ConnectionStatus;
  statusSince?: Date;
  kind?: 'oauth' | 'token';
  /** HubSpot's `hub_id`. */
  portalId?: string;
  portalDomain?: string;
  /** Host of HubSpot's own pages for this portal; links are built on it. */
  uiDomain?: string;
  timeZone?: string;
  user?: string;
  /** Undefined: not known for this kind of token. */
  scopes?: string[];
  connectedAt?: Date;
  enabledAt?: Date;
  problem?: ConnectionProblem;
  /** Its tenant is shut out by an operator: nothing is sent to HubSpot, and deliveries wait. */
  isSuspended?: boolean;
}

export const NOT_CONNECTED: Connection = { status: 'disconnected' };

/** Whether credentials are there that HubSpot may accept. */
export function hasCredentials({ status }: Pick<Connection, 'status'>): boolean {
  return status === 'connected' || status === 'active' || status === 'attention';
}
