import { createHash } from 'node:crypto';
import { newId } from '@app/platform';
import type { EntityManager } from 'typeorm';
import type { Credentials } from './sealed-credentials.js';

/** Known again by its refresh token: 122 random bits, so its hash tells nobody the token. Undefined for static tokens. */
export function grantHashOf({ refreshToken }: Credentials): Buffer | undefined {
  return refreshToken === undefined ? undefined : createHash('sha256').update(refreshToken).digest();
}

/** Held while a portal is connected, and while HubSpot is told of the end of a grant there. */
export function grantsLock(portalId: string): string {
  return `grants of portal ${portalId}`;
}

/** The grant of the tenant's connection is given back to HubSpot; call it before its tokens are deleted or replaced. */
export async function giveBackGrantIn(tx: EntityManager, tenantId: string, uninstall: boolean): Promise<void> {
  await tx.query(
    `INSERT INTO token_revocations (tenant_id, id, portal_id, credentials, uninstall)
     SELECT tenant_id, $2, portal_id, credentials, $3 FROM connections
     WHERE tenant_id = $1 AND kind = 'oauth' AND credentials IS NOT NULL`,
    [tenantId, newId(), uninstall],
  );
}
