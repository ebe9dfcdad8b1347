import { describe, expect, it } from '@jest/globals';
import { injectedSimulator, type InjectedSimulator } from '../control/injected-simulator.js';

interface Batch {
  status: string;
  results: { id: string; new?: boolean; objectWriteTraceId?: string; properties: Record<string, string> }[];
  numErrors?: number;
  errors?: { category: string; message: string; context: Record<string, string[]> }[];
}

const contacts = '/crm/v3/objects/contacts';
const dated = '/crm/objects/2026-09/contacts';
const liveContacts = (simulator: InjectedSimulator): number =>
  simulator.state.portals.find(simulator.hubId)?.store('contacts').liveCount ?? -1;

describe('batch/create', () => {
  it('fails whole with 409 for one duplicate and commits nothing', async () => {
    const simulator = injectedSimulator();
    const first = await simulator.call('POST', contacts, { properties: { email: 'a@x.com' } });
    const { id } = first.body as { id: string };
    const answer = await simulator.call('POST', `${contacts}/batch/create`, {
      inputs: [{ properties: { email: 'b@x.com' } }, { properties: { email: 'A@x.com' } }],
    });
    expect(answer).toMatchObject({ status: 409, body: { message: `Contact already exists. Existing ID: ${id}` } });
    expect(liveContacts(simulator)).toBe(1);
  });

  it('fails whole when two inputs want the same email', async () => {
    const simulator = injectedSimulator();
    const answer = await simulator.call('POST', `${contacts}/batch/create`, {
      inputs: [{ properties: { email: 'b@x.com' } }, { properties: { email: 'B@x.com' } }],
    });
    expect(answer.status).toBe(409);
    expect(liveContacts(simulator)).toBe(0);
  });

  it('answers 207 per input when every one carries its own objectWriteTraceId', async () => {
    const simulator = injectedSimulator();
    const first = await simulator.call('POST', contacts, { properties: { email: 'a@x.com' } });
    const { id } = first.body as { id: string };
    const inputs = [
      { properties: { email: 'b@x.com' }, objectWriteTraceId: 't1' },
      { properties: { email: 'a@x.com' }, objectWriteTraceId: 't2' },
      { properties: { email: 'not an address' }, objectWriteTraceId: 't3' },
      { properties: { email: 'c@x.com' }, objectWriteTraceId: 't4' },
    ];
    const answer = await simulator.call('POST', `${contacts}/batch/create`, { inputs });
    expect(answer.status).toBe(207);
    const body = answer.body as Batch;
    expect(body.results.map((result) => [result.objectWriteTraceId, result.properties['email']])).toEqual([
      ['t1', 'b@x.com'],
      ['t4', 'c@x.com'],
    ]);
    expect(body.numErrors).toBe(2);
    expect(body.errors).toMatchObject([
      {
        category: 'CONFLICT',
        message: `Contact already exists. Existing ID: ${id}`,
        context: { objectWriteTraceId: ['t2'] },
      },
      { category: 'VALIDATION_ERROR', context: { objectWriteTraceId: ['t3'] } },
    ]);
    expect(liveContacts(simulator)).toBe(3);
  });

  it('treats trace ids that are missing or not unique as none', async () => {
    const simulator = injectedSimulator();
    await simulator.call('POST', contacts, { properties: { email: 'a@x.com' } });
    for (const traces of [
      ['t', 't'],
      ['t', undefined],
    ]) {
      const answer = await simulator.call('POST', `${contacts}/batch/create`, {
        inputs: ['b@x.com', 'a@x.com'].map((email, index) => ({
          properties: { email },
          objectWriteTraceId: traces[index],
        })),
      });
      expect(answer.status).toBe(409);
    }
    expect(liveContacts(simulator)).toBe(1);
  });

  it('takes 100 inputs and refuses 101', async () => {
    const simulator = injectedSimulator();
    const inputs = Array.from({ length: 101 }, (_, index) => ({ properties: { email: `u${index}@x.com` } }));
    expect((await simulator.call('POST', `${contacts}/batch/create`, { inputs })).status).toBe(400);
    expect((await simulator.call('POST', `${contacts}/batch/create`, { inputs: inputs.slice(1) })).status).toBe(201);
  });
});

describe('batch/read and batch/update', () => {
  it('report missing ids in a 207 beside what was found', async () => {
    const simulator = injectedSimulator();
    const made = await simulator.call('POST', contacts, { properties: { email: 'a@x.com' } });
    const { id } = made.body as { id: string };
    const expected = {
      results: [{ id }],
      numErrors: 1,
      errors: [
        {
          status: 'error',
          category: 'OBJECT_NOT_FOUND',
          message: 'Could not get some CONTACT objects, they may be deleted or not exist. Check that ids are valid.',
          context: { ids: ['9'] },
        },
      ],
    };
    const read = await simulator.call('POST', `${contacts}/batch/read`, {
      inputs: [{ id: '9' }, { id }],
      properties: [],
    });
    expect(read).toMatchObject({ status: 207, body: expected });
    const update = await simulator.call('POST', `${contacts}/batch/update`, {
      inputs: [
        { id: '9', properties: { city: 'Lyon' } },
        { id, properties: { city: 'Lyon' } },
      ],
    });
    expect(update).toMatchObject({ status: 207, body: expected });
  });

  it('keep the success status on dated paths where the portal says so', async () => {
    const simulator = injectedSimulator({ flags: { batch207OnDated: false } });
    const body = { inputs: [{ id: '9' }], properties: [] };
    expect((await simulator.call('POST', `${dated}/batch/read`, body)).status).toBe(200);
    expect((await simulator.call('POST', `${contacts}/batch/read`, body)).status).toBe(207);
  });

  it('read by email, and refuse to update by it', async () => {
    const simulator = injectedSimulator();
    await simulator.call('POST', contacts, { properties: { email: 'a@x.com' } });
    const read = await simulator.call('POST', `${contacts}/batch/read`, {
      idProperty: 'email',
      inputs: [{ id: 'A@x.com' }],
      properties: ['email'],
    });
    expect(read).toMatchObject({ status: 200, body: { results: [{ properties: { email: 'a@x.com' } }] } });
    const update = await simulator.call('POST', `${contacts}/batch/update`, {
      inputs: [{ id: 'a@x.com', idProperty: 'email', properties: { city: 'Lyon' } }],
    });
    expect(update.status).toBe(400);
    expect(update.body).toMatchObject({
      message: expect.stringContaining('Unable to perform update/upsert by non-unique 0-1 property'),
    });
  });

  it('change nothing when one input of an update is invalid', async () => {
    const simulator = injectedSimulator();
    const made = await simulator.call('POST', contacts, { properties: { email: 'a@x.com', city: 'Paris' } });
    const { id } = made.body as { id: string };
    const other = await simulator.call('POST', contacts, { properties: { email: 'b@x.com' } });
    const answer = await simulator.call('POST', `${contacts}/batch/update`, {
      inputs: [
        { id, properties: { city: 'Lyon' } },
        { id: (other.body as { id: string }).id, properties: { nonsense: 'x' } },
      ],
    });
    expect(answer.status).toBe(400);
    expect((await simulator.call('GET', `${contacts}/${id}?properties=city`)).body).toMatchObject({
      properties: { city: 'Paris' },
    });
  });
});

describe('batch/upsert', () => {
  it('creates and updates by email and tells which', async () => {
    const simulator = injectedSimulator();
    await simulator.call('POST', contacts, { properties: { email: 'a@x.com' } });
    const answer = await simulator.call('POST', `${contacts}/batch/upsert`, {
      inputs: ['A@x.com', 'b@x.com'].map((id) => ({ id, idProperty: 'email', properties: { city: 'Lyon' } })),
    });
    expect(answer.status).toBe(200);
    expect((answer.body as Batch).results.map((result) => [result.properties['email'], result.new])).toEqual([
      ['a@x.com', false],
      ['b@x.com', true],
    ]);
    expect(liveContacts(simulator)).toBe(2);
  });

  it('works on notes by a unique property of their own, when the portal allows one', async () => {
    const property = {
      name: 'threadline_key',
      label: 'Key',
      type: 'string',
      fieldType: 'text',
      groupName: 'notesinformation',
      hasUniqueValue: true,
    };
    const refusing = injectedSimulator({ flags: { allowUniqueOnNotes: false } });
    expect((await refusing.call('POST', '/crm/v3/properties/notes', property)).status).toBe(400);
    const simulator = injectedSimulator();
    expect((await simulator.call('POST', '/crm/v3/properties/notes', property)).status).toBe(201);
    const upsert = async (body: string): Promise<Batch> =>
      (
        await simulator.call('POST', '/crm/v3/objects/notes/batch/upsert', {
          inputs: [
            {
              id: 'k1',
              idProperty: 'threadline_key',
              properties: { hs_timestamp: '1700000000000', hs_note_body: body },
            },
          ],
        })
      ).body;
    const first = await upsert('one');
    const second = await upsert('two');
    expect(first.results[0]?.new).toBe(true);
    expect(second.results[0]).toMatchObject({
      id: first.results[0]?.id,
      new: false,
      properties: { hs_note_body: 'two' },
    });
  });
});
