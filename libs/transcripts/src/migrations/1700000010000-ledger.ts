import { allowAcrossTenants } from '@app/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Trace ids from the request that closed a conversation on, and a ledger that stays quick with a million deliveries. */
export class Ledger1700000010000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      -- Of the request that closed the conversation, or put its delivery back in line last.
      ALTER TABLE deliveries ADD COLUMN trace_id text;
      -- The same at the time of the attempt.
      ALTER TABLE delivery_attempts ADD COLUMN trace_id text;

      -- Pages by status, and counting them, without reading the rows.
      CREATE INDEX deliveries_status ON deliveries (tenant_id, status, id DESC);
      CREATE INDEX deliveries_reason ON deliveries (tenant_id, reason, id DESC) INCLUDE (status) WHERE reason IS NOT NULL;
      CREATE INDEX deliveries_closed ON deliveries (tenant_id, closed_at);
      -- The desk's list: a few open ones among all that were ever closed.
      CREATE INDEX conversations_open ON conversations (tenant_id, id DESC) WHERE status = 'open';
    `);
    await queryRunner.query(`
      -- What an operator watches: how much is due over all portals, and for how long the oldest has been.
      CREATE FUNCTION measure_due_deliveries() RETURNS TABLE (waiting bigint, due bigint, oldest_due_seconds float8)
        LANGUAGE sql STABLE AS $$
        SELECT count(*), count(*) FILTER (WHERE d.due_at <= now() AND c.status = 'active'),
          coalesce(extract(epoch FROM now() - min(d.due_at) FILTER (WHERE d.due_at <= now() AND c.status = 'active')), 0)::float8
        FROM deliveries d LEFT JOIN connections c ON c.tenant_id = d.tenant_id
        WHERE d.status IN ('pending', 'delivering')
      $$;
    `);
    await queryRunner.query(allowAcrossTenants('measure_due_deliveries()'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP FUNCTION measure_due_deliveries();
      DROP INDEX conversations_open, deliveries_closed, deliveries_reason, deliveries_status;
      ALTER TABLE delivery_attempts DROP COLUMN trace_id;
      ALTER TABLE deliveries DROP COLUMN trace_id;
    `);
  }
}
