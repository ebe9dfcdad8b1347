import { afterEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase, makeAppEnvironment, startApi, startSimulator, startWorker, waitFor } from '@app/testing';
import { Client } from 'pg';
import { createTenantApi } from './tenant-api.js';

const APP = { clientId: 'threadline', clientSecret: 'the secret of the app' };
const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

describe('the Webhooks Journal', () => {
  it('tells of an uninstall where no webhook does, also of one that happened while no worker ran', async () => {
    const [database, simulator] = await Promise.all([createTestDatabase(), startSimulator()]);
    closing.push(
      () => database.drop(),
      () => simulator.stop(),
    );
    const { env, credentials } = makeAppEnvironment({
      databaseUrl: database.url,
      hubspotUrl: simulator.url,
      extra: {
        HUBSPOT_CLIENT_ID: APP.clientId,
        HUBSPOT_CLIENT_SECRET: APP.clientSecret,
        HUBSPOT_JOURNAL: 'on',
        LOG_LEVEL: 'debug',
      },
    });
    await simulator.control.call('POST', '/apps', { ...APP, redirectUrls: ['http://localhost/callback'] });
    const { hubId, token } = await simulator.control.createPortal();
    await simulator.control.call('POST', `/portals/${hubId}/grant`, { clientId: APP.clientId });
    const api = await startApi({ env });
    closing.push(() => api.stop());
    const first = await startWorker({ env });
    const tenant = createTenantApi(api.url, credentials.apiKey);
    await tenant.post('/integrations/hubspot/connect', { accessToken: token });
    const admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
    closing.push(() => admin.end());
    // Connected by a static token here; by OAuth it would look like this.
    await admin.query(`UPDATE connections SET kind = 'oauth', connected_at = now() - interval '1 minute'`);
    const subscriptions = async (): Promise<number> =>
      (await simulator.control.stats(0)).routes['journal.subscribe']?.calls ?? 0;
    await waitFor(async () => (await subscriptions()) > 0, { what: 'uninstalls to be asked for' });
    await first.stop();
    await simulator.control.call('POST', `/portals/${hubId}/uninstall`, { clientId: APP.clientId });
    const [one, other] = await Promise.all([startWorker({ env }), startWorker({ env })]);
    closing.push(
      () => one.stop(),
      () => other.stop(),
    );
    const connection = async (): Promise<Record<string, unknown>> =>
      (await tenant.get<Record<string, unknown>>('/integrations/hubspot')).body.data;
    await waitFor(async () => (await connection())['status'] === 'inactive', { what: 'the connection to end' });
    expect(await connection()).toMatchObject({
      portalId: String(hubId),
      problem: { reason: 'uninstalled', detail: expect.stringContaining('Connect HubSpot again') },
    });
    const { rows } = await admin.query(
      `SELECT actor_name, details FROM audit_log WHERE action = 'connection.uninstalled'`,
    );
    expect(rows).toEqual([{ actor_name: 'HubSpot', details: { noticedBy: 'uninstall_event' } }]);
    const printed = [first, one, other].flatMap((worker) => worker.lines()).join('\n');
    expect(printed).not.toContain(APP.clientSecret);
    expect(printed).not.toMatch(/\bCN[\w-]{40}/);
  });
});
