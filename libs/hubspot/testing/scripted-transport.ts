import type { HubSpotCall, HubSpotReply } from '../src/client/hubspot-transport.js';

export type ScriptedAnswer =
  { status: number; body?: unknown; headers?: Record<string, string> } | { failure: unknown };

/** A call together with the parsed inputs of its body, as scripts look at it. */
export interface ScriptedCall extends HubSpotCall {
  fields: Record<string, unknown>;
  /** Of a batch; of anything else none. */
  inputs: Record<string, unknown>[];
}

export type Script = (call: ScriptedCall, nth: number) => ScriptedAnswer;

/** HubSpot's side of the wire without a wire: the test decides every answer and sees every call. */
export class ScriptedTransport {
  readonly seen: ScriptedCall[] = [];

  constructor(public script: Script) {}

  send(call: HubSpotCall): Promise<HubSpotReply> {
    // Through JSON, as on a real wire: nothing is shared, undefined members disappear.
    const fields = JSON.parse(JSON.stringify(call.body ?? {})) as Record<string, unknown>;
    const inputs = Array.isArray(fields['inputs']) ? (fields['inputs'] as Record<string, unknown>[]) : [];
    const scripted = { ...call, fields, inputs };
    this.seen.push(scripted);
    const answer = this.script(scripted, this.seen.length);
    if ('failure' in answer) return Promise.resolve(answer);
    const { status, body, headers = {} } = answer;
    const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
    return Promise.resolve({ status, headers, text });
  }

  get paths(): string[] {
    return this.seen.map(({ method, path }) => `${method} ${path}`);
  }
}

/** What `fetch` throws when the connection is lost after the request went out. */
export function lostConnection(): ScriptedAnswer {
  return {
    failure: new TypeError('fetch failed', {
      cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }),
    }),
  };
}
