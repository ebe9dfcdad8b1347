import { type Database, newId } from '@app/platform';
import type { AuditLog } from '../audit/audit-log.js';
import type { ApiKeyScope } from './api-key-scopes.js';
import type { ApiKey, ApiKeyRepository } from './api-key.repository.js';
import { newApiKey } from './hash-api-key.js';

/** Makes a key. What it opens is shown by this answer and never again: only a hash is kept. */
export class CreateApiKey {
  constructor(
    private readonly database: Database,
    private readonly apiKeys: ApiKeyRepository,
    private readonly audit: AuditLog,
  ) {}

  async execute(
    tenantId: string,
    { name, scopes }: { name: string; scopes: readonly ApiKeyScope[] },
  ): Promise<ApiKey & { key: string }> {
    const id = newId();
    const key = newApiKey();
    const unique = [...new Set(scopes)];
    return this.database.withTenant(tenantId, async (tx) => {
      await this.apiKeys.insert(tx, tenantId, { id, name, scopes: unique, key });
      await this.audit.recordIn(tx, tenantId, {
        action: 'api_key.created',
        target: id,
        details: { name, scopes: unique },
      });
      return { ...(await this.apiKeys.get(tx, tenantId, id)), key };
    });
  }
}
