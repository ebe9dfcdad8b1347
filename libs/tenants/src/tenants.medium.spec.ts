import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Clock, Database, newId } from '@app/platform';
import { createTestDatabase, type TestDatabase } from '@app/testing';
import { Client } from 'pg';
import { Allowances } from './allowances/allowances.js';
import { AdmitApiKey } from './api-keys/admit-api-key.js';
import { newApiKey } from './api-keys/hash-api-key.js';
import { AuditLog } from './audit/audit-log.js';
import { ReadAudit } from './audit/read-audit.js';
import { EnsureTenant } from './bootstrap/ensure-tenant.js';
import { ConnectionRepository, type ConnectedPortal } from './connections/connection.repository.js';
import { Disconnect } from './connections/disconnect.js';
import { RevocationRepository } from './connections/revocation.repository.js';
import { TenantRepository } from './tenants/tenant.repository.js';
import { ReEncrypt } from './vault/re-encrypt.js';
import { Vault } from './vault/vault.js';
import { DisableSyncing } from './writeback/disable-syncing.js';
import { EnableSyncing } from './writeback/enable-syncing.js';
import { WritebackSettingsRepository } from './writeback/writeback-settings.repository.js';

const clock: Clock & { time: Date } = { time: new Date('2026-11-21T10:00:00Z'), now: () => clock.time };
const vault = new Vault([{ id: 'k', key: Buffer.alloc(32, 3) }]);

let testDatabase: TestDatabase;
let database: Database;
let connections: ConnectionRepository;
let settings: WritebackSettingsRepository;
let revocations: RevocationRepository;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await Database.connect({ url: testDatabase.url, applicationName: 'test' });
  connections = new ConnectionRepository(database, vault, clock);
  revocations = new RevocationRepository(database, vault);
  settings = new WritebackSettingsRepository(database, clock);
});

afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

let made = 0;
async function makeTenant(): Promise<{ tenantId: string; apiKey: string; name: string }> {
  made += 1;
  const name = `Tenant ${made}`;
  const apiKey = newApiKey();
  const command = { tenant: name, adminEmail: `Admin${made}@Example.com`, adminPassword: 'correct horse', apiKey };
  return { tenantId: await new EnsureTenant(database).execute(command), apiKey, name };
}

function portal(portalId: string): ConnectedPortal {
  return { kind: 'token', portalId, uiDomain: 'app.hubspot.com', scopes: ['oauth'] };
}

const enable = (tenantId: string) =>
  new EnableSyncing(database, connections, settings, new AuditLog(database, clock)).execute(tenantId, {
    mode: 'transcript',
    onNoMatch: 'create',
  });
const disconnect = (tenantId: string) =>
  new Disconnect(database, connections, revocations, new AuditLog(database, clock)).execute(tenantId);
const disable = (tenantId: string) =>
  new DisableSyncing(database, connections, settings, revocations, new AuditLog(database, clock)).execute(tenantId);

async function actionsOf(tenantId: string): Promise<unknown[]> {
  const entries = await new ReadAudit(database).list(tenantId, { limit: 50 });
  return entries.map(({ action, actor, target, details }) => ({ action, by: actor.name, target, details }));
}

/** Looks behind the curtain, as a superuser. */
async function asSuperuser<T extends object>(sql: string, parameters: unknown[] = []): Promise<T[]> {
  const client = new Client({ connectionString: testDatabase.adminUrl });
  await client.connect();
  try {
    return (await client.query<T>(sql, parameters)).rows;
  } finally {
    await client.end();
  }
}

describe('row-level security', () => {
  it('holds for every table the application may touch at all', async () => {
    const open = await asSuperuser<{ relname: string }>(`
      SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = 'public' AND c.relkind = 'r' AND NOT c.relrowsecurity
        AND has_table_privilege('threadline_app', c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')
        AND c.relname NOT IN ('schema_migrations', 'delivery_transitions')`);
    expect(open).toEqual([]);
  });

  it('runs under a role that owns nothing and can bypass nothing', async () => {
    const { tenantId } = await makeTenant();
    const [role] = await database.withTenant(tenantId, (tx) =>
      tx.query<{ name: string; super: boolean; bypass: boolean; owned: string }[]>(
        `SELECT rolname AS name, rolsuper AS super, rolbypassrls AS bypass,
           (SELECT count(*) FROM pg_class WHERE relowner = r.oid) AS owned
         FROM pg_roles r WHERE rolname = current_user`,
      ),
    );
    expect(role).toEqual({ name: 'threadline_app', super: false, bypass: false, owned: '0' });
  });

  it('stays in force after RESET ROLE', async () => {
    await makeTenant();
    const { tenantId } = await makeTenant();
    const rows = await database.withTenant(tenantId, async (tx) => {
      await tx.query('RESET ROLE');
      return tx.query<{ id: string }[]>('SELECT id FROM tenants');
    });
    expect(rows).toEqual([{ id: tenantId }]);
  });

  it('shows nothing and takes nothing without a tenant', async () => {
    await makeTenant();
    expect(await database.acrossTenants('SELECT * FROM tenants')).toEqual([]);
    await expect(
      database.acrossTenants(`INSERT INTO tenants (id, name, reference_key) VALUES ($1, 'x', $2)`, [
        newId(),
        Buffer.alloc(32),
      ]),
    ).rejects.toThrow(/row-level security/);
  });

  it('does not let a tenant write rows of another', async () => {
    const [a, b] = [await makeTenant(), await makeTenant()];
    const steal = database.withTenant(a.tenantId, (tx) =>
      tx.query('INSERT INTO writeback_settings (tenant_id) VALUES ($1)', [b.tenantId]),
    );
    await expect(steal).rejects.toThrow(/row-level security/);
  });

  it('refuses a unit of work without a proper tenant id', async () => {
    await expect(database.withTenant("'; DROP TABLE tenants; --", async () => 1)).rejects.toThrow(TypeError);
  });
});

describe('EnsureTenant', () => {
  it('changes nothing the second time, even when two processes start at once', async () => {
    const command = {
      tenant: 'Twice',
      adminEmail: 'Twice@Example.com',
      adminPassword: 'password',
      apiKey: newApiKey(),
    };
    const ensure = new EnsureTenant(database);
    const ids = await Promise.all([ensure.execute(command), ensure.execute(command), ensure.execute(command)]);
    expect(new Set(ids).size).toBe(1);
    const [before] = await asSuperuser<{ password_hash: string }>(
      `SELECT * FROM users WHERE email = 'twice@example.com'`,
    );
    await ensure.execute({ ...command, adminPassword: 'another' });
    const users = await asSuperuser<{ password_hash: string }>(`SELECT * FROM users WHERE email = 'twice@example.com'`);
    expect(users).toHaveLength(1);
    expect(users[0]?.password_hash).toBe(before?.password_hash);
    expect(before?.password_hash).toMatch(/^\$argon2id\$/);
  });
});

describe('EnsureTenant, asked for what is another tenant’s', () => {
  it('says so instead of leaving the tenant without an admin or a key of its own', async () => {
    const command = {
      tenant: 'First',
      adminEmail: 'first@example.com',
      adminPassword: 'password',
      apiKey: newApiKey(),
    };
    const ensure = new EnsureTenant(database);
    await ensure.execute(command);
    await expect(ensure.execute({ ...command, tenant: 'Second', apiKey: newApiKey() })).rejects.toThrow(/email/);
    await expect(ensure.execute({ ...command, tenant: 'Second', adminEmail: 'x@y.z' })).rejects.toThrow(/API key/);
  });
});

/** Of one process. */
const admit = (): AdmitApiKey => new AdmitApiKey(database, new Allowances(database, clock), clock);

describe('AdmitApiKey', () => {
  const limits = { network: '203.0.113.7', perAddress: 1_000, perKey: 1_000 };

  it('knows a key by its hash alone, and notes its last use once a minute', async () => {
    const { tenantId, apiKey } = await makeTenant();
    const admission = await admit().execute({ ...limits, presented: apiKey });
    expect(admission).toMatchObject({ key: { tenantId, keyName: 'bootstrap' }, spending: { granted: true } });
    const used = (): Promise<{ last_used_at: Date }[]> =>
      asSuperuser('SELECT last_used_at FROM api_keys WHERE tenant_id = $1', [tenantId]);
    const first = await used();
    clock.time = new Date(clock.time.getTime() + 30_000);
    await admit().execute({ ...limits, presented: apiKey });
    expect(await used()).toEqual(first);
    clock.time = new Date(clock.time.getTime() + 60_000);
    await admit().execute({ ...limits, presented: apiKey });
    expect(await used()).toEqual([{ last_used_at: clock.time }]);
    const stored = await asSuperuser<{ row: string }>('SELECT api_keys::text AS row FROM api_keys');
    expect(stored.map(({ row }) => row).join()).not.toContain(apiKey.slice(8));
  });

  it.each([['tl_live_short'], [''], [`tl_live_${'A'.repeat(43)}`], ['x'.repeat(10_000)]])(
    'refuses %.20s',
    async (presented) => {
      expect(await admit().execute({ ...limits, presented })).toBeUndefined();
    },
  );

  it('refuses a revoked key', async () => {
    const { tenantId, apiKey } = await makeTenant();
    await asSuperuser('UPDATE api_keys SET revoked_at = now() WHERE tenant_id = $1', [tenantId]);
    expect(await admit().execute({ ...limits, presented: apiKey })).toBeUndefined();
  });

  it('spends for each of many requests at once, in several processes, and not one more than there is', async () => {
    const { apiKey } = await makeTenant();
    const processes = [admit(), admit()];
    const request = { ...limits, network: '203.0.113.8', perKey: 25, presented: apiKey };
    const admissions = await Promise.all(
      Array.from({ length: 80 }, async (_, index) => processes[index % 2]?.execute(request)),
    );
    const granted = admissions.filter((admission) => admission?.spending.granted === true);
    expect(granted).toHaveLength(25);
    const refused = admissions.find((admission) => admission?.spending.granted === false);
    expect(refused?.spending).toMatchObject({ refused: `key:${refused?.key.keyId}`, retryAfterSeconds: 3 });
  });

  it('refuses a crowded address before it asks what the key may spend', async () => {
    const { apiKey } = await makeTenant();
    const request = { ...limits, network: '203.0.113.9', perAddress: 2, presented: apiKey };
    const one = admit();
    await one.execute(request);
    await one.execute(request);
    expect((await one.execute(request))?.spending).toMatchObject({ granted: false, refused: 'address:203.0.113.9' });
  });
});

describe('ConnectionRepository', () => {
  it('does not show another tenant’s connection', async () => {
    const [a, b] = [await makeTenant(), await makeTenant()];
    await connections.connect(a.tenantId, portal('100'), { accessToken: 'pat-secret' });
    expect(await connections.find(b.tenantId)).toEqual({ status: 'disconnected' });
    expect(await connections.findCredentials(b.tenantId)).toBeUndefined();
  });

  it('keeps the token sealed, for this tenant alone', async () => {
    const { tenantId } = await makeTenant();
    await connections.connect(tenantId, portal('101'), { accessToken: 'pat-secret' });
    expect(await connections.findCredentials(tenantId)).toEqual({ accessToken: 'pat-secret' });
    const [row] = await asSuperuser<{ row: string }>(
      'SELECT connections::text AS row FROM connections WHERE tenant_id = $1',
      [tenantId],
    );
    expect(row?.row).not.toContain('pat-secret');
  });

  it('refuses a portal that another tenant holds, and a second portal for one tenant', async () => {
    const [a, b] = [await makeTenant(), await makeTenant()];
    expect(await connections.connect(a.tenantId, portal('102'), { accessToken: 'one' })).toEqual({ connected: true });
    expect(await connections.connect(b.tenantId, portal('102'), { accessToken: 'two' })).toEqual({
      connected: false,
      reason: 'portal_taken',
    });
    expect(await connections.connect(a.tenantId, portal('103'), { accessToken: 'three' })).toEqual({
      connected: false,
      reason: 'other_portal',
    });
    expect(await connections.findCredentials(a.tenantId)).toEqual({ accessToken: 'one' });
  });

  it('resumes a syncing portal with its new token, also out of trouble', async () => {
    const { tenantId } = await makeTenant();
    await connections.connect(tenantId, portal('104'), { accessToken: 'one' });
    await new EnableSyncing(database, connections, settings, new AuditLog(database, clock)).execute(tenantId, {
      mode: 'transcript',
    });
    const enabled = await connections.find(tenantId);
    await connections.needAttention(
      tenantId,
      { reason: 'token_rejected', detail: 'Paste a new one' },
      await connections.find(tenantId),
    );
    expect(await connections.find(tenantId)).toMatchObject({
      status: 'attention',
      problem: { reason: 'token_rejected' },
    });
    clock.time = new Date(clock.time.getTime() + 60_000);
    await connections.connect(tenantId, portal('104'), { accessToken: 'two' });
    expect(await connections.find(tenantId)).toMatchObject({
      status: 'active',
      enabledAt: enabled.enabledAt,
      problem: undefined,
    });
  });
});

describe('what HubSpot refuses a connection', () => {
  it('is nothing to the one that was made while HubSpot answered', async () => {
    const { tenantId } = await makeTenant();
    await connections.connect(tenantId, portal('191'), { accessToken: 'one' });
    const refused = await connections.find(tenantId);
    clock.time = new Date(clock.time.getTime() + 1);
    await connections.connect(tenantId, portal('191'), { accessToken: 'two' });
    await connections.needAttention(tenantId, { reason: 'token_rejected', detail: 'x' }, refused);
    expect(await connections.find(tenantId)).toMatchObject({ status: 'connected', problem: undefined });
    const current = await connections.find(tenantId);
    await connections.needAttention(tenantId, { reason: 'token_rejected', detail: 'x' }, current);
    expect(await connections.find(tenantId)).toMatchObject({ status: 'attention' });
  });
});

describe('the portals a tenant has known', () => {
  it('are remembered with their host through a change of portal and a full wipe, and no one else sees them', async () => {
    const [a, b] = [await makeTenant(), await makeTenant()];
    await connections.connect(a.tenantId, { ...portal('108'), uiDomain: 'app-eu1.hubspot.com' }, { accessToken: 'x' });
    await disable(a.tenantId);
    await connections.connect(a.tenantId, { kind: 'token', portalId: '109' }, { accessToken: 'x' });
    const known = new Map([
      ['108', 'app-eu1.hubspot.com'],
      ['109', undefined],
    ]);
    expect(await connections.findKnownPortals(a.tenantId)).toEqual(known);
    // HubSpot didn't say the host this time: what was known of it stays.
    await disable(a.tenantId);
    await connections.connect(a.tenantId, { kind: 'token', portalId: '108' }, { accessToken: 'x' });
    expect(await connections.findKnownPortals(a.tenantId)).toEqual(known);
    expect(await connections.findKnownPortals(b.tenantId)).toEqual(new Map());
  });
});

describe('the audit log of a connection', () => {
  it('says who connected it, and that HubSpot made it need attention, once', async () => {
    const { tenantId } = await makeTenant();
    const audit = new AuditLog(database, clock);
    const audited = new ConnectionRepository(database, vault, clock, audit);
    await audit.actAs({ actor: { kind: 'user', id: newId(), name: 'ada@x.test' }, address: '192.0.2.7' }, () =>
      audited.connect(tenantId, portal('106'), { accessToken: 'pat-secret' }),
    );
    await audited.needAttention(tenantId, { reason: 'token_rejected', detail: 'x' }, await audited.find(tenantId));
    await audited.needAttention(tenantId, { reason: 'token_rejected', detail: 'x' }, await audited.find(tenantId));
    expect(await actionsOf(tenantId)).toEqual([
      { action: 'connection.needs_attention', by: 'HubSpot', target: '106', details: { reason: 'token_rejected' } },
      { action: 'connection.connected', by: 'ada@x.test', target: '106', details: { kind: 'token' } },
    ]);
  });

  it('and the connection change together or not at all', async () => {
    const { tenantId } = await makeTenant();
    const audit = new AuditLog(database, clock);
    audit.recordIn = () => Promise.reject(new Error('the log is full'));
    const audited = new ConnectionRepository(database, vault, clock, audit);
    await expect(audited.connect(tenantId, portal('107'), { accessToken: 'x' })).rejects.toThrow('the log is full');
    expect(await connections.find(tenantId)).toEqual({ status: 'disconnected' });
    await connections.connect(tenantId, { ...portal('107'), kind: 'oauth' }, { accessToken: 'x' });
    await expect(
      audited.needAttention(tenantId, { reason: 'x', detail: 'x' }, await audited.find(tenantId)),
    ).rejects.toThrow('the log is full');
    const notice = { by: 'uninstall_event', portalId: '107', at: clock.now() } as const;
    await expect(audited.endByHubSpot(tenantId, notice)).rejects.toThrow('the log is full');
    expect(await connections.find(tenantId)).toMatchObject({ status: 'connected', problem: undefined });
  });
});

describe('the end of a connection', () => {
  it('by Disconnect keeps the pair and the settings, and resumes with the next connect', async () => {
    const { tenantId } = await makeTenant();
    await connections.connect(tenantId, portal('110'), { accessToken: 'one' });
    const { enabledAt } = await enable(tenantId);
    expect(await disconnect(tenantId)).toMatchObject({
      status: 'inactive',
      portalId: '110',
      enabledAt,
      problem: { reason: 'disconnected' },
    });
    expect(await connections.findCredentials(tenantId)).toBeUndefined();
    await expect(enable(tenantId)).rejects.toMatchObject({ code: 2010 });
    clock.time = new Date(clock.time.getTime() + 60_000);
    await connections.connect(tenantId, portal('110'), { accessToken: 'two' });
    expect(await connections.find(tenantId)).toMatchObject({ status: 'active', enabledAt, problem: undefined });
    expect(await settings.get(tenantId)).toMatchObject({ mode: 'transcript' });
  });

  it('by Disable leaves nothing to resume', async () => {
    const { tenantId } = await makeTenant();
    await connections.connect(tenantId, portal('111'), { accessToken: 'one' });
    await enable(tenantId);
    expect(await disable(tenantId)).toEqual({ status: 'disconnected', statusSince: clock.time });
    expect(await connections.findCredentials(tenantId)).toBeUndefined();
    expect(await settings.get(tenantId)).toMatchObject({ mode: 'off', onNoMatch: 'skip' });
    await connections.connect(tenantId, portal('111'), { accessToken: 'two' });
    expect(await connections.find(tenantId)).toMatchObject({ status: 'connected', enabledAt: undefined });
  });

  it('changes nothing where nothing is connected', async () => {
    const { tenantId } = await makeTenant();
    expect(await disconnect(tenantId)).toEqual({ status: 'disconnected' });
    expect(await disable(tenantId)).toEqual({ status: 'disconnected' });
  });

  it('frees the tenant for another portal, which starts at connected', async () => {
    const { tenantId } = await makeTenant();
    await connections.connect(tenantId, portal('112'), { accessToken: 'one' });
    await enable(tenantId);
    await disconnect(tenantId);
    expect(await connections.connect(tenantId, portal('113'), { accessToken: 'two' })).toEqual({ connected: true });
    expect(await connections.find(tenantId)).toMatchObject({
      status: 'connected',
      portalId: '113',
      enabledAt: undefined,
    });
  });

  it('frees the portal for another tenant, which ends the kept pair', async () => {
    const [a, b] = [await makeTenant(), await makeTenant()];
    await connections.connect(a.tenantId, portal('114'), { accessToken: 'one' });
    await enable(a.tenantId);
    await disconnect(a.tenantId);
    expect(await connections.connect(b.tenantId, portal('114'), { accessToken: 'two' })).toEqual({ connected: true });
    const ended = await connections.find(a.tenantId);
    expect(ended).toMatchObject({ status: 'disconnected', problem: { reason: 'account_connected_elsewhere' } });
    expect(ended).toMatchObject({ portalId: undefined, enabledAt: undefined });
    expect(await connections.connect(a.tenantId, portal('114'), { accessToken: 'three' })).toEqual({
      connected: false,
      reason: 'portal_taken',
    });
  });

  it('gives a portal that many tenants connect at once to exactly one of them', async () => {
    const tenants = await Promise.all(Array.from({ length: 8 }, makeTenant));
    const outcomes = await Promise.all(
      tenants.map(({ tenantId }) => connections.connect(tenantId, portal('115'), { accessToken: tenantId })),
    );
    expect(outcomes.filter(({ connected }) => connected)).toHaveLength(1);
    const rows = await asSuperuser(`SELECT FROM connections WHERE portal_id = '115'`);
    expect(rows).toHaveLength(1);
  });

  it('lets two tenants swap their portals at the same moment', async () => {
    const [a, b] = [await makeTenant(), await makeTenant()];
    for (let round = 0; round < 5; round++) {
      const [mine, theirs] = round % 2 === 0 ? ['116', '117'] : ['117', '116'];
      await connections.connect(a.tenantId, portal(mine), { accessToken: 'a' });
      await connections.connect(b.tenantId, portal(theirs), { accessToken: 'b' });
      await Promise.all([disconnect(a.tenantId), disconnect(b.tenantId)]);
      const swapped = await Promise.all([
        connections.connect(a.tenantId, portal(theirs), { accessToken: 'a' }),
        connections.connect(b.tenantId, portal(mine), { accessToken: 'b' }),
      ]);
      expect(swapped).toEqual([{ connected: true }, { connected: true }]);
      expect(await connections.find(a.tenantId)).toMatchObject({ status: 'connected', portalId: theirs });
      expect(await connections.find(b.tenantId)).toMatchObject({ status: 'connected', portalId: mine });
      await Promise.all([disable(a.tenantId), disable(b.tenantId)]);
    }
  });
});

describe('EnableSyncing', () => {
  it('wants a connection, and a mode', async () => {
    const { tenantId } = await makeTenant();
    const enable = new EnableSyncing(database, connections, settings, new AuditLog(database, clock));
    await expect(enable.execute(tenantId, { mode: 'transcript' })).rejects.toMatchObject({ code: 2010 });
    await connections.connect(tenantId, portal('105'), { accessToken: 'one' });
    await expect(enable.execute(tenantId, { onNoMatch: 'create' })).rejects.toMatchObject({ code: 1001 });
    expect(await settings.get(tenantId)).toMatchObject({ mode: 'off', onNoMatch: 'skip' });
    const first = await enable.execute(tenantId, { mode: 'summary', onNoMatch: 'create' });
    clock.time = new Date(clock.time.getTime() + 60_000);
    expect(await enable.execute(tenantId, {})).toMatchObject({ status: 'active', enabledAt: first.enabledAt });
  });
});

describe('WritebackSettingsRepository', () => {
  it('changes what is given, clears what is null, and leaves the rest', async () => {
    const { tenantId } = await makeTenant();
    await settings.change(tenantId, { mode: 'transcript', defaultCountry: 'DE', ignoredNumbers: ['+4930123456'] });
    expect(await settings.change(tenantId, { onNoMatch: 'create' })).toEqual({
      mode: 'transcript',
      onNoMatch: 'create',
      defaultCountry: 'DE',
      ignoredNumbers: ['+4930123456'],
    });
    expect(await settings.change(tenantId, { defaultCountry: null, ignoredNumbers: [] })).toEqual({
      mode: 'transcript',
      onNoMatch: 'create',
      defaultCountry: undefined,
      ignoredNumbers: [],
    });
  });
});

describe('TenantRepository', () => {
  it('has a reference key per tenant', async () => {
    const [a, b] = [await makeTenant(), await makeTenant()];
    const tenants = new TenantRepository(database);
    const keys = [await tenants.getReferenceKey(a.tenantId), await tenants.getReferenceKey(b.tenantId)];
    expect(keys[0]).toHaveLength(32);
    expect(keys[0]).not.toEqual(keys[1]);
  });
});

describe('ReEncrypt', () => {
  it('seals anew what HubSpot has yet to be told of a connection that ended, too', async () => {
    const { tenantId } = await makeTenant();
    await connections.connect(
      tenantId,
      { ...portal('424200'), kind: 'oauth' },
      { accessToken: 'a', refreshToken: 'r' },
    );
    await disconnect(tenantId);
    const rotated = new Vault([
      { id: 'newer', key: Buffer.alloc(32, 9) },
      { id: 'k', key: Buffer.alloc(32, 3) },
    ]);
    expect(await new ReEncrypt(database, rotated, new AuditLog(database, clock)).execute(tenantId)).toBe(1);
    const rows = await asSuperuser('SELECT credentials ->> $2 AS key FROM token_revocations WHERE tenant_id = $1', [
      tenantId,
      'keyId',
    ]);
    expect(rows).toEqual([{ key: 'newer' }]);
  });
});
