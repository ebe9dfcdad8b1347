import type { CrmSchemaReading } from '@app/crm';
import type { Clock, Database } from '@app/platform';
import { AuditLog, type Connection, type ConnectionRepository, hasCredentials } from '@app/tenants';
import type { EntityManager } from 'typeorm';
import { compareSchemas, type SchemaDifference } from './compare-schemas.js';
import { fingerprintOf, normaliseReading } from './normalise-reading.js';
import type { SchemaListener } from './schema-listener.js';
import { countSchema, type SchemaSnapshot } from './schema-snapshot.js';

/** Versions of a portal that are kept, to see by what it came to the newest. */
const KEPT_VERSIONS = 5;

export type Stored =
  | { stored: true; snapshot: SchemaSnapshot; isNew: boolean; difference?: SchemaDifference }
  /** The portal it was read from is not connected any more, or was connected anew after the reading began. */
  | { stored: false; reason: 'gone' | 'connected_anew' };

interface SnapshotRow {
  version: number;
  discovered_at: Date;
  fingerprint: string;
  reading: CrmSchemaReading;
}

/** Which version is the newest, without what it holds. */
export interface SnapshotMark {
  portalId: string;
  version: number;
  discoveredAt: Date;
  /** The same for the same content. */
  fingerprint: string;
}

export class SchemaSnapshotRepository {
  constructor(
    private readonly database: Database,
    private readonly connections: Pick<ConnectionRepository, 'findIn'>,
    private readonly listeners: SchemaListener,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** One round trip, some hundred bytes: asked before every use of a schema. */
  async findMark(tenantId: string): Promise<SnapshotMark | undefined> {
    const [row] = await this.database.readForTenant<Omit<SnapshotRow, 'reading'> & { portal_id: string }>(
      tenantId,
      `SELECT s.portal_id, s.version, s.discovered_at, s.fingerprint
       FROM connections c JOIN schema_snapshots s ON s.tenant_id = c.tenant_id AND s.portal_id = c.portal_id
       WHERE c.tenant_id = tenant.id ORDER BY s.version DESC LIMIT 1`,
    );
    if (row === undefined) return undefined;
    const { portal_id: portalId, version, discovered_at: discoveredAt, fingerprint } = row;
    return { portalId, version, discoveredAt, fingerprint };
  }

  /** All of the newest, in a unit of work. */
  async findNewestIn(tx: EntityManager, tenantId: string): Promise<SchemaSnapshot | undefined> {
    const [row] = await tx.query<SnapshotRow[]>(
      `SELECT s.version, s.discovered_at, s.fingerprint, s.reading
       FROM connections c JOIN schema_snapshots s ON s.tenant_id = c.tenant_id AND s.portal_id = c.portal_id
       WHERE c.tenant_id = $1 ORDER BY s.version DESC LIMIT 1`,
      [tenantId],
    );
    return row && { ...row.reading, version: row.version, discoveredAt: row.discovered_at };
  }

  /** Undefined: it is not there any more. */
  async findReading(tenantId: string, { portalId, version }: SnapshotMark): Promise<CrmSchemaReading | undefined> {
    const [row] = await this.database.readForTenant<Pick<SnapshotRow, 'reading'>>(
      tenantId,
      'SELECT reading FROM schema_snapshots WHERE tenant_id = tenant.id AND portal_id = $2 AND version = $3',
      [portalId, version],
    );
    return row?.reading;
  }

  /**
   * Keeps what was read: as a new version where it differs from the newest, else as the same one seen again. Two at once
   * come one after the other. Everyone who depends on it is told in the same transaction.
   * @param under the connection as it was before the reading began: what was read with other scopes is not what this one sees.
   */
  async store(tenantId: string, read: CrmSchemaReading, under: Pick<Connection, 'connectedAt'>): Promise<Stored> {
    const reading = normaliseReading(read);
    const fingerprint = fingerprintOf(reading);
    const { portalId } = reading;
    return this.database.withTenant(tenantId, async (tx): Promise<Stored> => {
      await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('schema ' || $1, 0))`, [tenantId]);
      const connection = await this.connections.findIn(tx, tenantId, 'stay');
      if (!hasCredentials(connection) || connection.portalId !== portalId) return { stored: false, reason: 'gone' };
      const { connectedAt } = connection;
      if (connectedAt?.getTime() !== under.connectedAt?.getTime()) return { stored: false, reason: 'connected_anew' };
      const newest = await findNewest(tx, tenantId, portalId);
      const now = this.clock.now();
      // It was read after the connect, whatever the clock of who connected says.
      const discoveredAt = connectedAt !== undefined && connectedAt > now ? connectedAt : now;
      const isNew = newest?.fingerprint !== fingerprint;
      const version = (newest?.version ?? 0) + (isNew ? 1 : 0);
      const snapshot = { ...reading, version, discoveredAt };
      const difference = isNew && newest !== undefined ? compareSchemas(newest.reading, reading) : undefined;
      if (isNew) {
        await insertVersion(tx, tenantId, { portalId, version, discoveredAt, fingerprint }, reading);
        await this.listeners.changed(tenantId, snapshot, tx, difference);
      } else {
        await tx.query(
          'UPDATE schema_snapshots SET discovered_at = $4 WHERE tenant_id = $1 AND portal_id = $2 AND version = $3',
          [tenantId, portalId, version, discoveredAt],
        );
      }
      await this.audit.recordIn(tx, tenantId, {
        action: 'schema.discovered',
        target: portalId,
        details: { version, changed: isNew, ...countSchema(reading) },
      });
      return { stored: true, snapshot, isNew, difference };
    });
  }
}

async function findNewest(tx: EntityManager, tenantId: string, portalId: string): Promise<SnapshotRow | undefined> {
  const [row] = await tx.query<SnapshotRow[]>(
    `SELECT version, discovered_at, fingerprint, reading FROM schema_snapshots
     WHERE tenant_id = $1 AND portal_id = $2 ORDER BY version DESC LIMIT 1`,
    [tenantId, portalId],
  );
  return row;
}

async function insertVersion(
  tx: EntityManager,
  tenantId: string,
  { portalId, version, discoveredAt, fingerprint }: SnapshotMark,
  reading: CrmSchemaReading,
): Promise<void> {
  await tx.query(
    `INSERT INTO schema_snapshots (tenant_id, portal_id, version, created_at, discovered_at, fingerprint, reading)
     VALUES ($1, $2, $3, $4, $4, $5, $6)`,
    [tenantId, portalId, version, discoveredAt, fingerprint, JSON.stringify(reading)],
  );
  await tx.query('DELETE FROM schema_snapshots WHERE tenant_id = $1 AND portal_id = $2 AND version <= $3', [
    tenantId,
    portalId,
    version - KEPT_VERSIONS,
  ]);
}
