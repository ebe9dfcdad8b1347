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

const besideWord = (text: string): string => text.replaceAll(/(tax id\W+)\d{9}/g, '$1[id]');

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

  it('scrubs a value beside its name, which says what it is', async () => {
    const { tenantId, agentId } = await makeAgent();
    const log = new RunLog(database, systemClock, besideWord, logger);
    const given = { tax_id: '078051120', other: '078051120', note: 'tax id 078051120', list: ['078051120'] };
    await log.record(tenantId, aRun(agentId, { ...given, tax_id_2: 7 }));
    await log.record(tenantId, aRun(agentId, { tax_id: 780511201 }));
    expect(await argumentsOf(tenantId)).toEqual([
      { tax_id: '[id]', other: '078051120', note: 'tax id [id]', list: '["078051120"]', tax_id_2: 7 },
      { tax_id: '[id]' },
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

describe('what has run out', () => {
  it('is removed: writes after a week, verified callers with their time, leases of the dead after a day', async () => {
    const [one, other] = [await makeAgent(), await makeAgent()];
    const { tenantId } = one;
    const hash = Buffer.alloc(32);
    for (const id of [tenantId, other.tenantId])
      await database.withTenant(id, async (tx) => {
        const conversation = newId();
        await tx.query(
          `INSERT INTO conversations (id, tenant_id, channel, direction, status, customer, customer_key, started_at, request_hash)
           VALUES ($1, $2, 'voice', 'inbound', 'open', '{}', 'c', now(), '')`,
          [conversation, id],
        );
        await tx.query(
          `INSERT INTO verified_callers (tenant_id, conversation_id, portal_id, contact_id, method, verified_by, verified_at,
             expires_at) VALUES ($1, $2, '1', '5', 'pin', 'IVR', now(), now() + interval '1 hour')`,
          [id, conversation],
        );
        await tx.query(
          `INSERT INTO skill_writes (id, tenant_id, portal_id, token_hash, bound_hash, thing_hash, state, asked_at, expires_at)
           VALUES ($1, $2, '1', $3, $3, $3, 'asked', now(), now() + interval '5 minutes')`,
          [newId(), id, hash],
        );
        await new Leases(database, systemClock, 20).take(id, 'a name');
      });
    const leftAfter = async (ms: number): Promise<number[]> => {
      await new RemoveOldRuns(database, later(ms), 400).execute(tenantId);
      const tables = ['verified_callers', 'skill_leases', 'skill_writes'];
      const counts = tables.map((table) =>
        database.withTenant(tenantId, (tx) =>
          tx.query<{ count: number }[]>(`SELECT count(*)::int AS count FROM ${table} WHERE tenant_id = $1`, [tenantId]),
        ),
      );
      return (await Promise.all(counts)).map(([row]) => row?.count ?? 0);
    };
    expect(await leftAfter(50 * 60_000)).toEqual([1, 1, 1]);
    expect(await leftAfter(61 * 60_000)).toEqual([0, 1, 1]);
    expect(await leftAfter(2 * DAY_MS)).toEqual([0, 0, 1]);
    expect(await leftAfter(8 * DAY_MS)).toEqual([0, 0, 0]);
    const others = await database.withTenant(other.tenantId, (tx) =>
      tx.query<unknown[]>('SELECT FROM skill_writes WHERE tenant_id = $1', [other.tenantId]),
    );
    expect(others).toHaveLength(1);
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
