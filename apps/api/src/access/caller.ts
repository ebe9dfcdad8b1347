import { AppError } from '@app/platform';
import type { ApiKeyScope, UserRole } from '@app/tenants';
import type { FastifyRequest } from 'fastify';

/** Another system, with one of the tenant's API keys. */
export interface ApiKeyCaller {
  kind: 'api_key';
  tenantId: string;
  keyId: string;
  keyName: string;
  scopes: ReadonlySet<ApiKeyScope>;
  isSuspended: boolean;
}

/** A person who is signed in to the console. */
export interface SessionCaller {
  kind: 'session';
  tenantId: string;
  userId: string;
  email: string;
  role: UserRole;
  sessionId: string;
  isSuspended: boolean;
}

/** Who is calling; known before any handler runs. */
export type Caller = ApiKeyCaller | SessionCaller;

/** For whoever reads later who it was. */
export function nameOfCaller(caller: Caller): string {
  return caller.kind === 'api_key' ? caller.keyName : caller.email;
}

/** What a route's own rule lets in, and part of what it does takes more. A signed-in person has no scopes. @throws AppError 2005 */
export function requireScope(caller: Caller, scope: ApiKeyScope): void {
  if (caller.kind === 'api_key' && !caller.scopes.has(scope)) throw missingScope(scope);
}

export function missingScope(scope: ApiKeyScope): AppError {
  return new AppError(2005, `The API key lacks the scope ${scope}`, {
    reason: 'missing_scope',
    extra: { missing_scopes: [scope] },
  });
}

/** For whoever belongs to a tenant that an operator has shut out. */
export function tenantSuspended(): AppError {
  return new AppError(2005, 'This organisation is suspended. Whoever runs the installation can say why.', {
    reason: 'tenant_suspended',
  });
}

export type CalledRequest = FastifyRequest & {
  /** Unset on routes that are open. */
  caller?: Caller;
  /** It was let in. */
  isAdmitted?: boolean;
};
