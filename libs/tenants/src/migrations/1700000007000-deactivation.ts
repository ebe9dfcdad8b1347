import { allowAcrossTenants } from '@app/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const SIGN_IN = 'find_user_to_sign_in(text)';
const SESSION = 'authenticate_session(bytea, timestamptz, interval)';

/** A person can be let out again and back in: their name stays with what they did, which deleting them would lose. */
export class Deactivation1700000007000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE users ADD COLUMN deactivated_at timestamptz');
    await this.lookUp(queryRunner, 'AND u.deactivated_at IS NULL');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await this.lookUp(queryRunner, '');
    await queryRunner.query('ALTER TABLE users DROP COLUMN deactivated_at');
  }

  /** The two look-ups that let people in, for those who meet `condition`. Replacing a function drops what it may do. */
  private async lookUp(queryRunner: QueryRunner, condition: string): Promise<void> {
    await queryRunner.query(`
      CREATE OR REPLACE FUNCTION find_user_to_sign_in(user_email text)
        RETURNS TABLE (id uuid, tenant_id uuid, role text, password_hash text) LANGUAGE sql STABLE AS $$
          SELECT u.id, u.tenant_id, u.role, u.password_hash FROM users u WHERE u.email = user_email ${condition}
        $$;

      -- Touches last_seen_at at most once a minute: a busy console must not turn every request into a write.
      CREATE OR REPLACE FUNCTION authenticate_session(hash bytea, at timestamptz, idle interval)
        RETURNS TABLE (id uuid, tenant_id uuid, user_id uuid, email text, role text, expires_at timestamptz)
        LANGUAGE plpgsql AS $$
        BEGIN
          UPDATE sessions s SET last_seen_at = at
            WHERE s.secret_hash = hash AND s.expires_at > at
              AND s.last_seen_at > at - idle AND s.last_seen_at < at - interval '1 minute';
          RETURN QUERY SELECT s.id, s.tenant_id, u.id, u.email, u.role, s.expires_at
            FROM sessions s JOIN users u ON u.id = s.user_id AND u.tenant_id = s.tenant_id ${condition}
            WHERE s.secret_hash = hash AND s.expires_at > at AND s.last_seen_at > at - idle;
        END
      $$;
    `);
    for (const signature of [SIGN_IN, SESSION]) await queryRunner.query(allowAcrossTenants(signature));
  }
}
