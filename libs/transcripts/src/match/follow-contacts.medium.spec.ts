import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Clock, Database, newId } from '@app/platform';
import {
  AuditLog,
  ConnectionRepository,
  EnableSyncing,
  EnsureTenant,
  newApiKey,
  Vault,
  WritebackSettingsRepository,
} from '@app/tenants';
import { createTestDatabase, type TestDatabase } from '@app/testing';
import { Client } from 'pg';
import { ConversationRepository } from '../conversations/conversation.repository.js';
import type { Customer } from '../conversations/conversation.js';
import { ReadConversations } from '../conversations/read-conversations.js';
import { RecordConversations } from '../conversations/record-conversations.js';
import { DeliveryRepository } from '../deliver/delivery.repository.js';
import { ContactLinkRepository } from './contact-link.repository.js';
import { EraseContacts } from './erase-contacts.js';
import { FollowContacts } from './follow-contacts.js';

const clock: Clock = { now: () => new Date('2026-11-21T10:00:00Z') };
const PORTAL = '62515';

let testDatabase: TestDatabase;
let database: Database;
let connections: ConnectionRepository;
let settings: WritebackSettingsRepository;
let links: ContactLinkRepository;
let follow: FollowContacts;
let record: RecordConversations;
let read: ReadConversations;
let tenantId: string;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await Database.connect({ url: testDatabase.url, applicationName: 'test' });
  connections = new ConnectionRepository(database, new Vault([{ id: 'k', key: Buffer.alloc(32) }]), clock);
  settings = new WritebackSettingsRepository(database, clock);
  links = new ContactLinkRepository(database);
  follow = new FollowContacts(links, new EraseContacts(database));
  const [conversations, deliveries] = [new ConversationRepository(), new DeliveryRepository()];
  const wakeUps = { wake: (): void => undefined, wakeAnew: (): void => undefined };
  record = new RecordConversations(database, conversations, deliveries, connections, settings, wakeUps, clock);
  read = new ReadConversations(database, conversations, deliveries);
});

afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

beforeEach(async () => {
  await asSuperuser('DELETE FROM connections');
  tenantId = await makeTenant();
  await connections.connect(tenantId, { kind: 'token', portalId: PORTAL }, { accessToken: 'a token' });
  await new EnableSyncing(database, connections, settings, new AuditLog(database, clock)).execute(tenantId, {
    mode: 'transcript',
  });
});

async function makeTenant(): Promise<string> {
  const [tenant, apiKey] = [newId(), newApiKey()];
  const adminEmail = `${tenant}@example.com`;
  return new EnsureTenant(database).execute({ tenant, adminEmail, adminPassword: 'correct horse', apiKey });
}

async function asSuperuser<T extends object>(sql: string, parameters: unknown[] = []): Promise<T[]> {
  const client = new Client({ connectionString: testDatabase.adminUrl });
  await client.connect();
  try {
    return (await client.query<T>(sql, parameters)).rows;
  } finally {
    await client.end();
  }
}

/** As they stand in the table: the repository would not take links to a portal that isn't the tenant's. */
async function linkAll(links: Record<string, string>, tenant = tenantId, portalId = PORTAL): Promise<void> {
  await asSuperuser(
    `INSERT INTO contact_links (tenant_id, portal_id, customer_key, contact_id)
     SELECT $1, $2, * FROM unnest($3::text[], $4::text[])`,
    [tenant, portalId, Object.keys(links), Object.values(links)],
  );
}

async function linksOf(tenant = tenantId, portal = PORTAL): Promise<Record<string, string>> {
  const rows = await asSuperuser<{ customer_key: string; contact_id: string }>(
    'SELECT customer_key, contact_id FROM contact_links WHERE tenant_id = $1 AND portal_id = $2',
    [tenant, portal],
  );
  return Object.fromEntries(rows.map(({ customer_key, contact_id }) => [customer_key, contact_id]));
}

async function recordClosed(customer: Customer): Promise<string> {
  const at = clock.now();
  const [recorded] = await record.execute(tenantId, [
    {
      channel: 'chat',
      direction: 'inbound',
      customer,
      messages: [{ author: 'customer', text: 'Hello', sentAt: at }],
      startedAt: at,
      closedAt: at,
    },
  ]);
  if (recorded === undefined || !('conversation' in recorded)) throw new Error('not recorded');
  return recorded.conversation.id;
}

function erase(contactId: string): Promise<void> {
  return follow.handle(tenantId, PORTAL, [{ kind: 'privacy_deleted', contactId }]);
}

describe('links', () => {
  it('follow a merge, in this portal of this tenant alone', async () => {
    const other = await makeTenant();
    await linkAll({ 'ext:a': '1', 'ext:b': '2', 'ext:c': '3', 'ext:d': '9' });
    await linkAll({ 'ext:a': '1' }, tenantId, '777');
    await linkAll({ 'ext:a': '1' }, other);
    const merged = { kind: 'merged', contactIds: ['1', '2'], survivorId: '3' } as const;
    for (let time = 0; time < 2; time += 1) {
      await follow.handle(tenantId, PORTAL, [merged]);
      await expect(linksOf()).resolves.toEqual({ 'ext:a': '3', 'ext:b': '3', 'ext:c': '3', 'ext:d': '9' });
    }
    await expect(linksOf(tenantId, '777')).resolves.toEqual({ 'ext:a': '1' });
    await expect(linksOf(other)).resolves.toEqual({ 'ext:a': '1' });
  });

  it('are forgotten with a deleted contact, in the order of what happened', async () => {
    await linkAll({ 'ext:a': '1', 'ext:b': '2', 'ext:c': '3' });
    await follow.handle(tenantId, PORTAL, [
      { kind: 'merged', contactIds: ['1'], survivorId: '2' },
      { kind: 'deleted', contactId: '2' },
      { kind: 'changed', contactId: '3' },
    ]);
    await expect(linksOf()).resolves.toEqual({ 'ext:c': '3' });
  });
});

describe('a contact deleted for privacy', () => {
  it('leaves no link, and no number remembered for it', async () => {
    await links.remember(tenantId, PORTAL, [
      { customerKey: 'phone:+4915112345678', contactId: '1', createdWithPhone: '+4915112345678' },
      { customerKey: 'ext:b', contactId: '2' },
    ]);
    await erase('1');
    await expect(linksOf()).resolves.toEqual({ 'ext:b': '2' });
    await expect(links.findJustCreated(tenantId, PORTAL, ['+4915112345678'])).resolves.toEqual(new Map());
  });

  it('takes along what was read from the CRM into a conversation, and leaves its messages', async () => {
    const details = { email: 'ada@example.com', phone: '+4915112345678', firstName: 'Ada', lastName: 'Byron' };
    const chosen = await recordClosed({ ...details, crmContactId: '1' });
    const known = await recordClosed({ ...details, crmContactId: '1', externalId: 'c-1' });
    const other = await recordClosed({ ...details, crmContactId: '2' });
    await erase('1');
    await erase('1');
    const view = await read.get(tenantId, chosen);
    expect(view.customer).toEqual({});
    expect(view.messages).toMatchObject([{ text: 'Hello' }]);
    expect((await read.get(tenantId, known)).customer).toEqual({ externalId: 'c-1' });
    expect((await read.get(tenantId, other)).customer).toMatchObject(details);
    const keys = await asSuperuser<{ id: string; key: string; delivered: string }>(
      `SELECT c.id, c.customer_key AS key, d.customer_key AS delivered FROM conversations c
       JOIN deliveries d ON d.conversation_id = c.id WHERE c.tenant_id = $1 ORDER BY c.id`,
      [tenantId],
    );
    expect(keys).toEqual([
      { id: chosen, key: `conversation:${chosen}`, delivered: `conversation:${chosen}` },
      { id: known, key: 'ext:c-1', delivered: 'ext:c-1' },
      { id: other, key: 'email:ada@example.com', delivered: 'email:ada@example.com' },
    ]);
  });

  it('is not made anew by what waits for it: by its id, by its link, and nobody else’s', async () => {
    await linkAll({ 'email:linked@example.com': '1', 'email:else@example.com': '2' });
    const waiting = await Promise.all([
      recordClosed({ crmContactId: '1', email: 'given@example.com' }),
      recordClosed({ email: 'linked@example.com' }),
    ]);
    const untouched = await recordClosed({ email: 'else@example.com' });
    await erase('1');
    for (const id of waiting) {
      const { delivery, customer } = await read.get(tenantId, id);
      expect(delivery).toMatchObject({ status: 'skipped', reason: 'contact_erased' });
      expect(delivery?.attempts.map(({ outcome }) => outcome)).toEqual(['skipped']);
      // What the customer told the tenant itself is no copy of the CRM's.
      expect(customer).toEqual(id === waiting[1] ? { email: 'linked@example.com' } : {});
    }
    expect((await read.get(tenantId, untouched)).delivery).toMatchObject({ status: 'pending' });
  });

  it('of another portal with the same number is someone else', async () => {
    const id = await recordClosed({ crmContactId: '1', firstName: 'Ada' });
    await follow.handle(tenantId, '777', [{ kind: 'privacy_deleted', contactId: '1' }]);
    const view = await read.get(tenantId, id);
    expect(view.customer).toEqual({ crmContactId: '1', firstName: 'Ada' });
    expect(view.delivery).toMatchObject({ status: 'pending' });
  });
});
