import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CRM_DIRECTORY, CRM_TIMELINE, type CrmDirectory, type CrmTimeline } from '@app/crm';
import { CLOCK, createLogger, Database, LOGGER, METRICS, newId, NO_METRICS, systemClock } from '@app/platform';
import { ConnectionRepository, EnsureTenant, newApiKey, TenantsModule } from '@app/tenants';
import {
  createTestDatabase,
  type MadePortal,
  startSimulator,
  type TestDatabase,
  type TestSimulator,
} from '@app/testing';
import { Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { ConnectByToken, HubSpotModule } from './index.js';

describe('HubSpotModule', () => {
  let simulator: TestSimulator;
  let testDatabase: TestDatabase;
  let database: Database;
  let app: TestingModule;
  let connections: ConnectionRepository;
  let connect: ConnectByToken;

  const openPortal = (): Promise<MadePortal> => simulator.control.createPortal({ timeZone: 'Europe/Berlin' });
  const makeTenant = (): Promise<string> =>
    app.get(EnsureTenant).execute({
      tenant: newId(),
      adminEmail: `${newId()}@example.com`,
      adminPassword: 'correct horse',
      apiKey: newApiKey(),
    });

  beforeAll(async () => {
    [simulator, testDatabase] = await Promise.all([startSimulator(), createTestDatabase()]);
    database = await Database.connect({ url: testDatabase.url, applicationName: 'test' });
    const provided = [
      { provide: Database, useValue: database },
      { provide: CLOCK, useValue: systemClock },
      { provide: LOGGER, useValue: createLogger({ level: 'silent', name: 'test' }) },
      { provide: METRICS, useValue: NO_METRICS },
    ];
    @Module({})
    class Floor {}
    app = await Test.createTestingModule({
      imports: [
        { module: Floor, global: true, providers: provided, exports: provided.map(({ provide }) => provide) },
        TenantsModule.forRoot({ encryptionKeys: [{ id: 'k1', key: Buffer.alloc(32, 1) }] }),
        HubSpotModule.forRoot({
          publicUrl: 'http://localhost',
          sessionSecret: '-'.repeat(32),
          hubspot: {
            apiUrl: simulator.url,
            appUrl: simulator.url,
            apiVersion: '2026-09',
            journal: false,
            timeoutSeconds: 20,
          },
        }),
      ],
    }).compile();
    connections = app.get(ConnectionRepository);
    connect = app.get(ConnectByToken);
  }, 60_000);

  afterAll(async () => {
    await app?.close();
    await database?.close();
    await testDatabase?.drop();
    await simulator?.stop();
  });

  it('connects a portal by its token, and reads and writes there', async () => {
    const [{ hubId, token }, tenantId] = await Promise.all([openPortal(), makeTenant()]);
    const connection = await connect.execute(tenantId, token);
    expect(connection).toMatchObject({
      status: 'connected',
      kind: 'token',
      portalId: String(hubId),
      timeZone: 'Europe/Berlin',
    });
    expect(connection.scopes).toContain('crm.objects.contacts.write');
    expect(connection.uiDomain).toBe(new URL(simulator.url).host);

    const [created] = await app.get<CrmDirectory>(CRM_DIRECTORY).create(tenantId, [{ email: 'ada@example.com' }]);
    if (created?.outcome !== 'created') throw new Error(`not created: ${JSON.stringify(created)}`);
    const timeline = app.get<CrmTimeline>(CRM_TIMELINE);
    const entry = {
      type: 'note' as const,
      reference: 'TL-1-a',
      contactId: created.id,
      at: new Date(),
      body: '<p>TL-1-a</p>',
    };
    const [written] = await timeline.write(tenantId, [entry]);
    if (written?.outcome !== 'written') throw new Error(`not written: ${JSON.stringify(written)}`);
    const url = (await timeline.entryUrls(tenantId))(created.id, { type: 'note', id: written.id });
    expect(url).toBe(`${simulator.url}/contacts/${hubId}/record/0-1/${created.id}?engagement=${written.id}`);
    const page = await fetch(url ?? '');
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('TL-1-a');
  });

  it('refuses a token that HubSpot refuses, and stores nothing', async () => {
    const tenantId = await makeTenant();
    await expect(connect.execute(tenantId, 'pat-na1-00000000-0000-0000-0000-000000000000')).rejects.toMatchObject({
      code: 1002,
      details: { reason: 'token_rejected' },
    });
    await expect(connections.find(tenantId)).resolves.toMatchObject({ status: 'disconnected' });
  });

  it('refuses a token that may not read contacts', async () => {
    const [{ hubId }, tenantId] = await Promise.all([openPortal(), makeTenant()]);
    const { token } = await simulator.control.issueToken(hubId, { scopes: ['oauth'] });
    await expect(connect.execute(tenantId, token)).rejects.toMatchObject({
      code: 2005,
      details: { reason: 'missing_scopes' },
    });
  });

  it('gives a portal to one tenant, and a tenant one portal', async () => {
    const [one, other, first, second] = await Promise.all([makeTenant(), makeTenant(), openPortal(), openPortal()]);
    await connect.execute(one, first.token);
    await expect(connect.execute(other, first.token)).rejects.toMatchObject({
      code: 1012,
      details: { reason: 'account_connected_elsewhere' },
    });
    await expect(connect.execute(one, second.token)).rejects.toMatchObject({
      code: 1012,
      details: { reason: 'disconnect_first' },
    });
  });

  it('shows on the connection that its token was rejected, until a new one is connected', async () => {
    const [{ hubId, token }, tenantId] = await Promise.all([openPortal(), makeTenant()]);
    await connect.execute(tenantId, token);
    await simulator.control.revokeToken(token);
    const directory = app.get<CrmDirectory>(CRM_DIRECTORY);
    await expect(directory.findByIds(tenantId, ['1'])).rejects.toMatchObject({ deferral: { cause: 'connection' } });
    await expect(connections.find(tenantId)).resolves.toMatchObject({
      status: 'attention',
      problem: { reason: 'token_rejected' },
    });

    const fresh = await simulator.control.issueToken(hubId);
    await expect(connect.execute(tenantId, fresh.token)).resolves.toMatchObject({
      status: 'connected',
      problem: undefined,
    });
    await expect(directory.findByIds(tenantId, ['1'])).resolves.toEqual(new Map());
  });

  it('says that HubSpot can’t be reached, and stores nothing', async () => {
    const [{ hubId, token }, tenantId] = await Promise.all([openPortal(), makeTenant()]);
    await simulator.control.addFault({ hubId, actions: [{ kind: 'status', status: 502 }] });
    await expect(connect.execute(tenantId, token)).rejects.toMatchObject({ code: 3004, status: 502, retryable: true });
    await expect(connections.find(tenantId)).resolves.toMatchObject({ status: 'disconnected' });
  });
});
