import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Contacts that were made within minutes are found by when they were made, however many were made before. */
export class JustCreated1700000019700 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE INDEX contact_links_just_created ON contact_links (tenant_id, portal_id, created_at)
        WHERE created_with_phone IS NOT NULL;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX contact_links_just_created');
  }
}
