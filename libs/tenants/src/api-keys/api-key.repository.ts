import { AppError, isId } from '@app/platform';
import type { EntityManager } from 'typeorm';
import type { ApiKeyScope } from './api-key-scopes.js';
import { hashApiKey } from './hash-api-key.js';

/** A key as it may be shown: without the key. */
export interface ApiKey {
  id: string;
  name: string;
  scopes: ApiKeyScope[];
  createdAt: Date;
  /** To the minute. */
  lastUsedAt?: Date;
  revokedAt?: Date;
}

interface ApiKeyRow {
  id: string;
  name: string;
  scopes: ApiKeyScope[];
  created_at: Date;
  last_used_at: Date | null;
  revoked_at: Date | null;
}

const COLUMNS = 'id, name, scopes, created_at, last_used_at, revoked_at';

export class ApiKeyRepository {
  /** Newest first, revoked ones too; `before` is the id that ended the page before. */
  async list(
    tx: EntityManager,
    tenantId: string,
    { before, limit }: { before?: string; limit: number },
  ): Promise<ApiKey[]> {
    const rows = await tx.query<ApiKeyRow[]>(
      `SELECT ${COLUMNS} FROM api_keys WHERE tenant_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [tenantId, before, limit],
    );
    return rows.map(toApiKey);
  }

  /** @throws AppError 2011 */
  async get(tx: EntityManager, tenantId: string, id: string): Promise<ApiKey> {
    const rows = isId(id)
      ? await tx.query<ApiKeyRow[]>(`SELECT ${COLUMNS} FROM api_keys WHERE tenant_id = $1 AND id = $2`, [tenantId, id])
      : [];
    const [row] = rows;
    if (row === undefined) throw new AppError(2011, 'No API key has this id');
    return toApiKey(row);
  }

  async insert(
    tx: EntityManager,
    tenantId: string,
    { id, name, scopes, key }: { id: string; name: string; scopes: readonly ApiKeyScope[]; key: string },
  ): Promise<void> {
    await tx.query('INSERT INTO api_keys (id, tenant_id, name, key_hash, scopes) VALUES ($1, $2, $3, $4, $5)', [
      id,
      tenantId,
      name,
      hashApiKey(key),
      scopes,
    ]);
  }

  /** @returns false when it was revoked before. */
  async revoke(tx: EntityManager, tenantId: string, { id, at }: { id: string; at: Date }): Promise<boolean> {
    const [, revoked] = await tx.query<[unknown[], number]>(
      'UPDATE api_keys SET revoked_at = $3 WHERE tenant_id = $1 AND id = $2 AND revoked_at IS NULL',
      [tenantId, id, at],
    );
    return revoked > 0;
  }
}

function toApiKey(row: ApiKeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    scopes: row.scopes,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at ?? undefined,
    revokedAt: row.revoked_at ?? undefined,
  };
}
