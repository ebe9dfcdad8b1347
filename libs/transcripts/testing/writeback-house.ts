import { InMemoryCrm } from '@app/crm/testing';
import { createLogger, Database, systemClock } from '@app/platform';
import {
  AuditLog,
  ConnectionRepository,
  EnableSyncing,
  EnsureTenant,
  newApiKey,
  Vault,
  type WritebackMode,
  WritebackSettingsRepository,
} from '@app/tenants';
import { createTestDatabase } from '@app/testing';
import { Client } from 'pg';
import type { Customer } from '../src/conversations/conversation.js';
import { ConversationRepository } from '../src/conversations/conversation.repository.js';
import type { NewConversation } from '../src/conversations/new-conversation.js';
import { RecordConversations } from '../src/conversations/record-conversations.js';
import type { DeliverPending } from '../src/deliver/deliver-pending.js';
import type { Delivery } from '../src/deliver/delivery.js';
import { DeliveryRepository } from '../src/deliver/delivery.repository.js';
import { ReadDeliveries } from '../src/deliver/read-deliveries.js';
import { type DelivererParts, makeDeliverer } from './deliverer.js';

const WAKES_NOBODY = { wake: (): void => undefined, wakeAnew: (): void => undefined };
const logger = createLogger({ level: 'silent', name: 'test' });

/** Everything of writeback but the queue, on a database of its own, with a CRM in memory. */
export class WritebackHouse {
  readonly deliveries: ReadDeliveries;
  tenantId = '';
  crm = new InMemoryCrm();
  private made = 0;

  private constructor(
    readonly database: Database,
    /** Past row-level security. */
    readonly admin: Client,
    readonly connections: ConnectionRepository,
    readonly settings: WritebackSettingsRepository,
    private readonly record: RecordConversations,
    private readonly url: string,
    private readonly drop: () => Promise<void>,
  ) {
    this.deliveries = new ReadDeliveries(database, new DeliveryRepository());
  }

  static async open(): Promise<WritebackHouse> {
    const testDatabase = await createTestDatabase();
    const database = await Database.connect({ url: testDatabase.url, applicationName: 'test' });
    const admin = new Client({ connectionString: testDatabase.adminUrl });
    await admin.connect();
    const vault = new Vault([{ id: 'k', key: Buffer.alloc(32) }]);
    const connections = new ConnectionRepository(database, vault, systemClock);
    const settings = new WritebackSettingsRepository(database, systemClock);
    const parts = [database, new ConversationRepository(), new DeliveryRepository(), connections, settings] as const;
    const record = new RecordConversations(...parts, WAKES_NOBODY, systemClock);
    return new WritebackHouse(database, admin, connections, settings, record, testDatabase.url, () =>
      testDatabase.drop(),
    );
  }

  async close(): Promise<void> {
    await this.admin.end();
    await this.database.close();
    await this.drop();
  }

  /** Connections of another process. */
  openDatabase(): Promise<Database> {
    return Database.connect({ url: this.url, applicationName: 'another' });
  }

  /** A tenant with an enabled connection and an empty CRM. */
  async moveIn(mode: WritebackMode = 'transcript'): Promise<void> {
    this.made += 1;
    const { database, connections, settings, made } = this;
    this.tenantId = await new EnsureTenant(database).execute({
      tenant: `Tenant ${made}`,
      adminEmail: `admin${made}@x.test`,
      adminPassword: 'password',
      apiKey: newApiKey(),
    });
    await connections.connect(this.tenantId, { kind: 'token', portalId: String(made) }, { accessToken: 'pat' });
    const enable = new EnableSyncing(database, connections, settings, new AuditLog(database, systemClock));
    await enable.execute(this.tenantId, { mode, onNoMatch: 'create' });
    this.crm = new InMemoryCrm();
  }

  /** Forgets every conversation and contact, for another round with the same tenant. */
  async empty(): Promise<void> {
    await this.admin.query('DELETE FROM conversations WHERE tenant_id = $1', [this.tenantId]);
    await this.admin.query('DELETE FROM contact_links WHERE tenant_id = $1', [this.tenantId]);
    this.crm = new InMemoryCrm();
  }

  worker(parts: Partial<DelivererParts> = {}): DeliverPending {
    const { database, connections, settings, crm } = this;
    return makeDeliverer({ database, connections, settings, crm, logger, ...parts });
  }

  /** A conversation of each customer, closed in this order; its message says which one it is. @returns delivery ids. */
  async closed(customers: readonly Customer[], parts: Partial<NewConversation> = {}): Promise<string[]> {
    const now = Date.now();
    const ids: string[] = [];
    for (let from = 0; from < customers.length; from += 100) {
      const some = customers.slice(from, from + 100);
      const recorded = await this.record.execute(
        this.tenantId,
        some.map((customer, index) => ({
          channel: 'chat',
          direction: 'inbound',
          customer,
          closedAt: new Date(now + from + index),
          messages: [{ author: 'customer', text: `Message ${from + index}` }],
          ...parts,
        })),
      );
      ids.push(...recorded.map((item) => ('conversation' in item ? (item.conversation.delivery?.id ?? '') : '')));
    }
    return ids;
  }

  /** Makes everything that waits for its time due now, as if that time had passed. */
  async makeDue(): Promise<void> {
    await this.admin.query(
      `UPDATE deliveries SET due_at = now(), create_sent_at = create_sent_at - interval '1 hour',
         entries_sent_at = entries_sent_at - interval '1 hour'
       WHERE tenant_id = $1 AND status IN ('pending', 'delivering')`,
      [this.tenantId],
    );
  }

  /** How many deliveries there are of each status. */
  async counts(): Promise<Record<string, number>> {
    const { rows } = await this.admin.query<{ status: string; count: number }>(
      'SELECT status, count(*)::int FROM deliveries WHERE tenant_id = $1 GROUP BY status',
      [this.tenantId],
    );
    return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
  }

  /** Oldest first. */
  async all(): Promise<Delivery[]> {
    return (await this.deliveries.list(this.tenantId, { filter: {}, limit: 200 })).items.toReversed();
  }

  bodies(): string[] {
    return this.crm.portal(this.tenantId).entries.map(({ body }) => body);
  }
}
