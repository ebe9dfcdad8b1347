import { isolateTenants } from '@app/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tools that operators make for their AI agents, and every definition they had (docs/bindings.md). */
export class Bindings1700000015150 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE bindings (
        id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        agent_id uuid NOT NULL,
        tool_name text NOT NULL,
        version integer NOT NULL CHECK (version > 0),
        definition jsonb NOT NULL,
        -- Compiled from the definition against the newest schema it held against.
        input_schema jsonb NOT NULL,
        enabled boolean NOT NULL,
        -- What of it the portal no longer has; null: it runs.
        problems jsonb,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        UNIQUE (tenant_id, agent_id, tool_name),
        UNIQUE (tenant_id, id),
        FOREIGN KEY (tenant_id, agent_id) REFERENCES ai_agents (tenant_id, id) ON DELETE CASCADE
      );

      CREATE TABLE binding_versions (
        tenant_id uuid NOT NULL,
        binding_id uuid NOT NULL,
        version integer NOT NULL,
        definition jsonb NOT NULL,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (binding_id, version),
        FOREIGN KEY (tenant_id, binding_id) REFERENCES bindings (tenant_id, id) ON DELETE CASCADE
      );
    `);
    await queryRunner.query(isolateTenants('bindings'));
    await queryRunner.query(isolateTenants('binding_versions'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE binding_versions, bindings');
  }
}
