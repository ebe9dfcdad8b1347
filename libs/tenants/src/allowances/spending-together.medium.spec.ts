import { Database } from '@app/platform';
import { createTestDatabase, type TestDatabase } from '@app/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';

let testDatabase: TestDatabase;
let database: Database;
let admin: Client;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await Database.connect({ url: testDatabase.url, applicationName: 'test' });
  admin = new Client({ connectionString: testDatabase.adminUrl });
  await admin.connect();
});

afterAll(async () => {
  await admin.end();
  await database.close();
  await testDatabase.drop();
});

interface Allowed {
  sizes: [number, number];
  at: Date;
  asking: number;
}

/** How many were refused by the first and by the second allowance, and how many were granted. */
type Told = [first: number, second: number, granted: number];

const namesOf = (who: string): [string, string] => [`${who}-address`, `${who}-key`];

async function together(who: string, { sizes, at, asking }: Allowed): Promise<Told> {
  const rows = await database.acrossTenants<{ requests: number; refused: string | null; wait_seconds: number | null }>(
    `SELECT * FROM spend_allowances_together($1, $2, '{60 seconds, 10 seconds}', $3, $4)`,
    [namesOf(who), sizes, at, asking],
  );
  expect(rows.at(-1)).toMatchObject({ refused: null, wait_seconds: null });
  for (const { refused, wait_seconds } of rows) if (refused !== null) expect(wait_seconds).toBeGreaterThan(0);
  const of = (name: string | null): number => rows.find(({ refused }) => refused === name)?.requests ?? 0;
  const [first, second] = namesOf(who);
  return [of(first), of(second), of(null)];
}

async function oneByOne(who: string, { sizes, at, asking }: Allowed): Promise<Told> {
  const [first, second] = namesOf(who);
  const told: Told = [0, 0, 0];
  for (let request = 0; request < asking; request++) {
    const [refusal] = await database.acrossTenants<{ refused: string }>(
      `SELECT refused FROM spend_allowances($1, $2, '{60 seconds, 10 seconds}', $3)`,
      [[first, second], sizes, at],
    );
    told[refusal === undefined ? 2 : refusal.refused === first ? 0 : 1] += 1;
  }
  return told;
}

async function spentUntil(who: string): Promise<unknown[]> {
  const { rows } = await admin.query<{ spent_until: unknown }>(
    'SELECT spent_until::text FROM allowances WHERE name = ANY ($1) ORDER BY name',
    [namesOf(who)],
  );
  return rows.map(({ spent_until }) => spent_until);
}

describe('spend_allowances_together', () => {
  it('comes to what as many requests one after the other come to, whatever was spent before', async () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    let state = seed;
    const random = (below: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
      return (state >>> 8) % below;
    };
    let at = Date.parse('2026-11-21T10:00:00Z');
    for (let round = 0; round < 60; round++) {
      const sizes: Allowed['sizes'] = [1 + random(40), 1 + random(20)];
      const who = `${seed}-${round}`;
      for (let call = 0; call < 4; call++) {
        at += random(3_000);
        const asked = { sizes, at: new Date(at), asking: 1 + random(30) };
        expect({ seed, round, call, asked, told: await together(`t${who}`, asked) }).toEqual({
          seed,
          round,
          call,
          asked,
          told: await oneByOne(`o${who}`, asked),
        });
      }
      expect({ seed, round, spent: await spentUntil(`t${who}`) }).toEqual({
        seed,
        round,
        spent: await spentUntil(`o${who}`),
      });
    }
  });
});
