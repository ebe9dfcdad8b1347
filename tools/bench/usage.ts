import { readdirSync, readFileSync } from 'node:fs';

/** What a process has used since it was first seen. */
export interface ProcessUsage {
  name: string;
  cpuSeconds: number;
  /** MB of resident memory; of PostgreSQL's many processes the sum of their shares (PSS), of others the kernel's own mark. */
  peakMb: number;
}

interface Tracked {
  name: string;
  pid: number;
  /** PostgreSQL is a process for each connection. */
  withChildren: boolean;
  cpuSeconds: number;
  peakMb: number;
}

/** Kernel ticks per second as /proc reports them: 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;
const SAMPLE_MS = 250;

/** Watches processes through /proc. On a system without it every figure stays 0, and the report says so. */
export class UsageMeter {
  private readonly tracked: Tracked[] = [];
  private timer: NodeJS.Timeout | undefined;

  track(name: string, pid: number, { withChildren = false } = {}): void {
    this.tracked.push({ name, pid, withChildren, cpuSeconds: 0, peakMb: 0 });
    this.timer ??= setInterval(() => this.sample(), SAMPLE_MS).unref();
    this.sample();
  }

  /** CPU seconds of all processes of this name so far, ended ones included. */
  cpuSeconds(name: string): number {
    this.sample();
    return this.tracked.filter((entry) => entry.name === name).reduce((sum, entry) => sum + entry.cpuSeconds, 0);
  }

  /** MB, by the kernel's own mark; 0 for a process that isn't tracked. */
  peakMb(pid: number): number {
    this.sample();
    return this.tracked.find((entry) => entry.pid === pid)?.peakMb ?? 0;
  }

  report(): ProcessUsage[] {
    this.sample();
    return this.tracked.map(({ name, cpuSeconds, peakMb }) => ({ name, cpuSeconds, peakMb }));
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private sample(): void {
    for (const entry of this.tracked) {
      const pids = entry.withChildren ? [entry.pid, ...childrenOf(entry.pid)] : [entry.pid];
      const cpu = pids.reduce((sum, pid) => sum + (readCpuSeconds(pid, pid === entry.pid) ?? 0), 0);
      const memory = entry.withChildren
        ? pids.reduce((sum, pid) => sum + (readMb(`/proc/${pid}/smaps_rollup`, 'Pss') ?? 0), 0)
        : (readMb(`/proc/${entry.pid}/status`, 'VmHWM') ?? 0);
      entry.cpuSeconds = Math.max(entry.cpuSeconds, cpu);
      entry.peakMb = Math.max(entry.peakMb, memory);
    }
  }
}

/** @returns MB resident now, undefined when the process is gone or the system doesn't say. */
export function residentMb(pid: number): number | undefined {
  return readMb(`/proc/${pid}/status`, 'VmRSS');
}

function readMb(file: string, field: string): number | undefined {
  try {
    const [, kilobytes] = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(file, 'utf8')) ?? [];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}

/** With the children that have ended and been waited for, when asked. */
function readCpuSeconds(pid: number, withEndedChildren: boolean): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command's name stands in brackets and may hold anything, so fields count from the last bracket (man 5 proc).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = fields.slice(11, withEndedChildren ? 15 : 13).reduce((sum, field) => sum + Number(field), 0);
    return ticks / TICKS_PER_SECOND;
  } catch {
    return undefined;
  }
}

function childrenOf(parent: number): number[] {
  try {
    return readdirSync('/proc')
      .filter((entry) => /^\d+$/.test(entry))
      .map(Number)
      .filter((pid) => parentOf(pid) === parent);
  } catch {
    return [];
  }
}

function parentOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}
