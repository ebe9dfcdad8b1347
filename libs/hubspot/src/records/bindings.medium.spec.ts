import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CrmObject, CrmOwner, FindStep, RecordSearch } from '@app/crm';
import { type BindingProblem, compileBinding, readBinding, type SchemaSnapshot, validateBinding } from '@app/skills';
import { aField, anObject, randomCreates, randomObjects, randomSearches } from '@app/skills/testing';
import { startSimulator, type TestSimulator } from '@app/testing';
import fc from 'fast-check';
import { searchBodyOf } from './search-body.js';

const LIMIT = 3_000;
/** Each portal serves so many bindings: making one takes longer than asking it. */
const BINDINGS = 12;

let simulator: TestSimulator;
let token: string;
let owners: CrmOwner[];
let made = 0;

beforeAll(async () => {
  simulator = await startSimulator();
  const limits = { oauthPer10s: null, staticPer10s: null, searchPerSecond: null };
  ({ token } = await simulator.control.createPortal({ limits, seed: { contacts: 3 } }));
  const { body } = await call('GET', '/crm/owners/2026-09');
  owners = (body as { results: { id: string; email: string }[] }).results.map((owner) => ({
    ...owner,
    name: owner.email,
  }));
});

afterAll(async () => {
  await simulator.stop();
});

async function call(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(simulator.url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: await answer.json() };
}

/** Makes the type of object in HubSpot, and what a discovery would then find. */
async function bring(object: CrmObject): Promise<SchemaSnapshot> {
  const name = `things_${made++}`;
  const own = object.fields.filter((field) => /^f\d+$/.test(field.name));
  const { status, body } = await call('POST', '/crm-object-schemas/2026-09/schemas', {
    name,
    labels: { singular: 'Thing', plural: 'Things' },
    requiredProperties: object.requiredFields,
    searchableProperties: [],
    primaryDisplayProperty: 'f0',
    associatedObjects: [],
    properties: own.map((field) => ({
      name: field.name,
      label: field.name,
      type: field.type,
      fieldType: field.fieldType,
      hasUniqueValue: field.isUnique,
      options: field.options.map(({ value, label }, displayOrder) => ({ value, label, displayOrder, hidden: false })),
    })),
  });
  expect([status, body]).toEqual([201, expect.anything()]);
  const { fullyQualifiedName, objectTypeId } = body as { fullyQualifiedName: string; objectTypeId: string };
  const found = { ...object, name: fullyQualifiedName, typeId: objectTypeId };
  return { portalId: '1', version: 1, discoveredAt: new Date(0), objects: [found], owners, withheld: [] };
}

const wrap = (operation: 'restSearch' | 'restWrite', block: object, rest: object = {}) => ({
  toolName: 'a_tool',
  description: 'Made at random',
  operation,
  [operation]: block,
  ...rest,
});

type Judged =
  { accepted: true; binding: ReturnType<typeof compileBinding> } | { accepted: false; problems: BindingProblem[] };

function judge(body: unknown, snapshot: SchemaSnapshot): Judged {
  const read = readBinding(body);
  if (!read.read) return { accepted: false, problems: read.problems };
  const validation = validateBinding(read.value, snapshot);
  return validation.valid
    ? { accepted: true, binding: compileBinding(validation.binding) }
    : { accepted: false, problems: validation.problems };
}

interface AnySearch {
  where: { field: string; operator: string; value?: Pinned; highValue?: Pinned; values?: Pinned[] }[][];
  select: string[];
  sort?: { field: string; direction: string };
  take: string | { many: number };
}

interface Pinned {
  constant: unknown;
}

/** What was asked for, word by word: for what the validator refuses there is no plan to send. */
function asAsked({ where, select, sort, take }: AnySearch): object {
  return {
    filterGroups: where.map((group) => ({
      filters: group.map(({ field, operator, value, highValue, values }) => ({
        propertyName: field,
        operator,
        ...(value === undefined ? {} : { value: value.constant }),
        ...(highValue === undefined ? {} : { highValue: highValue.constant }),
        ...(values === undefined ? {} : { values: values.map(({ constant }) => constant) }),
      })),
    })),
    properties: select,
    ...(sort === undefined ? {} : { sorts: [sort.field] }),
    limit: typeof take === 'string' ? 1 : take.many,
    after: '0',
  };
}

async function statusOf(step: FindStep, object: string, fields: string[]): Promise<number> {
  if (step.by === 'search')
    return (await call('POST', `/crm/objects/2026-09/${object}/search`, searchBodyOf(step.search))).status;
  const [keys, idProperty] = step.by === 'id' ? [step.ids, undefined] : [step.values, step.field];
  const body = { inputs: keys.map((id) => ({ id })), properties: fields, propertiesWithHistory: [], idProperty };
  const { status } = await call('POST', `/crm/objects/2026-09/${object}/batch/read`, body);
  // Some of the keys are nobody's.
  return status === 207 ? 200 : status;
}

describe('bindings at random against HubSpot', () => {
  const counted = { accepted: 0, refused: 0 };

  it('a search is accepted exactly when HubSpot takes it', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomObjects.chain((object) =>
          fc.tuple(
            fc.constant(object),
            fc.array(randomSearches(object, owners), { minLength: BINDINGS, maxLength: BINDINGS }),
          ),
        ),
        async ([object, searches]) => {
          const snapshot = await bring(object);
          const { name } = snapshot.objects[0] ?? object;
          for (const search of searches) {
            const judged = judge(wrap('restSearch', { ...search, object: name }), snapshot);
            if (judged.accepted) {
              counted.accepted += 1;
              const plan = judged.binding.plan({}, {});
              if (!plan.planned || plan.kind !== 'find') throw new Error(JSON.stringify(plan));
              for (const step of plan.find.steps)
                expect([step, await statusOf(step, name, plan.find.fields)]).toEqual([step, 200]);
            } else {
              counted.refused += 1;
              const asked = asAsked(search as unknown as AnySearch);
              const { status } = await call('POST', `/crm/objects/2026-09/${name}/search`, asked);
              expect([judged.problems, asked, status]).toEqual([judged.problems, asked, 400]);
            }
          }
        },
      ),
      { numRuns: 20 },
    );
    expect(counted.accepted).toBeGreaterThan(40);
    expect(counted.refused).toBeGreaterThan(20);
  }, 120_000);

  it('a write is accepted exactly when HubSpot takes it', async () => {
    const found = { accepted: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(
        randomObjects.chain((object) =>
          fc.tuple(
            fc.constant(object),
            fc.array(randomCreates(object, owners), { minLength: BINDINGS, maxLength: BINDINGS }),
          ),
        ),
        async ([object, writes]) => {
          const snapshot = await bring(object);
          const { name } = snapshot.objects[0] ?? object;
          for (const write of writes) {
            const judged = judge(wrap('restWrite', { ...write, object: name }), snapshot);
            if (judged.accepted) {
              found.accepted += 1;
              const plan = judged.binding.plan({}, {});
              if (!plan.planned || plan.kind !== 'write') throw new Error(JSON.stringify(plan));
              const { values } = plan.write;
              const { status, body } = await call('POST', `/crm/objects/2026-09/${name}`, {
                properties: values,
                associations: [],
              });
              expect([body, status]).toEqual([body, 201]);
            } else {
              found.refused += 1;
              const set = write['set'] as { field: string; value: Pinned }[];
              const properties = Object.fromEntries(set.map(({ field, value }) => [field, value.constant]));
              const { status } = await call('POST', `/crm/objects/2026-09/${name}`, { properties, associations: [] });
              expect([judged.problems, properties, status]).toEqual([judged.problems, properties, 400]);
            }
          }
        },
      ),
      { numRuns: 20 },
    );
    expect(found.accepted).toBeGreaterThan(40);
    expect(found.refused).toBeGreaterThan(20);
  }, 120_000);

  it('a search never exceeds HubSpot’s limits, whatever is sent for its inputs', async () => {
    const texts = fc.string({
      unit: fc.constantFrom('"', '\\', '\u0001', '😀', '\ud800', 'İ', '*', 'a', ' ', '\n'),
      minLength: 1,
    });
    let searched = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.array(
            fc.record({
              operator: fc.constantFrom('EQ', 'CONTAINS_TOKEN', 'IN'),
              field: fc.constantFrom('firstname', 'lastname', 'city', 'phone'),
            }),
            { minLength: 1, maxLength: 2 },
          ),
          { minLength: 1, maxLength: 3 },
        ),
        fc.integer({ min: 1, max: 600 }),
        texts,
        async (groups, maxLength, text) => {
          const where = groups.map((group) =>
            group.map(({ operator, field }) => ({
              field,
              operator,
              ...(operator === 'IN' ? { values: [{ input: 'a' }] } : { value: { input: 'a' } }),
            })),
          );
          const inputs = [{ name: 'a', type: 'text', description: 'Anything', maxLength }];
          const judged = judge(
            wrap('restSearch', { object: 'contacts', where, select: ['firstname'], take: 'one' }, { inputs }),
            contactsSnapshot(),
          );
          if (!judged.accepted) return;
          const plan = judged.binding.plan({ a: text.repeat(maxLength).slice(0, maxLength) }, {});
          if (!plan.planned || plan.kind !== 'find') return;
          for (const step of plan.find.steps) {
            if (step.by !== 'search') continue;
            searched += 1;
            const body = searchBodyOf(step.search);
            expect(JSON.stringify(body).length).toBeLessThanOrEqual(LIMIT);
            expect((await call('POST', '/crm/objects/2026-09/contacts/search', body)).status).toBe(200);
          }
        },
      ),
      { numRuns: 150 },
    );
    expect(searched).toBeGreaterThan(20);
  }, 120_000);

  it('in HubSpot’s words, a sort is a name, backwards with a minus', () => {
    const search: RecordSearch = {
      object: 'x',
      groups: [],
      fields: ['a'],
      sort: { field: 'a', direction: 'descending' },
      limit: 5,
      after: '10',
    };
    expect(searchBodyOf(search)).toEqual({ filterGroups: [], sorts: ['-a'], properties: ['a'], limit: 5, after: '10' });
  });
});

function contactsSnapshot(): SchemaSnapshot {
  const contacts = anObject('contacts', {
    fields: [
      ...['firstname', 'lastname', 'city'].map((name) => aField(name)),
      aField('phone', { type: 'phone_number' }),
      aField('createdate', { type: 'datetime' }),
    ],
  });
  return { portalId: '1', version: 1, discoveredAt: new Date(0), objects: [contacts], owners, withheld: [] };
}
