import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type Session, sessionQuery } from './session.js';

const route = getRouteApi('/signed-in');

/** For pages behind the sign-in: there is someone, also in the moment in which the page of a session that ended is left. */
export function useSession(): Session {
  const { session } = route.useRouteContext();
  const { data } = useQuery(sessionQuery);
  return data ?? session;
}
