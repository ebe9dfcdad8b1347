import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createLogger, Database, newId } from '@app/platform';
import { createTestDatabase, type TestDatabase, waitFor } from '@app/testing';
import { Client } from 'pg';
import { newApiKey } from '../api-keys/hash-api-key.js';
import { EnsureTenant } from '../bootstrap/ensure-tenant.js';
import { TenantEvents } from './tenant-events.js';

let testDatabase: TestDatabase;
let database: Database;
let admin: Client;
let events: TenantEvents;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await Database.connect({ url: testDatabase.url, applicationName: 'test' });
  admin = new Client({ connectionString: testDatabase.adminUrl });
  await admin.connect();
  events = new TenantEvents(database, createLogger({ level: 'silent', name: 'test' }), {
    databaseUrl: testDatabase.url,
    applicationName: 'test-events',
    watchEveryMs: 50,
  });
  await events.start();
});

afterAll(async () => {
  await events.stop();
  await database.close();
  await admin.end();
  await testDatabase.drop();
});

it('tells of a gap when its watch had run out: what happened meanwhile was told to nobody', async () => {
  const tenantId = await new EnsureTenant(database).execute({
    tenant: newId(),
    adminEmail: `${newId()}@example.com`,
    adminPassword: 'correct horse',
    apiKey: newApiKey(),
  });
  let gaps = 0;
  await events.watch(tenantId, { onEvent: () => undefined, onGap: () => (gaps += 1) });
  const renewals = async (): Promise<string> =>
    (await admin.query<{ until: string }>('SELECT until::text FROM watched_tenants')).rows[0]?.until ?? '';
  // The first watcher's own, and none for renewals in time.
  await waitFor(() => gaps === 1, { what: 'stragglers to be told of' });
  const before = await renewals();
  await waitFor(async () => (await renewals()) > before, { what: 'a renewal' });
  expect(gaps).toBe(1);

  await admin.query(`UPDATE watched_tenants SET until = now() - interval '1 second'`);
  await waitFor(() => gaps === 2, { what: 'the gap' });
  await waitFor(() => gaps === 3, { what: 'stragglers of the new watch' });
});
