import { isolateTenants } from '@app/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Options of the agents' desk, and what open consoles are told of while they look on (docs/desk.md). */
export class Desk1700000011000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE options (
        tenant_id uuid PRIMARY KEY REFERENCES tenants (id) ON DELETE CASCADE,
        outbound_search boolean NOT NULL DEFAULT false,
        outbound_only_matches boolean NOT NULL DEFAULT false,
        panel_properties text[] NOT NULL DEFAULT '{}',
        updated_at timestamptz NOT NULL DEFAULT now(),
        CHECK (outbound_search OR NOT outbound_only_matches)
      );

      -- Whose events somebody waits for, and until when that is certain. Unlogged: a crash ends every stream anyway.
      CREATE UNLOGGED TABLE watched_tenants (
        tenant_id uuid NOT NULL,
        process_id uuid NOT NULL,
        until timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, process_id)
      );
    `);
    await queryRunner.query(isolateTenants('options'));
    await queryRunner.query(isolateTenants('watched_tenants'));
    await queryRunner.query(`
      -- Told when the transaction commits, and never if it doesn't. PostgreSQL takes less than 8,000 bytes: beyond that
      -- only the kind is told, and whoever listens reads anew.
      CREATE FUNCTION tell_tenant(tenant uuid, kind text, items jsonb) RETURNS void LANGUAGE plpgsql AS $$
        DECLARE
          told text := jsonb_build_object('tenantId', tenant, 'kind', kind, 'items', items)::text;
        BEGIN
          IF octet_length(told) > 7900 THEN
            told := jsonb_build_object('tenantId', tenant, 'kind', kind, 'items', '[]'::jsonb)::text;
          END IF;
          PERFORM pg_notify('threadline_events', told);
        END
      $$;

      -- Commits that tell something queue for one lock of the server: a tenant's backlog, which nobody looks at, shall not.
      CREATE FUNCTION is_watched(tenant uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
        SELECT EXISTS (SELECT FROM watched_tenants w WHERE w.tenant_id = tenant AND w.until > now())
      $$;

      -- These are rare, and also empty what processes remember: always told.
      CREATE FUNCTION tell_of_connection() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM tell_tenant(NEW.tenant_id, 'connection.changed',
            jsonb_build_array(jsonb_build_object('status', NEW.status)));
          RETURN NULL;
        END
      $$;
      CREATE TRIGGER connection_told AFTER INSERT ON connections FOR EACH ROW EXECUTE FUNCTION tell_of_connection();
      CREATE TRIGGER connection_change_told AFTER UPDATE ON connections FOR EACH ROW
        WHEN ((OLD.status, OLD.problem, OLD.portal_id, OLD.scopes, OLD.enabled_at, OLD.connected_at)
          IS DISTINCT FROM (NEW.status, NEW.problem, NEW.portal_id, NEW.scopes, NEW.enabled_at, NEW.connected_at))
        EXECUTE FUNCTION tell_of_connection();

      CREATE FUNCTION tell_of_settings() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM tell_tenant(coalesce(NEW.tenant_id, OLD.tenant_id), TG_ARGV[0], '[]'::jsonb);
          RETURN NULL;
        END
      $$;
      CREATE TRIGGER options_told AFTER UPDATE OR DELETE ON options
        FOR EACH ROW EXECUTE FUNCTION tell_of_settings('options.changed');
      CREATE TRIGGER writeback_told AFTER UPDATE OR DELETE ON writeback_settings
        FOR EACH ROW EXECUTE FUNCTION tell_of_settings('writeback.changed');

      CREATE FUNCTION tell_of_session() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM tell_tenant(OLD.tenant_id, 'session.ended', jsonb_build_array(jsonb_build_object('sessionId', OLD.id)));
          RETURN NULL;
        END
      $$;
      CREATE TRIGGER session_told AFTER DELETE ON sessions FOR EACH ROW EXECUTE FUNCTION tell_of_session();
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TRIGGER session_told ON sessions;
      DROP TRIGGER writeback_told ON writeback_settings;
      DROP TRIGGER connection_change_told ON connections;
      DROP TRIGGER connection_told ON connections;
      DROP TABLE watched_tenants, options;
      DROP FUNCTION tell_of_session();
      DROP FUNCTION tell_of_settings();
      DROP FUNCTION tell_of_connection();
      DROP FUNCTION is_watched(uuid);
      DROP FUNCTION tell_tenant(uuid, text, jsonb);
    `);
  }
}
