import { type Mutation, queryOptions, type QueryClient } from '@tanstack/react-query';
import { answerOf, api, type Shape } from '../api/client.js';
import { Problem } from '../api/problem.js';
import { forgetTold } from '../show/tell.js';

export type Session = Shape<'SignedInResponse'>;

declare module '@tanstack/react-query' {
  interface Register {
    mutationMeta: {
      /** Before it is forgotten with the session: a last chance to keep what a person would miss. */
      onForgotten?: (forgotten: Mutation) => void;
    };
  }
}

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

/**
 * The server tells with the page when there is no session: then nobody is asked who is signed in, only to be refused.
 * @returns whether there is none.
 */
export function takeAbsentSession(queryClient: QueryClient): boolean {
  const { content } = document.querySelector<HTMLMetaElement>('meta[name="session"]') ?? {};
  const isAbsent = content === 'none';
  if (isAbsent) queryClient.setQueryData(sessionQuery.queryKey, null);
  return isAbsent;
}

/** Nothing that was read for one person, or told to them, is shown to the next. */
export function replaceSession(queryClient: QueryClient, session: Session | null): void {
  for (const mutation of queryClient.getMutationCache().getAll()) mutation.meta?.onForgotten?.(mutation);
  forgetTold();
  queryClient.clear();
  queryClient.setQueryData(sessionQuery.queryKey, session);
}

/**
 * What was read is forgotten only once no page shows it: what a page shows it would ask for again, and be refused.
 * @param leave goes where nobody needs to be signed in.
 */
export async function endSession(queryClient: QueryClient, leave: () => Promise<void>): Promise<void> {
  queryClient.setQueryData(sessionQuery.queryKey, null);
  await leave();
  replaceSession(queryClient, null);
}
