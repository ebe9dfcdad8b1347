import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type PhoneNumber, readPhoneNumber } from '@app/crm';
import { type Database, newId } from '@app/platform';
import { WritebackHouse } from '../../testing/writeback-house.js';
import { ContactClaimRepository } from './contact-claim.repository.js';
import { ContactLinkRepository } from './contact-link.repository.js';
import { ContactsInMaking } from './contacts-in-making.js';

const NUMBER = '+4915112345678';
const SETTLE_SECONDS = 40;
const phone = readPhoneNumber(NUMBER) as PhoneNumber;

let house: WritebackHouse;
let making: ContactsInMaking;
let claims: ContactClaimRepository;
let portalId: string;

beforeAll(async () => {
  house = await WritebackHouse.open();
  making = new ContactsInMaking(house.database, { settle: SETTLE_SECONDS, call: 10 });
  claims = new ContactClaimRepository(house.database);
});
afterAll(() => house.close());
beforeEach(async () => {
  await house.moveIn();
  house.crm.portal(house.tenantId).searchLagMs = 60_000;
  portalId = (await house.connections.find(house.tenantId)).portalId ?? '';
});

const deliver = (): Promise<unknown> => house.worker().execute({ tenantId: house.tenantId });
const statuses = async (): Promise<string[]> => (await house.all()).map(({ status }) => status);
const live = (): number => house.crm.portal(house.tenantId).live().length;
const read = (typed: string): PhoneNumber => readPhoneNumber(typed) as PhoneNumber;
const other = (holder: string, { typed = NUMBER, portal = portalId } = {}) =>
  making.findOther(house.tenantId, portal, { holder, phone: read(typed) });
const claim = async (numbers = [phone]): Promise<string> => {
  const holder = newId();
  await making.claim(house.tenantId, portalId, holder, numbers);
  return holder;
};

describe('a contact that is made beside deliveries', () => {
  it('is waited for while its number is claimed, and found once it is remembered', async () => {
    const holder = await claim();
    await house.closed([{ phone: '0049 151 12345678' }, { phone: '+4915187654321' }]);
    await deliver();
    expect([await statuses(), live()]).toEqual([['pending', 'written'], 1]);
    expect(await other(holder)).toBeUndefined();
    expect((await house.all())[0]?.nextAttemptAt?.getTime()).toBeLessThan(Date.now() + 10_000);
    const [made] = await house.crm.create(house.tenantId, [{ phone: NUMBER, firstName: 'Made by a skill' }]);
    const id = made?.outcome === 'created' ? made.id : '';
    await making.remember(house.tenantId, portalId, id, [phone]);
    await making.release(house.tenantId, holder, { isUnanswered: false });
    await house.makeDue();
    await deliver();
    expect([await statuses(), live()]).toEqual([['written', 'written'], 2]);
    expect((await house.all())[0]).toMatchObject({ contactId: id, matchedBy: 'phone' });
  });

  it('is found by its national digits once it is remembered, where nothing says which country the number is of', async () => {
    const typed = '0151 12345678';
    const holder = await claim([read(typed)]);
    const [made] = await house.crm.create(house.tenantId, [{ phone: typed, firstName: 'Made by a skill' }]);
    const id = made?.outcome === 'created' ? made.id : '';
    await making.remember(house.tenantId, portalId, id, [read(typed)]);
    await making.release(house.tenantId, holder, { isUnanswered: false });
    await house.closed([{ phone: NUMBER }, { phone: '+4915187654321' }]);
    await deliver();
    expect((await house.all()).map(({ matchedBy }) => matchedBy)).toEqual(['phone', 'created']);
    expect([(await house.all())[0]?.contactId, live()]).toEqual([id, 2]);
  });

  it('is found where it was made between a delivery’s look and its mark', async () => {
    const findPhoneCandidates = house.crm.findPhoneCandidates.bind(house.crm);
    let madeId = '';
    house.crm.findPhoneCandidates = async (...asked) => {
      const found = await findPhoneCandidates(...asked);
      // Looked at after `findJustCreated`, too: it was made after that.
      const findBeside = ContactClaimRepository.prototype.findBeside;
      ContactClaimRepository.prototype.findBeside = async function (this: ContactClaimRepository, ...given) {
        ContactClaimRepository.prototype.findBeside = findBeside;
        const [made] = await house.crm.create(house.tenantId, [{ phone: NUMBER, firstName: 'Made by a skill' }]);
        madeId = made?.outcome === 'created' ? made.id : '';
        await making.remember(house.tenantId, portalId, madeId, [phone]);
        return findBeside.apply(this, given);
      };
      return found;
    };
    await house.closed([{ phone: NUMBER }]);
    await deliver();
    expect([await statuses(), live()]).toEqual([['written'], 1]);
    expect((await house.all())[0]).toMatchObject({ contactId: madeId, matchedBy: 'phone' });
  });

  it('is waited for as long as it may take to appear, when nobody was told what became of it', async () => {
    const holder = await claim();
    await making.release(house.tenantId, holder, { isUnanswered: true });
    await house.closed([{ phone: NUMBER }]);
    await deliver();
    const wait = ((await house.all())[0]?.nextAttemptAt?.getTime() ?? 0) - Date.now();
    expect(wait).toBeGreaterThan((SETTLE_SECONDS * 1.5 - 10) * 1_000);
    expect(live()).toBe(0);
    await house.admin.query(`UPDATE contact_claims SET ends_at = now() - interval '1 second'`);
    await house.makeDue();
    await deliver();
    expect([await statuses(), live()]).toEqual([['written'], 1]);
  });

  it('is looked for again soon by a delivery that asked before, found nothing, and asked nothing this time', async () => {
    house.crm.faults.add({ fault: 'lost_before' }, { on: ['create'] });
    await house.closed([{ phone: NUMBER }]);
    await deliver();
    await house.makeDue();
    const holder = await claim();
    await deliver();
    expect([await statuses(), live()]).toEqual([['pending'], 0]);
    expect((await house.all())[0]?.nextAttemptAt?.getTime()).toBeLessThan(Date.now() + 10_000);
    expect(await other(holder)).toBeUndefined();
  });

  it('sees what a delivery has asked for, for as long as that is open', async () => {
    house.crm.faults.add({ fault: 'lost_after' }, { on: ['create'] });
    await house.closed([{ phone: NUMBER }]);
    await deliver();
    const holder = await claim();
    expect(await other(holder)).toMatchObject({ isUnanswered: true });
    expect(await other(holder, { typed: '0151 12345678' })).toMatchObject({ isUnanswered: true });
    expect(await other(holder, { typed: '+4315112345678' })).toBeUndefined();
    expect(await other(holder, { portal: 'another' })).toBeUndefined();
  });

  it('is waited for no longer than it can take to appear, whatever its delivery waits for then', async () => {
    house.crm.faults.add({ fault: 'lost_before' }, { on: ['create'] });
    await house.closed([{ phone: NUMBER }]);
    await deliver();
    const holder = await claim();
    const marked = async (secondsAgo: number): Promise<void> => {
      await house.admin.query(
        `UPDATE deliveries SET create_sent_at = now() - make_interval(secs => $2), due_at = now() + interval '9 hours'
         WHERE tenant_id = $1`,
        [house.tenantId, secondsAgo],
      );
    };
    const open = SETTLE_SECONDS * 1.5 * 2 + 10;
    await marked(open - 20);
    expect(await other(holder)).toEqual({ isUnanswered: true, settlesInSeconds: 20 });
    await marked(open + 1);
    expect(await other(holder)).toBeUndefined();
    // Whose process died, while nobody may take it over.
    await house.admin.query(
      `UPDATE deliveries SET status = 'delivering', drain_id = gen_random_uuid() WHERE tenant_id = $1`,
      [house.tenantId],
    );
    expect(await other(holder)).toBeUndefined();
    await marked(1);
    expect(await other(holder)).toMatchObject({ isUnanswered: false });
  });

  it('is known to those that make the same beside it, however the number was typed', async () => {
    const [one, two] = [await claim(), await claim()];
    expect(await other(one)).toMatchObject({ isUnanswered: false });
    await making.release(house.tenantId, one, { isUnanswered: false });
    expect([await other(one), await other(two)]).toEqual([{ isUnanswered: false, settlesInSeconds: 70 }, undefined]);
    const [made] = await house.crm.create(house.tenantId, [{ phone: NUMBER, firstName: 'Made by a skill' }]);
    const id = made?.outcome === 'created' ? made.id : '';
    await making.remember(house.tenantId, portalId, id, [phone]);
    const found = async (typed: string, defaultCountry?: string): Promise<string | undefined> =>
      making.findJustCreated(house.tenantId, portalId, { phone: read(typed), defaultCountry });
    expect([await found(NUMBER), await found('0151 12345678'), await found('+43 151 12345678')]).toEqual([
      id,
      id,
      undefined,
    ]);
  });
});

describe('a contact that was just made', () => {
  it('is looked for among those of the last minutes, not among all that were ever made', async () => {
    const { tenantId } = house;
    await house.admin.query(
      `INSERT INTO contact_links (tenant_id, portal_id, customer_key, contact_id, created_with_phone, created_at)
       SELECT $1, $2, 'contact:' || n, n, '+4915' || 112000000 + n, now() - interval '1 year' FROM generate_series(1, 5000) n`,
      [tenantId, portalId],
    );
    await house.admin.query('ANALYZE contact_links');
    const planned: string[] = [];
    const readForTenant = async (id: string, select: string, given: readonly unknown[]): Promise<never[]> => {
      const lines = await house.database.withTenant(id, (tx) =>
        tx.query<{ 'QUERY PLAN': string }[]>(
          `EXPLAIN SELECT answer.* FROM (SELECT $1::uuid AS id OFFSET 0) tenant CROSS JOIN LATERAL (${select} OFFSET 0) answer`,
          [id, ...given],
        ),
      );
      planned.push(...lines.map((line) => line['QUERY PLAN']));
      return [];
    };
    const links = new ContactLinkRepository({ readForTenant } as unknown as Database);
    await links.findJustCreatedLike(tenantId, portalId, phone.national);
    expect(planned.join('\n')).toMatch(/Index Cond: .*created_at > /);
  });
});

describe('a claim', () => {
  it('is the tenant’s and the portal’s own, and ends', async () => {
    const holder = await claim([phone, phone]);
    const { tenantId } = house;
    expect(await claims.findBeside(tenantId, portalId, [phone])).toEqual([
      { phone, claimedForSeconds: SETTLE_SECONDS * 1.5 + 10, isUnanswered: false },
    ]);
    expect(await claims.findBeside(tenantId, 'another', [phone])).toEqual([]);
    await house.moveIn();
    expect(await claims.findBeside(house.tenantId, portalId, [phone])).toEqual([]);
    expect(await making.renew(house.tenantId, holder)).toBe(false);
    expect(await making.renew(tenantId, holder)).toBe(true);
    await house.admin.query(`UPDATE contact_claims SET ends_at = now()`);
    expect(await claims.findBeside(tenantId, portalId, [phone])).toEqual([]);
    expect(await making.renew(tenantId, holder)).toBe(false);
  });
});
