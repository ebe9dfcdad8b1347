import { Database, newId, systemClock } from '@app/platform';
import { ConnectionRepository, EnsureTenant, newApiKey, Vault } from '@app/tenants';
import { createTestDatabase, type TestDatabase } from '@app/testing';
import { fillLedger } from '@app/transcripts/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import type { EntityManager } from 'typeorm';
import { ConversationRepository } from '../conversations/conversation.repository.js';
import { ReadConversations } from '../conversations/read-conversations.js';
import { ReadDesk } from '../desk/read-desk.js';
import { RemoveOldConversations } from '../retain/remove-old-conversations.js';
import { type DeliveryFilter, DeliveryRepository } from './delivery.repository.js';
import { DrainLedger } from './drain-ledger.js';
import { PortalRules } from './portal-rules.js';
import { ReadDeliveries } from './read-deliveries.js';

const BIG = 800_000;
const SMALL = 100_000;
const PAGE = 50;
/** Of a page's rows, with what belongs to each: conversation, delivery, parts, attempts. */
const ROWS_OF_A_PAGE = (PAGE + 1) * 6;
const DAY_MS = 86_400_000;

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: PlanNode[];
}

/** What a use case made PostgreSQL read. */
interface Reading {
  rows: number;
  /** Tables that were read from end to end. */
  wholeTables: string[];
}

let testDatabase: TestDatabase;
let database: Database;
let admin: Client;
let tenantId: string;
let plans: PlanNode[] = [];

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = explaining(await Database.connect({ url: testDatabase.url, applicationName: 'test' }));
  admin = new Client({ connectionString: testDatabase.adminUrl });
  await admin.connect();
  const [big, ...small] = [await makeTenant(1), await makeTenant(2), await makeTenant(3)];
  tenantId = big ?? '';
  await fillLedger(admin, [
    { tenantId, portalId: 'portal', conversations: BIG },
    ...small.map((id) => ({ tenantId: id, portalId: `portal-${id}`, conversations: SMALL })),
  ]);
}, 300_000);

afterAll(async () => {
  await admin.end();
  await database.close();
  await testDatabase.drop();
});

async function makeTenant(number: number): Promise<string> {
  return new EnsureTenant(database).execute({
    tenant: `Tenant ${number}`,
    adminEmail: `admin${number}@x.test`,
    adminPassword: 'password',
    apiKey: newApiKey(),
  });
}

/** The same database, which has every statement of a unit of work explained before it is run. */
function explaining(plain: Database): Database {
  return new Proxy(plain, {
    get: (target, key) => {
      if (key === 'withTenant') {
        return <T>(id: string, work: (tx: EntityManager) => Promise<T>): Promise<T> =>
          target.withTenant(id, (tx) => work(explainingManager(tx)));
      }
      const member: unknown = Reflect.get(target, key);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}

function explainingManager(tx: EntityManager): EntityManager {
  const query = async (sql: string, values?: unknown[]): Promise<unknown> => {
    await tx.query('SAVEPOINT explained');
    const explained = await tx.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }[]>(
      `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${sql}`,
      values,
    );
    plans.push(...explained.flatMap((row) => row['QUERY PLAN'].map(({ Plan }) => Plan)));
    await tx.query('ROLLBACK TO SAVEPOINT explained');
    return tx.query(sql, values);
  };
  return new Proxy(tx, { get: (target, key) => (key === 'query' ? query : Reflect.get(target, key)) });
}

async function reading(work: () => Promise<unknown>): Promise<Reading> {
  plans = [];
  await work();
  const scans = plans.flatMap(nodesOf).filter((node) => node['Node Type'].endsWith('Scan') && isOfTable(node));
  const sum = (of: (node: PlanNode) => number): number => scans.reduce((total, node) => total + of(node), 0);
  return {
    rows: sum(
      (node) =>
        node['Actual Loops'] *
        (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)),
    ),
    wholeTables: scans
      .filter((node) => node['Node Type'].endsWith('Seq Scan'))
      .flatMap((node) => node['Relation Name'] ?? []),
  };
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

function isOfTable(node: PlanNode): boolean {
  return node['Relation Name'] !== undefined || node['Index Name'] !== undefined;
}

const daysAgo = (days: number): Date => new Date(Date.now() - days * DAY_MS);

/** A few small tables (rules, drains) are read whole, and should be. */
const isLarge = (table: string): boolean => ['conversations', 'deliveries', 'messages'].includes(table);

describe('with a million deliveries', () => {
  const week = { from: daysAgo(60), to: daysAgo(53) };

  it.each<[string, DeliveryFilter]>([
    ['no filter', {}],
    ['what was written', { status: 'written' }],
    ['what failed', { status: 'failed' }],
    ['what waits', { status: 'pending' }],
    ['a status that nothing has', { status: 'delivering' }],
    ['a reason', { reason: 'no_match' }],
    ['a reason that nothing has', { reason: 'unheard_of' }],
    ['a reason with its status', { status: 'skipped', reason: 'off' }],
    ['an old week', week],
    ['all until long ago', { to: week.to }],
    ['what was written in an old week', { ...week, status: 'written' }],
    ['what failed in an old week', { ...week, status: 'failed' }],
    ['a reason in an old week', { ...week, reason: 'refused' }],
    ['before the first', { to: daysAgo(400) }],
    ['after the last', { from: daysAgo(-1) }],
  ])('a page of the ledger reads its own rows: %s', async (_name, filter) => {
    const ledger = new ReadDeliveries(database, new DeliveryRepository());
    let before: string | undefined;
    for (let page = 0; page < 3; page++) {
      const read = await reading(async () => {
        ({ nextBefore: before } = await ledger.list(tenantId, { filter, before, limit: PAGE }));
      });
      expect(read.wholeTables).toEqual([]);
      expect(read.rows).toBeLessThanOrEqual(ROWS_OF_A_PAGE);
      if (before === undefined) return;
    }
  });

  it('a page from the middle reads its own rows', async () => {
    const ledger = new ReadDeliveries(database, new DeliveryRepository());
    const { rows } = await admin.query<{ id: string }>(
      `SELECT id FROM deliveries WHERE tenant_id = $1 AND status = 'written' ORDER BY closed_at OFFSET 300000 LIMIT 1`,
      [tenantId],
    );
    for (const filter of [{}, { status: 'written' as const }]) {
      const read = await reading(() => ledger.list(tenantId, { filter, before: rows[0]?.id, limit: PAGE }));
      expect(read.wholeTables).toEqual([]);
      expect(read.rows).toBeLessThanOrEqual(ROWS_OF_A_PAGE);
    }
  });

  it.each<[string, 'open' | 'closed' | undefined]>([
    ['all', undefined],
    ['closed', 'closed'],
    ['open', 'open'],
  ])('a page of conversations reads its own rows: %s', async (_name, status) => {
    const conversations = new ReadConversations(database, new ConversationRepository(), new DeliveryRepository());
    let before: string | undefined;
    for (let page = 0; page < 2; page++) {
      const read = await reading(async () => {
        ({ nextBefore: before } = await conversations.list(tenantId, { status, before, limit: PAGE }));
      });
      expect(before).toBeDefined();
      expect(read.wholeTables).toEqual([]);
      expect(read.rows).toBeLessThanOrEqual(ROWS_OF_A_PAGE);
    }
  });

  it('the desk reads what is open', async () => {
    const desk = new ReadDesk(database, new ConversationRepository());
    const open = BIG / 5_000;
    const read = await reading(async () => {
      expect((await desk.listOpen(tenantId, { limit: PAGE })).items).toHaveLength(PAGE);
    });
    expect(read.wholeTables).toEqual([]);
    // The conversation, its last message, what was answered, and what was not.
    expect(read.rows).toBeLessThanOrEqual(open * 4);
  });

  it('counting reads each row once', async () => {
    const ledger = new ReadDeliveries(database, new DeliveryRepository());
    const read = await reading(async () => {
      const stats = await ledger.stats(tenantId);
      expect(stats).toMatchObject({ skipped: { no_match: BIG * 0.04, off: BIG * 0.04 }, pending: BIG * 0.01 });
      expect(stats.oldestPendingAt?.getTime()).toBeLessThan(daysAgo(89).getTime());
    });
    // Where a tenant has nearly all there is, PostgreSQL may read the table, others' rows too; beside it go the reasons.
    expect(read.rows).toBeLessThanOrEqual(BIG + 2 * SMALL + BIG * 0.3);
  });

  it('the history of a month reads that month', async () => {
    const ledger = new ReadDeliveries(database, new DeliveryRepository());
    const read = await reading(() => ledger.history(tenantId, { days: 30, timeZone: 'Europe/Berlin' }));
    expect(read.wholeTables).toEqual([]);
    // In the index and, by a bitmap, in the table.
    expect(read.rows).toBeLessThanOrEqual(2 * (BIG / 3 + BIG / 90));
  });

  it('a drain claims what is due among all that waits', async () => {
    const connections = new ConnectionRepository(
      database,
      new Vault([{ id: 'k', key: Buffer.alloc(32) }]),
      systemClock,
    );
    const drains = new DrainLedger(database, 60, new PortalRules(database, connections));
    const drain = { id: newId(), tenantId, portalId: 'portal' };
    const due = BIG / 50_000;
    await drains.begin(drain);
    const claiming = await reading(async () => expect(await drains.claimDue(drain, 500)).toHaveLength(due));
    expect(claiming.wholeTables.filter(isLarge)).toEqual([]);
    // The row as it is found, again to change it, its conversation, link and parts.
    expect(claiming.rows).toBeLessThanOrEqual(due * 6 + 2);
    const looking = await reading(() => drains.findUnsettledCreates(drain));
    expect(looking.wholeTables.filter(isLarge)).toEqual([]);
    expect(looking.rows).toBe(0);
    const givingBack = await reading(() => drains.giveBack(drain));
    expect(givingBack.wholeTables.filter(isLarge)).toEqual([]);
    expect(givingBack.rows).toBeLessThanOrEqual(BIG / 100 + due);
  });

  it('retention reads a batch, and nothing where nothing is old enough', async () => {
    const none = new RemoveOldConversations(database, systemClock, 100, 200);
    const nothing = await reading(async () => expect(await none.execute(tenantId, () => false)).toBe(0));
    expect(nothing.wholeTables).toEqual([]);
    expect(nothing.rows).toBe(0);
    const some = new RemoveOldConversations(database, systemClock, 80, 200);
    const removing = await reading(async () => expect(await some.execute(tenantId, () => false)).toBeGreaterThan(199));
    expect(removing.wholeTables).toEqual([]);
    // Two statements; each finds its batch and goes to each row of it two or three times. One in a hundred waits.
    expect(removing.rows).toBeLessThanOrEqual(2 * 200 * 4);
  });
});
