import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Refusal } from '@app/crm';
import { newId, systemClock } from '@app/platform';
import { AuditLog, DisableSyncing, EnableSyncing, ReadAudit, RevocationRepository, Vault } from '@app/tenants';
import fc from 'fast-check';
import { readTranscript } from '../../testing/read-transcript.js';
import { WritebackHouse } from '../../testing/writeback-house.js';
import type { Customer } from '../conversations/conversation.js';
import type { ClaimedDelivery, DeliveryOutcome } from './delivery-outcome.js';
import { type Drain, DrainLedger } from './drain-ledger.js';
import { PortalRules, RULE_DELIVERIES } from './portal-rules.js';
import { SweepDue } from './sweep-due.js';

let house: WritebackHouse;
let drain: Drain;
let ledger: DrainLedger;

beforeAll(async () => {
  house = await WritebackHouse.open();
  ledger = new DrainLedger(house.database, 5, new PortalRules(house.database, house.connections));
});
afterAll(() => house.close());
beforeEach(moveIn);

async function moveIn(): Promise<void> {
  await house.moveIn();
  drain = { id: newId(), tenantId: house.tenantId, portalId: (await connection()).portalId ?? '' };
  await ledger.begin(drain);
}

const connection = () => house.connections.find(house.tenantId);
const audit = () => new AuditLog(house.database, systemClock);
const enable = () =>
  new EnableSyncing(house.database, house.connections, house.settings, audit()).execute(house.tenantId, {});

function refusalBy(id: string): Refusal {
  const rule = { id, words: `A HubSpot admin must relax ${id}.` };
  return { reason: 'missing_required_property', detail: `${rule.words} Then replay.`, rule };
}

/** So many customers with a contact: nothing but their transcripts has to be written. */
function linked(count: number): Customer[] {
  const portal = house.crm.portal(house.tenantId);
  return Array.from({ length: count }, () => ({ crmContactId: portal.add({ emails: [], phones: [] }) }));
}

/** Small groups, so that HubSpot says it in more than one answer. */
const run = () => house.worker({ poolSize: 8, groupEntries: 8 }).execute({ tenantId: house.tenantId });

function refuseAll(): void {
  house.crm.faults.add(
    { fault: 'refused', refusal: refusalBy('owners') },
    { on: ['write', 'create'], times: Infinity },
  );
}

async function minutesPass(): Promise<void> {
  await house.makeDue();
  await house.admin.query('UPDATE portal_probes SET due_at = now() WHERE tenant_id = $1', [house.tenantId]);
}

/** Whether the sweep finds something to do for the tenant. */
async function isWoken(): Promise<boolean> {
  const woken: string[] = [];
  await new SweepDue(house.database, { wake: () => undefined, wakeAnew: (id) => woken.push(id) }).execute();
  return woken.includes(house.tenantId);
}

const writes = (): number[] => house.crm.calls.filter(({ method }) => method === 'write').map(({ items }) => items);

/** Has the portal refuse 60, of which 16 failed before it was certain. */
async function trip(): Promise<void> {
  await house.closed(linked(60));
  refuseAll();
  await run();
  expect((await connection()).status).toBe('attention');
}

describe('a portal whose rules refuse every write', () => {
  it('makes the connection need attention, and what it refuses from then on waits', async () => {
    await trip();
    expect(await house.counts()).toEqual({ failed: 16, pending: 44 });
    const { problem } = await connection();
    expect(problem?.reason).toBe('portal_rules');
    expect(problem?.detail).toMatch(/refuses every write.*A HubSpot admin must relax owners\..*can be replayed/);
    const waited = (await house.all()).filter(({ attempts }) => attempts.some(({ outcome }) => outcome === 'waiting'));
    expect(waited.length).toBeGreaterThanOrEqual(8);
    const [entry] = await new ReadAudit(house.database).list(house.tenantId, { limit: 1 });
    expect(entry).toMatchObject({ action: 'connection.needs_attention', details: { reason: 'portal_rules' } });
  });

  it('is left alone until one delivery may try, and waits twice as long each time', async () => {
    await trip();
    await house.makeDue();
    const before = writes().length;
    expect(await isWoken()).toBe(false);
    expect(await run()).toEqual({ claimed: 0, more: false });
    await minutesPass();
    expect(await isWoken()).toBe(true);
    expect(await run()).toEqual({ claimed: 1, more: false });
    expect(writes().slice(before)).toEqual([1]);
    expect(await house.counts()).toEqual({ failed: 16, pending: 44 });
    const nextProbe = async (): Promise<number> => {
      const { rows } = await house.admin.query<{ seconds: number }>(
        'SELECT extract(epoch FROM due_at - now())::float8 AS seconds FROM portal_probes WHERE tenant_id = $1',
        [house.tenantId],
      );
      return rows[0]?.seconds ?? 0;
    };
    expect(await nextProbe()).toBeCloseTo(120, -1);
    for (let probe = 0; probe < 4; probe += 1) {
      await minutesPass();
      await run();
    }
    expect(await nextProbe()).toBeCloseTo(300, -1);
    const tried = (await house.all()).filter(({ attempts }) => attempts.some(({ outcome }) => outcome === 'waiting'));
    expect(tried.length).toBeGreaterThanOrEqual(12);
  });

  it('loses no turn to a process that is stopped before HubSpot was asked', async () => {
    await trip();
    await minutesPass();
    const stop = new AbortController();
    const before = writes().length;
    const stopped = house.worker({ poolSize: 8, groupEntries: 8 });
    const write = house.crm.write.bind(house.crm);
    house.crm.write = async (_, entries) => {
      stop.abort();
      const deferral = { cause: 'stopping', detail: 'This process is being stopped' } as const;
      return entries.map(() => ({ outcome: 'deferred', deferral }));
    };
    await stopped.execute({ tenantId: house.tenantId }, stop.signal);
    house.crm.write = write;
    expect(await isWoken()).toBe(true);
    expect(await run()).toEqual({ claimed: 1, more: false });
    expect(writes().slice(before)).toEqual([1]);
    const { rows } = await house.admin.query('SELECT probes FROM portal_probes WHERE tenant_id = $1', [house.tenantId]);
    expect(rows).toEqual([{ probes: 1 }]);
  });

  it('goes on by itself once a delivery that tries is taken; what had failed stays failed', async () => {
    await trip();
    house.crm.faults.clear();
    await minutesPass();
    expect(await run()).toEqual({ claimed: 1, more: true });
    const { status, problem } = await connection();
    expect([status, problem]).toEqual(['active', undefined]);
    await run();
    expect(await house.counts()).toEqual({ failed: 16, written: 44 });
    const texts = house.bodies().map((body) => readTranscript([body]));
    expect(new Set(texts).size).toBe(44);
    const [entry] = await new ReadAudit(house.database).list(house.tenantId, { limit: 1 });
    expect(entry).toMatchObject({ action: 'connection.recovered', details: { reason: 'portal_rules' } });
  });

  it('is asked by the next delivery when the one that tries needs no write', async () => {
    await trip();
    await house.closed([{}, {}]);
    house.crm.faults.clear();
    await minutesPass();
    await house.admin.query(
      `UPDATE deliveries SET due_at = now() - interval '1 hour' WHERE tenant_id = $1 AND conversation_id IN
         (SELECT id FROM conversations WHERE tenant_id = $1 AND customer = '{}')`,
      [house.tenantId],
    );
    expect(await run()).toEqual({ claimed: 3, more: true });
    expect(await house.counts()).toEqual({ failed: 16, skipped: 2, written: 1, pending: 43 });
  });

  it('stays in attention while HubSpot says nothing at all', async () => {
    await trip();
    house.crm.faults.clear();
    house.crm.faults.add({ fault: 'lost_before' }, { on: ['write'] });
    await minutesPass();
    expect(await run()).toEqual({ claimed: 1, more: false });
    expect((await connection()).status).toBe('attention');
  });

  it('refuses contacts just as well', async () => {
    await house.closed(Array.from({ length: 30 }, (_, index) => ({ email: `p${index}@example.com` })));
    refuseAll();
    await run();
    expect((await connection()).problem?.reason).toBe('portal_rules');
    expect(await house.counts()).toEqual({ failed: 16, pending: 14 });
  });

  it.each([
    ['enabling', enable],
    [
      'connecting again',
      () =>
        house.connections.connect(
          house.tenantId,
          { kind: 'token', portalId: drain.portalId },
          { accessToken: 'another' },
        ),
    ],
  ])('is tried with everything after %s, and counted anew', async (_, mend) => {
    await trip();
    await mend();
    expect((await connection()).status).toBe('active');
    await house.makeDue();
    await run();
    expect((await connection()).status).toBe('attention');
    expect(await house.counts()).toEqual({ failed: 32, pending: 28 });
  });

  it('gives way to a problem that can end only by a person, which then stays', async () => {
    await trip();
    await house.connections.needAttention(
      house.tenantId,
      { reason: 'token_rejected', detail: 'x' },
      await house.connections.find(house.tenantId),
    );
    await minutesPass();
    expect(await isWoken()).toBe(false);
    house.crm.faults.clear();
    expect(await run()).toEqual({ claimed: 0, more: false });
    await expect(enable()).rejects.toMatchObject({ code: 1012 });
    expect((await connection()).problem?.reason).toBe('token_rejected');
  });

  it('is no other tenant', async () => {
    await trip();
    await house.moveIn();
    await house.closed(linked(3));
    await run();
    expect(await house.counts()).toEqual({ written: 3 });
    const rows = await house.database.readForTenant(house.tenantId, 'SELECT 1 FROM portal_refusals');
    expect(rows).toEqual([]);
  });
});

describe('what proves a rule', () => {
  it('is not one answer, however many it refuses', async () => {
    await house.closed(linked(60));
    refuseAll();
    await house.worker().execute({ tenantId: house.tenantId });
    expect((await connection()).status).toBe('active');
    expect(await house.counts()).toEqual({ failed: 60 });
  });

  it('is not one delivery that is replayed again and again', async () => {
    await house.closed(linked(1));
    for (let time = 0; time < RULE_DELIVERIES + 2; time += 1) {
      await ledger.record(drain, [refused((await claimed())[0], 'A')]);
      await house.admin.query(
        `UPDATE deliveries SET status = 'pending', reason = NULL, settled_at = NULL, due_at = now() WHERE tenant_id = $1`,
        [house.tenantId],
      );
    }
    expect((await connection()).status).toBe('active');
  });

  it('is the same number whichever drains and groups count it, at once', async () => {
    const groups: ClaimedDelivery[][] = [];
    for (let group = 0; group < 10; group += 1) groups.push(await claim(5));
    const reports = await Promise.all(
      groups.map((group) =>
        ledger.record(
          drain,
          group.map((one) => refused(one, 'A')),
        ),
      ),
    );
    expect(reports.filter(({ portalRefuses }) => portalRefuses)).toHaveLength(7);
    expect(await house.counts()).toEqual({ failed: 15, pending: 35 });
  });

  it('does not lock itself against whoever ends the connection', async () => {
    const vault = new Vault([{ id: 'k', key: Buffer.alloc(32) }]);
    const { database, connections, settings } = house;
    const revocations = new RevocationRepository(database, vault);
    for (let round = 0; round < 8; round += 1) {
      await moveIn();
      const group = await claim(30);
      const disable = new DisableSyncing(database, connections, settings, revocations, audit());
      await Promise.all([
        ...[0, 10, 20].map((from) =>
          ledger.record(
            drain,
            group.slice(from, from + 10).map((one, index) => (index % 2 === 0 ? refused(one, 'A') : taken(one))),
          ),
        ),
        ledger.record(drain, [refused(group[29], 'A')]),
        disable.execute(house.tenantId),
      ]);
      expect((await connection()).status).toBe('disconnected');
    }
  }, 30_000);

  it('agrees with a plain reading of the rules, whatever comes in whatever order', async () => {
    const kinds = ['A', 'B', 'own', 'taken', 'deferred', 'skipped'] as const;
    const refusals = fc.array(fc.constantFrom(...kinds.slice(0, 3)), { minLength: 1, maxLength: 12 });
    const anything = fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 6 });
    const batches = fc.array(
      fc.oneof(
        {
          arbitrary: fc.integer({ min: 1, max: 14 }).map((size) => Array.from({ length: size }, () => 'A' as const)),
          weight: 6,
        },
        { arbitrary: refusals, weight: 3 },
        { arbitrary: anything, weight: 1 },
      ),
      { minLength: 1, maxLength: 8 },
    );
    let tripped = 0;
    await fc.assert(
      fc.asyncProperty(batches, async (sequence) => {
        await moveIn();
        const oracle = new Oracle();
        for (const batch of sequence) {
          const claims = await claim(batch.length);
          const outcomes = batch.map((kind, index) => outcomeOf(kind, claims[index]));
          const { portalRefuses } = await ledger.record(drain, outcomes);
          expect(portalRefuses).toBe(oracle.read(batch));
          expect((await connection()).status).toBe(oracle.tripped ? 'attention' : 'active');
          expect((await house.counts())['failed'] ?? 0).toBe(oracle.failed);
        }
        if (oracle.tripped) tripped += 1;
      }),
      { numRuns: 40 },
    );
    expect(tripped).toBeGreaterThan(3);
  }, 120_000);
});

type Kind = 'A' | 'B' | 'own' | 'taken' | 'deferred' | 'skipped';

/** The page in docs/delivery.md, in as few lines as possible. */
class Oracle {
  tripped = false;
  failed = 0;
  private readonly seen = new Map<string, { deliveries: number; batches: number }>();

  /** @returns whether what was refused waits. */
  read(batch: readonly Kind[]): boolean {
    const own = batch.filter((kind) => kind === 'own').length;
    const ruled = batch.filter((kind) => kind === 'A' || kind === 'B');
    this.failed += own;
    if (batch.includes('taken')) {
      this.seen.clear();
      this.tripped = false;
    } else if (!this.tripped) {
      for (const rule of new Set(ruled)) {
        const { deliveries, batches } = this.seen.get(rule) ?? { deliveries: 0, batches: 0 };
        const now = { deliveries: deliveries + ruled.filter((kind) => kind === rule).length, batches: batches + 1 };
        this.seen.set(rule, now);
        if (now.deliveries >= RULE_DELIVERIES && now.batches >= 2) this.tripped = true;
      }
    }
    if (this.tripped) return ruled.length > 0;
    this.failed += ruled.length;
    return false;
  }
}

/** New deliveries in the hands of the drain. */
async function claim(count: number): Promise<ClaimedDelivery[]> {
  await house.closed(linked(count));
  return claimed();
}

const claimed = (): Promise<ClaimedDelivery[]> => ledger.claimDue(drain, 100);

function refused(claim: ClaimedDelivery | undefined, id: string): DeliveryOutcome {
  return { deliveryId: claim?.id ?? '', status: 'failed', ...refusalBy(id) };
}

function taken(claim: ClaimedDelivery | undefined): DeliveryOutcome {
  const parts = [{ type: 'note' as const, part: 1, parts: 1, entryId: '1' }];
  return { deliveryId: claim?.id ?? '', status: 'written', parts, contactId: '1', detail: 'Written' };
}

function outcomeOf(kind: Kind, claim: ClaimedDelivery | undefined): DeliveryOutcome {
  const deliveryId = claim?.id ?? '';
  switch (kind) {
    case 'A':
    case 'B':
      return refused(claim, kind);
    case 'own':
      return { deliveryId, status: 'failed', reason: 'invalid_email', detail: 'Its own fault' };
    case 'taken':
      return taken(claim);
    case 'deferred':
      return {
        deliveryId,
        status: 'pending',
        attempt: 'deferred',
        delaySeconds: 600,
        keepMarks: false,
        detail: 'Later',
      };
    case 'skipped':
      return { deliveryId, status: 'skipped', reason: 'no_match', detail: 'Nobody' };
  }
}
