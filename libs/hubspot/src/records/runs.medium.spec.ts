import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CrmObject, type RecordFind, type RecordWrite, SEARCH_LIMITS } from '@app/crm';
import { compileBinding, readBinding, type SchemaSnapshot, validateBinding } from '@app/skills';
import { type Known, type RandomRun, randomSearchRun, randomWriteRun } from '@app/skills/testing';
import { startSimulator, type TestSimulator } from '@app/testing';
import fc from 'fast-check';
import { connectTenant } from '../../testing/connected-tenant.js';
import { HubSpotTransport } from '../client/hubspot-transport.js';
import { searchBodyOf } from './search-body.js';

const THINGS = {
  name: 'things',
  labels: { singular: 'Thing', plural: 'Things' },
  primaryDisplayProperty: 'title',
  requiredProperties: ['title'],
  associatedObjects: ['contacts', 'tickets'],
  properties: [
    { name: 'title', label: 'Title', type: 'string', fieldType: 'text' },
    { name: 'serial', label: 'Serial', type: 'string', fieldType: 'text', hasUniqueValue: true },
    { name: 'weight', label: 'Weight', type: 'number', fieldType: 'number' },
    { name: 'sold', label: 'Sold', type: 'datetime', fieldType: 'date' },
    { name: 'kind', label: 'Kind', type: 'enumeration', fieldType: 'select', options: options('red', 'Green', '4') },
    { name: 'traits', label: 'Traits', type: 'enumeration', fieldType: 'checkbox', options: options('a', 'b c') },
  ],
};

function options(...values: string[]): object[] {
  return values.map((value, displayOrder) => ({ value, label: value, displayOrder, hidden: false }));
}

let simulator: TestSimulator;
let hubId: number;
let token: string;
let tenant: ReturnType<typeof connectTenant>;
let snapshot: SchemaSnapshot;
/** A record of each object. */
const known: Record<string, string> = {};

beforeAll(async () => {
  simulator = await startSimulator();
  const limits = { oauthPer10s: null, staticPer10s: null, searchPerSecond: null };
  ({ hubId, token } = await simulator.control.createPortal({ limits, seed: { contacts: 5 } }));
  const transport = new HubSpotTransport(simulator.url, 10_000);
  tenant = connectTenant({ transport, accessToken: token, portalId: String(hubId) });
  await raw('POST', '/crm-object-schemas/2026-09/schemas', THINGS);
  const reading = await tenant.schema.readSchema(tenant.tenantId);
  snapshot = { ...reading, portalId: String(hubId), version: 1, discoveredAt: new Date(0) };
  for (const { name } of snapshot.objects)
    [known[name] = ''] = await simulator.control.createRecords(hubId, name, [{ properties: seedOf(name) }]);
}, 60_000);

afterAll(async () => {
  await simulator.stop();
});

function seedOf(name: string): Record<string, string> {
  switch (name) {
    case 'contacts':
      return { lastname: 'Known' };
    case 'companies':
      return { name: 'Known' };
    case 'deals':
      return { dealname: 'Known', pipeline: 'default', dealstage: 'contractsent' };
    case 'tickets':
      return { subject: 'Known', hs_pipeline: '0', hs_pipeline_stage: '1' };
    default:
      return { title: 'Known' };
  }
}

async function raw(method: string, path: string, body: object): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(simulator.url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
}

/** Accepted: carried out as a run is, and taken by HubSpot. Refused: HubSpot refuses it, too. */
async function judge({ body, given, raw: asked }: RandomRun): Promise<'accepted' | 'refused' | 'too_long'> {
  const read = readBinding(body);
  const validation = read.read ? validateBinding(read.value, snapshot) : undefined;
  if (validation?.valid === true) {
    const plan = compileBinding(validation.binding).plan(given, {});
    if (plan.planned && plan.kind === 'find') expect([plan.find, await finds(plan.find)]).toEqual([plan.find, true]);
    else if (plan.planned && plan.kind === 'write')
      expect([plan.write, await writes(plan.write)]).toEqual([plan.write, expect.stringMatching(/^(written|exists)$/)]);
    else return refusedToo(plan, asked);
    return 'accepted';
  }
  const problems = read.read ? (validation?.valid === false ? validation.problems : []) : read.problems;
  // Held to the longest that its inputs allow, which is not what was sent.
  if (problems.every(({ reason, message }) => reason === 'limit_exceeded' && message.includes('characters')))
    return 'too_long';
  return refusedToo(problems, asked);
}

async function refusedToo(why: unknown, { method, path, body }: RandomRun['raw']): Promise<'refused'> {
  const { status } = await raw(method, `/crm/objects/2026-09/${path}`, body);
  expect(status === 400 ? 'refused' : `${status}, ${JSON.stringify({ why, body })}`).toBe('refused');
  return 'refused';
}

async function finds(find: RecordFind): Promise<boolean> {
  for (const step of find.steps) {
    if (step.by !== 'search') continue;
    const { groups, limit } = step.search;
    expect(groups.length).toBeLessThanOrEqual(SEARCH_LIMITS.groups);
    expect(Math.max(0, ...groups.map((group) => group.length))).toBeLessThanOrEqual(SEARCH_LIMITS.filtersPerGroup);
    expect(groups.flat().length).toBeLessThanOrEqual(SEARCH_LIMITS.filters);
    expect(limit).toBeLessThanOrEqual(200);
    expect(JSON.stringify(searchBodyOf(step.search)).length).toBeLessThanOrEqual(SEARCH_LIMITS.bodyCharacters);
  }
  return (await tenant.records.find(tenant.tenantId, find)).found;
}

async function writes(write: RecordWrite): Promise<string> {
  const { records } = tenant;
  if (write.action === 'findOrCreate' && !(await finds(write.find))) return 'its look-up is refused';
  const outcome =
    write.action === 'update'
      ? await records.update(tenant.tenantId, write)
      : await records.create(tenant.tenantId, write);
  return outcome.outcome === 'refused' ? `refused: ${outcome.refusal.detail}` : outcome.outcome;
}

/** Every object as often; fast-check prints the seed of what fails. */
async function judgeAll(
  makeRun: (g: fc.GeneratorValue, object: CrmObject, known: Known) => RandomRun,
  runs: number,
): Promise<Record<string, number>> {
  const judged: Record<string, number> = { accepted: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(fc.gen(), fc.constantFrom(...snapshot.objects.map(({ name }) => name)), async (g, name) => {
      const object = snapshot.objects.find((each) => each.name === name);
      if (object === undefined) throw new Error(name);
      const verdict = await judge(makeRun(g, object, known));
      judged[verdict] = (judged[verdict] ?? 0) + 1;
    }),
    // Smaller would not be clearer: a run is one binding.
    { numRuns: runs, endOnFailure: true },
  );
  return judged;
}

describe('runs at random against HubSpot, on standard objects and one of its own', () => {
  it('a look-up is accepted exactly when HubSpot takes it, and never exceeds its limits', async () => {
    const judged = await judgeAll((g, object) => randomSearchRun(g, object, snapshot.owners), 200);
    expect(judged['accepted']).toBeGreaterThan(40);
    expect(judged['refused']).toBeGreaterThan(20);
  }, 180_000);

  it('a write is accepted exactly when HubSpot takes it, with its ties and owner', async () => {
    const judged = await judgeAll((g, object) => randomWriteRun(g, object, { owners: snapshot.owners, known }), 200);
    expect(judged['accepted']).toBeGreaterThan(80);
    expect(judged['refused']).toBeGreaterThan(10);
  }, 180_000);
});
