import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { classifyAnswer, type Circumstances } from './classify-answer.js';
import { deferralOf } from './hubspot-answer.js';
import type { HubSpotReply } from './hubspot-transport.js';

const now = new Date('2026-11-21T10:00:00Z');
const writing: Circumstances = { write: true, now, timeZone: 'Europe/Berlin' };
const reading: Circumstances = { ...writing, write: false };

function reply(status: number, body: unknown = '', headers: Record<string, string> = {}): HubSpotReply {
  return { status, headers, text: typeof body === 'string' ? body : JSON.stringify(body) };
}

function failure(code: string, extra: object = {}): HubSpotReply {
  return { failure: new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code, ...extra }) }) };
}

describe('classifyAnswer', () => {
  it.each([
    [200, { results: [] }],
    [201, { results: [] }],
    [207, { results: [], errors: [] }],
  ])('takes %d with JSON for an answer', (status, body) => {
    expect(classifyAnswer(reply(status, body), writing)).toEqual({ outcome: 'ok', status, body });
  });

  it('takes 204 for an answer without a body', () => {
    expect(classifyAnswer(reply(204), writing)).toEqual({ outcome: 'ok', status: 204, body: undefined });
  });

  it.each([['{"results":[{"id"'], [''], ['<html></html>'], ['"text"'], ['null'], ['7']])(
    'does not trust a success whose body is %j: a write may be committed',
    (body) => {
      expect(classifyAnswer(reply(201, body), writing)).toMatchObject({ outcome: 'unavailable', committed: 'unknown' });
      expect(classifyAnswer(reply(200, body), reading)).toMatchObject({ outcome: 'unavailable', committed: 'no' });
    },
  );

  it('does not trust a success that broke off', () => {
    const broken: HubSpotReply = { status: 201, headers: {}, text: undefined };
    expect(classifyAnswer(broken, writing)).toMatchObject({ committed: 'unknown', lostConnection: true });
  });

  it.each([500, 502, 503, 504, 521, 522, 523, 524, 408, 499])('leaves a write unknown on %d', (status) => {
    const html = '<html><h1>502 Bad Gateway</h1></html>';
    expect(classifyAnswer(reply(status, html), writing)).toMatchObject({
      outcome: 'unavailable',
      committed: 'unknown',
    });
    expect(classifyAnswer(reply(status, html), reading)).toMatchObject({ outcome: 'unavailable', committed: 'no' });
  });

  it.each([
    ['ECONNREFUSED', {}],
    ['ENOTFOUND', { syscall: 'getaddrinfo' }],
    ['EAI_AGAIN', { syscall: 'getaddrinfo' }],
    ['ETIMEDOUT', { syscall: 'connect' }],
    ['ECONNRESET', { syscall: 'connect' }],
    ['UND_ERR_CONNECT_TIMEOUT', {}],
    ['CERT_HAS_EXPIRED', {}],
  ])('knows that %s %j never reached HubSpot', (code, extra) => {
    expect(classifyAnswer(failure(code, extra), writing)).toMatchObject({ outcome: 'unavailable', committed: 'no' });
  });

  it('looks into each attempt of a connect over IPv6 and IPv4', () => {
    const attempts = ['::1', '127.0.0.1'].map((address) => Object.assign(new Error(address), { code: 'ECONNREFUSED' }));
    const failed = { failure: new TypeError('fetch failed', { cause: new AggregateError(attempts) }) };
    expect(classifyAnswer(failed, writing)).toMatchObject({ committed: 'no' });
  });

  it.each([
    ['ECONNRESET', { syscall: 'read' }],
    ['UND_ERR_SOCKET', {}],
    ['EPIPE', { syscall: 'write' }],
    ['UND_ERR_HEADERS_TIMEOUT', {}],
  ])('leaves a write unknown on %s', (code, extra) => {
    expect(classifyAnswer(failure(code, extra), writing)).toMatchObject({ committed: 'unknown', lostConnection: true });
    expect(classifyAnswer(failure(code, extra), reading)).toMatchObject({ committed: 'no' });
  });

  it('leaves a write unknown when time ran out', () => {
    const timedOut = { failure: new DOMException('The operation was aborted due to timeout', 'TimeoutError') };
    const answer = classifyAnswer(timedOut, writing);
    expect(answer).toMatchObject({ committed: 'unknown', detail: 'HubSpot did not answer in time' });
  });

  it('names the missing scopes', () => {
    const body = {
      category: 'MISSING_SCOPES',
      errors: [{ context: { requiredGranularScopes: ['crm.objects.contacts.write', 'crm.objects.contacts.write'] } }],
    };
    expect(classifyAnswer(reply(403, body), writing)).toEqual({
      outcome: 'missing_scopes',
      scopes: ['crm.objects.contacts.write'],
    });
    expect(classifyAnswer(reply(403, { category: 'MISSING_SCOPES' }), writing)).toEqual({
      outcome: 'missing_scopes',
      scopes: [],
    });
    expect(classifyAnswer(reply(403, { message: 'no' }), writing)).toMatchObject({ outcome: 'refused' });
  });

  it.each([
    ['TEN_SECONDLY_ROLLING', { policyName: 'TEN_SECONDLY_ROLLING' }, 10],
    ['SECONDLY', { policyName: 'SECONDLY' }, 1],
    ['SECONDLY', { message: 'You have reached your secondly limit.' }, 1],
    ['TEN_SECONDLY_ROLLING', { message: 'You have reached your ten_secondly_rolling limit.' }, 10],
    // Berlin is one hour ahead of UTC in November: 10:00 UTC is 11:00, thirteen hours to midnight.
    ['DAILY', { policyName: 'DAILY' }, 13 * 3600],
    ['unnamed', '<html>Too Many Requests</html>', undefined],
  ])('tells a 429 of policy %s', (policy, body, retryAfterSeconds) => {
    expect(classifyAnswer(reply(429, body), writing)).toEqual({
      outcome: 'throttled',
      by: 'hubspot',
      policy,
      retryAfterSeconds,
    });
  });

  it('honours Retry-After in seconds and as a date', () => {
    const asked = (value: string) =>
      classifyAnswer(reply(429, { policyName: 'DAILY' }, { 'retry-after': value }), writing);
    expect(asked('7')).toMatchObject({ retryAfterSeconds: 7 });
    expect(asked('Sat, 21 Nov 2026 10:01:00 GMT')).toMatchObject({ retryAfterSeconds: 60 });
    expect(asked('soon')).toMatchObject({ retryAfterSeconds: 13 * 3600 });
    expect(classifyAnswer(reply(503, '', { 'retry-after': '9' }), reading)).toMatchObject({ retryAfterSeconds: 9 });
  });

  it('waits at least two seconds for a lock, and as long as HubSpot says for a migration', () => {
    expect(classifyAnswer(reply(423), writing)).toEqual({ outcome: 'locked', status: 423, retryAfterSeconds: 2 });
    expect(classifyAnswer(reply(423, '', { 'retry-after': '1' }), writing)).toMatchObject({ retryAfterSeconds: 2 });
    expect(classifyAnswer(reply(477, '', { 'retry-after': '3600' }), writing)).toMatchObject({
      retryAfterSeconds: 3600,
    });
  });

  it('reads a refusal with everything missing, and with everything there', () => {
    const bare = { outcome: 'refused', refusal: { status: 400, context: {}, errors: [] } };
    for (const body of ['', '{"status":"err', '[]', '{}', '{"errors":"x","context":[1]}']) {
      expect(classifyAnswer(reply(400, body), writing)).toEqual(bare);
    }
    const inText = {
      message: 'Property values were not valid: [{"message":"bad","error":"INVALID_EMAIL","name":"email"}]',
    };
    expect(classifyAnswer(reply(400, inText), writing)).toMatchObject({
      refusal: { errors: [{ message: 'bad', code: 'INVALID_EMAIL', context: { propertyName: ['email'] } }] },
    });
  });

  it('does not take the word of a proxy for HubSpot refusing the record, except that it is too large', () => {
    const html = '<!doctype html><title>Attention Required</title>';
    expect(classifyAnswer(reply(403, html), writing)).toMatchObject({ outcome: 'unavailable', committed: 'no' });
    expect(classifyAnswer(reply(413, html), writing)).toMatchObject({ outcome: 'refused' });
  });

  it('never takes a 4xx for committed, never throws, and puts every "not now" into words', () => {
    const statuses = fc.integer({ min: 100, max: 999 });
    const bodies = fc.oneof(fc.json(), fc.string());
    fc.assert(
      fc.property(
        statuses,
        bodies,
        fc.dictionary(fc.constantFrom('retry-after', 'x'), fc.string()),
        (status, text, headers) => {
          const answer = classifyAnswer({ status, headers, text }, writing);
          const committed = answer.outcome === 'unavailable' && answer.committed === 'unknown';
          if (status >= 400 && status < 500 && status !== 408 && status !== 499) expect(committed).toBe(false);
          if (status >= 500) expect(committed).toBe(true);
          if (answer.outcome !== 'ok' && answer.outcome !== 'refused') expect(deferralOf(answer).detail).not.toBe('');
        },
      ),
    );
  });
});
