import type { Clock, Database } from '@app/platform';

/** So many in a period, refilled evenly; unspent it grows to `size` and no further. */
export interface Allowance {
  /** What it belongs to, e.g. `key:<id>`. */
  name: string;
  size: number;
  periodSeconds: number;
}

export type Spending = { granted: true } | { granted: false; refused: string; retryAfterSeconds: number };

/** Full ones are the same as none; they are thrown away once in so many calls. */
const FORGET_EVERY = 5_000;

/**
 * Rate limits that all processes share. They live in PostgreSQL, also when there is a Redis: every request asks
 * PostgreSQL who is calling anyway, a second short statement there costs less than a second thing that can be away, and
 * an unlogged table writes nothing ahead.
 */
export class Allowances {
  private spent = 0;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Spends one from each, in order, up to the first that has none left. */
  async spend(allowances: readonly Allowance[]): Promise<Spending> {
    const now = this.clock.now();
    await this.forgetFull(1, now);
    const [refusal] = await this.database.acrossTenants<{ refused: string; wait_seconds: number }>(
      'SELECT refused, wait_seconds FROM spend_allowances($1, $2, $3::interval[], $4)',
      [
        allowances.map(({ name }) => name),
        allowances.map(({ size }) => size),
        allowances.map(({ periodSeconds }) => `${periodSeconds} seconds`),
        now,
      ],
    );
    if (refusal === undefined) return { granted: true };
    return {
      granted: false,
      refused: refusal.refused,
      retryAfterSeconds: Math.max(1, Math.ceil(refusal.wait_seconds)),
    };
  }

  /** Throws full ones away when so many more spendings make it time to. */
  async forgetFull(spendings: number, now: Date): Promise<void> {
    this.spent += spendings;
    if (this.spent < FORGET_EVERY) return;
    this.spent = 0;
    await this.database.acrossTenants('SELECT forget_full_allowances($1)', [now]);
  }

  async refill(name: string): Promise<void> {
    await this.database.acrossTenants('SELECT refill_allowance($1)', [name]);
  }
}
