import { randomBytes } from 'node:crypto';
import { AppError, type Database, newId } from '@app/platform';

/** A new customer organisation, with nobody in it yet. */
export class CreateTenant {
  constructor(private readonly database: Database) {}

  /** @returns its id. @throws AppError 1012 `name_taken`. */
  async execute(name: string): Promise<string> {
    const tenantId = newId();
    const made = await this.database.withTenant(tenantId, (tx) =>
      tx.query<unknown[]>(
        'INSERT INTO tenants (id, name, reference_key) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING RETURNING id',
        [tenantId, name, randomBytes(32)],
      ),
    );
    if (made.length === 0) throw new AppError(1012, 'A tenant has this name already', { reason: 'name_taken' });
    return tenantId;
  }
}
