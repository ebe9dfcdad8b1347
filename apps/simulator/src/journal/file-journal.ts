import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SimulatorState } from '../serve/simulator-state.js';
import type { Journal } from './journal.js';
import { journalName, snapshotName, type StoredGeneration } from './journal-files.js';
import type { JournalEntry } from './journal-entries.js';
import { snapshotEntries } from './snapshot-entries.js';

/** A journal is compacted once it is this big and has outgrown the snapshot it stands on. */
const COMPACT_AT_BYTES = 64 * 1024 * 1024;
const FLUSH_AT_CHARACTERS = 64 * 1024 * 1024;
/** So many entries of a snapshot are written between two turns of the event loop, a few ms. */
const SLICE = 500;

/**
 * Changes as lines of JSON in `journal-<n>.jsonl`, on top of `snapshot-<n>.jsonl`. A compaction starts journal n+1,
 * writes the state to snapshot n+1 while calls go on, and then drops the old files: entries say whole new states, so it
 * doesn't matter that journal n+1 repeats some of what the snapshot has already.
 */
export class FileJournal implements Journal {
  private descriptor: number;
  private lines: string[] = [];
  private waiting = 0;
  private bytes = 0;
  private compacting: Promise<void> | undefined;
  private isClosed = false;

  constructor(
    private readonly folder: string,
    private readonly state: SimulatorState,
    private stored: StoredGeneration,
    private readonly compactAtBytes = COMPACT_AT_BYTES,
  ) {
    this.descriptor = openSync(join(folder, journalName(stored.journal)), 'a');
    this.bytes = stored.journalBytes;
  }

  append(entry: JournalEntry): void {
    const line = JSON.stringify(entry);
    this.lines.push(line);
    this.waiting += line.length;
    // Seeding a portal appends more than one string can hold; no call of the API comes near.
    if (this.waiting > FLUSH_AT_CHARACTERS) this.commit();
  }

  commit(): void {
    if (this.lines.length === 0) return;
    const chunk = Buffer.from(`${this.lines.join('\n')}\n`);
    this.lines = [];
    this.waiting = 0;
    for (let written = 0; written < chunk.length;) {
      written += writeSync(this.descriptor, chunk, written);
    }
    this.bytes += chunk.length;
    if (this.bytes > Math.max(this.compactAtBytes, this.stored.snapshotBytes) && !this.compacting) {
      this.compacting = this.compact().finally(() => (this.compacting = undefined));
    }
  }

  close(): void {
    if (this.isClosed) return;
    this.commit();
    this.isClosed = true;
    closeSync(this.descriptor);
  }

  /** Resolves when no compaction is under way. */
  async settled(): Promise<void> {
    await this.compacting;
  }

  private async compact(): Promise<void> {
    const next = this.stored.journal + 1;
    const obsolete = this.stored;
    closeSync(this.descriptor);
    this.descriptor = openSync(join(this.folder, journalName(next)), 'a');
    this.bytes = 0;
    this.stored = { ...obsolete, journal: next };

    const path = join(this.folder, snapshotName(next));
    const draft = openSync(`${path}.draft`, 'w');
    let snapshotBytes = 0;
    try {
      let slice: string[] = [];
      const flush = (): void => {
        const chunk = Buffer.from(slice.map((line) => `${line}\n`).join(''));
        for (let written = 0; written < chunk.length;) written += writeSync(draft, chunk, written);
        snapshotBytes += chunk.length;
        slice = [];
      };
      for (const entry of snapshotEntries(this.state)) {
        slice.push(JSON.stringify(entry));
        if (slice.length < SLICE) continue;
        flush();
        await nextTurn();
        if (this.isClosed) return;
      }
      flush();
      fsyncSync(draft);
    } finally {
      closeSync(draft);
    }
    renameSync(`${path}.draft`, path);
    this.stored = { snapshot: next, snapshotBytes, journal: next, journalBytes: 0 };
    rmSync(join(this.folder, snapshotName(obsolete.snapshot)), { force: true });
    for (let generation = obsolete.snapshot; generation < next; generation++) {
      rmSync(join(this.folder, journalName(generation)), { force: true });
    }
  }
}
