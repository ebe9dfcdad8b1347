import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newApiKey } from '@app/tenants';
import { spawnProgram, waitFor } from '@app/testing';
import { Client } from 'pg';
import { type House, openHouse } from './house.js';
import { createTenantApi, type TenantApi } from './tenant-api.js';

let house: House;
/** Has a portal of its own, and nothing to do with the one that is suspended. */
let other: TenantApi;

beforeAll(async () => {
  house = await openHouse();
  const key = newApiKey();
  await admin(['ensure-tenant', '--name', 'Other', '--admin-email', 'other@example.com'], { ADMIN_API_KEY: key });
  other = createTenantApi(house.api.url, key);
  const { token } = await house.simulator.control.createPortal();
  await other.post('/integrations/hubspot/connect', { accessToken: token });
  await other.post('/integrations/hubspot/enable', { mode: 'transcript', onNoMatch: 'create' });
}, 60_000);

afterAll(async () => {
  await house.stop();
});

async function admin(args: string[], env: Record<string, string> = {}): Promise<string> {
  const command = spawnProgram({ entry: 'apps/api/src/admin.js', args, env: { ...house.env, ...env } });
  const { code } = await command.exited;
  const output = command.lines().join('\n');
  if (code !== 0) throw new Error(`admin ended with ${String(code)}: ${output}`);
  return output;
}

function close(tenant: TenantApi, email: string): Promise<{ status: number; body: unknown }> {
  return tenant.post('/conversations', {
    channel: 'chat',
    customer: { email },
    closedAt: new Date().toISOString(),
    messages: [{ author: 'customer', text: 'Is anybody there?' }],
  });
}

async function written(tenant: TenantApi, count: number): Promise<void> {
  await waitFor(async () => (await tenant.stats()).written === count, { timeoutMs: 30_000, what: 'it to be written' });
}

async function signIn(password = house.credentials.adminPassword): Promise<{ answer: unknown[]; cookie: string }> {
  const response = await fetch(`${house.api.url}/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: house.credentials.adminEmail, password }),
  });
  const { code, reason } = (await response.json()) as { code?: number; reason?: string };
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  return { answer: [response.status, code, reason], cookie };
}

async function me(cookie: string): Promise<unknown[]> {
  const response = await fetch(`${house.api.url}/auth/me`, { headers: { cookie } });
  const { code, reason } = (await response.json()) as { code?: number; reason?: string };
  return [response.status, code, reason];
}

/** Past the API, which is shut. */
async function statuses(): Promise<string[]> {
  const client = new Client({ connectionString: house.database.adminUrl });
  await client.connect();
  const { rows } = await client.query<{ status: string }>(
    `SELECT d.status FROM deliveries d JOIN tenants t ON t.id = d.tenant_id WHERE t.name = 'Tenant' ORDER BY d.status`,
  );
  await client.end();
  return rows.map(({ status }) => status);
}

const SHUT_OUT = [403, 2005, 'tenant_suspended'];

describe('a tenant that an operator suspends', () => {
  it('is shut out at once, keeps what waits, and goes on when it is let in again', async () => {
    const { tenant } = house;
    const { cookie } = await signIn();
    await close(tenant, 'first@customers.example');
    await written(tenant, 1);
    // What is closed from now on waits for a worker.
    await house.worker().stop();
    expect((await close(tenant, 'second@customers.example')).status).toBe(202);

    expect(await admin(['suspend-tenant', '--tenant', 'Tenant'])).toBe('Tenant Tenant is suspended now');
    expect(await admin(['suspend-tenant', '--tenant', 'Tenant'])).toBe('Tenant Tenant was suspended already');
    expect(await admin(['list-connections'])).toMatch(/^Tenant \(.+, suspended$/m);
    expect(await me(cookie)).toEqual(SHUT_OUT);
    expect((await signIn()).answer).toEqual(SHUT_OUT);
    expect((await signIn('not the password')).answer).toEqual([401, 2004, 'wrong_credentials']);
    const refused = await close(tenant, 'third@customers.example');
    expect([refused.status, refused.body]).toMatchObject([403, { code: 2005, reason: 'tenant_suspended' }]);

    await house.restartWorker();
    await close(other, 'theirs@customers.example');
    await written(other, 1);
    expect(await statuses()).toEqual(['pending', 'written']);

    expect(await admin(['resume-tenant', '--tenant', 'Tenant'])).toBe('Tenant Tenant is let in now');
    await written(tenant, 2);
    expect((await me(cookie))[0]).toBe(200);
    const response = await fetch(`${house.api.url}/audit?limit=2`, { headers: { cookie } });
    const { data } = (await response.json()) as { data: { action: string; actor: { kind: string } }[] };
    expect(data.map(({ action, actor }) => [action, actor.kind])).toEqual([
      ['tenant.resumed', 'operator'],
      ['tenant.suspended', 'operator'],
    ]);
  });
});
