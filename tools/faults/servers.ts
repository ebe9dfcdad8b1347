// PostgreSQL and Redis for suites that kill them: whatever ends is started again, as an init system would, on the same
// port and the same data (Redis keeps none). Each start is one line of JSON: {"server","pid","url"}. Ends with SIGTERM.
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startCluster } from '../postgres/cluster.ts';
import { settleHome } from '../postgres/home.ts';
import { findFreePort } from '../ports/free-port.ts';
import { identify } from '../processes/identity.ts';
import { startRedis } from '../test/redis.ts';
import { removeRun, RUN_PREFIX, writeRecord } from '../test/servers.ts';

interface Server {
  pid: number;
  url: string;
  ended: Promise<void>;
  stop: () => Promise<void>;
}

/** Only the machine could lose what isn't synced, and it is not what is killed; commits are what the suites are about. */
const SETTINGS = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'on', max_connections: '200' };

/** A server whose predecessor's processes still hold its shared memory or port needs another try. */
const RETRY_MS = 100;

const folder = await mkdtemp(join(tmpdir(), RUN_PREFIX));
await chmod(folder, 0o711); // the account of PostgreSQL passes through when this is root
const superuserPassword = randomBytes(18).toString('base64url');
await writeRecord(folder, { owner: identify(process.pid) ?? { pid: process.pid, startedAt: 0 }, superuserPassword });
await mkdir(join(folder, 'redis'), { mode: 0o700 });
const home = await settleHome(join(folder, 'postgres'));
const [postgresPort, redisPort] = [await findFreePort(), await findFreePort()];

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());

await Promise.all([
  keepUp('postgres', async () => {
    const options = {
      port: postgresPort,
      superuserPassword,
      logFile: join(folder, 'postgres.log'),
      settings: SETTINGS,
    };
    const cluster = await startCluster(home, options);
    return { ...cluster, url: cluster.adminUrl };
  }),
  keepUp('redis', () => startRedis({ folder: join(folder, 'redis'), port: redisPort })),
]);
await removeRun(folder);

async function keepUp(server: string, start: () => Promise<Server>): Promise<void> {
  const stop = new Promise<void>((resolve) => {
    stopping.signal.addEventListener('abort', () => resolve());
  });
  while (!stopping.signal.aborted) {
    try {
      const { pid, url, ended, stop: end } = await start();
      console.log(JSON.stringify({ server, pid, url }));
      await Promise.race([ended, stop]);
      if (stopping.signal.aborted) await end();
    } catch (error) {
      console.error(error);
      await delay(RETRY_MS);
    }
  }
}
