import { describe, expect, it } from '@jest/globals';
import { CrmDeferredError, type CrmRecords } from '@app/crm';
import { type Database, systemClock } from '@app/platform';
import { anInput, aWrite, exampleSnapshot } from '../../testing/index.js';
import { compileBinding } from '../compile/compile-binding.js';
import { readDefinition } from '../grammar/read-binding.js';
import { validateBinding } from '../validate/validate-binding.js';
import type { VerifiedCallerRepository } from '../verify/verified-caller.repository.js';
import { GuardUpdates } from './guard-updates.js';
import type { ReadySkill } from './ready-skill.js';

const CALLER = '5';
const deal = exampleSnapshot().objects.find(({ name }) => name === 'deals');
const definition = { operation: 'restWrite', restWrite: { action: 'update', set: [], associate: [] } };
const skill = {
  portalId: '4711',
  binding: { definition },
  checked: { object: deal, definition },
} as unknown as ReadySkill;
const write = { action: 'update' as const, object: 'deals', id: '9', values: { amount: '1' }, ties: [] };

/** The caller of the conversation has shown to be contact 5; the CRM says this of the deal. */
function guard(tiedTo: CrmRecords['tiedTo'], tooLate: AbortSignal = new AbortController().signal): Promise<void> {
  const database = { withTenant: (_: string, work: (tx: unknown) => unknown) => work(undefined) };
  const callers = { findValid: () => Promise.resolve({ contactId: CALLER }) };
  return new GuardUpdates(
    database as unknown as Database,
    callers as unknown as VerifiedCallerRepository,
    { tiedTo },
    systemClock,
  ).execute('t', skill, { conversationId: 'c', write }, tooLate);
}

describe('a change of what belongs to somebody', () => {
  it('is for whom it is tied to, in the portal of the verification', async () => {
    const asked: unknown[] = [];
    await guard((_, record, options) => {
      asked.push([record, options?.portalId]);
      return Promise.resolve({ found: true, ids: ['4', CALLER] });
    });
    expect(asked).toEqual([[{ object: 'deals', id: '9', to: 'contacts' }, '4711']]);
    const foreign = guard(() => Promise.resolve({ found: true, ids: ['4'] }));
    await expect(foreign).rejects.toMatchObject({ details: { reason: 'caller_not_verified' } });
  });

  it('fails for what HubSpot said, and not as if the caller were somebody else', async () => {
    const refusal = { reason: 'missing_scope', detail: 'HubSpot asks for a scope that is not granted: deals' };
    const refused = guard(() => Promise.resolve({ found: false, refusal }));
    await expect(refused).rejects.toMatchObject({ code: 1012, details: { reason: 'missing_scope' } });
    const deferral = { cause: 'unavailable' as const, detail: 'down' };
    const down = guard(() => Promise.reject(new CrmDeferredError(deferral)));
    await expect(down).rejects.toMatchObject({ code: 3004, details: { reason: 'hubspot_down' } });
  });

  it('is answered in time, also while nothing heeds the signal', async () => {
    const slow = guard(() => new Promise(() => undefined), AbortSignal.timeout(20));
    await expect(slow).rejects.toMatchObject({ code: 3002, details: { reason: 'hubspot_slow' } });
  });
});

/** Whose a record is, by object and id. */
const TIED: Readonly<Record<string, string[]>> = { 'deals 8': ['1'], 'deals 9': ['2'], 'companies 5': ['1', '2'] };

/** What comes of a change by somebody verified as contact 1. */
async function changed(write: object, given: Record<string, unknown>): Promise<'allowed' | 'refused'> {
  const inputs = Object.keys(given).map((name) => anInput(name));
  const read = readDefinition(aWrite({ action: 'update', ...write }, { inputs }));
  if (!read.read) throw new Error(JSON.stringify(read.problems));
  const validation = validateBinding(read.value, exampleSnapshot());
  if (!validation.valid) throw new Error(JSON.stringify(validation.problems));
  const checked = validation.binding;
  const plan = compileBinding(checked).plan(given, {});
  if (!plan.planned || plan.kind !== 'write') throw new Error(JSON.stringify(plan));
  const verified = {
    conversationId: 'c',
    contactId: '1',
    method: 'one_time_code' as const,
    verifiedBy: 'IVR',
    verifiedAt: new Date(0),
    expiresAt: new Date(9e12),
  };
  const guard = new GuardUpdates(
    { withTenant: (_, work) => work(undefined as never) },
    { findValid: () => Promise.resolve(verified) },
    { tiedTo: (_, { object, id }) => Promise.resolve({ found: true, ids: TIED[`${object} ${id}`] ?? [] }) },
    { now: () => new Date(0) },
  );
  const skill = { binding: { definition: checked.definition }, checked, portalId: '4711' };
  return guard.execute('t', skill, { conversationId: 'c', write: plan.write }, new AbortController().signal).then(
    () => 'allowed' as const,
    () => 'refused' as const,
  );
}

const ties = (to: string, id: object) => ({
  object: 'contacts',
  id: { input: 'contact_id' },
  set: [],
  associate: [{ to, id }],
});

const byField = (value: object) => ({
  object: 'contacts',
  id: { input: 'contact_id' },
  set: [{ field: 'associatedcompanyid', value }],
});

describe('a tie of what belongs to somebody', () => {
  it('lets nobody tie a stranger’s record to their own, which would make it theirs', async () => {
    const deal = ties('deals', { input: 'deal_id' });
    expect(await changed(deal, { contact_id: '1', deal_id: '9' })).toBe('refused');
    expect(await changed(deal, { contact_id: '1', deal_id: '7' })).toBe('refused');
    expect(await changed(deal, { contact_id: '1', deal_id: '8' })).toBe('allowed');
    const company = ties('companies', { input: 'company_id' });
    expect(await changed(company, { contact_id: '1', company_id: '5' })).toBe('allowed');
    expect(await changed(company, { contact_id: '2', company_id: '5' })).toBe('refused');
  });

  it('ties their record to no other contact', async () => {
    const contact = {
      object: 'deals',
      id: { input: 'deal_id' },
      set: [],
      associate: [{ to: 'contacts', id: { input: 'contact_id' } }],
    };
    expect(await changed(contact, { deal_id: '8', contact_id: '1' })).toBe('allowed');
    expect(await changed(contact, { deal_id: '8', contact_id: '2' })).toBe('refused');
    expect(await changed(contact, { deal_id: '9', contact_id: '1' })).toBe('refused');
  });

  it('lets a tie be that the operator pinned', async () => {
    expect(await changed(ties('companies', { constant: '6' }), { contact_id: '1' })).toBe('allowed');
  });

  it('takes a field that ties for the tie it is', async () => {
    const sent = byField({ input: 'company' });
    expect(await changed(sent, { contact_id: '1', company: 6 })).toBe('refused');
    expect(await changed(sent, { contact_id: '1', company: 5 })).toBe('allowed');
    expect(await changed(byField({ constant: 6 }), { contact_id: '1' })).toBe('allowed');
  });
});
