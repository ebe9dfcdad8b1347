import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@app/platform';
import { waitFor } from '@app/testing';
import fc from 'fast-check';
import { readTranscript } from '../../testing/read-transcript.js';
import { WritebackHouse } from '../../testing/writeback-house.js';
import type { Customer } from '../conversations/conversation.js';
import { type Drain, DrainLedger } from './drain-ledger.js';
import { PortalRules } from './portal-rules.js';

let house: WritebackHouse;

beforeAll(async () => {
  house = await WritebackHouse.open();
});
afterAll(() => house.close());
beforeEach(() => house.moveIn());

const people = (count: number): Customer[] =>
  Array.from({ length: count }, (_, index) => ({ email: `p${index}@example.com` }));

const texts = (): string[] => house.bodies().map((body) => readTranscript([body]));
const messages = (count: number): string[] => Array.from({ length: count }, (_, index) => `Message ${index}`);

/** Lets every write take its time. */
function slowWrites(ms: number): void {
  const { crm } = house;
  const write = crm.write.bind(crm);
  crm.write = async (...parameters) => {
    await sleep(ms);
    return write(...parameters);
  };
}

/** Holds every write back until they are let go; `sizes` are those of the writes that were asked for. */
function heldWrites(): { sizes: number[]; letGo: () => void } {
  const { crm } = house;
  const write = crm.write.bind(crm);
  const sizes: number[] = [];
  const gate = Promise.withResolvers<undefined>();
  crm.write = async (...parameters) => {
    sizes.push(parameters[1].length);
    await gate.promise;
    return write(...parameters);
  };
  return { sizes, letGo: () => gate.resolve(undefined) };
}

describe('a backlog', () => {
  it('is matched pool by pool with full calls, and written by up to eight at once', async () => {
    await house.closed(people(1_250));
    const writes = heldWrites();
    const running = house.worker().execute({ tenantId: house.tenantId });
    await waitFor(async () => writes.sizes.length === 8, { timeoutMs: 20_000 });
    await sleep(300);
    expect(writes.sizes).toHaveLength(8);
    writes.letGo();
    await running;
    expect(await house.counts()).toEqual({ written: 1_250 });
    expect(texts().toSorted()).toEqual(messages(1_250).toSorted());
    expect(writes.sizes.toSorted((a, b) => b - a)).toEqual([...Array.from({ length: 12 }, () => 100), 50]);
    const matching = house.crm.calls.filter(({ method }) => method !== 'write');
    expect(matching.map(({ method, items }) => `${method} ${items}`)).toEqual([
      'findByEmails 500',
      'create 500',
      'findByEmails 500',
      'create 500',
      'findByEmails 250',
      'create 250',
    ]);
  }, 60_000);

  it('makes one contact of a new customer who stands in every pool, though search shows none of them yet', async () => {
    house.crm.portal(house.tenantId).searchLagMs = 60_000;
    const customers = Array.from({ length: 120 }, (_, index): Customer => {
      if (index % 3 === 0) return { phone: index % 2 === 0 ? '+4915112345678' : '0049 151 12345678' };
      return index % 3 === 1 ? { email: 'ada@example.com' } : { externalId: 'one', firstName: 'Only' };
    });
    await house.closed(customers);
    slowWrites(5);
    await house.worker({ poolSize: 10, groupEntries: 3 }).execute({ tenantId: house.tenantId });
    expect(await house.counts()).toEqual({ written: 120 });
    expect(house.crm.portal(house.tenantId).live()).toHaveLength(3);
    expect(texts().toSorted()).toEqual(messages(120).toSorted());
  }, 30_000);

  it('makes one contact anew of a deleted one, however many groups were on their way to it', async () => {
    const portal = house.crm.portal(house.tenantId);
    await house.closed([{ externalId: 'one', firstName: 'Only' }]);
    await house.worker().execute({ tenantId: house.tenantId });
    portal.remove(portal.live()[0]?.id ?? '');
    await house.closed(Array.from({ length: 20 }, () => ({ externalId: 'one', firstName: 'Only' })));
    slowWrites(10);
    await house.worker({ poolSize: 10, groupEntries: 1 }).execute({ tenantId: house.tenantId });
    expect(await house.counts()).toEqual({ written: 21 });
    expect(portal.live()).toHaveLength(1);
  });

  it('writes what can be written although a look-up that others need is refused', async () => {
    const portal = house.crm.portal(house.tenantId);
    const contactId = portal.add({ emails: ['ada@example.com'], phones: [] });
    await house.closed([{ crmContactId: contactId }, { email: 'ada@example.com' }, { phone: '+4915112345678' }]);
    house.crm.faults.add(
      { fault: 'deferred', deferral: { cause: 'throttled', detail: 'Slow down' } },
      { on: ['findPhoneCandidates'] },
    );
    await house.worker().execute({ tenantId: house.tenantId });
    expect((await house.all()).map(({ status }) => status)).toEqual(['written', 'written', 'pending']);
  });

  it('stops taking up more when HubSpot takes no more', async () => {
    await house.closed(people(60));
    house.crm.faults.add(
      { fault: 'deferred', deferral: { cause: 'throttled', detail: 'Slow down', retryAfterSeconds: 10 } },
      { on: ['write'], times: Infinity },
    );
    await house.worker({ poolSize: 5, groupEntries: 5 }).execute({ tenantId: house.tenantId });
    const untouched = (await house.all()).filter(({ attempts }) => attempts.length === 0);
    expect(untouched.length).toBeGreaterThanOrEqual(10);
  });

  it('takes up what was closed while the last of it was being written', async () => {
    await house.closed(people(3));
    const writes = heldWrites();
    const running = house.worker().execute({ tenantId: house.tenantId });
    await waitFor(async () => writes.sizes.length > 0);
    await house.closed([{ email: 'late@example.com' }]);
    writes.letGo();
    await running;
    expect(await house.counts()).toEqual({ written: 4 });
  });
});

describe('while several groups are being written', () => {
  it('an internal error in one of them gives back what is left only after the others have been recorded', async () => {
    await house.closed(people(40));
    const { crm } = house;
    const write = crm.write.bind(crm);
    const gate = Promise.withResolvers<undefined>();
    let calls = 0;
    crm.write = async (...parameters) => {
      calls += 1;
      if (calls === 3) throw new Error('surprise');
      await gate.promise;
      return write(...parameters);
    };
    const running = house.worker({ poolSize: 40, groupEntries: 5 }).execute({ tenantId: house.tenantId });
    await waitFor(async () => calls === 8);
    await sleep(100);
    expect(await house.counts()).toEqual({ delivering: 40 });
    gate.resolve(undefined);
    await running;
    expect(await house.counts()).toEqual({ written: 35, pending: 5 });
    await house.makeDue();
    await house.worker().execute({ tenantId: house.tenantId });
    expect(texts().toSorted()).toEqual(messages(40).toSorted());
  });

  it('a lost lock ends the drain: it claims no more beside the next one, and nothing is written a second time', async () => {
    await house.closed(people(100));
    const writes = heldWrites();
    const first = house.worker({ poolSize: 20, groupEntries: 5 }).execute({ tenantId: house.tenantId });
    // Eight groups are on their way to HubSpot, and the next pool waits for room.
    await waitFor(async () => writes.sizes.length === 8 && (await house.counts())['delivering'] === 60, {
      timeoutMs: 10_000,
    });
    await house.admin.query(
      `SELECT pg_terminate_backend(l.pid) FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
       WHERE l.locktype = 'advisory' AND a.datname = current_database()`,
    );
    const other = await house.openDatabase();
    const next = house.worker({ poolSize: 20, groupEntries: 20, database: other });
    const second = next.execute({ tenantId: house.tenantId });
    // What the first one had not marked yet is taken over at once; what it had marked is not touched.
    await waitFor(async () => writes.sizes.length === 11, { timeoutMs: 10_000 });
    writes.letGo();
    const [old, taken] = await Promise.all([first, second]);
    await other.close();
    expect([old.claimed, taken.claimed]).toEqual([60, 60]);
    expect(await house.counts()).toEqual({ written: 100 });
    expect(writes.sizes.reduce((sum, size) => sum + size, 0)).toBe(100);
    expect(texts().toSorted()).toEqual(messages(100).toSorted());
    expect(house.crm.portal(house.tenantId).live()).toHaveLength(100);
  });

  it('a lock lost in silence ends it as well: once another drain has begun it claims and creates nothing', async () => {
    await house.closed(people(2));
    const ledger = new DrainLedger(house.database, 5, new PortalRules(house.database, house.connections));
    const { tenantId } = house;
    const { portalId = '' } = await house.connections.find(tenantId);
    const old: Drain = { id: newId(), tenantId, portalId };
    const next: Drain = { id: newId(), tenantId, portalId };
    await ledger.begin(old);
    const [claimed] = await ledger.claimDue(old, 1);
    expect(claimed).toBeDefined();
    await ledger.begin(next);
    expect(await ledger.claimDue(old, 1)).toEqual([]);
    expect(await ledger.markCreating(old, [claimed?.id ?? ''])).toEqual(new Set());
    expect(await ledger.claimDue(next, 5)).toHaveLength(2);
  });

  it('a stop lets them end and gives back the others as if they had never been claimed', async () => {
    await house.closed(people(60));
    const writes = heldWrites();
    const stop = new AbortController();
    const running = house.worker({ poolSize: 60, groupEntries: 5 }).execute({ tenantId: house.tenantId }, stop.signal);
    await waitFor(async () => writes.sizes.length === 8);
    stop.abort();
    writes.letGo();
    await running;
    const counts = await house.counts();
    expect(counts).toEqual({ written: 40, pending: 20 });
    const { rows } = await house.admin.query(
      `SELECT DISTINCT tries, due_at <= now() AS due FROM deliveries WHERE tenant_id = $1 AND status = 'pending'`,
      [house.tenantId],
    );
    expect(rows).toEqual([{ tries: 0, due: true }]);
  });

  it('ends with every part exactly once on one contact each, whatever happens to any of them', async () => {
    const methods = ['findByEmails', 'findPhoneCandidates', 'create', 'write', 'readBack', 'findByIds'] as const;
    const faults = fc.array(
      fc.record({
        fault: fc.constantFrom('lost_before' as const, 'lost_after' as const, 'deferred' as const, 'throws' as const),
        on: fc.constantFrom(...methods),
        times: fc.integer({ min: 1, max: 4 }),
        takenOver: fc.boolean(),
      }),
      { maxLength: 5 },
    );
    const customers: Customer[] = Array.from({ length: 24 }, (_, index) => {
      const kinds: Customer[] = [
        { email: `p${index % 5}@example.com` },
        { phone: `+4915112345${100 + (index % 4)}` },
        { externalId: `u${index % 3}`, firstName: `Only ${index % 3}` },
        { email: `both${index % 2}@example.com`, phone: `+4915112345${100 + (index % 4)}` },
      ];
      return kinds[index % 4] ?? {};
    });
    await fc.assert(
      fc.asyncProperty(faults, fc.integer({ min: 0, max: 4 }), async (planned, delayMs) => {
        await house.empty();
        await house.closed(customers);
        const { crm } = house;
        const write = crm.write.bind(crm);
        let throwing = 0;
        crm.write = async (...parameters) => {
          await sleep(delayMs);
          if (throwing > 0) {
            throwing -= 1;
            throw new Error('surprise');
          }
          return write(...parameters);
        };
        const run = () => house.worker({ poolSize: 8, groupEntries: 2 }).execute({ tenantId: house.tenantId });
        for (const { fault, on, times, takenOver } of planned) {
          if (fault === 'throws') throwing = times;
          else if (fault === 'deferred') {
            crm.faults.add({ fault, deferral: { cause: 'unavailable', detail: 'x' } }, { on: [on], times });
          } else crm.faults.add({ fault }, { on: [on], times });
          const running = run();
          if (takenOver) {
            await sleep(15);
            // Another drain begins, takes over some of it, and dies.
            await house.admin.query('UPDATE current_drains SET drain_id = gen_random_uuid() WHERE tenant_id = $1', [
              house.tenantId,
            ]);
            await house.admin.query(
              `UPDATE deliveries d SET drain_id = c.drain_id FROM current_drains c
               WHERE d.tenant_id = $1 AND c.tenant_id = $1 AND d.status = 'delivering' AND random() < 0.5`,
              [house.tenantId],
            );
          }
          await running;
          await house.makeDue();
        }
        crm.faults.clear();
        throwing = 0;
        for (let attempt = 0; attempt < 5; attempt += 1) {
          await run();
          await house.makeDue();
        }
        expect(await house.counts()).toEqual({ written: 24 });
        expect(texts().toSorted()).toEqual(messages(24).toSorted());
        const { rows } = await house.admin.query<{ contacts: number }>(
          `SELECT count(DISTINCT contact_id)::int AS contacts FROM deliveries WHERE tenant_id = $1 GROUP BY customer_key`,
          [house.tenantId],
        );
        expect(rows.every(({ contacts }) => contacts === 1)).toBe(true);
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});
