import type { Clock, Database } from '@app/platform';
import type { ApiKeyScope } from './api-key-scopes.js';
import { hashApiKey, looksLikeApiKey } from './hash-api-key.js';

/** Who a request speaks for. */
export interface ApiKeyIdentity {
  keyId: string;
  keyName: string;
  tenantId: string;
  scopes: ReadonlySet<ApiKeyScope>;
}

/** Finds the tenant behind a presented key; undefined for one that is malformed, unknown or revoked. */
export class AuthenticateApiKey {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async execute(presented: string): Promise<ApiKeyIdentity | undefined> {
    if (!looksLikeApiKey(presented)) return undefined;
    const [row] = await this.database.acrossTenants<{
      id: string;
      tenant_id: string;
      name: string;
      scopes: ApiKeyScope[];
    }>('SELECT id, tenant_id, name, scopes FROM authenticate_api_key($1, $2)', [
      hashApiKey(presented),
      this.clock.now(),
    ]);
    if (row === undefined) return undefined;
    return { keyId: row.id, keyName: row.name, tenantId: row.tenant_id, scopes: new Set(row.scopes) };
  }
}
