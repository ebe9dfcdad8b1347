import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, newId } from '@app/platform';
import { EnsureTenant, newApiKey } from '@app/tenants';
import { createTestDatabase, type TestDatabase } from '@app/testing';
import { Client } from 'pg';

/** What a foreign key would promise of messages, and what statements keep in its place. */

let testDatabase: TestDatabase;
let database: Database;
let admin: Client;
let tenantId: string;
let otherTenantId: string;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await Database.connect({ url: testDatabase.url, applicationName: 'test' });
  admin = await connect();
  [tenantId, otherTenantId] = [await makeTenant('One'), await makeTenant('Two')];
});

afterAll(async () => {
  await admin.end();
  await database.close();
  await testDatabase.drop();
});

async function connect(): Promise<Client> {
  const client = new Client({ connectionString: testDatabase.adminUrl });
  await client.connect();
  return client;
}

async function makeTenant(tenant: string): Promise<string> {
  const adminEmail = `${tenant}@x.test`;
  return new EnsureTenant(database).execute({ tenant, adminEmail, adminPassword: 'password', apiKey: newApiKey() });
}

async function open(of = tenantId): Promise<string> {
  const id = newId();
  await admin.query(
    `INSERT INTO conversations (id, tenant_id, channel, direction, status, customer, customer_key, started_at, request_hash)
     VALUES ($1, $2, 'chat', 'inbound', 'open', '{}', 'c', now(), '')`,
    [id, of],
  );
  return id;
}

const ADD = `INSERT INTO messages (conversation_id, position, tenant_id, message_id, author, body, sent_at)
  SELECT id, position, $2, 'm' || position, 'agent', 'Hello', now()
  FROM unnest($1::uuid[]) id CROSS JOIN generate_series(0, 2) position`;

async function countMessages(id: string): Promise<number> {
  const { rows } = await admin.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM messages WHERE conversation_id = $1',
    [id],
  );
  return rows[0]?.count ?? -1;
}

/** Resolves when the session waits for a lock of another one. */
async function waits(session: Client): Promise<void> {
  const { processID } = session as unknown as { processID: number };
  for (;;) {
    const { rows } = await admin.query('SELECT FROM pg_stat_activity WHERE pid = $1 AND wait_event_type = $2', [
      processID,
      'Lock',
    ]);
    if (rows.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('messages', () => {
  let sessions: Client[] = [];
  afterEach(async () => {
    await Promise.all(sessions.map((session) => session.end()));
    sessions = [];
  });

  it('are taken for conversations that are there, all of a statement or none', async () => {
    const id = await open();
    await expect(admin.query(ADD, [[id, newId()], tenantId])).rejects.toMatchObject({ code: '23503' });
    expect(await countMessages(id)).toBe(0);
    await admin.query(ADD, [[id], tenantId]);
    expect(await countMessages(id)).toBe(3);
  });

  it('are not taken for a conversation of another tenant', async () => {
    const theirs = await open(otherTenantId);
    const adding = database.withTenant(tenantId, (tx) => tx.query(ADD, [[theirs], tenantId]));
    await expect(adding).rejects.toMatchObject({ driverError: { code: '23503' } });
    expect(await countMessages(theirs)).toBe(0);
  });

  it('go with their conversation, and with their tenant', async () => {
    const [one, two] = [await open(), await open()];
    await admin.query(ADD, [[one, two], tenantId]);
    await database.withTenant(tenantId, (tx) => tx.query('DELETE FROM conversations WHERE id = $1', [one]));
    expect([await countMessages(one), await countMessages(two)]).toEqual([0, 3]);
    const leaving = await makeTenant('Three');
    const theirs = await open(leaving);
    await admin.query(ADD, [[theirs], leaving]);
    await admin.query('DELETE FROM tenants WHERE id = $1', [leaving]);
    expect(await countMessages(theirs)).toBe(0);
  });

  it('that come while their conversation is being removed are refused', async () => {
    const id = await open();
    const [remover, adder] = (sessions = [await connect(), await connect()]);
    await remover?.query('BEGIN');
    await remover?.query('DELETE FROM conversations WHERE id = $1', [id]);
    const adding = adder?.query(ADD, [[id], tenantId]).catch((error: unknown) => error);
    if (adder) await waits(adder);
    await remover?.query('COMMIT');
    expect(await adding).toMatchObject({ code: '23503' });
    expect(await countMessages(id)).toBe(0);
  });

  it('that are not committed yet go along when their conversation is removed', async () => {
    const id = await open();
    const [adder, remover] = (sessions = [await connect(), await connect()]);
    await adder?.query('BEGIN');
    await adder?.query(ADD, [[id], tenantId]);
    const removing = remover?.query('DELETE FROM conversations WHERE id = $1', [id]);
    if (remover) await waits(remover);
    await adder?.query('COMMIT');
    await removing;
    expect(await countMessages(id)).toBe(0);
  });

  it('are never left behind by a transaction that would not see them', async () => {
    const id = await open();
    const [remover] = (sessions = [await connect()]);
    await remover?.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    await remover?.query('SELECT 1');
    await admin.query(ADD, [[id], tenantId]);
    await expect(remover?.query('DELETE FROM conversations WHERE id = $1', [id])).rejects.toMatchObject({
      code: '0A000',
    });
    await remover?.query('ROLLBACK');
    expect(await countMessages(id)).toBe(3);
  });

  it('stay in their conversation', async () => {
    const [id, another] = [await open(), await open()];
    await admin.query(ADD, [[id], tenantId]);
    await expect(
      admin.query('UPDATE messages SET conversation_id = $2 WHERE conversation_id = $1', [id, another]),
    ).rejects.toMatchObject({ code: '23503' });
    await expect(admin.query('UPDATE conversations SET id = $2 WHERE id = $1', [id, newId()])).rejects.toMatchObject({
      code: '23503',
    });
    expect(await countMessages(id)).toBe(3);
  });

  it('are emptied with the conversations', async () => {
    await admin.query('BEGIN');
    await admin.query(ADD, [[await open()], tenantId]);
    await admin.query('TRUNCATE conversations CASCADE');
    const { rows } = await admin.query<{ count: number }>('SELECT count(*)::int AS count FROM messages');
    await admin.query('ROLLBACK');
    expect(rows).toEqual([{ count: 0 }]);
  });
});

function putDelivery(status: string): Promise<unknown> {
  return open().then((id) =>
    admin.query(
      `INSERT INTO deliveries (id, tenant_id, conversation_id, customer_key, portal_id, mode, size, status, closed_at, settled_at, contact_id)
       VALUES ($1, $2, $3, 'c', '1', 'transcript', 1, $4, now(), CASE WHEN $4 = 'written' THEN now() END, '7')`,
      [newId(), tenantId, id, status],
    ),
  );
}

describe('a delivery', () => {
  it('begins as the transitions allow, whoever writes it', async () => {
    await expect(putDelivery('written')).rejects.toMatchObject({
      code: '23514',
      message: /cannot go from \(new\) to written/,
    });
    await expect(putDelivery('pending')).resolves.toMatchObject({ rowCount: 1 });
  });
});
