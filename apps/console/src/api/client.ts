import createClient, { type Middleware } from 'openapi-fetch';
import { Problem } from './problem.js';
import type { components, paths } from './schema.js';

/** Whatever the API's documents name, by their names there. */
export type Shape<Name extends keyof components['schemas']> = components['schemas'][Name];

export const api = createClient<paths>({
  // Same origin; asked at each call, so that tests of a page may stand in for it.
  fetch: (request) => globalThis.fetch(request),
});

type Listener = () => void;
const onSessionEnd = new Set<Listener>();

/** Calls `listener` whenever the API says that nobody is signed in (any more). @returns how to stop. */
export function listenForSessionEnd(listener: Listener): () => void {
  onSessionEnd.add(listener);
  return () => onSessionEnd.delete(listener);
}

/** For whoever hears of it in another way. */
export function announceSessionEnd(): void {
  for (const listener of onSessionEnd) listener();
}

const watchSession: Middleware = {
  onResponse({ response, schemaPath }) {
    // A wrong password is a 401 too, but ends nothing.
    if (response.status === 401 && schemaPath !== '/auth/login') announceSessionEnd();
  },
};
api.use(watchSession);

interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/**
 * What the API answered.
 * @throws Problem for a refusal, a failure, and when the API can't be reached.
 */
export async function answerOf<Data>(call: Promise<Answer<Data>>): Promise<NonNullable<Data>> {
  const { data, error, response } = await call.catch((thrown: unknown) => {
    // Given up by us, not a failure.
    if (thrown instanceof DOMException && thrown.name === 'AbortError') throw thrown;
    throw new Problem(0);
  });
  if (data === undefined || data === null || !response.ok) throw new Problem(response.status, documentIn(error));
  return data;
}

/** What was read, and what it was when it was. */
export interface Tagged<Value> {
  value: Value;
  etag: string | undefined;
}

/** As `answerOf`, with the tag that guards a change of what was read. */
export async function taggedAnswerOf<Data>(call: Promise<Answer<{ data: Data }>>): Promise<Tagged<Data>> {
  let etag: string | undefined;
  const answer = await answerOf(
    call.then((answered) => {
      etag = answered.response.headers.get('etag') ?? undefined;
      return answered;
    }),
  );
  return { value: answer.data, etag };
}

function documentIn(error: unknown): Partial<Shape<'ProblemResponse'>> {
  return typeof error === 'object' && error !== null ? error : {};
}
