import type { Clock, Database } from '@app/platform';
import type { EntityManager } from 'typeorm';
import type { SealedValue, Vault } from '../vault/vault.js';
import { type Connection, type ConnectionProblem, NOT_CONNECTED } from './connection.js';

interface ConnectionRow {
  status: Connection['status'];
  status_since: Date;
  kind: Connection['kind'] | null;
  portal_id: string | null;
  portal_domain: string | null;
  ui_domain: string | null;
  time_zone: string | null;
  hubspot_user: string | null;
  scopes: string[] | null;
  connected_at: Date | null;
  enabled_at: Date | null;
  problem: ConnectionProblem | null;
  credentials: SealedValue | null;
}

/** What is known of a portal after its token was tested. */
export interface ConnectedPortal {
  kind: 'oauth' | 'token';
  portalId: string;
  portalDomain?: string;
  uiDomain?: string;
  timeZone?: string;
  user?: string;
  scopes?: string[];
}

/** The secrets of a connection; sealed as one value. */
export interface Credentials {
  accessToken: string;
  refreshToken?: string;
  /** Unset for static tokens, which don't expire. */
  expiresAt?: Date;
}

const CREDENTIALS_FIELD = 'connection.credentials';

export class ConnectionRepository {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  async find(tenantId: string): Promise<Connection> {
    return this.database.withTenant(tenantId, (tx) => this.findIn(tx, tenantId));
  }

  /** The same within a unit of work that is already open. */
  async findIn(tx: EntityManager, tenantId: string): Promise<Connection> {
    const row = await findRow(tx, tenantId);
    return row === undefined ? NOT_CONNECTED : toConnection(row);
  }

  /** @throws VaultError when the key ring no longer holds the key they were sealed with. */
  async findCredentials(tenantId: string): Promise<Credentials | undefined> {
    const row = await this.database.withTenant(tenantId, (tx) => findRow(tx, tenantId));
    if (row?.credentials == null) return undefined;
    const secrets = JSON.parse(this.vault.open(row.credentials, { tenantId, field: CREDENTIALS_FIELD })) as Omit<
      Credentials,
      'expiresAt'
    > & { expiresAt?: string };
    return { ...secrets, expiresAt: secrets.expiresAt === undefined ? undefined : new Date(secrets.expiresAt) };
  }

  /**
   * Stores a tested connection. The same portal again resumes where it was: a syncing connection goes on syncing.
   * @returns `portal_taken` when another tenant holds the portal, `other_portal` when this tenant still holds another one.
   */
  async connect(
    tenantId: string,
    portal: ConnectedPortal,
    credentials: Credentials,
  ): Promise<{ connected: true } | { connected: false; reason: 'portal_taken' | 'other_portal' }> {
    try {
      return await this.database.withTenant(tenantId, async (tx) => {
        const held = await findRow(tx, tenantId, 'FOR UPDATE');
        const holdsPortal = held !== undefined && ['connected', 'active', 'attention'].includes(held.status);
        if (holdsPortal && held.portal_id !== portal.portalId) return { connected: false, reason: 'other_portal' };
        const resumes = held?.portal_id === portal.portalId && held.enabled_at !== null;
        await tx.query(
          `INSERT INTO connections (tenant_id, status, status_since, kind, portal_id, portal_domain, ui_domain, time_zone,
             hubspot_user, scopes, credentials, connected_at, enabled_at, problem)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $3, $12, NULL)
           ON CONFLICT (tenant_id) DO UPDATE SET
             status = EXCLUDED.status, status_since = EXCLUDED.status_since, kind = EXCLUDED.kind,
             portal_id = EXCLUDED.portal_id, portal_domain = EXCLUDED.portal_domain, ui_domain = EXCLUDED.ui_domain,
             time_zone = EXCLUDED.time_zone, hubspot_user = EXCLUDED.hubspot_user, scopes = EXCLUDED.scopes,
             credentials = EXCLUDED.credentials, connected_at = EXCLUDED.connected_at,
             enabled_at = EXCLUDED.enabled_at, problem = NULL`,
          [
            tenantId,
            resumes ? 'active' : 'connected',
            this.clock.now(),
            portal.kind,
            portal.portalId,
            portal.portalDomain,
            portal.uiDomain,
            portal.timeZone,
            portal.user,
            portal.scopes,
            JSON.stringify(this.vault.seal(JSON.stringify(credentials), { tenantId, field: CREDENTIALS_FIELD })),
            resumes ? held.enabled_at : null,
          ],
        );
        return { connected: true };
      });
    } catch (error) {
      if (isPortalTaken(error)) return { connected: false, reason: 'portal_taken' };
      throw error;
    }
  }

  /** Starts syncing. Enabling what is enabled keeps the moment from which conversations count. */
  async enableIn(tx: EntityManager, tenantId: string): Promise<void> {
    await tx.query(
      `UPDATE connections
       SET status = 'active', enabled_at = coalesce(enabled_at, $2), problem = NULL,
           status_since = CASE WHEN status = 'active' THEN status_since ELSE $2 END
       WHERE tenant_id = $1 AND status IN ('connected', 'active')`,
      [tenantId, this.clock.now()],
    );
  }

  /** HubSpot refuses the connection as a whole: a person must act, and deliveries wait. */
  async needAttention(tenantId: string, problem: ConnectionProblem): Promise<void> {
    await this.database.withTenant(tenantId, (tx) =>
      tx.query(
        `UPDATE connections SET status = 'attention', status_since = $2, problem = $3
         WHERE tenant_id = $1 AND status IN ('connected', 'active')`,
        [tenantId, this.clock.now(), JSON.stringify(problem)],
      ),
    );
  }

  /**
   * The app was uninstalled in the portal at `at`: its tokens are worthless and go; pair, options and history stay. An old
   * notice that comes after someone connected again changes nothing, and a static token doesn't depend on the app.
   * @returns whether the connection ended by it.
   */
  async endUninstalled(tenantId: string, portalId: string, at: Date): Promise<boolean> {
    const problem: ConnectionProblem = {
      reason: 'uninstalled',
      detail: 'The app was uninstalled in HubSpot. Connect again to go on as before.',
    };
    const [ended] = await this.database.withTenant(tenantId, (tx) =>
      tx.query<[unknown[], number]>(
        `UPDATE connections SET status = 'inactive', status_since = $4, credentials = NULL, problem = $5
         WHERE tenant_id = $1 AND portal_id = $2 AND kind = 'oauth' AND status IN ('connected', 'active', 'attention')
           AND connected_at <= $3
         RETURNING tenant_id`,
        [tenantId, portalId, at, this.clock.now(), JSON.stringify(problem)],
      ),
    );
    return ended.length > 0;
  }
}

async function findRow(
  tx: EntityManager,
  tenantId: string,
  lock: 'FOR UPDATE' | '' = '',
): Promise<ConnectionRow | undefined> {
  const [row] = await tx.query<ConnectionRow[]>(`SELECT * FROM connections WHERE tenant_id = $1 ${lock}`, [tenantId]);
  return row;
}

function toConnection(row: ConnectionRow): Connection {
  return {
    status: row.status,
    statusSince: row.status_since,
    kind: row.kind ?? undefined,
    portalId: row.portal_id ?? undefined,
    portalDomain: row.portal_domain ?? undefined,
    uiDomain: row.ui_domain ?? undefined,
    timeZone: row.time_zone ?? undefined,
    user: row.hubspot_user ?? undefined,
    scopes: row.scopes ?? undefined,
    connectedAt: row.connected_at ?? undefined,
    enabledAt: row.enabled_at ?? undefined,
    problem: row.problem ?? undefined,
  };
}

function isPortalTaken(error: unknown): boolean {
  const driverError = (error as { driverError?: { code?: string; constraint?: string } }).driverError;
  return driverError?.code === '23505' && driverError.constraint === 'connections_portal';
}
