import type { Portal } from '../portal/portal.js';
import type { Portals } from '../portal/portals.js';
import { credentialsNotFound, Refusal, tokenExpired } from '../refuse/refusal.js';
import type { OAuthState } from './oauth-state.js';

/** Who calls: an app or static token, in one portal, with what it may do. */
export interface Credential {
  readonly kind: 'oauth' | 'static';
  readonly token: string;
  readonly appId: number;
  readonly portal: Portal;
  readonly scopes: ReadonlySet<string>;
}

const scopeSets = new WeakMap<readonly string[], ReadonlySet<string>>();

function asSet(scopes: readonly string[]): ReadonlySet<string> {
  let set = scopeSets.get(scopes);
  if (!set) scopeSets.set(scopes, (set = new Set(scopes)));
  return set;
}

/** Reads `Authorization: Bearer …`. Refuses with the 401 bodies of FACTS §1.5. */
export function authenticate(
  header: string | undefined,
  oauth: OAuthState,
  portals: Portals,
  now: number,
): Credential | Refusal {
  const token = /^Bearer\s+(\S+)\s*$/i.exec(header ?? '')?.[1];
  if (token === undefined) return credentialsNotFound();
  const staticToken = oauth.staticToken(token);
  if (staticToken) {
    const portal = portals.find(staticToken.hubId);
    if (!portal) return credentialsNotFound();
    return { kind: 'static', token, appId: staticToken.appId, portal, scopes: asSet(staticToken.scopes) };
  }
  if (token.startsWith('pat-')) return credentialsNotFound();
  const access = oauth.accessToken(token);
  // A token that never was reads as one that expired in 1970: captured from the real API (FACTS §1.5).
  if (!access) return tokenExpired(now, 0);
  if (access.expiresAt <= now) return tokenExpired(now, access.expiresAt);
  const portal = portals.find(access.hubId);
  if (!portal) return credentialsNotFound();
  return { kind: 'oauth', token, appId: access.appId, portal, scopes: asSet(access.scopes) };
}
