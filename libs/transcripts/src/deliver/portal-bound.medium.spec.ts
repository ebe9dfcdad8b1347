import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryCrm } from '@app/crm/testing';
import { createLogger, Database, newId, systemClock } from '@app/platform';
import {
  AuditLog,
  ConnectionRepository,
  DisableSyncing,
  Disconnect,
  EnableSyncing,
  EnsureTenant,
  newApiKey,
  RevocationRepository,
  Vault,
  WritebackSettingsRepository,
} from '@app/tenants';
import { createTestDatabase, type TestDatabase } from '@app/testing';
import { makeDeliverer } from '../../testing/deliverer.js';
import { CloseConversation } from '../conversations/close-conversation.js';
import type { Customer } from '../conversations/conversation.js';
import { ConversationRepository } from '../conversations/conversation.repository.js';
import { RecordConversations } from '../conversations/record-conversations.js';
import { ContactLinkRepository } from '../match/contact-link.repository.js';
import type { Delivery } from './delivery.js';
import { DeliveryRepository } from './delivery.repository.js';
import { DrainLedger } from './drain-ledger.js';
import { ReadDeliveries } from './read-deliveries.js';
import { ReplayDelivery } from './replay-delivery.js';

const logger = createLogger({ level: 'silent', name: 'test' });
const wakeUps = { wake: (): void => undefined, wakeAnew: (): void => undefined };

let testDatabase: TestDatabase;
let database: Database;
let connections: ConnectionRepository;
let settings: WritebackSettingsRepository;
let revocations: RevocationRepository;
let record: RecordConversations;
let close: CloseConversation;
let deliveries: ReadDeliveries;
let links: ContactLinkRepository;
let ledger: DrainLedger;
let crm: InMemoryCrm;
let tenantId: string;
let portalId: string;
let made = 0;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await Database.connect({ url: testDatabase.url, applicationName: 'test' });
  const vault = new Vault([{ id: 'k', key: Buffer.alloc(32) }]);
  connections = new ConnectionRepository(database, vault, systemClock);
  revocations = new RevocationRepository(database, vault);
  settings = new WritebackSettingsRepository(database, systemClock);
  const parts = [database, new ConversationRepository(), new DeliveryRepository(), connections, settings] as const;
  record = new RecordConversations(...parts, wakeUps, systemClock);
  close = new CloseConversation(...parts, wakeUps, systemClock);
  deliveries = new ReadDeliveries(database, new DeliveryRepository());
  links = new ContactLinkRepository(database);
  ledger = new DrainLedger(database, 0);
});

afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

beforeEach(async () => {
  tenantId = await makeTenant();
  portalId = newPortal();
  await connect(portalId);
  await enable();
  crm = new InMemoryCrm();
});

const newPortal = (): string => String(++made);
const connect = (portal: string, tenant = tenantId) =>
  connections.connect(tenant, { kind: 'token', portalId: portal }, { accessToken: 'pat' });
const enable = () =>
  new EnableSyncing(database, connections, settings, new AuditLog(database, systemClock)).execute(tenantId, {
    mode: 'transcript',
    onNoMatch: 'create',
  });
const disconnect = () =>
  new Disconnect(database, connections, revocations, new AuditLog(database, systemClock)).execute(tenantId);
const disable = () =>
  new DisableSyncing(database, connections, settings, revocations, new AuditLog(database, systemClock)).execute(
    tenantId,
  );

function makeTenant(): Promise<string> {
  return new EnsureTenant(database).execute({
    tenant: newId(),
    adminEmail: `${newId()}@x.test`,
    adminPassword: 'password',
    apiKey: newApiKey(),
  });
}

async function open(customer: Customer, closedAt?: Date): Promise<{ id: string; delivery?: Delivery }> {
  const [recorded] = await record.execute(tenantId, [
    { channel: 'chat', direction: 'inbound', customer, messages: [{ author: 'customer', text: 'Hello' }], closedAt },
  ]);
  if (recorded === undefined || !('conversation' in recorded)) throw new Error(JSON.stringify(recorded));
  return recorded.conversation;
}

async function closed(customer: Customer): Promise<Delivery> {
  const { delivery } = await open(customer, new Date());
  if (delivery === undefined) throw new Error('A closed conversation has a delivery');
  return delivery;
}

function deliver(): Promise<unknown> {
  return makeDeliverer({ database, connections, settings, crm, logger }).execute({ tenantId });
}

const countLinks = async (): Promise<number> =>
  (await database.withTenant(tenantId, (tx) => tx.query<unknown[]>('SELECT FROM contact_links'))).length;

describe('a delivery, when its portal goes', () => {
  it('waits while disconnected, whatever is closed meanwhile, and goes on with the same portal', async () => {
    const before = await closed({ email: 'ada@example.com' });
    await disconnect();
    const meanwhile = await closed({ email: 'bob@example.com' });
    await deliver();
    expect(await deliveries.get(tenantId, before.id)).toMatchObject({ status: 'pending' });
    expect(await deliveries.get(tenantId, meanwhile.id)).toMatchObject({ status: 'pending' });
    await connect(portalId);
    await deliver();
    expect(await deliveries.get(tenantId, before.id)).toMatchObject({ status: 'written' });
    expect(await deliveries.get(tenantId, meanwhile.id)).toMatchObject({ status: 'written' });
  });

  it('is skipped as disabled, with the links, and closing goes on as not enabled', async () => {
    const written = await closed({ email: 'ada@example.com' });
    await deliver();
    expect(await countLinks()).toBe(1);
    const waiting = await closed({ email: 'ada@example.com' });
    await disable();
    expect(await deliveries.get(tenantId, written.id)).toMatchObject({ status: 'written' });
    const ended = await deliveries.get(tenantId, waiting.id);
    expect(ended).toMatchObject({ status: 'skipped', reason: 'disabled' });
    expect(ended.attempts.at(-1)).toMatchObject({ outcome: 'skipped' });
    expect(await countLinks()).toBe(0);
    expect(await closed({ email: 'ada@example.com' })).toMatchObject({ status: 'skipped', reason: 'not_enabled' });
    await connect(portalId);
    await enable();
    await deliver();
    expect(await deliveries.get(tenantId, waiting.id)).toMatchObject({ status: 'skipped', reason: 'disabled' });
  });

  it('is skipped as portal_changed when the tenant connects another portal', async () => {
    const waiting = await closed({ email: 'ada@example.com' });
    await disconnect();
    await connect(newPortal());
    expect(await deliveries.get(tenantId, waiting.id)).toMatchObject({ status: 'skipped', reason: 'portal_changed' });
  });

  it('is skipped as portal_changed when another tenant connects the portal', async () => {
    await closed({ email: 'ada@example.com' });
    await deliver();
    const waiting = await closed({ email: 'ada@example.com' });
    await disconnect();
    const other = await makeTenant();
    await connect(portalId, other);
    expect(await deliveries.get(tenantId, waiting.id)).toMatchObject({ status: 'skipped', reason: 'portal_changed' });
    expect(await countLinks()).toBe(0);
  });

  it('is taken from the drain that holds it: nothing more is sent or recorded for it', async () => {
    const held = await closed({ email: 'ada@example.com' });
    const drain = { id: newId(), tenantId, portalId };
    expect(await ledger.claimDue(drain, 10)).toHaveLength(1);
    await disable();
    expect(await ledger.markCreating(drain, [held.id])).toEqual(new Set());
    await ledger.record(drain, [{ deliveryId: held.id, status: 'written', contactId: '1', detail: 'Too late' }]);
    await links.remember(tenantId, portalId, [{ customerKey: 'email:ada@example.com', contactId: '1' }]);
    expect(await deliveries.get(tenantId, held.id)).toMatchObject({ status: 'skipped', reason: 'disabled' });
    expect(await countLinks()).toBe(0);
  });

  it('is never left waiting for a portal that went at the same moment', async () => {
    for (let round = 0; round < 10; round++) {
      const results = await Promise.all([
        ...Array.from({ length: 6 }, (_, index) => closed({ email: `${index}@example.com` })),
        disable(),
        closed({ email: 'last@example.com' }),
      ]);
      const ids = results.flatMap((result) => ('conversationId' in result ? [result.id] : []));
      for (const id of ids) {
        const { status, reason } = await deliveries.get(tenantId, id);
        expect({ status, reason }).toEqual({
          status: 'skipped',
          reason: expect.stringMatching(/^(disabled|not_enabled)$/),
        });
      }
      await connect(portalId);
      await enable();
    }
  });

  it('is not replayed into another portal', async () => {
    await settings.change(tenantId, { onNoMatch: 'skip' });
    const unmatched = await closed({ email: 'nobody@example.com' });
    await deliver();
    expect(await deliveries.get(tenantId, unmatched.id)).toMatchObject({ status: 'skipped', reason: 'no_match' });
    await disconnect();
    await connect(newPortal());
    await enable();
    const replay = new ReplayDelivery(
      database,
      new DeliveryRepository(),
      connections,
      wakeUps,
      new AuditLog(database, systemClock),
    );
    await expect(replay.execute(tenantId, unmatched.id)).rejects.toMatchObject({
      code: 1012,
      details: { reason: 'portal_changed' },
    });
  });

  it('does not take a contact id of one portal for somebody in the next', async () => {
    const [mine, stranger] = await crm.create(tenantId, [{ email: 'ada@example.com' }, { email: 'eve@example.com' }]);
    if (mine?.outcome !== 'created' || stranger?.outcome !== 'created') throw new Error('The contacts are there');
    const customer = { email: 'ada@example.com', crmContactId: stranger.id };
    const { id } = await open(customer);
    await disconnect();
    await connect(newPortal());
    await enable();
    const { id: deliveryId } = await close.execute(tenantId, id, {});
    await deliver();
    expect(await deliveries.get(tenantId, deliveryId)).toMatchObject({
      status: 'written',
      matchedBy: 'email',
      contactId: mine.id,
    });
    const here = await closed(customer);
    await deliver();
    expect(await deliveries.get(tenantId, here.id)).toMatchObject({ matchedBy: 'crm_id', contactId: stranger.id });
  });
});
