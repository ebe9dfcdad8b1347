import type { CrmObject } from '@app/crm';
import type { ObjectScopes } from './standard-objects.js';

/** The scopes of a connection; undefined for a token whose scopes nobody tells: then HubSpot's refusals do. */
export type Scopes = readonly string[] | undefined;

/** Where scopes are unknown HubSpot is asked, and says it. */
export function mayDescribe({ read, write, schema }: ObjectScopes, scopes: Scopes): boolean {
  return scopes === undefined || [read, write, schema].some((scope) => scopes.includes(scope));
}

/** What to grant so that an object is known and read. */
export function lacking({ read, schema }: ObjectScopes, scopes: Scopes = []): string[] {
  return [...new Set([read, schema])].filter((scope) => !scopes.includes(scope));
}

export function accessOf(
  { read, write }: ObjectScopes,
  scopes: Scopes,
): Pick<CrmObject, 'capabilities' | 'missingScopes'> {
  const has = (scope: string): boolean => scopes === undefined || scopes.includes(scope);
  return {
    capabilities: { read: has(read), write: has(write) },
    missingScopes: [...new Set([read, write])].filter((scope) => !has(scope)),
  };
}
