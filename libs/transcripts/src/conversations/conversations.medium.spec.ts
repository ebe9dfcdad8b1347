import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Clock, Database } from '@app/platform';
import {
  AuditLog,
  ConnectionRepository,
  EnableSyncing,
  EnsureTenant,
  Vault,
  WritebackSettingsRepository,
  newApiKey,
} from '@app/tenants';
import { createTestDatabase, type TestDatabase } from '@app/testing';
import { Client } from 'pg';
import { DeliveryRepository } from '../deliver/delivery.repository.js';
import { ReadDeliveries } from '../deliver/read-deliveries.js';
import { ReplayDelivery } from '../deliver/replay-delivery.js';
import { AddMessages } from './add-messages.js';
import { CloseConversation } from './close-conversation.js';
import { ConversationRepository } from './conversation.repository.js';
import type { NewConversation } from './new-conversation.js';
import { ReadConversations } from './read-conversations.js';
import { RecordConversations, type RecordedConversation } from './record-conversations.js';

const clock: Clock & { time: Date } = { time: new Date('2026-11-21T10:00:00Z'), now: () => clock.time };
const woken: string[] = [];

let testDatabase: TestDatabase;
let database: Database;
let connections: ConnectionRepository;
let settings: WritebackSettingsRepository;
let record: RecordConversations;
let close: CloseConversation;
let addMessages: AddMessages;
let readConversations: ReadConversations;
let readDeliveries: ReadDeliveries;
let replay: ReplayDelivery;
let tenantId: string;
let made = 0;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await Database.connect({ url: testDatabase.url, applicationName: 'test' });
  connections = new ConnectionRepository(database, new Vault([{ id: 'k', key: Buffer.alloc(32) }]), clock);
  settings = new WritebackSettingsRepository(database, clock);
  const conversations = new ConversationRepository();
  const deliveries = new DeliveryRepository();
  const wakeUps = { wake: (id: string): void => void woken.push(id), wakeAnew: (): void => undefined };
  record = new RecordConversations(database, conversations, deliveries, connections, settings, wakeUps, clock);
  close = new CloseConversation(database, conversations, deliveries, connections, settings, wakeUps, clock);
  addMessages = new AddMessages(database, conversations, clock);
  readConversations = new ReadConversations(database, conversations, deliveries);
  readDeliveries = new ReadDeliveries(database, deliveries);
  replay = new ReplayDelivery(database, deliveries, connections, wakeUps, new AuditLog(database, clock));
});

afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

beforeEach(async () => {
  made += 1;
  clock.time = new Date('2026-11-21T10:00:00Z');
  tenantId = await makeTenant(`Tenant ${made}`);
  await enable(tenantId);
  woken.length = 0;
});

async function makeTenant(name: string): Promise<string> {
  return new EnsureTenant(database).execute({
    tenant: name,
    adminEmail: `${name}@x.test`.replaceAll(' ', ''),
    adminPassword: 'password',
    apiKey: newApiKey(),
  });
}

async function enable(id: string): Promise<void> {
  made += 1;
  await connections.connect(id, { kind: 'token', portalId: String(made) }, { accessToken: 'pat' });
  await new EnableSyncing(database, connections, settings, new AuditLog(database, clock)).execute(id, {
    mode: 'transcript',
    onNoMatch: 'create',
  });
}

async function closedBy(id: string, closedAt: Date): Promise<RecordedConversation | undefined> {
  return (await record.execute(id, [draft({ closedAt })]))[0];
}

function draft(parts: Partial<NewConversation> = {}): NewConversation {
  return {
    channel: 'chat',
    direction: 'inbound',
    customer: { email: 'ada@example.com' },
    messages: [{ author: 'customer', text: 'Hello' }],
    ...parts,
  };
}

async function recordOne(
  parts: Partial<NewConversation> = {},
): Promise<RecordedConversation & { outcome: 'opened' | 'closed' | 'known' }> {
  const [recorded] = await record.execute(tenantId, [draft(parts)]);
  if (recorded === undefined || !('conversation' in recorded))
    throw new Error(`not recorded: ${JSON.stringify(recorded)}`);
  return recorded;
}

const CLOSED = new Date('2026-11-21T10:00:00Z');

describe('recording and closing', () => {
  it('writes the delivery with the closed conversation, and wakes the tenant once', async () => {
    const { outcome, conversation } = await recordOne({ closedAt: CLOSED });
    expect(outcome).toBe('closed');
    expect(conversation.delivery).toMatchObject({ status: 'pending', mode: 'transcript' });
    expect(woken).toEqual([tenantId]);
    const read = await readConversations.get(tenantId, conversation.id);
    expect(read.delivery).toMatchObject({ id: conversation.delivery?.id, status: 'pending' });
    expect(read.messages?.map(({ text }) => text)).toEqual(['Hello']);
  });

  it('leaves nothing behind when the delivery can’t be written', async () => {
    const client = new Client({ connectionString: testDatabase.adminUrl });
    await client.connect();
    await client.query(`ALTER TABLE deliveries ADD CONSTRAINT sabotage CHECK (size <> 107)`);
    await expect(
      recordOne({ closedAt: CLOSED, messages: [{ author: 'agent', text: '7 units' }], externalId: 'sabotaged' }),
    ).rejects.toThrow(/sabotage/);
    await client.query(`ALTER TABLE deliveries DROP CONSTRAINT sabotage`);
    await client.end();
    expect((await readConversations.list(tenantId, { limit: 10 })).items).toEqual([]);
    expect(woken).toEqual([]);
  });

  it('answers the same conversation for the same call, and refuses another body for a closed one', async () => {
    const first = await recordOne({ externalId: 'x', closedAt: CLOSED });
    const again = await recordOne({ externalId: 'x', closedAt: CLOSED });
    expect(again).toMatchObject({ outcome: 'known', conversation: { id: first.conversation.id } });
    expect(again.conversation.delivery?.id).toBe(first.conversation.delivery?.id);
    const [other] = await record.execute(tenantId, [draft({ externalId: 'x', closedAt: CLOSED, subject: 'Other' })]);
    expect(other?.outcome).toBe('conflict');
  });

  it('lets two batches with the same externalIds through, in whatever order they come', async () => {
    const client = new Client({ connectionString: testDatabase.adminUrl });
    await client.connect();
    await client.query(`
      CREATE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.01); RETURN NEW; END $$;
      CREATE TRIGGER linger BEFORE INSERT ON conversations FOR EACH ROW EXECUTE FUNCTION linger();`);
    const drafts = Array.from({ length: 20 }, (_, index) => draft({ externalId: `both-${index}`, closedAt: CLOSED }));
    const answers = await Promise.allSettled([
      record.execute(tenantId, drafts),
      record.execute(tenantId, drafts.toReversed()),
    ]);
    await client.query('DROP FUNCTION linger() CASCADE');
    await client.end();
    const recorded = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    expect(recorded.filter(({ outcome }) => outcome === 'closed')).toHaveLength(20);
  });

  it('answers an open conversation for other details, but never drops messages without saying so', async () => {
    const first = await recordOne({ externalId: 'open' });
    const details = await recordOne({ externalId: 'open', subject: 'Later', messages: [] });
    expect(details).toMatchObject({ outcome: 'known', conversation: { id: first.conversation.id } });
    const [more] = await record.execute(tenantId, [
      draft({ externalId: 'open', messages: [{ author: 'customer', text: 'More' }] }),
    ]);
    expect(more).toMatchObject({ outcome: 'conflict', detail: expect.stringContaining('/messages') });
  });

  it('takes the same externalId from two callers at once as one conversation', async () => {
    const calls = await Promise.all(
      Array.from({ length: 8 }, async () =>
        record.execute(tenantId, [draft({ externalId: 'race', closedAt: CLOSED })]),
      ),
    );
    const outcomes = calls.map(([recorded]) => recorded?.outcome);
    expect(outcomes.filter((outcome) => outcome === 'closed')).toHaveLength(1);
    expect((await readDeliveries.list(tenantId, { filter: {}, limit: 10 })).items).toHaveLength(1);
  });

  it('lets one bad item of a batch sink nothing else, and meets a repeat within the batch', async () => {
    const recorded = await record.execute(tenantId, [
      draft({ externalId: 'a', closedAt: CLOSED }),
      draft({ closedAt: CLOSED, startedAt: new Date('2026-11-21T11:00:00Z') }),
      draft({ externalId: 'a', closedAt: CLOSED }),
      draft({
        messages: [
          { id: 'm', author: 'agent', text: '1' },
          { id: 'm', author: 'agent', text: '2' },
        ],
      }),
      draft(),
    ]);
    expect(recorded.map(({ outcome }) => outcome)).toEqual(['closed', 'invalid', 'known', 'invalid', 'opened']);
    expect(recorded[1]).toMatchObject({ errors: [{ field: 'closedAt' }] });
    expect(recorded[3]).toMatchObject({ errors: [{ field: 'messages[1].id' }] });
  });

  it('keeps text that PostgreSQL can’t hold, with replacement characters', async () => {
    const { conversation } = await recordOne({
      customer: { firstName: 'A\0da', email: 'a\ud800@b.co' },
      messages: [{ author: 'customer', text: 'a\0b \ud83d c 😀 \udfff' }],
    });
    const read = await readConversations.get(tenantId, conversation.id);
    expect(read.messages?.[0]?.text).toBe('a\ufffdb \ufffd c 😀 \ufffd');
    expect(read.customer).toEqual({ firstName: 'A\ufffdda', email: 'a\ufffd@b.co' });
  });

  it('closes an open conversation once: again is the same, differently is refused', async () => {
    const { conversation } = await recordOne();
    const delivery = await close.execute(tenantId, conversation.id, { summary: 'Short' });
    expect(delivery).toMatchObject({ status: 'pending', conversationId: conversation.id });
    expect(await close.execute(tenantId, conversation.id, { summary: 'Short' })).toMatchObject({ id: delivery.id });
    await expect(close.execute(tenantId, conversation.id, { summary: 'Long' })).rejects.toMatchObject({ code: 1012 });
  });

  it('closes at once in two callers’ hands with one delivery', async () => {
    const { conversation } = await recordOne();
    const deliveries = await Promise.all([1, 2, 3, 4].map(async () => close.execute(tenantId, conversation.id, {})));
    expect(new Set(deliveries.map(({ id }) => id)).size).toBe(1);
  });

  it('refuses impossible close times', async () => {
    const { conversation } = await recordOne();
    const future = new Date(clock.time.getTime() + 3_600_000);
    await expect(close.execute(tenantId, conversation.id, { closedAt: future })).rejects.toMatchObject({ code: 1002 });
    await expect(close.execute(tenantId, conversation.id, { closedAt: new Date('2020-01-01') })).rejects.toMatchObject({
      code: 1002,
    });
  });

  it('adds messages in order, known ones only once, and none to a closed conversation', async () => {
    const { conversation } = await recordOne({ messages: [{ id: '1', author: 'customer', text: 'one' }] });
    const add = (id: string, text: string): Promise<unknown> =>
      addMessages.execute(tenantId, conversation.id, [{ id, author: 'agent', text }]);
    await Promise.all([add('2', 'two'), add('3', 'three'), add('2', 'two')]);
    const read = await readConversations.get(tenantId, conversation.id);
    expect(read.messages?.map(({ id }) => id).toSorted()).toEqual(['1', '2', '3']);
    await expect(add('2', 'changed')).rejects.toMatchObject({ code: 1012, details: { reason: 'message_conflict' } });
    await close.execute(tenantId, conversation.id, {});
    await expect(add('4', 'late')).rejects.toMatchObject({ code: 1012, details: { reason: 'conversation_closed' } });
    await expect(add('2', 'two')).resolves.toMatchObject([{ id: '2', text: 'two' }]);
  });

  it('answers the messages of a call as they are held, in its order, known and new ones alike', async () => {
    const { conversation } = await recordOne({ messages: [{ id: '1', author: 'customer', text: 'one', name: 'Ada' }] });
    const answered = await addMessages.execute(tenantId, conversation.id, [
      { author: 'agent', text: 'without an id' },
      { id: '1', author: 'customer', text: 'one' },
      { id: '2', author: 'agent', text: 'two' },
    ]);
    expect(answered.map(({ text, name }) => [text, name])).toEqual([
      ['without an id', undefined],
      ['one', 'Ada'],
      ['two', undefined],
    ]);
    const read = await readConversations.get(tenantId, conversation.id);
    expect(read.messages?.map(({ text }) => text)).toEqual(['one', 'without an id', 'two']);
  });

  it('takes no more than a conversation can hold, in number and in size, and says so', async () => {
    const { conversation } = await recordOne({ messages: [{ id: '1', author: 'customer', text: 'one' }] });
    const bounded = new AddMessages(database, new ConversationRepository(), clock, { messages: 3, bytes: 1_000 });
    const add = (id: string, text = 'more') =>
      bounded.execute(tenantId, conversation.id, [{ id, author: 'agent', text }]);
    await add('2');
    const full = { code: 1012, details: { reason: 'conversation_full' } };
    await expect(add('large', 'x'.repeat(800))).rejects.toMatchObject(full);
    await add('3');
    await expect(add('4')).rejects.toMatchObject(full);
    await expect(add('3')).resolves.toHaveLength(1);
    const read = await readConversations.get(tenantId, conversation.id);
    expect(read.messages?.map(({ id }) => id)).toEqual(['1', '2', '3']);
  });

  it('knows a customer by id, then email, then number, then by the conversation alone', async () => {
    await settings.change(tenantId, { defaultCountry: 'DE' });
    const keyOf = async (customer: NewConversation['customer']): Promise<string | undefined> => {
      const { conversation } = await recordOne({ customer });
      return database.withTenant(
        tenantId,
        async (tx) => (await new ConversationRepository().find(tx, tenantId, conversation.id))?.customer_key,
      );
    };
    expect(await keyOf({ externalId: 'U1', email: 'a@b.co' })).toBe('ext:U1');
    expect(await keyOf({ email: 'A@B.co', phone: '0151 12345678' })).toBe('email:a@b.co');
    expect(await keyOf({ phone: '0151 12345678' })).toBe('phone:+4915112345678');
    expect(await keyOf({ firstName: 'Ada' })).toMatch(/^conversation:/);
  });
});

describe('what becomes of a closed conversation', () => {
  it('is skipped by reason when nothing may be written, and wakes nobody', async () => {
    const stranger = await makeTenant('Stranger');
    expect(await closedBy(stranger, CLOSED)).toMatchObject({
      conversation: { delivery: { status: 'skipped', reason: 'not_enabled' } },
    });
    await connections.connect(stranger, { kind: 'token', portalId: '9999' }, { accessToken: 'pat' });
    expect(await closedBy(stranger, CLOSED)).toMatchObject({ conversation: { delivery: { reason: 'not_enabled' } } });
    expect(await closedBy(tenantId, new Date('2026-11-21T09:59:59Z'))).toMatchObject({
      conversation: { delivery: { reason: 'before_enabled' } },
    });
    await settings.change(tenantId, { mode: 'off' });
    expect(await closedBy(tenantId, CLOSED)).toMatchObject({ conversation: { delivery: { reason: 'writeback_off' } } });
    expect(woken).toEqual([]);
  });

  it('waits while the connection needs attention', async () => {
    await connections.needAttention(
      tenantId,
      { reason: 'token_rejected', detail: 'x' },
      await connections.find(tenantId),
    );
    expect((await recordOne({ closedAt: CLOSED })).conversation.delivery?.status).toBe('pending');
  });

  it('keeps the mode it was closed under', async () => {
    await recordOne({ closedAt: CLOSED });
    await settings.change(tenantId, { mode: 'summary' });
    await recordOne({ closedAt: CLOSED });
    const { items } = await readDeliveries.list(tenantId, { filter: {}, limit: 10 });
    expect(items.map(({ mode }) => mode)).toEqual(['summary', 'transcript']);
  });

  it('is counted by outcome and reason', async () => {
    await recordOne({ closedAt: CLOSED });
    await recordOne({ closedAt: new Date('2026-11-20T00:00:00Z') });
    await recordOne();
    expect(await readDeliveries.stats(tenantId)).toEqual({
      written: 0,
      pending: 1,
      oldestPendingAt: CLOSED,
      skipped: { before_enabled: 1 },
      failed: {},
    });
  });

  it('can’t be replayed when it was skipped by rule, or is in line', async () => {
    const skipped = await recordOne({ closedAt: new Date('2026-11-20T00:00:00Z') });
    const pending = await recordOne({ closedAt: CLOSED });
    await expect(replay.execute(tenantId, skipped.conversation.delivery?.id ?? '')).rejects.toMatchObject({
      code: 1012,
    });
    await expect(replay.execute(tenantId, pending.conversation.delivery?.id ?? '')).rejects.toMatchObject({
      code: 1012,
    });
    await expect(replay.execute(tenantId, 'nonsense')).rejects.toMatchObject({ code: 2011 });
  });
});

describe('lists', () => {
  it('page through everything once, newest first', async () => {
    await record.execute(
      tenantId,
      Array.from({ length: 25 }, () => draft({ closedAt: CLOSED })),
    );
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page = await readDeliveries.list(tenantId, { filter: {}, before, limit: 10 });
      seen.push(...page.items.map(({ id }) => id));
      before = page.nextBefore;
    } while (before !== undefined);
    expect(seen).toHaveLength(25);
    expect(seen).toEqual(seen.toSorted().toReversed());
    expect(new Set(seen).size).toBe(25);
  });

  it('do not show another tenant’s rows, nor their existence', async () => {
    const { conversation } = await recordOne({ closedAt: CLOSED, externalId: 'shared' });
    const other = await makeTenant(`Other ${made}`);
    expect((await readConversations.list(other, { limit: 10 })).items).toEqual([]);
    expect((await readDeliveries.list(other, { filter: {}, limit: 10 })).items).toEqual([]);
    await expect(readConversations.get(other, conversation.id)).rejects.toMatchObject({ code: 2002 });
    await expect(readDeliveries.get(other, conversation.delivery?.id ?? '')).rejects.toMatchObject({ code: 2011 });
    await expect(close.execute(other, conversation.id, {})).rejects.toMatchObject({ code: 2002 });
    await expect(addMessages.execute(other, conversation.id, [])).rejects.toMatchObject({ code: 2002 });
    const [same] = await record.execute(other, [draft({ externalId: 'shared' })]);
    expect(same?.outcome).toBe('opened');
  });
});
