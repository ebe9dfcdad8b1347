import { PlainFailure } from '../errors/plain-failure.ts';

export const TIMEOUT_MS = 30_000;

export interface Answer {
  status: number;
  headers: Headers;
  /** Parsed JSON, if it was any. */
  body: unknown;
}

interface Call {
  method?: 'GET' | 'POST' | 'PUT';
  token?: string;
  headers?: Readonly<Record<string, string>>;
  body?: unknown;
}

/** One call with JSON either way; redirects are answers like others. */
export async function call(
  url: string,
  { token, headers, body, method = body === undefined ? 'GET' : 'POST' }: Call = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const text = await response.text();
  try {
    return { status: response.status, headers: response.headers, body: JSON.parse(text) };
  } catch {
    return { status: response.status, headers: response.headers, body: undefined };
  }
}

/** Those of a JSON object; of anything else none. */
export function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

export function unexpected(method: string, url: string, status: number, body?: unknown): PlainFailure {
  const { detail } = fields(body);
  const reason = typeof detail === 'string' ? `: ${detail}` : '';
  return new PlainFailure(
    `${method} ${new URL(url, 'http://localhost').pathname} answered ${status}${reason}. See the logs in the data folder.`,
  );
}
