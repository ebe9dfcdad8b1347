import { allowAcrossTenants } from '@app/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Audit entries end, too. The application may not remove one: this function does, and only after their time. */
export class AuditRetention1700000010200 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE INDEX audit_log_at ON audit_log (at);

      -- When their time is over is not the caller's to say.
      CREATE FUNCTION remove_old_audit_entries(most integer) RETURNS integer LANGUAGE plpgsql AS $$
        DECLARE removed integer;
        BEGIN
          DELETE FROM audit_log WHERE id IN (
            SELECT id FROM audit_log WHERE at < now() - interval '2 years' ORDER BY at LIMIT most);
          GET DIAGNOSTICS removed = ROW_COUNT;
          RETURN removed;
        END
      $$;
    `);
    await queryRunner.query(allowAcrossTenants('remove_old_audit_entries(integer)'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP FUNCTION remove_old_audit_entries(integer); DROP INDEX audit_log_at');
  }
}
