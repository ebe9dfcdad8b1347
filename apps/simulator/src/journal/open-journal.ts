import { existsSync, mkdirSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import type { SimulatorState } from '../serve/simulator-state.js';
import { FileJournal } from './file-journal.js';
import { findGenerations, journalName, snapshotName, type StoredGeneration } from './journal-files.js';
import type { JournalEntry } from './journal-entries.js';
import { lockFolder } from './lock-folder.js';
import { readLines } from './read-lines.js';
import { replayEntry } from './replay-entry.js';

export interface OpenedJournal {
  /** Starts to keep changes. Until then nothing in the folder is touched. */
  start(): FileJournal;
}

/**
 * Reads the state kept in a folder, made when it isn't there. A last line that was cut short by a crash was never
 * acknowledged and is dropped; any other unreadable line is damage, reported with its place.
 */
export function openJournal(folder: string, state: SimulatorState, compactAtBytes?: number): OpenedJournal {
  mkdirSync(folder, { recursive: true });
  const release = lockFolder(folder);
  const { snapshot, journals } = findGenerations(folder);
  if (snapshot > 0) replayFile(join(folder, snapshotName(snapshot)), state);
  let complete = 0;
  for (const generation of journals) complete = replayFile(join(folder, journalName(generation)), state);
  const newest = journals.at(-1) ?? snapshot;
  const stored: StoredGeneration = {
    snapshot,
    snapshotBytes: snapshot > 0 ? statSync(join(folder, snapshotName(snapshot))).size : 0,
    journal: newest,
    journalBytes: complete,
  };
  return {
    start: () => {
      const path = join(folder, journalName(newest));
      if (existsSync(path) && statSync(path).size > complete) truncateSync(path, complete);
      for (const name of readdirSync(folder)) if (name.endsWith('.draft')) rmSync(join(folder, name));
      const journal = new FileJournal(folder, state, stored, compactAtBytes);
      state.keepIn({
        append: (entry) => journal.append(entry),
        commit: () => journal.commit(),
        close: () => {
          journal.close();
          release();
        },
      });
      return journal;
    },
  };
}

/** Replays a file and gives the length of its complete lines in bytes. */
function replayFile(path: string, state: SimulatorState): number {
  let complete = 0;
  let number = 0;
  for (const { line, end } of readLines(path)) {
    number++;
    let entry: JournalEntry;
    try {
      entry = JSON.parse(line) as JournalEntry;
    } catch (error) {
      throw new Error(`${path} is damaged at line ${number}; move the folder away to start anew`, { cause: error });
    }
    replayEntry(state, entry);
    complete = end;
  }
  return complete;
}
