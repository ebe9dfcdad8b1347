/**
 * Counts events in a window that moves with time: an event counts until exactly `windowMs` after it. Exact, not
 * bucketed, since a client that paces itself against the real limit must be judged by the real limit.
 */
export class RollingWindow {
  private times: number[] = [];
  /** Index of the oldest event still counted; the array is cut when half of it is stale. */
  private oldest = 0;
  private highest = 0;

  constructor(private readonly windowMs: number) {}

  add(now: number): void {
    this.forget(now);
    this.times.push(now);
    this.highest = Math.max(this.highest, this.times.length - this.oldest);
  }

  count(now: number): number {
    this.forget(now);
    return this.times.length - this.oldest;
  }

  /** ms until there is room for one more under `limit`; 0 when there is. */
  roomIn(now: number, limit: number): number {
    const count = this.count(now);
    if (count < limit) return 0;
    const blocking = this.times[this.oldest + count - limit];
    return blocking === undefined ? 0 : blocking + this.windowMs - now;
  }

  /** The most events any one window has held. */
  get peak(): number {
    return this.highest;
  }

  private forget(now: number): void {
    const edge = now - this.windowMs;
    while (this.oldest < this.times.length && (this.times[this.oldest] ?? 0) <= edge) this.oldest++;
    if (this.oldest > 1024 && this.oldest * 2 > this.times.length) {
      this.times = this.times.slice(this.oldest);
      this.oldest = 0;
    }
  }
}
