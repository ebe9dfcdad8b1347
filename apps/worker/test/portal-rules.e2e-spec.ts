import { afterEach, describe, expect, it } from '@jest/globals';
import { waitFor } from '@app/testing';
import { readTranscript } from '@app/transcripts/testing';
import { Client } from 'pg';
import { type House, openHouse } from './house.js';
import { readPortal } from './read-portal.js';

let house: House | undefined;

afterEach(async () => {
  await house?.stop();
  house = undefined;
});

interface ConnectionAnswer {
  status: string;
  problem?: { reason: string; detail: string };
}

const CLOSED = 60;
const FIRST = 10;

async function close({ tenant }: House, from: number, to: number): Promise<void> {
  const conversations = Array.from({ length: to - from }, (_, index) => ({
    externalId: `c-${from + index}`,
    channel: 'chat',
    customer: { email: `p${from + index}@customers.example` },
    closedAt: new Date().toISOString(),
    messages: [{ author: 'customer', text: `Refused or not, this is ${from + index}` }],
  }));
  expect((await tenant.post('/conversations/batch', { conversations })).status).toBe(200);
}

async function connectionOf({ tenant }: House): Promise<ConnectionAnswer> {
  return (await tenant.get<ConnectionAnswer>('/integrations/hubspot')).body.data;
}

async function query<T extends object>({ database }: House, sql: string): Promise<T[]> {
  const admin = new Client({ connectionString: database.adminUrl });
  await admin.connect();
  const { rows } = await admin.query<T>(sql);
  await admin.end();
  return rows;
}

/** As if the minutes until the next delivery tries had passed; the sweep does the rest. */
async function minutesPass(opened: House): Promise<void> {
  await query(opened, `UPDATE deliveries SET due_at = now() WHERE status = 'pending'`);
  await query(opened, 'UPDATE portal_probes SET due_at = now()');
}

async function failedOf({ tenant }: House): Promise<number> {
  return Object.values((await tenant.stats()).failed).reduce((sum, count) => sum + count, 0);
}

describe('a portal whose rules refuse every write', () => {
  it('needs attention with its own words, waits, and is written once as soon as the rule is gone', async () => {
    house = await openHouse();
    const opened = house;
    const { tenant, simulator, hubId } = opened;
    const require = (requiredProperties: Record<string, string[]>) =>
      simulator.control.changePortal(hubId, { flags: { enforceRequiredProperties: true, requiredProperties } });
    await require({ contacts: ['lastname'], notes: ['hubspot_owner_id'] });
    await close(opened, 0, FIRST);
    await waitFor(async () => (await failedOf(opened)) === FIRST, { timeoutMs: 20_000, what: 'ten to be refused' });
    expect((await connectionOf(opened)).status).toBe('active');
    await close(opened, FIRST, CLOSED);
    await waitFor(async () => (await connectionOf(opened)).status === 'attention', { timeoutMs: 20_000 });
    const { problem } = await connectionOf(opened);
    expect(problem?.reason).toBe('portal_rules');
    expect(problem?.detail).toMatch(
      /HubSpot refuses every write.*HubSpot admin must make it optional.*A value for lastname must be provided/,
    );
    const failed = await failedOf(opened);
    expect(failed).toBeLessThan(20);
    expect((await tenant.stats()).pending).toBe(CLOSED - failed);

    await minutesPass(opened);
    await waitFor(
      async () => (await query<{ probes: number }>(opened, 'SELECT probes FROM portal_probes'))[0]?.probes === 1,
      { timeoutMs: 20_000, what: 'a delivery to try' },
    );
    await waitFor(async () => (await query(opened, `SELECT FROM deliveries WHERE status = 'delivering'`)).length === 0);
    expect(await failedOf(opened)).toBe(failed);
    expect((await readPortal(opened)).notes).toEqual([]);

    await require({});
    await minutesPass(opened);
    await waitFor(async () => (await connectionOf(opened)).status === 'active', { timeoutMs: 20_000 });
    await opened.settled();
    expect(await tenant.stats()).toMatchObject({ written: CLOSED - failed, pending: 0 });
    await tenant.post('/integrations/hubspot/deliveries/replay', { status: 'failed' });
    await waitFor(async () => (await tenant.stats()).written === CLOSED, { timeoutMs: 30_000 });
    const { notes, contacts } = await readPortal(opened);
    const texts = notes.map(({ body }) => readTranscript([body])).toSorted();
    expect(texts).toEqual(Array.from({ length: CLOSED }, (_, index) => `Refused or not, this is ${index}`).toSorted());
    expect(contacts).toHaveLength(CLOSED);
  }, 120_000);
});
