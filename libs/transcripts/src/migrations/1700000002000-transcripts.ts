import { allowAcrossTenants, APP_ROLE, isolateTenants } from '@app/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Conversations, deliveries and links. How they play together: docs/delivery.md. */
export class Transcripts1700000002000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE conversations (
        id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        external_id text,
        channel text NOT NULL CHECK (channel IN ('chat', 'voice', 'sms', 'whatsapp', 'imessage', 'email')),
        direction text NOT NULL CHECK (direction IN ('inbound', 'outbound')),
        status text NOT NULL CHECK (status IN ('open', 'closed')),
        customer jsonb NOT NULL,
        customer_key text NOT NULL,
        agent jsonb,
        subject text,
        summary text,
        voice jsonb,
        started_at timestamptz NOT NULL,
        closed_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        request_hash bytea NOT NULL,
        close_hash bytea,
        UNIQUE (tenant_id, external_id),
        CHECK ((status = 'closed') = (closed_at IS NOT NULL))
      );
      CREATE INDEX conversations_recent ON conversations (tenant_id, id DESC);

      CREATE TABLE messages (
        conversation_id uuid NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        position integer NOT NULL,
        tenant_id uuid NOT NULL,
        message_id text NOT NULL,
        author text NOT NULL CHECK (author IN ('customer', 'agent', 'system', 'bot')),
        name text,
        body text NOT NULL,
        sent_at timestamptz NOT NULL,
        attachments jsonb NOT NULL DEFAULT '[]',
        PRIMARY KEY (conversation_id, position),
        UNIQUE (conversation_id, message_id)
      );

      CREATE TABLE deliveries (
        id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        conversation_id uuid NOT NULL UNIQUE REFERENCES conversations (id) ON DELETE CASCADE,
        customer_key text NOT NULL,
        -- The portal it is meant for; a change of portal never takes it along.
        portal_id text,
        -- The mode in force when the conversation closed.
        mode text NOT NULL CHECK (mode IN ('off', 'summary', 'transcript', 'summary_transcript')),
        -- UTF-16 units of the transcript, so that a drain can keep what it holds in memory bounded.
        size bigint NOT NULL,
        status text NOT NULL,
        reason text,
        detail text,
        closed_at timestamptz NOT NULL,
        due_at timestamptz NOT NULL DEFAULT now(),
        tries integer NOT NULL DEFAULT 0,
        drain_id uuid,
        create_sent_at timestamptz,
        entries_sent_at timestamptz,
        matched_by text CHECK (matched_by IN ('crm_id', 'email', 'phone', 'created')),
        tied integer,
        contact_id text,
        scrubbed_cards integer NOT NULL DEFAULT 0,
        scrubbed_national_ids integer NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL DEFAULT now(),
        settled_at timestamptz,
        CHECK ((status IN ('skipped', 'failed')) = (reason IS NOT NULL) OR status IN ('pending', 'delivering')),
        CHECK ((status = 'delivering') = (drain_id IS NOT NULL)),
        CHECK ((status IN ('written', 'skipped', 'failed')) = (settled_at IS NOT NULL)),
        CHECK (status <> 'pending' OR portal_id IS NOT NULL),
        CHECK (status <> 'written' OR (contact_id IS NOT NULL AND entries_sent_at IS NULL)),
        CHECK (entries_sent_at IS NULL OR contact_id IS NOT NULL)
      );
      CREATE INDEX deliveries_due ON deliveries (tenant_id, due_at, id) WHERE status IN ('pending', 'delivering');
      -- Whose contact may be under way: few rows at any time, asked for before anything is created.
      CREATE INDEX deliveries_creating ON deliveries (tenant_id, create_sent_at) WHERE create_sent_at IS NOT NULL;
      CREATE INDEX deliveries_recent ON deliveries (tenant_id, id DESC);

      CREATE TABLE delivery_transitions (
        from_status text NOT NULL,
        to_status text NOT NULL,
        PRIMARY KEY (from_status, to_status)
      );
      INSERT INTO delivery_transitions VALUES
        ('(new)', 'pending'), ('(new)', 'skipped'),
        ('pending', 'delivering'), ('pending', 'skipped'),
        ('delivering', 'delivering'), ('delivering', 'pending'),
        ('delivering', 'written'), ('delivering', 'skipped'), ('delivering', 'failed'),
        ('failed', 'pending'), ('skipped', 'pending');
      GRANT SELECT ON delivery_transitions TO ${APP_ROLE};

      CREATE FUNCTION check_delivery_transition() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'UPDATE' AND OLD.status = NEW.status AND NEW.status <> 'delivering' THEN RETURN NEW; END IF;
          IF NOT EXISTS (
            SELECT FROM delivery_transitions
            WHERE from_status = CASE WHEN TG_OP = 'INSERT' THEN '(new)' ELSE OLD.status END AND to_status = NEW.status
          ) THEN
            RAISE EXCEPTION 'a delivery cannot go from % to %', CASE WHEN TG_OP = 'INSERT' THEN '(new)' ELSE OLD.status END, NEW.status
              USING ERRCODE = 'check_violation';
          END IF;
          RETURN NEW;
        END
      $$;
      CREATE TRIGGER delivery_transition BEFORE INSERT OR UPDATE OF status ON deliveries
        FOR EACH ROW EXECUTE FUNCTION check_delivery_transition();

      CREATE TABLE delivery_entries (
        delivery_id uuid NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
        part integer NOT NULL,
        parts integer NOT NULL,
        tenant_id uuid NOT NULL,
        type text NOT NULL CHECK (type IN ('note', 'call', 'communication')),
        entry_id text NOT NULL,
        contact_id text NOT NULL,
        PRIMARY KEY (delivery_id, part),
        CHECK (part BETWEEN 1 AND parts)
      );

      CREATE TABLE delivery_attempts (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        delivery_id uuid NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
        tenant_id uuid NOT NULL,
        at timestamptz NOT NULL DEFAULT clock_timestamp(),
        outcome text NOT NULL,
        detail text NOT NULL
      );
      CREATE INDEX delivery_attempts_delivery ON delivery_attempts (delivery_id, id);

      CREATE TABLE contact_links (
        tenant_id uuid NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
        portal_id text NOT NULL,
        customer_key text NOT NULL,
        contact_id text NOT NULL,
        -- Set for contacts we created: the search index shows them up to 30 s late.
        created_with_phone text,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (tenant_id, portal_id, customer_key)
      );
      CREATE INDEX contact_links_phone ON contact_links (tenant_id, portal_id, created_with_phone)
        WHERE created_with_phone IS NOT NULL;
      CREATE INDEX contact_links_contact ON contact_links (tenant_id, portal_id, contact_id);
    `);
    for (const table of [
      'conversations',
      'messages',
      'deliveries',
      'delivery_entries',
      'delivery_attempts',
      'contact_links',
    ]) {
      await queryRunner.query(isolateTenants(table));
    }
    await queryRunner.query(`
      -- Only tenants whose connection is good: the others' deliveries wait for a person, not for a worker.
      CREATE FUNCTION tenants_with_due_deliveries() RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
        -- One probe of the index per connection, whatever the backlog.
        SELECT c.tenant_id FROM connections c WHERE c.status = 'active' AND EXISTS (
          SELECT FROM deliveries d
          WHERE d.tenant_id = c.tenant_id AND d.status IN ('pending', 'delivering') AND d.due_at <= now())
      $$;
    `);
    await queryRunner.query(allowAcrossTenants('tenants_with_due_deliveries()'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP FUNCTION tenants_with_due_deliveries();
      DROP TABLE contact_links, delivery_attempts, delivery_entries, deliveries, delivery_transitions, messages, conversations;
      DROP FUNCTION check_delivery_transition();
    `);
  }
}
