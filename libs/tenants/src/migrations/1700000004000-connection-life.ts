import { allowAcrossTenants, isolateTenants } from '@app/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a connection needs to end and to come back (PRODUCT.md §2.4). */
export class ConnectionLife1700000004000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      -- Who renews the credentials now, and until when nobody else does.
      ALTER TABLE connections ADD COLUMN renewal_id uuid, ADD COLUMN renewal_until timestamptz;

      -- Single-use secrets of connecting by OAuth, by hash: tickets for the start page, states for the callback.
      CREATE TABLE oauth_attempts (
        id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        kind text NOT NULL CHECK (kind IN ('ticket', 'state')),
        hash bytea NOT NULL UNIQUE CHECK (length(hash) = 32),
        features text[] NOT NULL,
        user_id uuid REFERENCES users (id) ON DELETE CASCADE,
        browser_hash bytea CHECK (length(browser_hash) = 32),
        expires_at timestamptz NOT NULL,
        CHECK ((kind = 'state') = (user_id IS NOT NULL AND browser_hash IS NOT NULL))
      );
      CREATE INDEX oauth_attempts_tenant ON oauth_attempts (tenant_id, expires_at);

      -- What HubSpot has yet to be told of connections that ended here.
      CREATE TABLE token_revocations (
        id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        portal_id text NOT NULL,
        credentials jsonb NOT NULL,
        uninstall boolean NOT NULL,
        tries integer NOT NULL DEFAULT 0,
        due_at timestamptz NOT NULL DEFAULT now(),
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX token_revocations_due ON token_revocations (due_at);
      CREATE INDEX token_revocations_tenant ON token_revocations (tenant_id);
      CREATE INDEX token_revocations_portal ON token_revocations (portal_id);

      CREATE FUNCTION due_token_revocations() RETURNS TABLE (tenant_id uuid, id uuid) LANGUAGE sql STABLE AS $$
        SELECT r.tenant_id, r.id FROM token_revocations r WHERE r.due_at <= now() ORDER BY r.due_at LIMIT 20
      $$;

      -- A tenant that disconnected keeps its portal until another tenant connects it; whether one may is asked for
      -- every tenant but the asking one, so no policy can answer it. False: another tenant holds the portal.
      CREATE FUNCTION claim_portal(claimant uuid, portal text, at timestamptz) RETURNS boolean LANGUAGE plpgsql AS $$
        BEGIN
          IF EXISTS (
            SELECT FROM connections c WHERE c.portal_id = portal AND c.tenant_id <> claimant
              AND c.status IN ('connected', 'active', 'attention')
          ) THEN
            RETURN false;
          END IF;
          -- Waits for units of work that count on the portal (FOR KEY SHARE); a plain UPDATE would pass them by.
          PERFORM FROM connections c WHERE c.portal_id = portal AND c.tenant_id <> claimant FOR UPDATE;
          UPDATE connections c SET status = 'disconnected', status_since = at, kind = NULL, portal_id = NULL,
            portal_domain = NULL, ui_domain = NULL, time_zone = NULL, hubspot_user = NULL, scopes = NULL,
            credentials = NULL, connected_at = NULL, enabled_at = NULL,
            problem = jsonb_build_object('reason', 'account_connected_elsewhere', 'detail',
              'The HubSpot account that was connected here has been connected elsewhere. Connect an account to go on.')
            WHERE c.portal_id = portal AND c.tenant_id <> claimant;
          -- A late revocation or uninstall would end the new connection.
          DELETE FROM token_revocations r WHERE r.portal_id = portal;
          RETURN true;
        END
      $$;
    `);
    await queryRunner.query(isolateTenants('oauth_attempts', 'SELECT, INSERT, DELETE'));
    await queryRunner.query(isolateTenants('token_revocations'));
    await queryRunner.query(allowAcrossTenants('due_token_revocations()'));
    await queryRunner.query(allowAcrossTenants('claim_portal(uuid, text, timestamptz)'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP FUNCTION claim_portal(uuid, text, timestamptz);
      DROP FUNCTION due_token_revocations();
      DROP TABLE token_revocations, oauth_attempts;
      ALTER TABLE connections DROP COLUMN renewal_id, DROP COLUMN renewal_until;
    `);
  }
}
