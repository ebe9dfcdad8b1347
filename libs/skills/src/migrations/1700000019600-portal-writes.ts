import { allowAcrossTenants } from '@app/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const FORGET_SCHEMA = 'forget_schema()';

/** What operators let an AI agent write was reviewed for one portal: in another one it is off until somebody looks at it (PRODUCT.md §2.4). */
export class PortalWrites1700000019600 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      -- As before, and with it the consent to writes: a pinned id or stage may be another one's there.
      CREATE OR REPLACE FUNCTION ${FORGET_SCHEMA} RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          DELETE FROM schema_snapshots s WHERE s.tenant_id = OLD.tenant_id AND s.portal_id = OLD.portal_id;
          DELETE FROM pack_landings l WHERE l.tenant_id = OLD.tenant_id AND l.portal_id = OLD.portal_id;
          -- After whoever saves or checks bindings (BindingRepository.takeTurn).
          PERFORM pg_advisory_xact_lock(hashtextextended('bindings ' || OLD.tenant_id, 0));
          UPDATE bindings b SET enabled = false, updated_at = now()
            WHERE b.tenant_id = OLD.tenant_id AND b.origin = 'binding' AND b.enabled
              AND b.definition ->> 'operation' = 'restWrite';
          RETURN NULL;
        END
      $$;
    `);
    await queryRunner.query(allowAcrossTenants(FORGET_SCHEMA));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE OR REPLACE FUNCTION ${FORGET_SCHEMA} RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          DELETE FROM schema_snapshots s WHERE s.tenant_id = OLD.tenant_id AND s.portal_id = OLD.portal_id;
          DELETE FROM pack_landings l WHERE l.tenant_id = OLD.tenant_id AND l.portal_id = OLD.portal_id;
          RETURN NULL;
        END
      $$;
    `);
    await queryRunner.query(allowAcrossTenants(FORGET_SCHEMA));
  }
}
