import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type Clock, type Database, newId } from '@app/platform';
import type { EntityManager } from 'typeorm';

/** Clocks of processes differ, and what is not a call takes its time, too. */
const SPARE_MS = 30_000;
/** Before a write is sent, what it is about may be looked up: its steps side by side, each tried twice. */
const LOOK_UP_CALLS = 2;
/** Who waits looks that often whether it is free. */
const LOOK_MS = 50;

export interface Lease {
  name: Buffer;
  holder: string;
}

/**
 * The right to do something alone, among all processes. Whoever holds it for longer than the calls before the write can take
 * has died, or is so slow that others needn't wait: a write is sent only by who can renew it, for as long as that may take.
 */
export class Leases {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    /** As long as one call of the CRM can take. */
    private readonly callSeconds: number,
  ) {}

  /** Undefined: somebody else has it. */
  async take(tenantId: string, name: string): Promise<Lease | undefined> {
    const lease = { name: createHash('sha256').update(name).digest(), holder: newId() };
    const taken = await this.database.withTenant(tenantId, (tx) =>
      tx.query<unknown[]>(
        `INSERT INTO skill_leases AS held (tenant_id, name_hash, holder, expires_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (tenant_id, name_hash) DO UPDATE SET holder = $3, expires_at = $4 WHERE held.expires_at <= $5
         RETURNING holder`,
        [tenantId, lease.name, lease.holder, this.end(LOOK_UP_CALLS), this.clock.now()],
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

  /**
   * For as long as so many calls can take; nobody takes them before the unit of work ends.
   * @returns false when one of them was taken over.
   */
  async renew(tx: EntityManager, tenantId: string, leases: readonly Lease[], calls: number): Promise<boolean> {
    const [, count] = await tx.query<[unknown, number]>(
      `UPDATE skill_leases SET expires_at = $3 WHERE tenant_id = $1 AND holder = ANY ($2::uuid[])`,
      [tenantId, leases.map(({ holder }) => holder), this.end(calls)],
    );
    return count === leases.length;
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

  private end(calls: number): Date {
    return new Date(this.clock.now().getTime() + calls * this.callSeconds * 1_000 + SPARE_MS);
  }
}
