import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { EncryptionKey } from '@app/platform';

/** A secret as it stands in the database. All binary members are base64. */
export interface SealedValue {
  /** Which key of the ring sealed it. */
  keyId: string;
  iv: string;
  tag: string;
  data: string;
}

/** What a sealed value belongs to; it can't be opened in the place of another tenant or field. */
export interface SealContext {
  tenantId: string;
  field: string;
}

/** The value can't be opened: sealed by a key that is no longer in the ring, for another place, or damaged. */
export class VaultError extends Error {
  override name = 'VaultError';
}

/** AES-256-GCM with a fresh IV per value and the tenant and field as additional data. */
export class Vault {
  private readonly newest: EncryptionKey;

  /** @param ring newest first: the first key seals, every one of them opens. */
  constructor(private readonly ring: readonly EncryptionKey[]) {
    const [newest] = ring;
    if (newest === undefined) throw new VaultError('The key ring is empty');
    this.newest = newest;
  }

  seal(secret: string, context: SealContext): SealedValue {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.newest.key, iv).setAAD(additionalData(context));
    const data = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return {
      keyId: this.newest.id,
      iv: iv.toString('base64'),
      tag: cipher.getAuthTag().toString('base64'),
      data: data.toString('base64'),
    };
  }

  /** @throws VaultError */
  open(sealed: SealedValue, context: SealContext): string {
    const key = this.ring.find(({ id }) => id === sealed.keyId);
    if (key === undefined) throw new VaultError(`Key ${sealed.keyId} is not in ENCRYPTION_KEYS`);
    try {
      const decipher = createDecipheriv('aes-256-gcm', key.key, Buffer.from(sealed.iv, 'base64'), { authTagLength: 16 })
        .setAAD(additionalData(context))
        .setAuthTag(Buffer.from(sealed.tag, 'base64'));
      return Buffer.concat([decipher.update(Buffer.from(sealed.data, 'base64')), decipher.final()]).toString('utf8');
    } catch (cause) {
      throw new VaultError('A sealed value is damaged or stands in another place than it was sealed for', { cause });
    }
  }

  /** Whether `sealed` was made with the newest key; if not, re-encrypting is due. */
  isCurrent(sealed: SealedValue): boolean {
    return sealed.keyId === this.newest.id;
  }
}

function additionalData({ tenantId, field }: SealContext): Buffer {
  return Buffer.from(`${tenantId}\0${field}`, 'utf8');
}
