import { isolateTenants } from '@app/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which drain of a tenant came last: one that lost its lock in silence claims nothing more once another has begun. */
export class CurrentDrains1700000014000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE current_drains (
        tenant_id uuid PRIMARY KEY REFERENCES tenants (id) ON DELETE CASCADE,
        drain_id uuid NOT NULL
      );
    `);
    await queryRunner.query(isolateTenants('current_drains'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE current_drains');
  }
}
