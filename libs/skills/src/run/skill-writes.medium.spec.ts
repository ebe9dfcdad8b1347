import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Clock, Database, newId, systemClock } from '@app/platform';
import { CreateTenant } from '@app/tenants';
import { createTestDatabase, type TestDatabase } from '@app/testing';
import { hashOf } from './confirmation.js';
import { Leases } from './leases.js';
import { type SettledAs, type SkillWrite, SkillWriteRepository } from './skill-write.repository.js';

const SECONDS = { settle: 60, call: 20 };
let now = systemClock.now();
const clock: Clock = { now: () => now };
const passes = (seconds: number): void => void (now = new Date(now.getTime() + seconds * 1_000));

let testDatabase: TestDatabase;
let database: Database;
let tenantId: string;
let writes: SkillWriteRepository;
let leases: Leases;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await Database.connect({ url: testDatabase.url, applicationName: 'test' });
  writes = new SkillWriteRepository(database, clock, SECONDS);
  leases = new Leases(database, clock, SECONDS.call);
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});
beforeEach(async () => {
  tenantId = await new CreateTenant(database).execute(`Tenant ${newId()}`);
});

const TOKEN = hashOf('token');

async function asked(): Promise<SkillWrite> {
  const expiresAt = new Date(now.getTime() + 300_000);
  const hashes = { tokenHash: TOKEN, boundHash: hashOf('bound'), thingHash: hashOf('thing') };
  await writes.ask(tenantId, { portalId: '1', ...hashes, expiresAt });
  return current();
}

async function current(): Promise<SkillWrite> {
  const write = await writes.findByToken(tenantId, TOKEN);
  if (write === undefined) throw new Error('nothing was asked');
  return write;
}

const sends = (id: string, attempt: string, calls = 1): Promise<boolean> =>
  database.withTenant(tenantId, (tx) => writes.markSending(tx, tenantId, { id, attempt, calls }));
const settles = (id: string, attempt: string, to: SettledAs): Promise<void> =>
  database.withTenant(tenantId, (tx) => writes.settle(tx, tenantId, { ids: [id], attempt, to }));
const renews = async (held: Parameters<Leases['renew']>[2], calls = 1): Promise<boolean> =>
  database.withTenant(tenantId, (tx) => leases.renew(tx, tenantId, held, calls));

describe('a write under way', () => {
  it('is one attempt’s alone until nobody can be at it any more', async () => {
    const { id } = await asked();
    const [first, second] = [newId(), newId()];
    expect([await writes.begin(tenantId, id, first), await writes.begin(tenantId, id, second)]).toEqual([true, false]);
    expect(await sends(id, second)).toBe(false);
    // The look-up took its time: what settles, settles from the sending.
    passes(100);
    expect([await sends(id, first), (await current()).state]).toEqual([true, 'writing']);
    // Its call, what HubSpot commits late, and the lag of the search that will look for it.
    passes(109);
    expect((await current()).state).toBe('writing');
    passes(2);
    expect((await current()).state).toBe('unknown');
  });

  it('is not sent, nor settled, by an attempt that another one took for dead', async () => {
    const { id } = await asked();
    const [dead, heir] = [newId(), newId()];
    await writes.begin(tenantId, id, dead);
    passes(111);
    expect(await writes.begin(tenantId, id, heir)).toBe(true);
    expect(await sends(id, dead)).toBe(false);
    await settles(id, dead, { state: 'asked' });
    expect((await current()).state).toBe('writing');
    await settles(id, heir, { state: 'done', outcome: 'created', recordId: '7' });
    await settles(id, dead, { state: 'refused' });
    expect(await current()).toMatchObject({ state: 'done', done: { outcome: 'created', recordId: '7' } });
  });

  it('that was not sent can be begun again, but for what another attempt made of it', async () => {
    const { id } = await asked();
    const [dead, heir] = [newId(), newId()];
    await writes.begin(tenantId, id, dead);
    await writes.withdraw(tenantId, id, dead);
    expect((await current()).state).toBe('asked');
    expect(await writes.begin(tenantId, id, heir)).toBe(true);
    await writes.withdraw(tenantId, id, dead);
    expect((await current()).state).toBe('writing');
    await settles(id, heir, { state: 'unknown' });
    await writes.withdraw(tenantId, id, dead);
    await writes.withdraw(tenantId, id, heir);
    expect((await current()).state).toBe('unknown');
  });

  it('without an answer settles from when that was known', async () => {
    const { id } = await asked();
    const attempt = newId();
    await writes.begin(tenantId, id, attempt);
    passes(23);
    await settles(id, attempt, { state: 'unknown' });
    const { state, settlesAt } = await current();
    expect([state, settlesAt?.getTime()]).toEqual(['unknown', now.getTime() + 90_000]);
  });

  it('is another tenant’s business nowhere', async () => {
    const { id } = await asked();
    const mine = tenantId;
    tenantId = await new CreateTenant(database).execute(`Other ${newId()}`);
    expect(await writes.begin(tenantId, id, newId())).toBe(false);
    expect(await writes.findByToken(tenantId, TOKEN)).toBeUndefined();
    tenantId = mine;
    expect((await current()).state).toBe('asked');
  });
});

describe('leases', () => {
  it('are renewed by who still has all of them, for as long as what comes may take', async () => {
    const [one, two] = [await leases.take(tenantId, 'one'), await leases.take(tenantId, 'two')];
    const held = [one, two].flatMap((lease) => lease ?? []);
    passes(69);
    expect(await renews(held, 3)).toBe(true);
    passes(89);
    expect(await leases.take(tenantId, 'one')).toBeUndefined();
    passes(2);
    // Nobody took them meanwhile.
    expect(await renews(held)).toBe(true);
    passes(51);
    expect(await leases.take(tenantId, 'two')).toBeDefined();
    expect(await renews(held)).toBe(false);
    expect(await renews([])).toBe(true);
  });
});
