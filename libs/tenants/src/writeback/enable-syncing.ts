import { AppError, type Database } from '@app/platform';
import type { AuditLog } from '../audit/audit-log.js';
import type { ConnectionRepository } from '../connections/connection.repository.js';
import { hasCredentials, PORTAL_RULES, type Connection } from '../connections/connection.js';
import type { WritebackChange } from './writeback-settings.js';
import type { WritebackSettingsRepository } from './writeback-settings.repository.js';

/**
 * An admin's "Enable": from this moment closed conversations are exported, never what came before. Together with it the
 * mode and no-match policy may be set; a mode must be there in the end.
 */
export class EnableSyncing {
  constructor(
    private readonly database: Database,
    private readonly connections: ConnectionRepository,
    private readonly settings: WritebackSettingsRepository,
    private readonly audit: AuditLog,
  ) {}

  /** @throws AppError 2010 not connected, 1012 a connection that needs attention first, 1001 the mode is off and none given. */
  async execute(tenantId: string, change: Pick<WritebackChange, 'mode' | 'onNoMatch'>): Promise<Connection> {
    return this.database.withTenant(tenantId, async (tx) => {
      const connection = await this.connections.findIn(tx, tenantId, 'change');
      if (!hasCredentials(connection)) throw new AppError(2010, 'Connect HubSpot first', { reason: 'not_connected' });
      // What HubSpot's rules refuse may be mended there by now: enabling tries it.
      if (connection.status === 'attention' && connection.problem?.reason !== PORTAL_RULES) {
        throw new AppError(1012, connection.problem?.detail ?? 'The connection needs attention first', {
          reason: connection.problem?.reason ?? 'attention',
        });
      }
      const { mode } = await this.settings.changeIn(tx, tenantId, change);
      if (mode === 'off') {
        throw new AppError(1001, 'Choose what to write: the writeback mode is off', {
          errors: [{ field: 'mode', message: 'is required while the writeback mode is off' }],
        });
      }
      await this.connections.enableIn(tx, tenantId);
      await this.audit.recordIn(tx, tenantId, {
        action: 'connection.enabled',
        target: connection.portalId,
        details: { mode },
      });
      return this.connections.findIn(tx, tenantId);
    });
  }
}
