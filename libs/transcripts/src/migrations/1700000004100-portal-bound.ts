import { allowAcrossTenants } from '@app/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Links, contact ids and deliveries belong to one portal and end with the tenant's hold on it (PRODUCT.md §2.4). */
export class PortalBound1700000004100 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      -- Whose contact a customer's crmContactId is: ids of one portal mean somebody else in the next.
      ALTER TABLE conversations ADD COLUMN crm_portal_id text;
      UPDATE conversations v SET crm_portal_id = c.portal_id FROM connections c
        WHERE c.tenant_id = v.tenant_id AND v.customer ? 'crmContactId';

      -- In the transaction that takes the portal away, whoever does it: the tenant (disable, or another portal) or, after
      -- a disconnect, the tenant that connects the portal now. A wiped connection has no problem to show.
      CREATE FUNCTION leave_portal() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
          is_wiped boolean := NEW.portal_id IS NULL AND NEW.problem IS NULL;
          why text := CASE WHEN is_wiped THEN 'disabled' ELSE 'portal_changed' END;
          said text := CASE WHEN is_wiped THEN 'Syncing was disabled' ELSE 'The HubSpot account it was meant for is no longer connected' END;
        BEGIN
          WITH ended AS (
            UPDATE deliveries d SET status = 'skipped', reason = why, detail = said, drain_id = NULL, settled_at = now()
              WHERE d.tenant_id = OLD.tenant_id AND d.portal_id = OLD.portal_id AND d.status IN ('pending', 'delivering')
              RETURNING d.id
          )
          INSERT INTO delivery_attempts (tenant_id, delivery_id, outcome, detail)
            SELECT OLD.tenant_id, ended.id, 'skipped', said FROM ended;
          DELETE FROM contact_links l WHERE l.tenant_id = OLD.tenant_id AND l.portal_id = OLD.portal_id;
          RETURN NULL;
        END
      $$;
      CREATE TRIGGER connection_leaves_portal AFTER UPDATE OF portal_id ON connections FOR EACH ROW
        WHEN (OLD.portal_id IS NOT NULL AND OLD.portal_id IS DISTINCT FROM NEW.portal_id)
        EXECUTE FUNCTION leave_portal();
    `);
    await queryRunner.query(allowAcrossTenants('leave_portal()'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TRIGGER connection_leaves_portal ON connections;
      DROP FUNCTION leave_portal();
      ALTER TABLE conversations DROP COLUMN crm_portal_id;
    `);
  }
}
