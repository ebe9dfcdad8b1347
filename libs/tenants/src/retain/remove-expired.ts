import type { Clock, Database } from '@app/platform';
import { IDLE_SECONDS } from '../sessions/session-life.js';

const BATCH = 1_000;
const DAY_MS = 86_400_000;

/**
 * Removes what is over whoever looks at it: ended sessions, unused tickets, answers kept for repetitions. Each is also
 * removed where it is used, but a tenant that stays away uses nothing. Audit entries end after two years.
 */
export class RemoveExpired {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly batch = BATCH,
  ) {}

  async execute(tenantId: string): Promise<void> {
    const now = this.clock.now();
    await this.database.withTenant(tenantId, async (tx) => {
      await tx.query('DELETE FROM sessions WHERE tenant_id = $1 AND (expires_at <= $2 OR last_seen_at <= $3)', [
        tenantId,
        now,
        new Date(now.getTime() - IDLE_SECONDS * 1_000),
      ]);
      await tx.query('DELETE FROM oauth_attempts WHERE tenant_id = $1 AND expires_at <= $2', [tenantId, now]);
      await tx.query(
        `DELETE FROM idempotent_requests WHERE ctid = ANY (ARRAY(
           SELECT ctid FROM idempotent_requests WHERE tenant_id = $1 AND started_at < $2 LIMIT $3))`,
        [tenantId, new Date(now.getTime() - DAY_MS), this.batch],
      );
    });
  }

  /** Of all tenants. @returns how many went; as many as asked for: there may be more. */
  async removeOldAudit(): Promise<number> {
    const [row] = await this.database.acrossTenants<{ removed: number }>(
      'SELECT remove_old_audit_entries($1) AS removed',
      [this.batch],
    );
    return row?.removed ?? 0;
  }
}
