import { describe, expect, it } from '@jest/globals';
import { injectedSimulator, type InjectedSimulator } from '../control/injected-simulator.js';
import { readTime } from './normalise-value.js';

interface Refused {
  message: string;
  category: string;
  errors?: { code: string; context: { propertyName: string[] } }[];
}

const post = (simulator: InjectedSimulator, type: string, properties: unknown, path = '/crm/v3/objects') =>
  simulator.call('POST', `${path}/${type}`, { properties });

describe('values that HubSpot refuses', () => {
  it.each([
    ['contacts', { nonsense: 'x' }, 'nonsense', 'PROPERTY_DOESNT_EXIST'],
    ['contacts', { email: 'not an address' }, 'email', 'INVALID_EMAIL'],
    ['contacts', { hs_object_id: '1' }, 'hs_object_id', 'READ_ONLY_VALUE'],
    [
      'contacts',
      { hs_searchable_calculated_phone_number: '1' },
      'hs_searchable_calculated_phone_number',
      'READ_ONLY_VALUE',
    ],
    ['contacts', { lifecyclestage: 'Lead' }, 'lifecyclestage', 'INVALID_OPTION'],
    ['contacts', { hubspot_owner_id: '404' }, 'hubspot_owner_id', 'INVALID_OWNER_ID'],
    ['notes', { hs_timestamp: 'yesterday' }, 'hs_timestamp', 'INVALID_LONG'],
    ['notes', { hs_timestamp: '1', hs_note_body: 'x'.repeat(65_537) }, 'hs_note_body', 'PROPERTY_VALUE_TOO_LONG'],
    ['calls', { hs_timestamp: '1', hs_call_status: 'DONE' }, 'hs_call_status', 'INVALID_OPTION'],
    ['deals', { dealname: 'd', pipeline: 'default', dealstage: 'nowhere' }, 'dealstage', 'INVALID_OPTION'],
    [
      'deals',
      { dealname: 'd', pipeline: 'default', dealstage: 'closedwon', amount: 'lots' },
      'amount',
      'INVALID_INTEGER',
    ],
    ['tickets', { subject: 's', hs_pipeline: '7', hs_pipeline_stage: '1' }, 'hs_pipeline', 'INVALID_OPTION'],
  ])('%s %j: %s is %s', async (type, properties, property, code) => {
    const simulator = injectedSimulator();
    const answer = await post(simulator, type, { ...(type === 'contacts' ? { firstname: 'A' } : {}), ...properties });
    expect(answer.status).toBe(400);
    const body = answer.body as Refused;
    expect(body.category).toBe('VALIDATION_ERROR');
    expect(body.message).toContain('Property values were not valid: [{"isValid":false');
    expect(body.errors).toMatchObject([{ code, context: { propertyName: [property] } }]);
  });

  it('names every problem at once', async () => {
    const answer = await post(injectedSimulator(), 'contacts', { email: 'x', nonsense: 'y' });
    expect((answer.body as Refused).errors?.map((error) => error.code)).toEqual([
      'INVALID_EMAIL',
      'PROPERTY_DOESNT_EXIST',
    ]);
  });

  it.each([
    ['contacts', { phone: '+15132271572' }],
    ['companies', { city: 'Lyon' }],
    ['deals', { dealname: 'd' }],
    ['tickets', { subject: 's' }],
    ['notes', { hs_note_body: 'x' }],
    ['calls', { hs_call_title: 'x' }],
    ['communications', { hs_timestamp: '1', hs_communication_body: 'x' }],
  ])('%s without its minimum properties', async (type, properties) => {
    const answer = await post(injectedSimulator(), type, properties);
    expect(answer).toMatchObject({ status: 400, body: { category: 'VALIDATION_ERROR' } });
  });

  it('lets a portal require more, on dated paths only', async () => {
    const simulator = injectedSimulator({
      flags: { enforceRequiredProperties: true, requiredProperties: { contacts: ['lastname'] } },
    });
    const refused = await post(simulator, 'contacts', { firstname: 'Ada' }, '/crm/objects/2026-09');
    expect(refused).toMatchObject({
      status: 400,
      body: {
        message: 'The property values provided are invalid',
        errors: [{ code: 'MISSING_REQUIRED_PROPERTY', message: 'A value for lastname must be provided' }],
      },
    });
    expect((await post(simulator, 'contacts', { firstname: 'Ada' })).status).toBe(201);
  });
});

describe('values that HubSpot changes', () => {
  it('keeps times in ISO form, sanitised HTML, and a body of exactly 65,536', async () => {
    const simulator = injectedSimulator();
    const answer = await post(simulator, 'notes', {
      hs_timestamp: '1700000000123',
      hs_note_body: '<p onclick="x()">hi<script>alert(1)</script></p>',
    });
    expect(answer.body).toMatchObject({
      properties: { hs_timestamp: '2023-11-14T22:13:20.123Z', hs_note_body: '<p>hi</p>' },
    });
    expect((await post(simulator, 'notes', { hs_timestamp: '1', hs_note_body: 'x'.repeat(65_536) })).status).toBe(201);
  });

  it('only moves a lifecycle stage forward, unless it was cleared', async () => {
    const simulator = injectedSimulator();
    const made = await post(simulator, 'contacts', { firstname: 'Ada', lifecyclestage: 'customer' });
    const url = `/crm/v3/objects/contacts/${(made.body as { id: string }).id}`;
    const stage = async (): Promise<unknown> =>
      (
        (await simulator.call('GET', `${url}?properties=lifecyclestage`)).body as {
          properties: Record<string, unknown>;
        }
      ).properties['lifecyclestage'];
    expect((await simulator.call('PATCH', url, { properties: { lifecyclestage: 'lead' } })).status).toBe(200);
    expect(await stage()).toBe('customer');
    await simulator.call('PATCH', url, { properties: { lifecyclestage: '' } });
    expect(await stage()).toBeNull();
    await simulator.call('PATCH', url, { properties: { lifecyclestage: 'lead' } });
    expect(await stage()).toBe('lead');
    simulator.state.portals.find(simulator.hubId)?.change({ flags: { lifecycleBackward: 'refuse' } });
    expect((await simulator.call('PATCH', url, { properties: { lifecyclestage: 'subscriber' } })).status).toBe(400);
  });

  it('warns on dated paths about a date it normalised', async () => {
    const simulator = injectedSimulator();
    const properties = { dealname: 'd', pipeline: 'default', dealstage: 'closedwon' };
    const property = { name: 'renewal', label: 'R', type: 'date', fieldType: 'date', groupName: 'dealinformation' };
    await simulator.call('POST', '/crm/v3/properties/deals', property);
    const answer = await post(
      simulator,
      'deals',
      { ...properties, renewal: '2026-11-21T10:00:00Z' },
      '/crm/objects/2026-09',
    );
    expect(answer.body).toMatchObject({
      properties: { renewal: '2026-11-21' },
      warnings: [
        { category: 'PROPERTY_VALUE_NORMALIZED', context: { propertyName: 'renewal', normalizedValue: '2026-11-21' } },
      ],
    });
  });
});

describe('readTime', () => {
  it.each([
    ['1700000000000', 1_700_000_000_000],
    ['2026-11-21', Date.UTC(2026, 10, 21)],
    ['2026-11-21T10:00:00Z', Date.UTC(2026, 10, 21, 10)],
    ['2026-11-21T10:00:00.5+01:00', Date.UTC(2026, 10, 21, 9, 0, 0, 500)],
    ['2026-11-21T10:00', Date.UTC(2026, 10, 21, 10)],
    ['soon', undefined],
    ['21.11.2026', undefined],
    ['', undefined],
  ])('%j is %j', (text, expected) => {
    expect(readTime(text)).toBe(expected);
  });
});
