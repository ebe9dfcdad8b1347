import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Open consoles are told of conversations, messages and deliveries, in the transaction that changes them (docs/desk.md). */
export class DeskEvents1700000011100 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE FUNCTION tell_of_messages() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
          told record;
        BEGIN
          FOR told IN
            SELECT c.tenant_id, jsonb_agg(jsonb_build_object('conversationId', c.id)) AS items
            FROM conversations c
            WHERE c.status = 'open' AND is_watched(c.tenant_id) AND c.id IN (SELECT a.conversation_id FROM added a)
            GROUP BY c.tenant_id
          LOOP
            PERFORM tell_tenant(told.tenant_id, 'message.added', told.items);
          END LOOP;
          RETURN NULL;
        END
      $$;
      CREATE TRIGGER messages_told AFTER INSERT ON messages REFERENCING NEW TABLE AS added
        FOR EACH STATEMENT EXECUTE FUNCTION tell_of_messages();

      -- Once per statement, and forty items a time: a hundred with their ids are more than a notification holds.
      CREATE FUNCTION tell_of_conversations() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
          told record;
        BEGIN
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
      CREATE TRIGGER conversations_told AFTER INSERT ON conversations REFERENCING NEW TABLE AS added
        FOR EACH STATEMENT EXECUTE FUNCTION tell_of_conversations();

      CREATE FUNCTION tell_of_closing() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF is_watched(NEW.tenant_id) THEN
            PERFORM tell_tenant(NEW.tenant_id, 'conversation.closed',
              jsonb_build_array(jsonb_build_object('conversationId', NEW.id)));
          END IF;
          RETURN NULL;
        END
      $$;
      CREATE TRIGGER closing_told AFTER UPDATE OF status ON conversations FOR EACH ROW
        WHEN (OLD.status = 'open' AND NEW.status = 'closed') EXECUTE FUNCTION tell_of_closing();

      CREATE FUNCTION tell_of_new_deliveries() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
          told record;
        BEGIN
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
      CREATE TRIGGER deliveries_told AFTER INSERT ON deliveries REFERENCING NEW TABLE AS changed
        FOR EACH STATEMENT EXECUTE FUNCTION tell_of_new_deliveries();

      CREATE FUNCTION tell_of_deliveries() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
          told record;
        BEGIN
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
      $$;
      CREATE TRIGGER delivery_changes_told AFTER UPDATE ON deliveries REFERENCING OLD TABLE AS former NEW TABLE AS changed
        FOR EACH STATEMENT EXECUTE FUNCTION tell_of_deliveries();
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TRIGGER delivery_changes_told ON deliveries;
      DROP TRIGGER deliveries_told ON deliveries;
      DROP TRIGGER closing_told ON conversations;
      DROP TRIGGER conversations_told ON conversations;
      DROP TRIGGER messages_told ON messages;
      DROP FUNCTION tell_of_deliveries();
      DROP FUNCTION tell_of_new_deliveries();
      DROP FUNCTION tell_of_closing();
      DROP FUNCTION tell_of_conversations();
      DROP FUNCTION tell_of_messages();
    `);
  }
}
