import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitFor } from '@app/testing';
import { type House, openHouse } from './house.js';

const HS = '/integrations/hubspot';
const LAG_MS = 10_000;

let house: House;
let skill: string;

interface Run {
  outcome: string;
  records?: { id: string }[];
  confirmation?: { token: string };
}

beforeAll(async () => {
  house = await openHouse({ portal: { searchLagMs: LAG_MS } });
  const agent = await house.tenant.post<{ id: string }>('/agents', { name: 'Reception', kind: 'voice' });
  const bindings = `/agents/${agent.body.data.id}${HS}/bindings`;
  await house.tenant.post(`${HS}/discover`);
  const made = await house.tenant.post<{ id: string }>(bindings, {
    toolName: 'note_person',
    description: 'Notes who calls',
    operation: 'restWrite',
    restWrite: {
      action: 'findOrCreate',
      object: 'contacts',
      key: { field: 'phone', value: { input: 'number' } },
      set: [],
    },
    inputs: [{ name: 'number', description: 'Their number', type: 'phone' }],
    enabled: false,
  });
  if (made.status !== 201) throw new Error(`the skill was not made: ${made.status}`);
  const reviewed = { 'if-match': made.headers.get('etag') ?? '' };
  const enabled = await house.tenant.patch(`${bindings}/${made.body.data.id}`, { enabled: true }, reviewed);
  if (enabled.status !== 200) throw new Error(`the skill was not enabled: ${enabled.status}`);
  skill = `/agents/${agent.body.data.id}/skills/note_person/execute`;
}, 90_000);

afterAll(() => house.stop());

/** Asked, agreed, and asked again for as long as it says to. */
async function note(number: string): Promise<Run> {
  const asked = await house.tenant.post<Run>(skill, { arguments: { number } });
  const confirmation = asked.body.data.confirmation?.token;
  return waitFor(
    async () => {
      const answer = await house.tenant.post<Run>(skill, { arguments: { number }, confirmation });
      return answer.status === 200 ? answer.body.data : undefined;
    },
    { what: 'the skill to be done', timeoutMs: 60_000, intervalMs: 200 },
  );
}

async function closeOne(phone: string): Promise<string> {
  const customer = { phone };
  const messages = [{ author: 'customer', text: 'Hello' }];
  const closed = await house.tenant.post<{ delivery: { id: string } }>('/conversations', {
    channel: 'chat',
    customer,
    messages,
    closedAt: new Date().toISOString(),
  });
  expect(closed.status).toBe(202);
  return closed.body.data.delivery.id;
}

/** The number's contacts as they are, whatever search shows. */
async function holdersOf(number: string): Promise<string[]> {
  const contacts = await house.simulator.control.records(house.hubId, 'contacts');
  return contacts.filter(({ properties }) => properties['phone'] === number).map(({ id }) => id);
}

async function contactOf(deliveryId: string): Promise<string | undefined> {
  await house.settled();
  return (await house.tenant.deliveries()).find(({ id }) => id === deliveryId)?.contactId;
}

/** HubSpot takes its time over what makes contacts, so that both are at it at once. */
async function slowCreates(path: string): Promise<void> {
  const { hubId } = house;
  await house.simulator.control.addFault({
    hubId,
    method: 'POST',
    path,
    times: 1,
    actions: [{ kind: 'delay', ms: 1_500, when: 'after' }],
  });
}

const called = (method: string, ending: string): Promise<boolean> =>
  waitFor(
    async () =>
      (await house.simulator.control.stats(house.hubId)).lastCalls.some(
        (call) => call.method === method && call.path.endsWith(ending),
      ) || undefined,
    { what: `${method} ${ending}` },
  );

describe('a skill and a delivery that need the same contact, known by number alone, while search lags', () => {
  it('make one when the skill was first', async () => {
    const number = '+4915112345671';
    const made = await note(number);
    const delivery = await closeOne(number);
    expect(made).toMatchObject({ outcome: 'created' });
    expect([await contactOf(delivery), await holdersOf(number)]).toEqual([
      made.records?.[0]?.id,
      [made.records?.[0]?.id],
    ]);
  });

  it('make one when the delivery was first', async () => {
    const number = '+4915112345672';
    const contactId = await contactOf(await closeOne(number));
    const found = await note(number);
    expect([found.outcome, found.records?.[0]?.id]).toEqual(['already_there', contactId]);
    expect(await holdersOf(number)).toEqual([contactId]);
  });

  it('make one when the delivery comes while the skill is at it', async () => {
    const number = '+4915112345673';
    await house.simulator.control.resetStats(house.hubId);
    await slowCreates('/crm/objects/*/contacts');
    const noting = note(number);
    await called('POST', '/contacts/search');
    const delivery = await closeOne(number);
    const made = await noting;
    expect([await contactOf(delivery), await holdersOf(number)]).toEqual([
      made.records?.[0]?.id,
      [made.records?.[0]?.id],
    ]);
  });

  it('make one when the skill comes while the delivery is at it', async () => {
    const number = '+4915112345674';
    await slowCreates('*/contacts/batch/create');
    const delivery = await closeOne(number);
    await waitFor(async () => (await holdersOf(number)).length > 0 || undefined, { what: 'the contact to be made' });
    const found = await note(number);
    const contactId = await contactOf(delivery);
    expect([found.outcome, found.records?.[0]?.id]).toEqual(['already_there', contactId]);
    expect(await holdersOf(number)).toEqual([contactId]);
  });

  it('make one each of many, whoever comes first', async () => {
    const numbers = Array.from({ length: 12 }, (_, index) => `+49151123457${String(index).padStart(2, '0')}`);
    const [runs, deliveries] = await Promise.all([Promise.all(numbers.map(note)), Promise.all(numbers.map(closeOne))]);
    for (const [index, number] of numbers.entries()) {
      const contactId = await contactOf(deliveries[index] ?? '');
      expect(runs[index]?.records?.[0]?.id).toBe(contactId);
      expect(await holdersOf(number)).toEqual([contactId]);
    }
  });
});
