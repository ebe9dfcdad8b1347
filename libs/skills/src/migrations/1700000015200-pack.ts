import { allowAcrossTenants, isolateTenants } from '@app/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const FORGET_SCHEMA = 'forget_schema()';

/** The Connector Pack (docs/skills.md): which skills it brought, and where its tickets and deals land. */
export class Pack1700000015200 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE bindings
        ADD COLUMN origin text NOT NULL DEFAULT 'binding' CHECK (origin IN ('binding', 'pack'));

      CREATE TABLE pack_landings (
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        portal_id text NOT NULL,
        object text NOT NULL CHECK (object IN ('tickets', 'deals')),
        pipeline_id text NOT NULL,
        -- NULL: the first open one.
        stage_id text,
        PRIMARY KEY (tenant_id, portal_id, object)
      );

      -- As before, and with it what was chosen among the portal's pipelines.
      CREATE OR REPLACE FUNCTION ${FORGET_SCHEMA} RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          DELETE FROM schema_snapshots s WHERE s.tenant_id = OLD.tenant_id AND s.portal_id = OLD.portal_id;
          DELETE FROM pack_landings l WHERE l.tenant_id = OLD.tenant_id AND l.portal_id = OLD.portal_id;
          RETURN NULL;
        END
      $$;
    `);
    await queryRunner.query(isolateTenants('pack_landings'));
    await queryRunner.query(allowAcrossTenants(FORGET_SCHEMA));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE OR REPLACE FUNCTION ${FORGET_SCHEMA} RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          DELETE FROM schema_snapshots s WHERE s.tenant_id = OLD.tenant_id AND s.portal_id = OLD.portal_id;
          RETURN NULL;
        END
      $$;
      DROP TABLE pack_landings;
      ALTER TABLE bindings DROP COLUMN origin;
    `);
    await queryRunner.query(allowAcrossTenants(FORGET_SCHEMA));
  }
}
