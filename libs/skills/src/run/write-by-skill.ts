import { createSettlesIn, CrmDeferredError, type RecordWrite } from '@app/crm';
import { type Clock, type Database, type Logger, newId } from '@app/platform';
import type { AuditLog, AuditRecord } from '@app/tenants';
import {
  boundHash,
  type BoundTo,
  CONFIRMED_WITHIN_MS,
  hashOf,
  identityLock,
  newToken,
  thingHash,
} from './confirmation.js';
import { confirmationSentence } from './confirmation-sentence.js';
import type { GuardUpdates } from './guard-updates.js';
import type { LearnOutcome } from './learn-outcome.js';
import type { Lease, Leases } from './leases.js';
import type { PerformWrite } from './perform-write.js';
import type { Performed } from './performed.js';
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
import type { SettledAs, SkillWrite, SkillWriteRepository } from './skill-write.repository.js';

export interface WriteRequest {
  agentId: string;
  conversationId?: string;
  /** The token that came with the question to the caller. */
  confirmation?: string;
  write: RecordWrite;
  /** Told what was done once whoever asked had been told to ask again. */
  doneLate?: (answer: SkillAnswer) => void;
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
    private readonly database: Database,
    private readonly writes: SkillWriteRepository,
    private readonly leases: Leases,
    private readonly guard: GuardUpdates,
    private readonly learnOutcome: LearnOutcome,
    private readonly perform: PerformWrite,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly options: WriteOptions,
  ) {}

  /** @throws AppError 1012, 2010, 3002, 3004 */
  async execute(tenantId: string, skill: ReadySkill, request: WriteRequest): Promise<SkillAnswer> {
    const tooLate = AbortSignal.timeout(this.options.withinMs);
    await this.guard.execute(tenantId, skill, request, tooLate);
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
    return this.inTime(this.alone(tenantId, skill, { bound, confirmed }), tooLate, request.doneLate);
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
  private async inTime(
    work: Promise<SkillAnswer>,
    tooLate: AbortSignal,
    doneLate?: (answer: SkillAnswer) => void,
  ): Promise<SkillAnswer> {
    const { promise: isLate, reject } = Promise.withResolvers<never>();
    const giveUp = (): void => {
      reject(stillWorking());
      work.then(doneLate, () => undefined);
    };
    if (tooLate.aborted) giveUp();
    else tooLate.addEventListener('abort', giveUp, { once: true });
    try {
      return await Promise.race([work, isLate]);
    } finally {
      tooLate.removeEventListener('abort', giveUp);
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
        const name = `identity ${JSON.stringify(identityLock(write))}`;
        const lease = await this.leases.await(tenantId, name, this.options.withinMs);
        if (lease === undefined) throw slow(1);
        held.push(lease);
      }
      return await this.carryOut(tenantId, skill, one, held);
    } finally {
      await this.giveBack(tenantId, held);
    }
  }

  /** What was written is written, whatever becomes of its leases: one that can't be given back runs out. */
  private async giveBack(tenantId: string, held: readonly Lease[]): Promise<void> {
    for (const lease of held)
      await this.leases.release(tenantId, lease).catch((error: unknown) => {
        this.logger.warn({ err: error, tenantId }, 'a lease of a skill could not be given back');
      });
  }

  private async carryOut(
    tenantId: string,
    skill: ReadySkill,
    { bound, confirmed }: Confirmed,
    held: Lease[],
  ): Promise<SkillAnswer> {
    const { write, portalId } = bound;
    const attempt = newId();
    const unsettled =
      write.action === 'update' ? [] : await this.writes.findUnsettled(tenantId, portalId, confirmed.thingHash);
    const made = await this.learnOutcome.execute(tenantId, skill.checked, { write, portalId, unsettled, held });
    const ids = [...new Set([confirmed.id, ...unsettled.map(({ id }) => id)])];
    if (made !== undefined)
      return this.settle(tenantId, skill, { bound, ids, attempt, performed: { outcome: 'created', id: made } });
    // Of the same thing nothing came: what is written now is the only one.
    const others = unsettled.flatMap(({ id }) => (id === confirmed.id ? [] : id));
    if (others.length > 0) await this.conclude(tenantId, { ids: others, attempt, to: { state: 'refused' } });
    // Of a yes that was given long ago only what came of it is told: by now the caller may want something else.
    if (confirmed.expiresAt <= this.clock.now()) {
      await this.conclude(tenantId, { ids: [confirmed.id], attempt, to: { state: 'asked' } });
      throw wrongConfirmation('confirmation_expired');
    }
    if (!(await this.writes.begin(tenantId, confirmed.id, attempt))) throw stillWorking();
    const where = { portalId, object: skill.checked.object, defaultCountry: skill.rules.defaultCountry };
    const calls = callsOf(write);
    let isSending = false;
    // What is slow enough to lose its place in between has sent nothing, and doesn't.
    const maySend = async (): Promise<boolean> =>
      (isSending = await this.database.withTenant(
        tenantId,
        async (tx) =>
          (await this.leases.renew(tx, tenantId, held, calls)) &&
          (await this.writes.markSending(tx, tenantId, { id: confirmed.id, attempt, calls })),
      ));
    const performed = await this.perform
      .execute(tenantId, write, where, maySend)
      .catch(async (error: unknown): Promise<Performed> => {
        if (error instanceof CrmDeferredError) return { outcome: 'deferred', deferral: error.deferral };
        if (!isSending) await this.withdraw(tenantId, confirmed.id, attempt);
        throw error;
      });
    if (performed.outcome === 'overtaken') await this.withdraw(tenantId, confirmed.id, attempt);
    return this.settle(tenantId, skill, { bound, ids: [confirmed.id], attempt, performed });
  }

  /** Nothing was sent: nobody has to wait for it. Should that fail, too, it is known once it would have settled. */
  private async withdraw(tenantId: string, id: string, attempt: string): Promise<void> {
    await this.writes.withdraw(tenantId, id, attempt).catch((error: unknown) => {
      this.logger.warn({ err: error, tenantId }, 'a write of a skill that was not sent could not be given back');
    });
  }

  private async settle(
    tenantId: string,
    skill: ReadySkill,
    { bound, ids, attempt, performed }: { bound: BoundTo; ids: string[]; attempt: string; performed: Performed },
  ): Promise<SkillAnswer> {
    switch (performed.outcome) {
      case 'overtaken':
        throw stillWorking();
      case 'deferred':
        await this.conclude(tenantId, { ids, attempt, to: { state: 'asked' } });
        throw notNow(performed.deferral);
      case 'unknown':
        await this.conclude(tenantId, { ids, attempt, to: { state: 'unknown' } });
        throw outcomeUnknown(Math.ceil(createSettlesIn(this.options.settleSeconds)));
      case 'refused':
        await this.conclude(tenantId, { ids, attempt, to: { state: 'refused' } });
        throw refusedByCrm(performed.refusal);
      default: {
        const { outcome, id } = performed;
        const { agentId, conversationId, write } = bound;
        const { toolName } = skill.binding;
        const details = { agentId, skill: toolName, object: write.object, outcome, conversationId };
        const audit = { action: 'skill.wrote', target: id, details } as const;
        await this.conclude(tenantId, { ids, attempt, to: { state: 'done', outcome, recordId: id }, audit });
        return answer(skill, write, performed);
      }
    }
  }

  private async conclude(
    tenantId: string,
    { audit, ...settled }: { ids: readonly string[]; attempt: string; to: SettledAs; audit?: AuditRecord },
  ): Promise<void> {
    await this.database.withTenant(tenantId, async (tx) => {
      await this.writes.settle(tx, tenantId, settled);
      if (audit !== undefined) await this.audit.recordIn(tx, tenantId, audit);
    });
  }
}

/** A change makes its ties one by one before it; they go with what is created. */
function callsOf({ action, ties }: RecordWrite): number {
  return action === 'update' ? ties.length + 1 : 1;
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
