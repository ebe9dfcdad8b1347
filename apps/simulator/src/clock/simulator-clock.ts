/** The simulator's own time: token expiry, index lag and limits read it, and tests may move or stop it. Milliseconds since 1970. */
export class SimulatorClock {
  private offsetMs = 0;
  /** The machine's time at which this clock was stopped; undefined while it runs. */
  private stoppedAt: number | undefined;

  now(): number {
    return this.machine() + this.offsetMs;
  }

  advance(ms: number): void {
    this.offsetMs += ms;
  }

  set(now: number): void {
    this.offsetMs = now - this.machine();
  }

  /** Stopped, it moves by `advance` and `set` alone, so that what falls into a window doesn't depend on the machine's speed. */
  stop(): void {
    this.stoppedAt ??= Date.now();
  }

  /** Goes on from where it stands. */
  run(): void {
    const now = this.now();
    this.stoppedAt = undefined;
    this.set(now);
  }

  get isStopped(): boolean {
    return this.stoppedAt !== undefined;
  }

  /** How far the simulator's time stands from the machine's. */
  get offset(): number {
    return this.now() - Date.now();
  }

  private machine(): number {
    return this.stoppedAt ?? Date.now();
  }
}
