import { describe, expect, it } from '@jest/globals';
import { CrmDeferredError, type PhoneNumber, readPhoneNumber } from '@app/crm';
import * as fc from 'fast-check';
import { connectScripted, page, record } from '../../testing/scripted-records.js';
import { phoneGroups, phoneSearches } from './phone-searches.js';

const numbers = (count: number): PhoneNumber[] =>
  Array.from({ length: count }, (_, n) => ({
    e164: `+4917612${String(n).padStart(6, '0')}`,
    national: `17612${String(n).padStart(6, '0')}`,
  }));

describe('findPhoneCandidates', () => {
  it('asks by raw and by calculated properties', async () => {
    const { directory, tenantId, transport } = connectScripted(() => page([]));
    await directory.findPhoneCandidates(tenantId, [
      { e164: '+15132271572', national: '5132271572' },
      { national: '9678452348' },
    ]);
    expect(transport.seen.map(({ fields }) => fields['filterGroups'])).toEqual([
      [
        { filters: [{ propertyName: 'phone', operator: 'IN', values: ['+15132271572'] }] },
        { filters: [{ propertyName: 'mobilephone', operator: 'IN', values: ['+15132271572'] }] },
        {
          filters: [
            {
              propertyName: 'hs_searchable_calculated_phone_number',
              operator: 'IN',
              values: ['5132271572', '9678452348'],
            },
          ],
        },
        {
          filters: [
            {
              propertyName: 'hs_searchable_calculated_mobile_number',
              operator: 'IN',
              values: ['5132271572', '9678452348'],
            },
          ],
        },
      ],
    ]);
    expect(transport.seen[0]?.fields).toMatchObject({ limit: 200, after: '0', sorts: ['createdate'] });
  });

  it('needs no group for raw numbers when no country is known', () => {
    expect(phoneSearches([{ national: '9678452348' }])).toHaveLength(1);
    expect(phoneGroups([{ national: '9678452348' }])).toHaveLength(2);
  });

  it('puts some 40 numbers into a body, which never exceeds 3,000 characters even on the last page', async () => {
    const { directory, tenantId, transport } = connectScripted(() => page([]));
    await directory.findPhoneCandidates(tenantId, numbers(450));
    expect(transport.seen.length).toBeLessThanOrEqual(12);
    for (const { fields } of transport.seen)
      expect(JSON.stringify({ ...fields, after: '9800' }).length).toBeLessThanOrEqual(3_000);
  });

  it('leaves out no number and keeps to every limit, whatever the numbers', () => {
    const number = fc.record({
      e164: fc.option(
        fc.bigInt(10_000n, 999_999_999_999_999n).map((digits) => `+${digits}`),
        { nil: undefined },
      ),
      national: fc.bigInt(10_000n, 99_999_999_999_999n).map(String),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(number, { maxLength: 300, selector: ({ e164, national }) => e164 ?? national }),
        (some) => {
          const searches = phoneSearches(some).map(phoneGroups);
          const asked = new Set(
            searches.flatMap((groups) => groups.flatMap((filters) => filters.flatMap(({ values = [] }) => values))),
          );
          for (const { e164, national } of some)
            expect(asked.has(national) && (e164 === undefined || asked.has(e164))).toBe(true);
          for (const groups of searches) {
            expect(groups.length).toBeLessThanOrEqual(4);
            for (const [filter] of groups) expect(filter?.values?.length).toBeLessThanOrEqual(100);
          }
        },
      ),
    );
  });

  it('pages through more than 200 candidates, each once', async () => {
    const all = Array.from({ length: 450 }, (_, n) => record(String(n + 1), { phone: '+4917612' }));
    const { directory, tenantId, transport } = connectScripted(({ fields }) => {
      const start = Number(fields['after']);
      return page(all.slice(start, start + 200), start + 200 < all.length ? String(start + 200) : undefined);
    });
    const found = await directory.findPhoneCandidates(tenantId, [{ e164: '+4917612', national: '17612' }]);
    expect(new Set(found.map(({ id }) => id)).size).toBe(450);
    expect(found).toHaveLength(450);
    expect(transport.seen).toHaveLength(3);
  });

  it('stops at the ten thousandth result, where HubSpot stops', async () => {
    const { directory, tenantId, transport } = connectScripted(({ fields }) =>
      page([record(String(Number(fields['after']) + 1))], String(Number(fields['after']) + 200)),
    );
    await directory.findPhoneCandidates(tenantId, [{ national: '17612' }]);
    expect(transport.seen).toHaveLength(50);
  });

  it('does not page in a circle', async () => {
    const { directory, tenantId } = connectScripted(() => page([record('1')], '0'));
    await expect(directory.findPhoneCandidates(tenantId, [{ national: '17612' }])).rejects.toThrow(CrmDeferredError);
  });
});

const refusal = { status: 400, body: { status: 'error', message: 'Invalid value', category: 'VALIDATION_ERROR' } };

function asksFor(call: { fields: Record<string, unknown> }, value: string): boolean {
  return JSON.stringify(call.fields).includes(value);
}

describe('a search that HubSpot refuses', () => {
  it('isolates the value it does not take, and answers for the others', async () => {
    const bad = '17612000007';
    const { directory, tenantId, transport } = connectScripted((call) =>
      asksFor(call, bad) ? refusal : page(asksFor(call, '17612000008') ? [record('8')] : []),
    );
    const found = await directory.findPhoneCandidates(tenantId, numbers(40));
    expect(found.map(({ id }) => id)).toEqual(['8']);
    // Two per halving, the whole, and the one that shows that other values are taken.
    expect(transport.seen.length).toBeLessThanOrEqual(14);
  });

  it('never takes "I do not search at all" for "nobody has it"', async () => {
    const { directory, tenantId } = connectScripted(() => refusal);
    await expect(directory.findPhoneCandidates(tenantId, numbers(40))).rejects.toThrow(CrmDeferredError);
    await expect(directory.findPhoneCandidates(tenantId, numbers(1))).rejects.toThrow(CrmDeferredError);
    await expect(directory.findBySecondaryEmails(tenantId, ['a@b.example'])).rejects.toThrow(CrmDeferredError);
  });
});

describe('findCreatedSince', () => {
  const since = new Date('2026-11-21T10:00:00Z');

  it.each([
    [
      { phone: '+15132271572', firstName: 'Ada' },
      [[['phone', 'IN', ['+15132271572']]], [['hs_searchable_calculated_phone_number', 'IN', ['5132271572']]]],
    ],
    [{ phone: 'x12' }, [[['phone', 'IN', ['x12']]]]],
    [
      { firstName: 'Ada', lastName: 'L' },
      [
        [
          ['firstname', 'EQ', 'Ada'],
          ['lastname', 'EQ', 'L'],
        ],
      ],
    ],
    [{ email: 'A@b.example' }, [[['email', 'EQ', 'a@b.example']]]],
  ])('looks for %j', async (draft, marks) => {
    const { directory, tenantId, transport } = connectScripted(() => page([]));
    await directory.findCreatedSince(tenantId, [draft], since);
    const groups = transport.seen[0]?.fields['filterGroups'] as { filters: Record<string, unknown>[] }[];
    expect(
      groups.map(({ filters }) =>
        filters.map(({ propertyName, operator, value, values }) => [propertyName, operator, value ?? values]),
      ),
    ).toEqual(marks.map((filters) => [...filters, ['createdate', 'GTE', String(since.getTime())]]));
  });

  it('asks for many at once: numbers by the forty, names by the five', async () => {
    const { directory, tenantId, transport } = connectScripted(() => page([]));
    const called = numbers(80).map(({ e164: phone }) => ({ phone, firstName: 'Ada' }));
    const named = Array.from({ length: 10 }, (_, n) => ({ firstName: `Ada ${n}`, lastName: 'Byron' }));
    await directory.findCreatedSince(tenantId, [...named, ...called], since);
    expect(transport.seen.length).toBeLessThanOrEqual(4);
    for (const { fields } of transport.seen) expect(JSON.stringify(fields).length).toBeLessThanOrEqual(3_000);
    const asked = JSON.stringify(transport.seen.map(({ fields }) => fields));
    for (const { phone } of called) expect(asked).toContain(phone);
    for (const { firstName } of named) expect(asked).toContain(`"${firstName}"`);
  });

  it('leaves out what was created before, even if HubSpot answers it', async () => {
    const young = { ...record('2'), createdAt: '2026-11-21T10:00:00.000Z' };
    const { directory, tenantId } = connectScripted(() => page([record('1'), young]));
    const found = await directory.findCreatedSince(tenantId, [{ firstName: 'Ada' }], since);
    expect(found.map(({ id }) => id)).toEqual(['2']);
  });
});

describe('search', () => {
  const contacts = [
    record('1', { firstname: 'Madalyn', email: 'm@x.example' }),
    record('2', { firstname: 'Ada', lastname: 'Byron', phone: '0176 123' }),
    record('3', { firstname: 'Adam', phone: '+49 176 1234567' }),
  ];

  it('puts whole matches first, then beginnings, then the rest', async () => {
    const { directory, tenantId, transport } = connectScripted(() => page(contacts));
    const found = await directory.search(tenantId, ' Ada ', 2);
    expect(found.map(({ id }) => id)).toEqual(['2', '3']);
    expect(transport.seen[0]?.fields).toMatchObject({ query: 'Ada', limit: 50 });
  });

  it('finds by surname and given name in either order', async () => {
    const { directory, tenantId } = connectScripted(() => page(contacts));
    const found = await directory.search(tenantId, 'Byron Ada', 1);
    expect(found.map(({ id }) => id)).toEqual(['2']);
  });

  it('looks for a number by its national digits, however it is typed', async () => {
    const { directory, tenantId, transport } = connectScripted(() => page(contacts));
    const found = await directory.search(tenantId, '+49 (176) 1234567', 1);
    expect(found.map(({ id }) => id)).toEqual(['3']);
    const groups = transport.seen[0]?.fields['filterGroups'] as { filters: { value: string }[] }[];
    expect(groups).toHaveLength(4);
    expect(groups[0]?.filters[0]?.value).toBe(`*${readPhoneNumber('+491761234567')?.national ?? ''}*`);
  });

  it('asks nothing for an empty query', async () => {
    const { directory, tenantId, transport } = connectScripted(() => page([]));
    await expect(directory.search(tenantId, '  ', 5)).resolves.toEqual([]);
    expect(transport.seen).toHaveLength(0);
  });
});
