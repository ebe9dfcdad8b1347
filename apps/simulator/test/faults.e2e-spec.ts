import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { waitFor } from '@app/testing';
import { startSimulator, type RunningSimulator, type WireAnswer } from './running-simulator.js';
import type { Json } from './watched-calls.js';

const NOTES = '/crm/objects/2026-09/notes';
const note = (text: string): Json => ({ properties: { hs_timestamp: '2026-11-21T10:00:00Z', hs_note_body: text } });

let simulator: RunningSimulator;
let hubId = 4_500_000;
let token: string;

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());
beforeEach(async () => {
  hubId += 1;
  ({ token } = await simulator.control<{ token: string }>('POST', '/portals', { hubId }));
});

const arm = (rule: Json): Promise<Json> => simulator.control('POST', '/faults', { hubId, times: 1, ...rule });
const write = (): Promise<WireAnswer> => simulator.call('POST', NOTES, { token, body: note('x') });
const kept = async (): Promise<number> =>
  (await simulator.control<{ results: unknown[] }>('GET', `/portals/${hubId}/records/notes`)).results.length;

describe('a connection that breaks', () => {
  it.each([
    ['before', 0],
    ['after', 1],
  ] as const)('%s the write took effect leaves %d notes, and the client can not know', async (when, left) => {
    await arm({ actions: [{ kind: 'reset', when }] });
    await expect(write()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    expect(await kept()).toBe(left);
    const stats = await simulator.control<{ lastCalls: Json[] }>('GET', `/stats?hubId=${hubId}`);
    expect(stats.lastCalls.at(-1)).toMatchObject({ route: 'objects.create', status: 0 });
    expect((await write()).status).toBe(201);
  });
});

describe('an answer that says one thing while another happened', () => {
  it.each([
    [{ status: 500, when: 'before' }, 0],
    [{ status: 500, when: 'after' }, 1],
    [{ status: 503, when: 'after' }, 1],
    [{ status: 423, when: 'before' }, 0],
    [{ status: 477, when: 'before', retryAfterSeconds: 30 }, 0],
  ] as const)('%p leaves %d notes', async (action, left) => {
    await arm({ actions: [{ kind: 'status', ...action }] });
    const answer = await write();
    expect(answer.status).toBe(action.status);
    expect(answer.body).toMatchObject({ status: 'error', correlationId: expect.any(String) });
    expect(answer.headers.get('retry-after')).toBe('retryAfterSeconds' in action ? '30' : null);
    expect(await kept()).toBe(left);
  });

  it('may be the HTML of a proxy', async () => {
    await arm({ actions: [{ kind: 'status', status: 502 }] });
    const answer = await write();
    expect([answer.status, answer.headers.get('content-type')]).toEqual([502, 'text/html;charset=utf-8']);
    expect(String(answer.body)).toContain('502 Bad Gateway');
  });

  it('may end in the middle of its JSON', async () => {
    await arm({ actions: [{ kind: 'truncate' }] });
    await expect(write()).rejects.toThrow(/JSON/);
    expect(await kept()).toBe(1);
  });

  it('may be an expired token or a missing scope', async () => {
    await arm({ actions: [{ kind: 'status', status: 401 }] });
    expect((await write()).body).toMatchObject({ category: 'EXPIRED_AUTHENTICATION' });
    await arm({ actions: [{ kind: 'status', status: 403 }] });
    expect((await write()).body).toMatchObject({ category: 'MISSING_SCOPES' });
  });
});

describe('a slow answer', () => {
  it.each(['before', 'after'] as const)('that a client gives up on commits all the same (delay %s)', async (when) => {
    await arm({ actions: [{ kind: 'delay', ms: 400, when }] });
    const given = fetch(simulator.url + NOTES, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(note('late')),
      signal: AbortSignal.timeout(150),
    });
    await expect(given).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(await kept()).toBe(when === 'before' ? 0 : 1);
    await waitFor(async () => (await kept()) === 1, { what: 'the late write' });
  });
});

describe('a batch that fails in part', () => {
  it('drops the named item into a 207, and keeps the rest', async () => {
    await arm({
      route: 'objects.batchCreate',
      actions: [{ kind: 'batch_item', index: 1, category: 'VALIDATION_ERROR', message: 'not this one' }],
    });
    const inputs = ['a', 'b', 'c'].map((text) => ({ ...note(text), objectWriteTraceId: text }));
    const answer = await simulator.call('POST', `${NOTES}/batch/create`, { token, body: { inputs } });
    expect(answer.status).toBe(207);
    expect(answer.body).toMatchObject({
      status: 'COMPLETE',
      numErrors: 1,
      errors: [{ category: 'VALIDATION_ERROR', message: 'not this one' }],
    });
    expect((answer.body as { results: Json[] }).results.map((each) => each['objectWriteTraceId'])).toEqual(['a', 'c']);
    expect(await kept()).toBe(2);
  });

  it('reports its own refusals per input only when every input can be told apart', async () => {
    const bad = { properties: { ...(note('b')['properties'] as Json), no_such_property: '1' } };
    const named = [
      { ...note('a'), objectWriteTraceId: 'a' },
      { ...bad, objectWriteTraceId: 'b' },
    ];
    const partly = await simulator.call('POST', `${NOTES}/batch/create`, { token, body: { inputs: named } });
    expect(partly.status).toBe(207);
    expect(partly.body).toMatchObject({ numErrors: 1, errors: [{ context: { objectWriteTraceId: ['b'] } }] });
    expect(await kept()).toBe(1);
    const unnamed = await simulator.call('POST', `${NOTES}/batch/create`, {
      token,
      body: { inputs: [note('c'), bad] },
    });
    expect(unnamed.status).toBe(400);
    expect(await kept()).toBe(1);
  });
});

/** The statuses of twenty calls under one rule. */
const draw = async (): Promise<number[]> => {
  const { id } = await arm({
    id: `draw-${hubId}`,
    times: 100,
    probability: 0.5,
    seed: 7,
    actions: [{ kind: 'status', status: 500 }],
  });
  const statuses: number[] = [];
  for (let call = 0; call < 20; call += 1) statuses.push((await simulator.call('GET', NOTES, { token })).status);
  await simulator.control('DELETE', `/faults/${String(id)}`);
  return statuses;
};

describe('a rule', () => {
  it('hits the calls it names, after those it lets pass, as often as it says', async () => {
    await arm({
      method: 'POST',
      path: '/crm/objects/*/notes',
      skip: 1,
      times: 2,
      actions: [{ kind: 'status', status: 503 }],
    });
    const statuses: number[] = [];
    for (let call = 0; call < 5; call += 1) statuses.push((await write()).status);
    expect(statuses).toEqual([201, 503, 503, 201, 201]);
    expect((await simulator.call('GET', NOTES, { token })).status).toBe(200);
  });

  it('draws the same calls from the same seed', async () => {
    const first = await draw();
    expect(new Set(first)).toEqual(new Set([200, 500]));
    expect(await draw()).toEqual(first);
  });

  it('leaves other portals alone', async () => {
    await arm({ times: 5, actions: [{ kind: 'status', status: 500 }] });
    const other = await simulator.control<{ token: string }>('POST', '/portals', {});
    expect((await simulator.call('GET', NOTES, { token: other.token })).status).toBe(200);
  });
});
