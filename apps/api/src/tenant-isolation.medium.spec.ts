import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@app/testing';
import { Client } from 'pg';

/** What PostgreSQL holds the product to (PRODUCT.md §9), read from its own catalogue after all migrations. */
const APP_ROLE = 'threadline_app';

/**
 * All that reaches across tenants. One more here is a decision: it must come before a tenant is known, or concern all of
 * them (due work, operators, portals), and it must be in docs/architecture.md.
 */
const ACROSS_TENANTS: readonly string[] = [
  'authenticate_api_key',
  'authenticate_session',
  'begin_hubspot_redis',
  'block_hubspot_limit',
  'claim_portal',
  'due_pack_requests',
  'due_token_revocations',
  'exchange_hubspot_places',
  'find_tenant_id',
  'find_tenants_of_portals',
  'find_user_to_sign_in',
  'forget_full_allowances',
  'forget_hubspot_places',
  'forget_refusals',
  'forget_schema',
  'grants_of_portal',
  'journal_position',
  'keep_journal_position',
  'learn_hubspot_limit',
  'leave_portal',
  'list_tenants',
  'measure_due_deliveries',
  'refill_allowance',
  'remove_old_audit_entries',
  'spend_allowances',
  'spend_allowances_together',
  'tenants_with_due_deliveries',
  'tenants_with_waiting_webhook_events',
];

/** Tables without a tenant that the application may touch itself, and how. */
const OF_NO_TENANT: Readonly<Record<string, readonly string[]>> = { delivery_transitions: ['SELECT'] };

const OWN_ROWS = `(tenant_id = (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid)`;

/** Rows of these come by the hundred in one statement, so their tenant is read once for all of them. */
const TAKEN_TOGETHER: readonly string[] = ['messages'];
const OWN_ROWS_TOGETHER = `(tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif"))`;

let database: TestDatabase;
let superuser: Client;

beforeAll(async () => {
  database = await createTestDatabase();
  superuser = new Client({ connectionString: database.adminUrl });
  await superuser.connect();
});

afterAll(async () => {
  await superuser.end();
  await database.drop();
});

async function look<T extends object>(sql: string, parameters: unknown[] = []): Promise<T[]> {
  return (await superuser.query<T>(sql, parameters)).rows;
}

describe('functions that reach across tenants', () => {
  it('are exactly these', async () => {
    const found = await look<{ name: string }>(
      `SELECT p.proname AS name FROM pg_proc p
       WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef ORDER BY p.proname COLLATE "C"`,
    );
    expect(found.map(({ name }) => name)).toEqual(ACROSS_TENANTS);
  });

  it('can be called by the application alone, and look for tables nowhere else', async () => {
    const loose = await look(
      `SELECT p.proname FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
         AND (p.proconfig IS DISTINCT FROM ARRAY['search_path=public, pg_temp']
           OR p.proowner = $1::regrole
           OR EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
             WHERE a.privilege_type = 'EXECUTE' AND a.grantee NOT IN (p.proowner, $1::regrole)))`,
      [APP_ROLE],
    );
    expect(loose).toEqual([]);
  });

  it('are each explained', () => {
    const text = readFileSync(new URL('../../../docs/architecture.md', import.meta.url), 'utf8');
    expect(ACROSS_TENANTS.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });
});

describe('tables', () => {
  it('of tenants show and take this tenant’s rows, and are closed to whoever names none', async () => {
    const tables = await look<{ name: string; secured: boolean; policies: object[] | null }>(
      `SELECT c.relname AS name, c.relrowsecurity AS secured,
         (SELECT jsonb_agg(jsonb_build_object('command', p.cmd, 'kind', p.permissive, 'roles', p.roles, 'sees', p.qual,
           'takes', p.with_check)) FROM pg_policies p WHERE p.schemaname = 'public' AND p.tablename = c.relname) AS policies
       FROM pg_class c
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
         AND (c.relname = 'tenants' OR EXISTS (
           SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped))
       ORDER BY 1`,
    );
    expect(tables.length).toBeGreaterThan(15);
    for (const { name, secured, policies } of tables) {
      const own = name === 'tenants' ? OWN_ROWS.replace('tenant_id', 'id') : OWN_ROWS;
      const takes = TAKEN_TOGETHER.includes(name) ? OWN_ROWS_TOGETHER : own;
      const only = { command: 'ALL', kind: 'PERMISSIVE', roles: ['public'], sees: own, takes };
      expect({ name, secured, policies }).toEqual({ name, secured: true, policies: [only] });
    }
  });

  it('of no tenant are open to the application only where they are named here', async () => {
    const open = await look<{ name: string; may: string[] }>(
      `SELECT c.relname AS name, array_agg(DISTINCT a.privilege_type ORDER BY a.privilege_type) AS may
       FROM pg_class c CROSS JOIN aclexplode(c.relacl) a
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm') AND NOT c.relrowsecurity
         AND a.grantee IN (0, $1::regrole)
       GROUP BY 1 ORDER BY 1`,
      [APP_ROLE],
    );
    expect(Object.fromEntries(open.map(({ name, may }) => [name, may]))).toEqual(OF_NO_TENANT);
  });

  it('show nothing without a tenant, also where there are rows', async () => {
    await superuser.query(
      `INSERT INTO tenants (id, name, reference_key) VALUES (gen_random_uuid(), 'somebody', sha256('x'))`,
    );
    const names = await look<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relrowsecurity
         AND has_table_privilege($1, c.oid, 'SELECT')`,
      [APP_ROLE],
    );
    expect(names.length).toBeGreaterThan(15);
    await superuser.query(`SET ROLE ${APP_ROLE}`);
    try {
      for (const { name } of names) expect([name, await look(`SELECT FROM ${name} LIMIT 1`)]).toEqual([name, []]);
    } finally {
      await superuser.query('RESET ROLE');
    }
  });
});

describe('the role of the application', () => {
  /**
   * Row-level security is not FORCED, which would hold for the owner of a table too: the functions above run as the owner,
   * and would see nothing. So what counts is that nothing else does: see `Database.connect`, which takes no other role.
   */
  it('owns nothing, can bypass nothing, and can become nobody else', async () => {
    const [role] = await look(
      `SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolcanlogin,
         (SELECT count(*)::int FROM pg_auth_members m WHERE m.member = r.oid) AS memberships,
         (SELECT count(*)::int FROM pg_shdepend d WHERE d.refobjid = r.oid AND d.deptype = 'o') AS owned,
         has_schema_privilege(r.oid, 'public', 'CREATE') AS creates
       FROM pg_roles r WHERE rolname = $1`,
      [APP_ROLE],
    );
    expect(role).toEqual({
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolreplication: false,
      rolcanlogin: false,
      memberships: 0,
      owned: 0,
      creates: false,
    });
  });
});
