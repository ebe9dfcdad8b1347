import { allowAcrossTenants, isolateTenants } from '@app/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The inbox of HubSpot's webhooks: what was acknowledged stands here until it was worked off. */
export class WebhookEvents1700000005000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE webhook_events (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        portal_id text NOT NULL,
        -- Says whether we had it already, without keeping the values of anybody's properties.
        fingerprint bytea NOT NULL CHECK (length(fingerprint) = 32),
        type text NOT NULL,
        object_type_id text,
        object_id text,
        property_name text,
        merged_ids text[] NOT NULL DEFAULT '{}',
        survivor_id text,
        occurred_at timestamptz,
        received_at timestamptz NOT NULL DEFAULT now(),
        tries integer NOT NULL DEFAULT 0,
        due_at timestamptz NOT NULL DEFAULT now(),
        handled_at timestamptz,
        UNIQUE (tenant_id, fingerprint)
      );
      CREATE INDEX webhook_events_waiting ON webhook_events (tenant_id, due_at) WHERE handled_at IS NULL;
      CREATE INDEX webhook_events_handled ON webhook_events (tenant_id, handled_at) WHERE handled_at IS NOT NULL;
      CREATE INDEX webhook_events_object ON webhook_events (tenant_id, portal_id, object_id);
      CREATE INDEX webhook_events_merges ON webhook_events (tenant_id, portal_id) WHERE survivor_id IS NOT NULL;
      CREATE INDEX connections_of_portal ON connections (portal_id) WHERE portal_id IS NOT NULL;
    `);
    await queryRunner.query(isolateTenants('webhook_events'));
    await queryRunner.query(`
      -- Whoever holds the portal now; with nobody, whoever held it last and keeps the pair.
      CREATE FUNCTION find_tenants_of_portals(portal_ids text[])
        RETURNS TABLE (portal_id text, tenant_id uuid) LANGUAGE sql STABLE AS $$
        SELECT DISTINCT ON (c.portal_id) c.portal_id, c.tenant_id FROM connections c
        WHERE c.portal_id = ANY (portal_ids) AND c.status <> 'disconnected'
        ORDER BY c.portal_id, c.status = 'inactive', c.connected_at DESC NULLS LAST
      $$;

      CREATE FUNCTION tenants_with_waiting_webhook_events() RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
        SELECT DISTINCT tenant_id FROM webhook_events WHERE handled_at IS NULL AND due_at <= now()
      $$;
    `);
    await queryRunner.query(allowAcrossTenants('find_tenants_of_portals(text[])'));
    await queryRunner.query(allowAcrossTenants('tenants_with_waiting_webhook_events()'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP FUNCTION tenants_with_waiting_webhook_events();
      DROP FUNCTION find_tenants_of_portals(text[]);
      DROP INDEX connections_of_portal;
      DROP TABLE webhook_events;
    `);
  }
}
