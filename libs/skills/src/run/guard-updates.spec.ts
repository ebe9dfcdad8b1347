import { describe, expect, it } from '@jest/globals';
import { anInput, aWrite, exampleSnapshot } from '../../testing/index.js';
import { compileBinding } from '../compile/compile-binding.js';
import { readDefinition } from '../grammar/read-binding.js';
import { validateBinding } from '../validate/validate-binding.js';
import { GuardUpdates } from './guard-updates.js';

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
    { tiedTo: (_, { object, id }) => Promise.resolve(TIED[`${object} ${id}`] ?? []) },
    { now: () => new Date(0) },
  );
  const skill = { binding: { definition: checked.definition }, checked, portalId: '4711' };
  return guard.execute('t', skill, { conversationId: 'c', write: plan.write }).then(
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

describe('GuardUpdates', () => {
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
