import { isolateTenants } from '@app/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who a conversation's customer has shown to be: what a skill asks before it changes their record (docs/running.md). */
export class VerifiedCallers1700000015300 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE verified_callers (
        conversation_id uuid PRIMARY KEY REFERENCES conversations (id) ON DELETE CASCADE,
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        portal_id text NOT NULL,
        contact_id text NOT NULL,
        method text NOT NULL,
        verified_by text NOT NULL,
        verified_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL CHECK (expires_at > verified_at)
      );
    `);
    await queryRunner.query(isolateTenants('verified_callers'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE verified_callers');
  }
}
