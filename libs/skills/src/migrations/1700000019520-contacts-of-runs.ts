import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which contacts a run concerned, so that it can be erased with them (docs/running.md). */
export class ContactsOfRuns1700000019520 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE skill_runs ADD portal_id text, ADD contact_ids text[] NOT NULL DEFAULT '{}';
      CREATE INDEX skill_runs_of_contacts ON skill_runs USING gin (contact_ids) WHERE contact_ids <> '{}';
      CREATE INDEX verified_callers_of_contact ON verified_callers (tenant_id, portal_id, contact_id);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP INDEX verified_callers_of_contact;
      ALTER TABLE skill_runs DROP portal_id, DROP contact_ids;
    `);
  }
}
