import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CrmDeferredError, type TimelineEntry } from '../src/index.js';
import type { CrmHarness, MakeHarness } from './crm-harness.js';

const at = new Date('2026-11-20T17:30:00Z');

function note(reference: string, contactId: string, text = 'Hello'): TimelineEntry {
  return {
    type: 'note',
    reference,
    contactId,
    at,
    body: `<p>${text}</p><p>${reference}</p>`,
  };
}

function call(reference: string, contactId: string): TimelineEntry {
  return {
    ...note(reference, contactId),
    type: 'call',
    call: {
      title: 'Call',
      direction: 'inbound',
      durationMs: 61_000,
      fromNumber: '+491761234567',
      toNumber: '+491769999999',
      status: 'COMPLETED',
      recordingUrl: 'https://files.example/a.mp3',
    },
  };
}

/** What every implementation of CrmTimeline keeps to. Each test begins with an empty CRM. */
export function describeCrmTimeline(name: string, makeHarness: MakeHarness): void {
  describe(`CrmTimeline: ${name}`, () => {
    let crm: CrmHarness;
    let since: Date;
    let ada: string;
    let bob: string;

    const write = (...entries: TimelineEntry[]) => crm.timeline.write(crm.tenantId, entries);
    const readBack = (...contactIds: string[]) => crm.timeline.readBack(crm.tenantId, contactIds, since);

    beforeEach(async () => {
      crm = await makeHarness();
      since = await crm.now();
      [ada = '', bob = ''] = await crm.addContacts([{ emails: ['ada@example.com'] }, { emails: ['bob@example.com'] }]);
    });
    afterEach(() => crm.close());

    it('writes notes and calls on their contacts, and reads them back before any index knows', async () => {
      await crm.holdIndex();
      const entries = [note('TL-1-a', ada), call('TL-2-b', bob), note('TL-3-c', bob)];
      const outcomes = await write(...entries);
      const stored = await readBack(ada, bob);
      for (const [n, { reference, type, contactId }] of entries.entries()) {
        const mine = stored.filter(({ body }) => body.includes(reference));
        expect(mine).toMatchObject([{ type, contactId }]);
        expect(outcomes[n]).toEqual({ outcome: 'written', id: mine[0]?.id });
      }
      expect(stored).toHaveLength(3);
    });

    it('keeps what people write: right-to-left text, emoji, ampersands, and 65,000 characters of it', async () => {
      const text = 'שלום &amp; 👩‍🚀 ';
      await write(note('TL-1-a', ada, text.repeat(Math.floor(64_000 / text.length))));
      const [stored] = await readBack(ada);
      expect(stored?.body.split('👩‍🚀')).toHaveLength(Math.floor(64_000 / text.length) + 1);
      expect(stored?.body).toContain('שלום &amp; ');
    });

    it('reads only the contacts that were asked for', async () => {
      await write(note('TL-1-a', ada), note('TL-2-b', bob));
      expect((await readBack(bob)).map(({ contactId }) => contactId)).toEqual([bob]);
      expect(await readBack()).toEqual([]);
    });

    it('writes more than a hundred, in order', async () => {
      const entries = Array.from({ length: 130 }, (_, n) => note(`TL-${n}-x`, n % 2 === 0 ? ada : bob));
      const outcomes = await write(...entries);
      const stored = new Map((await readBack(ada, bob)).map(({ id, body }) => [id, body]));
      for (const [n, outcome] of outcomes.entries()) {
        expect(outcome.outcome === 'written' && stored.get(outcome.id)).toContain(`<p>TL-${n}-x</p>`);
      }
    });

    it('gives entries to the user who is known by their owner email, in any case; others belong to nobody', async () => {
      const owner = await crm.someOwner();
      const entries: TimelineEntry[] = [
        { ...note('TL-1-a', ada), ownerEmail: owner.email.toUpperCase() },
        { ...call('TL-2-b', bob), ownerEmail: owner.email.toLowerCase() },
        { ...note('TL-3-c', bob), ownerEmail: 'nobody@example.com' },
        note('TL-4-d', ada),
      ];
      const outcomes = await write(...entries);
      const owners: unknown[] = [];
      for (const [n, { type }] of entries.entries()) {
        const outcome = outcomes[n];
        owners.push(outcome?.outcome === 'written' ? await crm.ownerOf(type, outcome.id) : outcome);
      }
      expect(owners).toEqual([owner.id, owner.id, undefined, undefined]);
    });

    it('says which entries have lost their contact, and writes the others', async () => {
      await crm.removeContact(bob);
      const outcomes = await write(note('TL-1-a', ada), note('TL-2-b', bob), note('TL-3-c', ada), call('TL-4-d', bob));
      expect(outcomes).toMatchObject([
        { outcome: 'written' },
        { outcome: 'contact_gone' },
        { outcome: 'written' },
        { outcome: 'contact_gone' },
      ]);
      expect(await crm.countEntries()).toBe(2);
    });

    it('finds under its old id what was written before a contact was merged away', async () => {
      await write(note('TL-1-a', bob));
      const survivor = await crm.mergeContacts(ada, bob);
      expect((await readBack(bob)).map(({ contactId, body }) => [contactId, body.includes('TL-1-a')])).toEqual([
        [bob, true],
      ]);
      expect((await readBack(survivor)).map(({ contactId }) => contactId)).toEqual([survivor]);
    });

    it('does not know what became of entries when the connection is lost, but reading back tells', async () => {
      await crm.befall('lost_after');
      expect(await write(note('TL-1-a', ada), note('TL-2-b', bob))).toMatchObject([
        { outcome: 'unknown' },
        { outcome: 'unknown' },
      ]);
      expect((await readBack(ada, bob)).map(({ contactId }) => contactId).toSorted()).toEqual([ada, bob].toSorted());
      await crm.befall('lost_before');
      expect(await write(note('TL-3-c', ada))).toMatchObject([{ outcome: 'unknown' }]);
      expect(await crm.countEntries()).toBe(2);
    });

    it('says what to do when a rule of the CRM stands against it', async () => {
      await crm.requireMore('entries');
      const outcomes = await write(note('TL-1-a', ada), note('TL-2-b', bob));
      for (const outcome of outcomes)
        expect(outcome).toMatchObject({ outcome: 'refused', refusal: { reason: 'missing_required_property' } });
      expect(await crm.countEntries()).toBe(0);
    });

    it('never answers "nothing there" for "not now"', async () => {
      await write(note('TL-1-a', ada));
      await crm.befall('throttled');
      await expect(readBack(ada)).rejects.toBeInstanceOf(CrmDeferredError);
      expect(await write(note('TL-2-b', ada))).toMatchObject([
        { outcome: 'deferred', deferral: { cause: 'throttled' } },
      ]);
      await crm.recover();
      expect(await crm.countEntries()).toBe(1);
    });

    it('says where a person finds an entry', async () => {
      const urlOf = await crm.timeline.entryUrls(crm.tenantId);
      const url = urlOf(ada, { type: 'note', id: '4711' });
      expect(URL.canParse(url ?? '')).toBe(true);
      expect(url).toContain(ada);
      expect(url).toContain('4711');
    });

    it('says it for an entry of an account that was connected before', async () => {
      const urlOf = await crm.timeline.entryUrls(crm.tenantId);
      const url = urlOf(ada, { type: 'note', id: '4711', portalId: '987654321' });
      expect(URL.canParse(url ?? '')).toBe(true);
      expect(url).toContain('/987654321/');
    });
  });
}
