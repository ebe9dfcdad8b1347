import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Clock, Database, newId } from '@app/platform';
import { AuditLog, CreateTenant, ReadAudit } from '@app/tenants';
import { createTestDatabase, type TestDatabase, waitFor } from '@app/testing';
import { anInput, aSearch, aWrite, exampleSnapshot } from '../../testing/index.js';
import { AiAgentRepository } from '../agents/ai-agent.repository.js';
import { CreateAiAgent } from '../agents/create-ai-agent.js';
import { RemoveAiAgent } from '../agents/remove-ai-agent.js';
import type { SchemaSnapshot, SchemaSnapshots } from '../schema/schema-snapshot.js';
import type { Binding } from './binding.js';
import { BindingRepository } from './binding.repository.js';
import { ChangeBinding } from './change-binding.js';
import { CreateBinding } from './create-binding.js';
import { KnownSchema } from './known-schema.js';
import { ReadBindings } from './read-bindings.js';
import { RecheckBindings } from './recheck-bindings.js';
import { RemoveBinding } from './remove-binding.js';

const clock: Clock & { time: Date } = { time: new Date('2026-11-21T10:00:00Z'), now: () => clock.time };
const UNKNOWN_ID = '0190a7f2-0000-7000-8000-000000000000';

/** What the portal holds, and whether it is connected: the two things that bindings ask others for. */
const portal: { snapshot?: SchemaSnapshot; isConnected: boolean } = { isConnected: true };
const snapshots: SchemaSnapshots = { current: () => Promise.resolve(portal.snapshot) };
const connections = {
  find: () => Promise.resolve({ status: portal.isConnected ? ('active' as const) : ('disconnected' as const) }),
};

let testDatabase: TestDatabase;
let database: Database;
let create: CreateBinding;
let change: ChangeBinding;
let remove: RemoveBinding;
let read: ReadBindings;
let recheck: RecheckBindings;
let createAgent: CreateAiAgent;
let removeAgent: RemoveAiAgent;
let tenantId: string;
let agentId: string;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await Database.connect({ url: testDatabase.url, applicationName: 'test' });
  const [agents, bindings, audit] = [new AiAgentRepository(), new BindingRepository(), new AuditLog(database, clock)];
  const schema = new KnownSchema(connections, snapshots);
  recheck = new RecheckBindings(database, bindings, snapshots);
  create = new CreateBinding(database, agents, bindings, schema, recheck, audit, clock);
  change = new ChangeBinding(database, bindings, schema, recheck, audit, clock);
  remove = new RemoveBinding(database, bindings, audit);
  read = new ReadBindings(database, agents, bindings);
  createAgent = new CreateAiAgent(database, agents, audit, clock, []);
  removeAgent = new RemoveAiAgent(database, agents, audit);
});

afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

beforeEach(async () => {
  portal.snapshot = exampleSnapshot();
  portal.isConnected = true;
  tenantId = await new CreateTenant(database).execute(`Tenant ${newId()}`);
  agentId = (await createAgent.execute(tenantId, { name: 'Reception', kind: 'voice' })).id;
});

const byWord = { where: [[{ field: 'firstname', operator: 'EQ', value: { input: 'word' } }]] };
const aRead = (rest: object = {}) => aSearch(byWord, { inputs: [anInput('word')], ...rest });

async function make(body: unknown): Promise<Binding> {
  return (await create.execute(tenantId, { agentId, body })).binding;
}

async function changed({ id }: Binding, body: unknown): Promise<Binding> {
  const outcome = await change.execute(tenantId, { agentId, id, body }, () => true);
  if (!outcome.changed) throw new Error(outcome.reason);
  return outcome.binding;
}

async function tellOf(snapshot: SchemaSnapshot): Promise<void> {
  portal.snapshot = snapshot;
  await database.withTenant(tenantId, (tx) => recheck.changed(tenantId, snapshot, tx));
}

async function audited(): Promise<string[]> {
  const entries = await new ReadAudit(database).list(tenantId, { limit: 50 });
  return entries.map(({ action }) => action).toReversed();
}

const refusedWith = (code: number, reason?: string) => ({
  code,
  ...(reason === undefined ? {} : { details: { reason } }),
});

describe('a new binding', () => {
  it('of a read may be on at once; of a write never is, and says so', async () => {
    const reading = await create.execute(tenantId, { agentId, body: aRead({ enabled: true }) });
    expect(reading).toMatchObject({ binding: { enabled: true, version: 1, toolName: 'find_people', problems: [] } });
    expect(reading.notice).toBeUndefined();
    expect(reading.binding.inputSchema.required).toEqual(['word']);
    const writing = await create.execute(tenantId, { agentId, body: aWrite({}, { enabled: true }) });
    expect(writing).toMatchObject({ binding: { enabled: false }, notice: { reason: 'write_needs_review' } });
    const quiet = await create.execute(tenantId, { agentId, body: aWrite({}, { toolName: 'other' }) });
    expect([quiet.binding.enabled, quiet.notice]).toEqual([false, undefined]);
    expect(await read.get(tenantId, writing.binding)).toEqual(writing.binding);
    expect((await read.list(tenantId, { agentId, limit: 2 })).map(({ toolName }) => toolName)).toEqual([
      'other',
      'note_deal',
    ]);
  });

  it('is one of 200 that an AI agent may have, beside those of the pack', async () => {
    const first = await make(aRead());
    await database.withTenant(tenantId, (tx) =>
      tx.query(
        `INSERT INTO bindings (id, tenant_id, agent_id, tool_name, origin, version, definition, input_schema, enabled,
           problems, created_at, updated_at)
         SELECT gen_random_uuid(), tenant_id, agent_id, origins.origin || '_' || n, origins.origin, version, definition,
           input_schema, enabled, problems, created_at, updated_at
         FROM bindings, (VALUES ('binding', 198), ('pack', 7)) AS origins (origin, many), generate_series(1, many) AS n
         WHERE tenant_id = $1 AND id = $2`,
        [tenantId, first.id],
      ),
    );
    const another = await make(aRead({ toolName: 'another' }));
    await expect(make(aRead({ toolName: 'one_more' }))).rejects.toMatchObject(refusedWith(1012, 'too_many_bindings'));
    await remove.execute(tenantId, another);
    expect(await make(aRead({ toolName: 'one_more' }))).toMatchObject({ version: 1 });
  });

  it('is refused with every problem and its place', async () => {
    await expect(
      make(aSearch({ select: ['nope'], where: [[{ field: 'score', operator: 'EQ', value: { constant: 'x' } }]] })),
    ).rejects.toMatchObject({
      code: 1002,
      details: {
        reason: 'binding_invalid',
        errors: [
          { field: 'restSearch.where[0][0].value.constant', reason: 'wrong_value', message: 'is not a number' },
          { field: 'restSearch.select[0]', reason: 'unknown_field', message: 'is not a field of contacts' },
        ],
      },
    });
    await expect(make({ operation: 'restSearch' })).rejects.toMatchObject({
      code: 1001,
      details: { reason: 'binding_invalid' },
    });
    await expect(make(aRead({ description: 'zero \0' }))).rejects.toMatchObject({ code: 1002 });
  });

  it('needs an AI agent, a connection, a schema, and a name of its own, also when two come at once', async () => {
    await expect(create.execute(tenantId, { agentId: UNKNOWN_ID, body: aRead() })).rejects.toMatchObject(
      refusedWith(2011),
    );
    portal.snapshot = undefined;
    await expect(make(aRead())).rejects.toMatchObject(refusedWith(1012, 'not_discovered'));
    portal.isConnected = false;
    await expect(make(aRead())).rejects.toMatchObject(refusedWith(1012, 'not_connected'));
    [portal.isConnected, portal.snapshot] = [true, exampleSnapshot()];
    const both = await Promise.allSettled([make(aRead()), make(aRead())]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: refusedWith(1012, 'name_taken') });
    const other = await make(aRead({ toolName: 'other' }));
    await expect(changed(other, { toolName: 'find_people' })).rejects.toMatchObject(refusedWith(1012, 'name_taken'));
    const colleague = await createAgent.execute(tenantId, { name: 'Night', kind: 'chat' });
    await create.execute(tenantId, { agentId: colleague.id, body: aRead() });
  });

  it('is its tenant’s and its AI agent’s alone', async () => {
    const { id } = await make(aRead());
    const other = await new CreateTenant(database).execute(`Tenant ${newId()}`);
    const colleague = await createAgent.execute(tenantId, { name: 'Night', kind: 'chat' });
    for (const [tenant, agent] of [
      [other, agentId],
      [tenantId, colleague.id],
    ] as const) {
      const at = { agentId: agent, id };
      await expect(read.get(tenant, at)).rejects.toMatchObject({ code: 2011 });
      await expect(read.versions(tenant, at)).rejects.toMatchObject({ code: 2011 });
      await expect(change.execute(tenant, { ...at, body: {} }, () => true)).rejects.toMatchObject({ code: 2011 });
      await expect(remove.execute(tenant, at)).rejects.toMatchObject({ code: 2011 });
    }
    await expect(read.list(other, { agentId, limit: 5 })).rejects.toMatchObject({ code: 2011 });
    expect(await read.list(tenantId, { agentId: colleague.id, limit: 5 })).toEqual([]);
  });
});

describe('a change', () => {
  it('makes a version of another definition, and none of the same one', async () => {
    const binding = await make(aRead({ enabled: true }));
    const renamed = await changed(binding, { description: 'Finds someone' });
    expect(renamed).toMatchObject({ version: 2, enabled: true, definition: { description: 'Finds someone' } });
    expect(await changed(renamed, { description: 'Finds someone' })).toMatchObject({ version: 2 });
    const versions = await read.versions(tenantId, binding);
    expect(versions.map(({ version, definition }) => [version, definition.description])).toEqual([
      [2, 'Finds someone'],
      [1, 'Finds people'],
    ]);
    expect(await audited()).toEqual(['ai_agent.created', 'binding.created', 'binding.changed']);
  });

  it('of the AST takes its inputs along, and forgets what they stood for', async () => {
    const binding = await make(aRead());
    const where = [[{ field: 'score', operator: 'GTE', value: { input: 'least' } }]];
    const next = await changed(binding, {
      restSearch: { object: 'contacts', where, select: ['score'], take: { many: 3 } },
      inputs: [anInput('least')],
    });
    expect(next.definition.inputObjectMap).toEqual([{ input: 'least', object: 'contacts', field: 'score' }]);
    expect(next.inputSchema.properties).toMatchObject({ least: { type: 'number' } });
    await expect(changed(next, { inputs: [] })).rejects.toMatchObject({
      details: { errors: [{ reason: 'undeclared_input' }] },
    });
    await expect(changed(next, { operation: 'restWrite' })).rejects.toMatchObject({ code: 1001 });
    const asWrite = aWrite();
    expect(await changed(next, { ...asWrite, enabled: true })).toMatchObject({
      enabled: false,
      definition: { operation: 'restWrite' },
    });
  });

  it('of a write sends it back to review; enabling it alone is an act of its own', async () => {
    const binding = await make(aWrite());
    expect((await changed(binding, { enabled: true })).enabled).toBe(true);
    const outcome = await change.execute(
      tenantId,
      { agentId, id: binding.id, body: { description: 'Another', enabled: true } },
      () => true,
    );
    expect(outcome).toMatchObject({
      changed: true,
      binding: { enabled: false, version: 2 },
      notice: { reason: 'write_needs_review' },
    });
    await changed(binding, { enabled: true });
    await changed(binding, { enabled: false });
    expect((await audited()).slice(1)).toEqual([
      'binding.created',
      'binding.enabled',
      'binding.changed',
      'binding.enabled',
      'binding.disabled',
    ]);
  });

  it('enables a write for nobody who doesn’t say which version they have reviewed', async () => {
    const writing = await make(aWrite());
    const unseen = { changed: false, reason: 'unseen' };
    const switching = (of: Binding, enabled: boolean) =>
      change.execute(tenantId, { agentId, id: of.id, body: { enabled } }, () => undefined);
    expect(await switching(writing, true)).toEqual(unseen);
    expect((await read.get(tenantId, writing)).enabled).toBe(false);
    await changed(writing, { enabled: true });
    // What is on stays so, and to switch off is anybody's.
    expect(await switching(writing, true)).toMatchObject({ changed: true, binding: { enabled: true } });
    expect(await switching(writing, false)).toMatchObject({ changed: true, binding: { enabled: false } });
    expect(await switching(await make(aRead()), true)).toMatchObject({ changed: true, binding: { enabled: true } });
  });

  it('is for who has seen the last state, and for bodies that can be read', async () => {
    const binding = await make(aRead());
    const at = { agentId, id: binding.id };
    expect(await change.execute(tenantId, { ...at, body: { enabled: true } }, () => false)).toEqual({
      changed: false,
      reason: 'stale',
    });
    await expect(changed(binding, { enabled: 'yes' })).rejects.toMatchObject({
      code: 1002,
      details: { errors: [{ field: 'enabled' }] },
    });
    await expect(changed(binding, { tool: 'x' })).rejects.toMatchObject({ details: { errors: [{ field: 'tool' }] } });
    await expect(changed(binding, { restWrite: aWrite()['restWrite'] })).rejects.toMatchObject({ code: 1002 });
  });

  it('keeps the last 50 versions', async () => {
    let binding = await make(aRead());
    for (let round = 0; round < 51; round++) binding = await changed(binding, { description: `Round ${round}` });
    const versions = await read.versions(tenantId, binding);
    expect([versions.length, versions[0]?.version, versions.at(-1)?.version]).toEqual([50, 52, 3]);
  });
});

const snapshotWithout = (name: string): SchemaSnapshot => {
  const { objects, ...rest } = exampleSnapshot({ version: 2 });
  return {
    ...rest,
    objects: objects.map((object) => ({ ...object, fields: object.fields.filter((field) => field.name !== name) })),
  };
};

describe('another schema', () => {
  it('breaks what uses what is gone, says what, and mends it when that is back', async () => {
    const [uses, doesNot] = [
      await make(aRead({ enabled: true })),
      await make(aSearch({ select: ['email'] }, { toolName: 'other', enabled: true })),
    ];
    await tellOf(snapshotWithout('firstname'));
    const broken = await read.get(tenantId, uses);
    expect(broken).toMatchObject({ enabled: true, version: 1 });
    expect(broken.problems.map(({ path, reason }) => [path, reason])).toEqual([
      ['restSearch.where[0][0].field', 'unknown_field'],
      ['restSearch.select[0]', 'unknown_field'],
    ]);
    expect(await read.get(tenantId, doesNot)).toEqual(doesNot);
    await changed(broken, { enabled: false });
    await expect(changed(broken, { enabled: true })).rejects.toMatchObject({
      code: 1012,
      details: { reason: 'binding_broken' },
    });
    await tellOf(exampleSnapshot({ version: 3 }));
    expect((await changed(broken, { enabled: true })).problems).toEqual([]);
  });

  it('is in the compiled schema from then on', async () => {
    const where = [[{ field: 'lifecyclestage', operator: 'EQ', value: { input: 'stage' } }]];
    const binding = await make(aSearch({ where }, { inputs: [anInput('stage')] }));
    const { objects, ...rest } = exampleSnapshot({ version: 2 });
    const option = { value: 'vip', label: 'VIP', isHidden: false };
    const grown = objects.map((object) => ({
      ...object,
      fields: object.fields.map((field) =>
        field.name === 'lifecyclestage' ? { ...field, options: [...field.options, option] } : field,
      ),
    }));
    await tellOf({ ...rest, objects: grown });
    const { inputSchema, version } = await read.get(tenantId, binding);
    expect([version, inputSchema.properties['stage']?.enum]).toEqual([1, ['lead', 'customer', 'vip']]);
  });

  it('takes everything away without a crash, also from what can’t be read any more', async () => {
    const binding = await make(aWrite());
    const odd = await make(aRead());
    await database.withTenant(tenantId, (tx) =>
      tx.query(`UPDATE bindings SET definition = '{"operation": "ask"}' WHERE tenant_id = $1 AND id = $2`, [
        tenantId,
        odd.id,
      ]),
    );
    await tellOf({ ...exampleSnapshot({ version: 2 }), objects: [], withheld: [], owners: [] });
    expect((await read.get(tenantId, binding)).problems).toMatchObject([
      { path: 'restWrite.object', reason: 'unknown_object' },
    ]);
    expect((await read.get(tenantId, odd)).problems).toMatchObject([{ reason: 'malformed' }]);
  });

  it('that comes while a binding is saved finds it, or is found by it', async () => {
    const rivals = Array.from({ length: 10 }, (_, index) => make(aRead({ toolName: `tool_${index}` })));
    const gone = snapshotWithout('firstname');
    const told = tellOf(gone);
    const made = await Promise.allSettled(rivals);
    await told;
    const kept = await read.list(tenantId, { agentId, limit: 50 });
    expect(kept).toHaveLength(made.filter(({ status }) => status === 'fulfilled').length);
    expect(kept.filter(({ problems }) => problems.length === 0)).toEqual([]);
  });
});

it('goes with its AI agent', async () => {
  const binding = await make(aRead());
  await removeAgent.execute(tenantId, agentId);
  await expect(read.get(tenantId, binding)).rejects.toMatchObject({ code: 2011 });
  const left = await database.withTenant(tenantId, (tx) => tx.query<unknown[]>('SELECT 1 FROM binding_versions'));
  expect(left).toEqual([]);
});

it('is deleted for good, with an entry in the audit log', async () => {
  const binding = await make(aRead());
  await remove.execute(tenantId, binding);
  await expect(remove.execute(tenantId, binding)).rejects.toMatchObject({ code: 2011 });
  expect((await audited()).at(-1)).toBe('binding.deleted');
});

it.each<[string, (binding: Binding) => Promise<unknown>]>([
  ['a binding', (binding) => remove.execute(tenantId, binding)],
  ['an AI agent', () => removeAgent.execute(tenantId, agentId)],
])('%s is deleted while nobody checks all of them', async (_, removing) => {
  const binding = await make(aRead());
  const isAwaited = () =>
    database.withTenant(tenantId, async (tx) => {
      const [row] = await tx.query<{ waiting: number }[]>(
        `SELECT count(*)::int AS waiting FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      );
      return row?.waiting === 1;
    });
  const { promise: removed, resolve } = Promise.withResolvers<unknown>();
  await database.withTenant(tenantId, async (tx) => {
    await new BindingRepository().takeTurn(tx, tenantId);
    resolve(removing(binding));
    await waitFor(isAwaited);
  });
  await removed;
  await expect(read.get(tenantId, binding)).rejects.toMatchObject({ code: 2011 });
});

it('is judged by the newest schema, whatever became known while its turn came', async () => {
  const without = exampleSnapshot({ version: 5, objects: [] });
  const newest = exampleSnapshot({ version: 6 });
  const binding = await make(aRead());
  const bindings = new BindingRepository();
  const other = new RecheckBindings(database, bindings, { current: () => Promise.resolve(newest) });
  // Another process keeps the newest, and marks all by it, after this one has looked and before it has the turn.
  const current: typeof snapshots.current = async (_, tx) => {
    if (tx !== undefined) return newest;
    await database.withTenant(tenantId, (theirs) => other.changed(tenantId, newest, theirs));
    return without;
  };
  await new RecheckBindings(database, bindings, { current }).saved(tenantId, exampleSnapshot({ version: 4 }));
  expect((await read.get(tenantId, binding)).problems).toEqual([]);
});
