import { describe, expect, it } from '@jest/globals';
import type { ContactDraft, CreateOutcome, CrmContact, CrmDirectory, PhoneNumber } from '@app/crm';
import fc from 'fast-check';
import { readTheRules } from '../../testing/read-the-rules.js';
import type { Customer } from '../conversations/conversation.js';
import { type MatchMemory, Matcher, type MatchPolicy } from './matcher.js';
import type { MatchRequest, MatchResult } from './match-result.js';

/** A directory over a list, with the answers of the port and a record of what it was asked. */
class ListDirectory implements CrmDirectory {
  readonly calls: string[] = [];
  private next = 1_000;

  constructor(
    readonly contacts: CrmContact[],
    private readonly refuse: (draft: ContactDraft) => CreateOutcome | undefined = () => undefined,
  ) {}

  async findByIds(_tenantId: string, ids: readonly string[]): Promise<Map<string, CrmContact>> {
    this.calls.push('findByIds');
    return new Map(this.contacts.filter(({ id }) => ids.includes(id)).map((contact) => [contact.id, contact]));
  }

  async findByEmails(_tenantId: string, emails: readonly string[]): Promise<Map<string, CrmContact>> {
    this.calls.push('findByEmails');
    const found = this.contacts.filter(({ emails: [primary] }) => primary !== undefined && emails.includes(primary));
    return new Map(found.map((contact) => [contact.emails[0] ?? '', contact]));
  }

  async findBySecondaryEmails(_tenantId: string, emails: readonly string[]): Promise<Map<string, CrmContact[]>> {
    this.calls.push('findBySecondaryEmails');
    return new Map(
      emails.map((email) => [email, this.contacts.filter((contact) => contact.emails.slice(1).includes(email))]),
    );
  }

  async findPhoneCandidates(_tenantId: string, numbers: readonly PhoneNumber[]): Promise<CrmContact[]> {
    this.calls.push('findPhoneCandidates');
    // Everyone whose digits end alike, as a search by national digits would find.
    return this.contacts.filter(({ phones }) =>
      phones.some((phone) => numbers.some(({ national }) => phone.replace(/\D/g, '').endsWith(national))),
    );
  }

  async findCreatedSince(_tenantId: string, drafts: readonly ContactDraft[], since: Date): Promise<CrmContact[]> {
    this.calls.push('findCreatedSince');
    return this.contacts.filter(
      ({ createdAt, phones, firstName }) =>
        createdAt >= since &&
        drafts.some((draft) =>
          draft.phone === undefined ? firstName === draft.firstName : phones.includes(draft.phone),
        ),
    );
  }

  async search(): Promise<CrmContact[]> {
    throw new Error('matching never searches by text');
  }

  async create(_tenantId: string, drafts: readonly ContactDraft[]): Promise<CreateOutcome[]> {
    this.calls.push('create');
    return drafts.map((draft) => this.refuse(draft) ?? this.createOne(draft));
  }

  private createOne(draft: ContactDraft): CreateOutcome {
    const holder = this.contacts.find(({ emails }) => draft.email !== undefined && emails.includes(draft.email));
    if (holder !== undefined) return { outcome: 'exists', id: holder.id };
    this.next += 1;
    const id = String(this.next);
    this.contacts.push({
      id,
      createdAt: new Date('2026-06-01'),
      emails: draft.email === undefined ? [] : [draft.email],
      phones: draft.phone === undefined ? [] : [draft.phone],
      firstName: draft.firstName,
      lastName: draft.lastName,
    });
    return { outcome: 'created', id };
  }
}

const POLICY: MatchPolicy = { onNoMatch: 'create', ignoredNumbers: [] };
const MEMORY: MatchMemory = {
  markCreating: async (ids) => new Set(ids),
  findJustCreated: async () => new Map(),
  findMadeBeside: async () => [],
  findUnsettledCreates: async () => [],
  findLinked: async () => new Map(),
};

function contact(id: string, parts: Partial<CrmContact> = {}): CrmContact {
  return { id, createdAt: new Date('2020-01-01'), emails: [], phones: [], ...parts };
}

function refuseEmail({ email }: ContactDraft): CreateOutcome | undefined {
  const refusal = { reason: 'invalid_email', detail: 'No' };
  return email === undefined ? undefined : { outcome: 'refused', field: 'email', refusal };
}

function requestsOf(customers: readonly Customer[]): MatchRequest[] {
  return customers.map((customer, index) => ({ deliveryId: `d${index}`, customerKey: `k${index}`, customer }));
}

async function match(
  directory: CrmDirectory,
  customers: readonly Customer[],
  policy: Partial<MatchPolicy> = {},
  memory: Partial<MatchMemory> = {},
): Promise<(MatchResult | undefined)[]> {
  const requests = requestsOf(customers);
  const results = await new Matcher(directory).match('t', requests, { ...POLICY, ...policy }, { ...MEMORY, ...memory });
  return requests.map(({ deliveryId }) => results.get(deliveryId));
}

describe('Matcher', () => {
  it('writes to a known contact without asking anything', async () => {
    const directory = new ListDirectory([]);
    const request: MatchRequest = {
      deliveryId: 'd',
      customerKey: 'k',
      customer: { email: 'a@b.co' },
      linkedContactId: '7',
    };
    const results = await new Matcher(directory).match('t', [request], POLICY, MEMORY);
    expect(results.get('d')).toMatchObject({ outcome: 'matched', contactId: '7', matchedBy: 'crm_id' });
    expect(directory.calls).toEqual([]);
  });

  it('matches email before phone, whatever its case', async () => {
    const directory = new ListDirectory([
      contact('1', { phones: ['+4915112345678'] }),
      contact('2', { emails: ['ada@example.com'], createdAt: new Date('2024-01-01') }),
    ]);
    const [result] = await match(directory, [{ email: 'Ada@Example.COM', phone: '+49 151 12345678' }]);
    expect(result).toMatchObject({ contactId: '2', matchedBy: 'email' });
  });

  it('lets a secondary email win over the phone', async () => {
    const directory = new ListDirectory([
      contact('1', { phones: ['+4915112345678'] }),
      contact('2', { emails: ['main@example.com', 'ada@example.com'] }),
    ]);
    const [result] = await match(directory, [{ email: 'ada@example.com', phone: '+4915112345678' }]);
    expect(result).toMatchObject({ contactId: '2', matchedBy: 'email' });
  });

  it('takes the oldest of several with the same number, then the lowest id, and says how many tied', async () => {
    const phones = ['+15132271572'];
    const directory = new ListDirectory([
      contact('90', { phones, createdAt: new Date('2021-01-01') }),
      contact('100', { phones, createdAt: new Date('2019-01-01') }),
      contact('99', { phones, createdAt: new Date('2019-01-01') }),
    ]);
    const [result] = await match(directory, [{ phone: '+1 513 227 1572' }]);
    expect(result).toMatchObject({ contactId: '99', matchedBy: 'phone', tied: 3 });
  });

  it('keeps numbers apart whose national digits collide across countries', async () => {
    const directory = new ListDirectory([contact('1', { phones: ['+495132271572'] })]);
    const [result] = await match(directory, [{ phone: '+15132271572' }], { onNoMatch: 'skip' });
    expect(result).toMatchObject({ outcome: 'skipped', reason: 'no_match' });
  });

  it('reads a portal value without a country with the default country, and by digits only without one', async () => {
    const directory = new ListDirectory([contact('1', { phones: ['0151 12345678'] })]);
    const [inGermany] = await match(directory, [{ phone: '+4915112345678' }], {
      onNoMatch: 'skip',
      defaultCountry: 'DE',
    });
    const [inAustria] = await match(directory, [{ phone: '+4915112345678' }], {
      onNoMatch: 'skip',
      defaultCountry: 'AT',
    });
    const [anywhere] = await match(directory, [{ phone: '+4915112345678' }], { onNoMatch: 'skip' });
    expect([inGermany?.outcome, inAustria?.outcome, anywhere?.outcome]).toEqual(['matched', 'skipped', 'matched']);
  });

  it('never uses an ignored number, not even on a new contact', async () => {
    const directory = new ListDirectory([contact('1', { phones: ['+493012345678'] })]);
    const policy = { ignoredNumbers: ['030 12345678'], defaultCountry: 'DE' };
    const [nothing, created] = await match(
      directory,
      [{ phone: '+493012345678' }, { phone: '+493012345678', firstName: 'Ada' }],
      policy,
    );
    expect(nothing).toMatchObject({ outcome: 'skipped', reason: 'nothing_to_match' });
    expect(created).toMatchObject({ outcome: 'matched', matchedBy: 'created' });
    expect(directory.contacts.at(-1)?.phones).toEqual([]);
  });

  it('creates a customer known by number alone under the international form of it', async () => {
    const directory = new ListDirectory([]);
    await match(directory, [{ phone: '015112345678' }], { defaultCountry: 'DE' });
    expect(directory.contacts[0]).toMatchObject({ firstName: '+49 1511 2345678', phones: ['+4915112345678'] });
  });

  it('leaves an implausible email out, and says so', async () => {
    const directory = new ListDirectory([]);
    const [named, nameless] = await match(directory, [{ email: 'not an address', firstName: 'Ada' }, { email: '@' }]);
    expect(named).toMatchObject({ outcome: 'matched', note: expect.stringContaining('left out') });
    expect(nameless).toMatchObject({ outcome: 'skipped', reason: 'nothing_to_match' });
  });

  it('creates again without an email that the CRM refuses', async () => {
    const directory = new ListDirectory([], refuseEmail);
    const [result] = await match(directory, [{ email: 'ada@refused.example', phone: '+4915112345678' }]);
    expect(result).toMatchObject({
      outcome: 'matched',
      matchedBy: 'created',
      note: expect.stringContaining('left out'),
    });
    expect(directory.contacts[0]).toMatchObject({ emails: [], phones: ['+4915112345678'] });
  });

  it('makes one contact for a new customer who closes several conversations at once', async () => {
    const directory = new ListDirectory([]);
    const results = await match(directory, [
      { email: 'new@example.com', phone: '+4915112345678' },
      { email: 'NEW@example.com' },
      { phone: '0049 151 12345678' },
      { email: 'other@example.com' },
    ]);
    expect(directory.contacts).toHaveLength(2);
    expect(results.map((result) => result?.outcome === 'matched' && result.matchedBy)).toEqual([
      'created',
      'email',
      'phone',
      'created',
    ]);
    expect(new Set(results.slice(0, 3).map((result) => result?.outcome === 'matched' && result.contactId)).size).toBe(
      1,
    );
  });

  it('remembers a number it created a contact with, which the index does not show yet', async () => {
    const directory = new ListDirectory([]);
    const [result] = await match(
      directory,
      [{ phone: '+4915112345678' }],
      {},
      {
        findJustCreated: async () => new Map([['+4915112345678', '55']]),
      },
    );
    expect(result).toMatchObject({ contactId: '55', matchedBy: 'phone' });
    expect(directory.contacts).toEqual([]);
  });

  it('looks for the outcome of a create that was never answered before it creates again', async () => {
    const made = contact('9', {
      phones: ['+4915112345678'],
      firstName: '+49 1511 2345678',
      createdAt: new Date('2026-05-01T10:00:01Z'),
    });
    const directory = new ListDirectory([made]);
    // The search index did not show it in time.
    directory.findPhoneCandidates = async () => [];
    const request: MatchRequest = {
      deliveryId: 'd',
      customerKey: 'k',
      customer: { phone: '+4915112345678' },
      createSentAt: new Date('2026-05-01T10:00:00Z'),
    };
    const results = await new Matcher(directory).match('t', [request], POLICY, MEMORY);
    expect(results.get('d')).toMatchObject({ contactId: '9', matchedBy: 'created' });
    expect(directory.contacts).toHaveLength(1);
  });

  it('finds the contact it made without an email that was refused', async () => {
    const made = contact('9', { phones: ['+4915112345678'], createdAt: new Date('2026-05-01T10:00:01Z') });
    const directory = new ListDirectory([made]);
    directory.findPhoneCandidates = async () => [];
    const request: MatchRequest = {
      deliveryId: 'd',
      customerKey: 'k',
      customer: { phone: '+4915112345678', email: 'ada@refused.example' },
      createSentAt: new Date('2026-05-01T10:00:00Z'),
    };
    const results = await new Matcher(directory).match('t', [request], POLICY, MEMORY);
    expect(results.get('d')).toMatchObject({ contactId: '9' });
  });

  it('sends nothing for a delivery that another drain took over', async () => {
    const directory = new ListDirectory([]);
    const [result] = await match(directory, [{ firstName: 'Ada' }], {}, { markCreating: async () => new Set() });
    expect(result).toEqual({ outcome: 'lost' });
    expect(directory.calls).not.toContain('create');
  });

  it('sends nothing for a number that somebody else claims or has just made a contact of, once it is marked', async () => {
    const directory = new ListDirectory([]);
    const marked: string[] = [];
    const [made, same, claimed, unanswered, other] = await match(
      directory,
      [
        { phone: '+4915112345678' },
        { phone: '0049 151 12345678', email: 'ada@example.com' },
        { phone: '+4915187654321', email: 'grace@example.com' },
        { phone: '08180 854296' },
        { phone: '+4930901820' },
      ],
      {},
      {
        markCreating: async (ids) => {
          marked.push(...ids);
          return new Set(ids);
        },
        findMadeBeside: async (phones) => {
          expect(marked).toHaveLength(phones.length);
          return [
            { phone: { e164: '+4915112345678', national: '' }, contactId: '7' },
            {
              phone: { e164: '+4915187654321', national: '15187654321' },
              claimedForSeconds: 90,
              isUnanswered: false,
            },
            { phone: { national: '8180854296' }, claimedForSeconds: 50, isUnanswered: true },
            { phone: { e164: '+4330901820', national: '30901820' }, claimedForSeconds: 90, isUnanswered: false },
          ];
        },
      },
    );
    expect([made, same]).toMatchObject([
      { outcome: 'matched', contactId: '7', matchedBy: 'phone' },
      { outcome: 'matched', contactId: '7', matchedBy: 'phone' },
    ]);
    expect([claimed, unanswered]).toMatchObject([
      { outcome: 'waits', deferral: { retryAfterSeconds: 2 } },
      { outcome: 'waits', deferral: { retryAfterSeconds: 50 } },
    ]);
    expect(other).toMatchObject({ outcome: 'matched', matchedBy: 'created' });
    expect(directory.contacts).toHaveLength(1);
  });

  it('waits with whoever depends on a contact whose fate is unknown', async () => {
    const directory = new ListDirectory([], () => ({ outcome: 'unknown', detail: 'timed out' }));
    const [leader, follower] = await match(directory, [{ phone: '+4915112345678' }, { phone: '+4915112345678' }]);
    expect(leader).toMatchObject({ outcome: 'unknown' });
    expect(follower).toMatchObject({ outcome: 'waits' });
  });

  it('picks what an independent reading of the rules picks, one customer after the other', async () => {
    await fc.assert(
      fc.asyncProperty(
        portal,
        fc.array(person, { maxLength: 12 }),
        fc.constantFrom(undefined, 'DE', 'US'),
        policies,
        async (contacts, customers, defaultCountry, onNoMatch) => {
          const directory = new ListDirectory(structuredClone(contacts));
          const results = await match(directory, customers, { onNoMatch, defaultCountry });
          const expected = readTheRules(contacts, customers, { onNoMatch, defaultCountry });
          const picked = results.map((result) =>
            result?.outcome === 'matched'
              ? result.contactId
              : result?.outcome === 'skipped'
                ? result.reason
                : JSON.stringify(result),
          );
          expect(byFirstUse(picked)).toEqual(
            byFirstUse(expected.map((choice) => ('skipped' in choice ? choice.skipped : choice.contact.id))),
          );
        },
      ),
      { numRuns: 1000 },
    );
  });
});

const EMAILS = ['a@x.co', 'b@x.co', 'c@x.co', 'd@x.co'];
const PHONES = [
  '+4915112345678',
  '0151 12345678',
  '+1 (513) 227-1572',
  '513-227-1572',
  '+495132271572',
  '00004',
  '+49 151 99999999',
];

const portal = fc
  .array(
    fc.record({
      emails: fc.uniqueArray(fc.constantFrom(...EMAILS), { maxLength: 2 }),
      phones: fc.uniqueArray(fc.constantFrom(...PHONES), { maxLength: 2 }),
      created: fc.integer({ min: 0, max: 3 }),
    }),
    { maxLength: 6 },
  )
  .map((items) => {
    const taken = new Set<string>();
    return items.map(({ emails, phones, created }, index): CrmContact => {
      const free = emails.filter((email) => !taken.has(email));
      for (const email of free) taken.add(email);
      return { id: String(index + 8), createdAt: new Date(2020 + created, 0), emails: free, phones };
    });
  });

const person: fc.Arbitrary<Customer> = fc.record(
  { email: fc.constantFrom(...EMAILS), phone: fc.constantFrom(...PHONES), firstName: fc.constantFrom('Ada', ' ') },
  { requiredKeys: [] },
);
const policies = fc.constantFrom('create' as const, 'skip' as const);

/** New contacts by the first customer who has them: their ids depend on the order of calls. */
function byFirstUse(ids: readonly string[]): string[] {
  return ids.map((id) => (/^new-|^1\d{3}$/.test(id) ? `new contact of customer ${ids.indexOf(id)}` : id));
}
