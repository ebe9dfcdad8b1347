import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger, Database, newId, systemClock } from '@app/platform';
import { ConnectionRepository, EnsureTenant, newApiKey, Vault } from '@app/tenants';
import { createTestDatabase, startSimulator, type TestDatabase, type TestSimulator } from '@app/testing';
import { Client } from 'pg';
import { ApiPaths, JOURNAL_VERSION } from '../client/api-paths.js';
import { HubSpotTransport } from '../client/hubspot-transport.js';
import { TokenEndpoint } from '../oauth/token-endpoint.js';
import { StoreEvents } from '../webhooks/store-events.js';
import { WebhookInbox } from '../webhooks/webhook-inbox.js';
import { WebhookWakeUps } from '../webhooks/webhook-wake-ups.js';
import { AppTokens } from './app-tokens.js';
import { JournalApi } from './journal-api.js';
import { JournalPositionRepository } from './journal-position.repository.js';
import { PollJournal } from './poll-journal.js';

const logger = createLogger({ level: 'silent', name: 'test' });
const paths = new ApiPaths('2026-09', {
  journal: JOURNAL_VERSION,
  'journal-subscriptions': JOURNAL_VERSION,
  oauth: JOURNAL_VERSION,
});

let simulator: TestSimulator;
let testDatabase: TestDatabase;
let database: Database;
let admin: Client;
let connections: ConnectionRepository;
let app: { clientId: string; clientSecret: string };
let portalId: number;
let tenantId: string;
let woken: string[];

beforeAll(async () => {
  [simulator, testDatabase] = await Promise.all([startSimulator(), createTestDatabase()]);
  database = await Database.connect({ url: testDatabase.url, applicationName: 'test' });
  connections = new ConnectionRepository(database, new Vault([{ id: 'k', key: Buffer.alloc(32) }]), systemClock);
  admin = new Client({ connectionString: testDatabase.adminUrl });
  await admin.connect();
}, 60_000);

afterAll(async () => {
  await admin?.end();
  await database?.close();
  await testDatabase?.drop();
  await simulator?.stop();
});

beforeEach(async () => {
  woken = [];
  app = { clientId: newId(), clientSecret: newId() };
  await simulator.control.call('POST', '/apps', { ...app, redirectUrls: ['http://localhost/callback'] });
  ({ hubId: portalId } = await simulator.control.createPortal({ token: false }));
  tenantId = await new EnsureTenant(database).execute({
    tenant: newId(),
    adminEmail: `${newId()}@x.test`,
    adminPassword: 'password',
    apiKey: newApiKey(),
  });
  await connections.connect(tenantId, { kind: 'oauth', portalId: String(portalId) }, { accessToken: 'x' });
});

afterEach(async () => {
  await simulator.control.clearFaults();
});

/** As a process that has just been started has it. */
function poller(secret = app.clientSecret): PollJournal {
  const endpoint = new TokenEndpoint(simulator.url, paths, { ...app, clientSecret: secret });
  const tokens = new AppTokens(endpoint, systemClock);
  const api = new JournalApi(simulator.url, new HubSpotTransport(simulator.url), tokens, paths, systemClock, logger);
  const queue = {
    add: (_: string, data: { tenantId: string }): Promise<never> => {
      woken.push(data.tenantId);
      return Promise.resolve({} as never);
    },
    on: () => queue as never,
  };
  const events = new StoreEvents(new WebhookInbox(database), new WebhookWakeUps(queue, logger));
  const positions = new JournalPositionRepository(database);
  return new PollJournal(app.clientId, api, positions, events, database, systemClock, logger);
}

const due = (): Promise<unknown> => admin.query('UPDATE journal_positions SET due_at = now()');

async function pollNow(journal: PollJournal): Promise<{ files: number; stored: number }> {
  await due();
  return journal.execute();
}

async function dueInSeconds(): Promise<number> {
  const { rows } = await admin.query<{ seconds: number }>(
    'SELECT extract(epoch FROM due_at - now())::float8 AS seconds FROM journal_positions WHERE client_id = $1',
    [app.clientId],
  );
  return rows[0]?.seconds ?? 0;
}

async function inbox(): Promise<string[]> {
  const { rows } = await admin.query<{ told: string }>(
    `SELECT type || ' ' || coalesce(object_id, '-') AS told FROM webhook_events WHERE tenant_id = $1 ORDER BY told`,
    [tenantId],
  );
  return rows.map(({ told }) => told);
}

const deletion = (objectId: number, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  type: 'crmObject',
  action: 'DELETE',
  portalId,
  objectTypeId: '0-1',
  objectId,
  occurredAt: '2026-11-21T10:00:00Z',
  ...more,
});

async function write(...events: unknown[]): Promise<string> {
  const path = `/apps/${app.clientId}/journal`;
  return (await simulator.control.call<{ offset: string }>('POST', path, { events })).offset;
}

describe('PollJournal', () => {
  it('asks for uninstalls once, and hears of one', async () => {
    const journal = poller();
    expect(await pollNow(journal)).toEqual({ files: 0, stored: 0 });
    await pollNow(poller());
    await simulator.control.call('POST', `/portals/${portalId}/grant`, { clientId: app.clientId });
    await simulator.control.call('POST', `/portals/${portalId}/uninstall`, { clientId: app.clientId });
    expect(await pollNow(journal)).toEqual({ files: 1, stored: 1 });
    expect(await inbox()).toEqual(['app.uninstalled -']);
    expect(woken).toEqual([tenantId]);
  });

  it('goes on where it was left, in whichever process', async () => {
    await write(deletion(1), deletion(2));
    await write(deletion(3));
    expect(await pollNow(poller())).toEqual({ files: 2, stored: 3 });
    await write(deletion(4), deletion(5, { portalId: 999_999_999 }));
    expect(await pollNow(poller())).toEqual({ files: 1, stored: 1 });
    expect(await pollNow(poller())).toEqual({ files: 0, stored: 0 });
    expect(await inbox()).toEqual([1, 2, 3, 4].map((id) => `object.deletion ${id}`));
  });

  it('stores again without harm what a process had stored before it died', async () => {
    await write(deletion(1));
    await pollNow(poller());
    await admin.query('DELETE FROM journal_positions WHERE client_id = $1', [app.clientId]);
    await write(deletion(2));
    expect(await pollNow(poller())).toEqual({ files: 2, stored: 1 });
    expect(await inbox()).toEqual(['object.deletion 1', 'object.deletion 2']);
  });

  it('reads everything again when HubSpot no longer knows where it was', async () => {
    await write(deletion(1));
    await write(deletion(2));
    const journal = poller();
    await pollNow(journal);
    await write(deletion(3));
    await simulator.control.call('POST', `/apps/${app.clientId}/journal/forget`, { count: 2 });
    expect(await pollNow(journal)).toEqual({ files: 1, stored: 1 });
    expect(await inbox()).toEqual([1, 2, 3].map((id) => `object.deletion ${id}`));
  });

  it('takes a refusal at the last offset for the end, without reading all of it every time', async () => {
    await write(deletion(1));
    await write(deletion(2));
    const journal = poller();
    await pollNow(journal);
    await simulator.control.addFault({ route: 'journal.next', skip: 0, actions: [{ kind: 'status', status: 404 }] });
    // Reads from the beginning once; after the first file `next` is refused there as well.
    await pollNow(journal);
    await simulator.control.clearFaults();
    await pollNow(journal);
    await write(deletion(3));
    expect(await pollNow(journal)).toMatchObject({ stored: 1 });
    expect(await inbox()).toEqual([1, 2, 3].map((id) => `object.deletion ${id}`));
  });

  it('is done by one process at a time, every few seconds', async () => {
    await write(deletion(1));
    await due();
    const polls = await Promise.all(Array.from({ length: 5 }, () => poller().execute()));
    expect(polls.reduce((sum, { files }) => sum + files, 0)).toBe(1);
    expect(await poller().execute()).toEqual({ files: 0, stored: 0 });
    await write(deletion(2));
    expect(await poller().execute()).toEqual({ files: 0, stored: 0 });
    expect(await dueInSeconds()).toBeGreaterThan(1);
  });

  it.each([
    ['503', { status: 503 }, 30],
    ['429', { status: 429 }, 10],
    ['429 with a wait', { status: 429, retryAfterSeconds: 77 }, 77],
    ['no right to it', { status: 403, body: { category: 'MISSING_SCOPES' } }, 300],
  ])('waits and loses nothing: %s', async (_, fault, seconds) => {
    await write(deletion(1));
    const journal = poller();
    await pollNow(journal);
    await write(deletion(2));
    for (const route of ['journal.next', 'journal.earliest']) {
      await simulator.control.addFault({ route, actions: [{ kind: 'status', ...fault }] });
    }
    expect(await pollNow(journal)).toEqual({ files: 0, stored: 0 });
    expect(await dueInSeconds()).toBeGreaterThan(seconds - 5);
    expect(await dueInSeconds()).toBeLessThanOrEqual(seconds);
    await simulator.control.clearFaults();
    expect(await pollNow(journal)).toEqual({ files: 1, stored: 1 });
  });

  it('gets itself a new token for one that ran out, and says whose fault it is when there is none', async () => {
    const journal = poller();
    await write(deletion(1));
    await pollNow(journal);
    await simulator.control.call('POST', '/journal/expire-tokens');
    await write(deletion(2));
    expect(await pollNow(journal)).toEqual({ files: 1, stored: 1 });
    await write(deletion(3));
    expect(await pollNow(poller('wrong'))).toEqual({ files: 0, stored: 0 });
    expect(await dueInSeconds()).toBeGreaterThan(200);
    expect(await pollNow(journal)).toEqual({ files: 1, stored: 1 });
  });

  it('tries a file again that broke off, and leaves one out that is none', async () => {
    const journal = poller();
    await write(deletion(1));
    await simulator.control.addFault({ route: 'journal.file', times: 1, actions: [{ kind: 'reset' }] });
    expect(await pollNow(journal)).toEqual({ files: 0, stored: 0 });
    expect(await pollNow(journal)).toEqual({ files: 1, stored: 1 });
    await write(deletion(2));
    await write(deletion(3));
    const none = { kind: 'status', status: 200, body: { no: 'events' } } as const;
    await simulator.control.addFault({ route: 'journal.file', times: 3, actions: [none] });
    expect(await pollNow(journal)).toEqual({ files: 0, stored: 0 });
    expect(await pollNow(journal)).toEqual({ files: 0, stored: 0 });
    expect(await pollNow(journal)).toEqual({ files: 2, stored: 1 });
    expect(await inbox()).toEqual(['object.deletion 1', 'object.deletion 3']);
  });

  it('reads on although uninstalls can’t be asked for', async () => {
    await simulator.control.addFault({ route: 'journal.subscri*', actions: [{ kind: 'status', status: 400 }] });
    await write(deletion(1));
    expect(await pollNow(poller())).toEqual({ files: 1, stored: 1 });
  });
});
