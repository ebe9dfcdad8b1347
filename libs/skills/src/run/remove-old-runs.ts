import { type Clock, type Database, firstIdAt } from '@app/platform';

const BATCH = 1_000;
const DAY_MS = 86_400_000;
/** Settled writes are kept for repetitions. */
const WRITES_KEPT_MS = 7 * DAY_MS;

/** Removes what is older than its retention of what AI agents did, and what has run out that they did it with. */
export class RemoveOldRuns {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly retentionDays: number,
    private readonly batch = BATCH,
  ) {}

  /** @param goesOn asked after each batch. @returns how many runs were removed. */
  async execute(tenantId: string, goesOn: () => boolean = () => true): Promise<number> {
    await this.removeRunOut(tenantId);
    const before = firstIdAt(new Date(this.clock.now().getTime() - this.retentionDays * DAY_MS));
    for (let removed = 0; ;) {
      const [, some] = await this.database.withTenant(tenantId, (tx) =>
        tx.query<[unknown, number]>(
          `DELETE FROM skill_runs WHERE id = ANY (ARRAY(
             SELECT id FROM skill_runs WHERE tenant_id = $1 AND id < $2 LIMIT $3))`,
          [tenantId, before, this.batch],
        ),
      );
      removed += some;
      if (some < this.batch || !goesOn()) return removed;
    }
  }
  /** A write's end, not only the next one's beginning: who never asks again has nothing kept either. */
  private async removeRunOut(tenantId: string): Promise<void> {
    const now = this.clock.now();
    await this.database.withTenant(tenantId, async (tx) => {
      await tx.query('DELETE FROM skill_writes WHERE tenant_id = $1 AND asked_at < $2', [
        tenantId,
        new Date(now.getTime() - WRITES_KEPT_MS),
      ]);
      await tx.query('DELETE FROM verified_callers WHERE tenant_id = $1 AND expires_at <= $2', [tenantId, now]);
      // Whoever held one has died, or was slow: for a while it can still be renewed.
      await tx.query('DELETE FROM skill_leases WHERE tenant_id = $1 AND expires_at < $2', [
        tenantId,
        new Date(now.getTime() - DAY_MS),
      ]);
    });
  }
}
