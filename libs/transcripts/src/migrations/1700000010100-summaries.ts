import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A summary that was made once: a model would make another one for the next attempt, whose parts would not fit. */
export class Summaries1700000010100 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE deliveries ADD COLUMN summary text');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE deliveries DROP COLUMN summary');
  }
}
