import { isolateTenants } from '@app/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What AI agents did with their skills, what they are about to write, and who writes just now (docs/running.md). */
export class SkillRuns1700000015310 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE skill_runs (
        id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        agent_id uuid NOT NULL,
        skill text NOT NULL,
        -- Of its binding.
        version integer NOT NULL,
        conversation_id uuid REFERENCES conversations (id) ON DELETE CASCADE,
        called_by text NOT NULL,
        -- As they were sent, without card and identity numbers.
        arguments jsonb NOT NULL,
        outcome text NOT NULL,
        reason text,
        records integer NOT NULL,
        at timestamptz NOT NULL,
        duration_ms integer NOT NULL,
        FOREIGN KEY (tenant_id, agent_id) REFERENCES ai_agents (tenant_id, id) ON DELETE CASCADE
      );
      CREATE INDEX skill_runs_recent ON skill_runs (tenant_id, agent_id, id DESC);
      CREATE INDEX skill_runs_of_conversation ON skill_runs (conversation_id) WHERE conversation_id IS NOT NULL;

      -- A write from the moment the caller is asked: hashes alone, for what they stand for is sent again.
      CREATE TABLE skill_writes (
        id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        portal_id text NOT NULL,
        token_hash bytea NOT NULL CHECK (length(token_hash) = 32),
        -- AI agent, skill, definition, arguments and conversation.
        bound_hash bytea NOT NULL CHECK (length(bound_hash) = 32),
        -- What would be the same thing written twice.
        thing_hash bytea NOT NULL CHECK (length(thing_hash) = 32),
        state text NOT NULL CHECK (state IN ('asked', 'writing', 'unknown', 'done', 'refused')),
        asked_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        sent_at timestamptz,
        outcome text,
        record_id text,
        UNIQUE (tenant_id, token_hash),
        CHECK (state NOT IN ('writing', 'unknown') OR sent_at IS NOT NULL),
        CHECK ((state = 'done') = (record_id IS NOT NULL))
      );
      CREATE INDEX skill_writes_open ON skill_writes (tenant_id, portal_id, thing_hash) WHERE state IN ('writing', 'unknown');
      CREATE INDEX skill_writes_old ON skill_writes (tenant_id, asked_at);

      -- A row and not an advisory lock: it is held while HubSpot is waited for, and must not hold a database connection.
      CREATE TABLE skill_leases (
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        name_hash bytea NOT NULL CHECK (length(name_hash) = 32),
        holder uuid NOT NULL,
        expires_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, name_hash)
      );
    `);
    await queryRunner.query(isolateTenants('skill_runs'));
    await queryRunner.query(isolateTenants('skill_writes'));
    await queryRunner.query(isolateTenants('skill_leases'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE skill_leases, skill_writes, skill_runs');
  }
}
