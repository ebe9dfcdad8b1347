import { isolateTenants } from '@app/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Software that talks to people in a tenant's name, and to whom skills belong (docs/bindings.md). */
export class AiAgents1700000015100 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE ai_agents (
        id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        name text NOT NULL,
        description text,
        kind text NOT NULL CHECK (kind IN ('chat', 'voice', 'other')),
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        -- What belongs to one names both: an id of another tenant's can't be meant.
        UNIQUE (tenant_id, id)
      );
      CREATE UNIQUE INDEX ai_agents_name ON ai_agents (tenant_id, lower(name));
    `);
    await queryRunner.query(isolateTenants('ai_agents'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE ai_agents');
  }
}
