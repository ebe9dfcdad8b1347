import type { Database } from '@app/platform';
import type { ApiKey, ApiKeyRepository } from './api-key.repository.js';

export class ReadApiKeys {
  constructor(
    private readonly database: Database,
    private readonly apiKeys: ApiKeyRepository,
  ) {}

  async list(tenantId: string, page: { before?: string; limit: number }): Promise<ApiKey[]> {
    return this.database.withTenant(tenantId, (tx) => this.apiKeys.list(tx, tenantId, page));
  }
}
