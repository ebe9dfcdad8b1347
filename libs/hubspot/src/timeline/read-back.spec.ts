import { describe, expect, it } from '@jest/globals';
import { CrmDeferredError } from '@app/crm';
import { connectTenant } from '../../testing/connected-tenant.js';
import { type ScriptedAnswer, type ScriptedCall, ScriptedTransport } from '../../testing/scripted-transport.js';

const since = new Date('2026-11-21T10:00:00Z');

interface Timelines {
  /** Contact id → ids of its notes or calls. */
  notes?: Record<string, string[]>;
  calls?: Record<string, string[]>;
  merged?: Record<string, string>;
  createdAt?: Record<string, string>;
}

/** Association pages of three, so that paging happens; "none" in HubSpot's own way. */
function hubspotWith({ notes = {}, calls = {}, merged = {}, createdAt = {} }: Timelines) {
  return ({ path, inputs, method }: ScriptedCall): ScriptedAnswer => {
    const [, type] = /\/(notes|calls)\/batch\/read$/.exec(path) ?? [];
    if (path.includes('/associations/')) return associations(type === 'notes' ? notes : calls, inputs);
    if (type !== undefined) {
      const results = inputs.map(({ id }) => ({
        id,
        properties: { [type === 'notes' ? 'hs_note_body' : 'hs_call_body']: `body of ${String(id)}` },
        createdAt: createdAt[String(id)] ?? '2026-11-21T10:00:01.000Z',
        updatedAt: since,
      }));
      return { status: 200, body: { results } };
    }
    if (method === 'GET') {
      const survivor = merged[path.split('/').at(-1) ?? ''];
      return survivor === undefined
        ? { status: 404, body: {} }
        : { status: 200, body: { id: survivor, properties: {}, createdAt: since } };
    }
    return {
      status: 200,
      body: {
        results: inputs
          .filter(({ id }) => !(String(id) in merged))
          .map(({ id }) => ({ id, properties: {}, createdAt: since })),
      },
    };
  };
}

function associations(of: Record<string, string[]>, inputs: Record<string, unknown>[]): ScriptedAnswer {
  const results = inputs.flatMap(({ id, after }) => {
    const start = Number(after ?? 0);
    const all = of[String(id)] ?? [];
    if (all.length === 0) return [];
    const paging = start + 3 < all.length ? { paging: { next: { after: String(start + 3) } } } : {};
    return [
      {
        from: { id },
        to: all.slice(start, start + 3).map((to) => ({ toObjectId: Number(to), associationTypes: [] })),
        ...paging,
      },
    ];
  });
  const bare = inputs.filter(({ id }) => (of[String(id)] ?? []).length === 0);
  const errors = bare.map(({ id }) => ({
    status: 'error',
    category: 'OBJECT_NOT_FOUND',
    subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
    message: `No note is associated with contact ${String(id)}.`,
    context: { fromObjectId: [id] },
  }));
  return errors.length === 0
    ? { status: 200, body: { results } }
    : { status: 207, body: { results, numErrors: errors.length, errors } };
}

function connected(script: ConstructorParameters<typeof ScriptedTransport>[0]) {
  const transport = new ScriptedTransport(script);
  const { timeline, tenantId } = connectTenant({ transport });
  return { transport, readBack: (...contactIds: string[]) => timeline.readBack(tenantId, contactIds, since) };
}

describe('readBack', () => {
  it('reads notes and calls of all contacts, every page', async () => {
    const notes = { '1': ['11', '12', '13', '14', '15', '16', '17'], '2': ['21'] };
    const { readBack, transport } = connected(hubspotWith({ notes, calls: { '2': ['22'] } }));
    const entries = await readBack('1', '2', '1');
    expect(entries.map(({ contactId, type, id, body }) => `${contactId} ${type} ${id} ${body}`).toSorted()).toEqual([
      ...notes['1'].map((id) => `1 note ${id} body of ${id}`),
      '2 call 22 body of 22',
      '2 note 21 body of 21',
    ]);
    expect(transport.paths.filter((path) => path.endsWith('contacts/notes/batch/read'))).toHaveLength(3);
  });

  it('costs three calls for contacts with notes only', async () => {
    const { readBack, transport } = connected(hubspotWith({ notes: { '1': ['11'], '2': ['21'] } }));
    await readBack('1', '2');
    expect(transport.paths.toSorted()).toEqual([
      'POST /crm/associations/2026-09/contacts/calls/batch/read',
      'POST /crm/associations/2026-09/contacts/notes/batch/read',
      'POST /crm/objects/2026-09/notes/batch/read',
    ]);
  });

  it('leaves out what is certainly older, and keeps what a clock that runs apart may have misdated', async () => {
    const createdAt = { '11': '2026-11-21T09:54:00.000Z', '12': '2026-11-21T09:56:00.000Z', '13': 'unreadable' };
    const { readBack } = connected(hubspotWith({ notes: { '1': ['11', '12', '13'] }, createdAt }));
    const entries = await readBack('1');
    expect(entries.map(({ id }) => id)).toEqual(['12', '13']);
  });

  it('fetches no bodies of the hundreds of notes that are too old to matter', async () => {
    const ids = Array.from({ length: 252 }, (_, n) => String(1_000 + n));
    const createdAt = Object.fromEntries(ids.slice(2).map((id) => [id, '2026-10-01T00:00:00.000Z']));
    const { readBack, transport } = connected(hubspotWith({ notes: { '1': ids }, createdAt }));
    const entries = await readBack('1');
    expect(entries.map(({ id, body }) => `${id} ${body}`)).toEqual(['1000 body of 1000', '1001 body of 1001']);
    const reads = transport.seen.filter(({ path }) => path.endsWith('/objects/2026-09/notes/batch/read'));
    const withBodies = reads.filter(({ fields }) => JSON.stringify(fields['properties']).includes('hs_note_body'));
    expect(reads).toHaveLength(4);
    expect(withBodies.map(({ inputs }) => inputs.length)).toEqual([2]);
  });

  it('finds on the survivor what was written before the contact was merged', async () => {
    const { readBack } = connected(hubspotWith({ notes: { '9': ['91'], '2': ['21'] }, merged: { '1': '9' } }));
    const entries = await readBack('1', '2');
    expect(entries.map(({ contactId, id }) => [contactId, id]).toSorted()).toEqual([
      ['1', '91'],
      ['2', '21'],
    ]);
  });

  it('has nothing to say of a deleted contact', async () => {
    const { readBack } = connected(({ path }) =>
      path.includes('/contacts/1')
        ? { status: 404, body: {} }
        : { status: 207, body: { results: [], errors: [{ category: 'OBJECT_NOT_FOUND' }] } },
    );
    await expect(readBack('1')).resolves.toEqual([]);
  });

  it.each<[string, (call: ScriptedCall) => ScriptedAnswer | undefined]>([
    ['associations fail', ({ path }) => (path.includes('/associations/') ? { status: 502 } : undefined)],
    [
      'some associations fail',
      ({ path }) =>
        path.includes('/associations/')
          ? { status: 207, body: { results: [], errors: [{ category: 'INTERNAL_ERROR' }] } }
          : undefined,
    ],
    ['bodies fail', ({ path }) => (path.endsWith('objects/2026-09/notes/batch/read') ? { status: 503 } : undefined)],
    [
      'an association names no id',
      ({ path }) =>
        path.includes('/associations/')
          ? { status: 200, body: { results: [{ from: { id: '1' }, to: [{}] }] } }
          : undefined,
    ],
    [
      'an answer has no results',
      ({ path }) => (path.includes('/associations/') ? { status: 200, body: {} } : undefined),
    ],
    [
      'pages go in a circle',
      ({ path }) =>
        path.includes('/associations/')
          ? { status: 200, body: { results: [{ from: { id: '1' }, to: [], paging: { next: { after: '3' } } }] } }
          : undefined,
    ],
  ])('defers when %s: "not there" must be certain', async (_, fault) => {
    const hubspot = hubspotWith({ notes: { '1': ['11'] } });
    const { readBack } = connected((call) => fault(call) ?? hubspot(call));
    await expect(readBack('1')).rejects.toThrow(CrmDeferredError);
  });
});
