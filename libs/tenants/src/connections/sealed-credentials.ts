import type { SealedValue, Vault } from '../vault/vault.js';

/** The secrets of a connection; sealed as one value. */
export interface Credentials {
  accessToken: string;
  refreshToken?: string;
  /** Unset for static tokens, which don't expire. */
  expiresAt?: Date;
  /** When to renew it: some time ahead of `expiresAt`. */
  renewAt?: Date;
}

const FIELD = 'connection.credentials';

/** @returns JSON for the column. */
export function sealCredentials(vault: Vault, tenantId: string, credentials: Credentials): string {
  return JSON.stringify(vault.seal(JSON.stringify(credentials), { tenantId, field: FIELD }));
}

/** @throws VaultError when the key ring no longer holds the key they were sealed with. */
export function openCredentials(vault: Vault, tenantId: string, sealed: SealedValue): Credentials {
  const opened = vault.open(sealed, { tenantId, field: FIELD });
  const { expiresAt, renewAt, ...secrets } = JSON.parse(opened) as Omit<Credentials, 'expiresAt' | 'renewAt'> & {
    expiresAt?: string;
    renewAt?: string;
  };
  if (expiresAt === undefined) return secrets;
  return { ...secrets, expiresAt: new Date(expiresAt), renewAt: new Date(renewAt ?? expiresAt) };
}
