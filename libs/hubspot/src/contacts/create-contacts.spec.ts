import { describe, expect, it } from '@jest/globals';
import type { ContactDraft } from '@app/crm';
import * as fc from 'fast-check';
import { connectTenant } from '../../testing/connected-tenant.js';
import { record } from '../../testing/scripted-records.js';
import { lostConnection, ScriptedTransport } from '../../testing/scripted-transport.js';
import { type PortalRules, StrictPortal } from '../../testing/strict-portal.js';

const HUBSPOTS: [string, PortalRules][] = [
  ['a HubSpot that refuses whole batches and says why', { partial: false, echoesTrace: true, talkative: true }],
  ['a HubSpot that refuses whole batches and says little', { partial: false, echoesTrace: true, talkative: false }],
  ['a HubSpot that answers 207', { partial: true, echoesTrace: true, talkative: true }],
  ['a HubSpot that answers 207 without trace ids', { partial: true, echoesTrace: false, talkative: false }],
];

function connected(rules: PortalRules) {
  const portal = new StrictPortal(rules);
  const transport = new ScriptedTransport(portal.answer);
  const { directory, tenantId, connections } = connectTenant({ transport });
  return { portal, transport, connections, create: (drafts: ContactDraft[]) => directory.create(tenantId, drafts) };
}

const PLAIN: PortalRules = { partial: false, echoesTrace: true, talkative: true };
const people = (count: number): ContactDraft[] =>
  Array.from({ length: count }, (_, n) => ({ email: `p${n}@example.com`, firstName: `P${n}` }));

describe.each(HUBSPOTS)('creating contacts in %s', (_, rules) => {
  it('creates, finds and refuses, each draft by itself', async () => {
    const { portal, create } = connected(rules);
    const ada = portal.addContact('ada@example.com');
    const bob = portal.addContact('bob@example.com', 'robert@example.com');
    portal.refusedEmails.add('x@y');
    const outcomes = await create([
      { email: 'new@example.com' },
      { email: 'Robert@Example.com' },
      { email: 'x@y', firstName: 'X' },
      { email: 'ada@example.com' },
      { email: 'other@example.com', phone: '+4917612345' },
    ]);
    const created = (email: string) => ({
      outcome: 'created',
      id: portal.contacts.find(({ emails }) => emails[0] === email)?.id,
    });
    expect(outcomes).toEqual([
      created('new@example.com'),
      { outcome: 'exists', id: bob },
      { outcome: 'refused', field: 'email', refusal: expect.objectContaining({ reason: 'invalid_email' }) },
      { outcome: 'exists', id: ada },
      created('other@example.com'),
    ]);
  });

  it('settles every draft rightly and creates nobody twice, whatever the mix', async () => {
    const kind = fc.constantFrom('new', 'primary', 'secondary', 'refused', 'repeated');
    await fc.assert(
      fc.asyncProperty(fc.array(kind, { minLength: 1, maxLength: 130 }), async (kinds) => {
        const { portal, create } = connected(rules);
        const expected = new Map<string, string>();
        const drafts = kinds.map((each, n): ContactDraft => {
          const email = each === 'repeated' ? 'same@example.com' : `${each}${n}@example.com`;
          if (each === 'primary') expected.set(email, portal.addContact(email));
          if (each === 'secondary') expected.set(email, portal.addContact(`first${n}@example.com`, email));
          if (each === 'refused') portal.refusedEmails.add(email);
          return { email, firstName: each };
        });
        const outcomes = await create(drafts);
        const holding = (email: string) => portal.contacts.filter(({ emails }) => emails.includes(email));
        for (const [n, outcome] of outcomes.entries()) {
          const { email = '', firstName } = drafts[n] ?? {};
          const holders = holding(email);
          expect(holders).toHaveLength(firstName === 'refused' ? 0 : 1);
          if (firstName === 'refused') expect(outcome).toMatchObject({ outcome: 'refused', field: 'email' });
          else
            expect(outcome).toEqual({
              outcome: expected.has(email) ? 'exists' : expect.stringMatching(/^(created|exists)$/),
              id: holders[0]?.id,
            });
        }
        const made = outcomes.filter(({ outcome }) => outcome === 'created').length;
        expect(made).toBe(
          new Set(
            drafts.filter(({ firstName }) => firstName === 'new' || firstName === 'repeated').map(({ email }) => email),
          ).size,
        );
      }),
      { numRuns: 40 },
    );
  });
});

function missing(name: string) {
  return {
    status: 400,
    body: {
      category: 'VALIDATION_ERROR',
      message: 'The property values provided are invalid',
      errors: [{ code: 'MISSING_REQUIRED_PROPERTY', message: `A value for ${name} must be provided` }],
    },
  };
}

describe('creating contacts', () => {
  it('takes one call per hundred', async () => {
    const { create, transport } = connected(PLAIN);
    const outcomes = await create(people(250));
    expect(outcomes.every(({ outcome }) => outcome === 'created')).toBe(true);
    expect(transport.seen.map(({ inputs }) => inputs.length)).toEqual([100, 100, 50]);
  });

  it('takes three calls for a hundred of whom thirty exist', async () => {
    const { create, transport, portal } = connected(PLAIN);
    for (let n = 0; n < 30; n++) portal.addContact(`p${n}@example.com`);
    const outcomes = await create(people(100));
    expect(outcomes.filter(({ outcome }) => outcome === 'exists')).toHaveLength(30);
    expect(transport.paths).toEqual([
      'POST /crm/objects/2026-09/contacts/batch/create',
      'POST /crm/objects/2026-09/contacts/batch/read',
      'POST /crm/objects/2026-09/contacts/batch/create',
    ]);
  });

  it('takes four calls for a hundred of whom one holds an address as a secondary one', async () => {
    const { create, transport, portal } = connected(PLAIN);
    const id = portal.addContact('first@example.com', 'p50@example.com');
    const outcomes = await create(people(100));
    expect(outcomes[50]).toEqual({ outcome: 'exists', id });
    expect(transport.seen).toHaveLength(4);
  });

  it.each([
    ['the primary address of somebody', ['p'], PLAIN, 2],
    ['a secondary address of somebody', ['first', 'p'], PLAIN, 26],
    ['a secondary address, each said in a 207', ['first', 'p'], { ...PLAIN, partial: true }, 1],
    ['a secondary address, in a 207 that says little', ['first', 'p'], HUBSPOTS[3]?.[1] ?? PLAIN, 24],
  ])('finds all of a hundred when each is %s, in few calls', async (_, names, rules, most) => {
    const { create, transport, portal } = connected(rules);
    const ids = people(100).map((__, n) => portal.addContact(...names.map((name) => `${name}${n}@example.com`)));
    const outcomes = await create(people(100));
    expect(outcomes).toEqual(ids.map((id) => ({ outcome: 'exists', id })));
    expect(transport.seen.length).toBeLessThanOrEqual(most);
  });

  it('lets those wait whom neither HubSpot nor its index names in a few answers, and creates nobody', async () => {
    const { create, transport, portal } = connected(PLAIN);
    portal.isIndexed = false;
    const ids = people(100).map((_, n) => portal.addContact(`first${n}@example.com`, `p${n}@example.com`));
    const outcomes = await create(people(100));
    for (const [n, outcome] of outcomes.entries()) {
      if (outcome.outcome === 'exists') expect(outcome.id).toBe(ids[n]);
      else expect(outcome).toMatchObject({ outcome: 'deferred', deferral: { retryAfterSeconds: 30 } });
    }
    expect(outcomes.filter(({ outcome }) => outcome === 'exists').length).toBeGreaterThan(5);
    expect(transport.seen.length).toBeLessThanOrEqual(40);
    expect(portal.contacts).toHaveLength(100);

    portal.isIndexed = true;
    await expect(create(people(100))).resolves.toEqual(ids.map((id) => ({ outcome: 'exists', id })));
  });

  it('sends what is known and nothing else, with a trace id of its own each', async () => {
    const { create, transport } = connected(PLAIN);
    await create([
      { email: 'A@B.example', phone: '+49176', firstName: 'A', lastName: 'B' },
      { firstName: '+49 176', email: '' },
    ]);
    const [call] = transport.seen;
    expect(call?.inputs.map(({ properties, associations }) => ({ properties, associations }))).toEqual([
      { properties: { email: 'a@b.example', phone: '+49176', firstname: 'A', lastname: 'B' }, associations: [] },
      { properties: { firstname: '+49 176' }, associations: [] },
    ]);
    expect(new Set(call?.inputs.map(({ objectWriteTraceId }) => objectWriteTraceId)).size).toBe(2);
  });

  it('takes a single 409 at its word', async () => {
    const { create, transport } = connected(PLAIN);
    transport.script = () => ({ status: 409, body: { message: 'Contact already exists. Existing ID: 512' } });
    await expect(create([{ email: 'a@b.example' }])).resolves.toEqual([{ outcome: 'exists', id: '512' }]);
    expect(transport.seen).toHaveLength(1);
  });

  it('ends, with everyone settled, when the id of a 409 belongs to none of them', async () => {
    const { create, transport, portal } = connected(PLAIN);
    const stranger = portal.addContact('stranger@example.com');
    transport.script = (call) =>
      call.path.endsWith('batch/create') && call.inputs.length > 1
        ? { status: 409, body: { message: `Contact already exists. Existing ID: ${stranger}` } }
        : portal.answer(call);
    const outcomes = await create(people(8));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 8 }, () => 'created'));
  });

  it('lets a lone draft wait whose conflict names nobody, until the index shows who has its address', async () => {
    const { create, transport, portal } = connected(PLAIN);
    const id = portal.addContact('first@example.com', 'a@b.example');
    portal.isIndexed = false;
    transport.script = (call) => (call.path.endsWith('batch/create') ? { status: 409 } : portal.answer(call));
    await expect(create([{ email: 'a@b.example' }])).resolves.toMatchObject([
      { outcome: 'deferred', deferral: { cause: 'unavailable', retryAfterSeconds: 30 } },
    ]);
    portal.isIndexed = true;
    await expect(create([{ email: 'a@b.example' }])).resolves.toEqual([{ outcome: 'exists', id }]);
  });

  it('refuses a draft without an address whose conflict names nobody', async () => {
    const { create, transport } = connected(PLAIN);
    transport.script = () => ({ status: 409 });
    await expect(create([{ phone: '+4917612345' }])).resolves.toMatchObject([{ outcome: 'refused' }]);
  });

  it('asks once about all conflicts of a 207 that name nobody', async () => {
    const { create, transport, portal } = connected(PLAIN);
    const ids = [0, 1, 2].map((n) => portal.addContact(`p${n}@example.com`));
    transport.script = (call) =>
      call.path.endsWith('batch/create')
        ? {
            status: 207,
            body: {
              results: [],
              numErrors: 3,
              errors: call.inputs.map(({ objectWriteTraceId }) => ({
                category: 'CONFLICT',
                context: { objectWriteTraceId: [objectWriteTraceId] },
              })),
            },
          }
        : portal.answer(call);
    await expect(create(people(3))).resolves.toEqual(ids.map((id) => ({ outcome: 'exists', id })));
    expect(transport.seen).toHaveLength(2);
  });

  it('refuses all at once what lacks a property that is never sent, and only whom it lacks otherwise', async () => {
    const { create, transport, portal } = connected(PLAIN);
    transport.script = () => missing('company');
    const all = await create(people(50));
    expect(all.every(({ outcome }) => outcome === 'refused')).toBe(true);
    expect(all[0]).toMatchObject({
      refusal: { reason: 'missing_required_property', detail: expect.stringContaining('company') },
    });
    expect(transport.seen).toHaveLength(1);

    transport.script = (call) =>
      call.inputs.some(({ properties }) => !('lastname' in (properties as object)))
        ? missing('lastname')
        : portal.answer(call);
    const some = await create([{ email: 'a@b.example', lastName: 'B' }, { email: 'c@d.example' }]);
    expect(some.map(({ outcome }) => outcome)).toEqual(['created', 'refused']);
  });

  it.each([
    ['unknown', 'a lost connection', lostConnection()],
    ['unknown', 'a 502', { status: 502, body: '<html>' }],
    ['unknown', 'an unreadable success', { status: 201, body: '{"results":[{"id"' }],
    ['unknown', 'a success without results', { status: 201, body: { status: 'PENDING' } }],
    [
      'unknown',
      'results of other inputs',
      { status: 201, body: { results: [{ id: '7', objectWriteTraceId: 'other' }, { id: '8' }] } },
    ],
    ['deferred', 'a 423', { status: 423 }],
    ['deferred', 'a 401', { status: 401 }],
    ['deferred', 'missing scopes', { status: 403, body: { category: 'MISSING_SCOPES' } }],
    ['deferred', 'a refused connection', { failure: Object.assign(new Error(), { code: 'ECONNREFUSED' }) }],
  ])('is %s after %s, and asks no more', async (expected, _, answer) => {
    const { create, transport } = connected(PLAIN);
    transport.script = () => answer;
    const outcomes = await create(people(3));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([expected, expected, expected]);
    expect(transport.seen).toHaveLength(1);
  });

  it('keeps what is certain when HubSpot fails in the middle of halving', async () => {
    const { create, transport, portal } = connected({ ...PLAIN, talkative: false });
    portal.refusedEmails.add('p3@example.com');
    let creates = 0;
    // 8 refused, 0–3 refused, 0–1 created, 2–3: the connection breaks.
    transport.script = (call) =>
      call.path.endsWith('batch/create') && ++creates === 4 ? lostConnection() : portal.answer(call);
    const outcomes = await create(people(8));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(
      'created created unknown unknown deferred deferred deferred deferred'.split(' '),
    );
  });

  it('defers when it cannot be known whom a conflict is about', async () => {
    const { create, transport } = connected(PLAIN);
    transport.script = (call) =>
      call.path.endsWith('batch/create') ? { status: 409, body: { message: 'Existing ID: 5' } } : { status: 503 };
    const outcomes = await create(people(2));
    expect(outcomes).toMatchObject([
      { outcome: 'deferred', deferral: { cause: 'unavailable' } },
      { outcome: 'deferred', deferral: { cause: 'unavailable' } },
    ]);
  });

  it('never sends again what a partial success may hold, when its results cannot be told apart', async () => {
    const error = { status: 'error', category: 'VALIDATION_ERROR', message: 'No', context: {} };
    const transport = new ScriptedTransport(() => ({
      status: 207,
      body: {
        results: [record('1', { firstname: 'A' }), record('2', { firstname: 'B' })],
        numErrors: 1,
        errors: [error],
      },
    }));
    const { directory, tenantId } = connectTenant({ transport });
    const outcomes = await directory.create(tenantId, [{ firstName: 'A' }, { firstName: 'B' }, { firstName: 'C' }]);
    expect(transport.seen).toHaveLength(1);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown', 'unknown']);
  });

  it.each([
    ['nothing at all', [], ['exists', 'unknown']],
    ['something that names nobody', [{ category: 'CONFLICT', message: 'Existing ID: 513' }], ['exists', 'exists']],
  ])('never takes for one draft what a 207 says of another, and of this one %s', async (_, more, expected) => {
    const { create, transport } = connected(PLAIN);
    transport.script = ({ inputs: [first] }) => ({
      status: 207,
      body: {
        results: [],
        numErrors: 2,
        errors: [
          {
            category: 'CONFLICT',
            message: 'Contact already exists. Existing ID: 512',
            context: { objectWriteTraceId: [first?.['objectWriteTraceId']] },
          },
          ...more,
        ],
      },
    });
    const outcomes = await create(people(2));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(expected);
    expect(outcomes[0]).toEqual({ outcome: 'exists', id: '512' });
    expect(outcomes[1]).not.toMatchObject({ id: '512' });
  });

  it('never gives one id to two drafts', async () => {
    const { create, transport } = connected(PLAIN);
    transport.script = ({ inputs }) => ({
      status: 201,
      body: { results: inputs.map(({ objectWriteTraceId }) => ({ id: '7', objectWriteTraceId })) },
    });
    const outcomes = await create(people(2));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown']);
  });
});
