import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AppError, createLogger, Database, newId, systemClock } from '@app/platform';
import { AuditLog, ConnectionRepository, CreateTenant, Disconnect, RevocationRepository, Vault } from '@app/tenants';
import { createTestDatabase, type TestDatabase } from '@app/testing';
import { Client } from 'pg';
import { packPortal } from '../../testing/index.js';
import { AiAgentRepository } from '../agents/ai-agent.repository.js';
import { CreateAiAgent } from '../agents/create-ai-agent.js';
import { RemoveAiAgent } from '../agents/remove-ai-agent.js';
import { BindingRepository } from '../bindings/binding.repository.js';
import { RecheckBindings } from '../bindings/recheck-bindings.js';
import { RemoveBinding } from '../bindings/remove-binding.js';
import type { SchemaSnapshot } from '../schema/schema-snapshot.js';
import { AskForPack } from './ask-for-pack.js';
import { InstallDuePacks } from './install-due-packs.js';
import { InstallPack } from './install-pack.js';
import { PackLandingRepository } from './pack-landing.repository.js';
import { PackRequestRepository } from './pack-request.repository.js';
import { PACK } from './pack-skills.js';

let testDatabase: TestDatabase;
let database: Database;
let admin: Client;
let connections: ConnectionRepository;
let requests: PackRequestRepository;
let createAgent: CreateAiAgent;
let disconnect: Disconnect;
let installDue: InstallDuePacks;
let tenantId: string;
let portalId: string;

/** What asking for the portal's schema comes to. */
const schema: { answer: () => Promise<SchemaSnapshot>; asked: number } = {
  answer: () => Promise.resolve(packPortal()),
  asked: 0,
};
const fresh = {
  get: () => {
    schema.asked += 1;
    return schema.answer();
  },
};
const [agents, bindings] = [new AiAgentRepository(), new BindingRepository()];

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await Database.connect({ url: testDatabase.url, applicationName: 'test' });
  admin = new Client({ connectionString: testDatabase.adminUrl });
  await admin.connect();
  const vault = new Vault([{ id: 'test', key: randomBytes(32) }]);
  connections = new ConnectionRepository(database, vault, systemClock);
  const audit = new AuditLog(database, systemClock);
  const recheck = new RecheckBindings(database, bindings, { current: () => Promise.resolve(undefined) });
  const landings = new PackLandingRepository();
  const install = new InstallPack(database, agents, bindings, landings, fresh, recheck, audit, systemClock);
  requests = new PackRequestRepository(database);
  createAgent = new CreateAiAgent(database, agents, audit, systemClock, [new AskForPack(requests)]);
  disconnect = new Disconnect(database, connections, new RevocationRepository(database, vault), audit);
  const logger = createLogger({ level: 'silent', name: 'test' });
  installDue = new InstallDuePacks(database, requests, connections, agents, fresh, install, logger);
});

afterAll(async () => {
  await admin.end();
  await database.close();
  await testDatabase.drop();
});

beforeEach(async () => {
  await admin.query('DELETE FROM pack_requests');
  schema.answer = () => Promise.resolve(packPortal());
  schema.asked = 0;
  tenantId = await new CreateTenant(database).execute(`Tenant ${newId()}`);
  portalId = newId();
});

async function connect(features: string[] = ['skills']): Promise<void> {
  const outcome = await connections.connect(
    tenantId,
    { kind: 'token', portalId, features },
    { accessToken: 'a token' },
  );
  expect(outcome).toEqual({ connected: true });
}

async function makeAgent(name: string): Promise<string> {
  return (await createAgent.execute(tenantId, { name, kind: 'voice' })).id;
}

const skillsOf = (agentId: string): Promise<number> =>
  database.withTenant(tenantId, async (tx) => (await bindings.toolNames(tx, tenantId, agentId)).size);

const waiting = async (): Promise<number> =>
  (await admin.query<{ tries: number }>('SELECT tries FROM pack_requests WHERE tenant_id = $1', [tenantId])).rows
    .length;

const letTimePass = () => admin.query(`UPDATE pack_requests SET due_at = now() - interval '1 second'`);

describe('the pack, by itself', () => {
  it('comes to every AI agent once HubSpot is connected with the feature, and to new ones after', async () => {
    const [reception, sales] = [await makeAgent('Reception'), await makeAgent('Sales')];
    expect(await waiting()).toBe(0);
    await connect();
    expect(await waiting()).toBe(1);
    expect(await installDue.execute()).toBe(1);
    expect([await skillsOf(reception), await skillsOf(sales)]).toEqual([PACK.length, PACK.length]);
    expect(await waiting()).toBe(0);
    const night = await makeAgent('Night');
    expect(await skillsOf(night)).toBe(0);
    expect(await installDue.execute()).toBe(1);
    expect(await skillsOf(night)).toBe(PACK.length);
    expect(await installDue.execute()).toBe(0);
  });

  it('leaves the other AI agents’ skills alone when a new one gets it', async () => {
    await connect();
    const reception = await makeAgent('Reception');
    await installDue.execute();
    const remove = new RemoveBinding(database, bindings, new AuditLog(database, systemClock));
    const [first] = await database.withTenant(tenantId, (tx) =>
      bindings.list(tx, tenantId, { agentId: reception, limit: 1 }),
    );
    await remove.execute(tenantId, { agentId: reception, id: first?.id ?? '' });
    await makeAgent('Night');
    await installDue.execute();
    expect(await skillsOf(reception)).toBe(PACK.length - 1);
  });

  it('doesn’t come without the feature; the feature stays when the portal is connected again without it', async () => {
    await connect(['import']);
    const reception = await makeAgent('Reception');
    expect(await waiting()).toBe(0);
    await connect(['skills']);
    await installDue.execute();
    expect(await skillsOf(reception)).toBe(PACK.length);
    await connect([]);
    expect(await waiting()).toBe(1);
    await installDue.execute();
    portalId = newId();
    await disconnect.execute(tenantId);
    await connect([]);
    expect(await waiting()).toBe(0);
  });

  it('makes the portal known also where there is no AI agent yet', async () => {
    await connect();
    expect(await installDue.execute()).toBe(1);
    expect(schema.asked).toBe(1);
  });

  it('waits while HubSpot can’t be asked, and comes later', async () => {
    const reception = await makeAgent('Reception');
    await connect();
    schema.answer = () => Promise.reject(new AppError(3004, 'HubSpot does not answer'));
    expect(await installDue.execute()).toBe(0);
    expect([await waiting(), await skillsOf(reception)]).toEqual([1, 0]);
    schema.answer = () => Promise.resolve(packPortal());
    expect(await installDue.execute()).toBe(0);
    await letTimePass();
    expect(await installDue.execute()).toBe(1);
    expect(await skillsOf(reception)).toBe(PACK.length);
  });

  it('is given up with the connection', async () => {
    const reception = await makeAgent('Reception');
    await connect();
    await disconnect.execute(tenantId);
    expect(await installDue.execute()).toBe(1);
    expect([schema.asked, await skillsOf(reception)]).toEqual([0, 0]);
    await makeAgent('Night');
    expect(await waiting()).toBe(0);
  });

  it('goes with the AI agent it was asked for, and passes by one that is deleted on the way', async () => {
    await connect();
    await installDue.execute();
    const removeAgent = new RemoveAiAgent(database, agents, new AuditLog(database, systemClock));
    const gone = await makeAgent('Gone');
    expect(await waiting()).toBe(1);
    await removeAgent.execute(tenantId, gone);
    expect(await waiting()).toBe(0);
    const [going, staying] = [await makeAgent('Going'), await makeAgent('Staying')];
    await connect();
    schema.answer = async () => {
      if (schema.asked === 1) await removeAgent.execute(tenantId, going);
      return packPortal();
    };
    schema.asked = 0;
    await installDue.execute();
    expect([await waiting(), await skillsOf(staying)]).toEqual([0, PACK.length]);
  });

  it('is done by one process at a time, and again for who connected meanwhile', async () => {
    await connect();
    const [due] = await requests.findDue();
    const claims = await Promise.all([1, 2, 3].map(() => requests.claim(tenantId, due?.id ?? '')));
    const [claimed] = claims.filter((claim) => claim !== undefined);
    expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1);
    await connect();
    if (claimed !== undefined) await requests.finish(claimed);
    expect(await waiting()).toBe(1);
    expect(await installDue.execute()).toBe(1);
  });

  it('is asked for by a tenant of its own alone', async () => {
    await connect();
    const stranger = await new CreateTenant(database).execute(`Tenant ${newId()}`);
    const [due] = await requests.findDue();
    expect(await requests.claim(stranger, due?.id ?? '')).toBeUndefined();
    await requests.finish({ tenantId: stranger, id: due?.id ?? '' });
    expect(await waiting()).toBe(1);
  });
});

describe('where tickets and deals land', () => {
  it('is kept through a disconnect, and forgotten with the portal', async () => {
    await connect([]);
    const landings = new PackLandingRepository();
    const chosen = (): Promise<object> =>
      database.withTenant(tenantId, (tx) => landings.findIn(tx, tenantId, portalId));
    await database.withTenant(tenantId, (tx) =>
      landings.change(tx, tenantId, { portalId, change: { deals: { pipelineId: '7' } } }),
    );
    await disconnect.execute(tenantId);
    expect(await chosen()).toEqual({ deals: { pipelineId: '7' } });
    await database.withTenant(tenantId, (tx) => connections.wipeIn(tx, tenantId));
    expect(await chosen()).toEqual({});
  });
});
