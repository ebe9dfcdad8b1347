import type { SeededRandom } from './seeded-random.js';

const DAY_MS = 86_400_000;

/** About eight years: long enough for old switchboards, short enough for every record to have an owner. */
const HISTORY_DAYS = 3_000;

/** Creation and change times of records, all before one moment. */
export class SeedTimes {
  constructor(
    private readonly random: SeededRandom,
    private readonly untilMs: number,
  ) {}

  /** More of them recent than old, as a growing company's CRM has it. */
  created(): number {
    const age = this.random.next() ** 1.5 * HISTORY_DAYS * DAY_MS;
    return Math.floor(this.untilMs - age) - 1;
  }

  /** At or after a given time, and before the end. */
  after(earliestMs: number, withinDays = HISTORY_DAYS): number {
    const latest = Math.min(this.untilMs - 1, earliestMs + withinDays * DAY_MS);
    return earliestMs + Math.floor(this.random.next() * Math.max(0, latest - earliestMs));
  }
}

export const iso = (ms: number): string => new Date(ms).toISOString();
