import type { Clock, Database } from '@app/platform';
import type { AuditLog } from '../audit/audit-log.js';
import type { ApiKey, ApiKeyRepository } from './api-key.repository.js';

/** Ends a key at once and for good. Revoking a revoked one changes nothing. */
export class RevokeApiKey {
  constructor(
    private readonly database: Database,
    private readonly apiKeys: ApiKeyRepository,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError 2011 unknown. */
  async execute(tenantId: string, id: string): Promise<ApiKey> {
    return this.database.withTenant(tenantId, async (tx) => {
      const { name } = await this.apiKeys.get(tx, tenantId, id);
      if (await this.apiKeys.revoke(tx, tenantId, { id, at: this.clock.now() })) {
        await this.audit.recordIn(tx, tenantId, { action: 'api_key.revoked', target: id, details: { name } });
      }
      return this.apiKeys.get(tx, tenantId, id);
    });
  }
}
