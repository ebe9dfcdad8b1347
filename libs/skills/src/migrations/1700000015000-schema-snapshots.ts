import { allowAcrossTenants, isolateTenants } from '@app/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a tenant's CRM held, version by version; of one portal, and gone with the tenant's hold on it (PRODUCT.md §2.4). */
export class SchemaSnapshots1700000015000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE schema_snapshots (
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        portal_id text NOT NULL,
        version integer NOT NULL CHECK (version >= 1),
        -- When it was first read like this, and when last.
        created_at timestamptz NOT NULL,
        discovered_at timestamptz NOT NULL,
        -- SHA-256 of the reading: the same again is no new version.
        fingerprint text NOT NULL,
        reading jsonb NOT NULL,
        PRIMARY KEY (tenant_id, portal_id, version)
      );
    `);
    await queryRunner.query(isolateTenants('schema_snapshots'));
    await queryRunner.query(`
      -- In the transaction that takes the portal away, whoever does it: another tenant may, after a disconnect.
      CREATE FUNCTION forget_schema() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          DELETE FROM schema_snapshots s WHERE s.tenant_id = OLD.tenant_id AND s.portal_id = OLD.portal_id;
          RETURN NULL;
        END
      $$;
      CREATE TRIGGER connection_forgets_schema AFTER UPDATE OF portal_id ON connections FOR EACH ROW
        WHEN (OLD.portal_id IS NOT NULL AND OLD.portal_id IS DISTINCT FROM NEW.portal_id)
        EXECUTE FUNCTION forget_schema();
    `);
    await queryRunner.query(allowAcrossTenants('forget_schema()'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TRIGGER connection_forgets_schema ON connections;
      DROP FUNCTION forget_schema();
      DROP TABLE schema_snapshots;
    `);
  }
}
