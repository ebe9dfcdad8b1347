import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { WritebackHouse } from '../../testing/writeback-house.js';
import type { DeliverPending } from './deliver-pending.js';
import { newId } from '@app/platform';
import fc from 'fast-check';
import { readTranscript } from '../../testing/read-transcript.js';
import type { Customer } from '../conversations/conversation.js';
import { DrainLedger } from './drain-ledger.js';
import { PortalRules } from './portal-rules.js';
import { CrmPartlyKnownError } from '@app/crm';
import { InMemoryCrm } from '@app/crm/testing';

let house: WritebackHouse;
let deliver: DeliverPending;

beforeAll(async () => {
  house = await WritebackHouse.open();
});

afterAll(() => house.close());

beforeEach(async () => {
  await house.moveIn();
  deliver = house.worker();
});

async function run(): Promise<void> {
  await deliver.execute({ tenantId: house.tenantId });
}

/** The part a body is, by its reference line. */
function partOf(body: string): number {
  return Number(/-(\d+)-\d+-\w{12}<\/p>$/.exec(body)?.[1]);
}

const ADA: Customer = { email: 'ada@example.com', firstName: 'Ada' };

describe('when something goes wrong', () => {
  it('looks before it writes again, when the answer to a write never came', async () => {
    await house.closed([ADA]);
    house.crm.faults.add({ fault: 'lost_after' }, { on: ['write'] });
    await run();
    expect(await house.all()).toMatchObject([{ status: 'pending', attempts: [{ outcome: 'unknown' }] }]);
    await house.makeDue();
    await run();
    expect(await house.all()).toMatchObject([{ status: 'written', entries: [{ part: 1 }] }]);
    expect(house.bodies()).toHaveLength(1);
    expect(house.crm.calls.filter(({ method }) => method === 'write')).toHaveLength(1);
  });

  it('writes what really was not written', async () => {
    await house.closed([ADA]);
    house.crm.faults.add({ fault: 'lost_before' }, { on: ['write'] });
    await run();
    await house.makeDue();
    await run();
    expect(await house.all()).toMatchObject([{ status: 'written' }]);
    expect(house.bodies()).toHaveLength(1);
  });

  it('still says how the contact was found, and what was left out, when the first attempt had to wait', async () => {
    await house.closed([{ email: 'not an address', firstName: 'Ada' }]);
    const deferral = { cause: 'unavailable', detail: 'Not now' } as const;
    house.crm.faults.add({ fault: 'deferred', deferral }, { on: ['write'] });
    await run();
    await house.makeDue();
    await run();
    const [delivery] = await house.all();
    expect(delivery).toMatchObject({ status: 'written', matchedBy: 'created' });
    expect(delivery?.attempts.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/^Not now\. .*left out/),
      expect.stringContaining('left out'),
    ]);
  });

  it('does not touch an unknown outcome before the settle time has passed', async () => {
    deliver = house.worker({ settleSeconds: 60 });
    await house.closed([ADA]);
    house.crm.faults.add({ fault: 'lost_before' }, { on: ['write'] });
    await run();
    const [waiting] = await house.all();
    expect(waiting?.nextAttemptAt?.getTime()).toBeGreaterThan(Date.now() + 50_000);
    await house.admin.query('UPDATE deliveries SET due_at = now() WHERE tenant_id = $1', [house.tenantId]);
    house.crm.calls.length = 0;
    await run();
    expect(house.crm.calls).toEqual([]);
  });

  it('counts the settle time from the request, not from the mark that was set long before it', async () => {
    deliver = house.worker({ settleSeconds: 60 });
    await house.closed([ADA]);
    const write = house.crm.write.bind(house.crm);
    house.crm.write = async (...parameters) => {
      await house.admin.query(`UPDATE deliveries SET entries_sent_at = now() - interval '50 s' WHERE tenant_id = $1`, [
        house.tenantId,
      ]);
      return write(...parameters);
    };
    house.crm.faults.add({ fault: 'lost_before' }, { on: ['write'] });
    await run();
    expect((await house.all())[0]?.nextAttemptAt?.getTime()).toBeGreaterThan(Date.now() + 50_000);
  });

  it('does not create a contact twice when the answer never came, by email, number or name', async () => {
    house.crm.portal(house.tenantId).searchLagMs = 30_000;
    await house.closed([ADA, { phone: '+4915112345678' }, { firstName: 'Only', lastName: 'Name' }]);
    house.crm.faults.add({ fault: 'lost_after' }, { on: ['create'] });
    await run();
    expect((await house.all()).map(({ status }) => status)).toEqual(['pending', 'pending', 'pending']);
    house.crm.portal(house.tenantId).searchLagMs = 0;
    house.crm.portal(house.tenantId).catchUp();
    await house.makeDue();
    await run();
    expect((await house.all()).map(({ status }) => status)).toEqual(['written', 'written', 'written']);
    expect(house.crm.portal(house.tenantId).live()).toHaveLength(3);
  });

  it('takes over what a killed drain left, with and without a mark', async () => {
    const ids = await house.closed([ADA, { email: 'bob@example.com' }]);
    const contactId = house.crm.portal(house.tenantId).add({ emails: ['bob@example.com'], phones: [] });
    await house.admin.query(
      `UPDATE deliveries SET status = 'delivering', drain_id = gen_random_uuid(),
         contact_id = CASE WHEN id = $2 THEN $3 END, entries_sent_at = CASE WHEN id = $2 THEN now() - interval '1 hour' END
       WHERE tenant_id = $1`,
      [house.tenantId, ids[1], contactId],
    );
    await run();
    expect((await house.all()).map(({ status }) => status)).toEqual(['written', 'written']);
    expect(house.bodies()).toHaveLength(2);
  });

  it('sends nothing for what another drain took over meanwhile', async () => {
    const [id] = await house.closed([ADA]);
    const create = house.crm.create.bind(house.crm);
    house.crm.create = async (...parameters): ReturnType<typeof create> => {
      await house.admin.query('UPDATE deliveries SET drain_id = gen_random_uuid() WHERE id = $1', [id]);
      return create(...parameters);
    };
    await run();
    expect(house.bodies()).toEqual([]);
    expect(await house.all()).toMatchObject([{ status: 'delivering' }]);
  });

  it('follows a merged contact to its survivor', async () => {
    const portal = house.crm.portal(house.tenantId);
    const [survivor, other] = [
      portal.add({ emails: ['main@example.com'], phones: [] }),
      portal.add({ emails: ['ada@example.com'], phones: [] }),
    ];
    await house.closed([ADA]);
    await run();
    portal.merge(survivor, other);
    await house.closed([ADA]);
    await run();
    expect((await house.all()).map(({ status, contactId }) => [status, contactId])).toEqual([
      ['written', other],
      ['written', survivor],
    ]);
  });

  it('matches once more when the contact was deleted', async () => {
    const portal = house.crm.portal(house.tenantId);
    const gone = portal.add({ emails: ['ada@example.com'], phones: [] });
    await house.closed([ADA]);
    await run();
    portal.remove(gone);
    await house.closed([ADA, { crmContactId: '424242', email: 'ada@example.com' }]);
    await run();
    const [, second, third] = await house.all();
    expect(second).toMatchObject({ status: 'written', matchedBy: 'created' });
    expect(third).toMatchObject({ status: 'written', contactId: second?.contactId });
    expect(second?.contactId).not.toBe(gone);
  });

  it('follows the contact that another conversation made after the deleted one, when its own outcome was unknown', async () => {
    deliver = house.worker({ settleSeconds: 60 });
    const portal = house.crm.portal(house.tenantId);
    // Known by name alone: no email keeps HubSpot from making the person a second time.
    const customer: Customer = { externalId: 'u1', firstName: 'Only', lastName: 'Name' };
    await house.closed([customer]);
    house.crm.faults.add({ fault: 'lost_after' }, { on: ['write'] });
    await run();
    const [gone] = await house.all();
    portal.remove(gone?.contactId ?? '');
    await house.closed([customer]);
    await run();
    expect((await house.all()).map(({ status }) => status)).toEqual(['pending', 'written']);
    await house.makeDue();
    await run();
    const [first, second] = await house.all();
    expect(first).toMatchObject({ status: 'written', contactId: second?.contactId });
    expect(portal.live()).toHaveLength(1);
  });

  it('makes no third contact when it is interrupted after the one that follows a deleted one was made', async () => {
    const portal = house.crm.portal(house.tenantId);
    await house.closed([{ firstName: 'Only', lastName: 'Name' }]);
    house.crm.faults.add({ fault: 'lost_after' }, { on: ['write'] });
    await run();
    portal.remove((await house.all())[0]?.contactId ?? '');
    await house.makeDue();
    const stop = new AbortController();
    const create = house.crm.create.bind(house.crm);
    house.crm.create = async (...parameters) => {
      const made = await create(...parameters);
      stop.abort();
      return made;
    };
    await deliver.execute({ tenantId: house.tenantId }, stop.signal);
    expect(await house.all()).toMatchObject([{ status: 'pending' }]);
    await run();
    expect(await house.all()).toMatchObject([{ status: 'written' }]);
    expect(portal.live()).toHaveLength(1);
  });

  it('still says that it made the contact, when it was stopped before anything was written', async () => {
    await house.closed([ADA]);
    const stop = new AbortController();
    const create = house.crm.create.bind(house.crm);
    house.crm.create = async (...parameters) => {
      const made = await create(...parameters);
      stop.abort();
      return made;
    };
    await deliver.execute({ tenantId: house.tenantId }, stop.signal);
    expect(await house.all()).toMatchObject([{ status: 'pending', attempts: [] }]);
    await run();
    expect(await house.all()).toMatchObject([{ status: 'written', matchedBy: 'created' }]);
  });

  it('leaves those alone of whose contact nothing is known yet, and goes on with the others', async () => {
    const portal = house.crm.portal(house.tenantId);
    const ids = ['a', 'b', 'c'].map((name) => portal.add({ emails: [`${name}@example.com`], phones: [] }));
    await house.closed(ids.map((crmContactId) => ({ crmContactId })));
    house.crm.faults.add({ fault: 'lost_after' }, { on: ['write'] });
    await run();
    const [merged = '', gone = '', survivor = ''] = ids;
    portal.merge(survivor, merged);
    portal.remove(gone);
    const findByIds = house.crm.findByIds.bind(house.crm);
    house.crm.findByIds = async (tenantId, asked) => {
      const found = await findByIds(tenantId, asked);
      found.delete(merged);
      throw new CrmPartlyKnownError({ cause: 'unavailable', detail: 'Which of them?' }, found, new Set([merged]));
    };
    await house.makeDue();
    await run();
    const [doubtful, nobody, written] = await house.all();
    expect(doubtful).toMatchObject({ status: 'pending', attempts: [{}, { detail: 'Which of them?' }] });
    expect([nobody?.status, written?.status]).toEqual(['skipped', 'written']);
    house.crm.findByIds = findByIds;
    await house.makeDue();
    await run();
    expect((await house.all())[0]).toMatchObject({ status: 'written', contactId: survivor });
    expect(house.bodies().filter((body) => readTranscript([body]) === 'Message 0')).toHaveLength(1);
  });

  it('keeps the link to a contact of which nothing is known yet, and waits', async () => {
    const portal = house.crm.portal(house.tenantId);
    const [merged, survivor] = ['ada', 'main'].map((name) => portal.add({ emails: [`${name}@x.test`], phones: [] }));
    await house.closed([{ externalId: 'u1', email: 'ada@x.test' }]);
    await run();
    portal.merge(survivor ?? '', merged ?? '');
    const findByIds = house.crm.findByIds.bind(house.crm);
    house.crm.findByIds = async (_, asked) => {
      throw new CrmPartlyKnownError({ cause: 'unavailable', detail: 'Which?' }, new Map(), new Set(asked));
    };
    await house.closed([{ externalId: 'u1' }]);
    await run();
    expect((await house.all())[1]).toMatchObject({ status: 'pending' });
    house.crm.findByIds = findByIds;
    await house.makeDue();
    await run();
    expect((await house.all())[1]).toMatchObject({ status: 'written', contactId: survivor });
  });

  it('finds its own entries with the survivor when contacts were merged before it heard back', async () => {
    const portal = house.crm.portal(house.tenantId);
    const [survivor, other] = [
      portal.add({ emails: ['main@example.com'], phones: [] }),
      portal.add({ emails: ['ada@example.com'], phones: [] }),
    ];
    await house.closed([ADA]);
    house.crm.faults.add({ fault: 'lost_after' }, { on: ['write'] });
    await run();
    portal.merge(survivor, other);
    await house.makeDue();
    await run();
    expect(house.bodies()).toHaveLength(1);
    expect(await house.all()).toMatchObject([{ status: 'written', contactId: survivor }]);
  });

  it('gives back what it held after an error nobody planned for', async () => {
    await house.closed([ADA]);
    house.crm.findByEmails = async () => {
      throw new Error('surprise');
    };
    await run();
    expect(await house.all()).toMatchObject([{ status: 'pending', attempts: [{ outcome: 'deferred' }] }]);
  });

  it('writes the missing parts only, to the same contact, when some of a long transcript were written', async () => {
    const text = 'All work and no play. '.repeat(12_000);
    await house.closed([ADA], { messages: [{ author: 'customer', text }] });
    const write = house.crm.write.bind(house.crm);
    house.crm.write = async (tenant, entries) => {
      await write(tenant, entries.slice(0, 2));
      return entries.map(() => ({ outcome: 'unknown', detail: 'timed out' }));
    };
    await run();
    house.crm.write = write;
    await house.makeDue();
    await run();
    const [delivery] = await house.all();
    expect(delivery?.status).toBe('written');
    expect(delivery?.entries.map(({ part }) => part)).toEqual(house.bodies().map((_, index) => index + 1));
    expect(readTranscript(house.bodies())).toBe(text);
  });

  it('renews the mark before each request of a very long transcript, and sends no more once it was taken over', async () => {
    deliver = house.worker({ settleSeconds: 60 });
    const [id] = await house.closed([ADA], { messages: [{ author: 'customer', text: '&'.repeat(1_500_000) }] });
    const write = house.crm.write.bind(house.crm);
    const ages: number[] = [];
    house.crm.write = async (...parameters) => {
      const { rows } = await house.admin.query<{ age: number }>(
        'SELECT extract(epoch FROM clock_timestamp() - entries_sent_at)::float AS age FROM deliveries WHERE id = $1',
        [id],
      );
      ages.push(rows[0]?.age ?? NaN);
      await house.admin.query(
        `UPDATE deliveries SET entries_sent_at = now() - interval '50 s',
           drain_id = CASE WHEN $2 THEN gen_random_uuid() ELSE drain_id END WHERE id = $1`,
        [id, ages.length === 3],
      );
      return write(...parameters);
    };
    house.crm.faults.add({ fault: 'lost_before' }, { on: ['write'] });
    await run();
    await house.makeDue();
    await run();
    expect(ages).toHaveLength(3);
    expect(Math.max(...ages)).toBeLessThan(10);
    expect(await house.all()).toMatchObject([{ status: 'delivering' }]);
    await house.makeDue();
    await run();
    expect(await house.all()).toMatchObject([{ status: 'written' }]);
    expect(readTranscript(house.bodies().toSorted((a, b) => partOf(a) - partOf(b)))).toBe('&'.repeat(1_500_000));
  });

  it('takes over what a killed drain left behind as the same try: HubSpot has refused nothing', async () => {
    const [id] = await house.closed([ADA]);
    const portalId = (await house.connections.find(house.tenantId)).portalId ?? '';
    const ledger = new DrainLedger(house.database, 5, new PortalRules(house.database, house.connections));
    for (let killed = 0; killed < 6; killed += 1) {
      const drain = { id: newId(), tenantId: house.tenantId, portalId };
      await ledger.begin(drain);
      await ledger.claimDue(drain, 1);
    }
    house.crm.faults.add({ fault: 'deferred', deferral: { cause: 'unavailable', detail: 'Down' } }, { on: ['write'] });
    await run();
    const { rows } = await house.admin.query<{ tries: number; seconds: number }>(
      'SELECT tries, extract(epoch FROM due_at - now())::float8 AS seconds FROM deliveries WHERE id = $1',
      [id],
    );
    expect(rows[0]?.tries).toBe(1);
    expect(rows[0]?.seconds).toBeLessThan(2);
  });

  it('ends with every part exactly once, whatever happens on the way', async () => {
    const faults = fc.array(
      fc.record({
        fault: fc.constantFrom('lost_before' as const, 'lost_after' as const, 'deferred' as const),
        on: fc.constantFrom(
          'findByEmails' as const,
          'findPhoneCandidates' as const,
          'create' as const,
          'write' as const,
          'readBack' as const,
          'findByIds' as const,
        ),
        kill: fc.boolean(),
      }),
      { maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(faults, async (planned) => {
        await house.admin.query('DELETE FROM conversations WHERE tenant_id = $1', [house.tenantId]);
        await house.admin.query('DELETE FROM contact_links WHERE tenant_id = $1', [house.tenantId]);
        house.crm = new InMemoryCrm();
        deliver = house.worker();
        await house.closed([
          ADA,
          { phone: '+4915112345678' },
          { firstName: 'Only' },
          { email: 'ada@example.com' },
          { email: 'bob@example.com', phone: '+4915112345678' },
        ]);
        for (const { fault, on, kill } of planned) {
          house.crm.faults.add(
            fault === 'deferred' ? { fault, deferral: { cause: 'unavailable', detail: 'x' } } : { fault },
            { on: [on] },
          );
          await run();
          // A killed worker leaves its rows as they were when it died.
          if (kill)
            await house.admin
              .query(
                `UPDATE deliveries SET status = 'delivering', drain_id = gen_random_uuid() WHERE tenant_id = $1 AND status = 'pending' AND tries % 2 = 1`,
                [house.tenantId],
              )
              .catch(() => undefined);
          await house.makeDue();
        }
        house.crm.faults.clear();
        for (let attempt = 0; attempt < 4; attempt += 1) {
          await run();
          await house.makeDue();
        }
        expect((await house.all()).map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => 'written'));
        expect(
          house
            .bodies()
            .map((body) => readTranscript([body]))
            .toSorted(),
        ).toEqual([0, 1, 2, 3, 4].map((index) => `Message ${index}`));
        expect(house.crm.portal(house.tenantId).live()).toHaveLength(3);
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});
