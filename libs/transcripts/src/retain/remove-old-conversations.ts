import { type Clock, type Database, firstIdAt } from '@app/platform';

/** A transaction of a tenth of a second or so: nobody waits long for its locks. */
const BATCH = 500;
const DAY_MS = 86_400_000;

/**
 * Removes what is older than its retention: closed conversations whose delivery has been settled for that long, with
 * messages, parts and attempts, and open ones in which nothing has happened since. What waits is kept, however old.
 * Contact links stay: they say who a customer is, not what was said. Claims that ended go, whatever the retention.
 */
export class RemoveOldConversations {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly retentionDays: number,
    private readonly batch = BATCH,
  ) {}

  /** @param goesOn asked after each batch. @returns how many were removed. */
  async execute(tenantId: string, goesOn: () => boolean = () => true): Promise<number> {
    const cutoff = new Date(this.clock.now().getTime() - this.retentionDays * DAY_MS);
    let removed = 0;
    for (const statement of [SETTLED, ABANDONED]) {
      let some: number;
      do {
        some = await this.removeSome(statement, tenantId, cutoff);
        removed += some;
      } while (some === this.batch && goesOn());
    }
    await this.database.withTenant(tenantId, (tx) =>
      tx.query('DELETE FROM contact_claims WHERE tenant_id = $1 AND ends_at < now()', [tenantId]),
    );
    return removed;
  }

  private async removeSome(statement: string, tenantId: string, cutoff: Date): Promise<number> {
    const [, count] = await this.database.withTenant(tenantId, (tx) =>
      tx.query<[unknown, number]>(statement, [tenantId, firstIdAt(cutoff), cutoff, this.batch]),
    );
    return count;
  }
}

/**
 * From the delivery, since a replay holds that row: what it has put back in line is not settled any more. Ids begin with
 * their time, so the index on recent ones finds those made before the cutoff without another. Materialized: a plan that
 * ran the limited query once per row would remove more than the batch.
 */
const SETTLED = `
  WITH old AS MATERIALIZED (
    SELECT id FROM deliveries
    WHERE tenant_id = $1 AND id < $2 AND closed_at < $3 AND settled_at < $3
    ORDER BY id LIMIT $4
    FOR UPDATE SKIP LOCKED
  ), gone AS (
    DELETE FROM deliveries d USING old WHERE d.id = old.id RETURNING d.conversation_id
  )
  DELETE FROM conversations c USING gone WHERE c.tenant_id = $1 AND c.id = gone.conversation_id`;

const ABANDONED = `
  WITH old AS MATERIALIZED (
    SELECT c.id FROM conversations c
    WHERE c.tenant_id = $1 AND c.id < $2 AND c.status = 'open' AND NOT EXISTS (
      SELECT FROM messages m WHERE m.conversation_id = c.id AND m.sent_at >= $3)
    ORDER BY c.id LIMIT $4
    FOR UPDATE SKIP LOCKED
  )
  DELETE FROM conversations c USING old WHERE c.id = old.id`;
