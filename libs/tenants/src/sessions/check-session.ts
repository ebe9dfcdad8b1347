import type { Clock, Database } from '@app/platform';
import { IDLE_SECONDS } from './session-life.js';

/** Whether a session still lives. Asking is no use of it: an open page alone doesn't keep somebody signed in. */
export class CheckSession {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async execute(tenantId: string, sessionId: string): Promise<boolean> {
    const now = this.clock.now();
    const rows = await this.database.withTenant(tenantId, (tx) =>
      tx.query<unknown[]>(
        `SELECT FROM sessions s JOIN users u ON u.id = s.user_id AND u.tenant_id = s.tenant_id
         JOIN tenants t ON t.id = s.tenant_id AND t.suspended_at IS NULL
         WHERE s.tenant_id = $1 AND s.id = $2 AND s.expires_at > $3 AND s.last_seen_at > $4 AND u.deactivated_at IS NULL`,
        [tenantId, sessionId, now, new Date(now.getTime() - IDLE_SECONDS * 1_000)],
      ),
    );
    return rows.length > 0;
  }
}
