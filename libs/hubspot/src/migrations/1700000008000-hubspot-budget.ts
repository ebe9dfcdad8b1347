import { allowAcrossTenants } from '@app/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Where the calls of all processes are counted when there is no Redis. These are portals' tables, not tenants': no row
 * says anything of a tenant, and the application reads and writes them through these functions alone.
 */
export class HubspotBudget1700000008000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      -- What HubSpot said of a limit; a daily block outlives restarts, so this is logged.
      CREATE TABLE hubspot_limits (
        portal_id text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('burst', 'search')),
        max integer CHECK (max > 0),
        window_ms integer CHECK (window_ms > 0),
        blocked_until timestamptz,
        policy text,
        changed_at timestamptz NOT NULL,
        PRIMARY KEY (portal_id, kind),
        CHECK ((max IS NULL) = (window_ms IS NULL))
      );

      -- That Redis was counted in from here: an empty one was empty ever before, or was flushed since.
      CREATE TABLE hubspot_redis (
        single boolean PRIMARY KEY DEFAULT true CHECK (single),
        began_at timestamptz NOT NULL DEFAULT now()
      );

      -- Unlogged: nothing waits for the disk. A crash empties all three together, which the missing epoch tells.
      CREATE UNLOGGED TABLE hubspot_budget_epoch (
        single boolean PRIMARY KEY DEFAULT true CHECK (single),
        began_at timestamptz NOT NULL
      );
      CREATE UNLOGGED TABLE hubspot_places (
        portal_id text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('burst', 'search')),
        place text NOT NULL,
        counts_until timestamptz NOT NULL,
        PRIMARY KEY (portal_id, kind, place)
      );
      CREATE UNLOGGED TABLE hubspot_waiters (
        portal_id text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('burst', 'search')),
        lane text NOT NULL,
        agents integer NOT NULL,
        deliveries integer NOT NULL,
        waits_until timestamptz NOT NULL,
        PRIMARY KEY (portal_id, kind, lane)
      );
      -- Before these tables nothing was counted, so nothing is lost: no window to wait out.
      INSERT INTO hubspot_budget_epoch (began_at) VALUES ('2000-01-01Z');

      -- One limit of one portal, one at a time: a hash that clashes with another's only makes them take turns.
      CREATE FUNCTION lock_hubspot_limit(of_portal text, of_kind text) RETURNS void LANGUAGE sql AS $$
        SELECT pg_advisory_xact_lock(hashtextextended('hubspot limit ' || of_portal || ' ' || of_kind, 0))
      $$;
      REVOKE ALL ON FUNCTION lock_hubspot_limit(text, text) FROM PUBLIC;

      CREATE FUNCTION longer_than(window_ms integer) RETURNS interval LANGUAGE sql IMMUTABLE AS $$
        SELECT (window_ms + 1 + ceil(window_ms / 1000.0)) * interval '1 ms'
      $$;
      REVOKE ALL ON FUNCTION longer_than(integer) FROM PUBLIC;
    `);
    await queryRunner.query(EXCHANGE);
    await queryRunner.query(`
      CREATE FUNCTION learn_hubspot_limit(of_portal text, of_kind text, new_max integer, new_window_ms integer,
        window_so_far_ms integer) RETURNS void LANGUAGE plpgsql AS $$
      DECLARE
        moment timestamptz;
        so_far integer;
      BEGIN
        PERFORM lock_hubspot_limit(of_portal, of_kind);
        moment := clock_timestamp();
        SELECT window_ms INTO so_far FROM hubspot_limits WHERE portal_id = of_portal AND kind = of_kind;
        INSERT INTO hubspot_limits AS known (portal_id, kind, max, window_ms, changed_at)
        VALUES (of_portal, of_kind, new_max, new_window_ms, moment)
        ON CONFLICT (portal_id, kind) DO UPDATE
          SET max = EXCLUDED.max, window_ms = EXCLUDED.window_ms, changed_at = EXCLUDED.changed_at;
        -- Places were counted for a shorter window than is true: wait a true one out.
        UPDATE hubspot_limits SET blocked_until = moment + longer_than(new_window_ms), policy = NULL
        WHERE portal_id = of_portal AND kind = of_kind AND new_window_ms > coalesce(so_far, window_so_far_ms)
          AND moment + longer_than(new_window_ms) > coalesce(blocked_until, '-infinity');
      END $$;

      -- Of several blocks the one that ends last counts.
      CREATE FUNCTION block_hubspot_limit(of_portal text, of_kind text, by_policy text, for_ms double precision)
        RETURNS void LANGUAGE plpgsql AS $$
      DECLARE
        moment timestamptz;
      BEGIN
        PERFORM lock_hubspot_limit(of_portal, of_kind);
        moment := clock_timestamp();
        INSERT INTO hubspot_limits AS known (portal_id, kind, blocked_until, policy, changed_at)
        VALUES (of_portal, of_kind, moment + for_ms * interval '1 ms', by_policy, moment)
        ON CONFLICT (portal_id, kind) DO UPDATE
          SET blocked_until = EXCLUDED.blocked_until, policy = EXCLUDED.policy, changed_at = EXCLUDED.changed_at
          WHERE EXCLUDED.blocked_until >= coalesce(known.blocked_until, '-infinity');
      END $$;

      -- True once, and only if no call that PostgreSQL was told of still counts: then an empty Redis lacks nothing.
      CREATE FUNCTION begin_hubspot_redis() RETURNS boolean LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO hubspot_redis DEFAULT VALUES ON CONFLICT DO NOTHING;
        RETURN FOUND AND NOT EXISTS (SELECT FROM hubspot_places WHERE counts_until > clock_timestamp());
      END $$;

      -- Of portals that nobody calls any more. What somebody else is at is left to him.
      CREATE FUNCTION forget_hubspot_places() RETURNS void LANGUAGE plpgsql AS $$
      BEGIN
        DELETE FROM hubspot_places WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM hubspot_places WHERE counts_until <= clock_timestamp() FOR UPDATE SKIP LOCKED));
        DELETE FROM hubspot_waiters WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM hubspot_waiters WHERE waits_until <= clock_timestamp() FOR UPDATE SKIP LOCKED));
        DELETE FROM hubspot_limits WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM hubspot_limits
          WHERE changed_at < clock_timestamp() - interval '30 days'
            AND coalesce(blocked_until, '-infinity') <= clock_timestamp()
          FOR UPDATE SKIP LOCKED));
      END $$;
    `);
    for (const signature of FRONT_DOOR) await queryRunner.query(allowAcrossTenants(signature));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const signature of FRONT_DOOR) await queryRunner.query(`DROP FUNCTION ${signature}`);
    await queryRunner.query(`
      DROP FUNCTION longer_than(integer);
      DROP FUNCTION lock_hubspot_limit(text, text);
      DROP TABLE hubspot_waiters, hubspot_places, hubspot_budget_epoch, hubspot_redis, hubspot_limits;
    `);
  }
}

const FRONT_DOOR = [
  'exchange_hubspot_places(text, text, jsonb)',
  'learn_hubspot_limit(text, text, integer, integer, integer)',
  'block_hubspot_limit(text, text, text, double precision)',
  'begin_hubspot_redis()',
  'forget_hubspot_places()',
];

/** Arguments and answer as those of the script in budget/redis-scripts.ts, which is the same in another tongue. */
const EXCHANGE = `
  CREATE FUNCTION exchange_hubspot_places(of_portal text, of_kind text, ask jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
  DECLARE
    moment timestamptz;
    began timestamptz;
    blocked timestamptz;
    opens timestamptz;
    by_policy text;
    most integer;
    window_ms integer;
    counted interval;
    held_until timestamptz;
    used integer;
    waiting_agents integer;
    waiting_deliveries integer;
    wants integer[] := ARRAY(SELECT jsonb_array_elements_text(ask->'wants')::integer);
    granted integer[] := '{0,0,0}';
    free_in_ms double precision[] := '{0,0,0}';
    allowed integer[];
    ahead integer[];
    nth integer;
  BEGIN
    PERFORM lock_hubspot_limit(of_portal, of_kind);
    -- After the lock was got: whoever had it before is in the past.
    moment := clock_timestamp();

    SELECT began_at INTO began FROM hubspot_budget_epoch;
    IF NOT FOUND THEN
      INSERT INTO hubspot_budget_epoch (began_at) VALUES (moment) ON CONFLICT DO NOTHING;
      SELECT began_at INTO began FROM hubspot_budget_epoch;
    END IF;

    SELECT l.max, l.window_ms, l.blocked_until, l.policy INTO most, window_ms, blocked, by_policy
    FROM hubspot_limits l WHERE l.portal_id = of_portal AND l.kind = of_kind;
    most := coalesce(most, (ask->>'max')::integer);
    counted := longer_than(coalesce(window_ms, (ask->>'windowMs')::integer));
    held_until := moment + counted + (ask->>'holdMs')::integer * interval '1 ms';

    INSERT INTO hubspot_places (portal_id, kind, place, counts_until)
    SELECT of_portal, of_kind, place, held_until FROM jsonb_array_elements_text(ask->'held') AS place
    UNION ALL
    SELECT of_portal, of_kind, place, moment + counted FROM jsonb_array_elements_text(ask->'settled') AS place
    ON CONFLICT (portal_id, kind, place) DO UPDATE SET counts_until = EXCLUDED.counts_until;
    DELETE FROM hubspot_places p
    WHERE p.portal_id = of_portal AND p.kind = of_kind AND (p.counts_until <= moment OR ask->'released' ? p.place);
    SELECT count(*) INTO used FROM hubspot_places p WHERE p.portal_id = of_portal AND p.kind = of_kind;

    SELECT coalesce(sum(w.agents), 0), coalesce(sum(w.deliveries), 0) INTO waiting_agents, waiting_deliveries
    FROM hubspot_waiters w
    WHERE w.portal_id = of_portal AND w.kind = of_kind AND w.waits_until > moment AND w.lane <> ask->>'lane';

    allowed := ARRAY[
      most,
      greatest(1, most - ceil(most * (ask->>'agentPercent')::integer / 100.0)::integer),
      greatest(1, most * (ask->>'importPercent')::integer / 100)
    ];
    ahead := ARRAY[0, waiting_agents, waiting_agents + waiting_deliveries];
    opens := greatest(began + counted, blocked);
    IF opens <= moment THEN
      FOR class IN 1..3 LOOP
        granted[class] := greatest(0, least(wants[class], allowed[class] - used - ahead[class]));
        used := used + granted[class];
      END LOOP;
      INSERT INTO hubspot_places (portal_id, kind, place, counts_until)
      SELECT of_portal, of_kind, (ask->>'ticket') || '.' || number, held_until
      FROM generate_series(1, granted[1] + granted[2] + granted[3]) AS number
      ON CONFLICT (portal_id, kind, place) DO UPDATE SET counts_until = EXCLUDED.counts_until;
    END IF;

    FOR class IN 1..3 LOOP
      nth := used + ahead[class] - allowed[class];
      IF opens > moment THEN
        free_in_ms[class] := 1000 * extract(epoch FROM opens - moment);
      ELSIF granted[class] < wants[class] THEN
        -- A call that is not over can't free its place before a window has passed.
        free_in_ms[class] := coalesce((
          SELECT 1000 * extract(epoch FROM least(p.counts_until - moment, counted))
          FROM hubspot_places p WHERE p.portal_id = of_portal AND p.kind = of_kind
          ORDER BY p.counts_until OFFSET greatest(0, nth) LIMIT 1), 1000 * extract(epoch FROM counted));
      END IF;
    END LOOP;

    IF opens <= moment AND granted[1] + granted[2] < wants[1] + wants[2] THEN
      INSERT INTO hubspot_waiters (portal_id, kind, lane, agents, deliveries, waits_until)
      VALUES (of_portal, of_kind, ask->>'lane', wants[1] - granted[1], wants[2] - granted[2],
        moment + (greatest(free_in_ms[1], free_in_ms[2]) + (ask->>'waiterMs')::integer) * interval '1 ms')
      ON CONFLICT (portal_id, kind, lane) DO UPDATE
        SET agents = EXCLUDED.agents, deliveries = EXCLUDED.deliveries, waits_until = EXCLUDED.waits_until;
    ELSE
      DELETE FROM hubspot_waiters w WHERE w.portal_id = of_portal AND w.kind = of_kind AND w.lane = ask->>'lane';
    END IF;

    RETURN jsonb_build_object(
      'granted', to_jsonb(granted),
      'freeInMs', to_jsonb(free_in_ms),
      'policy', CASE WHEN blocked > moment THEN by_policy END,
      'epoch', began
    );
  END $$;
`;
