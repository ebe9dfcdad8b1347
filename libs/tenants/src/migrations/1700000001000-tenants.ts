import { allowAcrossTenants, APP_ROLE, isolateTenants } from '@app/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tenants, users, API keys, connections and writeback settings, closed to each other from the first row on. */
export class Tenants1700000001000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE tenants (
        id uuid PRIMARY KEY,
        name text NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 200),
        -- Keys the reference lines under transcripts; never changes, or old entries would no longer be recognised.
        reference_key bytea NOT NULL CHECK (length(reference_key) = 32),
        created_at timestamptz NOT NULL DEFAULT now()
      );
      ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
      CREATE POLICY tenant_isolation ON tenants
        USING (id = nullif(current_setting('app.tenant_id', true), '')::uuid)
        WITH CHECK (id = nullif(current_setting('app.tenant_id', true), '')::uuid);
      GRANT SELECT, INSERT, UPDATE ON tenants TO ${APP_ROLE};

      CREATE TABLE users (
        id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        email text NOT NULL CHECK (email = lower(email)),
        password_hash text NOT NULL,
        role text NOT NULL CHECK (role IN ('admin', 'agent')),
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX users_email ON users (email);
      CREATE INDEX users_tenant ON users (tenant_id);

      CREATE TABLE api_keys (
        id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        name text NOT NULL,
        key_hash bytea NOT NULL UNIQUE CHECK (length(key_hash) = 32),
        scopes text[] NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        last_used_at timestamptz,
        revoked_at timestamptz
      );
      CREATE INDEX api_keys_tenant ON api_keys (tenant_id);

      CREATE TABLE connections (
        tenant_id uuid PRIMARY KEY REFERENCES tenants (id) ON DELETE CASCADE,
        status text NOT NULL CHECK (status IN ('disconnected', 'connected', 'active', 'inactive', 'attention')),
        status_since timestamptz NOT NULL DEFAULT now(),
        kind text CHECK (kind IN ('oauth', 'token')),
        portal_id text,
        portal_domain text,
        ui_domain text,
        time_zone text,
        hubspot_user text,
        -- NULL: can't be read for this kind of token; learned from the first 403.
        scopes text[],
        credentials jsonb,
        connected_at timestamptz,
        enabled_at timestamptz,
        problem jsonb,
        CHECK (status NOT IN ('connected', 'active', 'attention') OR (credentials IS NOT NULL AND portal_id IS NOT NULL)),
        CHECK (status <> 'active' OR enabled_at IS NOT NULL),
        CHECK (status <> 'attention' OR problem IS NOT NULL)
      );
      -- A portal belongs to at most one tenant; a disconnected one may be taken by another.
      CREATE UNIQUE INDEX connections_portal ON connections (portal_id) WHERE status IN ('connected', 'active', 'attention');

      CREATE TABLE writeback_settings (
        tenant_id uuid PRIMARY KEY REFERENCES tenants (id) ON DELETE CASCADE,
        mode text NOT NULL DEFAULT 'off' CHECK (mode IN ('off', 'summary', 'transcript', 'summary_transcript')),
        on_no_match text NOT NULL DEFAULT 'skip' CHECK (on_no_match IN ('skip', 'create')),
        default_country text,
        ignored_numbers text[] NOT NULL DEFAULT '{}',
        updated_at timestamptz NOT NULL DEFAULT now()
      );
    `);
    for (const table of ['users', 'api_keys', 'connections', 'writeback_settings']) {
      await queryRunner.query(isolateTenants(table));
    }
    await queryRunner.query(`
      CREATE FUNCTION find_tenant_id(tenant_name text) RETURNS uuid LANGUAGE sql STABLE AS $$
        SELECT id FROM tenants WHERE name = tenant_name
      $$;

      -- Touches last_used_at at most once a minute: a busy key must not turn every request into a write.
      CREATE FUNCTION authenticate_api_key(hash bytea, at timestamptz)
        RETURNS TABLE (id uuid, tenant_id uuid, name text, scopes text[]) LANGUAGE plpgsql AS $$
        BEGIN
          UPDATE api_keys k SET last_used_at = at
            WHERE k.key_hash = hash AND k.revoked_at IS NULL
              AND (k.last_used_at IS NULL OR k.last_used_at < at - interval '1 minute');
          RETURN QUERY SELECT k.id, k.tenant_id, k.name, k.scopes FROM api_keys k
            WHERE k.key_hash = hash AND k.revoked_at IS NULL;
        END
      $$;
    `);
    await queryRunner.query(allowAcrossTenants('find_tenant_id(text)'));
    await queryRunner.query(allowAcrossTenants('authenticate_api_key(bytea, timestamptz)'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP FUNCTION authenticate_api_key(bytea, timestamptz);
      DROP FUNCTION find_tenant_id(text);
      DROP TABLE writeback_settings, connections, api_keys, users, tenants;
    `);
  }
}
