import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a connection was made for beyond transcripts: scopes alone don't say it, several features share some. */
export class ConnectionFeatures1700000015190 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE connections ADD COLUMN features text[] NOT NULL DEFAULT '{}'`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE connections DROP COLUMN features');
  }
}
