import { describe, expect, it } from '@jest/globals';
import { CrmDeferredError, CrmPartlyKnownError } from '@app/crm';
import * as fc from 'fast-check';
import { connectTenant } from '../../testing/connected-tenant.js';
import { connectScripted, createdAt, page, record, results } from '../../testing/scripted-records.js';
import { lostConnection, type ScriptedAnswer, ScriptedTransport } from '../../testing/scripted-transport.js';
import { StrictPortal } from '../../testing/strict-portal.js';

/** A portal whose bulk read finds nothing of what was merged or deleted. */
function missed() {
  const portal = new StrictPortal({ partial: true, echoesTrace: true, talkative: true });
  const transport = new ScriptedTransport(portal.answer);
  const { directory, tenantId } = connectTenant({ transport });
  const survivor = portal.addContact('survivor@example.com');
  const find = async (ids: readonly string[]) =>
    new Map([...(await directory.findByIds(tenantId, ids))].map(([id, contact]) => [id, contact.id]));
  /** As whoever asks goes on: again for those of which nothing was known, until there are none. */
  const findInSteps = async (ids: readonly string[]): Promise<Map<string, string>> => {
    try {
      return await find(ids);
    } catch (error) {
      if (!(error instanceof CrmPartlyKnownError)) throw error;
      expect(error.unsettled.size).toBeLessThan(ids.length);
      const known = Array.from(error.found, ([id, contact]) => [id, contact.id] as const);
      return new Map([...known, ...(await findInSteps([...error.unsettled]))]);
    }
  };
  return { portal, transport, survivor, find, findInSteps };
}

describe('findByIds', () => {
  it('reads a hundred at a time, each id once', async () => {
    const { directory, tenantId, transport } = connectScripted(({ inputs }) =>
      results(...inputs.map(({ id }) => record(String(id)))),
    );
    const ids = Array.from({ length: 150 }, (_, n) => String(n + 1));
    const found = await directory.findByIds(tenantId, [...ids, ...ids]);
    expect([...found.keys()]).toEqual(ids);
    expect(transport.seen.map(({ inputs }) => inputs.length)).toEqual([100, 50]);
    expect(transport.seen[0]?.fields).toMatchObject({ propertiesWithHistory: [] });
  });

  it('answers a contact as the port describes it', async () => {
    const { directory, tenantId } = connectScripted(() =>
      results(
        record('7', {
          email: 'Ada@Example.com',
          hs_additional_emails: 'a@x.example; A@Y.example;',
          phone: '(513) 227-1572',
          mobilephone: '+49176',
          firstname: 'Ada',
          lastname: null,
        }),
      ),
    );
    const found = await directory.findByIds(tenantId, ['7']);
    expect(found.get('7')).toEqual({
      id: '7',
      createdAt: new Date(createdAt),
      emails: ['ada@example.com', 'a@x.example', 'a@y.example'],
      phones: ['(513) 227-1572', '+49176'],
      firstName: 'Ada',
      lastName: undefined,
    });
  });

  it('follows merges in the bulk answer without another call', async () => {
    const { directory, tenantId, transport } = connectScripted(() =>
      results(record('9', { hs_merged_object_ids: '1;2' }), record('3')),
    );
    const found = await directory.findByIds(tenantId, ['1', '2', '3', '9']);
    expect([...found].map(([id, contact]) => [id, contact.id]).toSorted()).toEqual([
      ['1', '9'],
      ['2', '9'],
      ['3', '3'],
      ['9', '9'],
    ]);
    expect(transport.seen).toHaveLength(1);
  });

  it('asks singly only for what the bulk read misses: merged ids resolve, deleted ones are gone', async () => {
    const { directory, tenantId, transport } = connectScripted(({ path }) => {
      if (path.endsWith('batch/read')) {
        const errors = [{ status: 'error', category: 'OBJECT_NOT_FOUND', context: { ids: ['2', '3'] } }];
        return { status: 207, body: { results: [record('1')], numErrors: 1, errors } };
      }
      return path.endsWith('/2')
        ? { status: 200, body: record('8') }
        : { status: 404, body: { message: 'resource not found' } };
    });
    const found = await directory.findByIds(tenantId, ['1', '2', '3']);
    expect([...found].map(([id, contact]) => [id, contact.id])).toEqual([
      ['1', '1'],
      ['2', '8'],
    ]);
    expect(transport.paths).toEqual([
      'POST /crm/objects/2026-09/contacts/batch/read',
      'GET /crm/objects/2026-09/contacts/2',
      'GET /crm/objects/2026-09/contacts/3',
    ]);
  });

  describe('of many that the bulk read misses', () => {
    const HUNDRED = Array.from({ length: 100 }, (_, n) => n);

    it('knows in two calls that all of a hundred were deleted', async () => {
      const { portal, transport, find } = missed();
      const ids = HUNDRED.map(() => portal.addContact());
      for (const id of ids) portal.deleteContact(id);
      await expect(find(ids)).resolves.toEqual(new Map());
      expect(transport.seen).toHaveLength(2);
    });

    it('finds the survivors of a hundred that were merged in some twenty searches', async () => {
      const { portal, transport, survivor, find } = missed();
      const ids = HUNDRED.map(() => portal.addContact());
      for (const id of ids) portal.mergeContact(id, survivor);
      await expect(find(ids)).resolves.toEqual(new Map(ids.map((id) => [id, survivor])));
      expect(transport.paths.filter((path) => path.endsWith('/search'))).toHaveLength(20);
      expect(transport.seen).toHaveLength(23);
    });

    it('asks for fifty of a hundred that nobody knows, and says that it does not know of the others', async () => {
      const { transport, find } = missed();
      const ids = HUNDRED.map((n) => String(n + 1));
      const first = await find(ids).catch((error: unknown) => error);
      expect(first).toBeInstanceOf(CrmPartlyKnownError);
      expect(first).toMatchObject({ found: new Map(), deferral: { cause: 'unavailable', retryAfterSeconds: 30 } });
      const { unsettled } = first as CrmPartlyKnownError;
      expect(unsettled.size).toBe(50);
      // A read of those that are there, of those that were deleted, twenty searches, fifty reads.
      expect(transport.seen).toHaveLength(72);
      await expect(find([...unsettled])).resolves.toEqual(new Map());
    });

    it('takes none for gone that was merged a moment ago, among many that are gone for good', async () => {
      const { portal, survivor, findInSteps } = missed();
      const ids = HUNDRED.map(() => portal.addContact());
      const [merged = '', ...others] = ids.toReversed();
      for (const id of others) portal.purgeContact(id);
      portal.mergeContact(merged, survivor);
      portal.isIndexed = false;
      await expect(findInSteps(ids)).resolves.toEqual(new Map([[merged, survivor]]));
    });

    it('asks for each when all were merged a moment ago', async () => {
      const { portal, survivor, findInSteps } = missed();
      const ids = HUNDRED.map(() => portal.addContact());
      for (const id of ids) portal.mergeContact(id, survivor);
      portal.isIndexed = false;
      await expect(findInSteps(ids)).resolves.toEqual(new Map(ids.map((id) => [id, survivor])));
    });

    it('does without a search that HubSpot refuses', async () => {
      const { portal, transport, survivor, findInSteps } = missed();
      const ids = HUNDRED.map(() => portal.addContact());
      for (const id of ids) portal.mergeContact(id, survivor);
      transport.script = (call) => (call.path.endsWith('/search') ? { status: 400, body: {} } : portal.answer(call));
      await expect(findInSteps(ids)).resolves.toEqual(new Map(ids.map((id) => [id, survivor])));
    });

    it('tells them apart in any mixture', async () => {
      const kinds = fc.constantFrom('there', 'deleted', 'purged', 'merged');
      await fc.assert(
        fc.asyncProperty(fc.array(kinds, { maxLength: 120 }), fc.boolean(), async (mixture, isIndexed) => {
          const { portal, survivor, findInSteps } = missed();
          const ids = mixture.map(() => portal.addContact());
          const expected = new Map<string, string>();
          for (const [n, id] of ids.entries()) {
            if (mixture[n] === 'deleted') portal.deleteContact(id);
            else if (mixture[n] === 'purged') portal.purgeContact(id);
            else if (mixture[n] === 'merged') portal.mergeContact(id, survivor);
            if (mixture[n] === 'there') expected.set(id, id);
            else if (mixture[n] === 'merged') expected.set(id, survivor);
          }
          portal.isIndexed = isIndexed;
          expect(await findInSteps(ids)).toEqual(expected);
        }),
        { numRuns: 40 },
      );
    });
  });

  it('never asks HubSpot for what can be no id', async () => {
    const { directory, tenantId, transport } = connectScripted(() => results());
    await expect(directory.findByIds(tenantId, ['abc', '../1', ''])).resolves.toEqual(new Map());
    expect(transport.seen).toHaveLength(0);
  });
});

describe('findByEmails', () => {
  it('asks in lower case, once each, and keys by what was asked', async () => {
    const { directory, tenantId, transport } = connectScripted(() =>
      results(record('1', { email: 'Ada@example.com' })),
    );
    const found = await directory.findByEmails(tenantId, ['ADA@example.com', 'ada@example.com ', 'bob@example.com']);
    expect([...found.keys()]).toEqual(['ada@example.com']);
    expect(transport.seen[0]?.fields).toMatchObject({
      idProperty: 'email',
      inputs: [{ id: 'ada@example.com' }, { id: 'bob@example.com' }],
    });
  });

  it('understands a portal that resolves secondary emails here too', async () => {
    const { directory, tenantId } = connectScripted(() =>
      results(record('1', { email: 'ada@new.example', hs_additional_emails: 'ada@old.example' })),
    );
    const found = await directory.findByEmails(tenantId, ['ada@old.example']);
    expect(found.get('ada@old.example')?.id).toBe('1');
    expect(found.size).toBe(1);
  });

  it('does not let one odd address hold up the others', async () => {
    const { directory, tenantId } = connectScripted(({ inputs }) =>
      inputs.some(({ id }) => id === 'bad')
        ? { status: 400, body: { message: 'no' } }
        : results(...inputs.map(({ id }, n) => record(String(n + 1), { email: String(id) }))),
    );
    const emails = ['a@x.example', 'b@x.example', 'bad', 'c@x.example', 'd@x.example'];
    const found = await directory.findByEmails(tenantId, emails);
    expect([...found.keys()].toSorted()).toEqual(emails.filter((email) => email !== 'bad'));
  });
});

describe('findBySecondaryEmails', () => {
  it('asks for five at a time and checks every hit against its list', async () => {
    const { directory, tenantId, transport } = connectScripted((_, nth) =>
      nth === 1
        ? page([
            record('1', { hs_additional_emails: 'e1@x.example;e2@x.example' }),
            record('2', { hs_additional_emails: 'not-e1@x.example' }),
          ])
        : page([]),
    );
    const emails = Array.from({ length: 7 }, (_, n) => `e${n + 1}@x.example`);
    const found = await directory.findBySecondaryEmails(tenantId, emails);
    expect([...found].map(([email, contacts]) => [email, contacts.map(({ id }) => id)])).toEqual([
      ['e1@x.example', ['1']],
      ['e2@x.example', ['1']],
    ]);
    expect(transport.seen.map(({ fields }) => (fields['filterGroups'] as unknown[]).length)).toEqual([5, 2]);
  });
});

it('never asks HubSpot with a wildcard that a customer typed', async () => {
  const { directory, tenantId, transport } = connectScripted(() => page([]));
  await directory.findBySecondaryEmails(tenantId, ['*@x.example', 'a@*.example']);
  expect(transport.seen).toEqual([]);
});

describe('a read that HubSpot does not answer', () => {
  const unanswered: [string, ScriptedAnswer, string][] = [
    ['a 429', { status: 429, body: { policyName: 'DAILY' } }, 'throttled'],
    ['a 502', { status: 502, body: '<html>' }, 'unavailable'],
    ['a 401', { status: 401 }, 'connection'],
    ['missing scopes', { status: 403, body: { category: 'MISSING_SCOPES' } }, 'connection'],
    ['another 403', { status: 403, body: { message: 'no' } }, 'connection'],
    ['lost connections', lostConnection(), 'unavailable'],
    ['JSON that is cut off', { status: 200, body: '{"results":[' }, 'unavailable'],
    ['no results member', { status: 200, body: { ok: true } }, 'unavailable'],
    ['a record without an id', results({ properties: {} }), 'unavailable'],
    ['an id that is none', results(record('1x')), 'unavailable'],
    ['a record without a creation time', results({ id: '1', properties: { email: 'a@x.example' } }), 'unavailable'],
  ];

  it.each(unanswered)('%s: defers, and never says that nobody is there', async (_, answer, cause) => {
    const { directory, tenantId } = connectScripted(() => answer);
    const deferred = { name: 'CrmDeferredError', deferral: { cause } };
    await expect(directory.findByIds(tenantId, ['1'])).rejects.toMatchObject(deferred);
    await expect(directory.findByEmails(tenantId, ['a@x.example'])).rejects.toMatchObject({ name: 'CrmDeferredError' });
    await expect(directory.findPhoneCandidates(tenantId, [{ national: '17612' }])).rejects.toMatchObject({
      name: 'CrmDeferredError',
    });
  });

  it.each([
    { status: '503', category: 'INTERNAL_ERROR' },
    { status: 'error', category: 'INTERNAL_ERROR' },
    { status: 'error', category: 'TIMEOUT' },
    { status: 'error', category: 'RATE_LIMITS' },
    { status: 'error', category: 'SOMETHING_NEW' },
    { status: 'error', message: 'no' },
  ])('defers when part of a batch failed for a reason of HubSpot’s own: %j', async (error) => {
    const { directory, tenantId } = connectScripted(() => ({
      status: 207,
      body: { results: [], numErrors: 1, errors: [error] },
    }));
    await expect(directory.findByEmails(tenantId, ['a@x.example'])).rejects.toThrow(CrmDeferredError);
  });

  it.each([
    { status: 'error', category: 'OBJECT_NOT_FOUND' },
    { status: '404' },
    { status: 'error', category: 'VALIDATION_ERROR' },
  ])('knows from a part of a batch that nobody has a key: %j', async (error) => {
    const { directory, tenantId } = connectScripted(() => ({
      status: 207,
      body: { results: [], numErrors: 1, errors: [error] },
    }));
    await expect(directory.findByEmails(tenantId, ['a@x.example'])).resolves.toEqual(new Map());
  });
});
