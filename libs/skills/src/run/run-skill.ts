import { AppError, type Clock, type Database, isId } from '@app/platform';
import { type ConnectionRepository, hasCredentials, type WritebackSettingsRepository } from '@app/tenants';
import type { AiAgentRepository } from '../agents/ai-agent.repository.js';
import { type Binding, isWrite } from '../bindings/binding.js';
import type { BindingRepository } from '../bindings/binding.repository.js';
import type { SchemaSnapshots } from '../schema/schema-snapshot.js';
import { ContactsConcerned } from './contacts-concerned.js';
import type { FindBySkill } from './find-by-skill.js';
import { readySkill, type ReadySkill } from './ready-skill.js';
import { notConnected, skillDisabled, unknownSkill, wrongArguments } from './refuse-run.js';
import type { RunLog } from './run-log.js';
import type { SkillAnswer } from './skill-answer.js';
import type { WriteBySkill } from './write-by-skill.js';

export interface RunSkillCommand {
  agentId: string;
  /** Name of the tool. */
  skill: string;
  arguments: Readonly<Record<string, unknown>>;
  conversationId?: string;
  confirmation?: string;
  /** Name of the key or program that calls. */
  calledBy: string;
  /** By whoever decides about enabling it: what only looks runs for them before it is. */
  isTrial?: boolean;
}

/** Runs a skill of an AI agent, and writes down that it did. */
export class RunSkill {
  constructor(
    private readonly database: Database,
    private readonly agents: AiAgentRepository,
    private readonly bindings: BindingRepository,
    private readonly connections: Pick<ConnectionRepository, 'find'>,
    private readonly settings: Pick<WritebackSettingsRepository, 'get'>,
    private readonly snapshots: SchemaSnapshots,
    private readonly find: FindBySkill,
    private readonly write: WriteBySkill,
    private readonly log: RunLog,
    private readonly clock: Clock,
  ) {}

  /**
   * @param gone whoever asked is not there any more; a write goes on.
   * @throws AppError 1001, 1002 `invalid_arguments`; 1012, 2002, 2010, 2011; 3002 and 3004, which say when to try again
   */
  async execute(tenantId: string, given: RunSkillCommand, gone?: AbortSignal): Promise<SkillAnswer> {
    const begunAt = this.clock.now();
    const { binding, ...called } = await this.get(tenantId, given);
    // Ids as they are kept: one that is spelt otherwise would be another conversation to whoever writes alone.
    const command = { ...given, ...called };
    const { agentId, skill, conversationId, calledBy } = command;
    const run = { agentId, skill, version: binding.version, conversationId, calledBy, begunAt };
    const concerned = new ContactsConcerned();
    const about = () => ({ portalId: concerned.portalId, contactIds: concerned.contactIds });
    const { promise: recorded, resolve: isRecorded } = Promise.withResolvers<string | undefined>();
    /** What is done late is found in its run, too, when one of its contacts is erased. */
    const doneLate = async (): Promise<void> => {
      const id = await recorded;
      if (id !== undefined) await this.log.addContacts(tenantId, id, about());
    };
    try {
      const answer = await this.run(tenantId, { binding, command, concerned, gone, doneLate });
      const records = 'records' in answer ? answer.records.length : 0;
      const { outcome } = answer;
      await this.log.record(tenantId, { ...run, ...about(), arguments: command.arguments, outcome, records });
      return answer;
    } catch (error) {
      const { outcome, reason } = whyNot(error);
      const kept = { arguments: command.arguments, outcome, reason, records: 0 };
      isRecorded(await this.log.record(tenantId, { ...run, ...about(), ...kept }));
      throw error;
    }
  }

  private async get(
    tenantId: string,
    { agentId: givenId, skill, conversationId }: RunSkillCommand,
  ): Promise<{ binding: Binding; agentId: string; conversationId?: string }> {
    return this.database.withTenant(tenantId, async (tx) => {
      const { id: agentId } = await this.agents.get(tx, tenantId, givenId);
      const binding = await this.bindings.findByName(tx, tenantId, { agentId, toolName: skill });
      if (binding === undefined) throw unknownSkill();
      if (conversationId === undefined) return { binding, agentId };
      const [conversation] = isId(conversationId)
        ? await tx.query<{ id: string }[]>('SELECT id FROM conversations WHERE tenant_id = $1 AND id = $2', [
            tenantId,
            conversationId,
          ])
        : [];
      if (conversation === undefined) throw new AppError(2002, 'No conversation has this id');
      return { binding, agentId, conversationId: conversation.id };
    });
  }

  private async run(tenantId: string, { binding, command, concerned, gone, ...asked }: Asked): Promise<SkillAnswer> {
    if (!binding.enabled && (command.isTrial !== true || isWrite(binding.definition))) throw skillDisabled();
    const skill = await this.ready(tenantId, binding);
    const plan = skill.compiled.plan(command.arguments, skill.rules);
    if (!plan.planned) throw wrongArguments(plan.problems, 'arguments');
    concerned.add(skill, plan);
    const { agentId, conversationId, confirmation } = command;
    const doneLate = (answer: SkillAnswer): void => {
      concerned.addShown(skill, answer);
      void asked.doneLate();
    };
    const answer =
      plan.kind === 'find'
        ? await this.find.execute(tenantId, skill, { find: plan.find, gone })
        : await this.write.execute(tenantId, skill, {
            agentId,
            conversationId,
            confirmation,
            write: plan.write,
            doneLate,
          });
    concerned.addShown(skill, answer);
    return answer;
  }

  private async ready(tenantId: string, binding: Binding): Promise<ReadySkill> {
    const [connection, rules, snapshot] = await Promise.all([
      this.connections.find(tenantId),
      this.settings.get(tenantId),
      this.snapshots.current(tenantId),
    ]);
    const { portalId, timeZone } = connection;
    if (!hasCredentials(connection) || portalId === undefined || connection.isSuspended === true) throw notConnected();
    if (snapshot?.portalId !== portalId)
      throw new AppError(1012, 'What HubSpot holds is not known yet: discover it first', { reason: 'not_discovered' });
    return readySkill(binding, snapshot, { portalId, rules: { ...rules, timeZone } });
  }
}

interface Asked {
  binding: Binding;
  command: RunSkillCommand;
  /** Filled in as it becomes known. */
  concerned: ContactsConcerned;
  gone?: AbortSignal;
  doneLate: () => Promise<void>;
}

function whyNot(error: unknown): { outcome: 'refused' | 'failed'; reason?: string } {
  if (!(error instanceof AppError)) return { outcome: 'failed', reason: 'internal' };
  return { outcome: error.retryable ? 'failed' : 'refused', reason: error.details.reason };
}
