import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, newId, systemClock } from '@app/platform';
import { createTestDatabase, type TestDatabase } from '@app/testing';
import { newApiKey } from '../api-keys/hash-api-key.js';
import { AuditLog } from '../audit/audit-log.js';
import { EnsureTenant } from '../bootstrap/ensure-tenant.js';
import { ChangeOptions } from './change-options.js';
import { DEFAULT_OPTIONS, type OptionsChange } from './options.js';
import { OptionsRepository } from './options.repository.js';

let testDatabase: TestDatabase;
let database: Database;
let options: OptionsRepository;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await Database.connect({ url: testDatabase.url, applicationName: 'test' });
  options = new OptionsRepository(database, systemClock);
});

afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

function makeTenant(): Promise<string> {
  return new EnsureTenant(database).execute({
    tenant: newId(),
    adminEmail: `${newId()}@example.com`,
    adminPassword: 'correct horse',
    apiKey: newApiKey(),
  });
}

function change(tenantId: string, asked: OptionsChange): Promise<unknown> {
  const audit = new AuditLog(database, systemClock);
  return new ChangeOptions(database, options, audit).execute(tenantId, asked, () => true);
}

describe('OptionsRepository', () => {
  it('shows a tenant its own options only, and forgets them alone', async () => {
    const [mine, theirs] = [await makeTenant(), await makeTenant()];
    await change(mine, { outboundSearch: true, panelProperties: ['company'] });
    expect(await options.get(theirs)).toEqual(DEFAULT_OPTIONS);
    const shown = await database.withTenant(theirs, (tx) => tx.query<unknown[]>('SELECT * FROM options'));
    expect(shown).toEqual([]);
    await change(theirs, { outboundSearch: true });
    await database.withTenant(mine, (tx) => options.forgetIn(tx, mine));
    expect(await options.get(mine)).toEqual(DEFAULT_OPTIONS);
    expect(await options.get(theirs)).toMatchObject({ outboundSearch: true });
  });

  it('loses no change of two at once', async () => {
    const tenantId = await makeTenant();
    await Promise.all([
      change(tenantId, { outboundSearch: true }),
      change(tenantId, { panelProperties: ['company'] }),
      change(tenantId, { panelProperties: ['company'] }),
    ]);
    expect(await options.get(tenantId)).toMatchObject({ outboundSearch: true, panelProperties: ['company'] });
  });
});
