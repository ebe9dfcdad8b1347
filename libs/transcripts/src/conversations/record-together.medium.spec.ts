import { AsyncLocalStorage } from 'node:async_hooks';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Clock, Database } from '@app/platform';
import { ConnectionRepository, EnsureTenant, newApiKey, Vault, WritebackSettingsRepository } from '@app/tenants';
import { createTestDatabase, type TestDatabase } from '@app/testing';
import { Client } from 'pg';
import { DeliveryRepository } from '../deliver/delivery.repository.js';
import { ConversationRepository, type Recording } from './conversation.repository.js';
import type { NewConversation } from './new-conversation.js';
import { RecordConversations } from './record-conversations.js';
import { RecordTogether } from './record-together.js';

const NOW = new Date('2026-11-21T10:00:00Z');
const clock: Clock = { now: () => NOW };
const callers = new AsyncLocalStorage<string>();
/** How many conversations each transaction brought. */
const groups: number[] = [];
/** Which caller each conversation was prepared as. */
const preparedAs = new Map<string, string | undefined>();
/** What the large one waits for before it is written. */
let largeMayGo: Promise<void> | undefined;

class WatchedConversations extends ConversationRepository {
  override async insert(...args: Parameters<ConversationRepository['insert']>): Promise<Set<string>> {
    groups.push(args[2].length);
    if (args[2].some(({ row }) => row.external_id === 'large')) await largeMayGo;
    const bad = args[2].find(({ row }) => row.subject === 'refused');
    // PostgreSQL refuses it, and with it the whole statement.
    const recordings = bad === undefined ? args[2] : args[2].map((one) => (one === bad ? unstorable(one) : one));
    return super.insert(args[0], args[1], recordings);
  }
}

let testDatabase: TestDatabase;
let database: Database;
let together: RecordTogether;
let tenantId: string;
let otherTenantId: string;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await Database.connect({ url: testDatabase.url, applicationName: 'test' });
  const connections = new ConnectionRepository(database, new Vault([{ id: 'k', key: Buffer.alloc(32) }]), clock);
  const settings = new WritebackSettingsRepository(database, clock);
  const wakeUps = { wake: (): void => undefined, wakeAnew: (): void => undefined };
  const parts = [new DeliveryRepository(), connections, settings, wakeUps, clock] as const;
  const record = new RecordConversations(database, new WatchedConversations(), ...parts);
  together = new RecordTogether(record);
  [tenantId, otherTenantId] = [await makeTenant('One'), await makeTenant('Two')];
});

afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

describe('RecordTogether', () => {
  it('records what arrives at once in few transactions, and answers each caller with their own', async () => {
    groups.length = 0;
    const ids = Array.from({ length: 60 }, (_, index) => `many-${index}`);
    const recorded = await Promise.all(ids.map((externalId) => together.execute(tenantId, draft(externalId))));
    expect(recorded.map((item) => ('conversation' in item ? item.conversation.externalId : item))).toEqual(ids);
    expect(recorded.every(({ outcome }) => outcome === 'closed')).toBe(true);
    expect(groups.length).toBeLessThanOrEqual(4);
    expect(await count('many-%')).toEqual({ conversations: 60, messages: 120, deliveries: 60 });
  });

  it('takes the same call from many callers as one conversation, and refuses another body', async () => {
    const same = Array.from({ length: 10 }, () => together.execute(tenantId, draft('same')));
    const different = together.execute(tenantId, { ...draft('same'), subject: 'another' });
    const outcomes = (await Promise.all(same)).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'closed')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'known')).toHaveLength(9);
    expect((await different).outcome).toBe('conflict');
    expect(await count('same')).toEqual({ conversations: 1, messages: 2, deliveries: 1 });
  });

  it('lets the one that PostgreSQL refuses sink nobody else', async () => {
    const ids = Array.from({ length: 8 }, (_, index) => `beside-${index}`);
    const settled = await Promise.allSettled([
      ...ids.slice(0, 4).map((externalId) => together.execute(tenantId, draft(externalId))),
      together.execute(tenantId, { ...draft('beside-bad'), subject: 'refused' }),
      ...ids.slice(4).map((externalId) => together.execute(tenantId, draft(externalId))),
    ]);
    expect(settled.map(({ status }) => status)).toEqual([
      ...Array<string>(4).fill('fulfilled'),
      'rejected',
      ...Array<string>(4).fill('fulfilled'),
    ]);
    expect(await count('beside-%')).toEqual({ conversations: 8, messages: 16, deliveries: 8 });
  });

  it('keeps nobody waiting behind a large one', async () => {
    groups.length = 0;
    const large = { ...draft('large'), messages: [{ author: 'agent', text: 'x'.repeat(1_000_001) } as const] };
    const small = [draft('large-not'), draft('large-neither')];
    const { promise, resolve: letGo } = Promise.withResolvers<void>();
    largeMayGo = promise;
    const alone = together.execute(tenantId, large);
    const recorded = await Promise.all(small.map((item) => together.execute(tenantId, item)));
    expect(recorded.map(({ outcome }) => outcome)).toEqual(['closed', 'closed']);
    expect(await count('large')).toEqual({ conversations: 0, messages: 0, deliveries: 0 });
    letGo();
    expect((await alone).outcome).toBe('closed');
    expect(groups).toEqual([1, 2]);
    expect(await count('large%')).toEqual({ conversations: 3, messages: 5, deliveries: 3 });
  });

  it('never writes one tenant’s conversation with another’s, and prepares each as its caller', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        callers.run(`caller-${index}`, () =>
          together.execute(index % 2 === 0 ? tenantId : otherTenantId, watched(`whose-${index}`)),
        ),
      ),
    );
    expect(await count('whose-%', tenantId)).toMatchObject({ conversations: 10 });
    expect(await count('whose-%', otherTenantId)).toMatchObject({ conversations: 10 });
    expect(Array.from(preparedAs.entries()).toSorted()).toEqual(
      Array.from({ length: 20 }, (_, index) => [`whose-${index}`, `caller-${index}`]).toSorted(),
    );
  });
});

function draft(externalId: string): NewConversation {
  return {
    externalId,
    channel: 'chat',
    direction: 'inbound',
    customer: { email: `${externalId}@example.com` },
    closedAt: NOW,
    messages: [
      { author: 'customer', text: `Hello, this is ${externalId}` },
      { author: 'agent', text: 'How can I help?' },
    ],
  };
}

/** Its customer's email notes as whom it is read first, which is when the conversation is prepared. */
function watched(externalId: string): NewConversation {
  const customer = {
    get email(): string {
      if (!preparedAs.has(externalId)) preparedAs.set(externalId, callers.getStore());
      return `${externalId}@example.com`;
    },
  };
  return { ...draft(externalId), customer };
}

function unstorable(recording: Recording): Recording {
  return { ...recording, row: { ...recording.row, channel: 'pigeon' as 'chat' } };
}

async function makeTenant(tenant: string): Promise<string> {
  const adminEmail = `${tenant}@x.test`;
  return new EnsureTenant(database).execute({ tenant, adminEmail, adminPassword: 'password', apiKey: newApiKey() });
}

async function count(externalId: string, of = tenantId): Promise<Record<string, number>> {
  const client = new Client({ connectionString: testDatabase.adminUrl });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, number>>(
      `WITH those AS (SELECT id FROM conversations WHERE tenant_id = $1 AND external_id LIKE $2)
       SELECT (SELECT count(*)::int FROM those) AS conversations,
         (SELECT count(*)::int FROM messages WHERE conversation_id IN (SELECT id FROM those)) AS messages,
         (SELECT count(*)::int FROM deliveries WHERE conversation_id IN (SELECT id FROM those)) AS deliveries`,
      [of, externalId],
    );
    return rows[0] ?? {};
  } finally {
    await client.end();
  }
}
