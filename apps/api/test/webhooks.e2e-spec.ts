import { randomInt } from 'node:crypto';
import { Agent, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signRequest } from '@app/hubspot';
import { createTestDatabase, makeAppEnvironment, startApi, type StartedApi, type TestDatabase } from '@app/testing';
import fc from 'fast-check';
import { Client } from 'pg';

const ROUTE = '/integrations/hubspot/webhooks';
const PUBLIC_URL = 'https://threadline.example';
const SECRET = 'the secret of the app';
const PORTAL = 62_515;

let database: TestDatabase;
let api: StartedApi;
const agent = new Agent({ keepAlive: true, maxSockets: 32 });

beforeAll(async () => {
  database = await createTestDatabase();
  const extra = { PUBLIC_URL, HUBSPOT_CLIENT_SECRET: SECRET };
  const { env } = makeAppEnvironment({ databaseUrl: database.url, hubspotUrl: 'http://127.0.0.1:9', extra });
  api = await startApi({ env });
  await onDatabase(
    `INSERT INTO connections (tenant_id, status, portal_id) SELECT id, 'inactive', $1 FROM tenants WHERE name = 'Tenant'`,
    [String(PORTAL)],
  );
});

afterAll(async () => {
  agent.destroy();
  await api.stop();
  await database.drop();
});

async function onDatabase<T extends object>(sql: string, parameters: unknown[] = []): Promise<T[]> {
  const client = new Client({ connectionString: database.adminUrl });
  await client.connect();
  try {
    return (await client.query<T>(sql, parameters)).rows;
  } finally {
    await client.end();
  }
}

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** Not fetch: headers and bodies must arrive as they are, whatever they are. */
function post(body: Uint8Array, headers: Record<string, string>, path = ROUTE): Promise<Answer> {
  const { hostname, port } = new URL(api.url);
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        hostname,
        port,
        path,
        method: 'POST',
        agent,
        headers: { 'content-type': 'application/json', 'content-length': String(body.length), ...headers },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as Answer['body'] });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

function sign(body: Uint8Array, versions: readonly ('v1' | 'v3')[] = ['v1', 'v3'], at = new Date()) {
  return signRequest({ method: 'POST', url: PUBLIC_URL + ROUTE, body }, { clientSecret: SECRET, versions, at });
}

function event(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    eventId: 1,
    subscriptionId: 12,
    portalId: PORTAL,
    occurredAt: Date.now(),
    subscriptionType: 'contact.deletion',
    attemptNumber: 0,
    objectId: randomInt(1, 2 ** 40),
    ...fields,
  };
}

const bytesOf = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

async function codeOf(given: Promise<Answer>): Promise<unknown[]> {
  const { status, body } = await given;
  return [status, body['code']];
}

describe('a webhook', () => {
  it('is taken by its signature over the public address, whatever the Host header says', async () => {
    const body = bytesOf([event(), event({ portalId: 1 })]);
    for (const versions of [['v3'], ['v1'], ['v1', 'v3']] as const) {
      const { status, body: answer } = await post(body, { ...sign(body, versions), host: 'attacker.example' });
      expect([status, answer]).toEqual([200, { data: expect.objectContaining({ dropped: 1 }) }]);
    }
    await expect(onDatabase('SELECT count(*)::int AS n FROM webhook_events')).resolves.toEqual([{ n: 1 }]);
  });

  it('is refused with the code that says why', async () => {
    const body = bytesOf([event()]);
    const good = sign(body, ['v3']);
    const { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': timestamp } = good;
    if (signature === undefined || timestamp === undefined) throw new Error('not signed');
    const old = sign(body, ['v3'], new Date(Date.now() - 301_000));
    const early = sign(body, ['v3'], new Date(Date.now() + 360_000));
    await expect(codeOf(post(body, {}))).resolves.toEqual([401, 2004]);
    await expect(codeOf(post(Buffer.of(), {}))).resolves.toEqual([401, 2004]);
    await expect(codeOf(post(body, { 'x-hubspot-signature-v3': signature }))).resolves.toEqual([401, 2013]);
    await expect(codeOf(post(body, old))).resolves.toEqual([401, 2013]);
    await expect(codeOf(post(body, early))).resolves.toEqual([401, 2013]);
    await expect(codeOf(post(Buffer.concat([body, Buffer.from(' ')]), good))).resolves.toEqual([401, 2004]);
    await expect(codeOf(post(body, good, `${ROUTE}?a=b`))).resolves.toEqual([401, 2004]);
    await expect(codeOf(post(body, { ...good, 'content-type': 'text/plain' }))).resolves.toEqual([415, 1015]);
    for (const [text, code] of [
      ['[{', 1004],
      ['7', 1002],
    ] as const) {
      const bytes = Buffer.from(text);
      await expect(codeOf(post(bytes, sign(bytes)))).resolves.toEqual([400, code]);
    }
  });

  it('holds a hundred events with values as long as HubSpot keeps them', async () => {
    const long = {
      subscriptionType: 'contact.propertyChange',
      propertyName: 'notes',
      propertyValue: 'ü'.repeat(65_536),
    };
    const body = bytesOf(Array.from({ length: 100 }, () => event(long)));
    expect(body.length).toBeGreaterThan(13_000_000);
    const { status, body: answer } = await post(body, sign(body));
    expect([status, answer]).toEqual([200, { data: { stored: 100, repeated: 0, dropped: 0 } }]);
  });

  it('is looked at only once its signature is good, however large it is', async () => {
    // Whoever reads it would say 1004.
    const body = Buffer.alloc(16 * 1024 * 1024, '{');
    await expect(codeOf(post(body, sign(Buffer.of())))).resolves.toEqual([401, 2004]);
    await expect(codeOf(post(body, sign(body)))).resolves.toEqual([400, 1004]);
  });

  it('of a hundred events is answered in well under a second', async () => {
    for (let round = 0; round < 5; round += 1) {
      const body = bytesOf(Array.from({ length: 100 }, () => event()));
      const started = performance.now();
      const { body: answer } = await post(body, sign(body));
      expect(answer).toEqual({ data: { stored: 100, repeated: 0, dropped: 0 } });
      expect(performance.now() - started).toBeLessThan(1_000);
    }
  });
});

describe('ten thousand malformed webhooks', () => {
  const odd = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom<unknown>('\u0000', '\uD800', '', -1, 0, 1e308, 2 ** 63, 9e15, '9'.repeat(40), [], {}, null),
  );
  const oddEvent = fc.record(
    {
      portalId: fc.oneof(fc.constant<unknown>(PORTAL), odd),
      subscriptionType: fc.oneof(fc.constantFrom<unknown>('contact.merge', 'app.uninstalled', 'object.__proto__'), odd),
      eventType: odd,
      subscriptionId: odd,
      objectId: odd,
      objectTypeId: odd,
      occurredAt: odd,
      propertyName: odd,
      propertyValue: odd,
      primaryObjectId: odd,
      mergedObjectIds: fc.oneof(odd, fc.array(odd, { maxLength: 5 })),
      newObjectId: odd,
    },
    { requiredKeys: [] },
  );
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    fc.array(oddEvent, { maxLength: 5 }).map(bytesOf),
    fc.array(oddEvent, { maxLength: 3 }).map((events) => bytesOf(events).subarray(0, -2)),
    fc.jsonValue().map(bytesOf),
    fc.integer({ min: 1, max: 20_000 }).map((depth) => Buffer.from('['.repeat(depth) + ']'.repeat(depth))),
    fc
      .integer({ min: 1, max: 20_000 })
      .map((depth) =>
        Buffer.from(
          `[{"portalId":${PORTAL},"subscriptionType":"a","propertyValue":${'['.repeat(depth)}${']'.repeat(depth)}}]`,
        ),
      ),
  );
  const headerValue = fc.stringMatching(/^[ -~]{0,80}$/);
  const sending = fc.record({
    body,
    signing: fc.constantFrom('v1', 'v3', 'both', 'none', 'broken'),
    headers: fc.dictionary(
      fc.constantFrom(
        'x-hubspot-signature',
        'x-hubspot-signature-version',
        'x-hubspot-signature-v3',
        'x-hubspot-request-timestamp',
        'content-type',
      ),
      headerValue,
      { maxKeys: 2 },
    ),
  });

  it('are answered without one 5xx, and the API goes on', async () => {
    const seed = randomInt(2 ** 31);
    const all = fc.sample(sending, { numRuns: 10_000, seed });
    const statuses = new Map<number, number>();
    const next = all.values();
    const work = async (): Promise<void> => {
      for (const { body: bytes, signing, headers } of next) {
        const versions = { v1: ['v1'], v3: ['v3'], both: ['v1', 'v3'], none: [], broken: ['v3'] } as const;
        const signed = sign(bytes, versions[signing]);
        const { status, body: answer } = await post(bytes, signing === 'broken' ? { ...signed, ...headers } : signed);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (status >= 500) throw new Error(`seed ${seed}: ${status} ${JSON.stringify(answer)} for ${bytes.toString()}`);
        if (signing === 'none') expect([seed, status, answer['code']]).toEqual([seed, 401, 2004]);
      }
    };
    await Promise.all(Array.from({ length: 16 }, work));
    expect([seed, [...statuses.keys()].filter((status) => ![200, 400, 401, 415].includes(status))]).toEqual([seed, []]);
    // Both the door and what is behind it were tried.
    expect(statuses.get(200)).toBeGreaterThan(1_000);
    expect(statuses.get(400)).toBeGreaterThan(500);
    expect(statuses.get(401)).toBeGreaterThan(1_000);
    const after = bytesOf([event()]);
    expect((await post(after, sign(after))).body).toEqual({ data: { stored: 1, repeated: 0, dropped: 0 } });
  }, 180_000);
});
