import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type Clock, type Database, newId } from '@app/platform';

/** Whoever holds one for longer has died: two tries of a call of twenty seconds, and as much again. */
const LEASE_MS = 120_000;
/** Who waits looks that often whether it is free. */
const LOOK_MS = 50;

export interface Lease {
  name: Buffer;
  holder: string;
}

/** The right to do something alone, among all processes. */
export class Leases {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Undefined: somebody else has it. */
  async take(tenantId: string, name: string): Promise<Lease | undefined> {
    const lease = { name: createHash('sha256').update(name).digest(), holder: newId() };
    const now = this.clock.now();
    const taken = await this.database.withTenant(tenantId, (tx) =>
      tx.query<unknown[]>(
        `INSERT INTO skill_leases AS held (tenant_id, name_hash, holder, expires_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (tenant_id, name_hash) DO UPDATE SET holder = $3, expires_at = $4 WHERE held.expires_at <= $5
         RETURNING holder`,
        [tenantId, lease.name, lease.holder, new Date(now.getTime() + LEASE_MS), now],
      ),
    );
    return taken.length > 0 ? lease : undefined;
  }

  /** The same, as soon as it is free; undefined when it isn't in time. */
  async await(tenantId: string, name: string, withinMs: number): Promise<Lease | undefined> {
    for (let waitedMs = 0; ; waitedMs += LOOK_MS) {
      const lease = await this.take(tenantId, name);
      if (lease !== undefined || waitedMs >= withinMs) return lease;
      await pause(LOOK_MS);
    }
  }

  async release(tenantId: string, { name, holder }: Lease): Promise<void> {
    await this.database.withTenant(tenantId, (tx) =>
      tx.query('DELETE FROM skill_leases WHERE tenant_id = $1 AND name_hash = $2 AND holder = $3', [
        tenantId,
        name,
        holder,
      ]),
    );
  }
}
