import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Clock, Database, newId } from '@app/platform';
import { AuditLog, type Connection, CreateTenant, ReadAudit } from '@app/tenants';
import { createTestDatabase, type TestDatabase } from '@app/testing';
import { aSearch, exampleSnapshot, packPortal, packPortalWith } from '../../testing/index.js';
import { AiAgentRepository } from '../agents/ai-agent.repository.js';
import { CreateAiAgent } from '../agents/create-ai-agent.js';
import { RemoveAiAgent } from '../agents/remove-ai-agent.js';
import type { Binding } from '../bindings/binding.js';
import { BindingRepository } from '../bindings/binding.repository.js';
import { ChangeBinding } from '../bindings/change-binding.js';
import { CreateBinding } from '../bindings/create-binding.js';
import { KnownSchema } from '../bindings/known-schema.js';
import { ReadBindings } from '../bindings/read-bindings.js';
import { RecheckBindings } from '../bindings/recheck-bindings.js';
import { RemoveBinding } from '../bindings/remove-binding.js';
import type { Discovery } from '../schema/discover-schema.js';
import { FreshSchema } from '../schema/fresh-schema.js';
import type { SchemaSnapshot } from '../schema/schema-snapshot.js';
import { ChangePackLandings } from './change-pack-landings.js';
import { InstallPack } from './install-pack.js';
import { PackLandingRepository } from './pack-landing.repository.js';
import { PACK } from './pack-skills.js';
import { ReadPack } from './read-pack.js';

const clock: Clock & { time: Date } = { time: new Date('2026-11-21T10:00:00Z'), now: () => clock.time };
const UNKNOWN_ID = '0190a7f2-0000-7000-8000-000000000000';
const NAMES = PACK.map(({ toolName }) => toolName);

/** What the portal holds, and what a discovery of it comes to. */
const portal: { snapshot?: SchemaSnapshot; connection: Connection; discovery: Discovery; discoveries: number } = {
  connection: { status: 'active' },
  discovery: { state: 'not_connected', detail: 'HubSpot is not connected' },
  discoveries: 0,
};
const snapshots = { current: () => Promise.resolve(portal.snapshot) };
const connections = { find: () => Promise.resolve(portal.connection) };
const discover = {
  execute: () => {
    portal.discoveries += 1;
    if (portal.discovery.state === 'discovered') portal.snapshot = portal.discovery.snapshot;
    return Promise.resolve(portal.discovery);
  },
};

let testDatabase: TestDatabase;
let database: Database;
let install: InstallPack;
let offer: ReadPack;
let land: ChangePackLandings;
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
  const [schema, landings] = [new KnownSchema(connections, snapshots), new PackLandingRepository()];
  const fresh = new FreshSchema(connections, snapshots, discover);
  recheck = new RecheckBindings(database, bindings, snapshots, landings);
  install = new InstallPack(database, agents, bindings, landings, fresh, recheck, audit, clock);
  offer = new ReadPack(database, connections, snapshots, landings);
  land = new ChangePackLandings(database, bindings, landings, schema, recheck, audit, clock);
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
  portal.snapshot = packPortal();
  portal.connection = { status: 'active' };
  portal.discovery = { state: 'not_connected', detail: 'HubSpot is not connected' };
  portal.discoveries = 0;
  tenantId = await new CreateTenant(database).execute(`Tenant ${newId()}`);
  agentId = (await createAgent.execute(tenantId, { name: 'Reception', kind: 'voice' })).id;
});

const installed = async (): Promise<string[]> =>
  (await install.execute(tenantId, agentId)).filter(({ created }) => created).map(({ skill }) => skill);

const skills = (): Promise<Binding[]> => read.list(tenantId, { agentId, limit: 50 });

async function skill(name: string): Promise<Binding> {
  const found = (await skills()).find(({ toolName }) => toolName === name);
  if (found === undefined) throw new Error(`The AI agent has no ${name}`);
  return found;
}

async function tellOf(snapshot: SchemaSnapshot): Promise<void> {
  portal.snapshot = snapshot;
  await database.withTenant(tenantId, (tx) => recheck.changed(tenantId, snapshot, tx));
}

const writtenTo = ({ definition }: Binding): unknown[] =>
  definition.operation === 'restWrite'
    ? definition.restWrite.set.flatMap(({ value }) => ('constant' in value ? [value.constant] : []))
    : [];

const landingOf = async (tenant: string) =>
  (await offer.execute(tenant)).skills.flatMap((one) =>
    one.state === 'available' && one.landing !== undefined ? [one.landing.pipeline.id] : [],
  );

const refusedWith = (code: number, reason?: string) => ({
  code,
  ...(reason === undefined ? {} : { details: { reason } }),
});

describe('installing', () => {
  it('brings seven skills, enabled, gated and of the pack; again it brings nothing', async () => {
    expect(await install.execute(tenantId, agentId)).toEqual(NAMES.map((name) => ({ skill: name, created: true })));
    const all = await skills();
    expect(all.map(({ toolName }) => toolName).toSorted()).toEqual(NAMES.toSorted());
    for (const one of all) expect(one).toMatchObject({ origin: 'pack', enabled: true, version: 1, problems: [] });
    expect(await install.execute(tenantId, agentId)).toEqual(NAMES.map((name) => ({ skill: name, created: false })));
    const audited = (await new ReadAudit(database).list(tenantId, { limit: 50 })).map(({ action }) => action);
    expect(audited.filter((action) => action === 'pack.installed')).toHaveLength(1);
  });

  it('twice at once makes one of each', async () => {
    const both = await Promise.all([installed(), installed()]);
    expect(both.flat().toSorted()).toEqual(NAMES.toSorted());
    expect(await skills()).toHaveLength(NAMES.length);
  });

  it('leaves out what the portal can’t have, says why, and brings it once it can', async () => {
    portal.snapshot = exampleSnapshot();
    const answer = await install.execute(tenantId, agentId);
    expect(answer.filter(({ leftOut }) => leftOut !== undefined)).toEqual(
      ['find_ticket', 'create_ticket'].map((name) => ({
        skill: name,
        created: false,
        leftOut: {
          reason: 'withheld_object',
          message: expect.stringContaining('grant tickets and connect again'),
          missingScopes: ['tickets'],
        },
      })),
    );
    await tellOf(packPortal());
    expect(await installed()).toEqual(['find_ticket', 'create_ticket']);
  });

  it('is of one AI agent of one tenant', async () => {
    await installed();
    const other = await createAgent.execute(tenantId, { name: 'Sales', kind: 'chat' });
    expect(await read.list(tenantId, { agentId: other.id, limit: 50 })).toEqual([]);
    const stranger = await new CreateTenant(database).execute(`Tenant ${newId()}`);
    await expect(install.execute(stranger, agentId)).rejects.toMatchObject(refusedWith(2011));
    await expect(install.execute(tenantId, UNKNOWN_ID)).rejects.toMatchObject(refusedWith(2011));
    await removeAgent.execute(tenantId, other.id);
    await expect(install.execute(tenantId, other.id)).rejects.toMatchObject(refusedWith(2011));
  });

  it('discovers the portal first, where that was not done since it was connected', async () => {
    portal.snapshot = undefined;
    portal.discovery = { state: 'discovered', snapshot: packPortal(), isNew: true };
    expect(await installed()).toEqual(NAMES);
    expect(portal.discoveries).toBe(1);
    await installed();
    expect(portal.discoveries).toBe(1);
    portal.connection = { status: 'active', connectedAt: new Date('2026-11-21T10:00:01Z') };
    portal.discovery = {
      state: 'discovered',
      snapshot: packPortal({ discoveredAt: new Date('2026-11-21T10:00:02Z') }),
      isNew: false,
    };
    await installed();
    await installed();
    expect(portal.discoveries).toBe(2);
  });

  it.each<[Discovery, number, string]>([
    [{ state: 'slow', detail: 'slow', retryAfterSeconds: 10 }, 3002, 'hubspot_slow'],
    [{ state: 'busy', detail: 'busy', retryAfterSeconds: 5 }, 3002, 'busy'],
    [{ state: 'down', detail: 'down', retryAfterSeconds: 5 }, 3004, 'hubspot_down'],
    [{ state: 'not_connected', detail: 'not now' }, 1012, 'not_connected'],
  ])('waits for a portal that can’t be discovered: %j', async (discovery, code, reason) => {
    portal.snapshot = undefined;
    portal.discovery = discovery;
    await expect(install.execute(tenantId, agentId)).rejects.toMatchObject(refusedWith(code, reason));
    expect(await skills()).toEqual([]);
  });

  it('is refused without a connection', async () => {
    portal.connection = { status: 'inactive' };
    await expect(install.execute(tenantId, agentId)).rejects.toMatchObject(refusedWith(1012, 'not_connected'));
    expect(portal.discoveries).toBe(0);
  });
});

describe('a skill of the pack', () => {
  it('is switched and deleted, and not otherwise changed', async () => {
    await installed();
    const { id } = await skill('create_deal');
    const at = { agentId, id };
    await expect(change.execute(tenantId, { ...at, body: { description: 'Mine' } }, () => true)).rejects.toMatchObject(
      refusedWith(1012, 'of_the_pack'),
    );
    await expect(
      change.execute(tenantId, { ...at, body: { toolName: 'mine', enabled: false } }, () => true),
    ).rejects.toMatchObject(refusedWith(1012, 'of_the_pack'));
    const off = await change.execute(tenantId, { ...at, body: { enabled: false } }, () => true);
    expect(off).toMatchObject({ changed: true, binding: { enabled: false, version: 1, origin: 'pack' } });
    expect(await installed()).toEqual([]);
    expect((await skill('create_deal')).enabled).toBe(false);
    await change.execute(tenantId, { ...at, body: { enabled: true } }, () => true);
    expect((await skill('create_deal')).enabled).toBe(true);
    await remove.execute(tenantId, at);
    expect(await installed()).toEqual(['create_deal']);
  });

  it('has a name that no binding takes', async () => {
    const body = aSearch({}, { toolName: 'find_contact' });
    await expect(create.execute(tenantId, { agentId, body })).rejects.toMatchObject({
      code: 1002,
      details: { errors: [{ field: 'toolName', reason: 'reserved_name' }] },
    });
  });
});

describe('when the portal changes', () => {
  it('what it lost is left out of the skill, and what it gained is there: another version, still enabled', async () => {
    await tellOf(
      packPortalWith('tickets', (tickets) => ({
        ...tickets,
        fields: tickets.fields.filter(({ name }) => name !== 'hs_ticket_priority'),
      })),
    );
    await installed();
    expect(Object.keys((await skill('create_ticket')).inputSchema.properties)).not.toContain('priority');
    await tellOf(packPortal({ discoveredAt: new Date('2026-11-21T11:00:00Z') }));
    const mended = await skill('create_ticket');
    expect(mended).toMatchObject({ version: 2, enabled: true, updatedAt: new Date('2026-11-21T11:00:00Z') });
    expect(mended.inputSchema.properties['priority']).toMatchObject({ enum: ['LOW', 'HIGH'] });
    expect((await read.versions(tenantId, mended)).map(({ version }) => version)).toEqual([2, 1]);
    expect((await skill('create_deal')).version).toBe(1);
  });

  it('nothing becomes of a skill that it doesn’t concern', async () => {
    await installed();
    const before = await skills();
    await tellOf(packPortal({ version: 2 }));
    expect(await skills()).toEqual(before);
  });

  it('one that it can’t have any more is broken, and can’t be enabled until it is mended', async () => {
    await installed();
    await tellOf(exampleSnapshot());
    const broken = await skill('create_ticket');
    expect(broken).toMatchObject({
      enabled: true,
      version: 1,
      problems: [{ path: 'restWrite.object', reason: 'withheld_object' }],
    });
    const at = { agentId, id: broken.id };
    await change.execute(tenantId, { ...at, body: { enabled: false } }, () => true);
    await expect(change.execute(tenantId, { ...at, body: { enabled: true } }, () => true)).rejects.toMatchObject(
      refusedWith(1012, 'binding_broken'),
    );
    expect((await skill('find_contact')).problems).toEqual([]);
    await tellOf(packPortal());
    expect(await skill('create_ticket')).toMatchObject({ problems: [], version: 1 });
  });
});

describe('where tickets and deals land', () => {
  it('is the default pipeline’s first open stage, until an admin says otherwise; installed skills follow', async () => {
    await installed();
    expect(writtenTo(await skill('create_ticket'))).toEqual(['0', '1']);
    clock.time = new Date('2026-11-21T12:00:00Z');
    await land.execute(tenantId, { tickets: { pipelineId: '7' } });
    const moved = await skill('create_ticket');
    expect([writtenTo(moved), moved.version, moved.updatedAt]).toEqual([['7', '71'], 2, clock.time]);
    expect(writtenTo(await skill('create_deal'))).toEqual(['default', 'new']);
    await land.execute(tenantId, { tickets: { pipelineId: '0', stageId: '4' } });
    expect(writtenTo(await skill('create_ticket'))).toEqual(['0', '4']);
    await land.execute(tenantId, { tickets: null });
    expect(writtenTo(await skill('create_ticket'))).toEqual(['0', '1']);
    const other = await createAgent.execute(tenantId, { name: 'Sales', kind: 'chat' });
    await land.execute(tenantId, { deals: { pipelineId: 'default', stageId: 'won' } });
    agentId = other.id;
    await installed();
    expect(writtenTo(await skill('create_deal'))).toEqual(['default', 'won']);
  });

  it('breaks the skill when what was chosen is gone', async () => {
    await installed();
    await land.execute(tenantId, { tickets: { pipelineId: '7' } });
    await tellOf(
      packPortalWith('tickets', (tickets) => ({
        ...tickets,
        pipelines: tickets.pipelines.filter(({ id }) => id !== '7'),
      })),
    );
    expect((await skill('create_ticket')).problems).toMatchObject([
      { reason: 'unknown_option', message: expect.stringMatching(/the pipeline 7 that was chosen is gone/) },
    ]);
    await land.execute(tenantId, { tickets: null });
    expect(await skill('create_ticket')).toMatchObject({ problems: [] });
  });

  it('is refused where the portal has no such thing', async () => {
    await expect(
      land.execute(tenantId, { tickets: { pipelineId: '8' }, deals: { pipelineId: 'default', stageId: '71' } }),
    ).rejects.toMatchObject({
      code: 1002,
      details: {
        errors: [
          { field: 'tickets.pipelineId', message: 'is not a pipeline of tickets', reason: 'unknown_option' },
          { field: 'deals.stageId', message: 'is not a stage of Sales', reason: 'unknown_option' },
        ],
      },
    });
    portal.snapshot = undefined;
    await expect(land.execute(tenantId, {})).rejects.toMatchObject(refusedWith(1012, 'not_discovered'));
  });

  it('is chosen for one portal, of one tenant', async () => {
    await land.execute(tenantId, { tickets: { pipelineId: '7' } });
    const stranger = await new CreateTenant(database).execute(`Tenant ${newId()}`);
    expect(await landingOf(tenantId)).toEqual(['7', 'default']);
    expect(await landingOf(stranger)).toEqual(['0', 'default']);
    portal.snapshot = packPortal({ portalId: '4712' });
    expect(await landingOf(tenantId)).toEqual(['0', 'default']);
  });
});

describe('what the pack holds', () => {
  it('is told of any portal, and of none', async () => {
    const states = async () => (await offer.execute(tenantId)).skills.map(({ state }) => state);
    expect(await states()).toEqual(NAMES.map(() => 'available'));
    portal.snapshot = exampleSnapshot();
    expect((await states()).filter((state) => state === 'left_out')).toHaveLength(2);
    portal.snapshot = undefined;
    expect(await offer.execute(tenantId)).toMatchObject({
      unknown: 'not_discovered',
      skills: [{ state: 'unknown' }, {}, {}, {}, {}, {}, {}],
    });
    portal.connection = { status: 'disconnected' };
    expect(await offer.execute(tenantId)).toMatchObject({ unknown: 'not_connected' });
  });
});
