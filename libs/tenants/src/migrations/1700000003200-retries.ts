import { isolateTenants } from '@app/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was asked under an `Idempotency-Key`, and how it was answered, for a day. */
export class Retries1700000003200 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE idempotent_requests (
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        -- Of the caller, the route and the key: what one of them sends can't be asked for by another.
        key_hash bytea NOT NULL CHECK (length(key_hash) = 32),
        request_hash bytea NOT NULL CHECK (length(request_hash) = 32),
        started_at timestamptz NOT NULL,
        -- Which attempt works on it: one that was given up for dead can't settle it any more.
        attempt_id uuid NOT NULL,
        status integer,
        -- Sealed: an answer may hold a key that is shown once, or what people wrote.
        answer jsonb,
        PRIMARY KEY (tenant_id, key_hash),
        CHECK ((status IS NULL) = (answer IS NULL))
      );
      CREATE INDEX idempotent_requests_age ON idempotent_requests (tenant_id, started_at);
    `);
    await queryRunner.query(isolateTenants('idempotent_requests'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE idempotent_requests');
  }
}
