import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { WritebackHouse } from '../../testing/writeback-house.js';
import type { DeliverPending } from './deliver-pending.js';
import { waitFor } from '@app/testing';
import type { Customer } from '../conversations/conversation.js';
import { DELIVERY_TRANSITIONS } from './delivery-states.js';
import { SweepDue } from './sweep-due.js';

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

const ADA: Customer = { email: 'ada@example.com', firstName: 'Ada' };

describe('DeliverPending', () => {
  it('writes to the matched contact, remembers the link, and asks nothing the next time', async () => {
    const contactId = house.crm.portal(house.tenantId).add({ emails: ['ada@example.com'], phones: [] });
    await house.closed([ADA]);
    await run();
    expect(await house.all()).toMatchObject([
      { status: 'written', matchedBy: 'email', tied: 1, contactId, entries: [{ part: 1, parts: 1, type: 'note' }] },
    ]);
    house.crm.calls.length = 0;
    await house.closed([ADA]);
    await run();
    expect((await house.all())[1]).toMatchObject({ status: 'written', matchedBy: 'crm_id', contactId });
    expect(house.crm.calls.map(({ method }) => method)).toEqual(['write']);
  });

  it('works a hundred off with one call per step', async () => {
    await house.closed(
      Array.from({ length: 100 }, (_, index) => ({
        email: `p${index}@example.com`,
        phone: `+49151${10_000_000 + index}`,
      })),
    );
    await run();
    expect(house.crm.calls.map(({ method, items }) => `${method} ${items}`)).toEqual([
      'findByEmails 100',
      'findPhoneCandidates 100',
      'create 100',
      'write 100',
    ]);
    expect((await house.deliveries.stats(house.tenantId)).written).toBe(100);
  });

  it('gives several conversations of a new customer one contact', async () => {
    await house.closed([ADA, { email: 'ADA@example.com' }, { ...ADA, externalId: 'u1' }, { externalId: 'u1' }]);
    await run();
    const written = await house.all();
    expect(new Set(written.map(({ contactId }) => contactId)).size).toBe(1);
    expect(written.map(({ status }) => status)).toEqual(['written', 'written', 'written', 'written']);
    expect(house.crm.portal(house.tenantId).live()).toHaveLength(1);
  });

  it('finds the contact it created in an earlier batch although search does not show it yet', async () => {
    house.crm.portal(house.tenantId).searchLagMs = 60_000;
    await house.closed([{ phone: '+4915112345678', externalId: 'one' }]);
    await run();
    await house.closed([{ phone: '0049 151 12345678', externalId: 'two' }]);
    await run();
    expect(house.crm.portal(house.tenantId).live()).toHaveLength(1);
    expect((await house.all())[1]).toMatchObject({ matchedBy: 'phone' });
  });

  it('skips by reason', async () => {
    await house.settings.change(house.tenantId, { onNoMatch: 'skip' });
    await house.closed([{}, { email: 'nobody@example.com' }]);
    await run();
    expect((await house.all()).map(({ reason }) => reason)).toEqual(['nothing_to_match', 'no_match']);
  });

  it('leaves what waits for a person alone, without failing it', async () => {
    await house.closed([ADA]);
    await house.connections.needAttention(
      house.tenantId,
      { reason: 'token_rejected', detail: 'x' },
      await house.connections.find(house.tenantId),
    );
    await run();
    expect(await house.all()).toMatchObject([{ status: 'pending', attempts: [] }]);
    expect(house.crm.calls).toEqual([]);
  });
});

describe('who delivers', () => {
  it('is one drain per tenant at a time', async () => {
    await house.closed(Array.from({ length: 30 }, (_, index) => ({ firstName: `Person ${index}` })));
    const reports = await Promise.all([run(), run(), run(), run()]);
    expect(reports).toHaveLength(4);
    await waitFor(async () => (await house.deliveries.stats(house.tenantId)).written === 30);
    expect(house.crm.portal(house.tenantId).live()).toHaveLength(30);
    expect(house.bodies()).toHaveLength(30);
  });

  it('is woken by the sweep: tenants with due work and a good connection, nobody else', async () => {
    const woken: string[] = [];
    const sweep = new SweepDue(house.database, { wake: () => undefined, wakeAnew: (id) => void woken.push(id) });
    await house.closed([ADA]);
    await sweep.execute();
    expect(woken).toContain(house.tenantId);
    await house.connections.needAttention(
      house.tenantId,
      { reason: 'x', detail: 'x' },
      await house.connections.find(house.tenantId),
    );
    woken.length = 0;
    await sweep.execute();
    expect(woken).not.toContain(house.tenantId);
  });

  it('takes the steps that the code knows, and no others', async () => {
    const { rows } = await house.admin.query<{ step: string }>(
      `SELECT from_status || ' ' || to_status AS step FROM delivery_transitions WHERE from_status <> '(new)'`,
    );
    const known = Object.entries(DELIVERY_TRANSITIONS).flatMap(([from, steps]) => steps.map((to) => `${from} ${to}`));
    expect(rows.map(({ step }) => step).toSorted()).toEqual(known.toSorted());
  });

  it('can take no step that the table of transitions does not know', async () => {
    await house.closed([ADA]);
    await run();
    for (const status of ['pending', 'delivering', 'skipped', 'failed']) {
      await expect(
        house.admin.query('UPDATE deliveries SET status = $2 WHERE tenant_id = $1', [house.tenantId, status]),
      ).rejects.toThrow(/cannot go from written/);
    }
  });
});
