import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLogger, Database, newId, systemClock } from '@app/platform';
import { AuditLog, CreateTenant } from '@app/tenants';
import { createTestDatabase, type TestDatabase } from '@app/testing';
import { AiAgentRepository } from '../agents/ai-agent.repository.js';
import { CreateAiAgent } from '../agents/create-ai-agent.js';
import { ReadRuns, type RunFilter, type RunOutcome } from './read-runs.js';
import { RunLog } from './run-log.js';

let testDatabase: TestDatabase;
let database: Database;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await Database.connect({ url: testDatabase.url, applicationName: 'test' });
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

async function makeAgent(): Promise<{ tenantId: string; agentId: string }> {
  const tenantId = await new CreateTenant(database).execute(`Tenant ${newId()}`);
  const audit = new AuditLog(database, systemClock);
  const create = new CreateAiAgent(database, new AiAgentRepository(), audit, systemClock, []);
  return { tenantId, agentId: (await create.execute(tenantId, { name: 'Reception', kind: 'voice' })).id };
}

async function record(
  { tenantId, agentId }: { tenantId: string; agentId: string },
  runs: readonly (readonly [skill: string, outcome: RunOutcome])[],
): Promise<void> {
  const logger = createLogger({ level: 'silent', name: 'test' });
  const log = new RunLog(database, systemClock, (text) => text, logger);
  for (const [skill, outcome] of runs)
    await log.record(tenantId, {
      agentId,
      skill,
      version: 3,
      calledBy: 'A key',
      arguments: { phone: '+4917612345678' },
      outcome,
      ...(outcome === 'failed' ? { reason: 'hubspot_slow' } : {}),
      records: outcome === 'found' ? 2 : 0,
      begunAt: systemClock.now(),
    });
}

const reading = (): ReadRuns => new ReadRuns(database, new AiAgentRepository());

async function list(
  { tenantId, agentId }: { tenantId: string; agentId: string },
  page: { filter?: RunFilter; before?: string; limit?: number } = {},
): Promise<string[]> {
  const { filter = {}, before, limit = 10 } = page;
  const runs = await reading().list(tenantId, { agentId, filter, before, limit });
  return runs.map(({ skill, outcome }) => `${skill} ${outcome}`);
}

describe('the runs of an AI agent', () => {
  it('come newest first, page by page, with what was kept of each', async () => {
    const one = await makeAgent();
    await record(one, [
      ['find_contact', 'found'],
      ['find_contact', 'failed'],
      ['create_deal', 'created'],
    ]);
    expect(await list(one)).toEqual(['create_deal created', 'find_contact failed', 'find_contact found']);
    const [newest, second] = await reading().list(one.tenantId, { agentId: one.agentId, filter: {}, limit: 2 });
    expect(second).toMatchObject({
      skill: 'find_contact',
      version: 3,
      calledBy: 'A key',
      arguments: { phone: '+4917612345678' },
      outcome: 'failed',
      reason: 'hubspot_slow',
      records: 0,
      durationMs: expect.any(Number),
    });
    expect(newest).not.toHaveProperty('reason', expect.anything());
    expect(await list(one, { before: second?.id })).toEqual(['find_contact found']);
  });

  it('are those of a skill, or that came to something, alone or together', async () => {
    const one = await makeAgent();
    await record(one, [
      ['find_contact', 'found'],
      ['find_contact', 'refused'],
      ['create_deal', 'refused'],
    ]);
    expect(await list(one, { filter: { skill: 'find_contact' } })).toEqual([
      'find_contact refused',
      'find_contact found',
    ]);
    expect(await list(one, { filter: { outcome: 'refused' } })).toEqual([
      'create_deal refused',
      'find_contact refused',
    ]);
    expect(await list(one, { filter: { skill: 'create_deal', outcome: 'found' } })).toEqual([]);
  });

  it('are never another tenant’s', async () => {
    const [one, other] = [await makeAgent(), await makeAgent()];
    await record(one, [['find_contact', 'found']]);
    expect(await list(other)).toEqual([]);
    await expect(list({ tenantId: other.tenantId, agentId: one.agentId })).rejects.toMatchObject({ code: 2011 });
  });

  it('are found by skill and by outcome without looking at all of them', async () => {
    const one = await makeAgent();
    await record(one, [['find_contact', 'found']]);
    await database.withTenant(one.tenantId, (tx) =>
      tx.query(
        `INSERT INTO skill_runs (id, tenant_id, agent_id, skill, version, called_by, arguments, outcome, records, at, duration_ms)
         SELECT gen_random_uuid(), $1, $2, 'find_contact', 1, 'A key', '{}', 'found', 1, now(), 5 FROM generate_series(1, 5000)`,
        [one.tenantId, one.agentId],
      ),
    );
    for (const [column, index] of [
      ['skill', 'skill_runs_of_skill'],
      ['outcome', 'skill_runs_by_outcome'],
    ] as const) {
      const plan = await database.withTenant(one.tenantId, async (tx) => {
        await tx.query('ANALYZE skill_runs');
        return tx.query<{ 'QUERY PLAN': string }[]>(
          `EXPLAIN SELECT id FROM skill_runs WHERE tenant_id = $1 AND agent_id = $2 AND ${column} = 'none such' ORDER BY id DESC LIMIT 51`,
          [one.tenantId, one.agentId],
        );
      });
      expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain(index);
    }
  });
});
