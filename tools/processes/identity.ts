import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process that can be told from a later one with the same number. */
export interface ProcessIdentity {
  pid: number;
  /** Seconds since 1970. */
  startedAt: number;
}

/** Kernel ticks per second as /proc reports them: 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** Both sources round, and an adjusted clock moves the boot time they count from. */
const TOLERANCE_SECONDS = 3;

/** @returns undefined when no such process runs (a zombie counts as gone). */
export function identify(pid: number): ProcessIdentity | undefined {
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  const startedAt = process.platform === 'linux' ? startTimeFromProc(pid) : startTimeFromPs(pid);
  return startedAt === undefined ? undefined : { pid, startedAt };
}

export function isRunning({ pid, startedAt }: ProcessIdentity): boolean {
  const now = identify(pid);
  return now !== undefined && Math.abs(now.startedAt - startedAt) <= TOLERANCE_SECONDS;
}

function startTimeFromProc(pid: number): number | undefined {
  try {
    // The command's name stands in brackets and may hold anything, so fields count from the last bracket (man 5 proc).
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    const bootedAt = Number(/^btime (\d+)$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1]);
    return bootedAt + Number(fields[19]) / TICKS_PER_SECOND;
  } catch {
    return undefined;
  }
}

function startTimeFromPs(pid: number): number | undefined {
  const { stdout, status } = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  const [, state = '', startedAt = ''] = /^\s*(\S+)\s+(.+?)\s*$/.exec(stdout ?? '') ?? [];
  const milliseconds = Date.parse(startedAt);
  return status !== 0 || state.startsWith('Z') || Number.isNaN(milliseconds) ? undefined : milliseconds / 1000;
}
