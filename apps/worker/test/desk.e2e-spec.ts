import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type StartedApi, waitFor } from '@app/testing';
import { type House, openHouse } from './house.js';
import { createTenantApi, type TenantApi } from './tenant-api.js';

const APP = { clientId: 'threadline', clientSecret: 'the secret of the app' };

interface Panel {
  state: string;
  contact?: { id: string; firstName?: string };
}

let house: House;
/** Another API process of the same product: the webhooks come to the first one. */
let second: StartedApi;
let tenants: [TenantApi, TenantApi];

beforeAll(async () => {
  house = await openHouse({ env: { HUBSPOT_CLIENT_ID: APP.clientId, HUBSPOT_CLIENT_SECRET: APP.clientSecret } });
  const { control } = house.simulator;
  await control.call('POST', '/apps', { ...APP, redirectUrls: ['http://localhost/callback'] });
  await control.call('POST', `/portals/${house.hubId}/grant`, { clientId: APP.clientId });
  await control.call('PUT', `/apps/${APP.clientId}/webhooks`, {
    targetUrl: `${house.publicUrl}/integrations/hubspot/webhooks`,
    subscriptions: ['creation', 'propertyChange', 'deletion', 'merge'].map((verb) => `contact.${verb}`),
    held: true,
  });
  second = await startApi({ env: house.env });
  tenants = [house.tenant, createTenantApi(second.url, house.credentials.apiKey)];
}, 60_000);

afterAll(async () => {
  await second.stop();
  await house.stop();
});

async function letWebhooksGo(): Promise<void> {
  await house.simulator.control.call('PUT', `/apps/${APP.clientId}/webhooks`, { held: false });
}

async function panelOf(tenant: TenantApi, id: string): Promise<Panel> {
  return (await tenant.get<Panel>(`/conversations/${id}/contact`)).body.data;
}

describe('a contact that changes in HubSpot', () => {
  it('is read once, and anew by every process as soon as a webhook says so', async () => {
    const { control } = house.simulator;
    const [id = ''] = await control.createRecords(house.hubId, 'contacts', [
      { properties: { email: 'ada@example.com', firstname: 'Ada' } },
      { properties: { email: 'other@example.com', firstname: 'Other' } },
    ]);
    const open = async (customer: object): Promise<string> =>
      (await house.tenant.post<{ id: string }>('/conversations', { channel: 'chat', customer })).body.data.id;
    const known = await open({ email: 'ada@example.com' });
    const stranger = await open({ email: 'late@example.com' });
    for (const tenant of tenants) {
      expect(await panelOf(tenant, known)).toMatchObject({ state: 'matched', contact: { id, firstName: 'Ada' } });
      expect(await panelOf(tenant, stranger)).toMatchObject({ state: 'no_match' });
    }
    await control.editRecord(house.hubId, 'contacts', { id, properties: { firstname: 'Augusta' } });
    await control.createRecords(house.hubId, 'contacts', [
      { properties: { email: 'late@example.com', firstname: 'Late' } },
    ]);
    await control.resetStats(house.hubId);
    for (const tenant of tenants) {
      expect(await panelOf(tenant, known)).toMatchObject({ contact: { firstName: 'Ada' } });
    }
    expect((await control.stats(house.hubId)).totalCalls).toBe(0);
    await letWebhooksGo();
    for (const tenant of tenants) {
      const isNew = async (): Promise<boolean> => (await panelOf(tenant, known)).contact?.firstName === 'Augusta';
      // Far sooner than it would be forgotten by itself.
      await waitFor(isNew, { timeoutMs: 15_000, what: 'the new name' });
      await waitFor(async () => (await panelOf(tenant, stranger)).state === 'matched', {
        timeoutMs: 8_000,
        what: 'the new contact',
      });
    }
  });

  it('leads from a merged contact to its survivor, and from a deleted one to nobody', async () => {
    const { control } = house.simulator;
    const [primaryId = '', otherId = ''] = await control.createRecords(house.hubId, 'contacts', [
      { properties: { email: 'survivor@example.com', firstname: 'Survivor' } },
      { properties: { email: 'merged@example.com', firstname: 'Merged' } },
    ]);
    const { body } = await house.tenant.post<{ id: string }>('/conversations', {
      channel: 'chat',
      customer: { externalId: 'linked', crmContactId: otherId },
    });
    const [first] = tenants;
    expect(await panelOf(first, body.data.id)).toMatchObject({ contact: { firstName: 'Merged' } });
    await control.mergeRecords(house.hubId, 'contacts', { primaryId, otherId });
    await waitFor(async () => (await panelOf(first, body.data.id)).contact?.firstName === 'Survivor', {
      timeoutMs: 15_000,
      what: 'the survivor',
    });
    await control.archiveRecords(house.hubId, 'contacts', [primaryId]);
    await waitFor(async () => (await panelOf(first, body.data.id)).state === 'no_match', {
      timeoutMs: 15_000,
      what: 'nobody',
    });
  });
});
