import type { Database } from '@app/platform';
import type { AuditLog } from '../audit/audit-log.js';
import type { Connection } from './connection.js';
import type { ConnectionRepository } from './connection.repository.js';
import type { RevocationRepository } from './revocation.repository.js';

/** An admin's "Disconnect": the credentials go; history, settings, links and the portal stay for the next connect. */
export class Disconnect {
  constructor(
    private readonly database: Database,
    private readonly connections: ConnectionRepository,
    private readonly revocations: RevocationRepository,
    private readonly audit: AuditLog,
  ) {}

  /** What is not connected stays as it is. */
  async execute(tenantId: string): Promise<Connection> {
    return this.database.withTenant(tenantId, async (tx) => {
      const { portalId } = await this.connections.findIn(tx, tenantId, 'end');
      await this.revocations.takeOverIn(tx, tenantId, { uninstall: false });
      await this.connections.disconnectIn(tx, tenantId, {
        reason: 'disconnected',
        detail: 'HubSpot was disconnected here. Connect it again to go on where it stopped.',
      });
      await this.audit.recordIn(tx, tenantId, { action: 'connection.disconnected', target: portalId });
      return this.connections.findIn(tx, tenantId);
    });
  }
}
