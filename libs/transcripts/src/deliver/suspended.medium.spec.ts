import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '@app/platform';
import { AuditLog, SuspendTenant } from '@app/tenants';
import { WritebackHouse } from '../../testing/writeback-house.js';
import { SweepDue } from './sweep-due.js';

let house: WritebackHouse;

beforeAll(async () => {
  house = await WritebackHouse.open();
});

afterAll(async () => {
  await house.close();
});

beforeEach(async () => {
  await house.moveIn();
});

async function suspend(suspended: boolean): Promise<void> {
  const audit = new AuditLog(house.database, systemClock);
  await new SuspendTenant(house.database, audit, systemClock).execute(house.tenantId, { suspended });
}

/** Whom the sweep wakes. */
async function woken(): Promise<string[]> {
  const ids: string[] = [];
  const wake = (tenantId: string): void => void ids.push(tenantId);
  await new SweepDue(house.database, { wake, wakeAnew: wake }).execute();
  return ids;
}

describe('the deliveries of a suspended tenant', () => {
  it('wait, untouched, whoever wakes it, and go on when it is let in again', async () => {
    await house.closed([{ email: 'ada@customers.example' }, { email: 'grace@customers.example' }]);
    const { tenantId } = house;
    expect(await woken()).toContain(tenantId);
    await suspend(true);
    expect(await woken()).not.toContain(tenantId);
    // A wake-up that was on its way.
    expect(await house.worker().execute({ tenantId })).toEqual({ claimed: 0, more: false });
    expect([await house.counts(), house.bodies()]).toEqual([{ pending: 2 }, []]);
    await suspend(false);
    expect(await woken()).toContain(tenantId);
    expect(await house.worker().execute({ tenantId })).toMatchObject({ claimed: 2 });
    expect(await house.counts()).toEqual({ written: 2 });
  });

  it('keep nobody else’s', async () => {
    await suspend(true);
    await house.moveIn();
    await house.closed([{ email: 'ada@customers.example' }]);
    expect(await woken()).toContain(house.tenantId);
    expect(await house.worker().execute({ tenantId: house.tenantId })).toMatchObject({ claimed: 1 });
  });
});
