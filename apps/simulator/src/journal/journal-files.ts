import { readdirSync } from 'node:fs';

/** Which files hold the state: a snapshot and every journal from its generation on. */
export interface StoredGeneration {
  readonly snapshot: number;
  readonly snapshotBytes: number;
  /** The journal that is written to. */
  readonly journal: number;
  readonly journalBytes: number;
}

export const snapshotName = (generation: number): string => `snapshot-${generation}.jsonl`;
export const journalName = (generation: number): string => `journal-${generation}.jsonl`;

/** The newest complete snapshot (0: none was ever made) and the journals on top of it, oldest first. */
export function findGenerations(folder: string): { readonly snapshot: number; readonly journals: readonly number[] } {
  const numbers = (pattern: RegExp): number[] =>
    readdirSync(folder).flatMap((name) => {
      const number = pattern.exec(name)?.[1];
      return number === undefined ? [] : [Number(number)];
    });
  const snapshot = Math.max(0, ...numbers(/^snapshot-(\d+)\.jsonl$/));
  const journals = numbers(/^journal-(\d+)\.jsonl$/)
    .filter((generation) => generation >= snapshot)
    .toSorted((a, b) => a - b);
  return { snapshot, journals };
}
