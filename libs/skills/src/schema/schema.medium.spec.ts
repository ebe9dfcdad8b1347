import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CrmDeferredError, type CrmField, type CrmSchema, type CrmSchemaReading } from '@app/crm';
import { type Clock, Database, newId, systemClock } from '@app/platform';
import {
  AuditLog,
  ConnectionRepository,
  DisableSyncing,
  Disconnect,
  EnsureTenant,
  newApiKey,
  RevocationRepository,
  Vault,
  WritebackSettingsRepository,
} from '@app/tenants';
import { createTestDatabase, type TestDatabase, waitFor } from '@app/testing';
import type { EntityManager } from 'typeorm';
import { sampleField, sampleSchema } from '../../testing/sample-schema.js';
import { CurrentSchema } from './current-schema.js';
import { type DiscoverOptions, DiscoverSchema, type Discovery } from './discover-schema.js';
import { FreshSchema } from './fresh-schema.js';
import { SchemaListeners } from './schema-listener.js';
import { SchemaSnapshotRepository } from './schema-snapshot.repository.js';
import type { SchemaSnapshot } from './schema-snapshot.js';

/** The CRM, as the test has it: what it holds, how often it was asked, and when it answers. */
class ScriptedCrm implements CrmSchema {
  asked = 0;
  signal: AbortSignal | undefined;
  answer: () => Promise<CrmSchemaReading>;

  constructor(public holds: CrmSchemaReading) {
    this.answer = () => Promise.resolve(structuredClone(this.holds));
  }

  async readSchema(_tenantId: string, signal?: AbortSignal): Promise<CrmSchemaReading> {
    this.asked += 1;
    this.signal = signal;
    return this.answer();
  }
}

/** Later at every look, so that one moment can be told from the next. */
class TickingClock implements Clock {
  private at = Date.parse('2026-11-21T10:00:00Z');

  now(): Date {
    this.at += 1_000;
    return new Date(this.at);
  }
}

let testDatabase: TestDatabase;
let database: Database;
let connections: ConnectionRepository;
let vault: Vault;
const clock = new TickingClock();
let nextPortal = 1;

let tenantId: string;
let portalId: string;
let crm: ScriptedCrm;
let listeners: SchemaListeners;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await Database.connect({ url: testDatabase.url, applicationName: 'test' });
  vault = new Vault([{ id: 'k', key: Buffer.alloc(32) }]);
  connections = new ConnectionRepository(database, vault, clock);
});

afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

beforeEach(async () => {
  [tenantId, portalId] = [await makeTenant(), String(nextPortal++)];
  await connect();
  crm = new ScriptedCrm(holding());
  listeners = new SchemaListeners();
});

function makeTenant(): Promise<string> {
  const tenant = newId();
  const adminEmail = `${tenant}@example.com`;
  return new EnsureTenant(database).execute({
    tenant,
    adminEmail,
    adminPassword: 'correct horse',
    apiKey: newApiKey(),
  });
}

async function connect(portal = portalId, of = tenantId): Promise<void> {
  const outcome = await connections.connect(of, { kind: 'token', portalId: portal }, { accessToken: 'a token' });
  expect(outcome).toEqual({ connected: true });
}

/** The sample, as this portal's. */
function holding(change: Partial<CrmSchemaReading> = {}): CrmSchemaReading {
  return { ...sampleSchema(), portalId, ...change };
}

/** One process: what it remembers and does at once is its own. */
function makeProcess(options?: DiscoverOptions, locks: Pick<Database, 'withLock'> = database) {
  const snapshots = new SchemaSnapshotRepository(
    database,
    connections,
    listeners,
    new AuditLog(database, clock),
    clock,
  );
  const schema = new CurrentSchema(snapshots, systemClock);
  const discover = new DiscoverSchema(locks, connections, crm, snapshots, schema, clock, options);
  const fresh = new FreshSchema(connections, schema, discover);
  return {
    schema,
    fresh,
    discover: () => discover.execute(tenantId),
    discoverFor: (of: string) => discover.execute(of),
  };
}

function found(discovery: Discovery): Extract<Discovery, { state: 'discovered' }> {
  if (discovery.state !== 'discovered') throw new Error(`Nothing was discovered: ${JSON.stringify(discovery)}`);
  return discovery;
}

function withFields(change: (fields: CrmField[]) => CrmField[]): void {
  const [contacts, ...others] = crm.holds.objects;
  if (contacts === undefined) throw new Error('The sample holds no contacts');
  crm.holds = { ...crm.holds, objects: [{ ...contacts, fields: change(contacts.fields) }, ...others] };
}

async function versions(of = tenantId): Promise<number[]> {
  const rows = await database.withTenant(of, (tx) =>
    tx.query<{ version: number }[]>('SELECT version FROM schema_snapshots ORDER BY version'),
  );
  return rows.map(({ version }) => version);
}

async function audited(): Promise<unknown[]> {
  const rows = await database.withTenant(tenantId, (tx) =>
    tx.query<{ details: unknown }[]>(`SELECT details FROM audit_log WHERE action = 'schema.discovered' ORDER BY at`),
  );
  return rows.map(({ details }) => details);
}

/** Answers when it is let. */
function hold(): { letGo: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const answer = crm.answer;
  crm.answer = async () => {
    await promise;
    return answer();
  };
  return { letGo: resolve };
}

function put(deferral: CrmDeferredError['deferral']): void {
  crm.answer = () => Promise.reject(new CrmDeferredError(deferral));
}

describe('a discovery', () => {
  it('keeps what the CRM holds, and writes down that it was asked', async () => {
    const { discover, schema } = makeProcess();
    expect(await schema.current(tenantId)).toBeUndefined();
    const { snapshot, isNew, difference } = found(await discover());
    expect([snapshot.version, isNew, difference]).toEqual([1, true, undefined]);
    const current = await schema.current(tenantId);
    expect(current).toEqual(snapshot);
    expect(current?.objects.map(({ name }) => name)).toEqual([
      'companies',
      'contacts',
      'deals',
      'p4711_pets',
      'tickets',
    ]);
    const contacts = current?.objects.find(({ name }) => name === 'contacts');
    const [given] = crm.holds.objects;
    expect(contacts?.fields.find(({ name }) => name === 'lifecyclestage')).toEqual(
      given?.fields.find(({ name }) => name === 'lifecyclestage'),
    );
    expect(await audited()).toMatchObject([{ version: 1, changed: true, objectCount: 5 }]);
  });

  it('of the same again makes no new version, but is the newer one', async () => {
    const { discover, schema } = makeProcess();
    const first = found(await discover());
    crm.holds = holding({ objects: sampleSchema().objects.toReversed() });
    for (const object of crm.holds.objects) object.fields.reverse();
    const second = found(await discover());
    expect([second.snapshot.version, second.isNew]).toEqual([1, false]);
    expect(second.snapshot.discoveredAt > first.snapshot.discoveredAt).toBe(true);
    expect((await schema.current(tenantId))?.discoveredAt).toEqual(second.snapshot.discoveredAt);
    expect(await versions()).toEqual([1]);
    expect(await audited()).toMatchObject([{ changed: true }, { version: 1, changed: false }]);
  });

  it('of something changed makes a new version, says what changed, and everyone sees it at once', async () => {
    const [one, other] = [makeProcess(), makeProcess()];
    await one.discover();
    expect((await other.schema.current(tenantId))?.version).toBe(1);
    withFields((fields) => [
      ...fields
        .filter(({ name }) => name !== 'favourite_colour')
        .map((field) => (field.name === 'jobtitle' ? { ...field, isReadOnly: true, label: 'Profession' } : field)),
      sampleField('shoe_size', 'Shoe size', { type: 'number' }),
    ]);
    const { snapshot, difference } = found(await one.discover());
    expect(snapshot.version).toBe(2);
    expect(difference).toEqual({
      objects: { added: [], gone: [], changed: [] },
      fields: {
        added: [{ object: 'contacts', field: 'shoe_size' }],
        gone: [{ object: 'contacts', field: 'favourite_colour' }],
        changed: [{ object: 'contacts', field: 'jobtitle', what: ['label', 'isReadOnly'] }],
      },
    });
    expect(await other.schema.current(tenantId)).toEqual(snapshot);
    expect(await database.withTenant(tenantId, (tx) => other.schema.current(tenantId, tx))).toEqual(snapshot);
    expect((await other.schema.searchable(tenantId))?.index.search('shoe size')[0]).toMatchObject({
      field: { name: 'shoe_size' },
    });
  });

  it('keeps few old versions', async () => {
    const { discover } = makeProcess();
    for (let version = 1; version <= 8; version++) {
      withFields((fields) => [...fields, sampleField(`field_${version}`, `Field ${version}`)]);
      expect(found(await discover()).snapshot.version).toBe(version);
    }
    expect(await versions()).toEqual([4, 5, 6, 7, 8]);
  });

  it('holds texts that PostgreSQL can’t', async () => {
    const { discover, schema } = makeProcess();
    withFields((fields) => [...fields, sampleField('odd', 'NUL \0 and half \uD800 a pair', { type: 'json' })]);
    found(await discover());
    const contacts = (await schema.current(tenantId))?.objects.find(({ name }) => name === 'contacts');
    expect(contacts?.fields.find(({ name }) => name === 'odd')?.label).toBe('NUL \uFFFD and half \uFFFD a pair');
    expect(found(await discover()).isNew).toBe(false);
  });
});

describe('who depends on the schema', () => {
  it('is told of every new version, in its transaction, and of nothing else', async () => {
    const told: [string, number, string[] | undefined, unknown][] = [];
    for (const name of ['one', 'two']) {
      listeners.add({
        changed: async (_, snapshot, tx, difference) => {
          const [row] = await tx.query<{ newest: number }[]>('SELECT max(version) AS newest FROM schema_snapshots');
          told.push([name, snapshot.version, difference?.fields.gone.map(({ field }) => field), row?.newest]);
        },
      });
    }
    const { discover } = makeProcess();
    await discover();
    await discover();
    withFields((fields) => fields.filter(({ name }) => name !== 'jobtitle'));
    await discover();
    expect(told).toEqual([
      ['one', 1, undefined, 1],
      ['two', 1, undefined, 1],
      ['one', 2, ['jobtitle'], 2],
      ['two', 2, ['jobtitle'], 2],
    ]);
  });

  it('can prevent it', async () => {
    listeners.add({ changed: () => Promise.reject(new Error('not now')) });
    const { discover, schema } = makeProcess();
    await expect(discover()).rejects.toThrow('not now');
    expect(await schema.current(tenantId)).toBeUndefined();
    expect(await audited()).toEqual([]);
  });
});

describe('two at once', () => {
  it('in one process are one', async () => {
    const { letGo } = hold();
    const { discover } = makeProcess();
    const both = Promise.all([discover(), discover()]);
    await waitFor(() => Promise.resolve(crm.asked > 0));
    letGo();
    const [one, two] = (await both).map(found);
    expect(one?.snapshot).toEqual(two?.snapshot);
    expect([crm.asked, await versions()]).toEqual([1, [1]]);
  });

  it('in two processes have one result, and ask the CRM once', async () => {
    const { letGo } = hold();
    const first = makeProcess().discover();
    await waitFor(() => Promise.resolve(crm.asked > 0));
    let tries = 0;
    const withLock: Database['withLock'] = async (...lock) => {
      const outcome = await database.withLock(...lock);
      tries += 1;
      return outcome;
    };
    const second = makeProcess(undefined, { withLock }).discover();
    await waitFor(() => Promise.resolve(tries > 0));
    letGo();
    const [one, two] = [found(await first), found(await second)];
    expect(two.snapshot).toEqual(one.snapshot);
    expect([crm.asked, await versions()]).toEqual([1, [1]]);
  });

  it('that store the same at once make one version', async () => {
    const repository = new SchemaSnapshotRepository(
      database,
      connections,
      listeners,
      new AuditLog(database, clock),
      clock,
    );
    const under = await connections.find(tenantId);
    const stored = await Promise.all(Array.from({ length: 4 }, () => repository.store(tenantId, holding(), under)));
    expect(stored.filter((one) => one.stored && one.isNew)).toHaveLength(1);
    expect(await versions()).toEqual([1]);
  });

  it('of more tenants than one process can take are put off', async () => {
    const { letGo } = hold();
    const { discover, discoverFor } = makeProcess({ withinMs: 10_000, atOnce: 1 });
    const first = discover();
    await waitFor(() => Promise.resolve(crm.asked > 0));
    const other = await makeTenant();
    await connect(String(nextPortal++), other);
    expect(await discoverFor(other)).toMatchObject({ state: 'busy', retryAfterSeconds: 5 });
    letGo();
    found(await first);
    crm.holds = { ...crm.holds, portalId: String(nextPortal - 1) };
    found(await discoverFor(other));
  });
});

describe('what can’t be discovered', () => {
  it.each([
    [
      { cause: 'connection', detail: 'The token is rejected' },
      { state: 'not_connected', detail: 'The token is rejected' },
    ],
    [
      { cause: 'throttled', detail: 'full', retryAfterSeconds: 77 },
      { state: 'slow', retryAfterSeconds: 77 },
    ],
    [
      { cause: 'throttled', detail: 'full' },
      { state: 'slow', retryAfterSeconds: 10 },
    ],
    [
      { cause: 'unavailable', detail: 'HubSpot answered 502' },
      { state: 'down', retryAfterSeconds: 5 },
    ],
  ] as const)('says why: %j', async (deferral, expected) => {
    const { discover, schema } = makeProcess();
    const before = found(await discover()).snapshot;
    put(deferral);
    expect(await discover()).toMatchObject(expected);
    // And what was known stays known.
    expect(await schema.current(tenantId)).toEqual(before);
  });

  it('is answered in time, and the CRM is not asked further', async () => {
    const { promise, resolve } = Promise.withResolvers<CrmSchemaReading>();
    crm.answer = () => promise;
    const { discover } = makeProcess({ withinMs: 50, atOnce: 3 });
    expect(await discover()).toMatchObject({ state: 'slow' });
    await waitFor(() => Promise.resolve(crm.signal?.aborted === true));
    resolve(holding());
    await waitFor(async () => (await versions()).length === 1);
  });

  it('is not asked for without a connection', async () => {
    await disconnect();
    expect(await makeProcess().discover()).toMatchObject({ state: 'not_connected' });
    expect(crm.asked).toBe(0);
  });

  it('is read again when the portal was connected anew on the way: other scopes let other things be seen', async () => {
    const whole = holding();
    const [seenBefore] = whole.objects;
    let connectedAgainAt: Date | undefined;
    crm.answer = async () => {
      if (connectedAgainAt !== undefined) return structuredClone(whole);
      await connect();
      ({ connectedAt: connectedAgainAt } = await connections.find(tenantId));
      return { ...whole, objects: seenBefore === undefined ? [] : [seenBefore] };
    };
    const { discover, fresh, schema } = makeProcess();
    const { snapshot } = found(await discover());
    expect([crm.asked, snapshot.version, snapshot.objects]).toMatchObject([2, 1, { length: whole.objects.length }]);
    expect(connectedAgainAt !== undefined && snapshot.discoveredAt >= connectedAgainAt).toBe(true);
    expect(await fresh.get(tenantId)).toEqual(snapshot);
    expect([crm.asked, await schema.current(tenantId)]).toEqual([2, snapshot]);
  });

  it('is not read again and again for one who is told to ask later', async () => {
    crm.answer = async () => {
      await connect();
      return structuredClone(crm.holds);
    };
    expect(await makeProcess({ withinMs: 100, atOnce: 3 }).discover()).toMatchObject({ state: 'slow' });
    await waitFor(async () => (await database.withLock(`discover ${tenantId}`, () => Promise.resolve())).acquired);
    expect(await versions()).toEqual([]);
  });

  it('is not kept when its portal is not connected any more', async () => {
    const answer = crm.answer;
    crm.answer = async () => {
      const reading = await answer();
      await disconnect();
      await connect(String(nextPortal++));
      return reading;
    };
    const { discover, schema } = makeProcess();
    expect(await discover()).toMatchObject({ state: 'not_connected' });
    expect(await schema.current(tenantId)).toBeUndefined();
    expect(await versions()).toEqual([]);
  });
});

function disconnect(): Promise<unknown> {
  const revocations = new RevocationRepository(database, vault);
  return new Disconnect(database, connections, revocations, new AuditLog(database, clock)).execute(tenantId);
}

function disable(): Promise<unknown> {
  const revocations = new RevocationRepository(database, vault);
  const settings = new WritebackSettingsRepository(database, clock);
  return new DisableSyncing(database, connections, settings, revocations, new AuditLog(database, clock)).execute(
    tenantId,
  );
}

describe('what was discovered', () => {
  it('is shown to its tenant alone', async () => {
    const { discover, schema } = makeProcess();
    await discover();
    const other = await makeTenant();
    expect(await schema.current(other)).toBeUndefined();
    expect(await database.withTenant(other, (tx) => schema.current(other, tx))).toBeUndefined();
    expect(await versions(other)).toEqual([]);
    const intruding = database.withTenant(other, (tx: EntityManager) =>
      tx.query(
        `INSERT INTO schema_snapshots (tenant_id, portal_id, version, created_at, discovered_at, fingerprint, reading)
         VALUES ($1, '1', 1, now(), now(), '', '{}')`,
        [tenantId],
      ),
    );
    await expect(intruding).rejects.toThrow('row-level security');
  });

  it('stays through a disconnect, and is there for the next connect of the same portal', async () => {
    const { discover, schema } = makeProcess();
    const { snapshot } = found(await discover());
    await disconnect();
    expect(await schema.current(tenantId)).toEqual(snapshot);
    await connect();
    expect(await schema.current(tenantId)).toEqual(snapshot);
  });

  it('is gone with a disable; the same portal then starts anew', async () => {
    const { discover, schema } = makeProcess();
    await discover();
    await disable();
    expect(await versions()).toEqual([]);
    await connect();
    expect(await schema.current(tenantId)).toBeUndefined();
    withFields((fields) => fields.slice(1));
    const { snapshot } = found(await discover());
    expect(snapshot.version).toBe(1);
    expect(await schema.current(tenantId)).toEqual(snapshot satisfies SchemaSnapshot);
  });

  it('is gone with its portal: another one starts anew, whoever takes it', async () => {
    const { discover, schema } = makeProcess();
    await discover();
    await disconnect();
    const other = await makeTenant();
    await connect(portalId, other);
    expect(await versions()).toEqual([]);
    await connect(String(nextPortal++));
    expect(await schema.current(tenantId)).toBeUndefined();
    expect(await schema.current(other)).toBeUndefined();
  });
});
