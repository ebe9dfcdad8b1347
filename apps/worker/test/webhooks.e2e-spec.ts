import { afterEach, describe, expect, it } from '@jest/globals';
import { waitFor } from '@app/testing';
import { Client } from 'pg';
import { type House, openHouse } from './house.js';
import type { ConversationAnswer } from './tenant-api.js';

const APP = { clientId: 'threadline', clientSecret: 'the secret of the app' };
const EVENTS = ['deletion', 'merge', 'privacyDeletion', 'creation', 'propertyChange'].map((verb) => `contact.${verb}`);

let house: House | undefined;

afterEach(async () => {
  await house?.stop();
  house = undefined;
});

/** A house whose portal has the app installed, and tells it what happens to contacts. */
async function openListening(webhooks: Record<string, unknown> = {}, { redis = false } = {}): Promise<House> {
  const opened = await openHouse({
    redis,
    env: { HUBSPOT_CLIENT_ID: APP.clientId, HUBSPOT_CLIENT_SECRET: APP.clientSecret },
  });
  house = opened;
  const { control } = opened.simulator;
  await control.call('POST', '/apps', { ...APP, redirectUrls: ['http://localhost/callback'] });
  await control.call('POST', `/portals/${opened.hubId}/grant`, { clientId: APP.clientId });
  await setWebhooks(opened, {
    targetUrl: `${opened.publicUrl}/integrations/hubspot/webhooks`,
    subscriptions: EVENTS,
    retryDelaysMs: [100, 200, 400, 800, 1_600, 3_200, 3_200, 3_200, 3_200, 3_200],
    ...webhooks,
  });
  return opened;
}

function setWebhooks({ simulator }: House, settings: Record<string, unknown>): Promise<unknown> {
  return simulator.control.call('PUT', `/apps/${APP.clientId}/webhooks`, settings);
}

async function rowsOf<T extends object>({ database }: House, sql: string): Promise<T[]> {
  const client = new Client({ connectionString: database.adminUrl });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Contacts by customer, as the database remembers them. */
async function linksOf(opened: House): Promise<Record<string, string>> {
  const rows = await rowsOf<{ customer_key: string; contact_id: string }>(
    opened,
    'SELECT customer_key, contact_id FROM contact_links',
  );
  return Object.fromEntries(rows.map(({ customer_key, contact_id }) => [customer_key, contact_id]));
}

async function expectLinks(opened: House, expected: Record<string, string>): Promise<void> {
  const wanted = JSON.stringify(Object.entries(expected).toSorted());
  let links = '';
  await waitFor(
    async () => {
      links = JSON.stringify(Object.entries(await linksOf(opened)).toSorted());
      return links === wanted;
    },
    { timeoutMs: 15_000, what: `the links ${wanted}` },
  ).catch((error: unknown) => {
    throw new Error(`they are ${links}`, { cause: error });
  });
}

/** Delivers a conversation of each customer. @returns the contact each was written to, by the customer's id. */
async function meet(opened: House, people: readonly string[]): Promise<Record<string, string>> {
  for (const externalId of people) {
    await opened.tenant.post<ConversationAnswer>('/conversations', {
      channel: 'chat',
      customer: { externalId, email: `${externalId}@customers.example`, firstName: externalId },
      closedAt: new Date().toISOString(),
      messages: [{ author: 'customer', text: 'Hello' }],
    });
  }
  await opened.settled();
  const links = await linksOf(opened);
  return Object.fromEntries(people.map((person) => [person, links[`ext:${person}`] ?? '']));
}

describe('what happens to contacts in HubSpot', () => {
  it.each([
    ['PostgreSQL', false],
    ['Redis', true],
  ])('reaches the links within seconds, over %s: merged, deleted, deleted for privacy', async (_, redis) => {
    const opened = await openListening({}, { redis });
    const { hubId, simulator } = opened;
    const { ada, bob, cyd, dee } = await meet(opened, ['ada', 'bob', 'cyd', 'dee']);
    if (ada === undefined || bob === undefined || cyd === undefined || dee === undefined) throw new Error('not met');
    expect(new Set([ada, bob, cyd, dee, '']).size).toBe(5);

    await simulator.control.mergeRecords(hubId, 'contacts', { primaryId: bob, otherId: ada });
    await expectLinks(opened, { 'ext:ada': bob, 'ext:bob': bob, 'ext:cyd': cyd, 'ext:dee': dee });
    await simulator.control.archiveRecords(hubId, 'contacts', [cyd]);
    await expectLinks(opened, { 'ext:ada': bob, 'ext:bob': bob, 'ext:dee': dee });
    await simulator.control.deleteRecords(hubId, 'contacts', [dee]);
    await expectLinks(opened, { 'ext:ada': bob, 'ext:bob': bob });

    // What comes next from a merged customer goes straight to the survivor.
    await meet(opened, ['ada']);
    const notes = await simulator.control.records(hubId, 'notes');
    const last = notes.at(-1)?.associations['contacts']?.map(({ id }) => id);
    expect(last).toEqual([bob]);
  });

  it('reaches what is kept of skills', async () => {
    const opened = await openListening();
    const { hubId, simulator } = opened;
    const { ada, bob, cyd } = await meet(opened, ['ada', 'bob', 'cyd']);
    if (ada === undefined || bob === undefined || cyd === undefined) throw new Error('not met');
    const verified = async (): Promise<string[]> =>
      (await rowsOf<{ contact_id: string }>(opened, 'SELECT contact_id FROM verified_callers ORDER BY contact_id')).map(
        ({ contact_id }) => contact_id,
      );
    await rowsOf(
      opened,
      `INSERT INTO verified_callers
       SELECT d.conversation_id, d.tenant_id, d.portal_id, d.contact_id, 'person', 'A desk', now(), now() + interval '1 hour'
       FROM deliveries d`,
    );
    expect(await verified()).toEqual([ada, bob, cyd].toSorted());
    await simulator.control.mergeRecords(hubId, 'contacts', { primaryId: bob, otherId: ada });
    await simulator.control.deleteRecords(hubId, 'contacts', [cyd]);
    await waitFor(async () => (await verified()).join() === [bob, bob].join(), { what: 'the callers to follow' });
  });

  it('ends the same when it is told twice, backwards, in one call after another, and to an API that was away', async () => {
    const opened = await openListening({ held: true });
    const { hubId, simulator } = opened;
    const people = ['ann', 'ben', 'cat', 'dan', 'eve'];
    const { ann, ben, cat, dan, eve } = await meet(opened, people);
    if (!ann || !ben || !cat || !dan || !eve) throw new Error('not met');
    // A chain: ann into ben, ben into cat, cat into dan; eve is gone.
    await simulator.control.mergeRecords(hubId, 'contacts', { primaryId: ben, otherId: ann });
    await simulator.control.mergeRecords(hubId, 'contacts', { primaryId: cat, otherId: ben });
    await simulator.control.archiveRecords(hubId, 'contacts', [eve]);
    await simulator.control.mergeRecords(hubId, 'contacts', { primaryId: dan, otherId: cat });
    // Enough noise for several calls, which the app itself made happen too.
    const contacts = Array.from({ length: 150 }, (_, index) => ({ properties: { firstname: `Person ${index}` } }));
    await simulator.control.createRecords(hubId, 'contacts', contacts);
    await rowsOf(opened, 'ALTER TABLE webhook_events RENAME TO webhook_events_away');
    await setWebhooks(opened, { held: false, duplicates: 1, shuffled: true });
    const calls = async (): Promise<{ status: number }[]> =>
      (await simulator.control.call<{ calls: { status: number }[] }>('GET', `/apps/${APP.clientId}/webhooks`)).calls;
    await waitFor(async () => (await calls()).length >= 2, { what: 'calls that could not be taken' });
    expect((await calls()).every(({ status }) => status >= 500)).toBe(true);
    await rowsOf(opened, 'ALTER TABLE webhook_events_away RENAME TO webhook_events');
    await expectLinks(opened, { 'ext:ann': dan, 'ext:ben': dan, 'ext:cat': dan, 'ext:dan': dan });
    await waitFor(async () => (await calls()).filter(({ status }) => status === 200).length >= 4, {
      what: 'every call and its copy to be taken',
    });
    const [counted] = await rowsOf<{ all: number; distinct: number }>(
      opened,
      `SELECT count(*)::int AS all, count(DISTINCT fingerprint)::int AS distinct FROM webhook_events`,
    );
    expect(counted?.all).toBe(counted?.distinct);
    await expectLinks(opened, { 'ext:ann': dan, 'ext:ben': dan, 'ext:cat': dan, 'ext:dan': dan });
  });

  it('ends the connection of an app that was uninstalled, and says so', async () => {
    const opened = await openListening();
    // Connected by a static token here; by OAuth it would look like this.
    await rowsOf(opened, `UPDATE connections SET kind = 'oauth', connected_at = now() - interval '1 minute'`);
    await opened.simulator.control.call('POST', `/apps/${APP.clientId}/webhooks/events`, {
      events: [{ subscriptionType: 'app.uninstalled', portalId: opened.hubId }],
    });
    const connection = async (): Promise<Record<string, unknown>> =>
      (await opened.tenant.get<Record<string, unknown>>('/integrations/hubspot')).body.data;
    await waitFor(async () => (await connection())['status'] === 'inactive', { what: 'the connection to end' });
    expect(await connection()).toMatchObject({
      portalId: String(opened.hubId),
      problem: { reason: 'uninstalled', detail: expect.stringContaining('Connect HubSpot again') },
    });
    await expect(rowsOf(opened, 'SELECT credentials FROM connections')).resolves.toEqual([{ credentials: null }]);
  });
});
