import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { WritebackHouse } from '../../testing/writeback-house.js';
import type { DeliverPending } from './deliver-pending.js';

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

describe('when it is not known whether a contact was created', () => {
  it('creates no second one for others with the same number, or for the same customer, before that has settled', async () => {
    deliver = house.worker({ settleSeconds: 60 });
    house.crm.portal(house.tenantId).searchLagMs = 60_000;
    await house.closed([{ phone: '+4915112345678', externalId: 'one' }]);
    house.crm.faults.add({ fault: 'lost_after' }, { on: ['create'] });
    await run();
    await house.closed([
      { phone: '0049 151 12345678', externalId: 'two' },
      { externalId: 'one', firstName: 'Ada' },
      { firstName: 'Someone else' },
    ]);
    await run();
    expect((await house.all()).map(({ status }) => status)).toEqual(['pending', 'pending', 'pending', 'written']);
    expect((await house.all())[1]?.nextAttemptAt?.getTime()).toBeGreaterThan(Date.now() + 50_000);
    house.crm.portal(house.tenantId).searchLagMs = 0;
    house.crm.portal(house.tenantId).catchUp();
    await house.makeDue();
    await run();
    expect((await house.all()).map(({ status }) => status)).toEqual(['written', 'written', 'written', 'written']);
    expect(house.crm.portal(house.tenantId).live()).toHaveLength(2);
  });

  it('waits for the search index too before it takes a miss for "not made"', async () => {
    deliver = house.worker({ settleSeconds: 60 });
    await house.closed([{ firstName: 'Only', lastName: 'Name' }]);
    house.crm.faults.add({ fault: 'lost_after' }, { on: ['create'] });
    await run();
    const [waiting] = await house.all();
    expect(waiting?.nextAttemptAt?.getTime()).toBeGreaterThan(Date.now() + 80_000);
    // Its time has come, and the settle time has passed, but the index may not show it yet.
    await house.admin.query(
      `UPDATE deliveries SET due_at = now(), create_sent_at = now() - interval '70 s' WHERE tenant_id = $1`,
      [house.tenantId],
    );
    house.crm.calls.length = 0;
    await run();
    expect(house.crm.calls).toEqual([]);
  });

  it('looks for all of them together', async () => {
    await house.closed(Array.from({ length: 30 }, (_, index) => ({ phone: `+4915112345${100 + index}` })));
    house.crm.faults.add({ fault: 'lost_after' }, { on: ['create'] });
    await run();
    await house.makeDue();
    house.crm.portal(house.tenantId).searchLagMs = 60_000;
    const findPhoneCandidates = house.crm.findPhoneCandidates.bind(house.crm);
    house.crm.findPhoneCandidates = async (...parameters) => {
      await findPhoneCandidates(...parameters);
      return [];
    };
    house.crm.calls.length = 0;
    await run();
    expect(house.crm.calls.map(({ method, items }) => `${method} ${items}`)).toEqual([
      'findPhoneCandidates 30',
      'findCreatedSince 30',
      'write 30',
    ]);
    expect(house.crm.portal(house.tenantId).live()).toHaveLength(30);
  });

  it('holds others back for as long as it is itself held back, which is longer than the time since its mark', async () => {
    deliver = house.worker({ settleSeconds: 60 });
    await house.closed([{ externalId: 'one', firstName: 'Ada' }]);
    house.crm.faults.add({ fault: 'lost_after' }, { on: ['create'] });
    await run();
    // The request took its whole time-out to fail, so the mark is that much older than the outcome.
    await house.admin.query(`UPDATE deliveries SET create_sent_at = now() - interval '61 s' WHERE tenant_id = $1`, [
      house.tenantId,
    ]);
    await house.closed([{ externalId: 'one', firstName: 'Ada' }]);
    await run();
    expect((await house.all()).map(({ status }) => status)).toEqual(['pending', 'pending']);
    expect((await house.all())[1]?.nextAttemptAt?.getTime()).toBeGreaterThan(Date.now() + 50_000);
    await house.makeDue();
    await run();
    await house.makeDue();
    await run();
    expect((await house.all()).map(({ status }) => status)).toEqual(['written', 'written']);
    expect(house.crm.portal(house.tenantId).live()).toHaveLength(1);
  });

  it('tells people of the same name apart', async () => {
    await house.closed([{ firstName: 'Visitor' }]);
    await run();
    await house.closed([{ firstName: 'Visitor' }, { firstName: 'Visitor' }]);
    house.crm.faults.add({ fault: 'lost_after' }, { on: ['create'] });
    await run();
    await house.closed([{ firstName: 'Visitor', email: 'v@example.com' }]);
    house.crm.faults.add({ fault: 'lost_before' }, { on: ['create'] });
    await run();
    await house.makeDue();
    await run();
    expect(new Set((await house.all()).map(({ status, contactId }) => `${status} ${contactId}`)).size).toBe(4);
    expect(house.crm.portal(house.tenantId).live()).toHaveLength(4);
  });

  it('remembers what it created although a later look-up of the same batch gets no answer', async () => {
    house.crm.portal(house.tenantId).searchLagMs = 60_000;
    await house.closed([
      { phone: '+4915112345678' },
      { externalId: 'one' },
      { externalId: 'one', email: 'ada@example.com' },
    ]);
    const findByEmails = house.crm.findByEmails.bind(house.crm);
    house.crm.findByEmails = async (...parameters) => {
      if (house.crm.portal(house.tenantId).live().length > 0)
        house.crm.faults.add({ fault: 'lost_before' }, { on: ['findByEmails'] });
      return findByEmails(...parameters);
    };
    await run();
    house.crm.findByEmails = findByEmails;
    await house.makeDue();
    await run();
    expect((await house.all()).map(({ status }) => status)).toEqual(['written', 'skipped', 'written']);
    expect(house.crm.portal(house.tenantId).live()).toHaveLength(2);
  });

  it('finds the one it created a moment ago for several conversations of one customer', async () => {
    house.crm.portal(house.tenantId).searchLagMs = 60_000;
    await house.closed([{ phone: '+4915112345678' }, { phone: '+4915112345678' }]);
    await run();
    await house.closed([{ phone: '+4915112345678', email: 'ada@example.com' }]);
    await run();
    expect((await house.all()).map(({ matchedBy }) => matchedBy)).toEqual(['created', 'crm_id', 'phone']);
    expect(house.crm.portal(house.tenantId).live()).toHaveLength(1);
  });

  it('finds the one it created a moment ago by a number without a country too', async () => {
    house.crm.portal(house.tenantId).searchLagMs = 60_000;
    await house.closed([{ phone: '08180 854296' }]);
    await run();
    await house.closed([{ phone: '8180854296' }]);
    await run();
    expect((await house.all()).map(({ matchedBy }) => matchedBy)).toEqual(['created', 'phone']);
    expect(house.crm.portal(house.tenantId).live()).toHaveLength(1);
  });
});
