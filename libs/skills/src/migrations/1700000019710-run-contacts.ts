import { isolateTenants } from '@app/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which contacts a run concerned, found by the contact. Of a list in the run itself no index can be used: what compares lists
 * is not leakproof, and so comes after the check whose row it is.
 */
export class RunContacts1700000019710 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE skill_run_contacts (
        tenant_id uuid NOT NULL,
        portal_id text NOT NULL,
        contact_id text NOT NULL,
        run_id uuid NOT NULL REFERENCES skill_runs (id) ON DELETE CASCADE,
        PRIMARY KEY (tenant_id, portal_id, contact_id, run_id)
      );
      CREATE INDEX skill_run_contacts_of_run ON skill_run_contacts (run_id);
      INSERT INTO skill_run_contacts (tenant_id, portal_id, contact_id, run_id)
        SELECT DISTINCT tenant_id, portal_id, unnest(contact_ids), id FROM skill_runs WHERE portal_id IS NOT NULL;
      ALTER TABLE skill_runs DROP contact_ids;
    `);
    await queryRunner.query(isolateTenants('skill_run_contacts'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE skill_runs ADD contact_ids text[] NOT NULL DEFAULT '{}';
      UPDATE skill_runs r SET contact_ids = c.ids
        FROM (SELECT run_id, array_agg(contact_id) AS ids FROM skill_run_contacts GROUP BY run_id) c WHERE r.id = c.run_id;
      CREATE INDEX skill_runs_of_contacts ON skill_runs USING gin (contact_ids) WHERE contact_ids <> '{}';
      DROP TABLE skill_run_contacts;
    `);
  }
}
