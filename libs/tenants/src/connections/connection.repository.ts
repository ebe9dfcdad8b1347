import { setTimeout as sleep } from 'node:timers/promises';
import { type Clock, type Database, queryPrepared } from '@app/platform';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../audit/audit-log.js';
import type { SealedValue, Vault } from '../vault/vault.js';
import { type Connection, type ConnectionProblem, hasCredentials, NOT_CONNECTED, PORTAL_RULES } from './connection.js';
import { giveBackGrantIn, grantHashOf, grantsLock } from './grants.js';
import { type Credentials, openCredentials, sealCredentials } from './sealed-credentials.js';

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
  is_suspended: boolean;
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
  /** What it is connected for beyond transcripts: `skills`… Those it had with the same portal stay. */
  features?: readonly string[];
}

/** A connection as its callers use it. */
export interface HeldConnection {
  connection: Connection;
  credentials?: Credentials;
  /** Changes with every change of the credentials. */
  credentialsVersion?: string;
}

/** How it came to light that HubSpot has ended a connection for good. */
export type EndNotice =
  /** HubSpot refused to renew these credentials. */
  | { by: 'refused_renewal'; credentialsVersion: string }
  /** HubSpot said so: the app was uninstalled in the portal at that moment. */
  | { by: 'uninstall_event'; portalId: string; at: Date };

/** What became of a connection that was to be stored. */
type ConnectOutcome =
  { connected: true } | { connected: false; reason: 'portal_taken' | 'other_portal' | 'portal_busy' };

/** HubSpot is told of a former grant within ten seconds, or not now: a little longer is waited. */
const BUSY_PAUSE_MS = 100;
const BUSY_TRIES = 120;

const ENDED: Record<EndNotice['by'], ConnectionProblem> = {
  refused_renewal: {
    reason: 'uninstalled',
    detail:
      'HubSpot no longer accepts this connection: the app was uninstalled there, or its access was revoked. Connect HubSpot again to go on where it stopped.',
  },
  uninstall_event: {
    reason: 'uninstalled',
    detail: 'The app was uninstalled in HubSpot. Connect HubSpot again to go on where it stopped.',
  },
};

/** What HubSpot did, whoever happened to be acting here when it came to light. */
const BY_HUBSPOT = { actor: { kind: 'system', name: 'HubSpot' }, address: undefined } as const;

/** With whether an operator has shut the tenant out. Named, as a prepared statement outlives a column that is added. */
const COLUMNS = `status, status_since, kind, portal_id, portal_domain, ui_domain, time_zone, hubspot_user, scopes, connected_at,
  enabled_at, problem, credentials, (SELECT t.suspended_at IS NOT NULL FROM tenants t WHERE t.id = connections.tenant_id) AS is_suspended`;

/** A change of status or tokens passes a holder by; only who ends the connection waits for it. */
const LOCKS = { stay: 'FOR KEY SHARE', change: 'FOR NO KEY UPDATE', end: 'FOR UPDATE' } as const;

/** What changes a connection's status is written into the audit log in the transaction that changes it. */
export class ConnectionRepository {
  /** @param audit the one that knows who is acting; with one of its own, everything is the product's own doing. */
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly clock: Clock,
    private readonly audit = new AuditLog(database, clock),
  ) {}

  async find(tenantId: string): Promise<Connection> {
    const [row] = await this.database.readForTenant<ConnectionRow>(
      tenantId,
      `SELECT ${COLUMNS} FROM connections WHERE tenant_id = tenant.id`,
    );
    return row === undefined ? NOT_CONNECTED : toConnection(row);
  }

  /**
   * The same within a unit of work that is already open.
   * @param hold `stay`: it keeps its portal until the unit of work is over, so that what is written for that portal can't
   * come too late to be ended with it. `change`: the same for one that may change the status. `end`: for a unit of work
   * that takes the portal or the credentials away.
   */
  async findIn(tx: EntityManager, tenantId: string, hold?: keyof typeof LOCKS): Promise<Connection> {
    const row = await findRow(tx, tenantId, hold && LOCKS[hold]);
    return row === undefined ? NOT_CONNECTED : toConnection(row);
  }

  /** Every portal the tenant ever connected, with the host of its pages where that is known. */
  async findKnownPortals(tenantId: string): Promise<Map<string, string | undefined>> {
    const rows = await this.database.readForTenant<{ portal_id: string; ui_domain: string | null }>(
      tenantId,
      'SELECT portal_id, ui_domain FROM known_portals WHERE tenant_id = tenant.id',
    );
    return new Map(rows.map((row) => [row.portal_id, row.ui_domain ?? undefined]));
  }

  /** @throws VaultError when the key ring no longer holds the key they were sealed with. */
  async findCredentials(tenantId: string): Promise<Credentials | undefined> {
    return (await this.findHeld(tenantId)).credentials;
  }

  /** The connection with its credentials, read together. @throws VaultError as above. */
  async findHeld(tenantId: string): Promise<HeldConnection> {
    // Asked before every call to HubSpot, so it costs one round trip.
    const [row] = await this.database.readForTenant<ConnectionRow>(
      tenantId,
      `SELECT ${COLUMNS} FROM connections WHERE tenant_id = tenant.id`,
    );
    if (row === undefined) return { connection: NOT_CONNECTED };
    if (row.credentials === null) return { connection: toConnection(row) };
    return {
      connection: toConnection(row),
      credentials: openCredentials(this.vault, tenantId, row.credentials),
      credentialsVersion: row.credentials.iv,
    };
  }

  /**
   * Takes the right to renew the credentials, for so many seconds: one at a time across all processes, without holding a
   * database connection while HubSpot is asked. The database's clock decides, so that a killed holder's right runs out.
   * @returns false while another holds it, and when the credentials are no longer those of `version`.
   */
  async claimRenewal(tenantId: string, claim: { version: string; id: string; seconds: number }): Promise<boolean> {
    const [, claimed] = await this.database.withTenant(tenantId, (tx) =>
      tx.query<[unknown[], number]>(
        `UPDATE connections SET renewal_id = $3, renewal_until = now() + make_interval(secs => $4)
         WHERE tenant_id = $1 AND credentials ->> 'iv' = $2 AND (renewal_until IS NULL OR renewal_until < now())`,
        [tenantId, claim.version, claim.id, claim.seconds],
      ),
    );
    return claimed === 1;
  }

  /** Gives the right back without a result. */
  async releaseRenewal(tenantId: string, id: string): Promise<void> {
    await this.database.withTenant(tenantId, (tx) =>
      tx.query(
        'UPDATE connections SET renewal_id = NULL, renewal_until = NULL WHERE tenant_id = $1 AND renewal_id = $2',
        [tenantId, id],
      ),
    );
  }

  /**
   * The same when HubSpot refuses the app itself: the connection is as good as ever, but someone should know. The next renewal
   * that succeeds takes the problem back; one that a person must mend in HubSpot goes before it.
   */
  async blameApp(tenantId: string, id: string, problem: ConnectionProblem): Promise<void> {
    await this.database.withTenant(tenantId, (tx) =>
      tx.query(
        `UPDATE connections SET renewal_id = NULL, renewal_until = NULL,
           problem = CASE WHEN status = 'attention' THEN problem ELSE $3::jsonb END
         WHERE tenant_id = $1 AND renewal_id = $2`,
        [tenantId, id, JSON.stringify(problem)],
      ),
    );
  }

  /** Stores renewed credentials. What was disconnected or connected anew meanwhile stays as it is. */
  async replaceCredentials(tenantId: string, version: string, credentials: Credentials): Promise<void> {
    const sealed = sealCredentials(this.vault, tenantId, credentials);
    await this.database.withTenant(tenantId, (tx) =>
      tx.query(
        `UPDATE connections SET credentials = $3, grant_hash = $4, renewal_id = NULL, renewal_until = NULL,
           problem = CASE WHEN status = 'attention' THEN problem END
         WHERE tenant_id = $1 AND credentials ->> 'iv' = $2`,
        [tenantId, version, sealed, grantHashOf(credentials)],
      ),
    );
  }

  /**
   * HubSpot has ended the connection for good: its tokens are worthless and go; pair, options and history stay. What was
   * connected anew meanwhile stays as it is, as with a notice that comes late; a static token doesn't depend on the app.
   * @returns whether the connection ended by it.
   */
  async endByHubSpot(tenantId: string, notice: EndNotice): Promise<boolean> {
    const { credentialsVersion, portalId, at } = { credentialsVersion: null, portalId: null, at: null, ...notice };
    return this.database.withTenant(tenantId, async (tx) => {
      const [[ended]] = await tx.query<[{ portal_id: string }[], number]>(
        `UPDATE connections SET status = 'inactive', status_since = $2, credentials = NULL, problem = $3,
           renewal_id = NULL, renewal_until = NULL
         WHERE tenant_id = $1 AND kind = 'oauth' AND status IN ('connected', 'active', 'attention')
           AND (credentials ->> 'iv' = $4::text OR (portal_id = $5::text AND connected_at <= $6::timestamptz))
         RETURNING portal_id`,
        [tenantId, this.clock.now(), JSON.stringify(ENDED[notice.by]), credentialsVersion, portalId, at],
      );
      if (ended === undefined) return false;
      await this.audit.recordIn(
        tx,
        tenantId,
        { action: 'connection.uninstalled', target: ended.portal_id, details: { noticedBy: notice.by } },
        BY_HUBSPOT,
      );
      return true;
    });
  }

  /**
   * Stores a tested connection. The same portal again resumes where it was: a syncing connection goes on syncing. The
   * grant it had before is given back, and another tenant's kept pair with the portal ends.
   * @returns `portal_taken` when another tenant holds the portal, `other_portal` when this tenant still holds another one,
   * `portal_busy` when HubSpot was being told of former grants for too long.
   */
  async connect(tenantId: string, portal: ConnectedPortal, credentials: Credentials): Promise<ConnectOutcome> {
    for (let tries = 1; ; tries += 1) {
      const outcome = await this.connectNow(tenantId, portal, credentials);
      if (outcome.connected || outcome.reason !== 'portal_busy' || tries === BUSY_TRIES) return outcome;
      // Without a connection of the pool: who waits for HubSpot shall keep nobody else waiting.
      await sleep(BUSY_PAUSE_MS);
    }
  }

  private async connectNow(
    tenantId: string,
    portal: ConnectedPortal,
    credentials: Credentials,
  ): Promise<ConnectOutcome> {
    return this.database.withTenant(tenantId, async (tx) => {
      // After what HubSpot is being told of this portal's former grants: an uninstall would take the new one with it.
      if (portal.kind === 'oauth' && !(await holdGrantsIn(tx, portal.portalId)))
        return { connected: false, reason: 'portal_busy' };
      // One connect at a time, whoever connects what: two tenants that swap portals would lock each other's rows.
      await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('connect', 0))`);
      const held = await findRow(tx, tenantId, 'FOR UPDATE');
      if (held !== undefined && hasCredentials(held) && held.portal_id !== portal.portalId)
        return { connected: false, reason: 'other_portal' };
      const [claim] = await tx.query<{ free: boolean }[]>('SELECT claim_portal($1, $2, $3, $4) AS free', [
        tenantId,
        portal.portalId,
        this.clock.now(),
        portal.kind === 'oauth',
      ]);
      if (claim?.free !== true) return { connected: false, reason: 'portal_taken' };
      await giveBackGrantIn(tx, tenantId, false);
      const resumes = held?.portal_id === portal.portalId && held.enabled_at !== null;
      await tx.query(
        `INSERT INTO connections (tenant_id, status, status_since, kind, portal_id, portal_domain, ui_domain, time_zone,
             hubspot_user, scopes, credentials, grant_hash, connected_at, enabled_at, problem, features)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $13, $3, $12, NULL, $14)
           ON CONFLICT (tenant_id) DO UPDATE SET
             status = EXCLUDED.status, status_since = EXCLUDED.status_since, kind = EXCLUDED.kind,
             portal_id = EXCLUDED.portal_id, portal_domain = EXCLUDED.portal_domain, ui_domain = EXCLUDED.ui_domain,
             time_zone = EXCLUDED.time_zone, hubspot_user = EXCLUDED.hubspot_user, scopes = EXCLUDED.scopes,
             credentials = EXCLUDED.credentials, grant_hash = EXCLUDED.grant_hash,
             connected_at = EXCLUDED.connected_at,
             features = CASE WHEN connections.portal_id = EXCLUDED.portal_id
               THEN ARRAY(SELECT DISTINCT unnest(connections.features || EXCLUDED.features) ORDER BY 1)
               ELSE EXCLUDED.features END,
             enabled_at = EXCLUDED.enabled_at, problem = NULL, renewal_id = NULL, renewal_until = NULL`,
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
          sealCredentials(this.vault, tenantId, credentials),
          resumes ? held.enabled_at : null,
          grantHashOf(credentials),
          portal.features ?? [],
        ],
      );
      await tx.query(
        `INSERT INTO known_portals AS k (tenant_id, portal_id, ui_domain) VALUES ($1, $2, $3)
         ON CONFLICT (tenant_id, portal_id) DO UPDATE SET ui_domain = coalesce(EXCLUDED.ui_domain, k.ui_domain)`,
        [tenantId, portal.portalId, portal.uiDomain],
      );
      await this.audit.recordIn(tx, tenantId, {
        action: 'connection.connected',
        target: portal.portalId,
        details: { kind: portal.kind },
      });
      return { connected: true };
    });
  }

  /** Starts syncing. Enabling what is enabled keeps the moment from which conversations count. */
  async enableIn(tx: EntityManager, tenantId: string): Promise<void> {
    await tx.query(
      `UPDATE connections
       SET status = 'active', enabled_at = coalesce(enabled_at, $2), problem = NULL,
           status_since = CASE WHEN status = 'active' THEN status_since ELSE $2 END
       WHERE tenant_id = $1 AND (status IN ('connected', 'active') OR problem ->> 'reason' = $3)`,
      [tenantId, this.clock.now(), PORTAL_RULES],
    );
  }

  /**
   * Lets go of the credentials; portal, settings and links stay, so that connecting again resumes.
   * @param problem why it is inactive, for people.
   */
  async disconnectIn(tx: EntityManager, tenantId: string, problem: ConnectionProblem): Promise<void> {
    await tx.query(
      `UPDATE connections SET status = 'inactive', status_since = $2, credentials = NULL, problem = $3
       WHERE tenant_id = $1 AND status IN ('connected', 'active', 'attention')`,
      [tenantId, this.clock.now(), JSON.stringify(problem)],
    );
  }

  /** Forgets everything: credentials, portal, and since when it was syncing. */
  async wipeIn(tx: EntityManager, tenantId: string): Promise<void> {
    await tx.query(
      `UPDATE connections SET status = 'disconnected', status_since = $2, kind = NULL, portal_id = NULL,
         portal_domain = NULL, ui_domain = NULL, time_zone = NULL, hubspot_user = NULL, scopes = NULL,
         credentials = NULL, connected_at = NULL, enabled_at = NULL, problem = NULL, features = '{}'
       WHERE tenant_id = $1`,
      [tenantId, this.clock.now()],
    );
  }

  /**
   * HubSpot refuses the connection as a whole: a person must act, and deliveries wait.
   * @param refused the connection whose credentials HubSpot refused. What was connected anew while HubSpot answered knows
   * nothing of that refusal, and stays as it is; renewed tokens are of the same connection.
   */
  async needAttention(
    tenantId: string,
    problem: ConnectionProblem,
    refused: Pick<Connection, 'connectedAt'>,
  ): Promise<void> {
    await this.database.withTenant(tenantId, async (tx) => {
      const { connectedAt } = await this.findIn(tx, tenantId, 'change');
      if (connectedAt?.getTime() === refused.connectedAt?.getTime()) await this.needAttentionIn(tx, tenantId, problem);
    });
  }

  /** The same within a unit of work. Of two problems the first stays, unless it is one that may end by itself. */
  async needAttentionIn(tx: EntityManager, tenantId: string, problem: ConnectionProblem): Promise<void> {
    const [[changed]] = await tx.query<[{ portal_id: string }[], number]>(
      `UPDATE connections SET status = 'attention', status_since = $2, problem = $3
       WHERE tenant_id = $1
         AND (status IN ('connected', 'active') OR (problem ->> 'reason' = $4 AND $5 <> $4)) RETURNING portal_id`,
      [tenantId, this.clock.now(), JSON.stringify(problem), PORTAL_RULES, problem.reason],
    );
    if (changed === undefined) return;
    await this.audit.recordIn(
      tx,
      tenantId,
      { action: 'connection.needs_attention', target: changed.portal_id, details: { reason: problem.reason } },
      BY_HUBSPOT,
    );
  }

  /** HubSpot takes writes again: syncing goes on. Any other problem stays. */
  async recoverFromRulesIn(tx: EntityManager, tenantId: string): Promise<void> {
    const [[recovered]] = await tx.query<[{ portal_id: string }[], number]>(
      `UPDATE connections SET status = 'active', status_since = $2, problem = NULL
       WHERE tenant_id = $1 AND status = 'attention' AND problem ->> 'reason' = $3 RETURNING portal_id`,
      [tenantId, this.clock.now(), PORTAL_RULES],
    );
    if (recovered === undefined) return;
    await this.audit.recordIn(
      tx,
      tenantId,
      { action: 'connection.recovered', target: recovered.portal_id, details: { reason: PORTAL_RULES } },
      BY_HUBSPOT,
    );
  }
}

/** @returns false while HubSpot is being told of a grant there, or somebody connects it. */
async function holdGrantsIn(tx: EntityManager, portalId: string): Promise<boolean> {
  const [lock] = await tx.query<{ held: boolean }[]>(
    'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS held',
    [grantsLock(portalId)],
  );
  return lock?.held === true;
}

async function findRow(
  tx: EntityManager,
  tenantId: string,
  lock: (typeof LOCKS)[keyof typeof LOCKS] | '' = '',
): Promise<ConnectionRow | undefined> {
  const statement = {
    name: lock === '' ? 'find_connection' : `find_connection_${lock.toLowerCase().replaceAll(' ', '_')}`,
    text: `SELECT ${COLUMNS} FROM connections WHERE tenant_id = $1 ${lock}`,
  };
  const [row] = await queryPrepared<ConnectionRow>(tx, statement, [tenantId]);
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
    isSuspended: row.is_suspended || undefined,
  };
}
