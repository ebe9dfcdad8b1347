import type { Database } from '@app/platform';
import { type BudgetStore, type CallKind, type Exchange, type Quota, type Standing } from './budget-store.js';
import { askOf, readStanding, type StoreAnswer } from './store-answer.js';

/** Rows of portals that nobody calls any more are removed so rarely; those that are called clear their own. */
const FORGET_EVERY = 500;

/** Counts in PostgreSQL: each operation is one function, under a lock of its portal's limit, so one round trip and atomic. */
export class PostgresStore implements BudgetStore {
  private exchanges = 0;

  constructor(
    private readonly database: Pick<Database, 'acrossTenants'>,
    private readonly forgetEvery = FORGET_EVERY,
  ) {}

  async exchange(portalId: string, kind: CallKind, exchange: Exchange): Promise<Standing> {
    this.exchanges++;
    if (this.exchanges % this.forgetEvery === 0) await this.database.acrossTenants('SELECT forget_hubspot_places()');
    const [row] = await this.database.acrossTenants<{ answer: StoreAnswer }>(
      'SELECT exchange_hubspot_places($1, $2, $3) AS answer',
      [portalId, kind, JSON.stringify(askOf(exchange))],
    );
    if (row === undefined) throw new Error('exchange_hubspot_places answered nothing');
    return readStanding(row.answer);
  }

  async learn(portalId: string, { max, windowMs }: Quota, windowSoFarMs: number): Promise<void> {
    await this.database.acrossTenants('SELECT learn_hubspot_limit($1, $2, $3, $4, $5)', [
      portalId,
      'burst',
      max,
      windowMs,
      windowSoFarMs,
    ]);
  }

  async block(portalId: string, kind: CallKind, { policy, ms }: { policy: string; ms: number }): Promise<void> {
    await this.database.acrossTenants('SELECT block_hubspot_limit($1, $2, $3, $4)', [portalId, kind, policy, ms]);
  }

  /** The pool is not ours. */
  close(): Promise<void> {
    return Promise.resolve();
  }
}
