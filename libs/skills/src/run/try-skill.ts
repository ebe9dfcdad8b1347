import type { RecordFind, RecordWrite } from '@app/crm';
import type { Database } from '@app/platform';
import type { ConnectionRepository, WritebackSettingsRepository } from '@app/tenants';
import type { AiAgentRepository } from '../agents/ai-agent.repository.js';
import { type Binding, isWrite } from '../bindings/binding.js';
import type { BindingRepository } from '../bindings/binding.repository.js';
import type { KnownSchema } from '../bindings/known-schema.js';
import { confirmationSentence } from './confirmation-sentence.js';
import { readySkill } from './ready-skill.js';
import { unknownSkill, wrongArguments } from './refuse-run.js';
import type { RunSkill, RunSkillCommand } from './run-skill.js';
import type { SkillAnswer } from './skill-answer.js';

/** What would be asked of the CRM, which was not. `message`: of a write the question to the caller. */
export interface SkillPlan {
  outcome: 'planned';
  message: string;
  plan: { kind: 'find'; find: RecordFind } | { kind: 'write'; write: RecordWrite };
}

export interface TrySkillCommand extends RunSkillCommand {
  /** Plan, whatever the skill could do. */
  onlyPlan: boolean;
  /** Asked before anything is asked of the CRM: throws of those who make skills and may not run them. */
  admitRun: () => void;
}

/**
 * Shows an admin what a skill does, before an AI agent may call it: a look is run, also one that is not enabled yet; a write
 * runs as it does for everybody once it is enabled, and until then is only planned.
 */
export class TrySkill {
  constructor(
    private readonly database: Database,
    private readonly agents: AiAgentRepository,
    private readonly bindings: BindingRepository,
    private readonly schema: KnownSchema,
    private readonly connections: Pick<ConnectionRepository, 'find'>,
    private readonly settings: Pick<WritebackSettingsRepository, 'get'>,
    private readonly runSkill: RunSkill,
  ) {}

  /** @throws AppError as `RunSkill`; 1012 `not_connected` of what is only planned */
  async execute(
    tenantId: string,
    { onlyPlan, admitRun, ...command }: TrySkillCommand,
    gone?: AbortSignal,
  ): Promise<SkillAnswer | SkillPlan> {
    const binding = await this.get(tenantId, command);
    const mayRun = binding.enabled || !isWrite(binding.definition);
    if (onlyPlan || !mayRun) return this.plan(tenantId, binding, command);
    admitRun();
    return this.runSkill.execute(tenantId, { ...command, isTrial: true }, gone);
  }

  private async get(tenantId: string, { agentId, skill }: RunSkillCommand): Promise<Binding> {
    return this.database.withTenant(tenantId, async (tx) => {
      await this.agents.get(tx, tenantId, agentId);
      const binding = await this.bindings.findByName(tx, tenantId, { agentId, toolName: skill });
      if (binding === undefined) throw unknownSkill();
      return binding;
    });
  }

  private async plan(tenantId: string, binding: Binding, command: RunSkillCommand): Promise<SkillPlan> {
    const [snapshot, settings, { timeZone }] = await Promise.all([
      this.schema.get(tenantId),
      this.settings.get(tenantId),
      this.connections.find(tenantId),
    ]);
    // As it is read when it runs: a day is a day of the portal.
    const rules = { ...settings, timeZone };
    const { checked, compiled } = readySkill(binding, snapshot, { portalId: snapshot.portalId, rules });
    const plan = compiled.plan(command.arguments, rules);
    if (!plan.planned) throw wrongArguments(plan.problems, 'arguments');
    if (plan.kind === 'write')
      return {
        outcome: 'planned',
        message: confirmationSentence(checked, plan.write, rules),
        plan: { kind: 'write', write: plan.write },
      };
    return {
      outcome: 'planned',
      message: `This would be asked of HubSpot about ${checked.object.pluralLabel.toLowerCase()}.`,
      plan: { kind: 'find', find: plan.find },
    };
  }
}
