import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Clock, Database, newId } from '@app/platform';
import { AuditLog, CreateTenant, ReadAudit } from '@app/tenants';
import { createTestDatabase, type TestDatabase } from '@app/testing';
import type { AgentListener } from './agent-listener.js';
import { AiAgentRepository } from './ai-agent.repository.js';
import { ChangeAiAgent } from './change-ai-agent.js';
import { CreateAiAgent } from './create-ai-agent.js';
import { ReadAiAgents } from './read-ai-agents.js';
import { RemoveAiAgent } from './remove-ai-agent.js';

const clock: Clock & { time: Date } = { time: new Date('2026-11-21T10:00:00Z'), now: () => clock.time };
const UNKNOWN_ID = '0190a7f2-0000-7000-8000-000000000000';

let testDatabase: TestDatabase;
let database: Database;
let read: ReadAiAgents;
let change: ChangeAiAgent;
let remove: RemoveAiAgent;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await Database.connect({ url: testDatabase.url, applicationName: 'test' });
  const [agents, audit] = [new AiAgentRepository(), new AuditLog(database, clock)];
  read = new ReadAiAgents(database, agents);
  change = new ChangeAiAgent(database, agents, audit, clock);
  remove = new RemoveAiAgent(database, agents, audit);
});

afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

function creating(...listeners: AgentListener[]): CreateAiAgent {
  return new CreateAiAgent(database, new AiAgentRepository(), new AuditLog(database, clock), clock, listeners);
}

const makeTenant = (): Promise<string> => new CreateTenant(database).execute(`Tenant ${newId()}`);

describe('AI agents', () => {
  it('are their tenant’s alone', async () => {
    const [mine, other] = [await makeTenant(), await makeTenant()];
    const agent = await creating().execute(mine, { name: 'Reception', kind: 'voice' });
    expect(await read.get(mine, agent.id)).toEqual(agent);
    expect(await read.list(other, { limit: 10 })).toEqual([]);
    const notThere = { code: 2011 };
    await expect(read.get(other, agent.id)).rejects.toMatchObject(notThere);
    await expect(change.execute(other, { id: agent.id, name: 'x' }, () => true)).rejects.toMatchObject(notThere);
    await expect(remove.execute(other, agent.id)).rejects.toMatchObject(notThere);
    await expect(read.get(mine, UNKNOWN_ID)).rejects.toMatchObject(notThere);
    await expect(read.get(mine, 'no id')).rejects.toMatchObject(notThere);
  });

  it('have a name each, whatever its case, also when two come at once', async () => {
    const tenantId = await makeTenant();
    const taken = { code: 1012, details: { reason: 'name_taken' } };
    const both = await Promise.allSettled([
      creating().execute(tenantId, { name: 'Reception', kind: 'voice' }),
      creating().execute(tenantId, { name: 'RECEPTION', kind: 'chat' }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: taken });
    const other = await creating().execute(tenantId, { name: 'Night', kind: 'other' });
    await expect(
      change.execute(tenantId, { id: other.id, name: 'reception', kind: 'chat' }, () => true),
    ).rejects.toMatchObject(taken);
    expect(await read.get(tenantId, other.id)).toEqual(other);
  });

  it('change in what is given, for who has seen the last state, and say so in the audit log', async () => {
    const tenantId = await makeTenant();
    const { id } = await creating().execute(tenantId, { name: 'Reception', description: 'Day', kind: 'voice' });
    clock.time = new Date('2026-11-21T11:00:00Z');
    const outcome = await change.execute(tenantId, { id, description: null }, ({ name }) => name === 'Reception');
    expect(outcome).toMatchObject({
      changed: true,
      agent: { name: 'Reception', description: undefined, kind: 'voice', updatedAt: clock.time },
    });
    expect(await change.execute(tenantId, { id, name: 'Other' }, () => false)).toEqual({
      changed: false,
      reason: 'stale',
    });
    // What is so already is no change.
    await change.execute(tenantId, { id, name: 'Reception' }, () => true);
    await remove.execute(tenantId, id);
    const entries = await new ReadAudit(database).list(tenantId, { limit: 10 });
    expect(entries.map(({ action }) => action)).toEqual(['ai_agent.deleted', 'ai_agent.changed', 'ai_agent.created']);
    expect(entries.every(({ target }) => target === id)).toBe(true);
  });

  it('page by id, newest first', async () => {
    const tenantId = await makeTenant();
    for (const name of ['a', 'b', 'c']) await creating().execute(tenantId, { name, kind: 'chat' });
    const first = await read.list(tenantId, { limit: 2 });
    const second = await read.list(tenantId, { limit: 2, before: first.at(-1)?.id });
    expect([...first, ...second].map(({ name }) => name)).toEqual(['c', 'b', 'a']);
  });

  it('come with what their listeners add, or not at all', async () => {
    const tenantId = await makeTenant();
    const told: string[] = [];
    const added: AgentListener = {
      created: async (tenant, agent, tx) => {
        await tx.query('UPDATE ai_agents SET description = $3 WHERE tenant_id = $1 AND id = $2', [
          tenant,
          agent.id,
          'with skills',
        ]);
        told.push(agent.id);
      },
    };
    const { id } = await creating(added).execute(tenantId, { name: 'Reception', kind: 'voice' });
    expect(told).toEqual([id]);
    expect(await read.get(tenantId, id)).toMatchObject({ description: 'with skills' });
    const refusing: AgentListener = { created: () => Promise.reject(new Error('no skills today')) };
    await expect(creating(refusing).execute(tenantId, { name: 'Second', kind: 'chat' })).rejects.toThrow('no skills');
    expect(await read.list(tenantId, { limit: 10 })).toHaveLength(1);
  });
});
