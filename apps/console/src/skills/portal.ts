import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api, type Shape } from '../api/client.js';
import { Problem } from '../api/problem.js';
import { type Connection, connectionQuery, HUBSPOT_KEY, PORTAL_KEY, scopesQuery } from '../hubspot/connection.js';
import { tell } from '../show/tell.js';

export type CrmObject = Shape<'CrmObjectResponse'>;
export type CrmObjectSummary = Shape<'CrmObjectSummaryResponse'>;
export type CrmField = Shape<'CrmFieldResponse'>;
export type Pack = Shape<'PackResponse'>;

/** Whether there are credentials: also of a connection that HubSpot refuses, which says so elsewhere. */
function isReachable({ status }: Connection): boolean {
  return status === 'connected' || status === 'active' || status === 'attention';
}

export const packQuery = queryOptions({
  queryKey: [...HUBSPOT_KEY, 'pack'],
  queryFn: async ({ signal }): Promise<Pack> =>
    (await answerOf(api.GET('/integrations/hubspot/pack', { signal }))).data,
});

/** Portals have dozens of objects, and a picker wants them all. @param portalId none: they can't be read. */
export const objectsQuery = (portalId: string | undefined) =>
  queryOptions({
    queryKey: [...PORTAL_KEY, portalId, 'objects'],
    queryFn: async ({ signal }): Promise<CrmObjectSummary[]> => {
      const all: CrmObjectSummary[] = [];
      let cursor: string | undefined;
      do {
        const query = { limit: 100, cursor };
        const page = await answerOf(api.GET('/integrations/hubspot/objects', { params: { query }, signal }));
        all.push(...page.data);
        cursor = page.nextCursor;
      } while (cursor !== undefined);
      return all;
    },
    enabled: portalId !== undefined,
  });

export const objectQuery = (portalId: string | undefined, object: string) =>
  queryOptions({
    queryKey: [...PORTAL_KEY, portalId, 'objects', object],
    queryFn: async ({ signal }): Promise<CrmObject> =>
      (await answerOf(api.GET('/integrations/hubspot/objects/{object}', { params: { path: { object } }, signal })))
        .data,
    // Changes with a discovery alone, which makes it old.
    staleTime: 10 * 60_000,
    enabled: portalId !== undefined && object !== '',
  });

/** What stands in the way of skills, the first thing first. */
export type Readiness =
  | { state: 'loading' }
  | { state: 'unknown'; problem: Problem }
  | { state: 'not_connected' }
  | { state: 'not_discovered' }
  | { state: 'ready'; portalId: string | undefined; missingScopes: readonly string[] };

export function useReadiness(): Readiness & { retry: () => void } {
  const connection = useQuery(connectionQuery);
  const pack = useQuery(packQuery);
  const scopes = useQuery(scopesQuery);
  const retry = (): void => void Promise.all([connection.refetch(), pack.refetch(), scopes.refetch()]);
  const error = [connection, pack, scopes].find(({ data, error }) => data === undefined && error !== null)?.error;
  if (error) return { state: 'unknown', problem: error instanceof Problem ? error : new Problem(0), retry };
  if (connection.data === undefined || pack.data === undefined || scopes.data === undefined)
    return { state: 'loading', retry };
  if (!isReachable(connection.data) || pack.data.unknown === 'not_connected') return { state: 'not_connected', retry };
  if (pack.data.unknown === 'not_discovered') return { state: 'not_discovered', retry };
  const granted = connection.data.scopes ?? [];
  const wanted = scopes.data.filter(({ features }) => features.includes('skills')).map(({ scope }) => scope);
  // Scopes that can't be read are not known to be missing.
  const missingScopes = granted.length === 0 ? [] : wanted.filter((scope) => !granted.includes(scope));
  return { state: 'ready', portalId: connection.data.portalId, missingScopes, retry };
}

/** Of the account whose objects and fields are known, and may be read. */
export function useKnownPortal(): string | undefined {
  const readiness = useReadiness();
  return readiness.state === 'ready' ? readiness.portalId : undefined;
}

export function useDiscover() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async () => (await answerOf(api.POST('/integrations/hubspot/discover'))).data,
    onSuccess: async ({ objectCount, fieldCount, changes, version }) => {
      const what = `${objectCount} objects with ${fieldCount.toLocaleString()} fields`;
      const news =
        changes === undefined && version > 1 ? 'Nothing has changed.' : 'Skills are checked against that now.';
      tell(`HubSpot holds ${what}. ${news}`);
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: HUBSPOT_KEY }),
        queryClient.invalidateQueries({ queryKey: PORTAL_KEY }),
        // Skills may be broken by what disappeared, or whole again.
        queryClient.invalidateQueries({ queryKey: ['agents'] }),
      ]);
    },
  });
}
