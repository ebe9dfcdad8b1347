import type { EntityManager } from 'typeorm';

/** How the conversations that closed on one day ended; what still waits is in none of the three. */
export interface DayCounts {
  /** `2026-11-21`, in the zone that was asked for. */
  day: string;
  written: number;
  skipped: number;
  failed: number;
}

/** Days as someone's calendar has them, whatever hour the server is in. */
export interface Period {
  /** How many, up to and with today. */
  days: number;
  /** IANA name. */
  timeZone: string;
}

interface DayRow extends Omit<DayCounts, 'written' | 'skipped' | 'failed'> {
  written: string;
  skipped: string;
  failed: string;
}

/** Oldest first; a day on which nothing closed is there too. Reads by `deliveries_closed` what closed in the period. */
export async function countByDay(
  tx: EntityManager,
  tenantId: string,
  { days, timeZone }: Period,
): Promise<DayCounts[]> {
  const rows = await tx.query<DayRow[]>(
    `WITH today AS (SELECT date_trunc('day', now() AT TIME ZONE $2) AS day),
       counted AS (
         SELECT date_trunc('day', d.closed_at AT TIME ZONE $2) AS day,
           count(*) FILTER (WHERE d.status = 'written') AS written,
           count(*) FILTER (WHERE d.status = 'skipped') AS skipped,
           count(*) FILTER (WHERE d.status = 'failed') AS failed
         FROM deliveries d
         WHERE d.tenant_id = $1
           AND d.closed_at >= ((SELECT day FROM today) - ($3::integer - 1) * interval '1 day') AT TIME ZONE $2
         GROUP BY 1)
     SELECT to_char(each.day, 'YYYY-MM-DD') AS day, coalesce(c.written, 0) AS written, coalesce(c.skipped, 0) AS skipped,
       coalesce(c.failed, 0) AS failed
     FROM today, generate_series(today.day - ($3::integer - 1) * interval '1 day', today.day, '1 day') AS each (day)
     LEFT JOIN counted c ON c.day = each.day
     ORDER BY each.day`,
    [tenantId, timeZone, days],
  );
  return rows.map(({ day, written, skipped, failed }) => ({
    day,
    written: Number(written),
    skipped: Number(skipped),
    failed: Number(failed),
  }));
}
