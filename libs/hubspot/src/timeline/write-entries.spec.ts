import { describe, expect, it } from '@jest/globals';
import type { TimelineEntry } from '@app/crm';
import * as fc from 'fast-check';
import { connectTenant } from '../../testing/connected-tenant.js';
import { lostConnection, ScriptedTransport, type ScriptedAnswer } from '../../testing/scripted-transport.js';
import { type PortalRules, StrictPortal } from '../../testing/strict-portal.js';

const HUBSPOTS: [string, PortalRules][] = [
  ['a HubSpot that refuses whole batches and says why', { partial: false, echoesTrace: true, talkative: true }],
  ['a HubSpot that refuses whole batches and says little', { partial: false, echoesTrace: false, talkative: false }],
  ['a HubSpot that answers 207', { partial: true, echoesTrace: true, talkative: true }],
  ['a HubSpot that answers 207 without trace ids', { partial: true, echoesTrace: false, talkative: false }],
];
const PLAIN: PortalRules = { partial: false, echoesTrace: true, talkative: true };
const at = new Date('2026-11-21T10:00:00Z');

function connected(rules: PortalRules = PLAIN) {
  const portal = new StrictPortal(rules);
  const transport = new ScriptedTransport(portal.answer);
  const tenant = connectTenant({ transport });
  return {
    portal,
    transport,
    ...tenant,
    write: (entries: TimelineEntry[]) => tenant.timeline.write(tenant.tenantId, entries),
  };
}

function note(reference: string, contactId: string, text = 'hello'): TimelineEntry {
  return { type: 'note', reference, contactId, at, body: `<p>${text}</p><p>${reference}</p>` };
}

function call(reference: string, contactId: string, details: Partial<TimelineEntry['call']> = {}): TimelineEntry {
  return {
    ...note(reference, contactId),
    type: 'call',
    call: { direction: 'inbound', status: 'completed', ...details },
  };
}

describe.each(HUBSPOTS)('writing entries in %s', (_, rules) => {
  it('writes, or says that the contact is gone, each entry by itself and once', async () => {
    const entryOf = fc.record({
      type: fc.constantFrom('note', 'call'),
      contact: fc.constantFrom('alive', 'other', 'gone', 'lost'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(entryOf, { minLength: 1, maxLength: 120 }), async (wanted) => {
        const { portal, write } = connected(rules);
        const contacts = { alive: portal.addContact(), other: portal.addContact(), gone: '7', lost: '8' };
        const entries = wanted.map(({ type, contact }, n) =>
          (type === 'note' ? note : call)(`TL-${n}-x`, contacts[contact]),
        );
        const outcomes = await write(entries);
        for (const [n, { reference, contactId, type }] of entries.entries()) {
          const stored = portal.entries.filter(({ properties }) =>
            Object.values(properties).some((value) => value.includes(`${reference}<`)),
          );
          if (contactId === '7' || contactId === '8') {
            expect([outcomes[n], stored]).toEqual([{ outcome: 'contact_gone' }, []]);
          } else {
            expect(stored).toMatchObject([{ contactId, type: `${type}s` }]);
            expect(outcomes[n]).toEqual({ outcome: 'written', id: stored[0]?.id });
          }
        }
        expect(portal.entries).toHaveLength(outcomes.filter(({ outcome }) => outcome === 'written').length);
      }),
      { numRuns: 30 },
    );
  });
});

describe('writing entries', () => {
  it('sends a note with its contact, close time and reference in one call', async () => {
    const { portal, transport, write } = connected();
    const id = portal.addContact();
    await write([note('TL-1-a', id)]);
    expect(transport.paths).toEqual(['POST /crm/objects/2026-09/notes/batch/create']);
    expect(transport.seen[0]?.inputs).toEqual([
      {
        properties: { hs_timestamp: '2026-11-21T10:00:00.000Z', hs_note_body: '<p>hello</p><p>TL-1-a</p>' },
        associations: [{ to: { id }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 202 }] }],
        objectWriteTraceId: 'TL-1-a',
      },
    ]);
  });

  it('sends a call with everything HubSpot has a place for', async () => {
    const { portal, transport, write } = connected();
    const id = portal.addContact();
    const details = {
      title: 'Call with Ada',
      direction: 'outbound' as const,
      durationMs: 61_000.4,
      fromNumber: '+491',
      toNumber: '+492',
      status: 'NO_ANSWER',
      recordingUrl: 'https://files.example/a.mp3',
    };
    await write([
      call('TL-1-a', id, details),
      call('TL-1-b', id, { status: 'ENDED_SOMEHOW', recordingUrl: 'http://files.example/a.mp3' }),
    ]);
    expect(transport.paths).toEqual(['POST /crm/objects/2026-09/calls/batch/create']);
    const [full, bare] = transport.seen[0]?.inputs ?? [];
    expect(full).toMatchObject({
      properties: {
        hs_call_title: 'Call with Ada',
        hs_call_direction: 'OUTBOUND',
        hs_call_duration: '61000',
        hs_call_from_number: '+491',
        hs_call_to_number: '+492',
        hs_call_status: 'NO_ANSWER',
        hs_call_recording_url: 'https://files.example/a.mp3',
        hs_call_source: 'INTEGRATIONS_PLATFORM',
        hs_call_body: '<p>hello</p><p>TL-1-a</p>',
      },
      associations: [{ types: [{ associationTypeId: 194 }] }],
    });
    expect(Object.keys(bare?.['properties'] as object).toSorted()).toEqual([
      'hs_call_body',
      'hs_call_direction',
      'hs_timestamp',
    ]);
  });

  it('never sends what can be no record id, and writes the others', async () => {
    const { portal, transport, write } = connected();
    const id = portal.addContact();
    const outcomes = await write([note('TL-1-a', '../contacts'), note('TL-1-b', id), note('TL-1-c', '12abc')]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['contact_gone', 'written', 'contact_gone']);
    expect(transport.seen).toHaveLength(1);
  });

  it('takes one call per hundred of a type', async () => {
    const { portal, transport, write } = connected();
    const id = portal.addContact();
    const entries = Array.from({ length: 150 }, (_, n) =>
      n % 3 === 0 ? call(`TL-${n}-x`, id) : note(`TL-${n}-x`, id),
    );
    const outcomes = await write(entries);
    expect(outcomes.every(({ outcome }) => outcome === 'written')).toBe(true);
    expect(transport.seen).toHaveLength(2);
  });

  it('keeps every request under 4 MB', async () => {
    const { portal, transport, write } = connected();
    const id = portal.addContact();
    // Quotes double in JSON, so 100 such parts are 13 MB.
    const outcomes = await write(Array.from({ length: 100 }, (_, n) => note(`TL-${n}-x`, id, '"'.repeat(65_000))));
    expect(outcomes.every(({ outcome }) => outcome === 'written')).toBe(true);
    const sizes = transport.seen.map(({ body }) => Buffer.byteLength(JSON.stringify(body)));
    expect(Math.max(...sizes)).toBeLessThan(4_000_000);
    expect(sizes).toHaveLength(4);
  });

  it('finds by the reference in the echoed body what carries no trace id, and reads what is not echoed', async () => {
    const { portal, transport, write } = connected({ ...PLAIN, echoesTrace: false });
    const id = portal.addContact();
    transport.script = (request) => {
      const answer = portal.answer(request);
      if (!request.path.endsWith('batch/create') || 'failure' in answer) return answer;
      const { results } = answer.body as { results: Record<string, unknown>[] };
      const silent = results.toReversed().map((result, n) => (n === 0 ? { ...result, properties: {} } : result));
      return { status: 201, body: { status: 'COMPLETE', results: silent } };
    };
    const outcomes = await write([note('TL-1-a', id), note('TL-1-b', id), note('TL-1-c', id)]);
    expect(outcomes).toEqual(portal.entries.map((entry) => ({ outcome: 'written', id: entry.id })));
    expect(transport.paths).toEqual([
      'POST /crm/objects/2026-09/notes/batch/create',
      'POST /crm/objects/2026-09/notes/batch/read',
    ]);
  });

  it.each<[string, string, object]>([
    [
      'missing_required_property',
      'company',
      { errors: [{ code: 'MISSING_REQUIRED_PROPERTY', message: 'A value for company must be provided' }] },
    ],
    ['invalid_property_value', 'too long', { errors: [{ code: 'INVALID_STRING_LENGTH', message: 'too long' }] }],
    ['missing_permission', 'Edit Associations', { message: "Missing 'Edit Associations' permission." }],
    [
      'refused',
      'expected: 0-1',
      { message: 'invalid from object type 0-47 for associations to be created. expected: 0-1' },
    ],
  ])('refuses as %s, in words for an admin', async (reason, quoted, body) => {
    const { transport, write } = connected();
    transport.script = () => ({ status: 400, body: { category: 'VALIDATION_ERROR', ...body } });
    await expect(write([note('TL-1-a', '5')])).resolves.toEqual([
      { outcome: 'refused', refusal: { reason, detail: expect.stringContaining(quoted), rule: expect.anything() } },
    ]);
  });

  it('finds the one that is refused among a hundred in some fifteen calls, the others written', async () => {
    const { portal, transport, write } = connected();
    const id = portal.addContact();
    transport.script = (request) =>
      request.inputs.some(({ objectWriteTraceId }) => objectWriteTraceId === 'TL-70-x')
        ? { status: 400, body: { category: 'VALIDATION_ERROR', message: 'no' } }
        : portal.answer(request);
    const outcomes = await write(Array.from({ length: 100 }, (_, n) => note(`TL-${n}-x`, id)));
    expect(outcomes.map(({ outcome }, n) => (outcome === 'written' ? '' : `${n} ${outcome}`)).join('')).toBe(
      '70 refused',
    );
    expect(portal.entries).toHaveLength(99);
    expect(transport.seen.length).toBeLessThanOrEqual(15);
  });

  it.each(HUBSPOTS)('takes few calls when all contacts of a hundred are gone: %s', async (_, rules) => {
    const { portal, transport, write } = connected(rules);
    const outcomes = await write(Array.from({ length: 100 }, (__, n) => note(`TL-${n}-x`, String(n + 1))));
    expect(outcomes).toEqual(outcomes.map(() => ({ outcome: 'contact_gone' })));
    expect(portal.entries).toEqual([]);
    expect(transport.seen.length).toBeLessThanOrEqual(3);
  });

  it('goes by what HubSpot says when it cannot be asked which contacts are gone', async () => {
    const { portal, transport, write } = connected({ partial: false, echoesTrace: true, talkative: false });
    const id = portal.addContact();
    transport.script = (request) =>
      request.path.endsWith('contacts/batch/read') ? { status: 503 } : portal.answer(request);
    const outcomes = await write([note('TL-1-x', id), note('TL-2-x', '7'), note('TL-3-x', id)]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['written', 'contact_gone', 'written']);
  });

  it('refuses all at once, in one call, when a rule of the portal stands against all', async () => {
    const { transport, write } = connected();
    transport.script = () => ({
      status: 400,
      body: { errors: [{ code: 'MISSING_REQUIRED_PROPERTY', message: 'A value for hs_x must be provided' }] },
    });
    const outcomes = await write(Array.from({ length: 60 }, (_, n) => note(`TL-${n}-x`, '5')));
    expect(outcomes.every(({ outcome }) => outcome === 'refused')).toBe(true);
    expect(transport.seen).toHaveLength(1);
  });

  it.each<[string, string, ScriptedAnswer]>([
    ['unknown', 'a lost connection', lostConnection()],
    ['unknown', 'a 500', { status: 500 }],
    ['unknown', 'an HTML 502', { status: 502, body: '<html>Bad Gateway</html>' }],
    ['unknown', 'a cut-off success', { status: 201, body: '{"status":"COMPLETE","results":[{"id":"1"' }],
    ['unknown', 'results that cannot be told apart', { status: 201, body: { results: [{ id: '1' }, { id: '2' }] } }],
    ['unknown', 'ids that are none', { status: 201, body: { results: [{ id: 'n/a' }, { id: null }] } }],
    [
      'unknown',
      'an error inside HubSpot in a 207',
      { status: 207, body: { results: [], numErrors: 2, errors: [{ category: 'INTERNAL_ERROR' }, {}] } },
    ],
    ['deferred', 'a migration', { status: 477, headers: { 'retry-after': '60' } }],
    ['deferred', 'HTML with status 403', { status: 403, body: '<html>Attention Required</html>' }],
  ])('is %s after %s', async (expected, _, answer) => {
    const { transport, write } = connected();
    transport.script = ({ path }) => (path.endsWith('batch/read') ? { status: 503 } : answer);
    const outcomes = await write([note('TL-1-a', '5'), note('TL-1-b', '5')]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([expected, expected]);
    expect(transport.paths.filter((path) => path.endsWith('batch/create'))).toHaveLength(1);
  });

  it('settles each item of a 207 as its own error says', async () => {
    const { transport, write } = connected();
    transport.script = () => ({
      status: 207,
      body: {
        results: [{ id: '9', objectWriteTraceId: 'TL-1-a' }],
        numErrors: 4,
        errors: [
          { category: 'RATE_LIMITS', context: { objectWriteTraceId: ['TL-1-b'] } },
          { category: 'INTERNAL_ERROR', context: { objectWriteTraceId: ['TL-1-c'] } },
          { category: 'VALIDATION_ERROR', message: 'no', context: { objectWriteTraceId: ['TL-1-d'] } },
          { category: 'OBJECT_NOT_FOUND', context: { objectWriteTraceId: ['TL-1-e'] } },
        ],
      },
    });
    const outcomes = await write(['a', 'b', 'c', 'd', 'e'].map((part) => note(`TL-1-${part}`, '5')));
    expect(outcomes).toMatchObject([
      { outcome: 'written', id: '9' },
      { outcome: 'deferred', deferral: { cause: 'throttled' } },
      { outcome: 'unknown' },
      { outcome: 'refused', refusal: { reason: 'refused' } },
      { outcome: 'contact_gone' },
    ]);
    expect(transport.seen).toHaveLength(1);
  });
});

describe('entryUrls', () => {
  it('leads to the entry on the contact’s page, on the portal’s own host', async () => {
    const { timeline, tenantId, connections } = connected();
    connections.connection = { ...connections.connection, portalId: '4711', uiDomain: 'app-eu1.hubspot.com' };
    const url = await timeline.entryUrls(tenantId);
    expect(url('512', { type: 'note', id: '9' })).toBe(
      'https://app-eu1.hubspot.com/contacts/4711/record/0-1/512?engagement=9',
    );
  });

  it('leads into the portal an entry was written to, whichever is connected now', async () => {
    const { timeline, tenantId, connections } = connected();
    connections.connection = { ...connections.connection, portalId: '4711', uiDomain: 'app.hubspot.com' };
    connections.formerPortals = [['815', 'app-eu1.hubspot.com']];
    const entry = { type: 'note', id: '9', portalId: '815' };
    const former = 'https://app-eu1.hubspot.com/contacts/815/record/0-1/512?engagement=9';
    expect((await timeline.entryUrls(tenantId))('512', entry)).toBe(former);
    connections.connection = { status: 'disconnected' };
    expect((await timeline.entryUrls(tenantId))('512', entry)).toBe(former);
  });

  it('falls back to the configured host, and to nothing without a portal', async () => {
    const transport = new ScriptedTransport(() => ({ status: 500 }));
    const local = connectTenant({ transport, appUrl: 'http://localhost:4010' });
    expect((await local.timeline.entryUrls(local.tenantId))('5', { type: 'call', id: '6' })).toBe(
      'http://localhost:4010/contacts/4711/record/0-1/5?engagement=6',
    );
    const none = connectTenant({ transport, connection: { status: 'disconnected', portalId: undefined } });
    expect((await none.timeline.entryUrls(none.tenantId))('5', { type: 'call', id: '6' })).toBeUndefined();
  });
});
