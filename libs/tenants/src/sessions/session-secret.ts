import { createHash, randomBytes } from 'node:crypto';

/** What the cookie holds: 256 random bits. Only the hash is kept. */
export function newSessionSecret(): string {
  return randomBytes(32).toString('base64url');
}

export function looksLikeSessionSecret(text: string): boolean {
  return /^[\w-]{43}$/.test(text);
}

/** SHA-256 is enough for 256 random bits: there is nothing to guess. */
export function hashSessionSecret(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest();
}
