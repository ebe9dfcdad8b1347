import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hubspotContract, specsAvailable } from '@app/testing';
import { HUB_ID, openContractPortal, registeredApp, type ContractPortal } from './contract-portal.js';
import { WatchedCalls, type Json } from './watched-calls.js';

const JOURNAL = '/webhooks-journal/journal/2026-03';
const SUBSCRIPTIONS = '/webhooks-journal/subscriptions/2026-03';
const READ = 'developer.webhooks_journal.read';
const ALL = `${READ} developer.webhooks_journal.subscriptions.read developer.webhooks_journal.subscriptions.write`;
const UNINSTALLS = { subscriptionType: 'APP_LIFECYCLE_EVENT', eventTypeId: '4-1916193', properties: [] };

let portal: ContractPortal;

beforeAll(async () => {
  portal = await openContractPortal();
});
afterAll(() => portal.simulator.stop());

async function tokenOf(scope: string, version = '2026-03'): Promise<{ status: number; json: Json }> {
  const { clientId, clientSecret } = registeredApp;
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, scope };
  return portal.watched.call('POST', `/oauth/${version}/token`, { form, anonymous: true });
}

async function journal(scope = ALL): Promise<{ watched: WatchedCalls; read: (path: string) => Promise<Step> }> {
  const token = String((await tokenOf(scope)).json['access_token']);
  return {
    watched: new WatchedCalls(portal.simulator, token),
    read: async (path) => {
      const { status, body } = await portal.simulator.call('GET', `${JOURNAL}/${path}`, { token });
      const step = (body ?? {}) as Json;
      if (status === 200) expect(asBatch(step)).toEqual([]);
      return { status, url: String(step['url']), offset: String(step['currentOffset']) };
    },
  };
}

interface Step {
  status: number;
  url: string;
  offset: string;
}

/** HubSpot's file describes what reading answers in its batch form alone. */
function asBatch(step: Json): string[] {
  if (!specsAvailable()) return [];
  const at = '2026-11-21T10:00:00Z';
  const responseBody = { status: 'COMPLETE', startedAt: at, completedAt: at, results: [step] };
  return hubspotContract().validate({ method: 'GET', path: `${JOURNAL}/batch/earliest/1`, status: 200, responseBody });
}

describe('the Webhooks Journal', () => {
  it('is for tokens of the app, which not every version gives', async () => {
    expect(await tokenOf(ALL)).toMatchObject({ status: 200, json: { token_use: 'client_credentials' } });
    expect(await tokenOf(ALL, '2026-09')).toMatchObject({ status: 400, json: { status: 'BAD_GRANT_TYPE' } });
    expect((await portal.watched.call('GET', `${JOURNAL}/earliest`)).status).toBe(401);
    const reader = (await journal(READ)).watched;
    expect(await reader.call('GET', SUBSCRIPTIONS)).toMatchObject({
      status: 403,
      json: { category: 'MISSING_SCOPES' },
    });
    reader.assertContract();
    portal.watched.assertContract();
  });

  it('holds what was asked for, file by file, for three days', async () => {
    const { watched, read } = await journal();
    const { simulator } = portal;
    const app = { clientId: registeredApp.clientId };
    const leave = async (): Promise<void> => {
      await simulator.control('POST', `/portals/${HUB_ID}/grant`, app);
      await simulator.control('POST', `/portals/${HUB_ID}/uninstall`, app);
    };
    await leave();
    expect((await read('earliest')).status).toBe(204);
    const made = await watched.call('POST', SUBSCRIPTIONS, { body: UNINSTALLS });
    expect((await watched.call('POST', SUBSCRIPTIONS, { body: UNINSTALLS })).json['id']).toBe(made.json['id']);
    expect((await watched.call('GET', SUBSCRIPTIONS)).json['results']).toHaveLength(1);
    await leave();
    await leave();
    const first = await read('earliest');
    const second = await read(`offset/${first.offset}/next`);
    expect((await read('latest')).offset).toBe(second.offset);
    expect((await read(`offset/${second.offset}/next`)).status).toBe(204);
    expect(await (await fetch(first.url)).json()).toMatchObject({
      journalEvents: [{ type: 'app', action: 'APP_UNINSTALL', portalId: HUB_ID, occurredAt: expect.any(String) }],
    });
    await simulator.control('POST', '/clock', { advanceMs: 3 * 86_400_000 });
    expect((await fetch(first.url)).status).toBe(403);
    expect((await read('earliest')).status).toBe(401);
    const later = await journal();
    expect((await later.read(`offset/${first.offset}/next`)).status).toBe(404);
    watched.assertContract();
  });

  it('tells of contacts what a subscription of their portal asks for', async () => {
    const { watched, read } = await journal();
    const wish = { subscriptionType: 'OBJECT', objectTypeId: '0-1', objectIds: [], properties: [], portalId: HUB_ID };
    await watched.call('POST', SUBSCRIPTIONS, { body: { ...wish, actions: ['DELETE', 'UPDATE'] } });
    const [contact] = (
      await portal.simulator.control<{ results: { id: string }[] }>(
        'GET',
        `/portals/${HUB_ID}/records/contacts?limit=1`,
      )
    ).results;
    const records = `/portals/${HUB_ID}/records/contacts`;
    await portal.simulator.control('POST', `${records}/${contact?.id}/edit`, { properties: { firstname: 'Ada' } });
    await portal.simulator.control('POST', `${records}/archive`, { ids: [contact?.id] });
    const { url } = await read('latest');
    expect(await (await fetch(url)).json()).toMatchObject({
      journalEvents: [{ action: 'DELETE', portalId: HUB_ID, objectTypeId: '0-1', objectId: Number(contact?.id) }],
    });
    watched.assertContract();
  });
});
