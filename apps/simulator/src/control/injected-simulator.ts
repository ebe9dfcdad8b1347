import { createSimulator, type Simulator, type SimulatorOptions } from '../server.js';
import type { JsonObject } from '../serve/read-json.js';
import type { Method } from '../serve/api-route.js';
import { ControlProblem } from './control-route.js';
import { openPortal } from './portal-controls.js';

/** An answer, parsed; `body` is undefined when there was none. */
export interface InjectedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>;
  readonly body: never;
}

/** A simulator with one portal, called without a port: for suites that want neither sockets nor waiting. */
export interface InjectedSimulator extends Simulator {
  readonly hubId: number;
  readonly token: string;
  call(method: Method, url: string, body?: unknown, token?: string): Promise<InjectedAnswer>;
}

/** Limits are off unless the portal's body says otherwise. */
export function injectedSimulator(portal: JsonObject = {}, options: SimulatorOptions = {}): InjectedSimulator {
  const simulator = createSimulator(options);
  const opened = openPortal(simulator.state, {
    limits: { oauthPer10s: null, staticPer10s: null, searchPerSecond: null },
    ...portal,
  });
  if (opened instanceof ControlProblem || opened.token === undefined) {
    throw new Error(opened instanceof ControlProblem ? opened.problem : 'the portal needs a token');
  }
  const { hubId, token } = opened;
  return {
    ...simulator,
    hubId,
    token,
    call: async (method, url, body, bearer = token) => {
      const answer = await simulator.app.inject({
        method,
        url,
        headers: {
          authorization: `Bearer ${bearer}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
      });
      return {
        status: answer.statusCode,
        headers: answer.headers,
        body: (answer.payload === '' ? undefined : JSON.parse(answer.payload)) as never,
      };
    },
  };
}
