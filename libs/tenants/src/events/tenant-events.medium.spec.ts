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

it.each([
  ['had run out: what happened meanwhile was told to nobody', '-1 second'],
  ['runs out while it is renewed', '5 seconds'],
])('tells of a gap when its watch %s', async (_, left) => {
  const tenantId = await new EnsureTenant(database).execute({
    tenant: newId(),
    adminEmail: `${newId()}@example.com`,
    adminPassword: 'correct horse',
    apiKey: newApiKey(),
  });
  let gaps = 0;
  const stop = await events.watch(tenantId, { onEvent: () => undefined, onGap: () => (gaps += 1) });
  const renewals = async (): Promise<string> => {
    const sql = 'SELECT until::text FROM watched_tenants WHERE tenant_id = $1';
    return (await admin.query<{ until: string }>(sql, [tenantId])).rows[0]?.until ?? '';
  };
  // The first watcher's own, and none for renewals in time.
  await waitFor(() => gaps >= 1, { what: 'stragglers to be told of' });
  const before = await renewals();
  await waitFor(async () => (await renewals()) > before, { what: 'a renewal' });
  expect(gaps).toBe(1);

  // Between two renewals: one that runs meanwhile would have seen what it writes over.
  await admin.query(`
    BEGIN;
    LOCK TABLE watched_tenants IN EXCLUSIVE MODE;
    UPDATE watched_tenants SET until = clock_timestamp() + interval '${left}' WHERE tenant_id = '${tenantId}';
    COMMIT`);
  // Of stragglers the new watch tells too, however late somebody looks.
  await waitFor(() => gaps >= 3, { what: 'the gap, and stragglers of the new watch' });
  stop();
});
