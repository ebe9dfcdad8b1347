import { allowAcrossTenants } from '@app/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far the Webhooks Journal was read. The journal belongs to the app, not to a tenant: closed to everything but two functions. */
export class JournalPositions1700000006100 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE journal_positions (
        client_id text PRIMARY KEY,
        last_read text,
        due_at timestamptz NOT NULL
      );
      ALTER TABLE journal_positions ENABLE ROW LEVEL SECURITY;

      CREATE FUNCTION journal_position(app text) RETURNS TABLE (last_read text, is_due boolean) LANGUAGE sql STABLE AS $$
        SELECT p.last_read, p.due_at <= now() FROM journal_positions p WHERE p.client_id = app
      $$;

      CREATE FUNCTION keep_journal_position(app text, position_read text, next_seconds float8) RETURNS void
        LANGUAGE sql AS $$
        INSERT INTO journal_positions (client_id, last_read, due_at)
          VALUES (app, position_read, now() + make_interval(secs => next_seconds))
          ON CONFLICT (client_id) DO UPDATE SET last_read = EXCLUDED.last_read, due_at = EXCLUDED.due_at
      $$;
    `);
    await queryRunner.query(allowAcrossTenants('journal_position(text)'));
    await queryRunner.query(allowAcrossTenants('keep_journal_position(text, text, float8)'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP FUNCTION keep_journal_position(text, text, float8);
      DROP FUNCTION journal_position(text);
      DROP TABLE journal_positions;
    `);
  }
}
