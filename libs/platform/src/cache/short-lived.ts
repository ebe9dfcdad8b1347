import type { Clock } from '../clock/clock.js';

interface Entry<T> {
  value: Promise<T>;
  /** Once it is there. */
  settled?: T;
  expiresAt: number;
}

export interface ShortLivedOptions<T> {
  /** How long a value may be used, in ms; 0: not at all. */
  lifeMs: (value: T) => number;
  /** Beyond so many the longest unused ones go. */
  most: number;
}

/**
 * Remembers for a moment what is dear to ask for. Whoever asks while an answer is under way gets the same one; a failure
 * is remembered by nobody.
 */
export class ShortLived<T> {
  private readonly entries = new Map<string, Entry<T>>();

  constructor(
    private readonly clock: Clock,
    private readonly options: ShortLivedOptions<T>,
  ) {}

  async get(key: string, load: () => Promise<T>): Promise<T> {
    const held = this.entries.get(key);
    if (held !== undefined && held.expiresAt > this.now()) {
      // Put last again: Maps keep the order of insertion, so the first ones are the longest unused.
      this.entries.delete(key);
      this.entries.set(key, held);
      return held.value;
    }
    const entry: Entry<T> = { value: load(), expiresAt: Number.POSITIVE_INFINITY };
    this.entries.set(key, entry);
    this.makeRoom();
    try {
      const value = await entry.value;
      entry.settled = value;
      entry.expiresAt = this.now() + this.options.lifeMs(value);
      return value;
    } catch (error) {
      if (this.entries.get(key) === entry) this.entries.delete(key);
      throw error;
    }
  }

  /** What is remembered, without asking for it. */
  find(key: string): T | undefined {
    const held = this.entries.get(key);
    return held !== undefined && held.expiresAt > this.now() ? held.settled : undefined;
  }

  /** @param isStale without a value: it is under way, and may have been read before the reason to forget. */
  forget(isStale: (key: string, value: T | undefined) => boolean): void {
    for (const [key, { settled }] of this.entries) if (isStale(key, settled)) this.entries.delete(key);
  }

  private makeRoom(): void {
    for (const key of this.entries.keys()) {
      if (this.entries.size <= this.options.most) return;
      this.entries.delete(key);
    }
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}
