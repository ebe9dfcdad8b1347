import { allowAcrossTenants } from '@app/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const SIGNATURE = 'spend_allowances_together(text[], integer[], interval[], timestamptz, integer)';

/** Requests that arrive together spend in one step, where each by itself was a write for each allowance. */
export class SpendingTogether1700000018000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      -- As spend_allowances for so many requests one after the other: each spends from the first allowance, and from the
      -- next one if it was granted. How many were refused by each allowance, and last how many were granted.
      CREATE FUNCTION spend_allowances_together(
        names text[], sizes integer[], periods interval[], at timestamptz, asking integer
      ) RETURNS TABLE (requests integer, refused text, wait_seconds double precision) LANGUAGE plpgsql AS $$
        DECLARE
          going integer := asking;
          step interval;
          spent timestamptz;
          fitting integer;
        BEGIN
          FOR i IN 1 .. cardinality(names) LOOP
            EXIT WHEN going = 0;
            step := periods[i] / sizes[i];
            INSERT INTO allowances AS a SELECT names[i], at + step * going WHERE step * going <= periods[i]
              ON CONFLICT (name) DO UPDATE SET spent_until = greatest(a.spent_until, at) + step * going
              WHERE greatest(a.spent_until, at) + step * going <= at + periods[i];
            CONTINUE WHEN FOUND;
            -- Not all of them fit. The row is held from here on, so that the number stays true.
            INSERT INTO allowances AS a VALUES (names[i], at)
              ON CONFLICT (name) DO UPDATE SET spent_until = a.spent_until
              RETURNING greatest(a.spent_until, at) INTO spent;
            fitting := least(going, greatest(0,
              floor(extract(epoch FROM at + periods[i] - spent) / extract(epoch FROM step))::integer));
            UPDATE allowances SET spent_until = spent + step * fitting WHERE name = names[i];
            RETURN QUERY SELECT going - fitting, names[i],
              extract(epoch FROM spent + step * (fitting + 1) - at - periods[i])::double precision;
            going := fitting;
          END LOOP;
          RETURN QUERY SELECT going, NULL::text, NULL::double precision;
        END
      $$;
    `);
    await queryRunner.query(allowAcrossTenants(SIGNATURE));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP FUNCTION ${SIGNATURE}`);
  }
}
