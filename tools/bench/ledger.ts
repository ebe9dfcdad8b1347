import { Client } from 'pg';
import { fillLedger } from '../../libs/transcripts/testing/fill-ledger.ts';
import { median } from './figures.ts';
import { openHouse } from './house.ts';
import type { BenchOptions } from './options.ts';
import type { Stage } from './stage.ts';
import { callApi, connectByToken } from './tenant.ts';

export interface LedgerResult {
  rows: number;
  /** What it took to fill, which is no figure of the product. */
  fillSeconds: number;
  /** ms from the request to the whole answer: the middle one of ten, and the slowest. */
  requests: { what: string; path: string; medianMs: number; slowestMs: number }[];
}

const TIMES = 10;
const OTHER_TENANTS = 2;
const DAY_MS = 86_400_000;

/** A tenant with a million conversations beside two smaller ones, and what the console asks of it, one after the other. */
export async function measureLedger(stage: Stage, options: BenchOptions): Promise<LedgerResult> {
  const house = await openHouse(stage, { backend: 'postgresql' });
  const portal = await stage.simulator.createPortal({ limited: false });
  await connectByToken(house.tenant, portal);
  const fillSeconds = await fill(house.adminUrl, portal.hubId, options.rows);
  const requests: LedgerResult['requests'] = [];
  for (const { what, path } of questions()) {
    const took: number[] = [];
    for (let time = 0; time < TIMES; time++) {
      const begun = performance.now();
      await callApi(house.tenant, 'GET', path);
      took.push(performance.now() - begun);
    }
    requests.push({ what, path, medianMs: median(took), slowestMs: Math.max(...took) });
  }
  await house.stop();
  return { rows: options.rows, fillSeconds, requests };
}

async function fill(adminUrl: string | undefined, hubId: number, rows: number): Promise<number> {
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  const begun = performance.now();
  try {
    await admin.query(
      `INSERT INTO tenants (id, name, reference_key)
       SELECT gen_random_uuid(), 'Other ' || n, sha256(int8send(n)) FROM generate_series(1, $1::int) AS n`,
      [OTHER_TENANTS],
    );
    const { rows: tenants } = await admin.query<{ id: string; is_other: boolean }>(
      `SELECT id, name LIKE 'Other %' AS is_other FROM tenants`,
    );
    await fillLedger(
      admin,
      tenants.map(({ id, is_other: isOther }) => ({
        tenantId: id,
        portalId: isOther ? `of ${id}` : String(hubId),
        conversations: isOther ? Math.ceil(rows / 20) : rows,
      })),
    );
  } finally {
    await admin.end();
  }
  return (performance.now() - begun) / 1_000;
}

function questions(): { what: string; path: string }[] {
  const deliveries = '/integrations/hubspot/deliveries';
  const writeback = '/integrations/hubspot/writeback';
  return [
    { what: 'statistics', path: `${writeback}/stats` },
    { what: 'history of 30 days', path: `${writeback}/history?days=30` },
    { what: 'ledger', path: deliveries },
    { what: 'ledger, failed', path: `${deliveries}?status=failed` },
    { what: 'ledger, one reason', path: `${deliveries}?reason=no_match` },
    { what: 'ledger, an old week', path: `${deliveries}?from=${daysAgo(60)}&to=${daysAgo(53)}` },
    {
      what: 'ledger, failed in an old week',
      path: `${deliveries}?status=failed&from=${daysAgo(60)}&to=${daysAgo(53)}`,
    },
    { what: 'conversations', path: '/conversations' },
    { what: 'desk', path: '/conversations/open' },
  ];
}

function daysAgo(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString();
}
