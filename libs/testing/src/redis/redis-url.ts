import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readRunVariable } from '../run/run-variables.js';

/** Of redis-server's --databases in tools/test/redis.ts. */
const DATABASES = 4_096;

/** @returns the address of an empty Redis database that no other call of this run gets. */
export function redisUrl(): string {
  const claims = join(readRunVariable('THREADLINE_TEST_FOLDER'), 'redis', 'claims');
  mkdirSync(claims, { recursive: true });
  for (let database = 0; database < DATABASES; database++) {
    if (claim(join(claims, String(database)))) return `${readRunVariable('THREADLINE_TEST_REDIS_URL')}/${database}`;
  }
  throw new Error(`All ${DATABASES} Redis databases of this run are taken.`);
}

/** Making a folder succeeds for exactly one of many processes. */
function claim(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    // Not asked with instanceof: Node's errors come from outside the realm Jest runs a test in.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
