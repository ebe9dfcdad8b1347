import { allowAcrossTenants } from '@app/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An operator's view over all tenants: their ids and names, from which each one's rows are read in its own unit of work. */
export class Operators1700000003100 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE FUNCTION list_tenants() RETURNS TABLE (id uuid, name text) LANGUAGE sql STABLE AS $$
        SELECT t.id, t.name FROM tenants t ORDER BY t.name
      $$;
    `);
    await queryRunner.query(allowAcrossTenants('list_tenants()'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP FUNCTION list_tenants()');
  }
}
