import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryCrm } from '@app/crm/testing';
import { createLogger, Database, systemClock } from '@app/platform';
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
import { makeDeliverer } from '../../testing/deliverer.js';
import type { Customer } from '../conversations/conversation.js';
import { ConversationRepository } from '../conversations/conversation.repository.js';
import type { NewConversation } from '../conversations/new-conversation.js';
import { RecordConversations } from '../conversations/record-conversations.js';
import { MakeSummaries } from '../summarise/make-summaries.js';
import type { Summariser } from '../summarise/summariser.port.js';
import type { DeliverPending } from './deliver-pending.js';
import { DeliveryRepository } from './delivery.repository.js';
import { ReadDeliveries } from './read-deliveries.js';

const PATIENCE_MS = 300;
const ADA = { email: 'ada@example.com' };

const logger = createLogger({ level: 'silent', name: 'test' });

let testDatabase: TestDatabase;
let database: Database;
let admin: Client;
let connections: ConnectionRepository;
let settings: WritebackSettingsRepository;
let record: RecordConversations;
let deliveries: ReadDeliveries;
let crm: InMemoryCrm;
let tenantId: string;
let made = 0;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await Database.connect({ url: testDatabase.url, applicationName: 'test' });
  admin = new Client({ connectionString: testDatabase.adminUrl });
  await admin.connect();
  connections = new ConnectionRepository(database, new Vault([{ id: 'k', key: Buffer.alloc(32) }]), systemClock);
  settings = new WritebackSettingsRepository(database, systemClock);
  const wakeUps = { wake: (): void => undefined, wakeAnew: (): void => undefined };
  const repository = new DeliveryRepository();
  record = new RecordConversations(
    database,
    new ConversationRepository(),
    repository,
    connections,
    settings,
    wakeUps,
    systemClock,
  );
  deliveries = new ReadDeliveries(database, repository);
});

afterAll(async () => {
  await admin.end();
  await database.close();
  await testDatabase.drop();
});

beforeEach(async () => {
  made += 1;
  tenantId = await new EnsureTenant(database).execute({
    tenant: `Tenant ${made}`,
    adminEmail: `admin${made}@x.test`,
    adminPassword: 'password',
    apiKey: newApiKey(),
  });
  await connections.connect(tenantId, { kind: 'token', portalId: String(made) }, { accessToken: 'pat' });
  await new EnableSyncing(database, connections, settings, new AuditLog(database, systemClock)).execute(tenantId, {
    mode: 'summary',
    onNoMatch: 'create',
  });
  crm = new InMemoryCrm();
});

/** A worker's delivery. Its settle time is longer than a test: makeDue ends it. */
function assemble(model: Summariser | undefined): DeliverPending {
  const summaries = new MakeSummaries(database, logger, model, PATIENCE_MS);
  return makeDeliverer({ database, connections, settings, crm, logger, summaries });
}

async function close(customers: readonly Customer[], parts: Partial<NewConversation> = {}): Promise<string[]> {
  const closedAt = new Date();
  const recorded = await record.execute(
    tenantId,
    customers.map((customer, index) => ({
      channel: 'chat',
      direction: 'inbound',
      customer,
      closedAt,
      messages: [{ author: 'customer', text: `Message ${index}` }],
      ...parts,
    })),
  );
  return recorded.map((item) => ('conversation' in item ? (item.conversation.delivery?.id ?? '') : ''));
}

/** Makes everything that waits for its time due now, as if that time had passed. */
async function makeDue(): Promise<void> {
  await admin.query(
    `UPDATE deliveries SET due_at = now(), create_sent_at = create_sent_at - interval '1 hour',
       entries_sent_at = entries_sent_at - interval '1 hour'
     WHERE tenant_id = $1 AND status IN ('pending', 'delivering')`,
    [tenantId],
  );
}

async function run(model: Summariser | undefined): Promise<void> {
  await assemble(model).execute({ tenantId });
}

/** Says something else every time it is asked, as models do. */
class Moody implements Summariser {
  asked = 0;
  readonly read: string[] = [];

  summarise({ messages }: Parameters<Summariser['summarise']>[0]): Promise<string> {
    this.asked += 1;
    this.read.push(messages.map(({ text }) => text).join());
    return Promise.resolve(`Summary number ${this.asked} <b>`);
  }
}

const broken: Summariser = { summarise: () => Promise.reject(new Error('It answered 500')) };
const silent: Summariser = { summarise: () => new Promise(() => undefined) };

const bodies = (): string[] => crm.portal(tenantId).entries.map(({ body }) => body);
const first = async () => (await deliveries.list(tenantId, { filter: {}, limit: 10 })).items[0];

describe('summaries by a model', () => {
  it('are written escaped, made of scrubbed text', async () => {
    const model = new Moody();
    await close([ADA], { messages: [{ author: 'customer', text: 'My card is 4111 1111 1111 1111' }] });
    await run(model);
    expect(bodies()).toEqual([expect.stringContaining('Summary number 1 &lt;b&gt;')]);
    expect(model.read).toEqual(['My card is [card •••• 1111]']);
  });

  it('are the same on every attempt, whatever the model would say now, and without it too', async () => {
    const model = new Moody();
    await close([ADA]);
    crm.faults.add({ fault: 'lost_before' }, { on: ['write'] });
    await run(model);
    expect(bodies()).toEqual([]);
    await makeDue();
    await run(undefined);
    expect(model.asked).toBe(1);
    expect(bodies()).toEqual([expect.stringContaining('Summary number 1')]);
  });

  it('that were begun with the conversation’s own sentences go on with them', async () => {
    const model = new Moody();
    await close([ADA]);
    crm.faults.add({ fault: 'lost_before' }, { on: ['write'] });
    await run(undefined);
    await makeDue();
    await run(model);
    expect(model.asked).toBe(0);
    expect(bodies()).toEqual([expect.stringContaining('Message 0')]);
  });

  it.each([
    ['fails', broken],
    ['never answers', silent],
  ])(
    'are made of the conversation when the model %s: written, with a word about it, and so ever after',
    async (_, model) => {
      await close([ADA]);
      crm.faults.add({ fault: 'lost_before' }, { on: ['write'] });
      await run(model);
      await makeDue();
      const moody = new Moody();
      await run(moody);
      expect(moody.asked).toBe(0);
      expect(bodies()).toEqual([expect.stringContaining('Message 0')]);
      expect((await first())?.status).toBe('written');
    },
  );

  it('say on the delivery that the model gave none', async () => {
    await close([ADA]);
    await run(broken);
    expect(await first()).toMatchObject({ status: 'written', detail: expect.stringContaining('the model gave none') });
  });

  it('are not asked for where the caller gave one', async () => {
    const model = new Moody();
    await close([ADA], { summary: 'Given by the caller' });
    await run(model);
    expect(model.asked).toBe(0);
    expect(bodies()).toEqual([expect.stringContaining('Given by the caller')]);
  });
});
