import { createSettlesIn } from '@app/crm';
import { type Clock, type Database, newId } from '@app/platform';
import type { EntityManager } from 'typeorm';

type SkillWriteState = 'asked' | 'writing' | 'unknown' | 'done' | 'refused';
export type WrittenOutcome = 'created' | 'updated' | 'already_there';

/** A write from the moment the caller is asked whether it shall be. */
export interface SkillWrite {
  id: string;
  state: SkillWriteState;
  boundHash: Buffer;
  thingHash: Buffer;
  expiresAt: Date;
  /** The last attempt may have reached the CRM since. */
  sentAt?: Date;
  /** Until then nobody can tell whether it did. One that is still `writing` by then has died. */
  settlesAt?: Date;
  done?: { outcome: WrittenOutcome; recordId: string };
}

interface WriteRow {
  id: string;
  state: SkillWriteState;
  bound_hash: Buffer;
  thing_hash: Buffer;
  expires_at: Date;
  sent_at: Date | null;
  settles_at: Date | null;
  outcome: WrittenOutcome | null;
  record_id: string | null;
}

export class SkillWriteRepository {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly seconds: {
      /** The CRM may commit a write without an answer as late as that. */
      settle: number;
      /** As long as one call of the CRM can take. */
      call: number;
    },
  ) {}

  async ask(
    tenantId: string,
    write: Pick<SkillWrite, 'boundHash' | 'thingHash' | 'expiresAt'> & { portalId: string; tokenHash: Buffer },
  ): Promise<void> {
    const now = this.clock.now();
    await this.database.withTenant(tenantId, async (tx) => {
      await tx.query(
        `INSERT INTO skill_writes (id, tenant_id, portal_id, token_hash, bound_hash, thing_hash, state, asked_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, 'asked', $7, $8)`,
        [newId(), tenantId, write.portalId, write.tokenHash, write.boundHash, write.thingHash, now, write.expiresAt],
      );
    });
  }

  /** One whose sender has died is `unknown`. */
  async findByToken(tenantId: string, tokenHash: Buffer): Promise<SkillWrite | undefined> {
    const [row] = await this.database.readForTenant<WriteRow>(
      tenantId,
      'SELECT * FROM skill_writes WHERE tenant_id = tenant.id AND token_hash = $2',
      [tokenHash],
    );
    return row === undefined ? undefined : this.toWrite(row);
  }

  /** Of the same thing: those that were sent, and nobody knows what became of them. */
  async findUnsettled(tenantId: string, portalId: string, thingHash: Buffer): Promise<SkillWrite[]> {
    const rows = await this.database.readForTenant<WriteRow>(
      tenantId,
      `SELECT * FROM skill_writes
       WHERE tenant_id = tenant.id AND portal_id = $2 AND thing_hash = $3 AND state IN ('writing', 'unknown')`,
      [portalId, thingHash],
    );
    return rows.map((row) => this.toWrite(row));
  }

  /** Which of these records are known to have been made by a write that was told so. */
  async findCreated(tenantId: string, portalId: string, recordIds: readonly string[]): Promise<Set<string>> {
    if (recordIds.length === 0) return new Set();
    const rows = await this.database.readForTenant<{ record_id: string }>(
      tenantId,
      `SELECT record_id FROM skill_writes
       WHERE tenant_id = tenant.id AND portal_id = $2 AND record_id = ANY ($3) AND outcome = 'created'`,
      [portalId, recordIds],
    );
    return new Set(rows.map((row) => row.record_id));
  }

  /**
   * From now on this attempt is at it.
   * @returns false when another attempt is, or it is settled. Of one whose process died nobody waits for longer than it takes
   * to tell what became of it.
   */
  async begin(tenantId: string, id: string, attempt: string): Promise<boolean> {
    const now = this.clock.now();
    const [rows] = await this.database.withTenant(tenantId, (tx) =>
      tx.query<[unknown[], number]>(
        `UPDATE skill_writes SET state = 'writing', attempt = $3, sent_at = $4, settles_at = $5
         WHERE tenant_id = $1 AND id = $2 AND (state IN ('asked', 'unknown') OR (state = 'writing' AND settles_at <= $4))
         RETURNING id`,
        [tenantId, id, attempt, now, this.settlesAt({ calls: 1 })],
      ),
    );
    return rows.length > 0;
  }

  /**
   * Just before it is sent, in so many calls: what was looked up before took its time.
   * @returns false when another attempt is at it by now: then nothing may be sent.
   */
  async markSending(
    tx: EntityManager,
    tenantId: string,
    { id, attempt, calls }: { id: string; attempt: string; calls: number },
  ): Promise<boolean> {
    const [rows] = await tx.query<[unknown[], number]>(
      `UPDATE skill_writes SET sent_at = $4, settles_at = $5
       WHERE tenant_id = $1 AND id = $2 AND attempt = $3 AND state = 'writing' RETURNING id`,
      [tenantId, id, attempt, this.clock.now(), this.settlesAt({ calls })],
    );
    return rows.length > 0;
  }

  /** What another attempt is at is left alone. @param attempt whose outcome it is. */
  async settle(
    tx: EntityManager,
    tenantId: string,
    { ids, attempt, to }: { ids: readonly string[]; attempt: string; to: SettledAs },
  ): Promise<void> {
    const { outcome, recordId } = to.state === 'done' ? to : {};
    await tx.query(
      `UPDATE skill_writes SET state = $3, outcome = $4, record_id = $5,
         -- An unanswered one settles from now on: the call took its time.
         settles_at = CASE WHEN $3 = 'unknown' THEN $6::timestamptz ELSE settles_at END
       WHERE tenant_id = $1 AND id = ANY ($2)
         AND (state IN ('asked', 'unknown') OR (state = 'writing' AND (attempt = $7 OR settles_at <= $8)))`,
      [tenantId, ids, to.state, outcome, recordId, this.settlesAt({ calls: 0 }), attempt, this.clock.now()],
    );
  }

  /** Of this attempt nothing was sent: its write may be tried again under the same token. What another is at is left alone. */
  async withdraw(tenantId: string, id: string, attempt: string): Promise<void> {
    await this.database.withTenant(tenantId, (tx) =>
      tx.query(
        `UPDATE skill_writes SET state = 'asked' WHERE tenant_id = $1 AND id = $2 AND attempt = $3 AND state = 'writing'`,
        [tenantId, id, attempt],
      ),
    );
  }

  private settlesAt({ calls }: { calls: number }): Date {
    const seconds = calls * this.seconds.call + createSettlesIn(this.seconds.settle);
    return new Date(this.clock.now().getTime() + seconds * 1_000);
  }

  private toWrite(row: WriteRow): SkillWrite {
    const { outcome, record_id: recordId, sent_at: sentAt, settles_at: settlesAt } = row;
    const isDead = row.state === 'writing' && settlesAt !== null && settlesAt <= this.clock.now();
    return {
      id: row.id,
      state: isDead ? 'unknown' : row.state,
      boundHash: row.bound_hash,
      thingHash: row.thing_hash,
      expiresAt: row.expires_at,
      ...(sentAt === null ? {} : { sentAt }),
      ...(settlesAt === null ? {} : { settlesAt }),
      ...(outcome === null || recordId === null ? {} : { done: { outcome, recordId } }),
    };
  }
}

/** `asked`: nothing was written, and it may be tried again under the same token. */
export type SettledAs =
  { state: 'asked' | 'unknown' | 'refused' } | { state: 'done'; outcome: WrittenOutcome; recordId: string };
