import { newId, type Database } from '@app/platform';
import type { EntityManager } from 'typeorm';
import type { SealedValue, Vault } from '../vault/vault.js';
import { giveBackGrantIn, grantHashOf, grantsLock } from './grants.js';
import { type Credentials, openCredentials, sealCredentials } from './sealed-credentials.js';

/** What HubSpot has yet to be told of a connection that ended here. */
export interface Revocation {
  tenantId: string;
  id: string;
  portalId: string;
  credentials: Credentials;
  /** Take the app out of the portal, rather than only giving the tokens back. */
  uninstall: boolean;
}

/**
 * What HubSpot may be told right now:
 * - `uninstall`: nobody is connected by OAuth, and nobody was since it was asked for;
 * - `revoke`: this grant's own token, and no more;
 * - `nothing`: this very grant is in use again, or it is over.
 */
export type MayTell = 'uninstall' | 'revoke' | 'nothing';

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
    if (uninstall) {
      // Also what a disconnect of the same portal left to tell; what was only ever refused here is nobody's to uninstall.
      await tx.query(
        `UPDATE token_revocations SET uninstall = true
         WHERE tenant_id = $1 AND portal_id = (SELECT portal_id FROM connections WHERE tenant_id = $1)`,
        [tenantId],
      );
    }
    await giveBackGrantIn(tx, tenantId, uninstall);
  }

  /** A grant that HubSpot gave and nobody here wants. */
  async giveBack(tenantId: string, portalId: string, credentials: Credentials): Promise<void> {
    await this.database.withTenant(tenantId, (tx) =>
      tx.query(
        `INSERT INTO token_revocations (tenant_id, id, portal_id, credentials, uninstall)
         VALUES ($1, $2, $3, $4, false)`,
        [tenantId, newId(), portalId, sealCredentials(this.vault, tenantId, credentials)],
      ),
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
      return tx.query<[{ credentials: SealedValue; uninstall: boolean; portal_id: string }[], number]>(
        `UPDATE token_revocations
         SET tries = tries + 1, due_at = now() + make_interval(secs => least($4, $3 * 2 ^ least(tries, 20)))
         WHERE tenant_id = $1 AND id = $2 AND due_at <= now() RETURNING credentials, uninstall, portal_id`,
        [tenantId, id, FIRST_SECONDS, LONGEST_SECONDS],
      );
    });
    if (row === undefined) return undefined;
    const credentials = openCredentials(this.vault, tenantId, row.credentials);
    return { tenantId, id, portalId: row.portal_id, credentials, uninstall: row.uninstall };
  }

  /**
   * Tells HubSpot while nobody can connect the portal: `tell` is told what it may say, as it is at that moment.
   * @returns undefined when the portal is being connected, or something is being told of it: try again later.
   */
  async whileNobodyConnects<T>(revocation: Revocation, tell: (may: MayTell) => Promise<T>): Promise<T | undefined> {
    const locked = await this.database.withLock(grantsLock(revocation.portalId), async () => {
      const may = await this.findWhatMayBeTold(revocation);
      return may === undefined ? undefined : tell(may);
    });
    return locked.acquired ? locked.result : undefined;
  }

  /** Undefined: whether the grant is in use will be known when the connection renews its tokens. */
  private async findWhatMayBeTold(revocation: Revocation): Promise<MayTell | undefined> {
    const { tenantId, id, portalId, credentials } = revocation;
    const [row] = await this.database.withTenant(tenantId, (tx) =>
      tx.query<{ uninstall: boolean; is_held: boolean; is_same: boolean | null }[]>(
        `SELECT r.uninstall, g.is_held, g.is_same FROM token_revocations r CROSS JOIN grants_of_portal($3, $4) g
         WHERE r.tenant_id = $1 AND r.id = $2`,
        [tenantId, id, portalId, grantHashOf(credentials) ?? null],
      ),
    );
    if (row === undefined || row.is_same === true) return 'nothing';
    if (!row.is_held) return row.uninstall ? 'uninstall' : 'revoke';
    return row.is_same === null ? undefined : 'revoke';
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
