import { allowAcrossTenants } from '@app/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const CLAIM_PORTAL = 'claim_portal(uuid, text, timestamptz, boolean)';
const GRANTS_OF_PORTAL = 'grants_of_portal(text, bytea)';

/** Every grant that HubSpot gave is given back once it isn't used, and no end of one is an end of another. */
export class Grants1700000017000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      -- SHA-256 of the refresh token in use: whether a late revocation names that very token. HubSpot may give the same
      -- one again. Unknown for what was connected before this column was there, until it is renewed.
      ALTER TABLE connections ADD COLUMN grant_hash bytea CHECK (length(grant_hash) = 32);

      DROP FUNCTION claim_portal(uuid, text, timestamptz);

      -- As before, but what HubSpot has yet to be told stays: each revocation names its own grant. By OAuth the app is
      -- installed again, so it is not taken out of the portal any more.
      CREATE FUNCTION claim_portal(claimant uuid, portal text, at timestamptz, by_oauth boolean) RETURNS boolean
        LANGUAGE plpgsql AS $$
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
          IF by_oauth THEN
            UPDATE token_revocations r SET uninstall = false WHERE r.portal_id = portal;
          END IF;
          RETURN true;
        END
      $$;

      -- Whether anybody holds the portal by OAuth, which no policy shows another tenant, and by this very grant; NULL: unknown.
      CREATE FUNCTION grants_of_portal(portal text, hash bytea) RETURNS TABLE (is_held boolean, is_same boolean)
        LANGUAGE sql STABLE AS $$
        SELECT count(*) > 0, bool_or(c.grant_hash = hash) FROM connections c
        WHERE c.portal_id = portal AND c.kind = 'oauth' AND c.status IN ('connected', 'active', 'attention')
      $$;
    `);
    for (const signature of [CLAIM_PORTAL, GRANTS_OF_PORTAL]) await queryRunner.query(allowAcrossTenants(signature));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP FUNCTION ${GRANTS_OF_PORTAL};
      DROP FUNCTION ${CLAIM_PORTAL};
      CREATE FUNCTION claim_portal(claimant uuid, portal text, at timestamptz) RETURNS boolean LANGUAGE plpgsql AS $$
        BEGIN
          IF EXISTS (
            SELECT FROM connections c WHERE c.portal_id = portal AND c.tenant_id <> claimant
              AND c.status IN ('connected', 'active', 'attention')
          ) THEN
            RETURN false;
          END IF;
          PERFORM FROM connections c WHERE c.portal_id = portal AND c.tenant_id <> claimant FOR UPDATE;
          UPDATE connections c SET status = 'disconnected', status_since = at, kind = NULL, portal_id = NULL,
            portal_domain = NULL, ui_domain = NULL, time_zone = NULL, hubspot_user = NULL, scopes = NULL,
            credentials = NULL, connected_at = NULL, enabled_at = NULL,
            problem = jsonb_build_object('reason', 'account_connected_elsewhere', 'detail',
              'The HubSpot account that was connected here has been connected elsewhere. Connect an account to go on.')
            WHERE c.portal_id = portal AND c.tenant_id <> claimant;
          DELETE FROM token_revocations r WHERE r.portal_id = portal;
          RETURN true;
        END
      $$;
    `);
    await queryRunner.query(allowAcrossTenants('claim_portal(uuid, text, timestamptz)'));
    await queryRunner.query('ALTER TABLE connections DROP COLUMN grant_hash');
  }
}
