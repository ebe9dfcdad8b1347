import { describe, expect, it } from '@jest/globals';
import { anInput, aWrite, exampleSnapshot } from '../../testing/index.js';
import { compileBinding } from '../compile/compile-binding.js';
import type { ReadingRules } from '../compile/read-arguments.js';
import { readBinding } from '../grammar/read-binding.js';
import { validateBinding } from '../validate/validate-binding.js';
import { confirmationSentence } from './confirmation-sentence.js';

function sentenceFor(body: unknown, given: Record<string, unknown>, rules: ReadingRules = {}): string {
  const read = readBinding(body);
  if (!read.read) throw new Error(JSON.stringify(read.problems));
  const validation = validateBinding(read.value, exampleSnapshot());
  if (!validation.valid) throw new Error(JSON.stringify(validation.problems));
  const plan = compileBinding(validation.binding).plan(given, rules);
  if (!plan.planned || plan.kind !== 'write') throw new Error(JSON.stringify(plan));
  return confirmationSentence(validation.binding, plan.write, rules);
}

const sets = (...fields: string[]) => fields.map((field) => ({ field, value: { input: field } }));
const onContacts = (write: object, ...names: string[]) =>
  aWrite(
    { object: 'contacts', ...write },
    { inputs: names.map((name) => anInput(name, { required: name === 'contact_id' })) },
  );

describe('the sentence that a caller agrees to', () => {
  it('names what they said, and nothing that the operator pinned', () => {
    expect(sentenceFor(aWrite(), { title: 'Ten chairs' })).toBe(
      'Shall I create a new deals with dealname “Ten chairs”?',
    );
  });

  it('says options and owners as people do', () => {
    const names = ['firstname', 'lifecyclestage', 'interests', 'hubspot_owner_id'];
    const body = onContacts({ action: 'create', set: sets(...names) }, ...names);
    const read = {
      firstname: 'Ada',
      lifecyclestage: 'lead',
      interests: ['a', 'b'],
      hubspot_owner_id: 'ada@example.com',
    };
    // The portal wants one of these of a contact, and an optional input may not be said.
    const needed = JSON.parse(JSON.stringify(body).replace('"required":false', '"required":true')) as unknown;
    expect(sentenceFor(needed, read)).toBe(
      'Shall I create a new contacts with firstname “Ada”, lifecyclestage “Lead”, interests “a, b” and hubspot_owner_id “Ada”?',
    );
  });

  it('says a day as the day it is where the portal is', () => {
    const update = { action: 'update', id: { input: 'contact_id' }, set: sets('seen_at') };
    const inputs = [anInput('contact_id'), anInput('seen_at', { type: 'date' })];
    const given = { contact_id: '1', seen_at: '2026-01-31' };
    for (const timeZone of ['Asia/Tokyo', 'America/New_York', undefined])
      expect(sentenceFor(aWrite({ object: 'contacts', ...update }, { inputs }), given, { timeZone })).toBe(
        'Shall I change the contacts: seen_at “2026-01-31”?',
      );
  });

  it('of a change says what it becomes, and of a tie that it is one', () => {
    const set = sets('firstname');
    const update = { action: 'update', id: { input: 'contact_id' }, set };
    const body = onContacts(update, 'contact_id', 'firstname');
    expect(sentenceFor(body, { contact_id: '1', firstname: 'x'.repeat(200) })).toMatch(
      /^Shall I change the contacts: firstname “x{200}”\?$/,
    );
  });

  it('names what it is tied to, for that is agreed to as well', () => {
    const associate = [
      { to: 'contacts', id: { input: 'contact_id' }, label: 'decision maker' },
      { to: 'companies', id: { input: 'company_id' } },
    ];
    const inputs = [
      anInput('title'),
      ...['contact_id', 'company_id'].map((name) => anInput(name, { required: false })),
    ];
    const create = aWrite({ associate }, { inputs });
    expect(sentenceFor(create, { title: 'Chairs', contact_id: '1', company_id: '2' })).toBe(
      'Shall I create a new deals with dealname “Chairs”, tied to the contacts (decision maker) and the companies?',
    );
    expect(sentenceFor(create, { title: 'Chairs', company_id: '2' })).toMatch(/“Chairs”, tied to the companies\?$/);
    const update = aWrite(
      { action: 'update', id: { input: 'deal_id' }, set: sets('amount'), associate },
      { inputs: [anInput('deal_id'), anInput('amount', { required: false }), ...inputs.slice(1)] },
    );
    expect(sentenceFor(update, { deal_id: '9', amount: 5, company_id: '2' })).toBe(
      'Shall I change the deals: amount “5”, and tie it to the companies?',
    );
    expect(sentenceFor(update, { deal_id: '9', company_id: '2' })).toBe('Shall I tie the deals to the companies?');
    const pinned = {
      ...update,
      restWrite: { ...(update['restWrite'] as object), associate: [{ to: 'companies', id: { constant: '7' } }] },
    };
    const withoutTies = { ...pinned, inputs: [anInput('deal_id'), anInput('amount', { required: false })] };
    expect(sentenceFor(withoutTies, { deal_id: '9' })).toBe('Shall I tie the deals to another record?');
  });
});
