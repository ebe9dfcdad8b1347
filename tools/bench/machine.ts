import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os';
import { findPostgresBinaries } from '../postgres/binaries.ts';

/** Where figures come from; they compare within one run only. */
export interface Machine {
  cpu: string;
  cores: number;
  memoryGb: number;
  system: string;
  node: string;
  postgresql: string;
  /** Before the run: above 0 the machine had other work. */
  loadAverage: number;
}

export function describeMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${release()}`,
    node: process.version,
    postgresql: findPostgresBinaries().version,
    loadAverage: loadavg()[0] ?? 0,
  };
}
