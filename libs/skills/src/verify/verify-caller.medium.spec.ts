import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Clock, Database, newId } from '@app/platform';
import { AuditLog, CreateTenant, ReadAudit } from '@app/tenants';
import { createTestDatabase, type TestDatabase } from '@app/testing';
import { VerifiedCallerRepository } from './verified-caller.repository.js';
import { VerifyCaller } from './verify-caller.js';

const NOW = new Date('2026-11-21T10:00:00Z');
const clock: Clock = { now: () => NOW };
const later = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);

let testDatabase: TestDatabase;
let database: Database;
let tenantId: string;
let portal = '4711';
let verify: VerifyCaller;
const callers = new VerifiedCallerRepository();

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await Database.connect({ url: testDatabase.url, applicationName: 'test' });
  verify = new VerifyCaller(database, callers, new AuditLog(database, clock), clock);
});
afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});
beforeEach(async () => {
  tenantId = await new CreateTenant(database).execute(`Tenant ${newId()}`);
  portal = String(Number(portal) + 1);
  await database.withTenant(tenantId, (tx) =>
    tx.query(
      `INSERT INTO connections (tenant_id, status, kind, portal_id, credentials) VALUES ($1, 'connected', 'token', $2, '{}')`,
      [tenantId, portal],
    ),
  );
});

async function open(): Promise<string> {
  const id = newId();
  await database.withTenant(tenantId, (tx) =>
    tx.query(
      `INSERT INTO conversations (id, tenant_id, channel, direction, status, customer, customer_key, started_at, request_hash)
       VALUES ($1, $2, 'voice', 'inbound', 'open', '{}', 'c', now(), '')`,
      [id, tenantId],
    ),
  );
  return id;
}

async function close(id: string): Promise<void> {
  await database.withTenant(tenantId, (tx) =>
    tx.query(`UPDATE conversations SET status = 'closed', closed_at = now() WHERE id = $1`, [id]),
  );
}

const vouch = (conversationId: string, rest: { contactId?: string; expiresAt?: Date } = {}, of = tenantId) =>
  verify.execute(of, { conversationId, contactId: '1', method: 'one_time_code', verifiedBy: 'IVR', ...rest });

async function isVerified(conversationId: string, { at = NOW, portalId = portal } = {}): Promise<string | undefined> {
  const valid = await database.withTenant(tenantId, (tx) =>
    callers.findValid(tx, tenantId, { conversationId, portalId, at }),
  );
  return valid?.contactId;
}

describe('a verified caller', () => {
  it('is one for half an hour, or as long as was said; the latest word counts', async () => {
    const id = await open();
    expect(await isVerified(id)).toBeUndefined();
    expect(await vouch(id)).toMatchObject({ contactId: '1', verifiedAt: NOW, expiresAt: later(30) });
    expect([await isVerified(id), await isVerified(id, { at: later(30) })]).toEqual(['1', undefined]);
    await vouch(id, { contactId: '2', expiresAt: later(5) });
    expect([await isVerified(id), await isVerified(id, { at: later(6) })]).toEqual(['2', undefined]);
    const [entry] = await new ReadAudit(database).list(tenantId, { limit: 1 });
    expect(entry).toMatchObject({ action: 'caller.verified', target: id, details: { contactId: '2' } });
  });

  it('is one in this conversation and portal alone, and only while it goes on', async () => {
    const [one, other] = [await open(), await open()];
    await vouch(one);
    expect([await isVerified(other), await isVerified(one, { portalId: '1' })]).toEqual([undefined, undefined]);
    await close(one);
    expect(await isVerified(one)).toBeUndefined();
    await expect(vouch(one)).rejects.toMatchObject({ code: 1012, details: { reason: 'conversation_closed' } });
  });

  it('is nobody of another tenant, or for longer than a day, or of a portal that is not there', async () => {
    const id = await open();
    const other = await new CreateTenant(database).execute(`Other ${newId()}`);
    await expect(vouch(id, {}, other)).rejects.toMatchObject({ code: 2002 });
    await expect(vouch('nobody')).rejects.toMatchObject({ code: 2002 });
    for (const minutes of [0, -1, 24 * 60 + 1])
      await expect(vouch(id, { expiresAt: later(minutes) })).rejects.toMatchObject({ code: 1002 });
    await database.withTenant(tenantId, (tx) => tx.query('DELETE FROM connections WHERE tenant_id = $1', [tenantId]));
    await expect(vouch(id)).rejects.toMatchObject({ code: 2010 });
  });
});
