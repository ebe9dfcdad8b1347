import { allowAcrossTenants, isolateTenants } from '@app/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sessions of signed-in users, the audit log, and the allowances that rate limits and sign-in spend. */
export class People1700000003000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE users ADD COLUMN last_sign_in_at timestamptz;

      CREATE TABLE sessions (
        id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        -- SHA-256 of what the cookie holds: a stolen table opens no session.
        secret_hash bytea NOT NULL UNIQUE CHECK (length(secret_hash) = 32),
        created_at timestamptz NOT NULL,
        last_seen_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL
      );
      CREATE INDEX sessions_user ON sessions (tenant_id, user_id);

      CREATE TABLE audit_log (
        id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        at timestamptz NOT NULL,
        actor_kind text NOT NULL CHECK (actor_kind IN ('api_key', 'user', 'operator', 'system')),
        actor_id text,
        actor_name text NOT NULL,
        action text NOT NULL,
        target text,
        details jsonb NOT NULL DEFAULT '{}',
        address text,
        trace_id text
      );
      CREATE INDEX audit_log_tenant ON audit_log (tenant_id, id DESC);

      -- How far ahead of now each allowance is spent (generic cell rate algorithm). Unlogged: a crash forgives everyone.
      CREATE UNLOGGED TABLE allowances (
        name text PRIMARY KEY,
        spent_until timestamptz NOT NULL
      );
      -- No policy and no grant: it belongs to no tenant, and only the functions below reach it.
      ALTER TABLE allowances ENABLE ROW LEVEL SECURITY;
    `);
    await queryRunner.query(isolateTenants('sessions'));
    // Whoever breaks in through the application can't cover the traces: it may add entries, never change or remove them.
    await queryRunner.query(isolateTenants('audit_log', 'SELECT, INSERT'));
    await queryRunner.query(`
      CREATE FUNCTION find_user_to_sign_in(user_email text)
        RETURNS TABLE (id uuid, tenant_id uuid, role text, password_hash text) LANGUAGE sql STABLE AS $$
          SELECT u.id, u.tenant_id, u.role, u.password_hash FROM users u WHERE u.email = user_email
        $$;

      -- Touches last_seen_at at most once a minute: a busy console must not turn every request into a write.
      CREATE FUNCTION authenticate_session(hash bytea, at timestamptz, idle interval)
        RETURNS TABLE (id uuid, tenant_id uuid, user_id uuid, email text, role text, expires_at timestamptz)
        LANGUAGE plpgsql AS $$
        BEGIN
          UPDATE sessions s SET last_seen_at = at
            WHERE s.secret_hash = hash AND s.expires_at > at
              AND s.last_seen_at > at - idle AND s.last_seen_at < at - interval '1 minute';
          RETURN QUERY SELECT s.id, s.tenant_id, u.id, u.email, u.role, s.expires_at
            FROM sessions s JOIN users u ON u.id = s.user_id AND u.tenant_id = s.tenant_id
            WHERE s.secret_hash = hash AND s.expires_at > at AND s.last_seen_at > at - idle;
        END
      $$;

      -- Spends one from each allowance, in order, or stops at the first that has none left and says for how long.
      -- An allowance of n per period refills evenly; unspent it grows to n and no further.
      CREATE FUNCTION spend_allowances(names text[], sizes integer[], periods interval[], at timestamptz)
        RETURNS TABLE (refused text, wait_seconds double precision) LANGUAGE plpgsql AS $$
        DECLARE
          step interval;
        BEGIN
          FOR i IN 1 .. cardinality(names) LOOP
            step := periods[i] / sizes[i];
            INSERT INTO allowances AS a VALUES (names[i], at + step)
              ON CONFLICT (name) DO UPDATE SET spent_until = greatest(a.spent_until, at) + step
              WHERE greatest(a.spent_until, at) + step <= at + periods[i];
            IF NOT FOUND THEN
              RETURN QUERY SELECT names[i], extract(epoch FROM a.spent_until + step - at - periods[i])::double precision
                FROM allowances a WHERE a.name = names[i];
              RETURN;
            END IF;
          END LOOP;
        END
      $$;

      CREATE FUNCTION refill_allowance(allowance text) RETURNS void LANGUAGE sql AS $$
        DELETE FROM allowances WHERE name = allowance
      $$;

      CREATE FUNCTION forget_full_allowances(at timestamptz) RETURNS void LANGUAGE sql AS $$
        DELETE FROM allowances WHERE spent_until < at
      $$;
    `);
    await queryRunner.query(allowAcrossTenants('find_user_to_sign_in(text)'));
    await queryRunner.query(allowAcrossTenants('authenticate_session(bytea, timestamptz, interval)'));
    await queryRunner.query(allowAcrossTenants('spend_allowances(text[], integer[], interval[], timestamptz)'));
    await queryRunner.query(allowAcrossTenants('refill_allowance(text)'));
    await queryRunner.query(allowAcrossTenants('forget_full_allowances(timestamptz)'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP FUNCTION forget_full_allowances(timestamptz);
      DROP FUNCTION refill_allowance(text);
      DROP FUNCTION spend_allowances(text[], integer[], interval[], timestamptz);
      DROP FUNCTION authenticate_session(bytea, timestamptz, interval);
      DROP FUNCTION find_user_to_sign_in(text);
      DROP TABLE allowances, audit_log, sessions;
      ALTER TABLE users DROP COLUMN last_sign_in_at;
    `);
  }
}
