import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The log of an AI agent's runs is read by skill or by outcome too, and the rare ones must not be looked for among all. */
export class RunFilters1700000015420 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE INDEX skill_runs_of_skill ON skill_runs (tenant_id, agent_id, skill, id DESC);
      CREATE INDEX skill_runs_by_outcome ON skill_runs (tenant_id, agent_id, outcome, id DESC);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX skill_runs_by_outcome, skill_runs_of_skill');
  }
}
