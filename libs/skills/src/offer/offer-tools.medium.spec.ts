import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Database, newId, systemClock } from '@app/platform';
import { AuditLog, CreateTenant } from '@app/tenants';
import { createTestDatabase, type TestDatabase } from '@app/testing';
import { anInput, aSearch, aWrite, exampleSnapshot } from '../../testing/index.js';
import { AiAgentRepository } from '../agents/ai-agent.repository.js';
import { CreateAiAgent } from '../agents/create-ai-agent.js';
import type { Binding } from '../bindings/binding.js';
import { BindingRepository } from '../bindings/binding.repository.js';
import { ChangeBinding } from '../bindings/change-binding.js';
import { CreateBinding } from '../bindings/create-binding.js';
import { KnownSchema } from '../bindings/known-schema.js';
import { RecheckBindings } from '../bindings/recheck-bindings.js';
import { OfferTools } from './offer-tools.js';

const snapshots = { current: () => Promise.resolve(exampleSnapshot()) };
const agents = new AiAgentRepository();
const bindings = new BindingRepository();

let testDatabase: TestDatabase;
let database: Database;
let create: CreateBinding;
let change: ChangeBinding;
let offer: OfferTools;
let tenantId: string;
let agentId: string;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await Database.connect({ url: testDatabase.url, applicationName: 'test' });
  const audit = new AuditLog(database, systemClock);
  const schema = new KnownSchema({ find: () => Promise.resolve({ status: 'active' as const }) }, snapshots);
  const recheck = new RecheckBindings(database, bindings, snapshots);
  create = new CreateBinding(database, agents, bindings, schema, recheck, audit, systemClock);
  change = new ChangeBinding(database, bindings, schema, recheck, audit, systemClock);
  offer = new OfferTools(database, agents, bindings);
});

afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

beforeEach(async () => {
  tenantId = await new CreateTenant(database).execute(`Tenant ${newId()}`);
  agentId = await makeAgent();
});

async function makeAgent(): Promise<string> {
  const audit = new AuditLog(database, systemClock);
  const made = new CreateAiAgent(database, agents, audit, systemClock, []);
  return (await made.execute(tenantId, { name: `Agent ${newId()}`, kind: 'voice' })).id;
}

const byWord = { where: [[{ field: 'firstname', operator: 'EQ', value: { input: 'word' } }]] };
const aRead = (toolName: string, enabled: boolean) => aSearch(byWord, { inputs: [anInput('word')], toolName, enabled });

async function make(body: unknown, of = agentId): Promise<Binding> {
  return (await create.execute(tenantId, { agentId: of, body })).binding;
}

async function enable({ id }: Binding): Promise<void> {
  expect(await change.execute(tenantId, { agentId, id, body: { enabled: true } }, () => true)).toMatchObject({
    changed: true,
  });
}

const names = async (): Promise<string[]> => (await offer.execute(tenantId, agentId)).map(({ name }) => name);

it('offers what is enabled and can be carried out, by name; nothing of others', async () => {
  await make(aRead('zebra', true));
  await make(aRead('ant', true));
  await make(aRead('off', false));
  const broken = await make(aRead('broken', true));
  await make(aRead('of_another', true), await makeAgent());
  expect(await names()).toEqual(['ant', 'broken', 'zebra']);
  const problems = [{ path: 'restSearch.object', reason: 'unknown_object' as const, message: 'is gone' }];
  await database.withTenant(tenantId, (tx) =>
    bindings.markAll(tx, tenantId, [{ id: broken.id, problems }], new Date()),
  );
  expect(await names()).toEqual(['ant', 'zebra']);
  const stranger = await new CreateTenant(database).execute(`Tenant ${newId()}`);
  await expect(offer.execute(stranger, agentId)).rejects.toMatchObject({ code: 2011 });
  await expect(offer.execute(tenantId, 'none')).rejects.toMatchObject({ code: 2011 });
});

it('says what a tool does, and takes the token of an agreement with writes alone', async () => {
  await make(aRead('look_up', true));
  await enable(await make(aWrite({}, { toolName: 'note_it' })));
  const [lookUp, noteIt] = await offer.execute(tenantId, agentId);
  expect([lookUp, noteIt]).toMatchObject([
    { title: 'Look up', effects: { writes: false, overwrites: false, repeatable: true } },
    { title: 'Note it', effects: { writes: true } },
  ]);
  expect(Object.keys(lookUp?.inputSchema.properties ?? {})).toEqual(['word']);
  expect(noteIt?.inputSchema).toMatchObject({
    properties: { confirmation_token: { type: 'string' } },
    additionalProperties: false,
  });
  expect(noteIt?.inputSchema.required).not.toContain('confirmation_token');
});
