import type { JournalEntry } from './journal-entries.js';

/** Where changes of state go before a call is answered. */
export interface Journal {
  append(entry: JournalEntry): void;
  /** Hands everything appended to the operating system: from here on a kill -9 of the simulator loses nothing. */
  commit(): void;
  close(): void;
}

/** Keeps nothing: the state lives as long as the process. */
export const noJournal: Journal = {
  append: () => undefined,
  commit: () => undefined,
  close: () => undefined,
};
