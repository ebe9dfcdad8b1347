import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ContactEvent, ContactEvents } from '@app/crm';
import { type Clock, createLogger, Database, newId } from '@app/platform';
import { ConnectionRepository, type ConnectedPortal, EnsureTenant, newApiKey, ReadAudit, Vault } from '@app/tenants';
import { createTestDatabase, type TestDatabase } from '@app/testing';
import { Client } from 'pg';
import { HandleWebhooks } from './handle-webhooks.js';
import { type ReceivedWebhook, ReceiveWebhook } from './receive-webhook.js';
import { signRequest } from './sign-request.js';
import { StoreEvents } from './store-events.js';
import { SweepWebhooks } from './sweep-webhooks.js';
import { WebhookInbox } from './webhook-inbox.js';
import { WebhookWakeUps } from './webhook-wake-ups.js';

const SECRET = 'a client secret';
const PATH = '/integrations/hubspot/webhooks';
const clock: Clock & { time: Date } = { time: new Date('2026-11-21T10:00:00Z'), now: () => clock.time };
const logger = createLogger({ level: 'silent', name: 'test' });

type QueueOfWakeUps = ConstructorParameters<typeof WebhookWakeUps>[0];

/** Notes who is told, and can be made to fail. */
class Listener implements ContactEvents {
  told: { tenantId: string; portalId: string; events: readonly ContactEvent[] }[] = [];
  failing = false;

  handle(tenantId: string, portalId: string, events: readonly ContactEvent[]): Promise<void> {
    if (this.failing) return Promise.reject(new Error('not now'));
    this.told.push({ tenantId, portalId, events });
    return Promise.resolve();
  }

  get events(): ContactEvent[] {
    return this.told.flatMap(({ events }) => events);
  }
}

let testDatabase: TestDatabase;
let database: Database;
let connections: ConnectionRepository;
let inbox: WebhookInbox;
let receive: ReceiveWebhook;
let sweep: SweepWebhooks;
let handle: HandleWebhooks;
let listener: Listener;
let woken: string[];
let tenantId: string;
let portalId: string;
let nextPortal = 62_515;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await Database.connect({ url: testDatabase.url, applicationName: 'test' });
  connections = new ConnectionRepository(database, new Vault([{ id: 'k', key: Buffer.alloc(32) }]), clock);
  inbox = new WebhookInbox(database);
});

afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

beforeEach(async () => {
  await asSuperuser('DELETE FROM webhook_events');
  clock.time = new Date('2026-11-21T10:00:00Z');
  woken = [];
  listener = new Listener();
  const add = (_: string, data: { tenantId: string }): Promise<never> => {
    woken.push(data.tenantId);
    return Promise.resolve({} as never);
  };
  const wakeUps = new WebhookWakeUps(queueOf(add), logger);
  // A slash at the end of the address, and a folder before the route, as proxies have them.
  const options = { publicUrl: 'https://threadline.example/crm/', clientSecret: SECRET };
  receive = new ReceiveWebhook(options, new StoreEvents(inbox, wakeUps), clock, logger);
  sweep = new SweepWebhooks(inbox, wakeUps);
  handle = new HandleWebhooks(inbox, listener, connections, logger);
  tenantId = await makeTenant();
  portalId = await connectPortal(tenantId);
});

async function makeTenant(): Promise<string> {
  const [tenant, apiKey] = [newId(), newApiKey()];
  const adminEmail = `${tenant}@example.com`;
  return new EnsureTenant(database).execute({ tenant, adminEmail, adminPassword: 'correct horse', apiKey });
}

async function connectPortal(tenant: string, portal: Partial<ConnectedPortal> = {}): Promise<string> {
  const id = portal.portalId ?? String(nextPortal++);
  const credentials = { accessToken: 'a token' };
  const connected = await connections.connect(tenant, { kind: 'oauth', portalId: id, ...portal }, credentials);
  expect(connected).toEqual({ connected: true });
  return id;
}

async function asSuperuser<T extends object>(sql: string, parameters: unknown[] = []): Promise<T[]> {
  const client = new Client({ connectionString: testDatabase.adminUrl });
  await client.connect();
  try {
    return (await client.query<T>(sql, parameters)).rows;
  } finally {
    await client.end();
  }
}

/** A queue as far as wake-ups need one; it is never in trouble. */
function queueOf(add: (name: string, data: { tenantId: string }) => Promise<never>): QueueOfWakeUps {
  const queue: QueueOfWakeUps = { add, on: () => queue as never };
  return queue;
}

interface Sending {
  versions?: readonly ('v1' | 'v3')[];
  at?: Date;
  url?: string;
  clientSecret?: string;
}

async function send(events: unknown, sending: Sending = {}): Promise<ReceivedWebhook> {
  const { versions = ['v1', 'v3'], at = clock.time, url = `https://threadline.example/crm${PATH}` } = sending;
  const body = Buffer.from(JSON.stringify(events));
  const { clientSecret = SECRET } = sending;
  const headers = signRequest({ method: 'POST', url, body }, { clientSecret, versions, at });
  return receive.execute({
    method: 'POST',
    path: PATH,
    body,
    headers: {
      signature: headers['x-hubspot-signature'],
      signatureVersion: headers['x-hubspot-signature-version'],
      signatureV3: headers['x-hubspot-signature-v3'],
      timestamp: headers['x-hubspot-request-timestamp'],
    },
  });
}

let occurred = Date.UTC(2026, 10, 21, 9);

function event(type: string, fields: Record<string, unknown> = {}): Record<string, unknown> {
  occurred += 1_000;
  return {
    eventId: occurred,
    subscriptionId: 12,
    portalId: Number(portalId),
    occurredAt: occurred,
    subscriptionType: type,
    attemptNumber: 0,
    objectId: 101,
    ...fields,
  };
}

function merge(from: number, to: number, fields: Record<string, unknown> = {}): Record<string, unknown> {
  return event('contact.merge', {
    objectId: to,
    primaryObjectId: to,
    mergedObjectIds: [from],
    newObjectId: to,
    ...fields,
  });
}

function uninstalled(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return event('app.uninstalled', { objectId: undefined, occurredAt: clock.time.getTime() + 60_000, ...fields });
}

function hundredDeletions(from: number): unknown[] {
  return Array.from({ length: 100 }, (_, index) => event('contact.deletion', { objectId: from + index }));
}

function run(): Promise<{ handled: number; more: boolean }> {
  return handle.execute({ tenantId });
}

describe('receiving', () => {
  it.each([[['v1']], [['v3']], [['v1', 'v3']]] as const)(
    'takes what is signed with %j and wakes the tenant',
    async (versions) => {
      await expect(send([event('contact.deletion')], { versions })).resolves.toEqual({
        accepted: true,
        stored: 1,
        repeated: 0,
        dropped: 0,
      });
      expect(woken).toEqual([tenantId]);
    },
  );

  it('refuses another address, another secret, and another time, and stores nothing', async () => {
    const events = [event('contact.deletion')];
    const url = `http://127.0.0.1:3000${PATH}`;
    await expect(send(events, { url, versions: ['v3'] })).resolves.toEqual({ accepted: false, reason: 'mismatch' });
    await expect(send(events, { clientSecret: 'x' })).resolves.toEqual({ accepted: false, reason: 'mismatch' });
    await expect(send(events, { at: new Date(clock.time.getTime() - 300_001) })).resolves.toEqual({
      accepted: false,
      reason: 'stale',
    });
    await expect(send(events, { versions: [] })).resolves.toEqual({ accepted: false, reason: 'missing_signature' });
    await expect(asSuperuser('SELECT id FROM webhook_events')).resolves.toEqual([]);
    expect(woken).toEqual([]);
  });

  it('takes of what v1 signs, which carries no time, what happened within two days; under v3 the signature says when', async () => {
    const [twoDays, now] = [2 * 86_400_000, clock.time.getTime()];
    const events = [
      event('contact.deletion', { objectId: 1, occurredAt: now - twoDays }),
      event('contact.deletion', { objectId: 2, occurredAt: now - twoDays - 1 }),
      event('contact.deletion', { objectId: 3, occurredAt: undefined }),
      event('contact.deletion', { objectId: 4, occurredAt: 'yesterday' }),
    ];
    await expect(send(events, { versions: ['v1'] })).resolves.toEqual({
      accepted: true,
      stored: 1,
      repeated: 0,
      dropped: 3,
    });
    await expect(asSuperuser('SELECT object_id FROM webhook_events')).resolves.toEqual([{ object_id: '1' }]);
    await expect(send(events, { versions: ['v1', 'v3'] })).resolves.toMatchObject({ stored: 3, repeated: 1 });
  });

  it('drops what v1 signed when it is sent again after it was forgotten', async () => {
    const recorded = [event('contact.privacyDeletion')];
    await send(recorded, { versions: ['v1'] });
    await run();
    expect(listener.events).toHaveLength(1);
    await asSuperuser(`UPDATE webhook_events SET handled_at = now() - interval '3 days 1 second'`);
    await inbox.forgetHandled(tenantId);
    await expect(asSuperuser('SELECT id FROM webhook_events')).resolves.toEqual([]);
    clock.time = new Date(clock.time.getTime() + 3 * 86_400_000 + 1_000);
    await expect(send(recorded, { versions: ['v1'] })).resolves.toMatchObject({ stored: 0, dropped: 1 });
    await run();
    expect(listener.events).toHaveLength(1);
  });

  it('can’t check a signature without a client secret, and says so only to whom has one', async () => {
    const wakeUps = new WebhookWakeUps(
      queueOf(() => Promise.reject(new Error('not reached'))),
      logger,
    );
    const options = { publicUrl: 'https://threadline.example', clientSecret: undefined };
    receive = new ReceiveWebhook(options, new StoreEvents(inbox, wakeUps), clock, logger);
    await expect(send([event('contact.deletion')])).resolves.toEqual({ accepted: false, reason: 'not_configured' });
    await expect(send([], { versions: [] })).resolves.toEqual({ accepted: false, reason: 'missing_signature' });
  });

  it('keeps an event once, however often and under whatever number it comes', async () => {
    const [one, other] = [event('contact.deletion'), event('contact.deletion')];
    const copy = { ...one, eventId: 7, attemptNumber: 4 };
    await expect(send([one, copy, other])).resolves.toMatchObject({ stored: 2, repeated: 1 });
    const again = await Promise.all([send([other, one]), send([one, other]), send([copy])]);
    for (const answer of again) expect(answer).toMatchObject({ accepted: true, stored: 0 });
    expect(woken).toHaveLength(1);
  });

  it('puts a hundred events of several portals in the inboxes of their tenants, and drops those of nobody', async () => {
    const other = await makeTenant();
    const otherPortal = await connectPortal(other);
    const portals = [Number(portalId), Number(otherPortal), 999_999_999, Number(portalId)];
    const events = Array.from({ length: 100 }, (_, index) =>
      event('contact.propertyChange', {
        portalId: portals[index % 4],
        propertyName: 'email',
        propertyValue: `${index}`,
      }),
    );
    await expect(send(events)).resolves.toEqual({ accepted: true, stored: 75, repeated: 0, dropped: 25 });
    const rows = await asSuperuser<{ tenant_id: string; count: string }>(
      'SELECT tenant_id, count(*) FROM webhook_events GROUP BY tenant_id',
    );
    expect(new Map(rows.map(({ tenant_id, count }) => [tenant_id, Number(count)]))).toEqual(
      new Map([
        [tenantId, 50],
        [other, 25],
      ]),
    );
    await expect(inbox.findDue(other, 100)).resolves.toHaveLength(25);
  });

  it('keeps no values of properties', async () => {
    await send([event('contact.propertyChange', { propertyName: 'email', propertyValue: 'ada@secret.example' })]);
    const [row] = await asSuperuser<{ row: string }>('SELECT e::text AS row FROM webhook_events e');
    expect(row?.row).toContain('contact.propertyChange');
    expect(row?.row).not.toContain('ada@secret.example');
  });

  it('gives a portal’s events to whoever holds it now, not to whom held it before', async () => {
    const before = await makeTenant();
    const shared = await connectPortal(before);
    await connections.endByHubSpot(before, { by: 'uninstall_event', portalId: shared, at: clock.time });
    await expect(inbox.findTenants([shared])).resolves.toEqual(new Map([[shared, before]]));
    const now = await makeTenant();
    await connectPortal(now, { portalId: shared });
    await expect(inbox.findTenants([shared])).resolves.toEqual(new Map([[shared, now]]));
  });
});

describe('handling', () => {
  it('tells what happened to contacts in the order in which it happened, once', async () => {
    const events = [
      event('contact.creation'),
      event('object.propertyChange', { objectTypeId: '0-1', objectId: 102 }),
      event('contact.deletion', { objectId: 103 }),
      event('contact.privacyDeletion', { objectId: 104 }),
      merge(105, 106),
      event('object.deletion', { objectTypeId: '0-2', objectId: 107 }),
      event('company.deletion', { objectId: 108 }),
      event('spaceship.launch', { objectId: 109 }),
      event('object.constructor', { objectTypeId: '0-1' }),
    ];
    await send(events.toReversed());
    await expect(run()).resolves.toEqual({ handled: 9, more: false });
    expect(listener.told).toEqual([
      {
        tenantId,
        portalId,
        events: [
          { kind: 'changed', contactId: '101' },
          { kind: 'changed', contactId: '102' },
          { kind: 'deleted', contactId: '103' },
          { kind: 'privacy_deleted', contactId: '104' },
          { kind: 'merged', contactIds: ['105'], survivorId: '106' },
        ],
      },
    ]);
    await send(events);
    await expect(run()).resolves.toEqual({ handled: 0, more: false });
  });

  it.each([
    ['in order', [0, 1, 2]],
    ['backwards', [2, 1, 0]],
    ['mixed', [1, 2, 0]],
  ])('leads a chain of merges to its last survivor, told %s', async (_, order) => {
    const chain = [merge(1, 2), merge(2, 3), merge(3, 4)];
    for (const index of order) {
      await send([chain[index]]);
      await run();
    }
    // As whoever listens would: every link moves with each event.
    let holder = '1';
    for (const told of listener.events) {
      if (told.kind === 'merged' && told.contactIds.includes(holder)) holder = told.survivorId;
    }
    expect(holder).toBe('4');
  });

  it.each([
    ['contact.deletion', 'deleted'],
    ['contact.privacyDeletion', 'privacy_deleted'],
  ])('lets merged contacts share the fate of a survivor: %s', async (type, kind) => {
    const [merged, gone] = [merge(1, 2), event(type, { objectId: 2 })];
    await send([gone]);
    await run();
    await send([merged]);
    await run();
    expect(listener.events).toEqual([
      { kind, contactId: '2' },
      { kind, contactId: '1' },
    ]);
  });

  it('is not misled by a deletion from before the merge', async () => {
    const [gone, merged] = [event('contact.deletion', { objectId: 2 }), merge(1, 2)];
    await send([gone, merged]);
    await run();
    expect(listener.events.at(-1)).toEqual({ kind: 'merged', contactIds: ['1'], survivorId: '2' });
  });

  it('keeps what could not be handled and comes back to it', async () => {
    await send([event('contact.deletion')]);
    listener.failing = true;
    await expect(run()).resolves.toEqual({ handled: 0, more: false });
    const [row] = await asSuperuser<{ tries: number; waits: boolean }>(
      'SELECT tries, due_at > now() AS waits FROM webhook_events WHERE handled_at IS NULL',
    );
    expect(row).toEqual({ tries: 1, waits: true });
    listener.failing = false;
    await asSuperuser('UPDATE webhook_events SET due_at = now()');
    await expect(sweep.execute()).resolves.toBe(1);
    expect(woken).toEqual([tenantId, tenantId]);
    await expect(run()).resolves.toEqual({ handled: 1, more: false });
    await expect(sweep.execute()).resolves.toBe(0);
  });

  it('says when there is more than one helping', async () => {
    for (let from = 1; from <= 501; from += 100) await send(hundredDeletions(from));
    await expect(run()).resolves.toEqual({ handled: 500, more: true });
    await expect(run()).resolves.toEqual({ handled: 100, more: false });
  });

  it('forgets what was handled days ago', async () => {
    await send([event('contact.deletion')]);
    await run();
    await asSuperuser(`UPDATE webhook_events SET handled_at = now() - interval '73 hours'`);
    await send([event('contact.deletion', { objectId: 5 })]);
    await run();
    await expect(asSuperuser('SELECT object_id FROM webhook_events')).resolves.toEqual([{ object_id: '5' }]);
  });
});

describe('an uninstalled app', () => {
  it('ends the connection, and keeps the portal', async () => {
    await send([uninstalled()]);
    await handle.execute({ tenantId });
    await expect(connections.find(tenantId)).resolves.toMatchObject({
      status: 'inactive',
      portalId,
      problem: { reason: 'uninstalled' },
    });
    await expect(connections.findCredentials(tenantId)).resolves.toBeUndefined();
  });

  it('is written down once, as HubSpot’s doing', async () => {
    await send([uninstalled()]);
    await send([uninstalled({ subscriptionId: 99 })]);
    await handle.execute({ tenantId });
    await handle.execute({ tenantId });
    const entries = await new ReadAudit(database).list(tenantId, { action: 'connection.uninstalled', limit: 10 });
    expect(entries).toMatchObject([
      {
        actor: { kind: 'system', name: 'HubSpot' },
        target: portalId,
        details: { noticedBy: 'uninstall_event' },
        address: undefined,
      },
    ]);
  });

  it('long ago says nothing about a connection made since', async () => {
    await send([uninstalled({ occurredAt: clock.time.getTime() - 60_000 })]);
    await handle.execute({ tenantId });
    await expect(connections.find(tenantId)).resolves.toMatchObject({ status: 'connected' });
  });

  it('does not take a static token along', async () => {
    tenantId = await makeTenant();
    portalId = await connectPortal(tenantId, { kind: 'token' });
    await send([uninstalled()]);
    await handle.execute({ tenantId });
    await expect(connections.find(tenantId)).resolves.toMatchObject({ status: 'connected' });
  });
});
