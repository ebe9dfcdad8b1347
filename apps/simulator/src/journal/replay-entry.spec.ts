import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { injectedSimulator } from '../control/injected-simulator.js';
import { SimulatorState } from '../serve/simulator-state.js';
import type { JournalEntry } from './journal-entries.js';
import { replayEntry } from './replay-entry.js';
import { snapshotEntries } from './snapshot-entries.js';

/** Everything as text, in an order that doesn't depend on how the state came about. */
const stateOf = (state: SimulatorState): string[] =>
  Array.from(snapshotEntries(state), (entry) => JSON.stringify(entry)).toSorted();

const replayed = (entries: Iterable<JournalEntry>): SimulatorState => {
  const state = new SimulatorState();
  // Entries arrive from disk: whatever JSON doesn't carry must not be missed.
  for (const entry of entries) replayEntry(state, written(entry));
  return state;
};

type Step = readonly [kind: number, a: number, b: number];
const steps = fc.array(fc.tuple(fc.nat(8), fc.nat(9), fc.nat(9)), { minLength: 1, maxLength: 40 });

/** As the journal keeps it: what happens to a record later doesn't change what was written down of it. */
const written = (entry: JournalEntry): JournalEntry => JSON.parse(JSON.stringify(entry)) as JournalEntry;

/** Runs random writes over the API and control API, and gives every entry they caused. */
async function recordEntries(plan: readonly Step[], mergeMode: 'same' | 'new') {
  const entries: JournalEntry[] = [];
  const simulator = injectedSimulator({ flags: { mergeMode } });
  entries.push(...Array.from(snapshotEntries(simulator.state), written));
  simulator.state.keepIn({
    append: (entry) => entries.push(written(entry)),
    commit: () => undefined,
    close: () => undefined,
  });
  const made: string[] = [];
  const marks: number[] = [];
  for (const [kind, a, b] of plan) {
    const idA = made[a % Math.max(1, made.length)] ?? '1';
    const idB = made[b % Math.max(1, made.length)] ?? '1';
    const contacts = '/crm/v3/objects/contacts';
    if (kind <= 2) {
      const answer = await simulator.call('POST', contacts, {
        properties: { email: `u${a}${b}@x.com`, phone: `+1513227${a}${b}72` },
      });
      if (answer.status === 201) made.push((answer.body as { id: string }).id);
    } else if (kind === 3) {
      await simulator.call('PATCH', `${contacts}/${idA}`, { properties: { firstname: `n${b}`, email: `c${b}@x.com` } });
    } else if (kind === 4) {
      await simulator.call('POST', '/crm/v3/objects/notes', {
        properties: { hs_timestamp: '1700000000000', hs_note_body: `b${b}` },
        associations: [
          { to: { id: idA }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 202 }] },
        ],
      });
    } else if (kind === 5) {
      await simulator.call('POST', `${contacts}/merge`, { primaryObjectId: idA, objectIdToMerge: idB });
    } else if (kind === 6) {
      await simulator.call('DELETE', `${contacts}/${idA}`);
    } else if (kind === 7) {
      await simulator.call('PUT', `/crm/v4/objects/contacts/${idA}/associations/default/contacts/${idB}`);
    } else {
      await simulator.call('POST', `${contacts}/gdpr-delete`, { objectId: idA });
    }
    marks.push(entries.length);
  }
  return { simulator, entries, marks };
}

/** The record that a merge makes has a past of its own from its first entry on. */
const CHANGED_AFTER_A_MERGE: Step[] = [
  [0, 0, 0],
  [3, 0, 1],
  [0, 0, 0],
  [5, 0, 7],
  [3, 0, 0],
];

describe('replaying entries', () => {
  it('gives the state that wrote them', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.constantFrom('same' as const, 'new' as const), async (plan, mode) => {
        const { simulator, entries } = await recordEntries(plan, mode);
        expect(stateOf(replayed(entries))).toEqual(stateOf(simulator.state));
      }),
      { numRuns: 40 },
    );
  });

  it('gives the same state again on top of a snapshot that has some of them already', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.nat(40), fc.constantFrom('same' as const, 'new' as const), async (plan, cut, mode) => {
        const { simulator, entries, marks } = await recordEntries(plan, mode);
        const from = marks[cut % marks.length] ?? 0;
        const twice = [...entries, ...entries.slice(from)];
        expect(stateOf(replayed(twice))).toEqual(stateOf(simulator.state));
      }),
      { numRuns: 40, examples: [[CHANGED_AFTER_A_MERGE, 0, 'new']] },
    );
  });

  it('keeps tokens, apps, schemas and settings', async () => {
    const simulator = injectedSimulator({ searchLagMs: 250, timeZone: 'Europe/Paris' });
    const control = (url: string, payload: object) =>
      simulator.app.inject({
        method: 'POST',
        url: `/_control${url}`,
        payload: JSON.stringify(payload),
        headers: { 'content-type': 'application/json' },
      });
    const app = { clientId: 'c', clientSecret: 's', redirectUrls: ['https://x.example/cb'], requiredScopes: ['oauth'] };
    await control('/apps', app);
    const granted = await control(`/portals/${simulator.hubId}/grant`, { clientId: 'c' });
    const tokens = await simulator.app.inject({
      method: 'POST',
      url: '/oauth/2026-09/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: 'c',
        client_secret: 's',
        redirect_uri: 'https://x.example/cb',
        code: granted.json<{ code: string }>().code,
      }).toString(),
    });
    expect(tokens.statusCode).toBe(200);
    const schema = await simulator.call('POST', '/crm/v3/schemas', {
      name: 'car',
      labels: { singular: 'Car', plural: 'Cars' },
      primaryDisplayProperty: 'plate',
      requiredProperties: ['plate'],
      searchableProperties: ['plate'],
      associatedObjects: ['CONTACT'],
      properties: [{ name: 'plate', label: 'Plate', type: 'string', fieldType: 'text', hasUniqueValue: true }],
    });
    expect(schema.status).toBe(201);
    const { objectTypeId } = schema.body as { objectTypeId: string };
    const car = await simulator.call('POST', `/crm/v3/objects/${objectTypeId}`, { properties: { plate: 'AB 123' } });
    expect(car.status).toBe(201);

    const copy = replayed(snapshotEntries(simulator.state));
    expect(stateOf(copy)).toEqual(stateOf(simulator.state));
    expect(copy.oauth.staticToken(simulator.token)?.hubId).toBe(simulator.hubId);
    expect(copy.oauth.refreshToken(tokens.json<{ refresh_token: string }>().refresh_token)?.hubId).toBe(
      simulator.hubId,
    );
    const portal = copy.portals.find(simulator.hubId);
    expect(portal?.settings).toMatchObject({ searchLagMs: 250, timeZone: 'Europe/Paris' });
    expect(portal?.store(objectTypeId).findByUnique('plate', 'ab 123')?.id).toBe((car.body as { id: string }).id);
    expect(Number(portal?.nextRecordId)).toBeGreaterThan(Number((car.body as { id: string }).id));
  });
});
