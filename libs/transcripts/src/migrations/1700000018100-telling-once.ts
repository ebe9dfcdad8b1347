import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whether anybody looks on is asked once for each statement, not for each of its rows: it was a tenth of what PostgreSQL
 * did to record a conversation, and three times a hundred questions for each batch that is delivered.
 */
export class TellingOnce1700000018100 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(defineTelling(unlessWatched));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(defineTelling(() => ''));
  }
}

function unlessWatched(rows: string): string {
  return `
    IF NOT EXISTS (SELECT FROM (SELECT DISTINCT tenant_id FROM ${rows}) tenant WHERE is_watched(tenant.tenant_id)) THEN
      RETURN NULL;
    END IF;`;
}

/** The functions of desk-events, begun by what `guard` says for their rows. */
function defineTelling(guard: (rows: string) => string): string {
  return `
    CREATE OR REPLACE FUNCTION tell_of_conversations() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        told record;
      BEGIN${guard('added')}
        FOR told IN
          SELECT tenant_id, status, jsonb_agg(jsonb_build_object('conversationId', id)) AS items
          FROM (SELECT a.*, (row_number() OVER ()) / 40 AS heap FROM added a) numbered
          WHERE is_watched(tenant_id) GROUP BY tenant_id, status, heap
        LOOP
          PERFORM tell_tenant(told.tenant_id,
            CASE told.status WHEN 'open' THEN 'conversation.opened' ELSE 'conversation.closed' END, told.items);
        END LOOP;
        RETURN NULL;
      END
    $$;

    CREATE OR REPLACE FUNCTION tell_of_new_deliveries() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        told record;
      BEGIN${guard('changed')}
        FOR told IN
          SELECT tenant_id,
            jsonb_agg(jsonb_build_object('deliveryId', id, 'conversationId', conversation_id, 'status', status)) AS items
          FROM (SELECT a.*, (row_number() OVER ()) / 40 AS heap FROM changed a) numbered
          WHERE is_watched(tenant_id) GROUP BY tenant_id, heap
        LOOP
          PERFORM tell_tenant(told.tenant_id, 'delivery.changed', told.items);
        END LOOP;
        RETURN NULL;
      END
    $$;

    CREATE OR REPLACE FUNCTION tell_of_deliveries() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        told record;
      BEGIN${guard('changed')}
        FOR told IN
          SELECT tenant_id,
            jsonb_agg(jsonb_build_object('deliveryId', id, 'conversationId', conversation_id, 'status', status)) AS items
          FROM (
            SELECT a.*, (row_number() OVER ()) / 40 AS heap FROM changed a JOIN former f USING (id)
            WHERE a.status <> f.status
          ) numbered
          WHERE is_watched(tenant_id) GROUP BY tenant_id, heap
        LOOP
          PERFORM tell_tenant(told.tenant_id, 'delivery.changed', told.items);
        END LOOP;
        RETURN NULL;
      END
    $$;`;
}
