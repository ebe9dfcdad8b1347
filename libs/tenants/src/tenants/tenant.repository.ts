import type { Database } from '@app/platform';

export class TenantRepository {
  constructor(private readonly database: Database) {}

  /** 32 bytes that key the reference lines of this tenant's transcripts; the same for ever. */
  async getReferenceKey(tenantId: string): Promise<Buffer> {
    const [row] = await this.database.readForTenant<{ reference_key: Buffer }>(
      tenantId,
      'SELECT reference_key FROM tenants WHERE id = tenant.id',
    );
    if (row === undefined) throw new Error('The tenant does not exist');
    return row.reference_key;
  }

  /** Whether an operator has shut it out. */
  async isSuspended(tenantId: string): Promise<boolean> {
    const rows = await this.database.readForTenant(
      tenantId,
      'SELECT FROM tenants WHERE id = tenant.id AND suspended_at IS NOT NULL',
    );
    return rows.length > 0;
  }

  async getName(tenantId: string): Promise<string> {
    const [row] = await this.database.withTenant(tenantId, (tx) =>
      tx.query<{ name: string }[]>('SELECT name FROM tenants WHERE id = $1', [tenantId]),
    );
    if (row === undefined) throw new Error('The tenant does not exist');
    return row.name;
  }

  /** All of them, by name: for an operator at the command line, never for a request. */
  async list(): Promise<{ id: string; name: string; suspended: boolean }[]> {
    return this.database.acrossTenants('SELECT id, name, suspended FROM list_tenants()');
  }
}
