import { createHash } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { waitFor } from '@app/testing';
import { Signature } from '@hubspot/api-client';
import { type RunningSimulator, startSimulator } from './running-simulator.js';
import { startReceiver, type WebhookReceiver } from './webhook-receiver.js';

const CLIENT_ID = 'an-app';
const SECRET = 'the secret of an app';
const CONTACTS = '/crm/objects/2026-09/contacts';
const EVERYTHING = ['creation', 'propertyChange', 'deletion', 'merge', 'privacyDeletion'].map(
  (verb) => `contact.${verb}`,
);

let simulator: RunningSimulator;
let receiver: WebhookReceiver;
let token: string;
let hubId: number;

beforeEach(async () => {
  [simulator, receiver] = await Promise.all([startSimulator(), startReceiver()]);
  const redirectUrls = ['http://localhost/callback'];
  await simulator.control('POST', '/apps', { clientId: CLIENT_ID, clientSecret: SECRET, redirectUrls });
  ({ hubId, token } = await openPortal());
});

afterEach(async () => {
  await simulator.stop();
  await receiver.stop();
});

async function openPortal({ installed = true, flags = {} } = {}): Promise<{ hubId: number; token: string }> {
  const opened = await simulator.control<{ hubId: number; token: string }>('POST', '/portals', { flags });
  if (installed) await simulator.control('POST', `/portals/${opened.hubId}/grant`, { clientId: CLIENT_ID });
  return opened;
}

function listen(settings: Record<string, unknown> = {}): Promise<unknown> {
  const body = { targetUrl: receiver.url, subscriptions: EVERYTHING, ...settings };
  return simulator.control('PUT', `/apps/${CLIENT_ID}/webhooks`, body);
}

async function create(properties: Record<string, string>): Promise<string> {
  const { status, body } = await simulator.call('POST', CONTACTS, { token, body: { properties } });
  expect(status).toBe(201);
  return (body as { id: string }).id;
}

async function keep(count: number, portal = hubId): Promise<void> {
  const records = Array.from({ length: count }, (_, index) => ({ properties: { firstname: `Person ${index}` } }));
  await simulator.control('POST', `/portals/${portal}/records/contacts`, { records });
}

async function received(count: number): Promise<void> {
  await waitFor(() => receiver.events().length >= count, { timeoutMs: 10_000, what: `${count} events to arrive` });
}

describe('events', () => {
  it('tell what calls of the API did, signed as HubSpot signs', async () => {
    await listen({
      subscriptions: [
        ...EVERYTHING.filter((type) => !type.endsWith('Change')),
        { subscriptionType: 'contact.propertyChange', propertyName: 'phone' },
      ],
    });
    const [one, other, third] = [
      await create({ email: 'one@inbox.example.com' }),
      await create({ email: 'other@inbox.example.com' }),
      await create({ email: 'third@inbox.example.com' }),
    ];
    const body = { properties: { phone: '+15132270072', firstname: 'Untold' } };
    await simulator.call('PATCH', `${CONTACTS}/${one}`, { token, body });
    await simulator.call('POST', `${CONTACTS}/merge`, {
      token,
      body: { primaryObjectId: one, objectIdToMerge: other },
    });
    await simulator.call('DELETE', `${CONTACTS}/${one}`, { token });
    await simulator.call('POST', `${CONTACTS}/gdpr-delete`, { token, body: { objectId: third } });
    await received(7);
    const told = receiver.events();
    expect(told.map(({ subscriptionType, objectId }) => [subscriptionType, String(objectId)])).toEqual([
      ['contact.creation', one],
      ['contact.creation', other],
      ['contact.creation', third],
      ['contact.propertyChange', one],
      ['contact.merge', one],
      ['contact.deletion', one],
      ['contact.privacyDeletion', third],
    ]);
    expect(told[3]).toMatchObject({
      propertyName: 'phone',
      propertyValue: '+15132270072',
      portalId: hubId,
      attemptNumber: 0,
    });
    expect(told[4]).toMatchObject({
      primaryObjectId: Number(one),
      mergedObjectIds: [Number(other)],
      newObjectId: Number(one),
    });
    for (const { headers, body: text } of receiver.calls) {
      expect(headers['content-type']).toBe('application/json');
      expect(headers['x-hubspot-signature-version']).toBe('v1');
      expect(headers['x-hubspot-signature']).toBe(
        createHash('sha256')
          .update(SECRET + text)
          .digest('hex'),
      );
      // HubSpot's own library agrees; it doesn't decode the address, so it is given as it was signed.
      const isValid = Signature.isValid({
        clientSecret: SECRET,
        method: 'POST',
        url: receiver.url.replace('%40', '@'),
        requestBody: text,
        signature: String(headers['x-hubspot-signature-v3']),
        signatureVersion: 'v3',
        timestamp: Number(headers['x-hubspot-request-timestamp']),
      });
      expect(isValid).toBe(true);
    }
  });

  it('name the new record of a merge that makes one, and say what control calls did', async () => {
    const portal = await openPortal({ flags: { mergeMode: 'new' } });
    await keep(3, portal.hubId);
    const { results } = await simulator.control<{ results: { id: string }[] }>(
      'GET',
      `/portals/${portal.hubId}/records/contacts`,
    );
    const [primaryId, otherId, third] = results.map(({ id }) => id);
    await listen({
      subscriptions: [
        'contact.merge',
        'contact.privacyDeletion',
        { subscriptionType: 'object.deletion', objectType: 'contacts' },
      ],
    });
    const at = `/portals/${portal.hubId}/records/contacts`;
    const survivor = await simulator.control<{ id: string }>('POST', `${at}/merge`, { primaryId, otherId });
    await simulator.control('POST', `${at}/delete`, { ids: [third] });
    await simulator.control('POST', `${at}/archive`, { ids: [survivor.id] });
    await received(3);
    expect(receiver.events()).toMatchObject([
      { primaryObjectId: Number(primaryId), mergedObjectIds: [Number(otherId)], newObjectId: Number(survivor.id) },
      { subscriptionType: 'contact.privacyDeletion', objectId: Number(third) },
      { subscriptionType: 'object.deletion', objectTypeId: '0-1', objectId: Number(survivor.id) },
    ]);
  });

  it('come from portals where the app is installed, and from no other', async () => {
    const elsewhere = await openPortal({ installed: false });
    await listen();
    await keep(2, elsewhere.hubId);
    await keep(1);
    await simulator.control('POST', `/portals/${hubId}/uninstall`, { clientId: CLIENT_ID });
    await keep(1);
    await simulator.control('POST', `/apps/${CLIENT_ID}/webhooks/events`, {
      events: [{ subscriptionType: 'app.uninstalled', portalId: hubId }],
    });
    await waitFor(() => receiver.events().some(({ subscriptionType }) => subscriptionType === 'app.uninstalled'), {
      what: 'the event of the control call',
    });
    const told = receiver.events().map(({ subscriptionType, portalId }) => [subscriptionType, portalId]);
    expect(told).toEqual([
      ['contact.creation', hubId],
      ['app.uninstalled', hubId],
    ]);
  });
});

describe('calls', () => {
  it('carry up to a hundred events of any portals', async () => {
    const other = await openPortal();
    await listen({ held: true, maxConcurrentRequests: 1 });
    await keep(130);
    await keep(120, other.hubId);
    await listen({ held: false, maxConcurrentRequests: 1 });
    await received(250);
    expect(receiver.calls.map(({ events }) => events.length)).toEqual([100, 100, 50]);
    expect(new Set(receiver.calls[1]?.events.map(({ portalId }) => portalId))).toEqual(new Set([hubId, other.hubId]));
  });

  it('are made again after 5xx, 4xx and silence, and no more after that', async () => {
    receiver.answers.push(500, 404, 0, 200);
    await listen({ retryDelaysMs: [10, 10, 10, 10], timeoutMs: 300 });
    await keep(1);
    await received(4);
    expect(receiver.events().map(({ attemptNumber }) => attemptNumber)).toEqual([0, 1, 2, 3]);
    expect(new Set(receiver.events().map(({ eventId }) => eventId)).size).toBe(1);
    // Once more, with nobody who takes it: the attempts end.
    receiver.answers.push(...Array.from({ length: 9 }, () => 503));
    await keep(1);
    const settled = async (): Promise<boolean> => {
      const { calls } = await simulator.control<{ calls: { status: number }[] }>('GET', `/apps/${CLIENT_ID}/webhooks`);
      return calls.length === 9;
    };
    await waitFor(settled, { what: 'five attempts of the second call' });
    const { calls, waiting } = await simulator.control<{ calls: { status: number }[]; waiting: number }>(
      'GET',
      `/apps/${CLIENT_ID}/webhooks`,
    );
    expect(calls.map(({ status }) => status)).toEqual([500, 404, 0, 200, 503, 503, 503, 503, 503]);
    expect(waiting).toBe(0);
  });

  it('come twice and backwards when told to', async () => {
    await listen({ held: true });
    await keep(3);
    await listen({ held: false, duplicates: 1, shuffled: true });
    await received(6);
    const ids = receiver.calls.map(({ events }) => events.map(({ objectId }) => Number(objectId)));
    expect(ids).toHaveLength(2);
    expect(ids[0]).toEqual(ids[1]);
    expect(ids[0]).toEqual(ids[0]?.toSorted((a, b) => b - a));
  });

  it('that make no sense are refused with a sentence', async () => {
    await expect(listen({ targetUrl: 'nowhere' })).rejects.toThrow('targetUrl must be an address');
    await expect(listen({ subscriptions: ['app.uninstalled'] })).rejects.toThrow('no subscription app.uninstalled');
    await expect(listen({ shuffle: true })).rejects.toThrow('no webhook setting shuffle');
    await expect(simulator.control('PUT', '/apps/nobody/webhooks', {})).rejects.toThrow('app not found');
  });
});

describe('the settings', () => {
  it('survive a kill -9', async () => {
    const env = { SIMULATOR_DATA_DIR: await mkdtemp(join(tmpdir(), 'simulator-')) };
    const first = await startSimulator(env);
    await first.control('POST', '/apps', { clientId: CLIENT_ID, clientSecret: SECRET });
    const settings = { targetUrl: receiver.url, subscriptions: ['contact.merge'], batchMs: 7 };
    const kept = await first.control('PUT', `/apps/${CLIENT_ID}/webhooks`, settings);
    await first.kill('SIGKILL');
    const second = await startSimulator(env);
    await expect(second.control('GET', `/apps/${CLIENT_ID}/webhooks`)).resolves.toMatchObject({ settings: kept });
    await second.control('DELETE', `/apps/${CLIENT_ID}/webhooks`);
    await second.stop();
    const third = await startSimulator(env);
    await expect(third.control('GET', `/apps/${CLIENT_ID}/webhooks`)).resolves.toMatchObject({ settings: null });
    await third.stop();
  });
});
