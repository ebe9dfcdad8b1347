import { describe, expect, it } from '@jest/globals';
import { SEARCH_LIMITS } from '@app/crm';
import { anInput, aSearch, exampleSnapshot } from '../../testing/index.js';
import { readBinding } from '../grammar/read-binding.js';
import { validateBinding } from '../validate/validate-binding.js';
import { compileBinding } from './compile-binding.js';

type Given = Record<string, string>;

function validate(body: unknown) {
  const read = readBinding(body);
  if (!read.read) throw new Error(JSON.stringify(read.problems));
  return validateBinding(read.value, exampleSnapshot());
}

function refusalsOf(body: unknown): string[] {
  const validation = validate(body);
  return validation.valid ? [] : validation.problems.map(({ path, reason }) => `${path} ${reason}`);
}

/** The steps for what is sent; those of a search as its groups. */
function stepsFor(body: unknown, given: Given) {
  const validation = validate(body);
  if (!validation.valid) throw new Error(JSON.stringify(validation.problems));
  const plan = compileBinding(validation.binding).plan(given, {});
  if (!plan.planned || plan.kind !== 'find') throw new Error(JSON.stringify(plan));
  return plan.find.steps.map((step) =>
    step.by === 'search' ? { groups: step.search.groups, ifNone: step.ifNone } : { by: step.by },
  );
}

const asks = (field: string, input: string, rest: object = {}) => ({
  field,
  operator: 'EQ',
  value: { input },
  ...rest,
});
const is = (field: string, constant: string) => ({ field, operator: 'EQ', value: { constant } });
const emails = (count: number) => ({
  field: 'email',
  operator: 'IN',
  values: Array.from({ length: count }, (_, index) => ({ constant: `a${index}@x.co` })),
});
const search = (where: object[][], inputs: Record<string, object>, more: object = {}) =>
  aSearch({ where, ...more }, { inputs: Object.entries(inputs).map(([name, traits]) => anInput(name, traits)) });

const OPTIONAL = { optional: true };
const LEAVABLE = { required: false };
const PAGES = { take: { many: 10, paging: true } };

describe('what is left of a search when a filter is left out', () => {
  it('pages through one search, whatever is left out', () => {
    const where = [[asks('email', 'mail'), asks('firstname', 'name', OPTIONAL)], [is('lifecyclestage', 'customer')]];
    const paged = search(where, { mail: {}, name: LEAVABLE }, PAGES);
    const others = [{ field: 'lifecyclestage', operator: 'EQ', value: 'customer' }];
    const mail = { field: 'email', operator: 'EQ', value: 'a@x.co' };
    expect(stepsFor(paged, { mail: 'a@x.co' })).toEqual([{ groups: [[mail], others] }]);
    // Without pages it need not wait for the index.
    const unpaged = search(where, { mail: {}, name: LEAVABLE });
    expect(stepsFor(unpaged, { mail: 'a@x.co' })).toMatchObject([{ by: 'unique' }, { groups: [others] }, {}]);
  });

  it('pages through one search also where what is sent says nothing', () => {
    const word = { ...asks('firstname', 'word', OPTIONAL), operator: 'CONTAINS_TOKEN' };
    const paged = search([[asks('customer_no', 'no'), word]], { no: {}, word: {} }, PAGES);
    expect(stepsFor(paged, { no: 'K-1', word: '*' })).toHaveLength(1);
    expect(stepsFor(paged, { no: 'K-1', word: '*' })).toMatchObject([{ groups: [[{ field: 'customer_no' }]] }]);
  });

  it('is held against the limits, too', () => {
    const city = asks('firstname', 'name', OPTIONAL);
    expect(refusalsOf(search([[emails(20), city]], { name: LEAVABLE }))).toEqual([]);
    expect(refusalsOf(search([[emails(21), city]], { name: LEAVABLE }))).toEqual(['restSearch.where limit_exceeded']);
    // A number is looked for by itself; without it its group joins the others: 16 filters, and then 19.
    const four = ['firstname', 'lastname', 'score', 'vip'].map((field) => ({ field, operator: 'HAS_PROPERTY' }));
    const groups = [four, four, four, four];
    const numbered = [asks('phone', 'number', OPTIONAL), ...four.slice(0, 3)];
    expect(refusalsOf(search(groups, {}))).toEqual([]);
    expect(refusalsOf(search([...groups, numbered], { number: { type: 'phone', ...LEAVABLE } }))).toEqual([
      'restSearch.where limit_exceeded',
    ]);
    expect(refusalsOf(search([...groups, numbered.slice(0, 3)], { number: { type: 'phone', ...LEAVABLE } }))).toEqual(
      [],
    );
  });

  it('looks for many addresses among the secondary ones in as many searches as that takes', () => {
    const steps = stepsFor(search([[emails(12)]], {}), {});
    const last = steps.flatMap((step) => (step.ifNone === true ? [step.groups.length] : []));
    expect(last).toEqual([5, 5, 2]);
    expect(Math.max(...last)).toBe(SEARCH_LIMITS.groups);
  });
});
