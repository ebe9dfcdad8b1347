import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Portal } from '../portal/portal.js';
import { isObject, type JsonObject } from '../serve/read-json.js';
import type { Method } from '../serve/api-route.js';
import type { SimulatorState } from '../serve/simulator-state.js';

/** One call of the control API. */
export interface ControlCall {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly body: JsonObject;
}

/** What a control call answers: JSON with 200, or a sentence about what is wrong with the call. */
export class ControlProblem {
  constructor(
    readonly status: number,
    readonly problem: string,
  ) {}
}

export const badCall = (problem: string): ControlProblem => new ControlProblem(400, problem);

export type ControlHandler = (call: ControlCall) => unknown;

/** Mounts a control route under `/_control`. Its changes are kept like any other before it answers. */
export function controlRoute(
  app: FastifyInstance,
  state: SimulatorState,
  method: Method,
  path: string,
  handle: ControlHandler,
): void {
  app.route({
    method,
    url: `/_control${path}`,
    handler: (request: FastifyRequest, reply: FastifyReply) => {
      const outcome = run(request, handle);
      state.journal.commit();
      if (outcome instanceof ControlProblem) {
        return reply.code(outcome.status).send({ problem: outcome.problem });
      }
      return reply.send(outcome);
    },
  });
}

function run(request: FastifyRequest, handle: ControlHandler): unknown {
  let body: unknown = {};
  const text = typeof request.body === 'string' ? request.body : '';
  try {
    if (text !== '') body = JSON.parse(text);
  } catch (error) {
    return badCall(`the body is not JSON: ${error instanceof Error ? error.message : 'unreadable'}`);
  }
  if (!isObject(body)) return badCall('the body must be a JSON object');
  return handle({
    params: request.params as Record<string, string>,
    query: request.query as Record<string, string | undefined>,
    body,
  });
}

export const notFound = (what: string): ControlProblem => new ControlProblem(404, `${what} not found`);

/** The portal of a path with `:hubId`. */
export const portalOf = (state: SimulatorState, call: ControlCall): Portal | ControlProblem =>
  state.portals.find(Number(call.params['hubId'])) ?? notFound(`portal ${call.params['hubId']}`);
