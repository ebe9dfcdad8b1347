import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which attempt is at a write, and until when nobody can tell what became of it (docs/running.md). */
export class SkillAttempts1700000019510 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE skill_writes ADD attempt uuid, ADD settles_at timestamptz;
      -- What is under way while this runs: twice the settle time by default, which is longer than any attempt.
      UPDATE skill_writes SET settles_at = sent_at + interval '2 minutes' WHERE sent_at IS NOT NULL;
      ALTER TABLE skill_writes ADD CHECK (state NOT IN ('writing', 'unknown') OR settles_at IS NOT NULL);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE skill_writes DROP attempt, DROP settles_at');
  }
}
