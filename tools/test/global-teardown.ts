import './global-setup.ts';
import { Client } from 'pg';
import { relative } from 'node:path';
import { describeLeaks, findLeaks } from './leaks.ts';
import { readRecord, removeRun, type TestServers, writeRecord } from './servers.ts';

/**
 * Stops the servers and clears up, but keeps the data when a failed test's database is in it.
 * @throws when a program of the run printed a secret: that fails the run.
 */
export default async function teardown(): Promise<void> {
  const servers = globalThis.threadlineTestServers;
  if (!servers) return;
  globalThis.threadlineTestServers = undefined;
  const leaks = await findLeaks(servers.folder);
  await clearUp(servers);
  if (leaks.length > 0) throw new Error(describeLeaks(leaks));
}

async function clearUp(servers: TestServers): Promise<void> {
  const kept = await findKept(servers.cluster.adminUrl);
  await Promise.all([servers.redis.stop(), servers.cluster.stop()]);
  if (kept.length === 0) return removeRun(servers.folder);
  await writeRecord(servers.folder, { ...(await readRecord(servers.folder)), kept });
  const opener = relative(process.cwd(), new URL('open-kept.ts', import.meta.url).pathname);
  console.warn(`\nKept for a day: ${kept.join(', ')}. To look inside: node ${opener} ${servers.folder}`);
}

async function findKept(adminUrl: string): Promise<string[]> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>(
      String.raw`SELECT datname FROM pg_database WHERE datname LIKE 'test\_%' AND shobj_description(oid, 'pg_database') = 'kept' ORDER BY 1`,
    );
    return rows.map(({ datname }) => datname);
  } finally {
    await client.end();
  }
}
