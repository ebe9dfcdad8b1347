import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { endProcess } from '../processes/end.ts';
import { identify } from '../processes/identity.ts';

/** postmaster.pid is written within this of the server's start, also on a slow disk. */
const PID_FILE_DELAY_SECONDS = 30;

/**
 * Makes way for a new server: a server that a killed launcher left behind on this data is stopped, and a file that a
 * killed server left behind is removed when its process number belongs to somebody else now (PostgreSQL would refuse to
 * start then; it clears up by itself when the number is free).
 *
 * Lines of postmaster.pid: 1 process, 2 data directory, 3 start in seconds since 1970 (PostgreSQL's miscadmin.h).
 */
export async function clearLeftover(data: string): Promise<'none' | 'stopped' | 'stale'> {
  const file = join(data, 'postmaster.pid');
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  const wroteAt = Number(lines[2]);
  if (!Number.isInteger(pid) || pid <= 0) return 'none';
  const running = identify(pid);
  if (!running) return 'stale';
  const itself = running.startedAt <= wroteAt + 3 && wroteAt <= running.startedAt + PID_FILE_DELAY_SECONDS;
  if (!itself) {
    await rm(file);
    return 'stale';
  }
  // INT is the fast shutdown, QUIT the immediate one, after which the next start recovers.
  await endProcess(running, { signal: 'SIGINT', timeoutMs: 10_000, thenSignal: 'SIGQUIT' });
  return 'stopped';
}
