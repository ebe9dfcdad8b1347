import { knowText } from '@app/testing';

/** What the API answered. */
export interface Answer<T = unknown> {
  status: number;
  headers: Headers;
  body: { data: T; nextCursor?: string };
}

export interface DeliveryAnswer {
  id: string;
  conversationId: string;
  status: string;
  reason?: string;
  detail?: string;
  matchedBy?: string;
  tied?: number;
  contactId?: string;
  entries: { type: string; id: string; part: number; parts: number; url?: string }[];
  traceId?: string;
  attempts: { at: string; outcome: string; detail: string; traceId?: string }[];
}

export interface ConversationAnswer {
  id: string;
  externalId?: string;
  delivery?: DeliveryAnswer;
}

export interface StatsAnswer {
  written: number;
  pending: number;
  skipped: Record<string, number>;
  failed: Record<string, number>;
}

/** A tenant's REST client, as another system would write it. */
export interface TenantApi {
  get: <T>(path: string) => Promise<Answer<T>>;
  post: <T>(path: string, body?: unknown) => Promise<Answer<T>>;
  patch: <T>(path: string, body: unknown, headers?: Readonly<Record<string, string>>) => Promise<Answer<T>>;
  stats: () => Promise<StatsAnswer>;
  /** All of them, page by page. */
  deliveries: () => Promise<DeliveryAnswer[]>;
}

export function createTenantApi(url: string, apiKey: string): TenantApi {
  const call = async <T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer<T>> => {
    textsIn(body).forEach(knowText);
    const response = await fetch(url + path, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(60_000),
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Answer<T>['body'] };
  };
  return {
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    patch: (path, body, headers) => call('PATCH', path, body, headers),
    stats: async () => (await call<StatsAnswer>('GET', '/integrations/hubspot/writeback/stats')).body.data,
    deliveries: async () => {
      const all: DeliveryAnswer[] = [];
      let cursor: string | undefined;
      do {
        const page = await call<DeliveryAnswer[]>(
          'GET',
          `/integrations/hubspot/deliveries?limit=100${cursor === undefined ? '' : `&cursor=${cursor}`}`,
        );
        all.push(...page.body.data);
        cursor = page.body.nextCursor;
      } while (cursor !== undefined);
      return all;
    },
  };
}

/** What people wrote, wherever it stands in a request. */
function textsIn(body: unknown): string[] {
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([name, value]: [string, unknown]) =>
    name === 'text' && typeof value === 'string' ? [value] : textsIn(value),
  );
}
