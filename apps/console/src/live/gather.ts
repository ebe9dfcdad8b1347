/** So long nobody minds in a list, and so much less is asked of the server while thousands of deliveries go out. */
const PAUSE_MS = 250;
/** Reading what is old takes no longer than this; one call that hangs holds up nothing else. */
const READ_WITHIN_MS = 5_000;

type Key = readonly string[];

/**
 * The first is read at once. What becomes old while that is read, and shortly after, is read together: reading anew for each
 * of many would give up what is being read, again and again, and never arrive.
 */
export class Gather {
  private old = new Map<string, Key>();
  private isReading = false;
  private hasEnded = false;

  constructor(private readonly read: (keys: readonly Key[]) => Promise<unknown>) {}

  add(keys: readonly Key[]): void {
    for (const key of keys) this.old.set(JSON.stringify(key), key);
    if (!this.isReading) void this.go();
  }

  end(): void {
    this.hasEnded = true;
  }

  private async go(): Promise<void> {
    this.isReading = true;
    while (this.old.size > 0 && !this.hasEnded) {
      const keys = [...this.old.values()];
      this.old = new Map();
      await Promise.race([this.read(keys), wait(READ_WITHIN_MS)]);
      await wait(PAUSE_MS);
    }
    this.isReading = false;
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
