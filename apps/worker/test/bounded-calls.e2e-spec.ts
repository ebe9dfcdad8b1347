import { afterEach, describe, expect, it } from '@jest/globals';
import { type House, openHouse } from './house.js';
import { readPortal } from './read-portal.js';

const HUNDRED = Array.from({ length: 100 }, (_, index) => index);

let house: House | undefined;

afterEach(async () => {
  await house?.stop();
  house = undefined;
});

/** What a conversation of each is about: whom it is from, and the contact it belongs to in the end. */
interface Mix {
  customers: Record<string, string>[];
  contactIds: (string | undefined)[];
}

/** Everything goes wrong that can, for all of them. @param ids of a hundred contacts. */
type Prepare = (house: House, ids: readonly string[]) => Promise<Mix>;

const MIXES: [string, number, Prepare][] = [
  [
    'are new to us by an address that is secondary somewhere',
    4,
    async (_, ids) => ({
      customers: HUNDRED.map((index) => ({ email: `second${index}@example.com` })),
      contactIds: [...ids],
    }),
  ],
  [
    'are linked to contacts that were merged',
    30,
    async ({ simulator, hubId }, ids) => {
      const [survivor = ''] = await simulator.control.createRecords(hubId, 'contacts', [
        { properties: { email: 'survivor@example.com' } },
      ]);
      for (const otherId of ids) {
        await simulator.control.mergeRecords(hubId, 'contacts', { primaryId: survivor, otherId });
      }
      return { customers: ids.map((crmContactId) => ({ crmContactId })), contactIds: ids.map(() => survivor) };
    },
  ],
  [
    'are linked to contacts that were deleted',
    8,
    async ({ simulator, hubId }, ids) => {
      await simulator.control.archiveRecords(hubId, 'contacts', ids);
      return {
        customers: ids.map((crmContactId, index) => ({ crmContactId, email: `again${index}@example.com` })),
        contactIds: ids.map(() => undefined),
      };
    },
  ],
];

describe('a hundred conversations whose customers all', () => {
  it.each(MIXES)(
    '%s take %d calls at most',
    async (_, most, prepare) => {
      // The mood in which the bulk read helps least.
      house = await openHouse({ portal: { flags: { batchReadFollowsMerge: false, getBySecondaryEmail: false } } });
      const { simulator, hubId, tenant } = house;
      const contacts = HUNDRED.map((index) => ({
        properties: { email: `first${index}@example.com`, hs_additional_emails: `second${index}@example.com` },
      }));
      const { customers, contactIds } = await prepare(
        house,
        await simulator.control.createRecords(hubId, 'contacts', contacts),
      );
      await simulator.control.resetStats(hubId);
      const conversations = customers.map((customer, index) => ({
        channel: 'chat',
        direction: 'inbound',
        customer,
        messages: [{ author: 'customer', text: `This is ${index}` }],
        closedAt: new Date().toISOString(),
      }));
      expect((await tenant.post('/conversations/batch', { conversations })).status).toBeLessThan(300);
      await house.settled();
      const { totalCalls, routes } = await simulator.control.stats(hubId);
      expect(await tenant.stats()).toMatchObject({ written: 100, skipped: {}, failed: {} });
      expect({ totalCalls, routes, isFew: totalCalls <= most }).toMatchObject({ isFew: true });
      const { notes } = await readPortal(house);
      for (const [index, contactId] of contactIds.entries()) {
        const own = notes.filter(({ body }) => body.includes(`This is ${index}<`));
        expect(own.map((note) => note.contactIds)).toEqual([[contactId ?? expect.any(String)]]);
      }
    },
    120_000,
  );
});
