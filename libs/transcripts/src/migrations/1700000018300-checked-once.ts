import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a statement's rows must keep is checked once for the statement, and whether anybody looks on is asked before its
 * rows are looked at: for each message and each delivery by itself that was 40 % of what PostgreSQL did to record a
 * conversation.
 *
 * In place of the foreign key of messages: whoever adds some holds their conversations, as a foreign key does, so that none
 * of them can be removed before the messages are there to be removed with it. Who removes conversations waits for that, and
 * then sees those messages, since each statement of READ COMMITTED sees what is committed when it begins; in any other
 * isolation it would leave them behind, and is refused. And neither row may change the id that ties them.
 */
export class CheckedOnce1700000018300 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE messages DROP CONSTRAINT messages_conversation_id_fkey;

      CREATE FUNCTION check_new_messages() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
          ids uuid[] := ARRAY(SELECT DISTINCT conversation_id FROM added);
          held integer;
        BEGIN
          -- Under row-level security: another tenant's conversation is none.
          PERFORM FROM conversations WHERE id = ANY (ids) FOR KEY SHARE;
          GET DIAGNOSTICS held = ROW_COUNT;
          IF held < cardinality(ids) THEN
            RAISE EXCEPTION 'a message belongs to a conversation that is there' USING ERRCODE = 'foreign_key_violation';
          END IF;
          RETURN NULL;
        END
      $$;
      CREATE TRIGGER messages_belong AFTER INSERT ON messages REFERENCING NEW TABLE AS added
        FOR EACH STATEMENT EXECUTE FUNCTION check_new_messages();

      CREATE FUNCTION remove_messages() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF current_setting('transaction_isolation') <> 'read committed' THEN
            RAISE EXCEPTION 'conversations are removed in READ COMMITTED alone' USING ERRCODE = 'feature_not_supported';
          END IF;
          DELETE FROM messages WHERE conversation_id = ANY (ARRAY(SELECT id FROM gone));
          RETURN NULL;
        END
      $$;
      CREATE TRIGGER messages_go_along AFTER DELETE ON conversations REFERENCING OLD TABLE AS gone
        FOR EACH STATEMENT EXECUTE FUNCTION remove_messages();

      CREATE FUNCTION truncate_messages() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          TRUNCATE messages;
          RETURN NULL;
        END
      $$;
      CREATE TRIGGER messages_are_truncated AFTER TRUNCATE ON conversations
        FOR EACH STATEMENT EXECUTE FUNCTION truncate_messages();

      CREATE FUNCTION refuse_moving() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          RAISE EXCEPTION 'a message stays in its conversation' USING ERRCODE = 'foreign_key_violation';
        END
      $$;
      CREATE TRIGGER messages_stay BEFORE UPDATE OF conversation_id ON messages FOR EACH ROW
        WHEN (OLD.conversation_id <> NEW.conversation_id) EXECUTE FUNCTION refuse_moving();
      CREATE TRIGGER conversations_stay BEFORE UPDATE OF id ON conversations FOR EACH ROW
        WHEN (OLD.id <> NEW.id) EXECUTE FUNCTION refuse_moving();

      CREATE FUNCTION check_new_deliveries() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
          refused text;
        BEGIN
          SELECT a.status INTO refused FROM (SELECT DISTINCT status FROM added) a
            WHERE NOT EXISTS (SELECT FROM delivery_transitions t WHERE t.from_status = '(new)' AND t.to_status = a.status);
          IF FOUND THEN
            RAISE EXCEPTION 'a delivery cannot go from (new) to %', refused USING ERRCODE = 'check_violation';
          END IF;
          RETURN NULL;
        END
      $$;
      CREATE TRIGGER delivery_begins AFTER INSERT ON deliveries REFERENCING NEW TABLE AS added
        FOR EACH STATEMENT EXECUTE FUNCTION check_new_deliveries();
      DROP TRIGGER delivery_transition ON deliveries;
      CREATE TRIGGER delivery_transition BEFORE UPDATE OF status ON deliveries
        FOR EACH ROW EXECUTE FUNCTION check_delivery_transition();

      -- A delivery is of its conversation's tenant: one look-up where there were two, and more is sure.
      ALTER TABLE conversations ADD CONSTRAINT conversations_of_tenant UNIQUE (tenant_id, id);
      DROP INDEX conversations_recent;
      ALTER TABLE deliveries DROP CONSTRAINT deliveries_tenant_id_fkey, DROP CONSTRAINT deliveries_conversation_id_fkey,
        ADD CONSTRAINT deliveries_conversation_fkey FOREIGN KEY (tenant_id, conversation_id)
          REFERENCES conversations (tenant_id, id) ON DELETE CASCADE;

      -- As the policy of every tenant's table, but the tenant is read once for a statement instead of for each row.
      ALTER POLICY tenant_isolation ON messages
        WITH CHECK (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid));

      -- Whether a trigger that tells has anybody to tell. Under row-level security: somebody of this tenant.
      CREATE FUNCTION is_anybody_watching() RETURNS boolean LANGUAGE plpgsql STABLE AS $$
        BEGIN
          RETURN EXISTS (SELECT FROM watched_tenants WHERE until > now());
        END
      $$;
    `);
    await queryRunner.query(defineTelling('WHEN (is_anybody_watching())'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(defineTelling(''));
    await queryRunner.query(`
      DROP FUNCTION is_anybody_watching();
      ALTER POLICY tenant_isolation ON messages
        WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
      ALTER TABLE deliveries DROP CONSTRAINT deliveries_conversation_fkey,
        ADD CONSTRAINT deliveries_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE CASCADE,
        ADD CONSTRAINT deliveries_conversation_id_fkey FOREIGN KEY (conversation_id)
          REFERENCES conversations (id) ON DELETE CASCADE;
      CREATE INDEX conversations_recent ON conversations (tenant_id, id DESC);
      ALTER TABLE conversations DROP CONSTRAINT conversations_of_tenant;
      DROP TRIGGER delivery_transition ON deliveries;
      CREATE TRIGGER delivery_transition BEFORE INSERT OR UPDATE OF status ON deliveries
        FOR EACH ROW EXECUTE FUNCTION check_delivery_transition();
      DROP TRIGGER delivery_begins ON deliveries;
      DROP TRIGGER conversations_stay ON conversations;
      DROP TRIGGER messages_stay ON messages;
      DROP TRIGGER messages_are_truncated ON conversations;
      DROP TRIGGER messages_go_along ON conversations;
      DROP TRIGGER messages_belong ON messages;
      DROP FUNCTION check_new_deliveries();
      DROP FUNCTION refuse_moving();
      DROP FUNCTION truncate_messages();
      DROP FUNCTION remove_messages();
      DROP FUNCTION check_new_messages();
      ALTER TABLE messages ADD CONSTRAINT messages_conversation_id_fkey
        FOREIGN KEY (conversation_id) REFERENCES conversations (id) ON DELETE CASCADE;
    `);
  }
}

/** The triggers of desk-events for whole statements, which fire `when`. */
function defineTelling(when: string): string {
  return `
    CREATE OR REPLACE TRIGGER messages_told AFTER INSERT ON messages REFERENCING NEW TABLE AS added
      FOR EACH STATEMENT ${when} EXECUTE FUNCTION tell_of_messages();
    CREATE OR REPLACE TRIGGER conversations_told AFTER INSERT ON conversations REFERENCING NEW TABLE AS added
      FOR EACH STATEMENT ${when} EXECUTE FUNCTION tell_of_conversations();
    CREATE OR REPLACE TRIGGER deliveries_told AFTER INSERT ON deliveries REFERENCING NEW TABLE AS changed
      FOR EACH STATEMENT ${when} EXECUTE FUNCTION tell_of_new_deliveries();
    CREATE OR REPLACE TRIGGER delivery_changes_told AFTER UPDATE ON deliveries
      REFERENCING OLD TABLE AS former NEW TABLE AS changed
      FOR EACH STATEMENT ${when} EXECUTE FUNCTION tell_of_deliveries();`;
}
