import { spawnProgram, untilReady, type SpawnedProgram } from '@app/testing';

/** An answer as it came over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON where it is JSON, else the text; undefined when nothing came. */
  readonly body: unknown;
}

export interface CallOptions {
  readonly token?: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as a form. */
  readonly form?: Readonly<Record<string, string>>;
}

export interface RunningSimulator extends SpawnedProgram {
  readonly url: string;
  call(method: string, path: string, options?: CallOptions): Promise<WireAnswer>;
  /** A call of the control API; throws with its words when it refuses. */
  control<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T>;
}

/** The built simulator as a process of its own, on a free port. */
export async function startSimulator(env: Readonly<Record<string, string>> = {}): Promise<RunningSimulator> {
  const program = spawnProgram({ entry: 'apps/simulator/src/main.js', env: { SIMULATOR_PORT: '0', ...env } });
  const url = await untilReady(program, {
    what: 'the simulator',
    ready: () => program.logs().find((line) => typeof line['listening'] === 'string')?.['listening'] as string,
  });
  return {
    ...program,
    url,
    call: (method, path, options) => callOver(url + path, method, options),
    control: async <T>(method: string, path: string, body?: unknown): Promise<T> => {
      const answer = await callOver(`${url}/_control${path}`, method, body === undefined ? {} : { body });
      if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body as T;
    },
  };
}

async function callOver(url: string, method: string, { token, body, form }: CallOptions = {}): Promise<WireAnswer> {
  const content =
    form === undefined
      ? body === undefined
        ? {}
        : { body: JSON.stringify(body), type: 'application/json' }
      : { body: new URLSearchParams(form).toString(), type: 'application/x-www-form-urlencoded' };
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(content.type === undefined ? {} : { 'content-type': content.type }),
    },
    ...(content.body === undefined ? {} : { body: content.body }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : isJson ? (JSON.parse(text) as unknown) : text,
  };
}
