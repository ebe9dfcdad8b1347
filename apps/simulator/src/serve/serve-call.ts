import type { FastifyReply, FastifyRequest } from 'fastify';
import { authenticate, type Credential } from '../oauth/authenticate.js';
import { invalidInput, missingScopes, Refusal } from '../refuse/refusal.js';
import type { Answer, ApiCall, ApiRoute } from './api-route.js';
import { dropBatchItem, emptyBatch, reportDroppedItem } from './batch-item-fault.js';
import { pathOf, serveWithFaults, type EffectContext, type SerialisedAnswer } from './serve-with-faults.js';
import type { SimulatorState } from './simulator-state.js';

/** Serves one call of the API: bearer token, limits, scopes, body, handler. */
export async function serveCall(
  state: SimulatorState,
  route: ApiRoute,
  dated: boolean,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const arrivedAt = state.clock.now();
  const credential = authenticate(request.headers.authorization, state.oauth, state.portals, arrivedAt);
  const known = credential instanceof Refusal ? undefined : credential;
  const caller = {
    portal: known?.portal,
    appId: known?.appId ?? 0,
    isOAuth: known?.kind === 'oauth',
    route: route.name,
    limit: route.limit,
  };
  // Judged on arrival: latency and faults of the simulator's own must not turn a well-paced client into an offender.
  const admitted = known ? state.limiter.admit(known, route.limit, arrivedAt) : undefined;
  return serveWithFaults(state, caller, request, reply, (context) => {
    if (credential instanceof Refusal) return serialiseRefusal(credential, context.correlationId);
    if (admitted?.refusal) return serialiseRefusal(admitted.refusal, context.correlationId, admitted.headers);
    return takeEffect(state.clock.now(), route, dated, request, credential, admitted?.headers ?? {}, context);
  });
}

function takeEffect(
  now: number,
  route: ApiRoute,
  dated: boolean,
  request: FastifyRequest,
  credential: Credential,
  limitHeaders: Readonly<Record<string, string>>,
  { correlationId, actions }: EffectContext,
): SerialisedAnswer {
  const refuse = (refusal: Refusal): SerialisedAnswer => serialiseRefusal(refusal, correlationId, limitHeaders);
  const text = typeof request.body === 'string' ? request.body : '';
  const given = readBody(text, request.headers['content-type']);
  if (given instanceof Refusal) return refuse(given);
  const item = actions.find((action) => action.kind === 'batch_item');
  const dropped = item ? dropBatchItem(given.body, item.index ?? 0) : undefined;
  const call: ApiCall = {
    credential,
    portal: credential.portal,
    params: request.params as Record<string, string>,
    query: request.query as ApiCall['query'],
    body: dropped ? dropped.body : given.body,
    bodyLength: text.length,
    dated,
    now,
    origin: `${request.protocol}://${request.host}`,
    path: pathOf(request),
  };
  const anyOf = route.scopes(call);
  if (anyOf && !anyOf.some((scope) => credential.scopes.has(scope))) return refuse(missingScopes(anyOf));
  const outcome = dropped?.isOnly ? emptyBatch(now) : route.handle(call);
  if (outcome instanceof Refusal) return refuse(outcome);
  return serialise(item && dropped ? reportDroppedItem(outcome, dropped.input, item) : outcome, limitHeaders);
}

function readBody(text: string, contentType: string | undefined): { readonly body: unknown } | Refusal {
  if (text === '') return { body: undefined };
  if (!contentType?.includes('json')) return new Refusal(415, { message: 'HTTP 415 Unsupported Media Type' });
  try {
    return { body: JSON.parse(text) as unknown };
  } catch (error) {
    return invalidInput(error instanceof Error ? error.message : 'unreadable');
  }
}

const JSON_TYPE = 'application/json;charset=utf-8';

export const serialise = (answer: Answer, headers: Readonly<Record<string, string>> = {}): SerialisedAnswer => ({
  status: answer.status,
  headers: {
    ...(answer.body === undefined ? {} : { 'content-type': JSON_TYPE }),
    ...headers,
    ...answer.headers,
  },
  payload: answer.body === undefined ? '' : JSON.stringify(answer.body),
});

export const serialiseRefusal = (
  refusal: Refusal,
  correlationId: string,
  headers: Readonly<Record<string, string>> = {},
): SerialisedAnswer => ({
  status: refusal.status,
  headers: { 'content-type': JSON_TYPE, ...headers, ...refusal.headers },
  payload: JSON.stringify(refusal.toBody(correlationId)),
});
