interface Waiter {
  units: number;
  enter: () => void;
}

/**
 * How much may be held at once by everybody together. First come, first served: a large one is not overtaken for ever by
 * small ones. One that is larger than the whole room goes when it is empty.
 */
export class Room {
  private taken = 0;
  private readonly waiting: Waiter[] = [];

  constructor(private readonly units: number) {}

  /** Resolves when there is room; whoever entered leaves again with as many units. */
  enter(units: number): Promise<void> {
    return new Promise((enter) => {
      this.waiting.push({ units, enter });
      this.admit();
    });
  }

  leave(units: number): void {
    this.taken -= units;
    this.admit();
  }

  private admit(): void {
    for (let [next] = this.waiting; next !== undefined; [next] = this.waiting) {
      if (this.taken > 0 && this.taken + next.units > this.units) return;
      this.waiting.shift();
      this.taken += next.units;
      next.enter();
    }
  }
}
