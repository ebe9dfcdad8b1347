import { type Clock, type Database, firstIdAt } from '@app/platform';

const BATCH = 1_000;
const DAY_MS = 86_400_000;

/** Removes what is older than its retention of what AI agents did. */
export class RemoveOldRuns {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly retentionDays: number,
    private readonly batch = BATCH,
  ) {}

  /** @param goesOn asked after each batch. @returns how many were removed. */
  async execute(tenantId: string, goesOn: () => boolean = () => true): Promise<number> {
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
}
