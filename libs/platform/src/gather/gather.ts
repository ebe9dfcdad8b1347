export interface GatherOptions<T> {
  /** Groups of one key under way at once. */
  lanes: number;
  /**
   * How many must be waiting for a further group to leave while one is under way. Default 1. Small groups cost more than
   * they gain: what one costs by itself is shared by fewer.
   */
  company?: number;
  /** Whether one more still goes along. */
  fits: (taken: readonly T[], next: T) => boolean;
  /**
   * Whether a failure undid everything and lies with one item, so that each may be tried by itself. Never true of an
   * outcome that isn't known.
   */
  mayTryAlone?: (error: unknown) => boolean;
}

interface Waiting<T, R> {
  item: T;
  resolve: (result: R) => void;
  reject: (reason: unknown) => void;
}

interface Group<T, R> {
  waiting: Waiting<T, R>[];
  underWay: number;
  /** It is looked after when this turn of the event loop has ended. */
  isLeaving: boolean;
}

/**
 * Does together what several callers ask for at the same time: one statement, one commit for all of them instead of one
 * for each. Nobody waits for company: with no group under way an item goes when the turn of the event loop that brought it
 * has ended, with whatever else that turn has read from the network, and what arrives later leaves as the next group.
 * Whose answers went out together ask again together: leaving at once took the first of them alone, each time. A caller's
 * answer comes after its group is done, so it means what it would mean alone.
 */
export class Gather<T, R> {
  private readonly groups = new Map<string, Group<T, R>>();

  /** @param run answers one result for each item, in order. */
  constructor(
    private readonly run: (key: string, items: readonly T[]) => Promise<readonly R[]>,
    private readonly options: GatherOptions<T>,
  ) {}

  /** @param key what may go together, e.g. a tenant. */
  add(key: string, item: T): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      const group = this.groups.get(key) ?? { waiting: [], underWay: 0, isLeaving: false };
      this.groups.set(key, group);
      group.waiting.push({ item, resolve, reject });
      this.departSoon(key, group);
    });
  }

  private departSoon(key: string, group: Group<T, R>): void {
    if (group.isLeaving) return;
    group.isLeaving = true;
    setImmediate(() => {
      group.isLeaving = false;
      this.depart(key, group);
    });
  }

  private depart(key: string, group: Group<T, R>): void {
    const { lanes, company = 1 } = this.options;
    while (group.underWay < lanes && group.waiting.length >= (group.underWay === 0 ? 1 : company)) {
      group.underWay += 1;
      void this.travel(key, this.take(group)).finally(() => {
        group.underWay -= 1;
        if (group.underWay === 0 && group.waiting.length === 0) this.groups.delete(key);
        else this.departSoon(key, group);
      });
    }
  }

  /** The longest waiting first; one item always fits. */
  private take({ waiting }: Group<T, R>): Waiting<T, R>[] {
    const items: T[] = [];
    for (const { item } of waiting) {
      if (items.length > 0 && !this.options.fits(items, item)) break;
      items.push(item);
    }
    return waiting.splice(0, items.length);
  }

  private async travel(key: string, group: readonly Waiting<T, R>[]): Promise<void> {
    try {
      const results = await this.run(
        key,
        group.map(({ item }) => item),
      );
      for (const [index, { resolve }] of group.entries()) resolve(results[index] as R);
    } catch (error) {
      if (group.length > 1 && this.options.mayTryAlone?.(error) === true) {
        for (const one of group) await this.travel(key, [one]);
        return;
      }
      for (const { reject } of group) reject(error);
    }
  }
}
