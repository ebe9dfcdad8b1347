import { type Clock, type Database, newId } from '@app/platform';

/** Who sent a write and has not said for so long what became of it has died. */
const DEAD_AFTER_MS = 120_000;
/** Settled ones are kept for repetitions. */
const KEPT_MS = 7 * 86_400_000;

type SkillWriteState = 'asked' | 'writing' | 'unknown' | 'done' | 'refused';
export type WrittenOutcome = 'created' | 'updated' | 'already_there';

/** A write from the moment the caller is asked whether it shall be. */
export interface SkillWrite {
  id: string;
  state: SkillWriteState;
  boundHash: Buffer;
  thingHash: Buffer;
  expiresAt: Date;
  /** It, or an attempt before, may have reached the CRM since. */
  sentAt?: Date;
  done?: { outcome: WrittenOutcome; recordId: string };
}

interface WriteRow {
  id: string;
  state: SkillWriteState;
  bound_hash: Buffer;
  thing_hash: Buffer;
  expires_at: Date;
  sent_at: Date | null;
  outcome: WrittenOutcome | null;
  record_id: string | null;
}

export class SkillWriteRepository {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async ask(
    tenantId: string,
    write: Pick<SkillWrite, 'boundHash' | 'thingHash' | 'expiresAt'> & { portalId: string; tokenHash: Buffer },
  ): Promise<void> {
    const now = this.clock.now();
    await this.database.withTenant(tenantId, async (tx) => {
      await tx.query('DELETE FROM skill_writes WHERE tenant_id = $1 AND asked_at < $2', [
        tenantId,
        new Date(now.getTime() - KEPT_MS),
      ]);
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

  /** From now on it may have reached the CRM. @returns false when another attempt is at it, or it is settled. */
  async begin(tenantId: string, id: string): Promise<boolean> {
    const now = this.clock.now();
    const [rows] = await this.database.withTenant(tenantId, (tx) =>
      tx.query<[unknown[], number]>(
        `UPDATE skill_writes SET state = 'writing', sent_at = $3
         WHERE tenant_id = $1 AND id = $2 AND (state IN ('asked', 'unknown') OR (state = 'writing' AND sent_at < $4))
         RETURNING id`,
        [tenantId, id, now, new Date(now.getTime() - DEAD_AFTER_MS)],
      ),
    );
    return rows.length > 0;
  }

  /** `asked`: nothing was written, and it may be tried again under the same token. */
  async settle(
    tenantId: string,
    ids: readonly string[],
    to: { state: 'asked' | 'unknown' | 'refused' } | { state: 'done'; outcome: WrittenOutcome; recordId: string },
  ): Promise<void> {
    const { outcome, recordId } = to.state === 'done' ? to : {};
    await this.database.withTenant(tenantId, (tx) =>
      tx.query(
        `UPDATE skill_writes SET state = $3, outcome = $4, record_id = $5 WHERE tenant_id = $1 AND id = ANY ($2)`,
        [tenantId, ids, to.state, outcome, recordId],
      ),
    );
  }

  private toWrite(row: WriteRow): SkillWrite {
    const { outcome, record_id: recordId, sent_at: sentAt } = row;
    const diedBefore = this.clock.now().getTime() - DEAD_AFTER_MS;
    const isDead = row.state === 'writing' && sentAt !== null && sentAt.getTime() < diedBefore;
    return {
      id: row.id,
      state: isDead ? 'unknown' : row.state,
      boundHash: row.bound_hash,
      thingHash: row.thing_hash,
      expiresAt: row.expires_at,
      ...(sentAt === null ? {} : { sentAt }),
      ...(outcome === null || recordId === null ? {} : { done: { outcome, recordId } }),
    };
  }
}
