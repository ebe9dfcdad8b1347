import { allowAcrossTenants, isolateTenants } from '@app/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rules of a portal that refuse every write: how they are told from a record's own refusal, and who tries meanwhile. */
export class PortalRules1700000012000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      -- Refusals since the last write that went well; none of them is left after one.
      CREATE TABLE portal_refusals (
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        rule text NOT NULL,
        since timestamptz NOT NULL DEFAULT now(),
        batches integer NOT NULL DEFAULT 1,
        delivery_ids uuid[] NOT NULL,
        PRIMARY KEY (tenant_id, rule)
      );
      -- One row while a connection is in attention for that: when the next delivery tries.
      CREATE TABLE portal_probes (
        tenant_id uuid PRIMARY KEY REFERENCES tenants (id) ON DELETE CASCADE,
        due_at timestamptz NOT NULL,
        probes integer NOT NULL DEFAULT 0
      );
    `);
    await queryRunner.query(isolateTenants('portal_refusals'));
    await queryRunner.query(isolateTenants('portal_probes'));
    await queryRunner.query(`
      -- Whoever ends it (a write that went well, enabling, connecting anew, a worse problem): counting begins anew.
      CREATE FUNCTION forget_refusals() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          DELETE FROM portal_refusals WHERE tenant_id = OLD.tenant_id;
          DELETE FROM portal_probes WHERE tenant_id = OLD.tenant_id;
          RETURN NULL;
        END
      $$;
      -- After connection_leaves_portal, by its name: deliveries are locked before refusals, as when they are recorded.
      CREATE TRIGGER connection_mends AFTER UPDATE ON connections FOR EACH ROW
        WHEN ((OLD.problem ->> 'reason' = 'portal_rules' AND NEW.problem ->> 'reason' IS DISTINCT FROM 'portal_rules')
          OR OLD.portal_id IS DISTINCT FROM NEW.portal_id OR OLD.connected_at IS DISTINCT FROM NEW.connected_at)
        EXECUTE FUNCTION forget_refusals();

      CREATE OR REPLACE FUNCTION tenants_with_due_deliveries() RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
        -- One probe of the index per connection, whatever the backlog. Where rules refuse every write, when one may try.
        SELECT c.tenant_id FROM connections c
        WHERE (c.status = 'active' OR EXISTS (
            SELECT FROM portal_probes p WHERE p.tenant_id = c.tenant_id AND p.due_at <= now()))
          AND EXISTS (SELECT FROM deliveries d
            WHERE d.tenant_id = c.tenant_id AND d.status IN ('pending', 'delivering') AND d.due_at <= now())
      $$;
    `);
    await queryRunner.query(allowAcrossTenants('forget_refusals()'));
    await queryRunner.query(allowAcrossTenants('tenants_with_due_deliveries()'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE OR REPLACE FUNCTION tenants_with_due_deliveries() RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
        SELECT c.tenant_id FROM connections c WHERE c.status = 'active' AND EXISTS (
          SELECT FROM deliveries d
          WHERE d.tenant_id = c.tenant_id AND d.status IN ('pending', 'delivering') AND d.due_at <= now())
      $$;
    `);
    await queryRunner.query(allowAcrossTenants('tenants_with_due_deliveries()'));
    await queryRunner.query(`
      DROP TRIGGER connection_mends ON connections;
      DROP FUNCTION forget_refusals();
      DROP TABLE portal_probes, portal_refusals;
    `);
  }
}
