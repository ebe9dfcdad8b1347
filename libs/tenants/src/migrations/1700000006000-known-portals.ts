import { isolateTenants } from '@app/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Where each portal that a tenant ever connected has its pages: a delivery keeps the id of its portal, and its links must
 * lead there also when another portal is connected, or none.
 */
export class KnownPortals1700000006000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE known_portals (
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        portal_id text NOT NULL,
        ui_domain text,
        PRIMARY KEY (tenant_id, portal_id)
      );
      INSERT INTO known_portals (tenant_id, portal_id, ui_domain)
        SELECT tenant_id, portal_id, ui_domain FROM connections WHERE portal_id IS NOT NULL;
    `);
    await queryRunner.query(isolateTenants('known_portals', 'SELECT, INSERT, UPDATE'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE known_portals');
  }
}
