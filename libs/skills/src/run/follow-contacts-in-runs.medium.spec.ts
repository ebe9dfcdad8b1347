import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger, Database, newId, systemClock } from '@app/platform';
import { AuditLog, CreateTenant } from '@app/tenants';
import { createTestDatabase, type TestDatabase } from '@app/testing';
import { AiAgentRepository } from '../agents/ai-agent.repository.js';
import { CreateAiAgent } from '../agents/create-ai-agent.js';
import { FollowContactsInRuns } from './follow-contacts-in-runs.js';
import { RunLog } from './run-log.js';

const PORTAL = '4711';

let testDatabase: TestDatabase;
let database: Database;
let follow: FollowContactsInRuns;
let tenantId: string;
let agentId: string;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await Database.connect({ url: testDatabase.url, applicationName: 'test' });
  follow = new FollowContactsInRuns(database);
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});
beforeEach(moveIn);

async function moveIn(): Promise<void> {
  tenantId = await new CreateTenant(database).execute(`Tenant ${newId()}`);
  const audit = new AuditLog(database, systemClock);
  const create = new CreateAiAgent(database, new AiAgentRepository(), audit, systemClock, []);
  agentId = (await create.execute(tenantId, { name: 'Reception', kind: 'voice' })).id;
}

interface Ran {
  said: string;
  contactIds?: string[];
  conversationId?: string;
  portalId?: string;
  skill?: string;
}

const log = (): RunLog =>
  new RunLog(database, systemClock, (text) => text, createLogger({ level: 'silent', name: 'test' }));

async function ran({ said, skill = 'note_person', portalId = PORTAL, ...rest }: Ran): Promise<string | undefined> {
  return log().record(tenantId, {
    agentId,
    skill,
    version: 1,
    calledBy: 'A key',
    arguments: { said },
    outcome: 'found',
    records: 1,
    begunAt: systemClock.now(),
    portalId,
    ...rest,
  });
}

async function converse(verifiedAs?: string): Promise<string> {
  const id = newId();
  await database.withTenant(tenantId, async (tx) => {
    await tx.query(
      `INSERT INTO conversations (id, tenant_id, channel, direction, status, customer, customer_key, started_at, request_hash)
       VALUES ($1, $2, 'voice', 'inbound', 'open', '{}', 'c', now(), '')`,
      [id, tenantId],
    );
    if (verifiedAs !== undefined)
      await tx.query(
        `INSERT INTO verified_callers VALUES ($1, $2, $3, $4, 'person', 'A desk', now(), now() + interval '1 hour')`,
        [id, tenantId, PORTAL, verifiedAs],
      );
  });
  return id;
}

/** What is still known to have been said, oldest first; null where it was erased. */
const kept = async (of = tenantId): Promise<(string | null)[]> =>
  (
    await database.withTenant(of, (tx) =>
      tx.query<{ said: string | null }[]>(
        `SELECT arguments ->> 'said' AS said FROM skill_runs WHERE tenant_id = $1 ORDER BY id`,
        [of],
      ),
    )
  ).map(({ said }) => said);
const verifiedAs = async (): Promise<string[]> =>
  (
    await database.withTenant(tenantId, (tx) =>
      tx.query<{ contact_id: string }[]>('SELECT contact_id FROM verified_callers ORDER BY contact_id'),
    )
  ).map(({ contact_id }) => contact_id);

describe('of a contact that is deleted for privacy', () => {
  it('goes what was sent about them, and that a caller was verified as them; that there was a run stays', async () => {
    const [theirs, others] = [await converse('1'), await converse('2')];
    const talked = await converse();
    await ran({ said: 'before there was a contact' });
    await ran({ said: 'before there was a contact', contactIds: ['1'] });
    await ran({ said: 'shown among others', contactIds: ['2', '1', '3'] });
    await ran({ said: 'verified', conversationId: theirs });
    await ran({ said: 'shown in a conversation', contactIds: ['1'], conversationId: talked });
    await ran({ said: 'in that conversation', conversationId: talked });
    await ran({ said: 'somebody else', contactIds: ['2'] });
    await ran({ said: 'to somebody else', conversationId: others });
    await ran({ said: 'another portal', contactIds: ['1'], portalId: '815' });
    await ran({ said: 'before there was a contact', skill: 'another_skill' });
    const heard = { kind: 'privacy_deleted', contactId: '1' } as const;
    await follow.handle(tenantId, PORTAL, [heard]);
    await follow.handle(tenantId, PORTAL, [heard]);
    expect(await kept()).toEqual([
      ...Array.from({ length: 6 }, () => null),
      'somebody else',
      'to somebody else',
      'another portal',
      'before there was a contact',
    ]);
    expect(await verifiedAs()).toEqual(['2']);
  });

  it('goes what was sent to a run that made it after the run was written down', async () => {
    await ran({ said: 'the question' });
    await ran({ said: 'another' });
    const late = await ran({ said: 'the question' });
    const made = { portalId: PORTAL, contactIds: ['1'] };
    await log().addContacts(tenantId, late ?? '', made);
    await log().addContacts(tenantId, late ?? '', made);
    await follow.handle(tenantId, PORTAL, [{ kind: 'privacy_deleted', contactId: '1' }]);
    expect(await kept()).toEqual([null, 'another', null]);
  });

  it('goes nothing of another tenant', async () => {
    await ran({ said: 'here', contactIds: ['1'] });
    const here = tenantId;
    await moveIn();
    await follow.handle(tenantId, PORTAL, [{ kind: 'privacy_deleted', contactId: '1' }]);
    expect(await kept(here)).toEqual(['here']);
  });
});

describe('a contact that is merged', () => {
  it('is its survivor for whoever was verified as it, and when that one is erased', async () => {
    await converse('1');
    await ran({ said: 'before the merge', contactIds: ['1'] });
    const merged = { kind: 'merged', contactIds: ['1', '5'], survivorId: '9' } as const;
    await follow.handle(tenantId, PORTAL, [merged, merged]);
    expect(await verifiedAs()).toEqual(['9']);
    await follow.handle(tenantId, PORTAL, [{ kind: 'privacy_deleted', contactId: '9' }]);
    expect([await kept(), await verifiedAs()]).toEqual([[null], []]);
  });

  it('is its survivor’s survivor, when all of it is heard at once', async () => {
    await ran({ said: 'before the merges', contactIds: ['1', '5'] });
    await follow.handle(tenantId, PORTAL, [
      { kind: 'merged', contactIds: ['1', '5'], survivorId: '9' },
      { kind: 'merged', contactIds: ['9', '1'], survivorId: '12' },
      { kind: 'privacy_deleted', contactId: '12' },
    ]);
    expect(await kept()).toEqual([null]);
  });

  it('is found without a look at every run', async () => {
    await ran({ said: 'of one', contactIds: ['1'] });
    const plan = await database.withTenant(tenantId, async (tx) => {
      await tx.query(
        `INSERT INTO skill_runs (id, tenant_id, agent_id, skill, version, called_by, arguments, outcome, records, at, duration_ms,
           portal_id)
         SELECT gen_random_uuid(), $1, $2, 'skill', 1, 'A key', '{}', 'found', 1, now(), 1, $3 FROM generate_series(1, 5000)`,
        [tenantId, agentId, PORTAL],
      );
      await tx.query(
        `INSERT INTO skill_run_contacts (tenant_id, portal_id, contact_id, run_id)
         SELECT tenant_id, portal_id, 'other ' || id, id FROM skill_runs WHERE tenant_id = $1 AND skill = 'skill'`,
        [tenantId],
      );
      return tx.query<{ 'QUERY PLAN': string }[]>(
        `EXPLAIN SELECT run_id FROM skill_run_contacts WHERE tenant_id = $1 AND portal_id = $2 AND contact_id = ANY ($3)`,
        [tenantId, PORTAL, ['1']],
      );
    });
    const lines = plan.map((line) => line['QUERY PLAN']).join('\n');
    expect(lines).toMatch(/Index Cond: .*contact_id/);
    expect(lines).not.toContain('Seq Scan');
  });
});
