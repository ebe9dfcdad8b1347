import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findFreePort } from '@app/testing';
import { type House, openHouse } from './house.js';
import type { ConversationAnswer, DeliveryAnswer } from './tenant-api.js';

const EMAIL = 'someone.observed@example.com';
const TEXT = 'a very particular sentence';

let house: House;
let workerMetrics: string;

beforeAll(async () => {
  const port = await findFreePort();
  workerMetrics = `http://localhost:${port}/metrics`;
  house = await openHouse({ logLevel: 'debug', env: { WORKER_METRICS_PORT: String(port) } });
}, 60_000);

afterAll(async () => {
  await house.stop();
});

/** Every sample of a page by its name with labels, as Prometheus would take it. */
async function scrape(url: string): Promise<Map<string, number>> {
  const response = await fetch(url);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const text = await response.text();
  const samples = new Map<string, number>();
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const [, sample = '', value = ''] = /^([a-z_:]+(?:\{(?:\w+="[^"\\]*",?)*\})?) (\S+)$/.exec(line) ?? [];
    if (sample === '') throw new Error(`not a sample: ${line}`);
    samples.set(sample, Number(value));
  }
  for (const secret of [EMAIL, TEXT, house.accessToken]) expect(text).not.toContain(secret);
  return samples;
}

function sum(samples: ReadonlyMap<string, number>, name: string, ...labels: string[]): number {
  return [...samples]
    .filter(([sample]) => sample.replace(/\{.*/, '') === name && labels.every((label) => sample.includes(label)))
    .reduce((total, [, value]) => total + value, 0);
}

describe('a delivery that is watched', () => {
  let closed: { traceId: string; delivery: DeliveryAnswer };

  beforeAll(async () => {
    const answer = await house.tenant.post<ConversationAnswer>('/conversations', {
      channel: 'chat',
      customer: { email: EMAIL },
      closedAt: new Date().toISOString(),
      messages: [{ author: 'customer', text: TEXT }],
    });
    await house.settled();
    const [delivery] = await house.tenant.deliveries();
    if (delivery === undefined) throw new Error('no delivery');
    closed = { traceId: answer.headers.get('x-trace-id') ?? '', delivery };
  });

  it('carries the trace id of the request that closed it, on its attempts too', () => {
    expect(closed.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(closed.delivery).toMatchObject({
      status: 'written',
      traceId: closed.traceId,
      attempts: [{ outcome: 'written', traceId: closed.traceId }],
    });
  });

  it('names it on the log lines of the calls to HubSpot', () => {
    const calls = house
      .worker()
      .lines()
      .filter((line) => line.includes('"hubspot call"'))
      .map((line) => JSON.parse(line) as { path: string; trace_ids?: string[] });
    const writes = calls.filter(({ path }) => path.endsWith('/notes/batch/create'));
    expect(writes.map(({ trace_ids }) => trace_ids)).toEqual([[closed.traceId]]);
  });

  it('is counted where the worker is asked', async () => {
    const samples = await scrape(workerMetrics);
    const portal = `portal="${house.hubId}"`;
    expect(sum(samples, 'threadline_deliveries_total', 'outcome="written"')).toBe(1);
    expect(sum(samples, 'threadline_delivery_latency_seconds_count')).toBe(1);
    expect(sum(samples, 'threadline_hubspot_calls_total', portal, 'class="delivery"', 'outcome="ok"')).toBeGreaterThan(
      1,
    );
    expect(sum(samples, 'threadline_hubspot_answers_total', 'status="201"')).toBeGreaterThan(0);
    expect(sum(samples, 'threadline_hubspot_call_seconds_count')).toBeGreaterThan(1);
    expect(sum(samples, 'threadline_budget_wait_seconds_count', 'class="delivery"')).toBeGreaterThan(1);
    expect(samples.get('threadline_deliveries_waiting')).toBe(0);
    expect(samples.get('threadline_oldest_due_delivery_seconds')).toBe(0);
  });

  it('is counted as a request where the API is asked, by the route and not the address', async () => {
    await house.tenant.get(`/conversations/${closed.delivery.conversationId}`);
    const samples = await scrape(`${house.api.url}/metrics`);
    const requests = 'threadline_http_request_seconds_count';
    expect(sum(samples, requests, 'method="POST"', 'route="/conversations"', 'status="202"')).toBe(1);
    expect(sum(samples, requests, 'route="/conversations/:id"')).toBe(1);
    expect([...samples.keys()].join()).not.toContain(closed.delivery.conversationId);
  });
});

it('serves nothing else on the worker’s port', async () => {
  expect((await fetch(workerMetrics.replace('/metrics', '/health/live'))).status).toBe(404);
  expect((await fetch(workerMetrics, { method: 'POST' })).status).toBe(404);
});
