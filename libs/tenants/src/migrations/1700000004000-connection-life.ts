import { allowAcrossTenants } from '@app/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a connection needs to end and to come back (PRODUCT.md §2.4). */
export class ConnectionLife1700000004000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      -- Who renews the credentials now, and until when nobody else does.
      ALTER TABLE connections ADD COLUMN renewal_id uuid, ADD COLUMN renewal_until timestamptz;

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
          RETURN true;
        END
      $$;
    `);
    await queryRunner.query(allowAcrossTenants('claim_portal(uuid, text, timestamptz)'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP FUNCTION claim_portal(uuid, text, timestamptz);
      ALTER TABLE connections DROP COLUMN renewal_id, DROP COLUMN renewal_until;
    `);
  }
}
