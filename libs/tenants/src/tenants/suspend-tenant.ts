import type { Clock, Database } from '@app/platform';
import type { AuditLog } from '../audit/audit-log.js';

/** An operator shuts a tenant out, or lets it in again. Nothing of it is lost: its keys, sessions and deliveries wait. */
export class SuspendTenant {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** @returns false when it was so already. */
  async execute(tenantId: string, { suspended }: { suspended: boolean }): Promise<boolean> {
    return this.database.withTenant(tenantId, async (tx) => {
      const [, changed] = await tx.query<[unknown[], number]>(
        'UPDATE tenants SET suspended_at = $2 WHERE id = $1 AND (suspended_at IS NULL) = $3',
        [tenantId, suspended ? this.clock.now() : null, suspended],
      );
      if (changed === 0) return false;
      await this.audit.recordIn(tx, tenantId, { action: suspended ? 'tenant.suspended' : 'tenant.resumed' });
      return true;
    });
  }
}
