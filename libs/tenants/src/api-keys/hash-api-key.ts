import { createHash, randomBytes } from 'node:crypto';

const PREFIX = 'tl_live_';

/** A fresh key: `tl_live_` and 32 random bytes in base64url. Shown once; only its hash is kept. */
export function newApiKey(): string {
  return PREFIX + randomBytes(32).toString('base64url');
}

/** Whether the text has the form of a key at all. */
export function looksLikeApiKey(text: string): boolean {
  return /^tl_live_[\w-]{43}$/.test(text);
}

/** SHA-256 is enough for 256 random bits: there is nothing to guess. */
export function hashApiKey(key: string): Buffer {
  return createHash('sha256').update(key, 'utf8').digest();
}
