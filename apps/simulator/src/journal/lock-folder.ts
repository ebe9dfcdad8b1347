import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Claims a data folder for this process; gives the way to release it. The mark of a process that was killed is taken
 * over: it counts only while a process of that id runs and, where that can be seen, is a simulator.
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'owner.pid');
  const owner = readOwner(path);
  if (owner !== undefined && owner !== process.pid && isSimulator(owner)) {
    throw new Error(`data folder ${folder} is in use by process ${owner}`);
  }
  writeFileSync(path, String(process.pid));
  return () => {
    if (readOwner(path) === process.pid) rmSync(path, { force: true });
  };
}

function readOwner(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isSimulator(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, as another user.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  try {
    // Linux tells what runs under the id; a number given anew after a restart is somebody else's.
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('simulator');
  } catch {
    return process.platform !== 'linux';
  }
}
