import { classifyFailure } from './classify-failure.js';
import type { HubSpotAnswer } from './hubspot-answer.js';
import type { HubSpotReply } from './hubspot-transport.js';
import { secondsUntilMidnight } from './portal-midnight.js';
import { fieldsOf, listOf, parseJson, textOf } from './read-json.js';
import { readRefusal } from './read-refusal.js';

/** What an answer is judged by beside itself. */
export interface Circumstances {
  /** Whether the request can change anything in HubSpot: only then may an outcome be unknown. */
  write: boolean;
  now: Date;
  /** The portal's: a daily limit ends at its midnight. */
  timeZone?: string;
}

/** 423: HubSpot asks for at least 2 s. 477: it sends `Retry-After`; a minute when it doesn't. */
const LOCK_SECONDS = { 423: 2, 477: 60 } as const;
const POLICY_SECONDS: Record<string, number> = { SECONDLY: 1, TEN_SECONDLY_ROLLING: 10 };

/**
 * The one place that says what an answer means. A 4xx commits nothing. A 5xx, a lost connection, or a success that
 * can't be read leaves a write unknown: HubSpot may have carried it out.
 */
export function classifyAnswer(reply: HubSpotReply, { write, now, timeZone }: Circumstances): HubSpotAnswer {
  if ('failure' in reply) return classifyFailure(reply.failure, write);
  const { status, headers, text } = reply;
  const retryAfterSeconds = readRetryAfter(headers['retry-after'], now);
  const body = parseJson(text ?? '');
  const unavailable = (committed: 'no' | 'unknown', detail: string): HubSpotAnswer => ({
    outcome: 'unavailable',
    committed: write ? committed : 'no',
    detail,
    retryAfterSeconds,
    lostConnection: text === undefined,
  });

  if (status === 204) return { outcome: 'ok', status, body: undefined };
  if (status >= 200 && status < 300) {
    if (typeof body === 'object' && body !== null) return { outcome: 'ok', status, body };
    return unavailable('unknown', `HubSpot answered ${status} with a body that can't be read`);
  }
  if (status === 401) return { outcome: 'unauthorised' };
  if (status === 423 || status === 477) {
    return { outcome: 'locked', status, retryAfterSeconds: Math.max(retryAfterSeconds ?? 0, LOCK_SECONDS[status]) };
  }
  if (status === 429) return throttled(body, retryAfterSeconds, now, timeZone);
  // 408 and 499 say that someone on the way gave up waiting; the request may have got through.
  if (status === 408 || status === 499) return unavailable('unknown', `HubSpot answered ${status}`);
  if (status >= 400 && status < 500) {
    const refusal = readRefusal(status, body);
    const scopes = status === 403 ? missingScopes(refusal.category, body) : undefined;
    if (scopes !== undefined) return { outcome: 'missing_scopes', scopes };
    if (isFromTheEdge(status, text)) return unavailable('no', `HubSpot's edge answered ${status}`);
    return { outcome: 'refused', refusal };
  }
  if (status < 400) return unavailable('no', `HubSpot answered ${status}`);
  return unavailable('unknown', `HubSpot answered ${status}`);
}

/** Bodies seen: `policyName` in all three; `Retry-After` is undocumented, so it is honoured but not relied on. */
function throttled(body: unknown, retryAfterSeconds: number | undefined, now: Date, timeZone?: string): HubSpotAnswer {
  const fields = fieldsOf(body);
  const policy = textOf(fields['policyName']) ?? policyNamedIn(textOf(fields['message'])) ?? 'unnamed';
  const byPolicy = policy === 'DAILY' ? secondsUntilMidnight(now, timeZone) : POLICY_SECONDS[policy];
  return { outcome: 'throttled', by: 'hubspot', policy, retryAfterSeconds: retryAfterSeconds ?? byPolicy };
}

function policyNamedIn(message = ''): string | undefined {
  const [, name] = /your (secondly|ten_secondly_rolling|daily) limit/i.exec(message) ?? [];
  return name?.toUpperCase();
}

/** Undefined: a 403 for another reason. */
function missingScopes(category: string | undefined, body: unknown): string[] | undefined {
  const scopes = listOf(fieldsOf(body)['errors'])
    .flatMap((error) => listOf(fieldsOf(fieldsOf(error)['context'])['requiredGranularScopes']))
    .filter((scope) => typeof scope === 'string');
  return category === 'MISSING_SCOPES' || scopes.length > 0 ? [...new Set(scopes)] : undefined;
}

/**
 * HTML is not HubSpot's API speaking but something in front of it, so it says nothing about the record. Except 413 and
 * 414: too large is too large, whoever says so.
 */
function isFromTheEdge(status: number, text = ''): boolean {
  return status !== 413 && status !== 414 && text.trimStart().startsWith('<');
}

/** Seconds, or an HTTP date. Nothing usable: undefined. */
function readRetryAfter(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(header.trim())) return Math.ceil(Number(header));
  const moment = Date.parse(header);
  return Number.isNaN(moment) ? undefined : Math.max(1, Math.ceil((moment - now.getTime()) / 1000));
}
