import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Clock, Database } from '@app/platform';
import { createTestDatabase, type TestDatabase } from '@app/testing';
import { Client } from 'pg';
import { Allowances } from './allowances/allowances.js';
import { ApiKeyRepository } from './api-keys/api-key.repository.js';
import { AdmitApiKey } from './api-keys/admit-api-key.js';
import { CreateApiKey } from './api-keys/create-api-key.js';
import { newApiKey } from './api-keys/hash-api-key.js';
import { ReadApiKeys } from './api-keys/read-api-keys.js';
import { RevokeApiKey } from './api-keys/revoke-api-key.js';
import { AuditLog } from './audit/audit-log.js';
import { EnsureTenant } from './bootstrap/ensure-tenant.js';
import { ChangeUser } from './people/change-user.js';
import { CreateUser } from './people/create-user.js';
import { ReadUsers } from './people/read-users.js';
import { UserRepository } from './people/user.repository.js';
import { AuthenticateSession } from './sessions/authenticate-session.js';
import { SessionRepository } from './sessions/session.repository.js';
import { SignIn, type SignInOutcome } from './sessions/sign-in.js';
import { SignOut } from './sessions/sign-out.js';

const PASSWORD = 'correct horse battery';
const HOUR_MS = 3_600_000;

const clock: Clock & { time: Date } = { time: new Date('2026-11-21T10:00:00Z'), now: () => clock.time };

let testDatabase: TestDatabase;
let database: Database;
let allowances: Allowances;
let authenticate: AuthenticateSession;
let signIn: SignIn;
let signOut: SignOut;
let createUser: CreateUser;
let changeUser: ChangeUser;
let audit: AuditLog;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await Database.connect({ url: testDatabase.url, applicationName: 'test' });
  audit = new AuditLog(database, clock);
  allowances = new Allowances(database, clock);
  authenticate = new AuthenticateSession(database, clock);
  const sessions = new SessionRepository(clock);
  signIn = new SignIn(database, allowances, sessions, authenticate, audit);
  signOut = new SignOut(database, sessions, audit);
  createUser = new CreateUser(database, new UserRepository(), audit);
  changeUser = new ChangeUser(database, new UserRepository(), sessions, audit, clock);
});

afterAll(async () => {
  await database.close();
  await testDatabase.drop();
});

beforeEach(() => asSuperuser('TRUNCATE allowances'));

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

let made = 0;
async function makeTenant(): Promise<{ tenantId: string; email: string; userId: string }> {
  made += 1;
  const email = `boss${made}@example.com`;
  const command = { tenant: `People ${made}`, adminEmail: email, adminPassword: PASSWORD, apiKey: newApiKey() };
  const tenantId = await new EnsureTenant(database).execute(command);
  const [user] = await new ReadUsers(database, new UserRepository()).list(tenantId, { limit: 1 });
  return { tenantId, email, userId: user?.id ?? '' };
}

function attempt(email: string, password = PASSWORD, more: { address?: string; previousSecret?: string } = {}) {
  return signIn.execute({ email, password, address: '203.0.113.9', ...more });
}

function secretOf(outcome: SignInOutcome): string {
  if (!outcome.signedIn) throw new Error(`not signed in: ${outcome.reason}`);
  return outcome.secret;
}

function pass(ms: number): void {
  clock.time = new Date(clock.time.getTime() + ms);
}

describe('SignIn', () => {
  it('opens a session that is known by its secret alone, of which only a hash is kept', async () => {
    const { tenantId, email, userId } = await makeTenant();
    const secret = secretOf(await attempt(` ${email.toUpperCase()} `));
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect(await authenticate.execute(secret)).toMatchObject({ tenantId, userId, email, role: 'admin' });
    const rows = await asSuperuser<{ row: string }>('SELECT sessions::text AS row FROM sessions');
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect(JSON.stringify(rows)).not.toContain(Buffer.from(secret, 'base64url').toString('hex'));
  });

  it('takes a new id every time, and ends what the browser held before', async () => {
    const { email } = await makeTenant();
    const first = secretOf(await attempt(email));
    const second = secretOf(await attempt(email, PASSWORD, { previousSecret: first }));
    expect(second).not.toBe(first);
    expect(await authenticate.execute(first)).toBeUndefined();
    expect(await authenticate.execute(second)).toBeDefined();
  });

  it('says the same of a wrong password and an unknown email, after much the same time', async () => {
    const { email } = await makeTenant();
    await attempt('warm@up.example');
    const timed = async (who: string): Promise<{ outcome: SignInOutcome; ms: number }> => {
      const begun = performance.now();
      const outcome = await attempt(who, 'wrong');
      return { outcome, ms: performance.now() - begun };
    };
    const [known, unknown] = [await timed(email), await timed('nobody@example.com')];
    expect(known.outcome).toEqual({ signedIn: false, reason: 'wrong_credentials' });
    expect(unknown.outcome).toEqual(known.outcome);
    // Hashing takes tens of milliseconds, everything else a few.
    expect(unknown.ms).toBeGreaterThan(known.ms / 4);
  });

  it('is throttled per account, known or not, wherever the guesses come from, and the right password waits too', async () => {
    const { email } = await makeTenant();
    for (const who of [email, 'stranger@example.com']) {
      const outcomes: SignInOutcome[] = [];
      for (let i = 0; i < 12; i += 1) outcomes.push(await attempt(who, 'guess', { address: `198.51.100.${i}` }));
      const reasons = outcomes.map((outcome) => !outcome.signedIn && outcome.reason);
      expect(reasons).toEqual([...Array<string>(10).fill('wrong_credentials'), 'throttled', 'throttled']);
    }
    const refused = await attempt(email);
    expect(refused).toMatchObject({ signedIn: false, reason: 'throttled', retryAfterSeconds: 60 });
    pass(60_000);
    expect((await attempt(email)).signedIn).toBe(true);
  });

  it('is throttled per address, whoever is tried', async () => {
    const outcomes: SignInOutcome[] = [];
    for (let i = 0; i < 61; i += 1) outcomes.push(await attempt(`someone${i}@example.com`, 'guess'));
    const reasons = outcomes.map((outcome) => !outcome.signedIn && outcome.reason);
    expect(reasons.slice(0, 60)).toEqual(Array(60).fill('wrong_credentials'));
    expect(reasons[60]).toBe('throttled');
  });

  it('lets no more through when the guesses come all at once', async () => {
    const { email } = await makeTenant();
    const outcomes = await Promise.all(Array.from({ length: 25 }, () => attempt(email, 'guess')));
    expect(outcomes.filter((outcome) => !outcome.signedIn && outcome.reason === 'wrong_credentials')).toHaveLength(10);
  });

  it('keeps no email that was tried in clear', async () => {
    await attempt('mistyped-password@example.com', 'x');
    const rows = await asSuperuser<{ name: string }>('SELECT name FROM allowances');
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toContain('mistyped');
  });
});

describe('a session', () => {
  it('is over after 12 hours without use, and lives on with it', async () => {
    const { email } = await makeTenant();
    const secret = secretOf(await attempt(email));
    pass(11 * HOUR_MS);
    expect(await authenticate.execute(secret)).toBeDefined();
    pass(11 * HOUR_MS);
    expect(await authenticate.execute(secret)).toBeDefined();
    pass(12 * HOUR_MS);
    expect(await authenticate.execute(secret)).toBeUndefined();
  });

  it('is over after 7 days however much it is used', async () => {
    const { email } = await makeTenant();
    const secret = secretOf(await attempt(email));
    for (let hours = 0; hours < 7 * 24 - 6; hours += 6) {
      pass(6 * HOUR_MS);
      expect(await authenticate.execute(secret)).toBeDefined();
    }
    pass(6 * HOUR_MS);
    expect(await authenticate.execute(secret)).toBeUndefined();
  });

  it('ends at sign-out', async () => {
    const { email, tenantId } = await makeTenant();
    const secret = secretOf(await attempt(email));
    const session = await authenticate.execute(secret);
    await signOut.execute(tenantId, session?.sessionId ?? '');
    expect(await authenticate.execute(secret)).toBeUndefined();
  });

  it('can’t be ended from another tenant', async () => {
    const [mine, theirs] = [await makeTenant(), await makeTenant()];
    const secret = secretOf(await attempt(mine.email));
    const session = await authenticate.execute(secret);
    await signOut.execute(theirs.tenantId, session?.sessionId ?? '');
    expect(await authenticate.execute(secret)).toBeDefined();
  });

  it.each(['', 'short', 'A'.repeat(43), `${'A'.repeat(42)}'`])('is not %j', async (secret) => {
    expect(await authenticate.execute(secret)).toBeUndefined();
  });
});

describe('users', () => {
  it('are a tenant’s own, with an email that nobody else has', async () => {
    const [mine, theirs] = [await makeTenant(), await makeTenant()];
    const command = { email: `Agent${made}@example.com`, password: PASSWORD, role: 'agent' } as const;
    const agent = await createUser.execute(mine.tenantId, command);
    expect(agent).toMatchObject({ email: `agent${made}@example.com`, role: 'agent' });
    await expect(createUser.execute(mine.tenantId, command)).rejects.toMatchObject({
      details: { reason: 'email_taken' },
    });
    await expect(createUser.execute(theirs.tenantId, command)).rejects.toMatchObject({ code: 1012 });
    const read = new ReadUsers(database, new UserRepository());
    expect((await read.list(theirs.tenantId, { limit: 9 })).map(({ id }) => id)).toEqual([theirs.userId]);
    await expect(changeUser.execute(theirs.tenantId, { id: agent.id, role: 'admin' })).rejects.toMatchObject({
      code: 2011,
    });
  });

  it('have the role they were given last, in sessions that are open too', async () => {
    const { tenantId } = await makeTenant();
    const email = `climber${made}@example.com`;
    const { id } = await createUser.execute(tenantId, { email, password: PASSWORD, role: 'agent' });
    const secret = secretOf(await attempt(email));
    await changeUser.execute(tenantId, { id, role: 'admin' });
    expect(await authenticate.execute(secret)).toMatchObject({ role: 'admin' });
  });

  it('keep one admin, even when two demote each other at once', async () => {
    const { tenantId, userId } = await makeTenant();
    await expect(changeUser.execute(tenantId, { id: userId, role: 'agent' })).rejects.toMatchObject({
      details: { reason: 'last_admin' },
    });
    const email = `second${made}@example.com`;
    const second = await createUser.execute(tenantId, { email, password: PASSWORD, role: 'admin' });
    const outcomes = await Promise.allSettled([
      changeUser.execute(tenantId, { id: userId, role: 'agent' }),
      changeUser.execute(tenantId, { id: second.id, role: 'agent' }),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('are signed out everywhere by a new password, but for the session that sets it', async () => {
    const { tenantId, userId, email } = await makeTenant();
    const [here, elsewhere] = [secretOf(await attempt(email)), secretOf(await attempt(email))];
    const session = await authenticate.execute(here);
    const password = 'another long password';
    await changeUser.execute(tenantId, { id: userId, password, keepSessionId: session?.sessionId });
    expect(await authenticate.execute(here)).toBeDefined();
    expect(await authenticate.execute(elsewhere)).toBeUndefined();
    expect((await attempt(email)).signedIn).toBe(false);
    expect((await attempt(email, password)).signedIn).toBe(true);
  });
});

describe('a person who is let out', () => {
  it('is signed out at once, can’t sign in, is told no more than a stranger, and can be let in again', async () => {
    const { tenantId } = await makeTenant();
    const email = `leaver${made}@example.com`;
    const { id } = await createUser.execute(tenantId, { email, password: PASSWORD, role: 'agent' });
    const secret = secretOf(await attempt(email));
    const out = await changeUser.execute(tenantId, { id, active: false });
    expect(out.deactivatedAt).toEqual(clock.time);
    expect(await authenticate.execute(secret)).toBeUndefined();
    expect(await attempt(email)).toEqual({ signedIn: false, reason: 'wrong_credentials' });
    expect((await changeUser.execute(tenantId, { id, active: true })).deactivatedAt).toBeUndefined();
    expect(await authenticate.execute(secret)).toBeUndefined();
    expect((await attempt(email)).signedIn).toBe(true);
  });

  it('stays out through a new password or role, and through a session that was left over', async () => {
    const { tenantId } = await makeTenant();
    const email = `stubborn${made}@example.com`;
    const { id } = await createUser.execute(tenantId, { email, password: PASSWORD, role: 'agent' });
    const secret = secretOf(await attempt(email));
    await asSuperuser('UPDATE users SET deactivated_at = now() WHERE id = $1', [id]);
    expect(await authenticate.execute(secret)).toBeUndefined();
    await changeUser.execute(tenantId, { id, password: 'another long password', role: 'admin' });
    expect((await attempt(email, 'another long password')).signedIn).toBe(false);
  });

  it('doesn’t come in by a sign-in that was under way', async () => {
    const { tenantId } = await makeTenant();
    const email = `racer${made}@example.com`;
    const { id } = await createUser.execute(tenantId, { email, password: PASSWORD, role: 'agent' });
    const outcomes = await Promise.all([
      ...Array.from({ length: 5 }, () => attempt(email)),
      changeUser.execute(tenantId, { id, active: false }),
    ]);
    for (const outcome of outcomes) {
      if ('signedIn' in outcome && outcome.signedIn) {
        expect(await authenticate.execute(outcome.secret)).toBeUndefined();
      }
    }
    expect(await asSuperuser('SELECT FROM sessions WHERE user_id = $1', [id])).toEqual([]);
  });

  it('is never the last admin who can sign in', async () => {
    const { tenantId, userId } = await makeTenant();
    const command = { email: `deputy${made}@example.com`, password: PASSWORD, role: 'admin' } as const;
    const deputy = await createUser.execute(tenantId, command);
    await changeUser.execute(tenantId, { id: deputy.id, active: false });
    for (const change of [{ active: false }, { role: 'agent' as const }]) {
      await expect(changeUser.execute(tenantId, { id: userId, ...change })).rejects.toMatchObject({
        code: 1012,
        details: { reason: 'last_admin' },
      });
    }
    // Who is out already may be demoted.
    expect(await changeUser.execute(tenantId, { id: deputy.id, role: 'agent' })).toMatchObject({ role: 'agent' });
    await changeUser.execute(tenantId, { id: deputy.id, active: true, role: 'admin' });
    const outcomes = await Promise.allSettled(
      [userId, deputy.id].map((id) => changeUser.execute(tenantId, { id, active: false })),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('leaves a trace in the audit log for each time, and none where nothing changed', async () => {
    const { tenantId, userId } = await makeTenant();
    const { id } = await createUser.execute(tenantId, {
      email: `traced${made}@example.com`,
      password: PASSWORD,
      role: 'agent',
    });
    for (const active of [false, false, true, true]) await changeUser.execute(tenantId, { id, active });
    await changeUser.execute(tenantId, { id: userId, role: 'admin' });
    await changeUser.execute(tenantId, { id });
    const rows = await asSuperuser<{ details: unknown }>(
      `SELECT details FROM audit_log WHERE tenant_id = $1 AND action = 'user.changed' ORDER BY id`,
      [tenantId],
    );
    expect(rows.map(({ details }) => details)).toEqual([{ active: false }, { active: true }]);
  });
});

describe('API keys', () => {
  it('are shown once, work until they are revoked, and are a tenant’s own', async () => {
    const [mine, theirs] = [await makeTenant(), await makeTenant()];
    const keys = new ApiKeyRepository();
    const create = new CreateApiKey(database, keys, audit);
    const revoke = new RevokeApiKey(database, keys, audit, clock);
    const read = new ReadApiKeys(database, keys);
    const admit = new AdmitApiKey(database, allowances, clock);
    const verify = (presented: string): ReturnType<AdmitApiKey['execute']> =>
      admit.execute({ presented, network: '203.0.113.7', perAddress: 1_000, perKey: 1_000 });
    const created = await create.execute(mine.tenantId, {
      name: 'desk',
      scopes: ['conversations:read', 'conversations:read'],
    });
    expect(await verify(created.key)).toMatchObject({ key: { tenantId: mine.tenantId, keyName: 'desk' } });
    const listed = await read.list(mine.tenantId, { limit: 9 });
    expect(listed[0]).toMatchObject({ id: created.id, scopes: ['conversations:read'], lastUsedAt: clock.time });
    expect(JSON.stringify(listed)).not.toContain(created.key);
    await expect(revoke.execute(theirs.tenantId, created.id)).rejects.toMatchObject({ code: 2011 });
    expect((await read.list(theirs.tenantId, { limit: 9 })).map(({ name }) => name)).toEqual(['bootstrap']);
    expect(await revoke.execute(mine.tenantId, created.id)).toMatchObject({ revokedAt: clock.time });
    expect(await verify(created.key)).toBeUndefined();
    const revokedAt = clock.time;
    pass(1_000);
    expect(await revoke.execute(mine.tenantId, created.id)).toMatchObject({ revokedAt });
  });
});

describe('the audit log', () => {
  it('says who changed what, when and from where, and holds no secret', async () => {
    const { tenantId, userId, email } = await makeTenant();
    const acting = { actor: { kind: 'user', id: userId, name: email }, address: '192.0.2.1', traceId: 'abc' } as const;
    const { key, id } = await audit.actAs(acting, () =>
      new CreateApiKey(database, new ApiKeyRepository(), audit).execute(tenantId, {
        name: 'desk',
        scopes: ['skills:write'],
      }),
    );
    await audit.actAs(acting, () => changeUser.execute(tenantId, { id: userId, password: 'a brand new password' }));
    const rows = await asSuperuser<Record<string, unknown>>(
      'SELECT * FROM audit_log WHERE tenant_id = $1 ORDER BY id',
      [tenantId],
    );
    expect(rows).toMatchObject([
      {
        at: clock.time,
        actor_kind: 'user',
        actor_id: userId,
        actor_name: email,
        action: 'api_key.created',
        target: id,
        details: { name: 'desk', scopes: ['skills:write'] },
        address: '192.0.2.1',
        trace_id: 'abc',
      },
      { action: 'user.changed', details: { password: 'changed' } },
    ]);
    expect(JSON.stringify(rows)).not.toContain(key);
    expect(JSON.stringify(rows)).not.toContain('brand new');
  });

  it('can be added to, never changed or shortened, by the application', async () => {
    const { tenantId } = await makeTenant();
    for (const sql of [`UPDATE audit_log SET actor_name = 'someone else'`, 'DELETE FROM audit_log']) {
      await expect(database.withTenant(tenantId, (tx) => tx.query(sql))).rejects.toThrow(/permission denied/);
    }
  });
});

describe('Allowances', () => {
  it('refill evenly, grow no further than their size, and are spent by all processes together', async () => {
    const other = new Allowances(database, clock);
    const five = [{ name: 'five', size: 5, periodSeconds: 50 }];
    const spend = async (times: number): Promise<number> => {
      const all = await Promise.all(Array.from({ length: times }, (_, i) => (i % 2 ? other : allowances).spend(five)));
      return all.filter(({ granted }) => granted).length;
    };
    expect(await spend(8)).toBe(5);
    expect(await allowances.spend(five)).toEqual({ granted: false, refused: 'five', retryAfterSeconds: 10 });
    pass(10_000);
    expect(await spend(3)).toBe(1);
    pass(1_000_000);
    expect(await spend(8)).toBe(5);
  });

  it('are out of the application’s reach but by their functions', async () => {
    await allowances.spend([{ name: 'mine', size: 1, periodSeconds: 60 }]);
    await expect(database.acrossTenants('DELETE FROM allowances')).rejects.toThrow(/permission denied/);
  });
});
