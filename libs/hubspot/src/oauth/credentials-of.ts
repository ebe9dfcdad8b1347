import type { Credentials } from '@app/tenants';
import type { GrantedTokens } from './token-endpoint.js';

/** A token is renewed this long before it expires, or after half its life if that is shorter. */
const AHEAD_MS = 60_000;

/** @param askedAt before the request left: HubSpot counts from some moment after it. */
export function credentialsOf(
  { accessToken, refreshToken, expiresInSeconds }: GrantedTokens,
  askedAt: Date,
): Credentials {
  const lifeMs = expiresInSeconds * 1000;
  const expiresAt = new Date(askedAt.getTime() + lifeMs);
  return {
    accessToken,
    refreshToken,
    expiresAt,
    renewAt: new Date(expiresAt.getTime() - Math.min(AHEAD_MS, lifeMs / 2)),
  };
}
