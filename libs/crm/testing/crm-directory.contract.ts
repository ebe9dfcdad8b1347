import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CrmDeferredError, type ContactDraft, type PhoneNumber } from '../src/index.js';
import type { CrmHarness, MakeHarness } from './crm-harness.js';

const german: PhoneNumber = { e164: '+491761234567', national: '1761234567' };
const american: PhoneNumber = { e164: '+15132271572', national: '5132271572' };

function idsOf(contacts: readonly { id: string }[] | undefined): string[] {
  return (contacts ?? []).map(({ id }) => id).toSorted();
}

/** What every implementation of CrmDirectory keeps to. Each test begins with an empty CRM. */
export function describeCrmDirectory(name: string, makeHarness: MakeHarness): void {
  describe(`CrmDirectory: ${name}`, () => {
    let crm: CrmHarness;
    const create = (...drafts: ContactDraft[]) => crm.directory.create(crm.tenantId, drafts);
    const add = async (...seeds: Parameters<CrmHarness['addContacts']>[0]): Promise<string[]> => crm.addContacts(seeds);

    beforeEach(async () => {
      crm = await makeHarness();
    });
    afterEach(() => crm.close());

    describe('findByIds', () => {
      it('answers contacts as stored, keyed by id, and leaves out who is not there', async () => {
        const [ada = '', gone = ''] = await add(
          {
            emails: ['Ada@Example.com', 'ada@old.example'],
            phone: '(513) 227-1572',
            mobile: '+49 176 1234567',
            firstName: 'Ada',
            lastName: 'Byron',
          },
          { emails: ['gone@example.com'] },
        );
        await crm.removeContact(gone);
        const found = await crm.directory.findByIds(crm.tenantId, [ada, gone, '999999999', 'no-id', ada]);
        expect([...found.keys()]).toEqual([ada]);
        expect(found.get(ada)).toMatchObject({
          id: ada,
          emails: ['ada@example.com', 'ada@old.example'],
          phones: ['(513) 227-1572', '+49 176 1234567'],
          firstName: 'Ada',
          lastName: 'Byron',
        });
        expect(found.get(ada)?.createdAt).toBeInstanceOf(Date);
      });

      it('answers the survivor for a merged id, also when both are asked for', async () => {
        const [one = '', other = ''] = await add({ emails: ['one@example.com'] }, { emails: ['other@example.com'] });
        const survivor = await crm.mergeContacts(one, other);
        const found = await crm.directory.findByIds(crm.tenantId, [one, other]);
        expect([found.get(one)?.id, found.get(other)?.id]).toEqual([survivor, survivor]);
        expect(found.get(other)?.emails.toSorted()).toEqual(['one@example.com', 'other@example.com']);
      });

      it('answers nothing for nothing', async () => {
        await expect(crm.directory.findByIds(crm.tenantId, [])).resolves.toEqual(new Map());
      });
    });

    describe('findByEmails', () => {
      it('finds by primary email whatever its case, without lag', async () => {
        await crm.holdIndex();
        const [created] = await create({ email: 'Ada@Example.com' });
        const found = await crm.directory.findByEmails(crm.tenantId, ['ADA@example.COM', 'nobody@example.com']);
        expect([...found].map(([email, { id }]) => ({ email, id }))).toEqual([
          { email: 'ada@example.com', id: created !== undefined && 'id' in created ? created.id : undefined },
        ]);
      });

      it('finds more than a hundred', async () => {
        const emails = Array.from({ length: 130 }, (_, n) => `p${n}@example.com`);
        await add(...emails.map((email) => ({ emails: [email] })));
        const found = await crm.directory.findByEmails(crm.tenantId, emails);
        expect(found.size).toBe(130);
      });
    });

    describe('findBySecondaryEmails', () => {
      it('finds each of many, keyed by the address asked for', async () => {
        const seeds = Array.from({ length: 12 }, (_, n) => ({
          emails: [`first${n}@example.com`, `second${n}@example.com`, `third${n}@example.com`],
        }));
        const ids = await add(...seeds);
        await crm.letIndexCatchUp();
        const asked = seeds.map((_, n) => `${n % 2 === 0 ? 'second' : 'third'}${n}@example.com`);
        const found = await crm.directory.findBySecondaryEmails(crm.tenantId, [
          ...asked,
          'nobody@example.com',
          'econd1@example.com',
        ]);
        expect([...found.keys()].toSorted()).toEqual(asked.toSorted());
        for (const [n, email] of asked.entries()) expect(idsOf(found.get(email))).toEqual([ids[n]]);
      });
    });

    describe('findPhoneCandidates', () => {
      it('finds a number in either field, however it was typed, each contact once', async () => {
        const ids = await add(
          { phone: '+491761234567' },
          { mobile: '+491761234567' },
          { phone: '+49 176 1234567', mobile: '+49 (0) 176 1234567' },
          { mobile: '(513) 227-1572' },
        );
        const [stranger = ''] = await add({ phone: '+491769999999' });
        await crm.letIndexCatchUp();
        const found = idsOf(await crm.directory.findPhoneCandidates(crm.tenantId, [german, american]));
        expect(found).toEqual(ids.toSorted());
        expect(found).not.toContain(stranger);
      });

      it('offers every country in which the digits are a number', async () => {
        const ids = await add({ phone: '+33 1 76 12 34 56 7' }, { phone: '+491761234567' }, { phone: '1761234567' });
        await crm.letIndexCatchUp();
        const found = idsOf(await crm.directory.findPhoneCandidates(crm.tenantId, [{ national: german.national }]));
        expect(found).toEqual(expect.arrayContaining(ids.slice(1)));
      });

      it('reads all of more than 200 candidates', async () => {
        const ids = await add(...Array.from({ length: 430 }, () => ({ phone: '+491761234567' })));
        await crm.letIndexCatchUp();
        const found = await crm.directory.findPhoneCandidates(crm.tenantId, [german]);
        expect(found).toHaveLength(430);
        expect(idsOf(found)).toEqual(ids.toSorted());
      });

      it('finds each of a hundred numbers', async () => {
        const numbers = Array.from({ length: 100 }, (_, n): PhoneNumber => {
          const national = `1761${String(200_000 + n)}`;
          return { e164: `+49${national}`, national };
        });
        const ids = await add(...numbers.map(({ e164 = '' }) => ({ mobile: e164 })));
        await crm.letIndexCatchUp();
        expect(idsOf(await crm.directory.findPhoneCandidates(crm.tenantId, numbers))).toEqual(ids.toSorted());
      });
    });

    describe('findCreatedSince', () => {
      it('finds by number, else by names, what was created since and nothing older', async () => {
        const now = await crm.now();
        const before = new Date(now.getTime() - 60_000);
        const namesake = { firstName: 'Ada', lastName: 'Byron' };
        await add({ phone: '+491761234567', createdAt: before }, { ...namesake, createdAt: before });
        const [byNumber = ''] = await add({ phone: '+491761234567', createdAt: now });
        const [byNames = ''] = await add({ ...namesake, createdAt: now });
        await add(
          { firstName: 'Ada', lastName: 'Lovelace', createdAt: now },
          { phone: '+491769999999', createdAt: now },
        );
        await crm.letIndexCatchUp();
        const find = (draft: ContactDraft) => crm.directory.findCreatedSince(crm.tenantId, [draft], now);
        expect(idsOf(await find({ phone: '+491761234567', ...namesake }))).toEqual([byNumber]);
        expect(idsOf(await find(namesake))).toEqual([byNames]);
        expect(await find({ phone: '+491760000000', ...namesake })).toEqual([]);
      });

      it('recognises what became of a create whose answer was lost', async () => {
        const draft = { phone: '+491761234567', firstName: '+49 176 1234567' };
        const since = await crm.now();
        await crm.befall('lost_after');
        const [outcome] = await create(draft);
        expect(outcome).toMatchObject({ outcome: 'unknown' });
        await crm.letIndexCatchUp();
        const found = await crm.directory.findCreatedSince(crm.tenantId, [draft], since);
        expect(found).toHaveLength(1);
        expect(found[0]).toMatchObject({ phones: ['+491761234567'], firstName: '+49 176 1234567' });
      });
    });

    describe('search', () => {
      it('finds by name, email and number, best first, no more than asked for', async () => {
        const [madalyn = '', byron = '', adam = ''] = await add(
          { firstName: 'Madalyn', emails: ['madalyn@example.com'] },
          { firstName: 'Ada', lastName: 'Byron', phone: '+491761234567' },
          { firstName: 'Adam', emails: ['adam@example.com'] },
        );
        await crm.letIndexCatchUp();
        const search = async (query: string, limit = 5): Promise<string[]> =>
          (await crm.directory.search(crm.tenantId, query, limit)).map(({ id }) => id);
        expect((await search('ada'))[0]).toBe(byron);
        expect(await search('ada', 1)).toEqual([byron]);
        expect(await search('madalyn@example.com')).toEqual([madalyn]);
        expect((await search('adam'))[0]).toBe(adam);
        expect(await search('+49 176 1234567')).toEqual([byron]);
        expect(await search('nobody at all')).toEqual([]);
      });
    });

    describe('create', () => {
      it('creates in order with everything known', async () => {
        const drafts = [
          { email: 'Ada@Example.com', phone: '+491761234567', firstName: 'Ada', lastName: 'Byron' },
          { firstName: '+1 513 227 1572', phone: '+15132271572' },
        ];
        const outcomes = await create(...drafts);
        const ids = outcomes.map((outcome) => (outcome.outcome === 'created' ? outcome.id : outcome.outcome));
        const found = await crm.directory.findByIds(crm.tenantId, ids);
        expect(ids.map((id) => found.get(id))).toMatchObject([
          { emails: ['ada@example.com'], phones: ['+491761234567'], firstName: 'Ada', lastName: 'Byron' },
          { emails: [], phones: ['+15132271572'], firstName: '+1 513 227 1572' },
        ]);
      });

      it('answers who has the email already, primary or secondary, before any index knows', async () => {
        await crm.holdIndex();
        const [ada = ''] = await add({ emails: ['ada@example.com', 'ada@old.example'] });
        const outcomes = await create(
          { email: 'new@example.com' },
          { email: 'ADA@example.com' },
          { email: 'Ada@Old.example' },
        );
        expect(outcomes).toEqual([
          { outcome: 'created', id: expect.any(String) },
          { outcome: 'exists', id: ada },
          { outcome: 'exists', id: ada },
        ]);
        expect(await crm.countContacts()).toBe(2);
      });

      it('makes one contact of two drafts with one email', async () => {
        const [one, other] = await create({ email: 'ada@example.com' }, { email: 'Ada@example.com', firstName: 'Ada' });
        expect(one).toMatchObject({ outcome: 'created' });
        expect(other).toEqual({ outcome: 'exists', id: one !== undefined && 'id' in one ? one.id : '' });
        expect(await crm.countContacts()).toBe(1);
      });

      it('says that it is the email that is refused, and creates the others', async () => {
        const outcomes = await create(
          { email: 'ada@example.com' },
          { email: 'not an address', firstName: 'X' },
          { email: 'bob@example.com' },
        );
        expect(outcomes).toMatchObject([
          { outcome: 'created' },
          { outcome: 'refused', field: 'email', refusal: { reason: 'invalid_email' } },
          { outcome: 'created' },
        ]);
        expect(await crm.countContacts()).toBe(2);
      });

      it('creates more than a hundred', async () => {
        const outcomes = await create(...Array.from({ length: 130 }, (_, n) => ({ email: `p${n}@example.com` })));
        expect(new Set(outcomes.map((outcome) => (outcome.outcome === 'created' ? outcome.id : '')))).toHaveProperty(
          'size',
          130,
        );
      });

      it('says what to do when a rule of the CRM stands against it', async () => {
        await crm.requireMore('contacts');
        const outcomes = await create({ email: 'ada@example.com' }, { firstName: 'Bob' });
        for (const outcome of outcomes)
          expect(outcome).toMatchObject({ outcome: 'refused', refusal: { reason: 'missing_required_property' } });
        expect(await crm.countContacts()).toBe(0);
      });

      it('does not know what became of drafts when the connection is lost', async () => {
        await crm.befall('lost_after');
        expect(await create({ email: 'ada@example.com' }, { firstName: 'Bob' })).toMatchObject([
          { outcome: 'unknown' },
          { outcome: 'unknown' },
        ]);
        expect(await crm.countContacts()).toBe(2);
        await crm.befall('lost_before');
        expect(await create({ email: 'eve@example.com' })).toMatchObject([{ outcome: 'unknown' }]);
        expect(await crm.countContacts()).toBe(2);
      });
    });

    it('never answers "nobody" for "not now"', async () => {
      await crm.befall('throttled');
      const { directory, tenantId } = crm;
      const reads = [
        () => directory.findByIds(tenantId, ['1']),
        () => directory.findByEmails(tenantId, ['ada@example.com']),
        () => directory.findBySecondaryEmails(tenantId, ['ada@example.com']),
        () => directory.findPhoneCandidates(tenantId, [german]),
        () => directory.findCreatedSince(tenantId, [{ firstName: 'Ada' }], new Date(0)),
        () => directory.search(tenantId, 'Ada', 5),
      ];
      for (const read of reads) {
        const error: unknown = await read().catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(CrmDeferredError);
        expect(error).toMatchObject({ deferral: { cause: 'throttled', detail: expect.any(String) } });
      }
      expect(await create({ firstName: 'Ada' })).toMatchObject([
        { outcome: 'deferred', deferral: { cause: 'throttled' } },
      ]);
      await crm.recover();
      expect(await crm.countContacts()).toBe(0);
    });
  });
}
