import { newId, type Database } from '@app/platform';
import type { EntityManager } from 'typeorm';
import type { SealedValue, Vault } from '../vault/vault.js';
import { type Credentials, openCredentials, sealCredentials } from './sealed-credentials.js';

/** What HubSpot has yet to be told of a connection that ended here. */
export interface Revocation {
  tenantId: string;
  id: string;
  credentials: Credentials;
  /** Take the app out of the portal, rather than only giving the tokens back. */
  uninstall: boolean;
}

/** HubSpot is asked again after 30 s, doubling up to an hour, for a week: then the tokens are deleted all the same. */
const FIRST_SECONDS = 30;
const LONGEST_SECONDS = 3_600;
const GIVE_UP_DAYS = 7;

/** Written in the transaction that ends the connection, so that ending never depends on HubSpot's being there. */
export class RevocationRepository {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  /** Takes over the tokens of the tenant's connection; call it before they are deleted. Static tokens can't be revoked. */
  async takeOverIn(tx: EntityManager, tenantId: string, { uninstall }: { uninstall: boolean }): Promise<void> {
    if (uninstall) await tx.query('UPDATE token_revocations SET uninstall = true WHERE tenant_id = $1', [tenantId]);
    await tx.query(
      `INSERT INTO token_revocations (tenant_id, id, portal_id, credentials, uninstall)
       SELECT tenant_id, $2, portal_id, credentials, $3 FROM connections
       WHERE tenant_id = $1 AND kind = 'oauth' AND credentials IS NOT NULL`,
      [tenantId, newId(), uninstall],
    );
  }

  /** Of all tenants, oldest first. */
  async findDue(): Promise<{ tenantId: string; id: string }[]> {
    const rows = await this.database.acrossTenants<{ tenant_id: string; id: string }>(
      'SELECT tenant_id, id FROM due_token_revocations()',
    );
    return rows.map(({ tenant_id, id }) => ({ tenantId: tenant_id, id }));
  }

  /** Claims it until its next try is due. Undefined: another process has it, or it is over. */
  async claim(tenantId: string, id: string): Promise<Revocation | undefined> {
    const [[row]] = await this.database.withTenant(tenantId, async (tx) => {
      await tx.query(
        `DELETE FROM token_revocations WHERE tenant_id = $1 AND id = $2 AND created_at < now() - make_interval(days => $3)`,
        [tenantId, id, GIVE_UP_DAYS],
      );
      return tx.query<[{ credentials: SealedValue; uninstall: boolean }[], number]>(
        `UPDATE token_revocations
         SET tries = tries + 1, due_at = now() + make_interval(secs => least($4, $3 * 2 ^ least(tries, 20)))
         WHERE tenant_id = $1 AND id = $2 AND due_at <= now() RETURNING credentials, uninstall`,
        [tenantId, id, FIRST_SECONDS, LONGEST_SECONDS],
      );
    });
    if (row === undefined) return undefined;
    const credentials = openCredentials(this.vault, tenantId, row.credentials);
    return { tenantId, id, credentials, uninstall: row.uninstall };
  }

  /** Tokens that were renewed in order to be revoked. */
  async keep({ tenantId, id }: Revocation, credentials: Credentials): Promise<void> {
    await this.database.withTenant(tenantId, (tx) =>
      tx.query('UPDATE token_revocations SET credentials = $3 WHERE tenant_id = $1 AND id = $2', [
        tenantId,
        id,
        sealCredentials(this.vault, tenantId, credentials),
      ]),
    );
  }

  async finish({ tenantId, id }: Revocation): Promise<void> {
    await this.database.withTenant(tenantId, (tx) =>
      tx.query('DELETE FROM token_revocations WHERE tenant_id = $1 AND id = $2', [tenantId, id]),
    );
  }
}
