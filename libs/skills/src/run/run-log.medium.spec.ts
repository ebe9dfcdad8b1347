import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Clock, createLogger, Database, newId, systemClock } from '@app/platform';
import { AuditLog, CreateTenant } from '@app/tenants';
import { createTestDatabase, type TestDatabase } from '@app/testing';
import { AiAgentRepository } from '../agents/ai-agent.repository.js';
import { CreateAiAgent } from '../agents/create-ai-agent.js';
import { Leases } from './leases.js';
import { RemoveOldRuns } from './remove-old-runs.js';
import { RunLog } from './run-log.js';

const DAY_MS = 86_400_000;
const later = (ms: number): Clock => ({ now: () => new Date(systemClock.now().getTime() + ms) });

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

async function argumentsOf(tenantId: string): Promise<unknown[]> {
  const rows = await database.withTenant(tenantId, (tx) =>
    tx.query<{ arguments: unknown }[]>('SELECT arguments FROM skill_runs WHERE tenant_id = $1 ORDER BY id', [tenantId]),
  );
  return rows.map((row) => row.arguments);
}

const aRun = (agentId: string, given: Record<string, unknown>) => ({
  agentId,
  skill: 'a_skill',
  version: 1,
  calledBy: 'A key',
  arguments: given,
  outcome: 'found',
  records: 1,
  begunAt: systemClock.now(),
});

const logger = createLogger({ level: 'silent', name: 'test' });
const scrubbing = (): RunLog => new RunLog(database, systemClock, (text) => text.replaceAll('4111', '[…]'), logger);

describe('the log of runs', () => {
  it('keeps arguments without what the scrubber takes out, whatever was sent', async () => {
    const { tenantId, agentId } = await makeAgent();
    await scrubbing().record(
      tenantId,
      aRun(agentId, {
        a: 'x 4111',
        b: 4111,
        c: 7,
        d: true,
        e: ['4111'],
        f: null,
        g: 'half \ud800 and \0',
        h: 'y'.repeat(900),
      }),
    );
    expect(await argumentsOf(tenantId)).toEqual([
      { a: 'x […]', b: '[…]', c: 7, d: true, e: '["[…]"]', f: null, g: 'half \ufffd and  ', h: 'y'.repeat(500) },
    ]);
  });

  it('shows no other tenant’s runs, and writes none for an AI agent of another', async () => {
    const [one, other] = [await makeAgent(), await makeAgent()];
    await scrubbing().record(one.tenantId, aRun(one.agentId, { a: 1 }));
    await scrubbing().record(one.tenantId, aRun(other.agentId, { a: 2 }));
    expect([await argumentsOf(one.tenantId), await argumentsOf(other.tenantId)]).toEqual([[{ a: 1 }], []]);
  });

  it('ends after its retention, batch by batch', async () => {
    const { tenantId, agentId } = await makeAgent();
    for (const a of [1, 2, 3]) await scrubbing().record(tenantId, aRun(agentId, { a }));
    expect(await new RemoveOldRuns(database, later(399 * DAY_MS), 400, 2).execute(tenantId)).toBe(0);
    expect(await new RemoveOldRuns(database, later(401 * DAY_MS), 400, 2).execute(tenantId, () => false)).toBe(2);
    expect(await new RemoveOldRuns(database, later(401 * DAY_MS), 400, 2).execute(tenantId)).toBe(1);
    expect(await argumentsOf(tenantId)).toEqual([]);
  });
});

describe('a lease', () => {
  it('is one’s alone until it is given back, or its holder must have died', async () => {
    const { tenantId } = await makeAgent();
    const { tenantId: otherTenant } = await makeAgent();
    const leases = new Leases(database, systemClock, 20);
    const held = await leases.take(tenantId, 'a name');
    expect(held).toBeDefined();
    expect(await leases.take(tenantId, 'a name')).toBeUndefined();
    expect(await leases.await(tenantId, 'a name', 60)).toBeUndefined();
    expect([await leases.take(tenantId, 'other'), await leases.take(otherTenant, 'a name')]).toEqual([
      expect.anything(),
      expect.anything(),
    ]);
    const heir = await new Leases(database, later(71_000), 20).take(tenantId, 'a name');
    expect(heir).toBeDefined();
    // Who comes back from the dead takes nothing away.
    if (held !== undefined) await leases.release(tenantId, held);
    expect(await leases.take(tenantId, 'a name')).toBeUndefined();
    if (heir !== undefined) await leases.release(tenantId, heir);
    expect(await leases.await(tenantId, 'a name', 0)).toBeDefined();
  });
});
