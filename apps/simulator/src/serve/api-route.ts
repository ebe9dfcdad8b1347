import type { LimitFamily } from '../limits/rate-limiter.js';
import type { Credential } from '../oauth/authenticate.js';
import type { Portal } from '../portal/portal.js';
import type { Refusal } from '../refuse/refusal.js';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A successful answer; `body` is serialised as JSON, undefined sends none. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One authenticated call of the API, parsed. */
export interface ApiCall {
  readonly credential: Credential;
  readonly portal: Portal;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Parsed JSON; undefined without a body. */
  readonly body: unknown;
  /** UTF-16 units of the body as sent. */
  readonly bodyLength: number;
  /** True on a calendar path such as `/crm/objects/2026-09/…`. */
  readonly dated: boolean;
  /** The simulator's time at which the call takes effect, ms since 1970. */
  readonly now: number;
  /** `http://host:port` as the caller wrote it. */
  readonly origin: string;
  /** The path as called, without the query; links of an answer stay on it. */
  readonly path: string;
}

export interface MountedPath {
  readonly path: string;
  readonly dated: boolean;
}

export interface ApiRoute {
  /** Names the route in faults and statistics, for example `objects.batchCreate`. */
  readonly name: string;
  readonly method: Method;
  readonly paths: readonly MountedPath[];
  readonly limit: LimitFamily;
  /** The scopes of which the caller needs one; null when any credential will do. */
  readonly scopes: (call: ApiCall) => readonly string[] | null;
  readonly handle: (call: ApiCall) => Answer | Refusal;
}

/** The calendar versions mounted on the same handlers as the numbered paths (FACTS §0). */
const CALENDAR_VERSIONS = ['2026-09'] as const;

/** A numbered path (some with aliases) and its calendar form, where `{version}` stands for the date. */
export const mounted = (numbered: string | readonly string[], calendar?: string): MountedPath[] => [
  ...[numbered].flat().map((path) => ({ path, dated: false })),
  ...(calendar === undefined
    ? []
    : CALENDAR_VERSIONS.map((version) => ({ path: calendar.replace('{version}', version), dated: true }))),
];

/** The values of a query parameter given once, several times, or comma-separated. */
export function queryList(call: ApiCall, name: string): string[] {
  const given = call.query[name];
  if (given === undefined) return [];
  return [given]
    .flat()
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

export function queryValue(call: ApiCall, name: string): string | undefined {
  const given = call.query[name];
  return typeof given === 'string' ? given : given?.[0];
}

export const queryFlag = (call: ApiCall, name: string): boolean => queryValue(call, name) === 'true';

/** A path parameter that the route's path is sure to have. */
export const param = (call: ApiCall, name: string): string => call.params[name] ?? '';

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown, location?: string): Answer => ({
  status: 201,
  body,
  ...(location === undefined ? {} : { headers: { location } }),
});
export const noContent: Answer = { status: 204 };
