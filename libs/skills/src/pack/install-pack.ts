import { type Clock, type Database, newId } from '@app/platform';
import type { AuditLog } from '@app/tenants';
import type { EntityManager } from 'typeorm';
import type { AiAgentRepository } from '../agents/ai-agent.repository.js';
import type { BindingRepository } from '../bindings/binding.repository.js';
import type { RecheckBindings } from '../bindings/recheck-bindings.js';
import { compileBinding } from '../compile/compile-binding.js';
import type { CheckedBinding } from '../grammar/checked-binding.js';
import type { FreshSchema } from '../schema/fresh-schema.js';
import type { SchemaSnapshot } from '../schema/schema-snapshot.js';
import { fitPackSkill } from './fit-pack-skill.js';
import { type LeftOut, leftOutFor } from './left-out.js';
import type { PackLandingRepository } from './pack-landing.repository.js';
import { PACK } from './pack-skills.js';

export interface InstalledSkill {
  skill: string;
  /** False: the AI agent has it already, or the portal can't have it. */
  created: boolean;
  leftOut?: LeftOut;
}

/** Gives an AI agent the skills of the Connector Pack that it lacks and the portal can have. Any number of times. */
export class InstallPack {
  constructor(
    private readonly database: Database,
    private readonly agents: AiAgentRepository,
    private readonly bindings: BindingRepository,
    private readonly landings: PackLandingRepository,
    private readonly schema: Pick<FreshSchema, 'get'>,
    private readonly recheck: Pick<RecheckBindings, 'saved'>,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns all seven, in the pack's order.
   * @throws AppError 2011 unknown AI agent; 1012 `not_connected`; 3002, 3004 when the portal can't be discovered now.
   */
  async execute(tenantId: string, agentId: string): Promise<InstalledSkill[]> {
    await this.database.withTenant(tenantId, (tx) => this.agents.get(tx, tenantId, agentId));
    const snapshot = await this.schema.get(tenantId);
    const installed = await this.database.withTenant(tenantId, (tx) =>
      this.installIn(tx, tenantId, { agentId, snapshot }),
    );
    await this.recheck.saved(tenantId, snapshot);
    return installed;
  }

  private async installIn(
    tx: EntityManager,
    tenantId: string,
    { agentId, snapshot }: { agentId: string; snapshot: SchemaSnapshot },
  ): Promise<InstalledSkill[]> {
    // Whoever installs at the same time comes before or after, and finds what the other made.
    await this.bindings.takeTurn(tx, tenantId);
    await this.agents.hold(tx, tenantId, agentId);
    const landings = await this.landings.findIn(tx, tenantId, snapshot.portalId);
    const taken = await this.bindings.toolNames(tx, tenantId, agentId);
    const installed: InstalledSkill[] = [];
    for (const skill of PACK) {
      const { toolName } = skill;
      const fit = taken.has(toolName) ? undefined : fitPackSkill(skill, { snapshot, landings });
      if (fit?.fits === true) await this.insert(tx, tenantId, { agentId, checked: fit.binding });
      const leftOut = fit?.fits === false ? { leftOut: leftOutFor(skill, fit) } : {};
      installed.push({ skill: toolName, created: fit?.fits === true, ...leftOut });
    }
    await this.record(tx, tenantId, { agentId, installed });
    return installed;
  }

  private async insert(
    tx: EntityManager,
    tenantId: string,
    { agentId, checked }: { agentId: string; checked: CheckedBinding },
  ): Promise<void> {
    const { definition } = checked;
    await this.bindings.insert(tx, tenantId, {
      id: newId(),
      agentId,
      toolName: definition.toolName,
      origin: 'pack',
      version: 1,
      definition,
      inputSchema: compileBinding(checked).inputSchema,
      enabled: true,
      problems: [],
      createdAt: this.clock.now(),
    });
  }

  private async record(
    tx: EntityManager,
    tenantId: string,
    { agentId, installed }: { agentId: string; installed: readonly InstalledSkill[] },
  ): Promise<void> {
    const created = installed.filter((one) => one.created).map(({ skill }) => skill);
    if (created.length === 0) return;
    const leftOut = installed.filter((one) => one.leftOut !== undefined).map(({ skill }) => skill);
    await this.audit.recordIn(tx, tenantId, {
      action: 'pack.installed',
      target: agentId,
      details: { created, leftOut },
    });
  }
}
