import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Complaints, ENDED_ELSEWHERE, SIGNED_OUT } from './complaints.js';

interface Answered {
  status: number;
  path: string;
  /** Undefined: the page went elsewhere before it was read. */
  body?: object | string;
}

/** @returns what was complained of. */
async function complaintsOf(answered: readonly Answered[], refusals?: RegExp): Promise<readonly string[]> {
  const page = new EventEmitter();
  const complaints = new Complaints(refusals);
  complaints.listen(page as unknown as Page);
  for (const { status, path, body } of answered) {
    const text = typeof body === 'object' ? JSON.stringify(body) : body;
    page.emit('response', {
      status: () => status,
      url: () => `http://localhost${path}?a=b`,
      request: () => ({ method: () => 'GET', isNavigationRequest: () => false }),
      text: () =>
        text === undefined ? Promise.reject(new Error('No resource with given identifier')) : Promise.resolve(text),
    });
  }
  return complaints.all();
}

const PROPERTIES = '/integrations/hubspot/properties';
const over = { status: 401, path: '/users', body: { code: 2004, reason: 'session_over' } };
const ended = { status: 403, path: PROPERTIES, body: { code: 2010, reason: 'not_connected' } };

describe('what a browser complains of', () => {
  it('is every refusal that the journey doesn’t name, with its code', async () => {
    expect(await complaintsOf([over, ended, { status: 200, path: '/users', body: {} }])).toEqual([
      'GET /users → 401, code 2004 (session_over)',
      `GET ${PROPERTIES} → 403, code 2010 (not_connected)`,
    ]);
    expect(await complaintsOf([over, ended], ENDED_ELSEWHERE)).toEqual(['GET /users → 401, code 2004 (session_over)']);
  });

  it('is none that it names', async () => {
    expect(await complaintsOf([ended], ENDED_ELSEWHERE)).toEqual([]);
    expect(await complaintsOf([over, { status: 401, path: '/auth/me', body: { code: 2012 } }], SIGNED_OUT)).toEqual([]);
    expect(await complaintsOf([{ status: 401, path: '/users', body: { code: 2004 } }], SIGNED_OUT)).toEqual([
      'GET /users → 401, code 2004',
    ]);
  });

  it('is never that HubSpot is slow', async () => {
    const slow = { status: 503, path: PROPERTIES, body: { code: 3002, reason: 'hubspot_slow' } };
    expect(await complaintsOf([slow])).toEqual([]);
    expect(await complaintsOf([{ ...slow, body: { code: 3002 } }])).toEqual([`GET ${PROPERTIES} → 503, code 3002`]);
  });

  it('is told by method, path and status where the body is gone', async () => {
    const gone = [
      { status: 401, path: '/users' },
      { status: 403, path: PROPERTIES },
    ];
    expect(await complaintsOf(gone, SIGNED_OUT)).toEqual([`GET ${PROPERTIES} → 403, its body is gone`]);
    expect(await complaintsOf(gone, ENDED_ELSEWHERE)).toEqual(['GET /users → 401, its body is gone']);
    // One that is there and says something else is not gone.
    expect(await complaintsOf([{ status: 401, path: '/users', body: '<html>' }], SIGNED_OUT)).toEqual([
      'GET /users → 401',
    ]);
  });
});
