import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryCrm } from '@app/crm/testing';
import { createLogger, Database, newId, systemClock } from '@app/platform';
import {
  AuditLog,
  ConnectionRepository,
  EnableSyncing,
  EnsureTenant,
  Vault,
  WritebackSettingsRepository,
  newApiKey,
} from '@app/tenants';
import { createTestDatabase, type TestDatabase, waitFor } from '@app/testing';
import fc from 'fast-check';
import { Client } from 'pg';
import { makeDeliverer } from '../../testing/deliverer.js';
import { readTranscript } from '../../testing/read-transcript.js';
import type { Customer } from '../conversations/conversation.js';
import { ConversationRepository } from '../conversations/conversation.repository.js';
import type { NewConversation } from '../conversations/new-conversation.js';
import { RecordConversations } from '../conversations/record-conversations.js';
import type { DeliverPending } from './deliver-pending.js';
import type { Delivery } from './delivery.js';
import { DELIVERY_TRANSITIONS } from './delivery-states.js';
import { DeliveryRepository } from './delivery.repository.js';
import { DrainLedger } from './drain-ledger.js';
import { PortalRules } from './portal-rules.js';
import { ReadDeliveries } from './read-deliveries.js';
import { ReplayDelivery } from './replay-delivery.js';
import { SweepDue } from './sweep-due.js';

const logger = createLogger({ level: 'silent', name: 'test' });

let testDatabase: TestDatabase;
let database: Database;
let admin: Client;
let connections: ConnectionRepository;
let settings: WritebackSettingsRepository;
let record: RecordConversations;
let deliveries: ReadDeliveries;
let replay: ReplayDelivery;
let crm: InMemoryCrm;
let deliver: DeliverPending;
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
  replay = new ReplayDelivery(database, repository, connections, wakeUps, new AuditLog(database, systemClock));
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
    mode: 'transcript',
    onNoMatch: 'create',
  });
  crm = new InMemoryCrm();
  deliver = assemble();
});

function assemble({ settleSeconds }: { settleSeconds?: number } = {}): DeliverPending {
  return makeDeliverer({ database, connections, settings, crm, logger, settleSeconds });
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

async function run(): Promise<void> {
  await deliver.execute({ tenantId });
}

async function all(): Promise<Delivery[]> {
  return (await deliveries.list(tenantId, { filter: {}, limit: 200 })).items.toReversed();
}

function bodies(): string[] {
  return crm.portal(tenantId).entries.map(({ body }) => body);
}

/** The part a body is, by its reference line. */
function partOf(body: string): number {
  return Number(/-(\d+)-\d+-\w{12}<\/p>$/.exec(body)?.[1]);
}

const ADA: Customer = { email: 'ada@example.com', firstName: 'Ada' };

describe('DeliverPending', () => {
  it('writes to the matched contact, remembers the link, and asks nothing the next time', async () => {
    const contactId = crm.portal(tenantId).add({ emails: ['ada@example.com'], phones: [] });
    await close([ADA]);
    await run();
    expect(await all()).toMatchObject([
      { status: 'written', matchedBy: 'email', tied: 1, contactId, entries: [{ part: 1, parts: 1, type: 'note' }] },
    ]);
    crm.calls.length = 0;
    await close([ADA]);
    await run();
    expect((await all())[1]).toMatchObject({ status: 'written', matchedBy: 'crm_id', contactId });
    expect(crm.calls.map(({ method }) => method)).toEqual(['write']);
  });

  it('works a hundred off with one call per step', async () => {
    await close(
      Array.from({ length: 100 }, (_, index) => ({
        email: `p${index}@example.com`,
        phone: `+49151${10_000_000 + index}`,
      })),
    );
    await run();
    expect(crm.calls.map(({ method, items }) => `${method} ${items}`)).toEqual([
      'findByEmails 100',
      'findPhoneCandidates 100',
      'create 100',
      'write 100',
    ]);
    expect((await deliveries.stats(tenantId)).written).toBe(100);
  });

  it('gives several conversations of a new customer one contact', async () => {
    await close([ADA, { email: 'ADA@example.com' }, { ...ADA, externalId: 'u1' }, { externalId: 'u1' }]);
    await run();
    const written = await all();
    expect(new Set(written.map(({ contactId }) => contactId)).size).toBe(1);
    expect(written.map(({ status }) => status)).toEqual(['written', 'written', 'written', 'written']);
    expect(crm.portal(tenantId).live()).toHaveLength(1);
  });

  it('finds the contact it created in an earlier batch although search does not show it yet', async () => {
    crm.portal(tenantId).searchLagMs = 60_000;
    await close([{ phone: '+4915112345678', externalId: 'one' }]);
    await run();
    await close([{ phone: '0049 151 12345678', externalId: 'two' }]);
    await run();
    expect(crm.portal(tenantId).live()).toHaveLength(1);
    expect((await all())[1]).toMatchObject({ matchedBy: 'phone' });
  });

  it('skips by reason', async () => {
    await settings.change(tenantId, { onNoMatch: 'skip' });
    await close([{}, { email: 'nobody@example.com' }]);
    await run();
    expect((await all()).map(({ reason }) => reason)).toEqual(['nothing_to_match', 'no_match']);
  });

  it('leaves what waits for a person alone, without failing it', async () => {
    await close([ADA]);
    await connections.needAttention(
      tenantId,
      { reason: 'token_rejected', detail: 'x' },
      await connections.find(tenantId),
    );
    await run();
    expect(await all()).toMatchObject([{ status: 'pending', attempts: [] }]);
    expect(crm.calls).toEqual([]);
  });
});

describe('when something goes wrong', () => {
  it('looks before it writes again, when the answer to a write never came', async () => {
    await close([ADA]);
    crm.faults.add({ fault: 'lost_after' }, { on: ['write'] });
    await run();
    expect(await all()).toMatchObject([{ status: 'pending', attempts: [{ outcome: 'unknown' }] }]);
    await makeDue();
    await run();
    expect(await all()).toMatchObject([{ status: 'written', entries: [{ part: 1 }] }]);
    expect(bodies()).toHaveLength(1);
    expect(crm.calls.filter(({ method }) => method === 'write')).toHaveLength(1);
  });

  it('writes what really was not written', async () => {
    await close([ADA]);
    crm.faults.add({ fault: 'lost_before' }, { on: ['write'] });
    await run();
    await makeDue();
    await run();
    expect(await all()).toMatchObject([{ status: 'written' }]);
    expect(bodies()).toHaveLength(1);
  });

  it('does not touch an unknown outcome before the settle time has passed', async () => {
    deliver = assemble({ settleSeconds: 60 });
    await close([ADA]);
    crm.faults.add({ fault: 'lost_before' }, { on: ['write'] });
    await run();
    const [waiting] = await all();
    expect(waiting?.nextAttemptAt?.getTime()).toBeGreaterThan(Date.now() + 50_000);
    await admin.query('UPDATE deliveries SET due_at = now() WHERE tenant_id = $1', [tenantId]);
    crm.calls.length = 0;
    await run();
    expect(crm.calls).toEqual([]);
  });

  it('counts the settle time from the request, not from the mark that was set long before it', async () => {
    deliver = assemble({ settleSeconds: 60 });
    await close([ADA]);
    const write = crm.write.bind(crm);
    crm.write = async (...parameters) => {
      await admin.query(`UPDATE deliveries SET entries_sent_at = now() - interval '50 s' WHERE tenant_id = $1`, [
        tenantId,
      ]);
      return write(...parameters);
    };
    crm.faults.add({ fault: 'lost_before' }, { on: ['write'] });
    await run();
    expect((await all())[0]?.nextAttemptAt?.getTime()).toBeGreaterThan(Date.now() + 50_000);
  });

  it('does not create a contact twice when the answer never came, by email, number or name', async () => {
    crm.portal(tenantId).searchLagMs = 30_000;
    await close([ADA, { phone: '+4915112345678' }, { firstName: 'Only', lastName: 'Name' }]);
    crm.faults.add({ fault: 'lost_after' }, { on: ['create'] });
    await run();
    expect((await all()).map(({ status }) => status)).toEqual(['pending', 'pending', 'pending']);
    crm.portal(tenantId).searchLagMs = 0;
    crm.portal(tenantId).catchUp();
    await makeDue();
    await run();
    expect((await all()).map(({ status }) => status)).toEqual(['written', 'written', 'written']);
    expect(crm.portal(tenantId).live()).toHaveLength(3);
  });

  it('takes over what a killed drain left, with and without a mark', async () => {
    const ids = await close([ADA, { email: 'bob@example.com' }]);
    const contactId = crm.portal(tenantId).add({ emails: ['bob@example.com'], phones: [] });
    await admin.query(
      `UPDATE deliveries SET status = 'delivering', drain_id = gen_random_uuid(),
         contact_id = CASE WHEN id = $2 THEN $3 END, entries_sent_at = CASE WHEN id = $2 THEN now() - interval '1 hour' END
       WHERE tenant_id = $1`,
      [tenantId, ids[1], contactId],
    );
    await run();
    expect((await all()).map(({ status }) => status)).toEqual(['written', 'written']);
    expect(bodies()).toHaveLength(2);
  });

  it('sends nothing for what another drain took over meanwhile', async () => {
    const [id] = await close([ADA]);
    const create = crm.create.bind(crm);
    crm.create = async (...parameters): ReturnType<typeof create> => {
      await admin.query('UPDATE deliveries SET drain_id = gen_random_uuid() WHERE id = $1', [id]);
      return create(...parameters);
    };
    await run();
    expect(bodies()).toEqual([]);
    expect(await all()).toMatchObject([{ status: 'delivering' }]);
  });

  it('follows a merged contact to its survivor', async () => {
    const portal = crm.portal(tenantId);
    const [survivor, other] = [
      portal.add({ emails: ['main@example.com'], phones: [] }),
      portal.add({ emails: ['ada@example.com'], phones: [] }),
    ];
    await close([ADA]);
    await run();
    portal.merge(survivor, other);
    await close([ADA]);
    await run();
    expect((await all()).map(({ status, contactId }) => [status, contactId])).toEqual([
      ['written', other],
      ['written', survivor],
    ]);
  });

  it('matches once more when the contact was deleted', async () => {
    const portal = crm.portal(tenantId);
    const gone = portal.add({ emails: ['ada@example.com'], phones: [] });
    await close([ADA]);
    await run();
    portal.remove(gone);
    await close([ADA, { crmContactId: '424242', email: 'ada@example.com' }]);
    await run();
    const [, second, third] = await all();
    expect(second).toMatchObject({ status: 'written', matchedBy: 'created' });
    expect(third).toMatchObject({ status: 'written', contactId: second?.contactId });
    expect(second?.contactId).not.toBe(gone);
  });

  it('finds its own entries with the survivor when contacts were merged before it heard back', async () => {
    const portal = crm.portal(tenantId);
    const [survivor, other] = [
      portal.add({ emails: ['main@example.com'], phones: [] }),
      portal.add({ emails: ['ada@example.com'], phones: [] }),
    ];
    await close([ADA]);
    crm.faults.add({ fault: 'lost_after' }, { on: ['write'] });
    await run();
    portal.merge(survivor, other);
    await makeDue();
    await run();
    expect(bodies()).toHaveLength(1);
    expect(await all()).toMatchObject([{ status: 'written', contactId: survivor }]);
  });

  it('fails what the CRM refuses, with what to do, and only that; Replay writes it after the cure', async () => {
    await close([ADA, { email: 'bob@example.com' }]);
    const refusal = { reason: 'missing_required_property', detail: 'Make "Reason" optional, then replay' };
    crm.faults.add({ fault: 'refused', refusal, items: [0] }, { on: ['write'] });
    await run();
    const [failed, written] = await all();
    expect(failed).toMatchObject({ status: 'failed', reason: 'missing_required_property', detail: refusal.detail });
    expect(written?.status).toBe('written');
    await replay.execute(tenantId, failed?.id ?? '');
    await run();
    expect((await all()).map(({ status }) => status)).toEqual(['written', 'written']);
    await expect(replay.execute(tenantId, failed?.id ?? '')).rejects.toMatchObject({ code: 1012 });
  });

  it('replays nothing for another portal, and nothing from before syncing', async () => {
    const refusal = { reason: 'refused', detail: 'No' };
    const [id = ''] = await close([ADA]);
    crm.faults.add({ fault: 'refused', refusal }, { on: ['write'] });
    await run();
    await admin.query(`UPDATE connections SET enabled_at = now() + interval '1 s' WHERE tenant_id = $1`, [tenantId]);
    await expect(replay.execute(tenantId, id)).rejects.toMatchObject({
      code: 1012,
      details: { reason: 'before_enabled' },
    });
    await admin.query(
      `UPDATE connections SET enabled_at = now() - interval '1 hour', portal_id = 'another' WHERE tenant_id = $1`,
      [tenantId],
    );
    await expect(replay.execute(tenantId, id)).rejects.toMatchObject({
      code: 1012,
      details: { reason: 'portal_changed' },
    });
    expect(await all()).toMatchObject([{ status: 'failed' }]);
  });

  it.each(['findByEmails', 'findPhoneCandidates', 'create', 'write'] as const)(
    'comes back later when %s is throttled',
    async (method) => {
      await close([{ ...ADA, phone: '+4915112345678' }]);
      crm.faults.add(
        { fault: 'deferred', deferral: { cause: 'throttled', detail: 'Slow down', retryAfterSeconds: 10 } },
        { on: [method] },
      );
      await run();
      const [waiting] = await all();
      expect(waiting).toMatchObject({ status: 'pending', attempts: [{ outcome: 'deferred', detail: 'Slow down' }] });
      expect(waiting?.nextAttemptAt?.getTime()).toBeGreaterThan(Date.now() + 8_000);
      await makeDue();
      await run();
      expect(await all()).toMatchObject([{ status: 'written' }]);
      expect(crm.portal(tenantId).live()).toHaveLength(1);
    },
  );

  it('gives up on a contact that HubSpot keeps refusing although it is there, and says so', async () => {
    crm.portal(tenantId).add({ emails: ['ada@example.com'], phones: [] });
    await close([ADA]);
    crm.write = async (_tenant, entries) => entries.map(() => ({ outcome: 'contact_gone' }));
    for (let attempt = 0; attempt < 6; attempt += 1) {
      expect((await all())[0]?.status).toBe('pending');
      await run();
      await makeDue();
    }
    expect(await all()).toMatchObject([{ status: 'failed', reason: 'contact_refused' }]);
  });

  it('says once that it waits for a person, and does not count the tries', async () => {
    await close([ADA]);
    crm.faults.add(
      { fault: 'deferred', deferral: { cause: 'connection', detail: 'The token was rejected' } },
      { times: 3 },
    );
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await run();
      await makeDue();
    }
    const { rows } = await admin.query('SELECT tries FROM deliveries WHERE tenant_id = $1', [tenantId]);
    expect(rows).toEqual([{ tries: 0 }]);
    expect((await all())[0]?.attempts).toMatchObject([{ outcome: 'waiting' }]);
  });

  it('shows the latest attempts of what was tried very often, in order', async () => {
    const [id] = await close([ADA]);
    await admin.query(
      `INSERT INTO delivery_attempts (tenant_id, delivery_id, outcome, detail)
       SELECT $1, $2, 'deferred', n::text FROM generate_series(1, 1000) n`,
      [tenantId, id],
    );
    const shown = (await all())[0]?.attempts.map(({ detail }) => Number(detail));
    expect(shown).toEqual(Array.from({ length: 50 }, (_, index) => 951 + index));
  });

  it('gives back what it held after an error nobody planned for', async () => {
    await close([ADA]);
    crm.findByEmails = async () => {
      throw new Error('surprise');
    };
    await run();
    expect(await all()).toMatchObject([{ status: 'pending', attempts: [{ outcome: 'deferred' }] }]);
  });

  it('writes the missing parts only, to the same contact, when some of a long transcript were written', async () => {
    const text = 'All work and no play. '.repeat(12_000);
    await close([ADA], { messages: [{ author: 'customer', text }] });
    const write = crm.write.bind(crm);
    crm.write = async (tenant, entries) => {
      await write(tenant, entries.slice(0, 2));
      return entries.map(() => ({ outcome: 'unknown', detail: 'timed out' }));
    };
    await run();
    crm.write = write;
    await makeDue();
    await run();
    const [delivery] = await all();
    expect(delivery?.status).toBe('written');
    expect(delivery?.entries.map(({ part }) => part)).toEqual(bodies().map((_, index) => index + 1));
    expect(readTranscript(bodies())).toBe(text);
  });

  it('renews the mark before each request of a very long transcript, and sends no more once it was taken over', async () => {
    deliver = assemble({ settleSeconds: 60 });
    const [id] = await close([ADA], { messages: [{ author: 'customer', text: '&'.repeat(1_500_000) }] });
    const write = crm.write.bind(crm);
    const ages: number[] = [];
    crm.write = async (...parameters) => {
      const { rows } = await admin.query<{ age: number }>(
        'SELECT extract(epoch FROM clock_timestamp() - entries_sent_at)::float AS age FROM deliveries WHERE id = $1',
        [id],
      );
      ages.push(rows[0]?.age ?? NaN);
      await admin.query(
        `UPDATE deliveries SET entries_sent_at = now() - interval '50 s',
           drain_id = CASE WHEN $2 THEN gen_random_uuid() ELSE drain_id END WHERE id = $1`,
        [id, ages.length === 3],
      );
      return write(...parameters);
    };
    crm.faults.add({ fault: 'lost_before' }, { on: ['write'] });
    await run();
    await makeDue();
    await run();
    expect(ages).toHaveLength(3);
    expect(Math.max(...ages)).toBeLessThan(10);
    expect(await all()).toMatchObject([{ status: 'delivering' }]);
    await makeDue();
    await run();
    expect(await all()).toMatchObject([{ status: 'written' }]);
    expect(readTranscript(bodies().toSorted((a, b) => partOf(a) - partOf(b)))).toBe('&'.repeat(1_500_000));
  });

  it('takes over what a killed drain left behind as the same try: HubSpot has refused nothing', async () => {
    const [id] = await close([ADA]);
    const portalId = (await connections.find(tenantId)).portalId ?? '';
    const ledger = new DrainLedger(database, 5, new PortalRules(database, connections));
    for (let killed = 0; killed < 6; killed += 1) {
      const drain = { id: newId(), tenantId, portalId };
      await ledger.begin(drain);
      await ledger.claimDue(drain, 1);
    }
    crm.faults.add({ fault: 'deferred', deferral: { cause: 'unavailable', detail: 'Down' } }, { on: ['write'] });
    await run();
    const { rows } = await admin.query<{ tries: number; seconds: number }>(
      'SELECT tries, extract(epoch FROM due_at - now())::float8 AS seconds FROM deliveries WHERE id = $1',
      [id],
    );
    expect(rows[0]?.tries).toBe(1);
    expect(rows[0]?.seconds).toBeLessThan(2);
  });

  it('does not complete what an earlier version split otherwise; Replay starts over', async () => {
    const [id] = await close([ADA], {
      messages: [{ author: 'customer', text: 'All work and no play. '.repeat(12_000) }],
    });
    const contactId = crm.portal(tenantId).add({ emails: ['ada@example.com'], phones: [] });
    await admin.query('UPDATE deliveries SET contact_id = $2 WHERE id = $1', [id, contactId]);
    await admin.query(
      `INSERT INTO delivery_entries (delivery_id, part, parts, tenant_id, type, entry_id, contact_id) VALUES ($1, 1, 9, $2, 'note', '1', $3)`,
      [id, tenantId, contactId],
    );
    await run();
    expect(await all()).toMatchObject([
      { status: 'failed', reason: 'split_otherwise', detail: expect.stringContaining('1 of 9') },
    ]);
    expect(bodies()).toEqual([]);
    await replay.execute(tenantId, id ?? '');
    await run();
    const [delivery] = await all();
    expect(delivery).toMatchObject({ status: 'written' });
    expect(delivery?.entries).toHaveLength(bodies().length);
  });

  it('ends with every part exactly once, whatever happens on the way', async () => {
    const faults = fc.array(
      fc.record({
        fault: fc.constantFrom('lost_before' as const, 'lost_after' as const, 'deferred' as const),
        on: fc.constantFrom(
          'findByEmails' as const,
          'findPhoneCandidates' as const,
          'create' as const,
          'write' as const,
          'readBack' as const,
          'findByIds' as const,
        ),
        kill: fc.boolean(),
      }),
      { maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(faults, async (planned) => {
        await admin.query('DELETE FROM conversations WHERE tenant_id = $1', [tenantId]);
        await admin.query('DELETE FROM contact_links WHERE tenant_id = $1', [tenantId]);
        crm = new InMemoryCrm();
        deliver = assemble();
        await close([
          ADA,
          { phone: '+4915112345678' },
          { firstName: 'Only' },
          { email: 'ada@example.com' },
          { email: 'bob@example.com', phone: '+4915112345678' },
        ]);
        for (const { fault, on, kill } of planned) {
          crm.faults.add(
            fault === 'deferred' ? { fault, deferral: { cause: 'unavailable', detail: 'x' } } : { fault },
            { on: [on] },
          );
          await run();
          // A killed worker leaves its rows as they were when it died.
          if (kill)
            await admin
              .query(
                `UPDATE deliveries SET status = 'delivering', drain_id = gen_random_uuid() WHERE tenant_id = $1 AND status = 'pending' AND tries % 2 = 1`,
                [tenantId],
              )
              .catch(() => undefined);
          await makeDue();
        }
        crm.faults.clear();
        for (let attempt = 0; attempt < 4; attempt += 1) {
          await run();
          await makeDue();
        }
        expect((await all()).map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => 'written'));
        expect(
          bodies()
            .map((body) => readTranscript([body]))
            .toSorted(),
        ).toEqual([0, 1, 2, 3, 4].map((index) => `Message ${index}`));
        expect(crm.portal(tenantId).live()).toHaveLength(3);
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});

describe('when it is not known whether a contact was created', () => {
  it('creates no second one for others with the same number, or for the same customer, before that has settled', async () => {
    deliver = assemble({ settleSeconds: 60 });
    crm.portal(tenantId).searchLagMs = 60_000;
    await close([{ phone: '+4915112345678', externalId: 'one' }]);
    crm.faults.add({ fault: 'lost_after' }, { on: ['create'] });
    await run();
    await close([
      { phone: '0049 151 12345678', externalId: 'two' },
      { externalId: 'one', firstName: 'Ada' },
      { firstName: 'Someone else' },
    ]);
    await run();
    expect((await all()).map(({ status }) => status)).toEqual(['pending', 'pending', 'pending', 'written']);
    expect((await all())[1]?.nextAttemptAt?.getTime()).toBeGreaterThan(Date.now() + 50_000);
    crm.portal(tenantId).searchLagMs = 0;
    crm.portal(tenantId).catchUp();
    await makeDue();
    await run();
    expect((await all()).map(({ status }) => status)).toEqual(['written', 'written', 'written', 'written']);
    expect(crm.portal(tenantId).live()).toHaveLength(2);
  });

  it('waits for the search index too before it takes a miss for "not made"', async () => {
    deliver = assemble({ settleSeconds: 60 });
    await close([{ firstName: 'Only', lastName: 'Name' }]);
    crm.faults.add({ fault: 'lost_after' }, { on: ['create'] });
    await run();
    const [waiting] = await all();
    expect(waiting?.nextAttemptAt?.getTime()).toBeGreaterThan(Date.now() + 80_000);
    // Its time has come, and the settle time has passed, but the index may not show it yet.
    await admin.query(
      `UPDATE deliveries SET due_at = now(), create_sent_at = now() - interval '70 s' WHERE tenant_id = $1`,
      [tenantId],
    );
    crm.calls.length = 0;
    await run();
    expect(crm.calls).toEqual([]);
  });

  it('looks for all of them together', async () => {
    await close(Array.from({ length: 30 }, (_, index) => ({ phone: `+4915112345${100 + index}` })));
    crm.faults.add({ fault: 'lost_after' }, { on: ['create'] });
    await run();
    await makeDue();
    crm.portal(tenantId).searchLagMs = 60_000;
    const findPhoneCandidates = crm.findPhoneCandidates.bind(crm);
    crm.findPhoneCandidates = async (...parameters) => {
      await findPhoneCandidates(...parameters);
      return [];
    };
    crm.calls.length = 0;
    await run();
    expect(crm.calls.map(({ method, items }) => `${method} ${items}`)).toEqual([
      'findPhoneCandidates 30',
      'findCreatedSince 30',
      'write 30',
    ]);
    expect(crm.portal(tenantId).live()).toHaveLength(30);
  });

  it('holds others back for as long as it is itself held back, which is longer than the time since its mark', async () => {
    deliver = assemble({ settleSeconds: 60 });
    await close([{ externalId: 'one', firstName: 'Ada' }]);
    crm.faults.add({ fault: 'lost_after' }, { on: ['create'] });
    await run();
    // The request took its whole time-out to fail, so the mark is that much older than the outcome.
    await admin.query(`UPDATE deliveries SET create_sent_at = now() - interval '61 s' WHERE tenant_id = $1`, [
      tenantId,
    ]);
    await close([{ externalId: 'one', firstName: 'Ada' }]);
    await run();
    expect((await all()).map(({ status }) => status)).toEqual(['pending', 'pending']);
    expect((await all())[1]?.nextAttemptAt?.getTime()).toBeGreaterThan(Date.now() + 50_000);
    await makeDue();
    await run();
    await makeDue();
    await run();
    expect((await all()).map(({ status }) => status)).toEqual(['written', 'written']);
    expect(crm.portal(tenantId).live()).toHaveLength(1);
  });

  it('tells people of the same name apart', async () => {
    await close([{ firstName: 'Visitor' }]);
    await run();
    await close([{ firstName: 'Visitor' }, { firstName: 'Visitor' }]);
    crm.faults.add({ fault: 'lost_after' }, { on: ['create'] });
    await run();
    await close([{ firstName: 'Visitor', email: 'v@example.com' }]);
    crm.faults.add({ fault: 'lost_before' }, { on: ['create'] });
    await run();
    await makeDue();
    await run();
    expect(new Set((await all()).map(({ status, contactId }) => `${status} ${contactId}`)).size).toBe(4);
    expect(crm.portal(tenantId).live()).toHaveLength(4);
  });

  it('remembers what it created although a later look-up of the same batch gets no answer', async () => {
    crm.portal(tenantId).searchLagMs = 60_000;
    await close([{ phone: '+4915112345678' }, { externalId: 'one' }, { externalId: 'one', email: 'ada@example.com' }]);
    const findByEmails = crm.findByEmails.bind(crm);
    crm.findByEmails = async (...parameters) => {
      if (crm.portal(tenantId).live().length > 0) crm.faults.add({ fault: 'lost_before' }, { on: ['findByEmails'] });
      return findByEmails(...parameters);
    };
    await run();
    crm.findByEmails = findByEmails;
    await makeDue();
    await run();
    expect((await all()).map(({ status }) => status)).toEqual(['written', 'skipped', 'written']);
    expect(crm.portal(tenantId).live()).toHaveLength(2);
  });

  it('finds the one it created a moment ago for several conversations of one customer', async () => {
    crm.portal(tenantId).searchLagMs = 60_000;
    await close([{ phone: '+4915112345678' }, { phone: '+4915112345678' }]);
    await run();
    await close([{ phone: '+4915112345678', email: 'ada@example.com' }]);
    await run();
    expect((await all()).map(({ matchedBy }) => matchedBy)).toEqual(['created', 'crm_id', 'phone']);
    expect(crm.portal(tenantId).live()).toHaveLength(1);
  });

  it('finds the one it created a moment ago by a number without a country too', async () => {
    crm.portal(tenantId).searchLagMs = 60_000;
    await close([{ phone: '08180 854296' }]);
    await run();
    await close([{ phone: '8180854296' }]);
    await run();
    expect((await all()).map(({ matchedBy }) => matchedBy)).toEqual(['created', 'phone']);
    expect(crm.portal(tenantId).live()).toHaveLength(1);
  });
});

describe('who delivers', () => {
  it('is one drain per tenant at a time', async () => {
    await close(Array.from({ length: 30 }, (_, index) => ({ firstName: `Person ${index}` })));
    const reports = await Promise.all([run(), run(), run(), run()]);
    expect(reports).toHaveLength(4);
    await waitFor(async () => (await deliveries.stats(tenantId)).written === 30, { timeoutMs: 5_000 });
    expect(crm.portal(tenantId).live()).toHaveLength(30);
    expect(bodies()).toHaveLength(30);
  });

  it('is woken by the sweep: tenants with due work and a good connection, nobody else', async () => {
    const woken: string[] = [];
    const sweep = new SweepDue(database, { wake: () => undefined, wakeAnew: (id) => void woken.push(id) });
    await close([ADA]);
    await sweep.execute();
    expect(woken).toContain(tenantId);
    await connections.needAttention(tenantId, { reason: 'x', detail: 'x' }, await connections.find(tenantId));
    woken.length = 0;
    await sweep.execute();
    expect(woken).not.toContain(tenantId);
  });

  it('takes the steps that the code knows, and no others', async () => {
    const { rows } = await admin.query<{ step: string }>(
      `SELECT from_status || ' ' || to_status AS step FROM delivery_transitions WHERE from_status <> '(new)'`,
    );
    const known = Object.entries(DELIVERY_TRANSITIONS).flatMap(([from, steps]) => steps.map((to) => `${from} ${to}`));
    expect(rows.map(({ step }) => step).toSorted()).toEqual(known.toSorted());
  });

  it('can take no step that the table of transitions does not know', async () => {
    await close([ADA]);
    await run();
    for (const status of ['pending', 'delivering', 'skipped', 'failed']) {
      await expect(
        admin.query('UPDATE deliveries SET status = $2 WHERE tenant_id = $1', [tenantId, status]),
      ).rejects.toThrow(/cannot go from written/);
    }
  });
});
