import { type Database, systemClock } from '@app/platform';
import type { AuditLog } from '../audit/audit-log.js';
import type { ConnectionRepository } from '../connections/connection.repository.js';
import type { Connection } from '../connections/connection.js';
import { OptionsRepository } from '../options/options.repository.js';
import type { WritebackSettingsRepository } from './writeback-settings.repository.js';
import type { RevocationRepository } from '../connections/revocation.repository.js';

/**
 * An admin's "Disable": the full wipe. Credentials, portal, options and writeback settings are gone, and with the portal its links
 * and waiting deliveries; conversations stay. Nothing is left to resume.
 */
export class DisableSyncing {
  constructor(
    private readonly database: Database,
    private readonly connections: ConnectionRepository,
    private readonly settings: WritebackSettingsRepository,
    private readonly revocations: RevocationRepository,
    private readonly audit: AuditLog,
    private readonly options = new OptionsRepository(database, systemClock),
  ) {}

  async execute(tenantId: string): Promise<Connection> {
    return this.database.withTenant(tenantId, async (tx) => {
      const { portalId } = await this.connections.findIn(tx, tenantId, 'end');
      await this.revocations.takeOverIn(tx, tenantId, { uninstall: true });
      await this.connections.wipeIn(tx, tenantId);
      await this.settings.forgetIn(tx, tenantId);
      await this.options.forgetIn(tx, tenantId);
      await this.audit.recordIn(tx, tenantId, { action: 'connection.disabled', target: portalId });
      return this.connections.findIn(tx, tenantId);
    });
  }
}
