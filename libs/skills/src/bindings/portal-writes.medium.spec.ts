import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Database, newId, systemClock } from '@app/platform';
import {
  AuditLog,
  ConnectionRepository,
  CreateTenant,
  DisableSyncing,
  Disconnect,
  RevocationRepository,
  Vault,
  WritebackSettingsRepository,
} from '@app/tenants';
import { createTestDatabase, type TestDatabase } from '@app/testing';
import { anInput, aSearch, aWrite } from '../../testing/index.js';
import { AiAgentRepository } from '../agents/ai-agent.repository.js';
import { CreateAiAgent } from '../agents/create-ai-agent.js';
import { readDefinition } from '../grammar/read-binding.js';
import type { Binding } from './binding.js';
import { BindingRepository } from './binding.repository.js';

let testDatabase: TestDatabase;
let database: Database;
let connections: ConnectionRepository;
let createAgent: CreateAiAgent;
let disconnect: Disconnect;
let disable: DisableSyncing;
let tenantId: string;
let agentId: string;
const bindings = new BindingRepository();

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await Database.connect({ url: testDatabase.url, applicationName: 'test' });
  const vault = new Vault([{ id: 'test', key: randomBytes(32) }]);
  connections = new ConnectionRepository(database, vault, systemClock);
  const audit = new AuditLog(database, systemClock);
  createAgent = new CreateAiAgent(database, new AiAgentRepository(), audit, systemClock, []);
  const revocations = new RevocationRepository(database, vault);
  disconnect = new Disconnect(database, connections, revocations, audit);
  const settings = new WritebackSettingsRepository(database, systemClock);
  disable = new DisableSyncing(database, connections, settings, revocations, audit);
});

afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

beforeEach(async () => {
  tenantId = await new CreateTenant(database).execute(`Tenant ${newId()}`);
  agentId = (await createAgent.execute(tenantId, { name: 'Reception', kind: 'voice' })).id;
});

async function connect(portalId: string, of = tenantId): Promise<void> {
  const outcome = await connections.connect(of, { kind: 'token', portalId }, { accessToken: 'a token' });
  expect(outcome).toEqual({ connected: true });
}

async function keep(body: unknown, origin: Binding['origin'] = 'binding'): Promise<void> {
  const read = readDefinition(body);
  if (!read.read) throw new Error(JSON.stringify(read.problems));
  const { value: definition } = read;
  const { toolName } = definition;
  const inputSchema = { type: 'object' as const, properties: {}, required: [], additionalProperties: false as const };
  const state = { enabled: true, problems: [], createdAt: new Date(), inputSchema };
  await database.withTenant(tenantId, (tx) =>
    bindings.insert(tx, tenantId, { id: newId(), agentId, toolName, origin, version: 1, definition, ...state }),
  );
}

/** A write and a read that an operator made, and a write of the pack, all switched on. */
async function keepAll(): Promise<void> {
  await keep(aWrite({}, { toolName: 'a_write' }));
  await keep(aSearch({}, { toolName: 'a_read' }));
  await keep(aWrite({}, { toolName: 'of_the_pack', inputs: [anInput('title')] }), 'pack');
}

async function switchedOn(): Promise<string[]> {
  const all = await database.withTenant(tenantId, (tx) => bindings.listAll(tx, tenantId));
  return all.flatMap(({ enabled, toolName }) => (enabled ? [toolName] : []));
}

const ALL = ['a_write', 'a_read', 'of_the_pack'];
const WITHOUT_WRITES = ['a_read', 'of_the_pack'];

describe('writes that were reviewed for one portal', () => {
  it('stay as they are while it is connected again', async () => {
    const portalId = newId();
    await connect(portalId);
    await keepAll();
    await connect(portalId);
    await disconnect.execute(tenantId);
    await connect(portalId);
    expect(await switchedOn()).toEqual(ALL);
  });

  it('are off in another one', async () => {
    await connect(newId());
    await keepAll();
    await disconnect.execute(tenantId);
    expect(await switchedOn()).toEqual(ALL);
    await connect(newId());
    expect(await switchedOn()).toEqual(WITHOUT_WRITES);
  });

  it('are off when it is given up, or another tenant takes it', async () => {
    const portalId = newId();
    await connect(portalId);
    await keepAll();
    await disable.execute(tenantId);
    expect(await switchedOn()).toEqual(WITHOUT_WRITES);

    tenantId = await new CreateTenant(database).execute(`Tenant ${newId()}`);
    agentId = (await createAgent.execute(tenantId, { name: 'Sales', kind: 'chat' })).id;
    await connect(portalId);
    await keepAll();
    await disconnect.execute(tenantId);
    await connect(portalId, await new CreateTenant(database).execute(`Tenant ${newId()}`));
    expect(await switchedOn()).toEqual(WITHOUT_WRITES);
  });
});
