import { allowAcrossTenants, isolateTenants } from '@app/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is yet to be given the Connector Pack: asked for by what makes it due, served in the background. */
export class PackRequests1700000015210 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE pack_requests (
        -- Another one with each time it is asked for, so that who serves the former doesn't end the new one.
        id uuid NOT NULL,
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        -- NULL: every AI agent of the tenant.
        agent_id uuid,
        tries integer NOT NULL DEFAULT 0,
        due_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE NULLS NOT DISTINCT (tenant_id, agent_id),
        FOREIGN KEY (tenant_id, agent_id) REFERENCES ai_agents (tenant_id, id) ON DELETE CASCADE
      );
      CREATE INDEX pack_requests_due ON pack_requests (due_at);

      CREATE FUNCTION due_pack_requests() RETURNS TABLE (tenant_id uuid, id uuid) LANGUAGE sql STABLE AS $$
        SELECT r.tenant_id, r.id FROM pack_requests r WHERE r.due_at <= now() ORDER BY r.due_at LIMIT 20
      $$;

      -- In the transaction that connects, however that is done; it writes a row of the tenant that connects.
      CREATE FUNCTION request_pack() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          INSERT INTO pack_requests (id, tenant_id) VALUES (gen_random_uuid(), NEW.tenant_id)
            ON CONFLICT (tenant_id, agent_id) DO UPDATE SET id = EXCLUDED.id, tries = 0, due_at = now();
          RETURN NULL;
        END
      $$;
      CREATE TRIGGER connection_requests_pack AFTER INSERT OR UPDATE OF connected_at ON connections FOR EACH ROW
        WHEN (NEW.connected_at IS NOT NULL AND 'skills' = ANY (NEW.features))
        EXECUTE FUNCTION request_pack();
    `);
    await queryRunner.query(isolateTenants('pack_requests'));
    await queryRunner.query(allowAcrossTenants('due_pack_requests()'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TRIGGER connection_requests_pack ON connections;
      DROP FUNCTION request_pack();
      DROP FUNCTION due_pack_requests();
      DROP TABLE pack_requests;
    `);
  }
}
