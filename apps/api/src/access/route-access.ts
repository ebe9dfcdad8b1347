import type { ApiKeyScope, UserRole } from '@app/tenants';

/** Who may call a route. A way that is left out is never allowed. */
export interface AccessRule {
  /** What an API key needs. */
  scope?: ApiKeyScope;
  /** The least a signed-in person must be; an admin may do what an agent may. */
  session?: UserRole;
}

/** Needs no credentials. `unlimited`: nor does it spend from its address's allowance. */
export interface OpenRule {
  open: true;
  unlimited: boolean;
}

export type RouteAccess = AccessRule | OpenRule;

export function isOpen(access: RouteAccess): access is OpenRule {
  return 'open' in access;
}
