import { isolateTenants } from '@app/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Numbers that somebody beside deliveries is about to make a contact of (docs/delivery.md). */
export class ContactClaims1700000019500 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE contact_claims (
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        portal_id text NOT NULL,
        holder uuid NOT NULL,
        phone_key text NOT NULL,
        -- By which it is looked for: the same number has the same national digits, whatever else is known of it.
        national text NOT NULL,
        ends_at timestamptz NOT NULL,
        is_unanswered boolean NOT NULL DEFAULT false,
        PRIMARY KEY (tenant_id, holder, phone_key)
      );
      CREATE INDEX contact_claims_of_number ON contact_claims (tenant_id, portal_id, national);
    `);
    await queryRunner.query(isolateTenants('contact_claims'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE contact_claims');
  }
}
