import { Client } from '@hubspot/api-client';
import { Request } from '@hubspot/api-client/lib/src/services/http/Request.js';
import { anySignal } from './any-signal.js';
import type { Stopping } from './stopping.js';

/** What comes back over the wire, unjudged. */
export type HubSpotReply =
  | {
      status: number;
      /** Keys in lower case. */
      headers: Record<string, string>;
      /** Undefined: the connection broke after the status line, within the body. */
      text: string | undefined;
    }
  | { failure: unknown };

export interface HubSpotCall {
  accessToken: string;
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  path: string;
  query?: Record<string, string>;
  body?: object;
  /** Whoever asked has gone: the call is cut off. */
  signal?: AbortSignal;
}

type ApiRequestOptions = NonNullable<Parameters<Client['apiRequest']>[0]>;

/**
 * The SDK's client builds the request; this sends it. `Client.apiRequest` takes no AbortSignal and has no time-out
 * (HubSpot/hubspot-api-nodejs#387), so a HubSpot that stops answering would hold a worker for ever. Its limiter and
 * retries stay off: they are one per process, whatever the portal.
 */
class AbortableClient extends Client {
  override apiRequest(options: ApiRequestOptions & { signal?: AbortSignal } = {}): Promise<Response> {
    const request = new Request(this.config, options);
    // A redirect would carry the token to another host and turn a POST into a GET.
    return fetch(request.getUrl(), { ...request.getSendData(), signal: options.signal, redirect: 'manual' });
  }
}

const DEFAULT_TIMEOUT_MS = 20_000;

/** Sends one request and waits for the whole answer, at most `timeoutMs`, or until the process ends; then the socket is destroyed. Never throws. */
export class HubSpotTransport {
  private readonly client: AbortableClient;

  /** @param apiUrl e.g. `https://api.hubapi.com`, without a slash at the end. */
  constructor(
    apiUrl: string,
    private readonly timeoutMs = DEFAULT_TIMEOUT_MS,
    private readonly stopping?: Stopping,
  ) {
    this.client = new AbortableClient({ basePath: apiUrl });
  }

  async send(call: HubSpotCall): Promise<HubSpotReply> {
    const over = anySignal([AbortSignal.timeout(this.timeoutMs), call.signal, this.stopping?.cutOff]);
    try {
      const response = await this.client.apiRequest({
        method: call.method,
        path: call.path,
        qs: call.query,
        body: call.body,
        headers: { Authorization: `Bearer ${call.accessToken}` },
        signal: over.signal,
      });
      const text = await response.text().catch(() => undefined);
      return { status: response.status, headers: Object.fromEntries(response.headers), text };
    } catch (failure) {
      return { failure };
    } finally {
      over.release();
    }
  }
}
