import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TimelineEntry } from '@app/crm';
import { startSimulator, type TestSimulator } from '@app/testing';
import { makeSimulatedCrm, type SimulatedCrm } from '../../testing/simulated-crm.js';

interface Owner {
  id: string;
  email: string;
}

let simulator: TestSimulator;
let crm: SimulatedCrm;
let contactId: string;

beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());

beforeEach(async () => {
  // Eight owners, the last of whom has left.
  crm = await makeSimulatedCrm(simulator, { seed: { contacts: 0 } });
  [contactId = ''] = await crm.addContacts([{ emails: ['ada@example.com'] }]);
});
afterEach(() => crm.close());

async function ownersOf(archived: boolean): Promise<Owner[]> {
  const response = await fetch(`${simulator.url}/crm/owners/2026-09?archived=${archived}`, {
    headers: { authorization: `Bearer ${crm.accessToken}` },
  });
  return ((await response.json()) as { results: Owner[] }).results;
}

function entry(reference: string, ownerEmail: string | undefined, type: TimelineEntry['type'] = 'note'): TimelineEntry {
  const call = type === 'call' ? { direction: 'inbound' as const, status: 'COMPLETED' } : undefined;
  return {
    type,
    reference,
    contactId,
    at: new Date('2026-11-20T17:30:00Z'),
    body: `<p>${reference}</p>`,
    ownerEmail,
    call,
  };
}

const write = (...entries: TimelineEntry[]) => crm.timeline.write(crm.tenantId, entries);

async function ownerOf(reference: string, type: 'notes' | 'calls' = 'notes'): Promise<unknown> {
  const body = type === 'notes' ? 'hs_note_body' : 'hs_call_body';
  const records = await crm.control.records(crm.hubId, type);
  return (
    records.find(({ properties }) => properties[body]?.includes(reference))?.properties['hubspot_owner_id'] ?? undefined
  );
}

const listings = async (): Promise<number> =>
  (await crm.statistics()).lastCalls.filter(({ path }) => path.startsWith('/crm/owners/')).length;

describe('the owner of an entry', () => {
  it('is the user with the agent’s email, in whatever case, of notes and of calls', async () => {
    const [first, second] = await ownersOf(false);
    const outcomes = await write(
      entry('TL-1-a', first?.email.toUpperCase()),
      entry('TL-2-b', second?.email, 'call'),
      entry('TL-3-c', 'nobody@example.com'),
      entry('TL-4-d', undefined),
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['written', 'written', 'written', 'written']);
    expect(await ownerOf('TL-1-a')).toBe(first?.id);
    expect(await ownerOf('TL-2-b', 'calls')).toBe(second?.id);
    expect([await ownerOf('TL-3-c'), await ownerOf('TL-4-d')]).toEqual([undefined, undefined]);
  });

  it('is nobody who has left', async () => {
    const [gone] = await ownersOf(true);
    expect(gone).toBeDefined();
    await write(entry('TL-1-a', gone?.email));
    expect(await ownerOf('TL-1-a')).toBeUndefined();
  });

  it('costs one call for many writes, and none while no agent has an email', async () => {
    await write(entry('TL-1-a', undefined));
    expect(await listings()).toBe(0);
    const [owner] = await ownersOf(false);
    const before = await listings();
    await Promise.all([write(entry('TL-2-b', owner?.email)), write(entry('TL-3-c', owner?.email))]);
    await write(entry('TL-4-d', 'nobody@example.com'));
    expect((await listings()) - before).toBe(1);
  });

  it('is left out when HubSpot doesn’t tell its owners, or lacks the scope; the connection has no trouble', async () => {
    const [owner] = await ownersOf(false);
    const missing = {
      status: 'error',
      category: 'MISSING_SCOPES',
      message: 'scope',
      errors: [{ context: { requiredGranularScopes: ['crm.objects.owners.read'] } }],
    };
    await crm.addFault({ path: '/crm/owners/*', actions: [{ kind: 'status', status: 403, body: missing }] });
    expect(await write(entry('TL-1-a', owner?.email))).toMatchObject([{ outcome: 'written' }]);
    expect(await ownerOf('TL-1-a')).toBeUndefined();
    expect(crm.tenant.connections.problems).toEqual([]);
  });

  it('is left out when HubSpot refuses it, and the entry is written once', async () => {
    const [owner] = await ownersOf(false);
    const refusal = {
      status: 'error',
      category: 'VALIDATION_ERROR',
      message: 'Property values were not valid',
      errors: [{ message: 'Owner 1 does not exist or is not valid', code: 'INVALID_OWNER_ID' }],
    };
    await crm.addFault({
      times: 1,
      path: '/crm/objects/*/batch/create',
      actions: [{ kind: 'status', status: 400, body: refusal }],
    });
    expect(await write(entry('TL-1-a', owner?.email))).toMatchObject([{ outcome: 'written' }]);
    expect(await ownerOf('TL-1-a')).toBeUndefined();
    expect(await crm.countEntries()).toBe(1);
  });
});
