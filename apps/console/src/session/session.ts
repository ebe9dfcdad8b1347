import { queryOptions, type QueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { answerOf, api, type Shape } from '../api/client.js';
import { Problem } from '../api/problem.js';

export type Session = Shape<'SignedInResponse'>;

/** Who is signed in; `null`: nobody. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async (): Promise<Session | null> => {
    try {
      return (await answerOf(api.GET('/auth/me'))).data;
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 60_000,
});

/** For pages behind the sign-in: there is someone. */
export function useSession(): Session {
  const { data } = useSuspenseQuery(sessionQuery);
  if (data === null) throw new Problem(401, { detail: 'Nobody is signed in.' });
  return data;
}

/** Nothing that was read for one person is shown to the next. */
export function replaceSession(queryClient: QueryClient, session: Session | null): void {
  queryClient.clear();
  queryClient.setQueryData(sessionQuery.queryKey, session);
}
