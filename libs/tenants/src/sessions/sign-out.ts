import type { Database } from '@app/platform';
import type { AuditLog } from '../audit/audit-log.js';
import type { SessionRepository } from './session.repository.js';

/** Ends a session: from now on its cookie opens nothing. */
export class SignOut {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionRepository,
    private readonly audit: AuditLog,
  ) {}

  async execute(tenantId: string, sessionId: string): Promise<void> {
    await this.database.withTenant(tenantId, async (tx) => {
      await this.sessions.end(tx, tenantId, sessionId);
      await this.audit.recordIn(tx, tenantId, { action: 'session.signed_out' });
    });
  }
}
