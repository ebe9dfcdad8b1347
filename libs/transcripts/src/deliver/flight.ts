import type { Room } from './room.js';

/** Batch writes of one portal that wait for HubSpot at once: at 150 ms an answer, eight use up its quota with ease. */
const MOST_GROUPS = 8;

/** So that a portal which HubSpot keeps waiting can't fill the room for all others. One that is larger flies alone. */
const MOST_UNITS = 3_000_000;

/** The groups of a drain that are being written: a bounded number of them, within the process's room for transcripts. */
export class Flight {
  private readonly aloft = new Set<Promise<void>>();
  private unitsAloft = 0;
  private firstFailure: { error: unknown } | undefined;

  constructor(private readonly room: Room) {}

  /** What the first group that broke off threw; the others fly on. */
  get failure(): { error: unknown } | undefined {
    return this.firstFailure;
  }

  /** Resolves when `work` has begun: whoever has more waits here until there is place for it. */
  async start(units: number, work: () => Promise<void>): Promise<void> {
    const isFull = (): boolean =>
      this.aloft.size >= MOST_GROUPS || (this.aloft.size > 0 && this.unitsAloft + units > MOST_UNITS);
    while (isFull()) await Promise.race(this.aloft);
    await this.room.enter(units);
    this.unitsAloft += units;
    const group: Promise<void> = work()
      .catch((error: unknown) => {
        this.firstFailure ??= { error };
      })
      .finally(() => {
        this.room.leave(units);
        this.unitsAloft -= units;
        this.aloft.delete(group);
      });
    this.aloft.add(group);
  }

  /** Resolves when nothing is under way any more. */
  async landed(): Promise<void> {
    while (this.aloft.size > 0) await Promise.all(this.aloft);
  }
}
