import { describe, expect, it } from '@jest/globals';
import { aSearch, aWrite, anInput, exampleSnapshot } from '../../testing/index.js';
import { compileBinding } from '../compile/compile-binding.js';
import type { ArgumentReason, ReadingRules } from '../compile/read-arguments.js';
import type { BindingReason } from '../grammar/binding-problem.js';
import { readBinding } from '../grammar/read-binding.js';
import { validateBinding } from './validate-binding.js';

const snapshot = exampleSnapshot();
const is = (field: string, constant: unknown) => ({ field, operator: 'EQ', value: { constant } });
const asks = (field: string, operator = 'EQ') => ({ field, operator, value: { input: 'a' } });
const searching = (filter: object, input: object = {}) =>
  aSearch({ where: [[filter]] }, { inputs: [anInput('a', input)] });
const many = (count: number) => Array.from({ length: count }, () => [is('vip', true)]);

/** The least that is refused for each reason there is; what is beside it is whole. A reason without a line is a type error. */
const BINDINGS: Record<BindingReason, unknown> = {
  malformed: { ...aSearch(), restWrite: {} },
  illegal_name: aSearch({}, { toolName: 'Find People' }),
  reserved_name: aSearch({}, { toolName: 'find_contact' }),
  unknown_object: aSearch({ object: 'ghosts' }),
  withheld_object: aSearch({ object: 'tickets' }),
  unknown_field: aSearch({ select: ['nope'] }),
  unknown_relationship: aWrite({ associate: [{ to: 'contacts', label: 'boss', id: { constant: '1' } }] }),
  unknown_owner: aSearch({ where: [[is('hubspot_owner_id', 'bob@example.com')]] }),
  unknown_type: aSearch({ where: [[is('place', 'x')]] }),
  sensitive_field: aSearch({ select: ['diagnosis'] }),
  read_only_field: aWrite({
    object: 'contacts',
    set: [
      { field: 'firstname', value: { input: 'title' } },
      { field: 'createdate', value: { constant: '2026-01-01' } },
    ],
  }),
  illegal_operator: aSearch({ where: [[{ ...is('firstname', 'a'), operator: 'GT' }]] }),
  unknown_option: aSearch({ where: [[is('lifecyclestage', 'Lead')]] }),
  wrong_value: aSearch({ where: [[is('score', 'many')]] }),
  wrong_input_type: searching(asks('score'), { type: 'text' }),
  required_field_unbound: aWrite({ set: [{ field: 'dealname', value: { input: 'title' } }] }),
  key_not_unique: aWrite({
    action: 'findOrCreate',
    object: 'contacts',
    key: { field: 'lastname', value: { input: 'title' } },
    set: [],
  }),
  undeclared_input: aSearch({ where: [[asks('firstname')]] }),
  unused_input: aSearch({}, { inputs: [anInput('a')] }),
  unused_mapping: {
    ...searching(asks('firstname')),
    inputObjectMap: [{ input: 'a', object: 'contacts', field: 'lastname' }],
  },
  duplicate_input: aSearch({ where: [[asks('firstname')]] }, { inputs: [anInput('a'), anInput('a')] }),
  reserved_input: aSearch(
    { where: [[{ ...asks('firstname'), value: { input: 'cursor' } }]] },
    { inputs: [anInput('cursor')] },
  ),
  duplicate_field: aSearch({ select: ['firstname', 'firstname'] }),
  limit_exceeded: aSearch({ where: many(6) }),
  paging_unavailable: aSearch(
    { where: [[asks('phone')]], take: { many: 5, paging: true } },
    { inputs: [anInput('a')] },
  ),
};

function reasonsOf(body: unknown): string[] {
  const read = readBinding(body);
  if (!read.read) return read.problems.map(({ reason }) => reason);
  const validation = validateBinding(read.value, snapshot);
  return validation.valid ? [] : validation.problems.map(({ reason }) => reason);
}

describe('a binding is refused for every reason there is', () => {
  it.each(Object.entries(BINDINGS))('%s', (reason, body) => {
    const reasons = reasonsOf(body);
    expect([...new Set(reasons)]).toEqual([reason]);
  });
});

interface Sent {
  binding: unknown;
  given: Record<string, unknown>;
  rules?: ReadingRules;
}

const ARGUMENTS: Record<ArgumentReason, Sent> = {
  missing: { binding: searching(asks('firstname')), given: {} },
  unknown_input: { binding: aSearch(), given: { a: 1 } },
  wrong_type: { binding: searching(asks('firstname')), given: { a: 5 } },
  wrong_value: { binding: searching(asks('birthday')), given: { a: '2026-02-30' } },
  too_long: { binding: searching(asks('firstname'), { maxLength: 3 }), given: { a: 'four' } },
  unknown_option: { binding: searching(asks('lifecyclestage')), given: { a: 'Lead' } },
  not_an_email: { binding: searching(asks('email'), { type: 'email' }), given: { a: 'nobody' } },
  not_a_phone_number: { binding: searching(asks('phone')), given: { a: 'call me' } },
  ignored_number: {
    binding: searching(asks('phone')),
    given: { a: '+1 513 227 1572' },
    rules: { ignoredNumbers: ['+15132271572'] },
  },
  unknown_owner: { binding: searching(asks('hubspot_owner_id')), given: { a: 'bob@example.com' } },
  bad_cursor: { binding: aSearch({ take: { many: 5, paging: true } }), given: { cursor: 'x' } },
  nothing_to_search_by: { binding: searching(asks('firstname'), { required: false }), given: {} },
  nothing_to_change: {
    binding: aWrite(
      { action: 'update', id: { input: 'title' }, set: [{ field: 'amount', value: { input: 'a' } }] },
      { inputs: [anInput('title'), anInput('a', { type: 'number', required: false })] },
    ),
    given: { title: '7' },
  },
};

describe('arguments are refused for every reason there is', () => {
  it.each(Object.entries(ARGUMENTS))('%s', (reason, { binding, given, rules = {} }) => {
    const read = readBinding(binding);
    const validation = read.read ? validateBinding(read.value, snapshot) : undefined;
    if (validation?.valid !== true) throw new Error(`the binding is refused: ${JSON.stringify(validation)}`);
    const plan = compileBinding(validation.binding).plan(given, rules);
    expect(plan.planned ? [] : plan.problems.map((problem) => problem.reason)).toEqual([reason]);
  });
});
