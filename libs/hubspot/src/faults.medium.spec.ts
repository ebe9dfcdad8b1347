import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ContactDraft, TimelineEntry } from '@app/crm';
import { type FaultAction, startSimulator, type TestSimulator, waitFor } from '@app/testing';
import { makeSimulatedCrm, type SimulatedCrm } from '../testing/simulated-crm.js';

const at = new Date('2026-11-20T17:30:00Z');
const NOTES = '/crm/objects/*/notes/batch/create';
const CONTACTS = '/crm/objects/*/contacts/batch/create';

function note(n: number | string, contactId: string): TimelineEntry {
  return { type: 'note', reference: `TL-${n}-x`, contactId, at, body: `<p>hello</p><p>TL-${n}-x</p>` };
}

function outcomesOf(outcomes: { outcome: string }[]): string[] {
  return [...new Set(outcomes.map(({ outcome }) => outcome))];
}

const people = (count: number, prefix = 'p'): ContactDraft[] =>
  Array.from({ length: count }, (_, n) => ({ email: `${prefix}${n}@example.com` }));

describe('the adapters against a HubSpot in trouble', () => {
  let simulator: TestSimulator;
  let crm: SimulatedCrm;
  let ada: string;

  const write = (...entries: TimelineEntry[]) => crm.timeline.write(crm.tenantId, entries);
  const create = (drafts: ContactDraft[]) => crm.directory.create(crm.tenantId, drafts);

  beforeAll(async () => {
    simulator = await startSimulator();
  });
  afterAll(() => simulator.stop());

  const open = async (timeoutMs?: number): Promise<void> => {
    crm = await makeSimulatedCrm(simulator, {}, { timeoutMs });
    [ada = ''] = await crm.addContacts([{ emails: ['ada@example.com'] }]);
  };
  beforeEach(() => open());
  afterEach(async () => {
    await crm.recover();
    await crm.close();
  });

  it.each<[string, FaultAction, number]>([
    ['an HTML 502 before', { kind: 'status', status: 502, when: 'before' }, 0],
    ['a 500 after', { kind: 'status', status: 500, when: 'after' }, 3],
    ['a reset before', { kind: 'reset', when: 'before' }, 0],
    ['a reset after', { kind: 'reset', when: 'after' }, 3],
    ['an answer cut short after', { kind: 'truncate' }, 3],
  ])('knows that it does not know: %s the commit', async (_, action, committed) => {
    await crm.addFault({ path: NOTES, times: 1, actions: [action] });
    const outcomes = await write(note(1, ada), note(2, ada), note(3, ada));
    expect(outcomesOf(outcomes)).toEqual(['unknown']);
    await waitFor(async () => (await crm.countEntries()) === committed, { what: `${committed} entries` });
    const stored = await crm.timeline.readBack(crm.tenantId, [ada], new Date(at.getTime()));
    expect(stored).toHaveLength(committed);
  });

  it.each(['before', 'after'] as const)(
    'gives up waiting, although HubSpot commits in the end: silence %s it',
    async (when) => {
      await crm.close();
      await open(300);
      await crm.addFault({ path: NOTES, times: 1, actions: [{ kind: 'delay', ms: 900, when }] });
      await expect(write(note(1, ada))).resolves.toEqual([
        { outcome: 'unknown', detail: 'HubSpot did not answer in time' },
      ]);
      await waitFor(async () => (await crm.countEntries()) === 1, { what: 'the late commit' });
    },
  );

  it.each<[string, FaultAction, string, number | undefined]>([
    ['423', { kind: 'status', status: 423 }, 'unavailable', 2],
    ['477', { kind: 'status', status: 477, retryAfterSeconds: 3_600 }, 'unavailable', 3_600],
    ['DAILY', { kind: 'status', status: 429, policy: 'DAILY' }, 'throttled', undefined],
    [
      'Retry-After',
      { kind: 'status', status: 429, policy: 'TEN_SECONDLY_ROLLING', retryAfterSeconds: 40 },
      'throttled',
      40,
    ],
  ])('waits and commits nothing: %s', async (_, action, cause, retryAfterSeconds) => {
    await crm.addFault({ path: NOTES, actions: [action] });
    const [outcome] = await write(note(1, ada));
    expect(outcome).toMatchObject({
      outcome: 'deferred',
      deferral: { cause, retryAfterSeconds: retryAfterSeconds ?? expect.any(Number) },
    });
    expect(await crm.countEntries()).toBe(0);
  });

  it('gets over a search refused for a second by itself', async () => {
    await crm.addFault({
      path: '/crm/objects/*/contacts/search',
      times: 1,
      actions: [{ kind: 'status', status: 429, policy: 'SECONDLY' }],
    });
    await expect(crm.directory.search(crm.tenantId, 'ada@example.com', 5)).resolves.toMatchObject([{ id: ada }]);
  });

  it('reads again when the connection breaks while reading', async () => {
    await crm.addFault({
      path: '/crm/objects/*/contacts/batch/read',
      times: 1,
      actions: [{ kind: 'reset', when: 'before' }],
    });
    const found = await crm.directory.findByIds(crm.tenantId, [ada]);
    expect(found.get(ada)?.id).toBe(ada);
  });

  it('settles each item of a 207 by itself', async () => {
    await crm.addFault({ path: NOTES, times: 1, actions: [{ kind: 'batch_item', index: 1 }] });
    const outcomes = await write(note(1, ada), note(2, ada), note(3, ada));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['written', 'unknown', 'written']);
    expect(await crm.countEntries()).toBe(2);
  });

  it('finds the one duplicate for which HubSpot refuses a whole batch', async () => {
    const body = { status: 'error', message: `Contact already exists. Existing ID: ${ada}`, category: 'CONFLICT' };
    await crm.addFault({ path: CONTACTS, times: 1, actions: [{ kind: 'status', status: 409, body }] });
    const outcomes = await create([...people(3), { email: 'ada@example.com' }]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['created', 'created', 'created', 'exists']);
    expect(outcomes[3]).toEqual({ outcome: 'exists', id: ada });
    expect(await crm.countContacts()).toBe(4);
  });

  it('halves a batch that HubSpot refuses without saying why', async () => {
    await crm.addFault({ path: NOTES, times: 1, actions: [{ kind: 'status', status: 400, body: {} }] });
    const outcomes = await write(...Array.from({ length: 8 }, (_, n) => note(n, ada)));
    expect(outcomesOf(outcomes)).toEqual(['written']);
    expect(await crm.countEntries()).toBe(8);
    expect((await crm.statistics()).lastCalls.filter(({ path }) => path.endsWith('/notes/batch/create'))).toHaveLength(
      3,
    );
  });

  it('needs a person when the token is gone, and stops calling', async () => {
    await crm.control.revokeToken(crm.accessToken);
    await expect(write(note(1, ada))).resolves.toMatchObject([
      { outcome: 'deferred', deferral: { cause: 'connection' } },
    ]);
    await expect(write(note(1, ada))).resolves.toMatchObject([
      { outcome: 'deferred', deferral: { cause: 'connection' } },
    ]);
    expect(crm.tenant.connections.problems).toMatchObject([{ reason: 'token_rejected' }]);
  });

  it('needs a person when a scope is gone, and says which', async () => {
    const { token } = await crm.control.issueToken(crm.hubId, { scopes: ['crm.objects.contacts.read'] });
    crm.tenant.connections.credentials = { accessToken: token };
    await expect(write(note(1, ada))).resolves.toMatchObject([
      { outcome: 'deferred', deferral: { cause: 'connection' } },
    ]);
    expect(crm.tenant.connections.problems).toMatchObject([
      { reason: 'missing_scope', missingScopes: ['crm.objects.contacts.write'] },
    ]);
  });

  it('never exceeds the portal’s limits, with more to do than they allow at once', async () => {
    const searches = Array.from({ length: 12 }, (_, n) => crm.directory.search(crm.tenantId, `p${n}@example.com`, 1));
    const writes = Array.from({ length: 130 }, (_, n) => create([{ email: `w${n}@example.com` }]));
    const created = (await Promise.all(writes)).flat();
    await Promise.all(searches);
    expect(outcomesOf(created)).toEqual(['created']);
    const { peaks, refused429 } = await crm.statistics();
    expect(peaks.per10s).toBeLessThanOrEqual(100);
    expect(peaks.searchesPer1s).toBeLessThanOrEqual(5);
    expect(refused429).toBe(0);
  }, 40_000);

  it('takes a handful of calls for a hundred conversations', async () => {
    const known = await crm.addContacts(people(30, 'known').map(({ email = '' }) => ({ emails: [email] })));
    await crm.letIndexCatchUp();
    await crm.control.resetStats(crm.hubId);
    const emails = [...people(30, 'known'), ...people(10, 'new')].map(({ email = '' }) => email);
    const found = await crm.directory.findByEmails(crm.tenantId, emails);
    await crm.directory.findPhoneCandidates(
      crm.tenantId,
      Array.from({ length: 40 }, (_, n) => ({ e164: `+1513227${1_000 + n}`, national: `513227${1_000 + n}` })),
    );
    await create(people(10, 'new'));
    await write(...Array.from({ length: 100 }, (_, n) => note(n, known[n % 30] ?? '')));
    expect(found.size).toBe(30);
    expect((await crm.statistics()).totalCalls).toBe(4);
  });
});
