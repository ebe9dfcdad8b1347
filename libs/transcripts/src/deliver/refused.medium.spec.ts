import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { WritebackHouse } from '../../testing/writeback-house.js';
import type { DeliverPending } from './deliver-pending.js';
import type { Customer } from '../conversations/conversation.js';
import { systemClock } from '@app/platform';
import { AuditLog } from '@app/tenants';
import { ReplayDelivery } from './replay-delivery.js';
import { DeliveryRepository } from './delivery.repository.js';

let house: WritebackHouse;
let deliver: DeliverPending;
let replay: ReplayDelivery;

beforeAll(async () => {
  house = await WritebackHouse.open();
  const wakeUps = { wake: (): void => undefined, wakeAnew: (): void => undefined };
  const audit = new AuditLog(house.database, systemClock);
  replay = new ReplayDelivery(house.database, new DeliveryRepository(), house.connections, wakeUps, audit);
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

describe('what a person has to see to', () => {
  it('fails what the CRM refuses, with what to do, and only that; Replay writes it after the cure', async () => {
    await house.closed([ADA, { email: 'bob@example.com' }]);
    const refusal = { reason: 'missing_required_property', detail: 'Make "Reason" optional, then replay' };
    house.crm.faults.add({ fault: 'refused', refusal, items: [0] }, { on: ['write'] });
    await run();
    const [failed, written] = await house.all();
    expect(failed).toMatchObject({ status: 'failed', reason: 'missing_required_property', detail: refusal.detail });
    expect(written?.status).toBe('written');
    await replay.execute(house.tenantId, failed?.id ?? '');
    await run();
    expect((await house.all()).map(({ status }) => status)).toEqual(['written', 'written']);
    await expect(replay.execute(house.tenantId, failed?.id ?? '')).rejects.toMatchObject({ code: 1012 });
  });

  it('replays nothing for another portal, and nothing from before syncing', async () => {
    const refusal = { reason: 'refused', detail: 'No' };
    const [id = ''] = await house.closed([ADA]);
    house.crm.faults.add({ fault: 'refused', refusal }, { on: ['write'] });
    await run();
    await house.admin.query(`UPDATE connections SET enabled_at = now() + interval '1 s' WHERE tenant_id = $1`, [
      house.tenantId,
    ]);
    await expect(replay.execute(house.tenantId, id)).rejects.toMatchObject({
      code: 1012,
      details: { reason: 'before_enabled' },
    });
    await house.admin.query(
      `UPDATE connections SET enabled_at = now() - interval '1 hour', portal_id = 'another' WHERE tenant_id = $1`,
      [house.tenantId],
    );
    await expect(replay.execute(house.tenantId, id)).rejects.toMatchObject({
      code: 1012,
      details: { reason: 'portal_changed' },
    });
    expect(await house.all()).toMatchObject([{ status: 'failed' }]);
  });

  it.each(['findByEmails', 'findPhoneCandidates', 'create', 'write'] as const)(
    'comes back later when %s is throttled',
    async (method) => {
      await house.closed([{ ...ADA, phone: '+4915112345678' }]);
      house.crm.faults.add(
        { fault: 'deferred', deferral: { cause: 'throttled', detail: 'Slow down', retryAfterSeconds: 10 } },
        { on: [method] },
      );
      await run();
      const [waiting] = await house.all();
      expect(waiting).toMatchObject({ status: 'pending', attempts: [{ outcome: 'deferred', detail: 'Slow down' }] });
      expect(waiting?.nextAttemptAt?.getTime()).toBeGreaterThan(Date.now() + 8_000);
      await house.makeDue();
      await run();
      expect(await house.all()).toMatchObject([{ status: 'written' }]);
      expect(house.crm.portal(house.tenantId).live()).toHaveLength(1);
    },
  );

  it('gives up on a contact that HubSpot keeps refusing although it is there, and says so', async () => {
    house.crm.portal(house.tenantId).add({ emails: ['ada@example.com'], phones: [] });
    await house.closed([ADA]);
    house.crm.write = async (_tenant, entries) => entries.map(() => ({ outcome: 'contact_gone' }));
    for (let attempt = 0; attempt < 6; attempt += 1) {
      expect((await house.all())[0]?.status).toBe('pending');
      await run();
      await house.makeDue();
    }
    expect(await house.all()).toMatchObject([{ status: 'failed', reason: 'contact_refused' }]);
  });

  it('says once that it waits for a person, and does not count the tries', async () => {
    await house.closed([ADA]);
    house.crm.faults.add(
      { fault: 'deferred', deferral: { cause: 'connection', detail: 'The token was rejected' } },
      { times: 3 },
    );
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await run();
      await house.makeDue();
    }
    const { rows } = await house.admin.query('SELECT tries FROM deliveries WHERE tenant_id = $1', [house.tenantId]);
    expect(rows).toEqual([{ tries: 0 }]);
    expect((await house.all())[0]?.attempts).toMatchObject([{ outcome: 'waiting' }]);
  });

  it('shows the latest attempts of what was tried very often, in order', async () => {
    const [id] = await house.closed([ADA]);
    await house.admin.query(
      `INSERT INTO delivery_attempts (tenant_id, delivery_id, outcome, detail)
       SELECT $1, $2, 'deferred', n::text FROM generate_series(1, 1000) n`,
      [house.tenantId, id],
    );
    const shown = (await house.all())[0]?.attempts.map(({ detail }) => Number(detail));
    expect(shown).toEqual(Array.from({ length: 50 }, (_, index) => 951 + index));
  });

  it('does not complete what an earlier version split otherwise; Replay starts over', async () => {
    const [id] = await house.closed([ADA], {
      messages: [{ author: 'customer', text: 'All work and no play. '.repeat(12_000) }],
    });
    const contactId = house.crm.portal(house.tenantId).add({ emails: ['ada@example.com'], phones: [] });
    await house.admin.query('UPDATE deliveries SET contact_id = $2 WHERE id = $1', [id, contactId]);
    await house.admin.query(
      `INSERT INTO delivery_entries (delivery_id, part, parts, tenant_id, type, entry_id, contact_id) VALUES ($1, 1, 9, $2, 'note', '1', $3)`,
      [id, house.tenantId, contactId],
    );
    await run();
    expect(await house.all()).toMatchObject([
      { status: 'failed', reason: 'split_otherwise', detail: expect.stringContaining('1 of 9') },
    ]);
    expect(house.bodies()).toEqual([]);
    await replay.execute(house.tenantId, id ?? '');
    await run();
    const [delivery] = await house.all();
    expect(delivery).toMatchObject({ status: 'written' });
    expect(delivery?.entries).toHaveLength(house.bodies().length);
  });
});
