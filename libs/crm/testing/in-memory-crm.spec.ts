import { describe, expect, it } from '@jest/globals';
import { CrmDeferredError, type Deferral } from '../src/index.js';
import { describeCrmDirectory } from './crm-directory.contract.js';
import type { ContactSeed, CrmHarness } from './crm-harness.js';
import { describeCrmTimeline } from './crm-timeline.contract.js';
import { InMemoryCrm } from './in-memory-crm.js';

const THROTTLED: Deferral = { cause: 'throttled', detail: 'The quota is used up', retryAfterSeconds: 10 };
const REQUIRED = { reason: 'missing_required_property', detail: 'A value for company must be provided' };

function toContact({ emails = [], phone, mobile, ...rest }: ContactSeed) {
  return {
    ...rest,
    emails,
    phones: [phone, mobile].filter((number) => number !== undefined),
  };
}

function makeHarness(): Promise<CrmHarness> {
  const tenantId = 'tenant';
  let now = new Date('2026-11-21T10:00:00Z').getTime();
  // Each look at the clock is a millisecond later, as on a real one.
  const crm = new InMemoryCrm({ clock: { now: () => new Date(now++) } });
  const portal = crm.portal(tenantId);
  return Promise.resolve({
    tenantId,
    directory: crm,
    timeline: crm,
    now: async () => new Date(now),
    addContacts: async (seeds) => seeds.map((seed) => portal.add(toContact(seed))),
    mergeContacts: async (survivorId, otherId) => {
      portal.merge(survivorId, otherId);
      return survivorId;
    },
    removeContact: async (id) => portal.remove(id),
    holdIndex: async () => {
      portal.searchLagMs = 30_000;
    },
    letIndexCatchUp: async () => portal.catchUp(),
    befall: async (fault) =>
      fault === 'throttled'
        ? crm.faults.add({ fault: 'deferred', deferral: THROTTLED }, { times: Infinity })
        : crm.faults.add({ fault }),
    recover: async () => crm.faults.clear(),
    requireMore: async (of) =>
      crm.faults.add(
        { fault: 'refused', refusal: REQUIRED },
        { on: [of === 'contacts' ? 'create' : 'write'], times: Infinity },
      ),
    someOwner: async () => ({ id: portal.addOwner('Ana.Agent@example.com'), email: 'Ana.Agent@example.com' }),
    ownerOf: async (_, entryId) => portal.entries.find(({ id }) => id === entryId)?.ownerId,
    countContacts: async () => portal.live().length,
    countEntries: async () => portal.entries.length,
    close: async () => {},
  });
}

describeCrmDirectory('in memory', makeHarness);
describeCrmTimeline('in memory', makeHarness);

describe('InMemoryCrm', () => {
  it('keeps tenants apart', async () => {
    const crm = new InMemoryCrm();
    await crm.create('one', [{ email: 'ada@example.com' }]);
    await expect(crm.findByEmails('other', ['ada@example.com'])).resolves.toEqual(new Map());
    await expect(crm.create('other', [{ email: 'ada@example.com' }])).resolves.toMatchObject([{ outcome: 'created' }]);
  });

  it('hides from search what its index does not know yet', async () => {
    let now = 0;
    const crm = new InMemoryCrm({ clock: { now: () => new Date(now) } });
    crm.portal('t').searchLagMs = 30_000;
    await crm.create('t', [{ phone: '+491761234567', firstName: 'Ada' }]);
    const find = () => crm.findPhoneCandidates('t', [{ national: '1761234567' }]);
    await expect(find()).resolves.toEqual([]);
    now = 30_000;
    await expect(find()).resolves.toHaveLength(1);
  });

  it('fails the calls it is told to, as often as it is told to, and counts all of them', async () => {
    const crm = new InMemoryCrm();
    crm.faults.add({ fault: 'deferred', deferral: THROTTLED }, { on: ['findByEmails'], times: 2 });
    await expect(crm.findByIds('t', ['1', '2'])).resolves.toEqual(new Map());
    await expect(crm.findByEmails('t', [])).rejects.toThrow(CrmDeferredError);
    await expect(crm.findByEmails('t', [])).rejects.toThrow(CrmDeferredError);
    await expect(crm.findByEmails('t', [])).resolves.toEqual(new Map());
    expect(crm.calls.map(({ method, items }) => `${method} ${items}`)).toEqual([
      'findByIds 2',
      'findByEmails 0',
      'findByEmails 0',
      'findByEmails 0',
    ]);
  });

  it('refuses single items of a write', async () => {
    const crm = new InMemoryCrm();
    crm.faults.add({ fault: 'refused', refusal: REQUIRED, items: [1] });
    const outcomes = await crm.create('t', [{ firstName: 'A' }, { firstName: 'B' }]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['created', 'refused']);
  });

  it('refuses to write on a contact that was merged away', async () => {
    const crm = new InMemoryCrm();
    const portal = crm.portal('t');
    const [one, other] = [portal.add({ emails: [], phones: [] }), portal.add({ emails: [], phones: [] })];
    portal.merge(one, other);
    const entry = { type: 'note' as const, reference: 'TL-1-a', at: new Date(0), body: 'TL-1-a' };
    const outcomes = await crm.write('t', [
      { ...entry, contactId: other },
      { ...entry, contactId: one },
    ]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['contact_gone', 'written']);
  });
});
