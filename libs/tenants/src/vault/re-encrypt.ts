import type { Database } from '@app/platform';
import type { AuditLog } from '../audit/audit-log.js';
import { ANSWER_FIELD } from '../retries/idempotent-requests.js';
import type { SealedValue, Vault } from './vault.js';

/** Where sealed values stand, and the field they were sealed for. */
const SEALED_COLUMNS = [
  { table: 'connections', column: 'credentials', field: 'connection.credentials' },
  { table: 'token_revocations', column: 'credentials', field: 'connection.credentials' },
  { table: 'idempotent_requests', column: 'answer', field: ANSWER_FIELD },
] as const;

/** Seals a tenant's secrets anew with the newest key of the ring, so that older keys can be taken out of it. */
export class ReEncrypt {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly audit: AuditLog,
  ) {}

  /** @returns how many values were sealed with an older key. @throws VaultError when the ring lacks the key of one. */
  async execute(tenantId: string): Promise<number> {
    return this.database.withTenant(tenantId, async (tx) => {
      let changed = 0;
      for (const { table, column, field } of SEALED_COLUMNS) {
        // Locked: a token that is refreshed at this moment waits, and is not overwritten by the one before it.
        // A locked row doesn't move, so its address names it.
        const rows = await tx.query<{ address: string; sealed: SealedValue }[]>(
          `SELECT ctid::text AS address, ${column} AS sealed FROM ${table} WHERE tenant_id = $1 AND ${column} IS NOT NULL FOR UPDATE`,
          [tenantId],
        );
        for (const { address, sealed } of rows) {
          if (this.vault.isCurrent(sealed)) continue;
          const place = { tenantId, field };
          const anew = this.vault.seal(this.vault.open(sealed, place), place);
          await tx.query(`UPDATE ${table} SET ${column} = $3 WHERE tenant_id = $1 AND ctid = $2::tid`, [
            tenantId,
            address,
            JSON.stringify(anew),
          ]);
          changed += 1;
        }
      }
      if (changed > 0) {
        await this.audit.recordIn(tx, tenantId, { action: 'credentials.re_encrypted', details: { values: changed } });
      }
      return changed;
    });
  }
}
