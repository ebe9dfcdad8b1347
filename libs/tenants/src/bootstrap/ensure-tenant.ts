import { randomBytes } from 'node:crypto';
import { newId, type Database } from '@app/platform';
import { hash } from '@node-rs/argon2';
import type { EntityManager } from 'typeorm';
import { API_KEY_SCOPES } from '../api-keys/api-key-scopes.js';
import { hashApiKey } from '../api-keys/hash-api-key.js';

export interface EnsureTenantCommand {
  tenant: string;
  adminEmail: string;
  adminPassword: string;
  /** Given all scopes. */
  apiKey: string;
}

/** Makes the tenant, its admin and its API key if they are absent; changes nothing that exists. */
export class EnsureTenant {
  constructor(private readonly database: Database) {}

  /** @returns the tenant's id. @throws when the email or the key belongs to another tenant. */
  async execute(command: EnsureTenantCommand): Promise<string> {
    const tenantId = (await this.findTenantId(command.tenant)) ?? (await this.createTenant(command.tenant));
    const passwordHash = await hash(command.adminPassword);
    await this.database.withTenant(tenantId, async (tx) => {
      await ensureAdmin(tx, tenantId, command.adminEmail, passwordHash);
      await ensureApiKey(tx, tenantId, command.apiKey);
    });
    return tenantId;
  }

  private async findTenantId(name: string): Promise<string | undefined> {
    const [row] = await this.database.acrossTenants<{ id: string | null }>('SELECT find_tenant_id($1) AS id', [name]);
    return row?.id ?? undefined;
  }

  /** Two processes may start at once: whoever comes second finds the first one's row. */
  private async createTenant(name: string): Promise<string> {
    const tenantId = newId();
    await this.database.withTenant(tenantId, (tx) =>
      tx.query('INSERT INTO tenants (id, name, reference_key) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
        tenantId,
        name,
        randomBytes(32),
      ]),
    );
    return (await this.findTenantId(name)) ?? tenantId;
  }
}

async function ensureAdmin(tx: EntityManager, tenantId: string, email: string, passwordHash: string): Promise<void> {
  await tx.query(
    `INSERT INTO users (id, tenant_id, email, password_hash, role) VALUES ($1, $2, $3, $4, 'admin') ON CONFLICT DO NOTHING`,
    [newId(), tenantId, email.toLowerCase(), passwordHash],
  );
  const held = await tx.query<unknown[]>('SELECT 1 FROM users WHERE tenant_id = $1 AND email = $2', [
    tenantId,
    email.toLowerCase(),
  ]);
  if (held.length === 0) throw new Error(`The email of the admin belongs to a user of another tenant`);
}

async function ensureApiKey(tx: EntityManager, tenantId: string, apiKey: string): Promise<void> {
  await tx.query(
    `INSERT INTO api_keys (id, tenant_id, name, key_hash, scopes) VALUES ($1, $2, 'bootstrap', $3, $4) ON CONFLICT DO NOTHING`,
    [newId(), tenantId, hashApiKey(apiKey), API_KEY_SCOPES],
  );
  const held = await tx.query<unknown[]>('SELECT 1 FROM api_keys WHERE tenant_id = $1 AND key_hash = $2', [
    tenantId,
    hashApiKey(apiKey),
  ]);
  if (held.length === 0) throw new Error('The API key belongs to another tenant');
}
