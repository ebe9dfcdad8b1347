import { CrmDeferredError, type RecordWrite } from '@app/crm';
import type { Clock, Logger } from '@app/platform';
import type { AuditLog } from '@app/tenants';
import {
  boundHash,
  type BoundTo,
  CONFIRMED_WITHIN_MS,
  hashOf,
  identityOf,
  newToken,
  thingHash,
} from './confirmation.js';
import { confirmationSentence } from './confirmation-sentence.js';
import type { GuardUpdates } from './guard-updates.js';
import type { Lease, Leases } from './leases.js';
import type { LookForMade } from './look-for-made.js';
import type { Performed, PerformWrite } from './perform-write.js';
import type { ReadySkill } from './ready-skill.js';
import {
  notNow,
  outcomeUnknown,
  refusedByCrm,
  slow,
  stillWorking,
  wrongConfirmation,
  writeInProgress,
} from './refuse-run.js';
import { showRecords } from './show-records.js';
import type { SkillAnswer } from './skill-answer.js';
import type { SkillWrite, SkillWriteRepository } from './skill-write.repository.js';

export interface WriteRequest {
  agentId: string;
  conversationId?: string;
  /** The token that came with the question to the caller. */
  confirmation?: string;
  write: RecordWrite;
}

export interface WriteOptions {
  /** Whoever asked is told to ask again after so long; the write goes on. */
  withinMs: number;
  /** The CRM may commit a write without an answer as late as that. */
  settleSeconds: number;
}

/** A skill that writes something: asked first, then once, by one at a time. */
export class WriteBySkill {
  constructor(
    private readonly writes: SkillWriteRepository,
    private readonly leases: Leases,
    private readonly guard: GuardUpdates,
    private readonly lookForMade: LookForMade,
    private readonly perform: PerformWrite,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly options: WriteOptions,
  ) {}

  /** @throws AppError 1012, 2010, 3002, 3004 */
  async execute(tenantId: string, skill: ReadySkill, request: WriteRequest): Promise<SkillAnswer> {
    await this.guard.execute(tenantId, skill, request);
    const { agentId, conversationId, write, confirmation } = request;
    const { binding, portalId } = skill;
    const bound = { agentId, bindingId: binding.id, version: binding.version, conversationId, portalId, write };
    if (confirmation === undefined) return this.ask(tenantId, skill, bound);
    const confirmed = await this.writes.findByToken(tenantId, hashOf(confirmation));
    if (confirmed === undefined) throw wrongConfirmation('confirmation_unknown');
    if (!confirmed.boundHash.equals(boundHash(bound))) throw wrongConfirmation('confirmation_mismatch');
    if (confirmed.done !== undefined)
      return answer(skill, write, { outcome: confirmed.done.outcome, id: confirmed.done.recordId });
    if (confirmed.state === 'refused') throw wrongConfirmation('confirmation_used');
    if (confirmed.state === 'writing') throw stillWorking();
    if (confirmed.state === 'asked' && confirmed.expiresAt <= this.clock.now())
      throw wrongConfirmation('confirmation_expired');
    return this.inTime(this.alone(tenantId, skill, { bound, confirmed }));
  }

  private async ask(tenantId: string, skill: ReadySkill, bound: BoundTo): Promise<SkillAnswer> {
    const token = newToken();
    const expiresAt = new Date(this.clock.now().getTime() + CONFIRMED_WITHIN_MS);
    await this.writes.ask(tenantId, {
      portalId: bound.portalId,
      tokenHash: hashOf(token),
      boundHash: boundHash(bound),
      thingHash: thingHash(bound),
      expiresAt,
    });
    const message = confirmationSentence(skill.checked, bound.write, skill.rules);
    return { outcome: 'confirmation_required', message, confirmation: { token, expiresAt } };
  }

  /** What was sent can't be called back: it goes on, and its token tells what came of it. */
  private async inTime(work: Promise<SkillAnswer>): Promise<SkillAnswer> {
    const { promise: tooLate, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(stillWorking()), this.options.withinMs);
    try {
      return await Promise.race([work, tooLate]);
    } finally {
      clearTimeout(timer);
      work.catch((error: unknown) => this.logger.debug({ err: error }, 'a skill did not write'));
    }
  }

  /** Nobody else writes for this conversation, or makes the same record, meanwhile. */
  private async alone(tenantId: string, skill: ReadySkill, one: Confirmed): Promise<SkillAnswer> {
    const { conversationId, write } = one.bound;
    const held: Lease[] = [];
    try {
      if (conversationId !== undefined) {
        const lease = await this.leases.take(tenantId, `conversation ${conversationId}`);
        if (lease === undefined) throw writeInProgress();
        held.push(lease);
      }
      if (write.action === 'findOrCreate') {
        const name = `identity ${JSON.stringify(identityOf(write))}`;
        const lease = await this.leases.await(tenantId, name, this.options.withinMs);
        if (lease === undefined) throw slow(1);
        held.push(lease);
      }
      return await this.carryOut(tenantId, skill, one);
    } finally {
      for (const lease of held) await this.leases.release(tenantId, lease);
    }
  }

  private async carryOut(tenantId: string, skill: ReadySkill, { bound, confirmed }: Confirmed): Promise<SkillAnswer> {
    const { write, portalId } = bound;
    const unsettled =
      write.action === 'update' ? [] : await this.writes.findUnsettled(tenantId, portalId, confirmed.thingHash);
    const made = await this.resolve(tenantId, skill, { bound, unsettled });
    const ids = [...new Set([confirmed.id, ...unsettled.map(({ id }) => id)])];
    if (made !== undefined)
      return this.settle(tenantId, skill, { bound, ids, performed: { outcome: 'created', id: made } });
    // Of the same thing nothing came: what is written now is the only one.
    const others = unsettled.flatMap(({ id }) => (id === confirmed.id ? [] : id));
    if (others.length > 0) await this.writes.settle(tenantId, others, { state: 'refused' });
    if (!(await this.writes.begin(tenantId, confirmed.id))) throw stillWorking();
    const where = { portalId, defaultCountry: skill.rules.defaultCountry };
    const performed = await this.perform.execute(tenantId, write, where).catch((error: unknown): Performed => {
      if (error instanceof CrmDeferredError) return { outcome: 'deferred', deferral: error.deferral };
      throw error;
    });
    return this.settle(tenantId, skill, { bound, ids: [confirmed.id], performed });
  }

  /** What became of attempts without an answer. @returns the record that one of them made. @throws AppError 3002 while nobody can say. */
  private async resolve(
    tenantId: string,
    { checked }: ReadySkill,
    { bound: { write }, unsettled }: { bound: BoundTo; unsettled: readonly SkillWrite[] },
  ): Promise<string | undefined> {
    const sent = unsettled.flatMap(({ sentAt }) => sentAt?.getTime() ?? []);
    if (sent.length === 0 || write.action === 'update') return undefined;
    const settledAt = Math.max(...sent) + this.options.settleSeconds * 1_000;
    const leftMs = settledAt - this.clock.now().getTime();
    if (leftMs > 0) throw outcomeUnknown(Math.ceil(leftMs / 1_000));
    const since = new Date(Math.min(...sent));
    return this.lookForMade.execute(tenantId, checked, { write, since }).catch((error: unknown) => {
      throw error instanceof CrmDeferredError ? notNow(error.deferral) : error;
    });
  }

  private async settle(
    tenantId: string,
    skill: ReadySkill,
    { bound, ids, performed }: { bound: BoundTo; ids: string[]; performed: Performed },
  ): Promise<SkillAnswer> {
    switch (performed.outcome) {
      case 'deferred':
        await this.writes.settle(tenantId, ids, { state: 'asked' });
        throw notNow(performed.deferral);
      case 'unknown':
        await this.writes.settle(tenantId, ids, { state: 'unknown' });
        throw outcomeUnknown(this.options.settleSeconds);
      case 'refused':
        await this.writes.settle(tenantId, ids, { state: 'refused' });
        throw refusedByCrm(performed.refusal);
      default: {
        const { outcome, id } = performed;
        await this.writes.settle(tenantId, ids, { state: 'done', outcome, recordId: id });
        const { agentId, conversationId, write } = bound;
        const { toolName } = skill.binding;
        const details = { agentId, skill: toolName, object: write.object, outcome, conversationId };
        await this.audit.record(tenantId, { action: 'skill.wrote', target: id, details });
        return answer(skill, write, performed);
      }
    }
  }
}

interface Confirmed {
  bound: BoundTo;
  confirmed: SkillWrite;
}

const DONE = { created: 'is saved', updated: 'is changed', already_there: 'was there already' } as const;

/** Of what was just written the values are known; of what was there already, as far as it was read. */
function answer(
  { checked, compiled }: ReadySkill,
  { values }: RecordWrite,
  { outcome, id, record }: Extract<Performed, { outcome: keyof typeof DONE }>,
): SkillAnswer {
  const { records } = showRecords([record ?? { id, values: outcome === 'already_there' ? {} : values }], compiled);
  return { outcome, message: `The ${checked.object.label.toLowerCase()} ${DONE[outcome]}.`, records };
}
