import { allowAcrossTenants } from '@app/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const SIGNATURES = [
  'find_user_to_sign_in(text)',
  'authenticate_session(bytea, timestamptz, interval)',
  'authenticate_api_key(bytea, timestamptz)',
  'list_tenants()',
];

/** An operator can shut a tenant out for a while, and everything of it waits: the look-ups that let people in say so. */
export class Suspension1700000017100 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE tenants ADD COLUMN suspended_at timestamptz');
    await lookUp(queryRunner, { type: ', suspended boolean', column: ', t.suspended_at IS NOT NULL' });
    await findDue(
      queryRunner,
      'AND NOT EXISTS (SELECT FROM tenants t WHERE t.id = c.tenant_id AND t.suspended_at IS NOT NULL)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await findDue(queryRunner, '');
    await lookUp(queryRunner, { type: '', column: '' });
    await queryRunner.query('ALTER TABLE tenants DROP COLUMN suspended_at');
  }
}

/** A function can't be given another column: it is made anew, which drops what it may do. */
async function lookUp(queryRunner: QueryRunner, { type, column }: { type: string; column: string }): Promise<void> {
  for (const signature of SIGNATURES) await queryRunner.query(`DROP FUNCTION ${signature}`);
  await queryRunner.query(`
    CREATE FUNCTION find_user_to_sign_in(user_email text)
      RETURNS TABLE (id uuid, tenant_id uuid, role text, password_hash text${type}) LANGUAGE sql STABLE AS $$
        SELECT u.id, u.tenant_id, u.role, u.password_hash${column}
        FROM users u JOIN tenants t ON t.id = u.tenant_id
        WHERE u.email = user_email AND u.deactivated_at IS NULL
      $$;

    -- Touches last_seen_at at most once a minute: a busy console must not turn every request into a write.
    CREATE FUNCTION authenticate_session(hash bytea, at timestamptz, idle interval)
      RETURNS TABLE (id uuid, tenant_id uuid, user_id uuid, email text, role text, expires_at timestamptz${type})
      LANGUAGE plpgsql AS $$
      BEGIN
        UPDATE sessions s SET last_seen_at = at
          WHERE s.secret_hash = hash AND s.expires_at > at
            AND s.last_seen_at > at - idle AND s.last_seen_at < at - interval '1 minute';
        RETURN QUERY SELECT s.id, s.tenant_id, u.id, u.email, u.role, s.expires_at${column}
          FROM sessions s
          JOIN users u ON u.id = s.user_id AND u.tenant_id = s.tenant_id AND u.deactivated_at IS NULL
          JOIN tenants t ON t.id = s.tenant_id
          WHERE s.secret_hash = hash AND s.expires_at > at AND s.last_seen_at > at - idle;
      END
    $$;

    -- Touches last_used_at at most once a minute: a busy key must not turn every request into a write.
    CREATE FUNCTION authenticate_api_key(hash bytea, at timestamptz)
      RETURNS TABLE (id uuid, tenant_id uuid, name text, scopes text[]${type}) LANGUAGE plpgsql AS $$
      BEGIN
        UPDATE api_keys k SET last_used_at = at
          WHERE k.key_hash = hash AND k.revoked_at IS NULL
            AND (k.last_used_at IS NULL OR k.last_used_at < at - interval '1 minute');
        RETURN QUERY SELECT k.id, k.tenant_id, k.name, k.scopes${column}
          FROM api_keys k JOIN tenants t ON t.id = k.tenant_id
          WHERE k.key_hash = hash AND k.revoked_at IS NULL;
      END
    $$;

    CREATE FUNCTION list_tenants() RETURNS TABLE (id uuid, name text${type}) LANGUAGE sql STABLE AS $$
      SELECT t.id, t.name${column} FROM tenants t ORDER BY t.name
    $$;
  `);
  for (const signature of SIGNATURES) await queryRunner.query(allowAcrossTenants(signature));
}

async function findDue(queryRunner: QueryRunner, condition: string): Promise<void> {
  await queryRunner.query(`
    CREATE OR REPLACE FUNCTION tenants_with_due_deliveries() RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
      -- One probe of the index per connection, whatever the backlog. Where rules refuse every write, when one may try.
      SELECT c.tenant_id FROM connections c
      WHERE (c.status = 'active' OR EXISTS (
          SELECT FROM portal_probes p WHERE p.tenant_id = c.tenant_id AND p.due_at <= now()))
        AND EXISTS (SELECT FROM deliveries d
          WHERE d.tenant_id = c.tenant_id AND d.status IN ('pending', 'delivering') AND d.due_at <= now())
        ${condition}
    $$;
  `);
  await queryRunner.query(allowAcrossTenants('tenants_with_due_deliveries()'));
}
